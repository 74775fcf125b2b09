namespace EightD.Reports.Checking.Rules;

internal sealed class DueBeforeReport() : Rule(
    "D6.due-before-report", Severity.Warning,
    what: "An action is due before the problem was found.",
    why: "A date that cannot be true makes the reader doubt the others.",
    source: "ASQ, Eight Disciplines, D6",
    mend: "Correct the date: `action due N DATE`.")
{
    internal override IEnumerable<Spot> Find(CheckedReport report)
    {
        if (report.Report.Date is not { } from) yield break;
        foreach (var action in report.Actions.Where(action => action.Due < from)) yield return new(action.Line, $"The date is before the report's own, {from:yyyy-MM-dd}.");
    }
}
