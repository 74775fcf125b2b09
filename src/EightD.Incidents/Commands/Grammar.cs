using System.Globalization;

namespace EightD.Incidents.Commands;

/// <summary>The grammars of the commands: the words after a name become a deed, or null when they do not fit.</summary>
internal static class Grammar
{
    internal static Deed? Bare(string words, Deed deed) => words.Length == 0 ? deed : null;

    internal static Deed? Text(string words, Func<string, Deed> deed) => words.Length == 0 ? null : deed(words);

    internal static string? OrNull(string words) => words.Length == 0 ? null : words;

    internal static Deed? Number(string words, Func<int, Deed> deed) => ReadNumber(words) is { } number ? deed(number) : null;

    internal static Deed? Start(string words)
    {
        var start = new Deed.Start("");
        List<string> title = [];
        var rest = words;
        while (rest.Length > 0)
        {
            (var word, rest) = CommandLine.Split(rest);
            if (Option(word) is not { } option)
            {
                title.Add(word);
                continue;
            }

            if (option == "private")
            {
                start = start with { Private = true };
                continue;
            }

            (var value, rest) = CommandLine.Split(rest);
            var number = ReadNumber(value);
            var next = option switch
            {
                "template" when value.Length > 0 => start with { Template = value },
                "severity" when value.Length > 0 => start with { Severity = value },
                "supersedes" when number is not null => start with { Supersedes = number },
                "from" when number is not null => start with { From = number },
                _ => null,
            };
            if (next is null) return null;
            start = next;
        }

        return start with { Title = string.Join(' ', title) };
    }

    internal static Deed? Status(string words) => words.Length == 0 ? new Deed.Status() : Option(words) == "log" ? new Deed.Status(Log: true) : null;

    internal static Deed? Answer(string words)
    {
        var (target, text) = CommandLine.Split(words);
        if (target.Length == 0) return null;
        var dot = target.IndexOf('.', StringComparison.Ordinal);
        (var replace, text) = TakeReplace(text);
        return dot < 0
            ? new Deed.Answer(target, null, text, replace)
            : new Deed.Answer(target[..dot], target[(dot + 1)..], text, replace);
    }

    /// <summary>Whether the text begins with <c>--replace</c>, and what stands after it.</summary>
    internal static (bool Replace, string Text) TakeReplace(string text) =>
        CommandLine.Split(text) is var (first, rest) && Option(first) == "replace" ? (true, rest) : (false, text);

    internal static Deed? Edit(string words) => words.Length > 0 && words.AsSpan().IndexOfAny(" \t\n") < 0 ? new Deed.Edit(words) : null;

    internal static Deed? Team(string words) => CommandLine.Split(words) switch
    {
        ("add", { Length: > 0 } line) => new Deed.TeamAdd(line),
        ("remove", { Length: > 0 } name) when Option(name[(name.LastIndexOf(' ') + 1)..]) == "erase" && name.Contains(' ', StringComparison.Ordinal) => new Deed.TeamErase(name[..name.LastIndexOf(' ')].Trim().TrimStart('@')),
        ("remove", { Length: > 0 } name) => new Deed.TeamRemove(name.TrimStart('@')),
        _ => null,
    };

    internal static Deed? Resolved(string words) =>
        words.Equals("no", StringComparison.OrdinalIgnoreCase) ? new Deed.NotResolved() : new Deed.Resolved(OrNull(words));

    internal static Deed? Set(string words)
    {
        var (name, value) = CommandLine.Split(words);
        return value.Length > 0 && name.All(char.IsAsciiLetter) && Enum.TryParse<IncidentFact>(name, ignoreCase: true, out var fact)
            ? new Deed.Set(fact, value)
            : null;
    }

    internal static Deed? Action(string words)
    {
        var (verb, rest) = CommandLine.Split(words);
        if (verb.Equals("add", StringComparison.OrdinalIgnoreCase)) return rest.Length == 0 ? null : new Deed.ActionAdd(rest);

        var (row, value) = CommandLine.Split(rest);
        if (ReadNumber(row) is not { } number) return null;
        return (verb.ToLowerInvariant(), value.Length > 0) switch
        {
            ("done", _) => new Deed.ActionDone(number, OrNull(value)),
            ("due", true) => new Deed.ActionDue(number, value),
            ("assign", true) => new Deed.ActionAssign(number, value.TrimStart('@').Trim()),
            ("drop", true) => new Deed.ActionDrop(number, value),
            ("reopen", false) => new Deed.ActionReopen(number),
            _ => null,
        };
    }

