using System.Globalization;
using System.Text.RegularExpressions;
using EightD.Reports.Reading;

namespace EightD.Reports.Folder;

/// <summary>A link to a report as it stands in contents and under <c>## Links</c>: <c>[0003: Title](./0003-title.md)</c> or <c>[3: Title](…)</c>.</summary>
internal static partial class EntryLink
{
    /// <summary>The link; brackets in the title get a backslash, so that they cannot end it.</summary>
    public static string Write(ReportEntry entry, Dialect dialect) =>
        $"[{entry.Number.ToString(dialect is Dialect.Padded ? "0000" : "0", CultureInfo.InvariantCulture)}: {Escape(entry.Title)}](./{entry.FileName})";

    /// <summary>
    /// The link of a list item that begins with one, and where it stands in the line; null where there is none. Brackets without a backslash,
    /// as <c>8d-tools</c> leaves them, are read too.
    /// </summary>
    public static (ReportEntry Entry, Range Span)? InItem(string line)
    {
        var match = Item().Match(line);
        if (!match.Success || !int.TryParse(match.Groups["number"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        var link = match.Groups["link"];
        var entry = new ReportEntry(number, Unescape(match.Groups["title"].Value), match.Groups["file"].Value);
        return (entry, link.Index..(link.Index + link.Length));
    }

    /// <summary>The number of the link of a list item that begins with one, if it is a link; null where there is certainly none.</summary>
    public static int? NumberInItem(ReadOnlySpan<char> line)
    {
        var item = line.TrimStart();
        if (item is not ['-' or '*' or '+', ..] || item[1..].TrimStart() is not ['[', .. var link]) return null;
        var digits = link.IndexOfAnyExceptInRange('0', '9');
        return digits > 0 && link[digits] == ':' && int.TryParse(link[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private static string Escape(string title) =>
        title.ReplaceLineEndings(" ").Replace(@"\", @"\\", StringComparison.Ordinal)
            .Replace("[", @"\[", StringComparison.Ordinal).Replace("]", @"\]", StringComparison.Ordinal);

    private static string Unescape(string title) => Escaped().Replace(title, "${character}");

    [GeneratedRegex(@"^\s*[-*+]\s+(?<link>\[(?<number>\d+):\s*(?<title>(\\.|[^\\])*?)\]\((\./)?(?<file>[^()\s]+)\))", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Item();

    [GeneratedRegex(@"\\(?<character>[\[\]\\])", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Escaped();
}
