using System.Text.RegularExpressions;
using EightD.Reports.Reading;

namespace EightD.Reports.Containment;

/// <summary>
/// The temporary measures of D3: what holds until the permanent corrective action is in place, and is to be taken away then, or made permanent (8D, D3 and D6). How one
/// ended stands behind it in the report, <c>(removed 2025-01-10)</c> or <c>(adopted 2025-01-10)</c>, so that it can be seen and written there by anybody.
/// </summary>
public static partial class TemporaryMeasures
{
    private static readonly string[] Nothing = ["none", "no", "n/a", "na", "nothing", "-", "does not apply", "not applicable"];

    /// <summary>The part in which they stand; null where the template has none.</summary>
    public static PartName? PartOf(Report report) => report.Template.Find("D3", "temporary") is [var part] ? part : null;

    /// <summary>The measures in the list's order, which is their number; none where the part holds no list.</summary>
    public static IReadOnlyList<TemporaryMeasure> Of(Report report) => PartOf(report) is { } part
        ? [.. Items(report.TextOf(part)).Select((item, index) => new TemporaryMeasure(index + 1, WithoutEnd(item.Text), EndingOf(item.Text)))]
        : [];

    /// <summary>The text of their part, with how one ended behind its first line.</summary>
    /// <param name="report">The report.</param>
    /// <param name="number">The measure's number.</param>
    /// <param name="how"><c>removed 2025-01-10</c>, for example.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no measure with that number.</exception>
    public static string TextWithEnd(Report report, int number, string how)
    {
        var text = PartOf(report) is { } part ? report.TextOf(part) : "";
        var items = Items(text).ToList();
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, items.Count);
        var lines = text.Split('\n');
        lines[items[number - 1].Line] = $"{lines[items[number - 1].Line].TrimEnd()} ({how})";
        return string.Join('\n', lines);
    }

    /// <summary>The items of the list itself, each by its first line; those that say that there is none are left out.</summary>
    private static IEnumerable<(int Line, string Text)> Items(string text)
    {
        CodeFence code = new();
        foreach (var (line, said) in text.Split('\n').Index())
        {
            if (code.Take(said) || MarkdownLine.Indent(said) > 1 || MarkdownLine.ItemContent(said) is not (> 0 and var content)) continue;
            var item = said[content..].Trim();
            if (item.Length > 0 && !Nothing.Contains(item.TrimEnd('.').ToLowerInvariant(), StringComparer.Ordinal)) yield return (line, item);
        }
    }

    /// <summary>How a measure ended, by what stands behind it; null: it is in place.</summary>
    internal static string? EndingOf(string item) => End().Match(item) is { Success: true } end ? end.Groups["how"].Value : null;

    private static string WithoutEnd(string item) => End().Replace(item, "").TrimEnd();

    [GeneratedRegex(@"\((?<how>(removed|adopted)\b[^()]{0,200})\)\.?$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.RightToLeft, matchTimeoutMilliseconds: 100)]
    private static partial Regex End();
}

/// <summary>A temporary measure.</summary>
/// <param name="Number">Its place in the list, from 1.</param>
/// <param name="Text">What was done, its first line.</param>
/// <param name="Ended">How it ended, as it stands there; null: it is in place.</param>
public sealed record TemporaryMeasure(int Number, string Text, string? Ended);
