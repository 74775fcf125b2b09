using EightD.Reports.Actions;

namespace EightD.Reports.Checking.Rules;

internal sealed class NoOneDate() : Rule(
    "D6.no-one-date", Severity.Error,
    what: "An action has no date that can be read.",
    why: "Without a date nobody can be late, and nobody is reminded.",
    source: "VDA 8D, D6",
    mend: "Give it a date: `action due N DATE`.")
{
    internal override IEnumerable<Spot> Find(CheckedReport report)
    {
        foreach (var action in report.Actions.Where(action => action.Status != ActionStatus.Dropped && action.Due is null))
        {
            if (action.Status != ActionStatus.Completed || action.DueText.Length > 0) yield return new(action.Line, action.DueText.Length == 0 ? "The action has no date." : $"`{action.DueText}` is no date.");
        }
    }
}
