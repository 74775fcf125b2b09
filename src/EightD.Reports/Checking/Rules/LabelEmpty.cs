namespace EightD.Reports.Checking.Rules;

internal sealed class LabelEmpty() : Rule(
    "D0.label-empty", Severity.Warning,
    what: "A label says nothing.",
    why: "A reader cannot tell what was forgotten from what does not apply.",
    source: "ASQ, Eight Disciplines, D8",
    mend: "Answer it, or take the label away.")
{
    public override bool IsAnywhere => true;

    internal override IEnumerable<Spot> Find(CheckedReport report)
    {
        foreach (var empty in report.EmptyLabels.Where(empty => report.IsJudged(empty.Section)).GroupBy(empty => empty.Section, StringComparer.Ordinal))
        {
            yield return new(empty.First().Line, $"Nothing stands under {string.Join(", ", empty.Select(each => $"*{Sentence.Short(each.Label)}*"))}.");
        }
    }
}
