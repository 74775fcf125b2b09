namespace EightD.Reports.Checking.Rules;

internal sealed class AffectedContradict() : Rule(
    "D8.affected-contradict", Severity.Warning,
    what: "Another number of people is affected in another discipline.",
    why: "Figures that contradict each other make the reader doubt all of them.",
    source: "Google SRE, Postmortem Culture",
    mend: "Correct the one that is wrong.")
{
    internal override IEnumerable<Spot> Find(CheckedReport report)
    {
        foreach (var (said, count, first, before) in report.Contradictions(Vocabulary.AffectedIn)) yield return new(said.Line, $"{count} affected here, {before} in {first.Section}, line {first.Line}.");
    }
}
