namespace EightD.Reports.Checking.Rules;

internal sealed class CompletedWithOpenActions() : Rule(
    "D6.completed-with-open-actions", Severity.Error,
    what: "The 8D is completed, and actions are open.",
    why: "An 8D is closed when its actions are done.",
    source: "VDA 8D, D8",
    mend: "Finish them (`action done N`), drop them with a reason, or reopen the 8D.")
{
    internal override IEnumerable<Spot> Find(CheckedReport report)
    {
        if (!report.IsCompleted) yield break;
        var open = report.Actions.Where(action => action.IsOpen).ToList();
        if (open.Count > 0) yield return new(open[0].Line, open.Count == 1 ? "The report is completed, and this action is open." : $"The report is completed, and {open.Count} actions are open.");
    }
}
