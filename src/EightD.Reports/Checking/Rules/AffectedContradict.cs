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
        Statement? first = null;
        foreach (var said in report.Statements.Where(said => said.Section is "D0" or "D2" or "D8"))
        {
            if (Vocabulary.AffectedIn(said.Text) is not { } count) continue;
            first ??= said;
            if (Vocabulary.AffectedIn(first.Text) is { } before && before != count) yield return new(said.Line, $"{count} affected here, {before} in {first.Section}, line {first.Line}.");
        }
    }
}
