using System.Globalization;
using EightD.Reports.Reading;

namespace EightD.Reports.Editing;

/// <summary>The title line, <c># 0003: Title</c>.</summary>
internal static class TitleLine
{
    /// <summary>The title as it stands in the line: one line, no tag, no closing <c>#</c>.</summary>
    public static string Escape(string title)
    {
        var text = Escaping.Tags(Typed.OnOneLine(title));
        var hashes = text.Length - text.TrimEnd('#').Length;
        return hashes > 0 && (hashes == text.Length || text[^(hashes + 1)] == ' ') ? text.Insert(text.Length - hashes, "\\") : text;
    }

    /// <summary>The number and title in a heading's text; the number's digits as they stand, empty where there are none.</summary>
    public static (string Digits, string Title) Read(ReadOnlySpan<char> heading)
    {
        var digits = heading.IndexOfAnyExceptInRange('0', '9');
        if (digits is > 0 and <= 9 && heading[digits] == ':') return (heading[..digits].ToString(), Unescape(heading[(digits + 1)..].Trim(" \t")));
        return digits < 0 && heading.Length is > 0 and <= 9 ? (heading.ToString(), "") : ("", Unescape(heading));
    }

    /// <summary>The line with another number or title; what stands around them stays.</summary>
    public static string Write(ReadOnlySpan<char> line, int? number, string title, Dialect dialect)
    {
        var written = number?.ToString(dialect == Dialect.Padded ? "0000" : "0", CultureInfo.InvariantCulture);
        var mark = MarkdownLine.HeadingLevel(line) == 1 ? "# " : "";
        return written is null ? $"{mark}{Escape(title)}" : $"{mark}{written}: {Escape(title)}".TrimEnd();
    }

    private static string Unescape(ReadOnlySpan<char> text) =>
        text.ToString().Replace("\\<", "<", StringComparison.Ordinal).Replace("\\#", "#", StringComparison.Ordinal);
}
