using System.Runtime.InteropServices;

namespace EightD.Reports.Reading;

/// <summary>A label as it stands in a line: <c>**Impact:** text</c>, <c>**Why wasn't this caught earlier?**</c>, <c>### Who</c> or <c>- **Who:** text</c>.</summary>
/// <param name="Style">How it is written.</param>
/// <param name="Start">Where its name begins in the line.</param>
/// <param name="Length">How long its name is, without colon and asterisks.</param>
/// <param name="After">Where the text after it begins in the line, one blank left out; the line's length when there is none.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Label(LabelStyle Style, int Start, int Length, int After)
{
    /// <summary>Reads the label that a line begins with; null when it begins with none.</summary>
    public static Label? In(ReadOnlySpan<char> line)
    {
        if (line.Length < 4) return null;
        return line[0] switch
        {
            '*' => Bold(line, 0, LabelStyle.Bold),
            '-' => Bold(line, 2, LabelStyle.Item),
            '#' => Heading(line),
            _ => null,
        };
    }

    /// <summary>Its name.</summary>
    public ReadOnlySpan<char> NameIn(ReadOnlySpan<char> line) => line.Slice(Start, Length);

    private static Label? Heading(ReadOnlySpan<char> line)
    {
        if (MarkdownLine.HeadingLevel(line) is not (>= 3 and <= 6)) return null;
        var name = MarkdownLine.HeadingText(line).TrimEnd(':').TrimEnd();
        return name.Length == 0 ? null : new(LabelStyle.Heading, line.IndexOf(name), name.Length, line.Length);
    }

    private static Label? Bold(ReadOnlySpan<char> line, int at, LabelStyle style)
    {
        if (!line[at..].StartsWith("**")) return null;
        var rest = line[(at + 2)..];
        var close = rest.IndexOf("**");
        if (close < 1) return null;
        var inside = rest[..close].TrimEnd();
        var after = at + 2 + close + 2;
        var colonAfter = after < line.Length && line[after] == ':';
        if (colonAfter) after++;
        else if (inside[^1] is not (':' or '?')) return null;
        var name = inside.TrimEnd(':').TrimEnd();
        if (name.Length == 0) return null;
        if (after < line.Length && line[after] == ' ') after++;
        return new(style, at + 2, name.Length, after);
    }
}

/// <summary>How a label is written.</summary>
internal enum LabelStyle
{
    /// <summary><c>**Impact:**</c>.</summary>
    Bold,

    /// <summary><c>### Impact</c>.</summary>
    Heading,

    /// <summary><c>- **Impact:**</c>.</summary>
    Item,
}
