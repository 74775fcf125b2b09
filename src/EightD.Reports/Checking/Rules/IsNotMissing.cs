namespace EightD.Reports.Checking.Rules;

internal sealed class IsNotMissing() : Rule(
    "D2.is-not-missing", Severity.Hint,
    what: "The problem is not held against where it is not.",
    why: "What differs between where the problem is and where it could be but is not leads to the cause, and tells false causes from the true one.",
    source: "Kepner-Tregoe, used by Ford Global 8D, D2",
    mend: "Say where it shows and where it does not: `answer D2.is`, for example: Is: orders from the web shop. Is not: orders from the app.")
{
    internal override IEnumerable<Spot> Find(CheckedReport report)
    {
        if (report.Of("D2").Any(said => said.Role == Role.IsNot || Vocabulary.Has(said.Text, ["is not:", "ist nicht:", "not affected", "unaffected", "did not affect", "nicht betroffen"]))) yield break;
        yield return new(report.LineOf("D2"), "It is not said where the problem is not.");
    }
}
