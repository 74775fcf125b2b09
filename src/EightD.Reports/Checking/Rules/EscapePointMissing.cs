namespace EightD.Reports.Checking.Rules;

internal sealed class EscapePointMissing() : Rule(
    "D4.escape-point-missing", Severity.Error,
    what: "D4 names no escape point.",
    why: "The escape point is the earliest control that should have caught the problem and did not; where there was none, that absence is why it got out.",
    source: "Ford Global 8D, D4",
    mend: "Name it: `answer D4.escape`, for example: Load test: runs on too little data.")
{
    internal override IEnumerable<Spot> Find(CheckedReport report)
    {
        if (report.IsAnswered("D4") && report.Escapes.Count == 0) yield return new(report.LineOf("D4"), "No control is named that should have caught it.");
    }
}
