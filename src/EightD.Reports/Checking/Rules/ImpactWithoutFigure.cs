namespace EightD.Reports.Checking.Rules;

internal sealed class ImpactWithoutFigure() : Rule(
    "D0.impact-without-figure", Severity.Warning,
    what: "Nothing of what the problem costs is a figure.",
    why: "Without a number and a unit nobody can tell how urgent the problem is, nor later whether it is gone.",
    source: "Ford Global 8D, D0 and D2",
    mend: "Say how many of what, and for how long: `answer D0.impact`, for example: Checkout fails for 1,200 users for 45 minutes.")
{
    public override bool IsAnywhere => true;

    internal override IEnumerable<Spot> Find(CheckedReport report)
    {
        if (report.Under("D0", Role.Impact).Concat(report.Under("D2", Role.Impact)).FirstIfNone(Vocabulary.HasFigure) is { } said) yield return new(said.Line, "The impact has no figure.");
    }
}
