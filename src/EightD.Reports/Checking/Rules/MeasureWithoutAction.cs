namespace EightD.Reports.Checking.Rules;

internal sealed class MeasureWithoutAction() : Rule(
    "D5.measure-without-action", Severity.Warning,
    what: "A corrective action is in nobody's hands.",
    why: "A measure without a row in D6 has no owner and no date, and is not done.",
    source: "VDA 8D, D6",
    mend: "Give it an owner and a date: `action add …`.")
{
    internal override IEnumerable<Spot> Find(CheckedReport report)
    {
        if (!report.IsJudged("D6")) yield break;
        foreach (var (measure, all) in report.MeasuresWhole)
        {
            if (all.Count > 0 && !People.IsAssigned(measure.Text) && !report.IsInPlan(all)) yield return new(measure.Line, $"No action of D6 is about {Sentence.Short(measure.Subject)}.");
        }
    }
}
