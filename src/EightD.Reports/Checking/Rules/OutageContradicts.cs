namespace EightD.Reports.Checking.Rules;

internal sealed class OutageContradicts() : Rule(
    "D8.outage-contradicts", Severity.Warning,
    what: "The outage has another length in another discipline.",
    why: "Figures that contradict each other make the reader doubt all of them.",
    source: "Google SRE, Postmortem Culture",
    mend: "Correct the one that is wrong.")
{
    internal override IEnumerable<Spot> Find(CheckedReport report)
    {
        foreach (var (said, minutes, first, before) in report.Contradictions(Vocabulary.OutageIn)) yield return new(said.Line, $"{minutes} minutes here, {before} in {first.Section}, line {first.Line}.");
    }
}
