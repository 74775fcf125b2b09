using System.Text.RegularExpressions;
using EightD.Reports.Editing;
using EightD.Reports.Reading;

namespace EightD.Reports.Checking;

/// <summary>What people of a report decided to leave as it is.</summary>
/// <param name="Rule">Whose findings.</param>
/// <param name="Discipline">In which discipline; null: in the whole report.</param>
/// <param name="Reason">Why.</param>
/// <param name="Line">The 1-based line of the comment that says so.</param>
public sealed record Waiver(string Rule, string? Discipline, string Reason, int Line)
{
    /// <summary>Whether another one says the same, wherever it stands.</summary>
    public bool IsAs(Waiver other) => other with { Line = Line } == this;
}

/// <summary>
/// What is left as it is, each with its reason, in a comment on a line of its own: <c>&lt;!-- 8d-check-disable D4.whys-too-short: the supplier knows no more --&gt;</c>.
/// In a discipline it holds for that one; above the first, or in any other section, for the whole report.
/// </summary>
internal static partial class Waivers
{
    /// <summary>Those that a report has.</summary>
    public static IEnumerable<Waiver> In(Outline outline)
    {
        for (var line = 0; line < outline.Lines.Count; line++)
        {
            if (outline.Kinds[line] != LineKind.Comment || Comment().Match(outline[line].ToString()) is not { Success: true } comment) continue;
            var section = outline.Sections.LastOrDefault(section => section.Heading < line);
            yield return new(comment.Groups["rule"].Value, section is { Key: ['D', >= '0' and <= '8'] } ? section.Key : null, comment.Groups["reason"].Value.TrimEnd(), line + 1);
        }
    }

    /// <summary>The edit that leaves a finding as it is: below its discipline's heading and hints; where the report has no such discipline, above the first section.</summary>
    public static Edit Add(Outline outline, string rule, string discipline, string reason)
    {
        var comment = $"<!-- 8d-check-disable {rule}: {OnOneLine(reason)} -->";
        if (outline.Find(discipline) is not { } section) return SectionEdit.Below(outline, outline.Sections is [var first, ..] ? first.Heading : outline.Lines.Count, [comment]);
        var at = section.Body;
        for (var line = section.Body; line < section.Content; line++)
        {
            if (outline.Kinds[line] == LineKind.Comment) at = line + 1;
        }

        return LineEdit.Replace(outline, at, at, [comment]);
    }

    /// <summary>The edit that takes a decision back.</summary>
    public static Edit Remove(Outline outline, Waiver waiver) => LineEdit.Replace(outline, waiver.Line - 1, waiver.Line, []);

    /// <summary>Words that cannot end the comment in which they stand.</summary>
    private static string OnOneLine(string reason) => Blanks().Replace(reason.Replace("--", "–", StringComparison.Ordinal).Replace('<', '‹').Replace('>', '›'), " ").Trim();

    [GeneratedRegex(@"^\s*<!--\s*8d-check-disable\s+(?<rule>D[0-8]\.[a-z-]{1,60})\s*:\s*(?<reason>\S.*)-->\s*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Comment();

    [GeneratedRegex(@"[\s\p{C}]+", RegexOptions.NonBacktracking)]
    private static partial Regex Blanks();
}
