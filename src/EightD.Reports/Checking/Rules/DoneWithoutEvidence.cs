using EightD.Reports.Actions;

namespace EightD.Reports.Checking.Rules;

internal sealed class DoneWithoutEvidence() : Rule(
    "D6.done-without-evidence", Severity.Warning,
    what: "Actions are done, and nothing shows it.",
    why: "Done is what somebody can look at: a link, a document, a figure.",
    source: "VDA 8D, D6",
    mend: "Add a link (`action done N LINK`), or say how you know: `answer D6.verification`.")
{
    internal override IEnumerable<Spot> Find(CheckedReport report)
    {
        if (report.Of("D6").Any(said => said.Depth == 0)) yield break;
        var done = report.Actions.Where(action => action.Status == ActionStatus.Completed && !Vocabulary.Has(action.Action + " " + action.StatusText, ["http", "[", "#", "PR ", "see "])).ToList();
        if (done.Count > 0) yield return new(done[0].Line, done.Count == 1 ? "Nothing shows that this is done." : $"Nothing shows that these {done.Count} are done.");
    }
}
