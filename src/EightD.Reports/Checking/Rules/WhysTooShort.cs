namespace EightD.Reports.Checking.Rules;

internal sealed class WhysTooShort() : Rule(
    "D4.whys-too-short", Severity.Hint,
    what: "A chain of whys ends after one or two.",
    why: "The first answers are symptoms; what can be changed for good mostly comes after the third.",
    source: "Ohno, Toyota Production System (five whys)",
    mend: "Ask why again, or say why the chain ends there: `answer D4`.")
{
    internal override IEnumerable<Spot> Find(CheckedReport report)
    {
        var whys = report.Of("D4").Where(said => said.Role == Role.Whys || Vocabulary.StartsWhy(said.Text)).ToList();
        if (whys.Count is 1 or 2 && !Vocabulary.Has(whys[^1].Text, ["cannot", "outside", "supplier's", "external", "kann nicht", "außerhalb"])) yield return new(whys[^1].Line, $"The chain of whys ends after {whys.Count}.");
    }
}
