using System.Text.RegularExpressions;
using EightD.Reports.Reading;

namespace EightD.Reports.Checking;

/// <summary>
/// What people of a report decided to leave as it is, each with its reason, in a comment on a line of its own: <c>&lt;!-- 8d-check-disable D4.whys-too-short: the supplier knows no more --&gt;</c>.
/// In a discipline it holds for that one; above the first, or in any other section, for the whole report.
/// </summary>
internal sealed partial class Waivers
{
    private readonly HashSet<(string Rule, string? Discipline)> waived = [];

    public Waivers(Outline outline)
    {
        for (var line = 0; line < outline.Lines.Count; line++)
        {
            if (outline.Kinds[line] != LineKind.Comment || Comment().Match(outline[line].ToString()) is not { Success: true } comment) continue;
            var section = outline.Sections.LastOrDefault(section => section.Heading < line);
            waived.Add((comment.Groups["rule"].Value, section is { Key: ['D', >= '0' and <= '8'] } ? section.Key : null));
        }
    }

    /// <summary>Whether somebody decided to leave that.</summary>
    public bool Hold(Finding finding) => waived.Contains((finding.Rule, null)) || waived.Contains((finding.Rule, finding.Discipline));

    [GeneratedRegex(@"^\s*<!--\s*8d-check-disable\s+(?<rule>D[0-8]\.[a-z-]{1,60})\s*:\s*\S.*-->\s*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Comment();
}
