namespace EightD.Reports.Checking.Rules;

internal sealed class CauseMissing() : Rule(
    "D4.cause-missing", Severity.Error,
    what: "D4 names no cause.",
    why: "Without the cause each correction is a guess.",
    source: "ASQ, Eight Disciplines, D4",
    mend: "Name the cause: `answer D4.cause`.")
{
    internal override IEnumerable<Spot> Find(CheckedReport report)
    {
        if (report.Causes.Count == 0 && !report.Under("D4", Role.Whys).Any()) yield return new(report.LineOf("D4"), "No cause is named.");
    }
}
