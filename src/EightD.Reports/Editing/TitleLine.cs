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

    /// <summary>The number and title of a report; the number's digits as they stand, empty where there are none.</summary>
    public static (string Digits, string Title) Read(Outline outline)
    {
        if (outline.Title < 0) return ("", "");
        var heading = MarkdownLine.HeadingText(outline[outline.Title]);
        var digits = heading.IndexOfAnyExceptInRange('0', '9');
        return digits is > 0 and <= 9 && heading[digits] == ':'
            ? (heading[..digits].ToString(), Unescape(heading[(digits + 1)..].Trim(" \t")))
            : ("", Unescape(heading));
    }

    /// <summary>The edit that gives a report this number and title; a line is made where there is none.</summary>
    public static Edit Set(Outline outline, int? number, string title, Dialect dialect)
    {
        var written = number?.ToString(dialect == Dialect.Padded ? "0000" : "0", CultureInfo.InvariantCulture);
        var text = written is null ? Escape(title) : $"{written}: {Escape(title)}".TrimEnd();
        if (outline.Title < 0) return LineEdit.Replace(outline, 0, 0, [$"# {text}", ""]);
        var mark = outline.Kinds[outline.Title] == LineKind.Heading ? "# " : "";
        return LineEdit.Replace(outline, outline.Title, outline.Title + 1, [mark + text]);
    }

    private static string Unescape(ReadOnlySpan<char> text) =>
        text.ToString().Replace("\\<", "<", StringComparison.Ordinal).Replace("\\#", "#", StringComparison.Ordinal);
}
