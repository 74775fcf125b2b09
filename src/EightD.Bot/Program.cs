using EightD.Bot;

return args is [var verb, ..] && !verb.StartsWith('-')
    ? await UnknownVerb(verb)
    : await Serve.RunAsync(args);

static async Task<int> UnknownVerb(string verb)
{
    await Console.Error.WriteLineAsync($"There is no `{verb}`. Without a word the bot serves; settings are given as --Key=value.");
    return 1;
}
