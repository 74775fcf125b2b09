namespace EightD.Reports.Checking.Rules;

internal sealed class EndsAtPerson() : Rule(
    "D4.ends-at-person", Severity.Error,
    what: "The cause is a person, or human error.",
    why: "People err everywhere; what can be changed is what let the error through, and made it likely.",
    source: "Google SRE, Postmortem Culture: blameless",
    mend: "Ask what made the mistake possible, and what should have caught it: `answer D4.cause --replace`.")
{
    internal override IEnumerable<Spot> Find(CheckedReport report)
    {
        foreach (var said in report.Causes.Concat(report.Under("D4", Role.Whys)).Where(said => Vocabulary.EndsAtPerson(said.Text))) yield return new(said.Line, "The cause ends at a person.");
    }
}
