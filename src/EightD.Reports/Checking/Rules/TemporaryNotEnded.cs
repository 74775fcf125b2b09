using EightD.Reports.Containment;

namespace EightD.Reports.Checking.Rules;

internal sealed class TemporaryNotEnded() : Rule(
    "D3.temporary-not-ended", Severity.Warning,
    what: "A temporary measure changed how something works and was neither removed nor adopted.",
    why: "What was meant for a day and stays for years is a change that nobody decided; containment ends when the permanent correction is proven.",
    source: "Ford Global 8D, D6",
    mend: "Say how it ended: `temp N removed`, or `temp N adopted` where it stays for good.")
{
    internal override IEnumerable<Spot> Find(CheckedReport report)
    {
        var changed = report.Under("D3", Role.Temporary).Where(said => said.Depth == 0 && Vocabulary.ChangesOperation(said.Text) && TemporaryMeasures.EndingOf(said.Text) is null).ToList();
        if (changed.Count == 0) yield break;
        var later = report.Statements.Where(said => said.Section is "D5" or "D6" or "D7" or "D8" && Vocabulary.SaysEnd(said.Text)).Select(said => said.Words)
            .Concat(report.ActionWords.Where(each => Vocabulary.SaysEnd(each.Action.Action)).Select(each => each.Words)).ToList();
        foreach (var said in changed)
        {
            if (later.Exists(each => Words.Shared(each, said.Words) >= 0.6 * said.Words.Count)) continue;
            yield return new(said.Line, "This was neither removed nor adopted.", report.AreActionsDone ? Severity.Warning : Severity.Hint);
        }
    }
}
