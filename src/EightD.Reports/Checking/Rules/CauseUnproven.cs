namespace EightD.Reports.Checking.Rules;

internal sealed class CauseUnproven() : Rule(
    "D4.cause-unproven", Severity.Warning,
    what: "Nothing shows that the cause is the cause.",
    why: "A cause is verified when the problem can be switched on and off with it; that a correction helps shows that it helps, not that the cause was this one.",
    source: "Ford Global 8D, D4",
    mend: "Name the proof: `answer D4.evidence`, for example: Reproduced in staging; with the change taken back the load fell to 15 %.")
{
    internal override IEnumerable<Spot> Find(CheckedReport report)
    {
        if (report.Causes.Count == 0 || report.Of("D4").Any(said => said.Role == Role.Evidence || Vocabulary.SaysProof(said.Text))) yield break;
        yield return new(report.Causes[0].Line, "The cause is asserted: nothing says that it was reproduced, taken back, or measured.");
    }
}
