namespace EightD.Reports.Checking.Rules;

internal sealed class VerificationWithoutFigure() : Rule(
    "D6.verification-without-figure", Severity.Warning,
    what: "The verification of the implementation has no figure.",
    why: "A correction is validated in use, by a figure.",
    source: "Ford Global 8D, D6",
    mend: "Add the figure: `answer D6.verification`, for example: Query time below 5 ms for two weeks.")
{
    internal override IEnumerable<Spot> Find(CheckedReport report)
    {
        if (report.Under("D6", Role.Verification).FirstIfNone(Vocabulary.HasFigure) is { } said) yield return new(said.Line, "The verification has no figure.");
    }
}
