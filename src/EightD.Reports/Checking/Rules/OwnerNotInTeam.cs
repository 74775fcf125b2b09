namespace EightD.Reports.Checking.Rules;

internal sealed class OwnerNotInTeam() : Rule(
    "D6.owner-not-in-team", Severity.Hint,
    what: "Somebody owns an action who is not of the team.",
    why: "Who is not of the team does not know why the action matters, and is often not told.",
    source: "VDA 8D, D1",
    mend: "Add them to the team, or choose an owner of it: `team add NAME ROLE`, `action assign N NAME`.")
{
    internal override IEnumerable<Spot> Find(CheckedReport report)
    {
        if (report.TeamNames.Count == 0) yield break;
        foreach (var action in report.Actions.Where(action => action.IsOpen && action.Owner.Length > 0 && !Vocabulary.IsGroup(action.Owner) && !People.NamesOf(action.Owner).Any(report.TeamNames.Contains))) yield return new(action.Line, $"{action.Owner} is not of the team.");
    }
}
