namespace EightD.Reports.Actions;

/// <summary>A row typed as a person types it, without a table: <c>Create index @maria by tomorrow</c>, <c>@ana Lead, DevOps: overall</c>.</summary>
public static class RowLine
{
    private const string By = " by ";

    /// <summary>
    /// Reads <c>WHAT @owner by DATE</c>: the owner is what stands after the last <c> @</c> that begins a word, up to <c> by </c> or the end (or a name
    /// of <paramref name="names"/>); owner and date may be missing, in either order. A <c>by …</c> that is no date belongs to the action
    /// unless an owner stands before it: then <see cref="ActionLine.Due"/> says what is unclear.
    /// </summary>
    /// <remarks>
    /// At the beginning of the line a name that is not known is one word (<c>@maria Create index</c>). What stands between a known name and
    /// <c> by </c> belongs to the action (<c>Ask @maria for the logs by friday</c>).
    /// </remarks>
    /// <param name="line">One line.</param>
    /// <param name="today">The day on which it was typed.</param>
    /// <param name="names">Display names known in the conversation; a longer name is found before a shorter one.</param>
    public static ActionLine ReadAction(string line, DateOnly today, IReadOnlyCollection<string> names)
    {
        var padded = " " + OnOneLine(line);
        if (Mention(padded) is not { } at)
        {
            return WithoutOwner(padded, today);
        }

        var before = padded[..at];
        var after = padded[(at + 2)..];
        var (owner, rest) = KnownName(after, names) ?? (before.Trim().Length == 0 ? FirstWord(after) : UpToBy(after));
        var by = rest.LastIndexOf(By, StringComparison.OrdinalIgnoreCase);
        if (by < 0)
        {
            return WithoutOwner(before + rest, today) with { Owner = Bare(owner) };
        }

        return new ActionLine((before + rest[..by]).Trim(), Bare(owner), DateReading.Read(rest[(by + By.Length)..], today));
    }

    /// <summary>Reads <c>@who ROLE[, DEPARTMENT[: RESPONSIBILITIES]]</c>; the <c>@</c> may be missing where the name is known; else the name is the first word.</summary>
    /// <remarks>A colon before the first comma leaves the department out: <c>@ana Lead: calls, e-mails</c>.</remarks>
    /// <param name="line">One line.</param>
    /// <param name="names">Display names known in the conversation; a longer name is found before a shorter one.</param>
    public static TeamMember ReadMember(string line, IReadOnlyCollection<string> names)
    {
        var text = OnOneLine(line) is ['@', .. var mention] ? mention : OnOneLine(line);
        var (name, rest) = KnownName(text, names) ?? FirstWord(text);
        rest = rest.TrimStart(' ', ',', ':');

        var colon = rest.IndexOf(':', StringComparison.Ordinal);
        var (position, responsibilities) = colon < 0 ? (rest, "") : (rest[..colon], rest[(colon + 1)..]);
        var comma = position.IndexOf(',', StringComparison.Ordinal);
        var (role, department) = comma < 0 ? (position, "") : (position[..comma], position[(comma + 1)..]);
        return new TeamMember(Bare(name), role.Trim(), department.Trim(), responsibilities.Trim());
    }

    private static ActionLine WithoutOwner(string text, DateOnly today)
    {
        var by = text.LastIndexOf(By, StringComparison.OrdinalIgnoreCase);
        var due = by < 0 ? null : DateReading.Read(text[(by + By.Length)..], today);
        return due is null or DateReading.Unreadable
            ? new ActionLine(text.Trim(), "", null)
            : new ActionLine(text[..by].Trim(), "", due);
    }

    /// <summary>Where the last blank with an <c>@</c> and a name after it stands; <c>meet @ noon</c> and <c>a@b.example</c> mention nobody.</summary>
    private static int? Mention(string padded)
    {
        for (var at = padded.LastIndexOf(" @", StringComparison.Ordinal); at >= 0; at = at == 0 ? -1 : padded.LastIndexOf(" @", at - 1, StringComparison.Ordinal))
        {
            if (at + 2 < padded.Length && padded[at + 2] != ' ')
            {
                return at;
            }
        }

        return null;
    }

    /// <summary>The longest known name that the text begins with, as it is known, and what follows it.</summary>
    private static (string Name, string Following)? KnownName(string text, IReadOnlyCollection<string> names) =>
        names.Where(name => name.Length > 0
                && text.StartsWith(name, StringComparison.OrdinalIgnoreCase)
                && (text.Length == name.Length || !char.IsLetterOrDigit(text[name.Length])))
            .MaxBy(name => name.Length) is { } known ? (known, text[known.Length..]) : null;

    private static (string Name, string Following) FirstWord(string text) =>
        text.IndexOf(' ', StringComparison.Ordinal) is >= 0 and var blank ? (text[..blank], text[blank..]) : (text, "");

    private static (string Name, string Following) UpToBy(string text) =>
        text.IndexOf(By, StringComparison.OrdinalIgnoreCase) is >= 0 and var by ? (text[..by], text[by..]) : (text, "");

    private static string Bare(string name) => name.Trim().TrimEnd(',', ';', ':');

    private static string OnOneLine(string line) =>
        string.Concat(line.Select(character => char.IsWhiteSpace(character) ? ' ' : character)).Trim();
}

/// <summary>An action as typed.</summary>
/// <param name="What">What is to be done; may be empty.</param>
/// <param name="Owner">Without its <c>@</c>; empty where there is none.</param>
/// <param name="Due">The date; null where there is none.</param>
public sealed record ActionLine(string What, string Owner, DateReading? Due);
