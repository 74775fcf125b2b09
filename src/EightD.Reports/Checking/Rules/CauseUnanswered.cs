namespace EightD.Reports.Checking.Rules;

internal sealed class CauseUnanswered() : Rule(
    "D5.cause-unanswered", Severity.Warning,
    what: "No measure is about the cause.",
    why: "A permanent corrective action removes the cause; one that is about something else leaves it.",
    source: "VDA 8D, D5",
    mend: "Choose a measure that removes the cause: `answer D5`.")
{
    internal override IEnumerable<Spot> Find(CheckedReport report)
    {
        if (report.Measures.Count == 0) yield break;
        var measures = report.Statements.Where(said => said.Section is "D5" or "D6" or "D7").Select(said => said.Words).Concat(report.ActionWords.Select(action => action.Words)).ToList();
        foreach (var cause in report.Causes.Where(cause => cause.Depth == 0 && cause.Words.Count >= 3 && !Vocabulary.Has(cause.Text, ["ruled out", "ausgeschlossen"])))
        {
            if (!measures.Exists(measure => Words.Shared(measure, cause.Words) > 0)) yield return new(cause.Line, "No measure of D5 to D7 is about this cause.");
        }
    }
}
