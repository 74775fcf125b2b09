namespace EightD.Reports.Checking.Rules;

internal sealed class TooManyOnOneDay() : Rule(
    "D6.too-many-on-one-day", Severity.Hint,
    what: "One person has more than five actions on one day.",
    why: "A plan that one person cannot keep is none.",
    source: "VDA 8D, D6",
    mend: "Spread them: `action due N DATE`, or `action assign N NAME`.")
{
    internal override IEnumerable<Spot> Find(CheckedReport report)
    {
        foreach (var day in report.Actions.Where(action => action.IsOpen && action.Owner.Length > 0 && action.Due is not null).GroupBy(action => (Owner: action.Owner.ToUpperInvariant(), action.Due)).Where(day => day.Count() > 5)) yield return new(day.First().Line, $"{day.First().Owner} has {day.Count()} actions on one day.");
    }
}
