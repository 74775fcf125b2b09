namespace EightD.Reports.Checking.Rules;

internal sealed class NoEffect() : Rule(
    "D8.no-effect", Severity.Warning,
    what: "The 8D is completed, and no figure shows its effect.",
    why: "An 8D ends with the proof that the problem is gone.",
    source: "VDA 8D, D8",
    mend: "Measure it: `effect TEXT`.")
{
    internal override IEnumerable<Spot> Find(CheckedReport report)
    {
        if (report.IsCompleted && !report.Of("D8").Concat(report.Under("D6", Role.Verification)).Any(said => Vocabulary.HasFigure(said.Text))) yield return new(report.LineOf("D8"), "No figure shows that the actions helped.");
    }
}
