using System.Buffers;
using EightD.Reports.Learning;

namespace EightD.Reports.Folder;

/// <summary>A report's file as it is searched.</summary>
/// <param name="Entry">Which report it is.</param>
/// <param name="Text">Its text.</param>
public sealed record SearchedReport(ReportEntry Entry, string Text)
{
    private ProblemWords? words;
    private Lesson? lesson;

    /// <summary>What the report says of the cause, read once.</summary>
    public Lesson Lesson => lesson ??= Lesson.Of(Text);

    /// <summary>The words that tell its problem from others, read once.</summary>
    internal ProblemWords Words => words ??= ProblemWords.Of(Text);

    /// <summary>A file as it is searched; null where it is no report's.</summary>
    public static SearchedReport? Of(string fileName, string text) => FileName.NumberIn(fileName) is { } number ? new(new(number, ReportEntry.TitleIn(text), fileName), text) : null;
}

/// <summary>A report in which all words were found.</summary>
/// <param name="Report">Which.</param>
/// <param name="Words">The words.</param>
public sealed record FoundReport(SearchedReport Report, IReadOnlyList<string> Words)
{
    /// <summary>The characters of a line that is shown.</summary>
    public const int LongestLine = 120;

    private static readonly char[] Marks = ['#', '-', '>', '|', ' ', '\t', '\uFEFF'];

    /// <summary>The first line with one of the words, without what marks it as heading, item or row; at most <see cref="LongestLine"/> characters.</summary>
    public string Line => LineOf(Report.Text, Words);

    private static string LineOf(string text, IReadOnlyList<string> sought)
    {
        var at = sought.Count == 0 ? 0 : sought.Min(word => text.IndexOf(word, StringComparison.OrdinalIgnoreCase));
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

/// <summary>Looks for words in the texts of reports. A scan: 2,000 reports take milliseconds, and no index can be out of date.</summary>
public static class ReportSearch
{
    /// <summary>The reports that hold each of the words, upper or lower case: those with all of them in the title first, then the newest first.</summary>
    /// <param name="reports">Where to look.</param>
    /// <param name="words">What somebody typed, separated by blanks.</param>
    public static IEnumerable<FoundReport> Find(IEnumerable<SearchedReport> reports, string words)
    {
        var sought = words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var values = Array.ConvertAll(sought, word => SearchValues.Create([word], StringComparison.OrdinalIgnoreCase)); // nine times as fast as string.Contains, which 2,000 reports take 150 ms
        return reports.Where(report => Array.TrueForAll(values, word => report.Text.AsSpan().ContainsAny(word)))
            .OrderByDescending(report => Array.TrueForAll(sought, word => report.Entry.Title.Contains(word, StringComparison.OrdinalIgnoreCase))).ThenByDescending(report => report.Entry.Number)
            .Select(report => new FoundReport(report, sought));
    }
}
