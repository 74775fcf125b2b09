using EightD.Reports.Actions;

namespace EightD.Reports.Checking.Rules;

internal sealed class FollowUpTooEarly() : Rule(
    "D8.follow-up-too-early", Severity.Warning,
    what: "A follow-up comes before the last action.",
    why: "Before the last action is done its effect cannot be looked at.",
    source: "VDA 8D, D8",
    mend: "Choose a day after the last action.")
{
    internal override IEnumerable<Spot> Find(CheckedReport report)
    {
        if (report.LastDue is not { } last || report.Report.Date is not { } from) yield break;
        foreach (var said in report.Under("D8", Role.FollowUp).Where(said => Vocabulary.SaysWhen(said.Text)))
        {
            if (DateReading.Among(said.Text, from).Where(date => date >= from && date < last).Cast<DateOnly?>().Max() is { } day && !DateReading.Among(said.Text, from).Any(date => date >= last)) yield return new(said.Line, $"{day:yyyy-MM-dd} is before the last action of D6, {last:yyyy-MM-dd}.");
        }
    }
}
