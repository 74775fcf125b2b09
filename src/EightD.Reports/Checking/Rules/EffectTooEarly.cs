using EightD.Reports.Actions;

namespace EightD.Reports.Checking.Rules;

internal sealed class EffectTooEarly() : Rule(
    "D8.effect-too-early", Severity.Error,
    what: "An effect is claimed for a time that has not passed.",
    why: "The effect is measured after the last action, over the whole period; before, it is a hope.",
    source: "VDA 8D, D6 and D8",
    mend: "Write the figure once the period is over: `effect TEXT`.")
{
    internal override IEnumerable<Spot> Find(CheckedReport report)
    {
        if (report.LastDue is not { } last) yield break;
        var claims = report.Of("D8").Where(said => Vocabulary.ClaimsEffect(said.Text)).ToList();
        if (claims.Count == 0) yield break;
        var review = report.Of("D8").Where(said => Vocabulary.SaysWhen(said.Text) && Vocabulary.SaysReview(said.Text)).SelectMany(said => DateReading.Among(said.Text, last)).Where(date => date > last).Cast<DateOnly?>().Min();
        foreach (var said in claims)
        {
            if (Vocabulary.PeriodIn(said.Text) is { } days && review < last.AddDays(days)) yield return new(said.Line, $"{days} days after the last action of D6, {last:yyyy-MM-dd}, are over on {last.AddDays(days):yyyy-MM-dd}, and D8 itself has a review still to come on {review:yyyy-MM-dd}.");
        }
    }
}
