namespace EightD.Reports.Checking.Rules;

internal sealed class PlaceholderLeft() : Rule(
    "D0.placeholder-left", Severity.Error,
    what: "A placeholder was left.",
    why: "What is still to be decided is not closed.",
    source: "ASQ, Eight Disciplines, D8",
    mend: "Write what is meant, or that it does not apply.")
{
    public override bool IsAnywhere => true;

    internal override IEnumerable<Spot> Find(CheckedReport report)
    {
        foreach (var (line, text) in report.Lines())
        {
            if (Vocabulary.PlaceholderIn(text) is { } placeholder) yield return new(line, $"`{placeholder}` was left here.");
        }
    }
}
