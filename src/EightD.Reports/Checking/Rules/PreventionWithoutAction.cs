namespace EightD.Reports.Checking.Rules;

internal sealed class PreventionWithoutAction() : Rule(
    "D7.measure-without-action", Severity.Warning,
    what: "A preventive measure has no row in D6, and no owner of its own.",
    why: "What changes the system needs an owner and a date like any other action.",
    source: "VDA 8D, D7",
    mend: "Give it an owner and a date: `action add …`.")
{
    internal override IEnumerable<Spot> Find(CheckedReport report)
    {
        if (report.Actions.Count == 0) yield break;
        var left = report.Of("D7").Where(said => said.Depth == 0 && said.Role is not (Role.Training or Role.Monitoring or Role.ReadAcross) && said.Words.Count >= 2 && !People.IsAssigned(said.Text) && !Vocabulary.SaysAcross(said.Text) && !report.IsInPlan(said.Words)).ToList();
        if (left.Count > 0) yield return new(left[0].Line, $"No action of D6 is about {string.Join("; ", left.Select(said => $"{Sentence.Short(said.Subject)} (line {said.Line})"))}.");
    }
}
