using EightD.Reports.Actions;

namespace EightD.Reports.Checking.Rules;

internal sealed class StatusUnreadable() : Rule(
    "D6.status-unreadable", Severity.Warning,
    what: "An action's status says neither open nor done.",
    why: "Whoever reads the plan must see what is still to be done.",
    source: "VDA 8D, D6",
    mend: "Write Open, In Progress, Completed or Cancelled.")
{
    internal override IEnumerable<Spot> Find(CheckedReport report)
    {
        foreach (var action in report.Actions.Where(action => action.Status == ActionStatus.Open && action.StatusText.Any(char.IsLetterOrDigit) && !Vocabulary.SaysOpen(action.StatusText))) yield return new(action.Line, $"`{action.StatusText}` says neither open nor done.");
    }
}
