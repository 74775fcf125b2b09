using EightD.Bot;
using EightD.Bot.Doctor;
using EightD.Bot.Rebuilding;
using EightD.CheckTool;

return args switch
{
    ["check", .. var files] => await CheckVerb.RunAsync(files, Console.Out, Console.Error),
    ["doctor", .. var settings] => await Examination.RunAsync(settings),
    ["rebuild", .. var settings] => await Rebuild.RunAsync(settings),
    ["manifests", .. var settings] => await Manifests.RunAsync(settings),
    [var verb, ..] when !verb.StartsWith('-') => await UnknownVerb(verb),
    _ => await Serve.RunAsync(args),
};

static async Task<int> UnknownVerb(string verb)
{
    await Console.Error.WriteLineAsync($"There is no `{verb}`; there are `check`, `doctor`, `manifests` and `rebuild`. Without a word the bot serves; settings are given as --Key=value.");
    return 1;
}
