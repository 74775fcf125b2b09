namespace EightD.Reports.Checking.Rules;

internal sealed class VerificationWithoutPeriod() : Rule(
    "D6.verification-without-period", Severity.Hint,
    what: "The verification of the implementation says not over which time.",
    why: "A correction is validated over time: a figure of one afternoon says little.",
    source: "Ford Global 8D, D6",
    mend: "Say since when, or for how long: `answer D6.verification`.")
{
    internal override IEnumerable<Spot> Find(CheckedReport report)
    {
        var verified = report.Under("D6", Role.Verification);
        if (verified.Any(said => Vocabulary.HasFigure(said.Text)) && verified.FirstIfNone(Vocabulary.HasPeriod) is { } said) yield return new(said.Line, "The verification names no period.");
    }
}
