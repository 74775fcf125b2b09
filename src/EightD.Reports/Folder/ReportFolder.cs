using System.Globalization;
using AnyAscii;

namespace EightD.Reports.Folder;

/// <summary>A report's file in its folder (8D format, "A folder of reports").</summary>
public static class FileName
{
    private const int LongestSlug = 100;

    /// <summary><c>0003-server-downtime-incident.md</c>: four digits, then the title in lower case, transliterated, never empty (<c>0004-report.md</c>).</summary>
    /// <param name="number">1 or more.</param>
    /// <param name="title">Any text; the file name has at most 100 characters of it.</param>
    public static string Of(int number, string title)
    {
        var kept = title.Transliterate().ToLowerInvariant()
            .Select(character => char.IsWhiteSpace(character) ? '-' : character)
            .Where(character => character == '-' || char.IsAsciiLetterOrDigit(character));
        var slug = string.Join('-', string.Concat(kept).Split('-', StringSplitOptions.RemoveEmptyEntries));
        var cut = slug.Length > LongestSlug ? slug[..LongestSlug].TrimEnd('-') : slug;
        return $"{number:0000}-{(cut.Length == 0 ? "report" : cut)}.md";
    }

    /// <summary>The name of the page that prints, beside a report's own: <c>0003-title.html</c>.</summary>
    public static string PageOf(string fileName) => System.IO.Path.ChangeExtension(fileName, ".html");

    /// <summary>The number in a report's file name (<c>0003-….md</c>); null when it is no report's.</summary>
    /// <param name="fileName">Without a folder.</param>
    public static int? NumberIn(string fileName) =>
        fileName.IndexOf('-', StringComparison.Ordinal) is >= 4 and var hyphen
        && fileName.EndsWith(".md", StringComparison.Ordinal)
        && int.TryParse(fileName.AsSpan(0, hyphen), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number > 0
            ? number
            : null;
}

/// <summary>One report of a folder.</summary>
/// <param name="Number">1 or more.</param>
/// <param name="Title">The title.</param>
/// <param name="FileName">Its file in the folder.</param>
public sealed record ReportEntry(int Number, string Title, string FileName)
{
    /// <summary>The title of a report's text; empty where it has none, or there is no text. It stands above the first section, and the rest is read only where it does not.</summary>
    public static string TitleIn(string? text)
    {
        if (text is null) return "";
        var sections = text.IndexOf("\n## ", StringComparison.Ordinal);
        return sections >= 0 && TitleOf(text[..sections]) is { Length: > 0 } title ? title : TitleOf(text);
    }

    private static string TitleOf(string text) => Report.Read(text, Templates.Template.BuiltIn[0]).Title;
}
