using EightD.Reports.Actions;

namespace EightD.Reports.Checking.Rules;

internal sealed class NoOneOwner() : Rule(
    "D6.no-one-owner", Severity.Error,
    what: "An action has no owner, or several, or a group.",
    why: "What belongs to several belongs to nobody.",
    source: "VDA 8D, D6",
    mend: "Name one person: `action assign N NAME`.")
{
    internal override IEnumerable<Spot> Find(CheckedReport report)
    {
        foreach (var action in report.Actions.Where(action => action.Status != ActionStatus.Dropped))
        {
            if (action.Owner.Length == 0) yield return new(action.Line, "The action has no owner.");
            else if (Vocabulary.IsGroup(action.Owner)) yield return new(action.Line, $"{action.Owner} is not one person.", Severity.Warning);
        }
    }
}
