namespace EightD.Incidents.Commands;

/// <summary>Reads what stands after <c>/8d</c> or the bot's mention. One parser for every channel.</summary>
public static class CommandLine
{
    /// <summary>What a command says; a mistyped or misused one is a deed too. Bare is <c>status</c>.</summary>
    /// <param name="text">Everything after <c>/8d</c>, any lines.</param>
    public static Deed Read(string text)
    {
        var (name, rest) = Split(text);
        if (name.Length == 0) return new Deed.Status();
        return CommandTable.Find(name) is { } command
            ? command.Read(rest) ?? new Deed.Misused(command.Name, rest)
            : new Deed.Mistyped(name);
    }

    /// <summary>
    /// What a mention says in a thread where a question may stand: a command only when all its words fit that command's grammar; else the answer to
    /// the question that stands, if one does; where a command takes free text, it may be both.
    /// </summary>
    public static Deed ReadMention(string text)
    {
        var deed = Read(text);
        return deed switch
        {
            Deed.Mistyped or Deed.Misused => new Deed.CommandOrReply(text.Trim(), deed),
            Deed.Contained { Time: { } time } when !LooksLikeTime(time) => new Deed.CommandOrReply(text.Trim(), new Deed.Misused("contained", time)),
            Deed.Resolved { Time: { } time } when !LooksLikeTime(time) => new Deed.CommandOrReply(text.Trim(), new Deed.Misused("resolved", time)),
            Deed.Help { Command: { } command } when CommandTable.Find(command) is null => new Deed.CommandOrReply(text.Trim(), new Deed.Mistyped(command)),
            Deed.Close { Anyway: not null } when Split(Split(text).Tail).Word is ['-' or '—' or '–', ..] => deed, // nobody answers with an option
            Deed.Note or Deed.Cancel or Deed.Reopen or Deed.Close { Anyway: not null } or Deed.Start { Title.Length: > 0 } or Deed.LinkTo { Type.Length: > 0 }
                or Deed.Settings { Value: not null } => new Deed.CommandOrReply(text.Trim(), deed),
            _ => deed,
        };
    }

    /// <summary>The command that a reply is when it is exactly that word; null for any other reply.</summary>
    internal static Deed? BareWord(string text) => text.Trim().ToLowerInvariant() switch
    {
        "skip" => new Deed.Skip(),
        "back" => new Deed.Back(),
        "next" => new Deed.Next(),
        "stop" => new Deed.Stop(),
        "undo" => new Deed.Undo(),
        "status" => new Deed.Status(),
        "help" => new Deed.Help(null),
        _ => null,
    };

    /// <summary>The first word, and what stands after it: the rest of its line and all lines below, without blank lines at both ends.</summary>
    internal static (string Word, string Tail) Split(string text)
    {
        text = text.Trim();
        var end = text.AsSpan().IndexOfAny(" \t\n");
        if (end < 0) return (text, "");

        var rest = text.AsSpan(end).TrimStart(" \t");
        while (rest is ['\n', ..])
        {
            var line = rest[1..].TrimStart(" \t");
            if (line is not ['\n', ..]) return (text[..end], rest[1..].ToString()); // the first line below keeps its indentation
            rest = line;
        }

        return (text[..end], rest.ToString());
    }

    private static bool LooksLikeTime(string text) => text.AsSpan().IndexOfAnyInRange('0', '9') >= 0 && text.Length <= 40 && text.Contains(':', StringComparison.Ordinal)
        || text.EndsWith(" ago", StringComparison.OrdinalIgnoreCase) || text.Equals("now", StringComparison.OrdinalIgnoreCase);
}
