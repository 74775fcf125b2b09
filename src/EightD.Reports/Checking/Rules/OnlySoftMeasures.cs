namespace EightD.Reports.Checking.Rules;

internal sealed class OnlySoftMeasures() : Rule(
    "D5.only-soft-measures", Severity.Error,
    what: "All corrective actions train, remind or tell.",
    why: "Attention wears off; a permanent corrective action changes the product, the tool or the process so that the error cannot happen or is caught.",
    source: "ASQ, mistake proofing",
    mend: "Add a measure that works without anybody's attention: `answer D5`.")
{
    internal override IEnumerable<Spot> Find(CheckedReport report)
    {
        if (report.Measures.Count > 0 && report.Measures.All(measure => Vocabulary.IsSoft(measure.Text))) yield return new(report.Measures[0].Line, "All measures only train, remind or tell.");
    }
}
