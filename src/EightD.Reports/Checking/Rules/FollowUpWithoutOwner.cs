namespace EightD.Reports.Checking.Rules;

internal sealed class FollowUpWithoutOwner() : Rule(
    "D8.follow-up-without-owner", Severity.Warning,
    what: "Follow-ups have no owner.",
    why: "What is left for later and belongs to nobody is forgotten.",
    source: "PagerDuty, Postmortems: follow-up actions",
    mend: "Name who looks at it, or give it a row: `action add …`.")
{
    internal override IEnumerable<Spot> Find(CheckedReport report)
    {
        var names = report.TeamNames.Concat(report.Actions.SelectMany(action => People.NamesOf(action.Owner))).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var left = report.Under("D8", Role.FollowUp).Where(said => said.Depth == 0 && !People.IsAssigned(said.Text) && !People.Names(said.Text, names)).ToList();
        if (left.Count > 0) yield return new(left[0].Line, left.Count == 1 ? "The follow-up has no owner." : $"{left.Count} follow-ups have no owner.");
    }
}
