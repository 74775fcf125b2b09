namespace EightD.Reports.Checking.Rules;

/// <summary>A temporary measure changed how something works and was neither removed nor adopted.</summary>
internal sealed class TemporaryNotEnded() : Rule(
    "D3.temporary-not-ended", Severity.Warning,
    why: "What was meant for a day and stays for years is a change that nobody decided; containment ends when the permanent correction is proven.",
    source: "Ford Global 8D, D6",
    mend: "Say how it ended: `temp N removed`, or `temp N adopted` where it stays for good.")
{
    internal override IEnumerable<Spot> Find(CheckedReport report)
    {
        var later = report.Statements.Where(said => said.Section is "D5" or "D6" or "D7" or "D8").Select(said => (said.Text, said.Words)).Concat(report.Actions.Select(action => (action.Action, Words.Of(action.Action)))).Where(said => Vocabulary.SaysEnd(said.Item1)).ToList();
        foreach (var (said, ended) in report.Temporary)
        {
            if (ended is not null || !Vocabulary.ChangesOperation(said.Text) || later.Exists(each => Words.Shared(each.Item2, said.Words) >= 0.6 * said.Words.Count)) continue;
            yield return new(said.Line, "This was neither removed nor adopted.", report.AreActionsDone ? Severity.Warning : Severity.Hint);
        }
    }
}
