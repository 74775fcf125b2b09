namespace EightD.Reports.Checking.Rules;

internal sealed class CauseInDescription() : Rule(
    "D2.cause-in-description", Severity.Warning,
    what: "The description already names a cause or a remedy.",
    why: "Who writes the cause into the description stops looking for it; D2 says what is seen, D4 why.",
    source: "Ford Global 8D, D2",
    mend: "Move that sentence to D4 or D5, and say here what was seen.")
{
    internal override IEnumerable<Spot> Find(CheckedReport report)
    {
        foreach (var said in report.Of("D2").Where(said => Vocabulary.Has(said.Text, ["root cause", "caused by", "was fixed by", "fixed by ", "grundursache", "verursacht durch", "behoben durch"]))) yield return new(said.Line, "This is a cause or a remedy, not what was seen.");
    }
}