    internal static Deed? Assign(string words)
    {
        var (section, rest) = CommandLine.Split(words);
        var by = rest.LastIndexOf(" by ", StringComparison.OrdinalIgnoreCase);
        var (who, until) = by < 0 ? (rest, null) : (rest[..by], OrNull(rest[(by + 4)..].Trim()));
        return who.Trim().TrimStart('@') is { Length: > 0 } name && !name.Contains('\n', StringComparison.Ordinal) ? new Deed.Assign(section, name, until) : null;
    }

    internal static Deed? Return(string words) => CommandLine.Split(words) is (var section, { Length: > 0 } reason) ? new Deed.Return(section, reason) : null;

    internal static Deed? Temp(string words)
    {
        var (number, rest) = CommandLine.Split(words);
        var (verb, said) = CommandLine.Split(rest);
        return (ReadNumber(number), verb.ToLowerInvariant()) switch
        {
            ({ } which, "removed") => new Deed.Temp(which, Adopted: false, OrNull(said)),
            ({ } which, "adopted") => new Deed.Temp(which, Adopted: true, OrNull(said)),
            _ => null,
        };
    }

    internal static Deed? Effect(string words) => CommandLine.Split(words) switch
    {
        ("", _) => null,
        (var first, var reason) when first.Equals("failed", StringComparison.OrdinalIgnoreCase) => reason.Length > 0 ? new Deed.Measured(reason, Failed: true) : null,
        _ => new Deed.Measured(words, Failed: false),
    };

    internal static Deed? Remind(string words)
    {
        var (verb, rest) = CommandLine.Split(words);
        var (which, value) = CommandLine.Split(rest);
        var until = rest.LastIndexOf("until ", StringComparison.OrdinalIgnoreCase);
        return (verb.ToLowerInvariant(), which.TrimStart('#'), value.Length > 0) switch
        {
            ("", _, _) => new Deed.Remind(),
            ("now", "", _) => new Deed.RemindNow(),
            ("snooze", { Length: > 0 } of, true) => new Deed.RemindSnooze(of, value),
            ("off", { Length: > 0 } of, false) => new Deed.RemindOff(of),
            ("away", _, _) when until >= 0 && rest[(until + 6)..].Trim() is { Length: > 0 } day => new Deed.RemindAway(OrNull(rest[..until].Trim().TrimStart('@')), day),
            _ => null,
        };
    }

    internal static Deed? Actions(string words) => words.ToLowerInvariant() switch
    {
        "" => new Deed.Actions(ActionsWanted.Open),
        "mine" => new Deed.Actions(ActionsWanted.Mine),
        "overdue" => new Deed.Actions(ActionsWanted.Overdue),
        "all" => new Deed.Actions(ActionsWanted.All),
        _ => null,
    };

    internal static Deed? Close(string words)
    {
        if (words.Length == 0) return new Deed.Close(null);
        var (word, reason) = CommandLine.Split(words);
        var anyway = Option(word) ?? word.ToLowerInvariant();
        return anyway == "anyway" && reason.Length > 0 ? new Deed.Close(reason) : null;
    }

    internal static Deed? Link(string words)
    {
        var (row, type) = CommandLine.Split(words);
        return ReadNumber(row) is { } number && !type.Contains('\n', StringComparison.Ordinal) ? new Deed.LinkTo(number, type) : null;
    }

    internal static Deed? Check(string words) => words.ToLowerInvariant() switch
    {
        "" => new Deed.Check(All: false),
        "all" => new Deed.Check(All: true),
        _ => null,
    };

    internal static Deed? List(string words) => words.ToLowerInvariant() switch
    {
        "" or "open" => new Deed.List(All: false),
        "all" => new Deed.List(All: true),
        _ => null,
    };

    internal static Deed? Settings(string words)
    {
        var (key, value) = CommandLine.Split(words);
        return new Deed.Settings(OrNull(key), OrNull(value));
    }

    /// <summary>The name of an option; phones turn <c>--</c> into a dash. Null when the word is none.</summary>
    private static string? Option(string word)
    {
        var name = word.StartsWith("--", StringComparison.Ordinal) ? word[2..] : word is ['—' or '–', ..] ? word[1..] : "";
        return name.Length > 0 && name.All(char.IsAsciiLetter) && Options.Contains(name.ToLowerInvariant(), StringComparer.Ordinal) ? name.ToLowerInvariant() : null;
    }

    private static readonly string[] Options = ["template", "severity", "supersedes", "from", "private", "log", "replace", "anyway", "erase"];

    private static int? ReadNumber(string word) =>
        int.TryParse(word.TrimStart('#'), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
