namespace EightD.Reports.Checking.Rules;

internal sealed class MeasureUntried() : Rule(
    "D5.measure-untried", Severity.Hint,
    what: "No measure was tried before it is rolled out.",
    why: "A correction is verified before it goes live, so that it does not bring the next problem.",
    source: "Ford Global 8D, D5",
    mend: "Say how each was tried: `answer D5.verification`, for example: Load test with production data in staging.")
{
    internal override IEnumerable<Spot> Find(CheckedReport report)
    {
        if (report.Measures.Count == 0 || report.Of("D5").Any(said => said.Role == Role.Verification || Vocabulary.Has(said.Text, ["test", "trial", "pilot", "verif", "validat", "staging", "canary", "erprob", "versuch", "muster"]))) yield break;
        yield return new(report.Measures[0].Line, "It is not said how a measure was tried before its roll-out.");
    }
}
