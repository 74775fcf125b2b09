namespace EightD.Incidents.Commands;

/// <summary>Reads what stands after <c>/8d</c> or the bot's mention. One parser for every channel.</summary>
public static class CommandLine
{
    /// <summary>What a command says; a mistyped or misused one is a deed too. Bare is <c>status</c>.</summary>
    /// <param name="text">Everything after <c>/8d</c>, any lines.</param>
    public static Deed Read(string text) => throw new NotImplementedException();

    /// <summary>
    /// What a mention says in a thread where a question may stand: a command only when all its words fit that command's grammar; else a reply; where
    /// both fit, both.
    /// </summary>
    public static Deed ReadMention(string text) => throw new NotImplementedException();
}
