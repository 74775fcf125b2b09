
namespace EightD.Reports.Folder;

/// <summary>A report in which all words were found.</summary>
/// <param name="Entry">Which.</param>
/// <param name="Line">The first line with one of the words, without what marks it as heading, item or row; at most <see cref="ReportSearch.LongestLine"/> characters.</param>
public sealed record FoundReport(ReportEntry Entry, string Line);

/// <summary>Looks for words in the texts of reports. A scan: 2,000 reports take milliseconds, and no index can be out of date.</summary>
public static class ReportSearch
{
    /// <summary>The characters of a line that is shown.</summary>
    public const int LongestLine = 120;

    private static readonly char[] Marks = ['#', '-', '>', '|', ' ', '\t', '\uFEFF'];

    /// <summary>The reports that hold each of the words, upper or lower case: those with all of them in the title first, then the newest first.</summary>
    /// <param name="files">The names and texts of the files in the folder; what is no report is passed over.</param>
    /// <param name="words">What somebody typed, separated by blanks.</param>
    public static IEnumerable<FoundReport> Find(IEnumerable<(string FileName, string Text)> files, string words)
    {
        var sought = words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return files.Where(file => FileName.NumberIn(file.FileName) is not null && Array.TrueForAll(sought, word => file.Text.Contains(word, StringComparison.OrdinalIgnoreCase)))
            .Select(file => (Entry: EntryOf(file.FileName, file.Text), file.Text))
            .OrderByDescending(file => Array.TrueForAll(sought, word => file.Entry.Title.Contains(word, StringComparison.OrdinalIgnoreCase))).ThenByDescending(file => file.Entry.Number)
            .Select(file => new FoundReport(file.Entry, LineOf(file.Text, sought)));
    }

    private static ReportEntry EntryOf(string fileName, string text)
    {
        var title = Report.Read(text, Templates.Template.BuiltIn[0]).Title;
        return new(FileName.NumberIn(fileName)!.Value, title, fileName);
    }

    private static string LineOf(string text, string[] sought)
    {
        var at = sought.Length == 0 ? 0 : sought.Min(word => text.IndexOf(word, StringComparison.OrdinalIgnoreCase));
        var start = text.LastIndexOfAny(['\r', '\n'], Math.Max(at - 1, 0)) + 1;
        var end = text.IndexOfAny(['\r', '\n'], at);
        var line = text[start..(end < 0 ? text.Length : end)];
        if (line.Length > LongestLine)
        {
            var from = Math.Max(0, Math.Min(at - start - (LongestLine / 2), line.Length - LongestLine));
            if (from > 0 && char.IsLowSurrogate(line[from])) from++;
            var to = Math.Min(line.Length, from + LongestLine);
            if (to < line.Length && char.IsHighSurrogate(line[to - 1])) to--;
            line = line[from..to];
        }

        return line.Trim(Marks);
    }
}
