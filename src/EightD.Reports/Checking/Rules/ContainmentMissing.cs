namespace EightD.Reports.Checking.Rules;

internal sealed class ContainmentMissing() : Rule(
    "D3.containment-missing", Severity.Warning,
    what: "Nothing was done to protect those who were hit.",
    why: "Until the cause is gone the customer must be protected.",
    source: "VDA 8D, D3",
    mend: "Say what was done at once, or that nothing was needed and why: `answer D3`.")
{
    internal override IEnumerable<Spot> Find(CheckedReport report)
    {
        if (!report.IsAnswered("D3")) yield return new(report.LineOf("D3"), "Nothing is said here.");
    }
}
