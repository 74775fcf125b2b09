namespace EightD.Reports.Checking.Rules;

internal sealed class ContainmentWithoutFigure() : Rule(
    "D3.verification-without-figure", Severity.Hint,
    what: "The verification of the containment has no figure and no time.",
    why: "A containment is validated by a figure: how many were looked at, since when, and how many were bad.",
    source: "VDA 8D, D3",
    mend: "Add the figure: `answer D3.verification`, for example: 500 parts sorted, none bad.")
{
    internal override IEnumerable<Spot> Find(CheckedReport report)
    {
        if (report.Under("D3", Role.Verification).FirstIfNone(Vocabulary.HasFigure) is { } said) yield return new(said.Line, "The verification has no figure.");
    }
}
