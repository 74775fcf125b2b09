using EightD.Bot;
using EightD.Bot.Doctor;

return args switch
{
    ["doctor", .. var settings] => await Examination.RunAsync(settings),
    [var verb, ..] when !verb.StartsWith('-') => await UnknownVerb(verb),
    _ => await Serve.RunAsync(args),
};

static async Task<int> UnknownVerb(string verb)
{
    await Console.Error.WriteLineAsync($"There is no `{verb}`; there is `doctor`. Without a word the bot serves; settings are given as --Key=value.");
    return 1;
}
