namespace EightD.Reports.Checking.Rules;

internal sealed class HypothesisOpen() : Rule(
    "D4.hypothesis-open", Severity.Warning,
    what: "The 8D is completed, and its cause is a hypothesis still.",
    why: "A hypothesis that nobody verified or ruled out is a guess that was acted on.",
    source: "VDA 8D, D4",
    mend: "Write `Verified:` or `Ruled out:` before it, and say what showed it: `edit D4`.")
{
    internal override IEnumerable<Spot> Find(CheckedReport report)
    {
        if (!report.IsCompleted && !report.IsAnswered("D5")) yield break;
        var said = report.Of("D4").ToList();
        if (said.Exists(each => Vocabulary.Has(each.Text, ["verified:", "verifiziert:", "bestätigt:"]))) yield break;
        foreach (var each in said.Where(each => Vocabulary.Has(each.Text, ["hypothesis:", "hypothese:"]))) yield return new(each.Line, "This hypothesis was neither verified nor ruled out.");
    }
}
