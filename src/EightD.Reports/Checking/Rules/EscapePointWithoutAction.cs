using EightD.Reports.Actions;

namespace EightD.Reports.Checking.Rules;

internal sealed class EscapePointWithoutAction() : Rule(
    "D4.escape-point-without-action", Severity.Warning,
    what: "An escape point has no action with an owner and a date.",
    why: "Each cause and its escape point gets a measure, else the next problem gets out the same way.",
    source: "Ford Global 8D, D5",
    mend: "Give it an action: `action add …`.")
{
    internal override IEnumerable<Spot> Find(CheckedReport report)
    {
        if (!report.IsJudged("D6")) yield break;
        var taken = report.ActionWords.Where(each => each.Action is { Owner.Length: > 0, Due: not null, Status: not ActionStatus.Dropped }).Select(each => each.Words).ToList();
        foreach (var escape in report.Escapes.Where(escape => escape.Depth == 0))
        {
            var about = escape.IsNamed ? Words.Of(escape.Subject) : escape.Words;
            if (about.Count > 0 && !taken.Exists(action => Words.Shared(about, action) > 0)) yield return new(escape.Line, $"No action of D6 with an owner and a date is about {Sentence.Short(escape.Subject)}.");
        }
    }
}
