using EightD.Reports.Templates;

namespace EightD.Reports.Reading;

/// <summary>Where a section stands, by lines.</summary>
/// <param name="Key"><c>D4</c>, or the heading in lower case with hyphens.</param>
/// <param name="Name">The heading without its <c>D4:</c>.</param>
/// <param name="Heading">The heading's line.</param>
/// <param name="Body">The first line below the heading.</param>
internal sealed record SectionSpan(string Key, string Name, int Heading, int Body)
{
    /// <summary>The line after its last one that is not blank, rule and footer left out.</summary>
    public int End { get; set; } = Body;

    /// <summary>The line after its hints.</summary>
    public int Content { get; set; } = Body;

    /// <summary>The parts that stand in it, in order; the lead, where something stands there, is first.</summary>
    public List<PartSpan> Parts { get; } = [];

    /// <summary>The part; null when it does not stand here.</summary>
    public PartSpan? Find(string? label)
    {
        foreach (var part in Parts)
        {
            if (string.Equals(part.Label, label, StringComparison.Ordinal)) return part;
        }

        return null;
    }

    /// <summary>The key and name of a heading's text.</summary>
    public static (string Key, string Name) NameOf(ReadOnlySpan<char> heading)
    {
        if (heading is ['D' or 'd', >= '0' and <= '8', ..] && (heading.Length == 2 || !char.IsLetterOrDigit(heading[2])))
        {
            return ($"D{heading[1]}", heading[2..].TrimStart(" \t:.-–—").ToString());
        }

        Span<char> slug = heading.Length <= 200 ? stackalloc char[heading.Length] : new char[heading.Length];
        var length = 0;
        foreach (var character in heading)
        {
            if (char.IsLetterOrDigit(character)) slug[length++] = char.ToLowerInvariant(character);
            else if (length > 0 && slug[length - 1] != '-') slug[length++] = '-';
        }

        return (slug[..length].Trim('-').ToString(), heading.ToString());
    }
}

/// <summary>Where a part stands, by lines.</summary>
/// <param name="Label">The template's name of it; null for the lead.</param>
/// <param name="Kind">How it stands.</param>
/// <param name="Style">How its label is written; null for the lead.</param>
/// <param name="Start">The label's line; of the lead its first.</param>
/// <param name="After">Where the text on the label's line begins in it; the line's length when there is none.</param>
internal sealed record PartSpan(string? Label, PartKind Kind, LabelStyle? Style, int Start, int After)
{
    /// <summary>What the template asks for here; null where it does not know the part.</summary>
    public Question? Question { get; init; }

    /// <summary>Whether text stands on the label's line.</summary>
    public bool IsOnLine { get; set; }

    /// <summary>The line after the label and its hints; of the lead its first line.</summary>
    public int Below { get; set; }

    /// <summary>The first line of text below the label; <see cref="End"/> when there is none.</summary>
    public int Content { get; set; }

    /// <summary>The line after its last one that is not blank.</summary>
    public int End { get; set; }

    /// <summary>Whether anything stands there but the label.</summary>
    public bool IsEmpty => !IsOnLine && Content >= End;
}
