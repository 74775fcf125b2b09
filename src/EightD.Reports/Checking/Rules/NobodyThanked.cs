namespace EightD.Reports.Checking.Rules;

internal sealed class NobodyThanked() : Rule(
    "D8.nobody-thanked", Severity.Hint,
    what: "The recognition names nobody of the team.",
    why: "The team is thanked by name, for what each did.",
    source: "Ford Global 8D, D8",
    mend: "Name them: `answer D8.recognition`.")
{
    internal override IEnumerable<Spot> Find(CheckedReport report)
    {
        if (report.TeamNames.Count > 0 && report.Under("D8", Role.Recognition).FirstIfNone(text => People.Names(text, report.TeamNames)) is { } said) yield return new(said.Line, "The recognition names nobody of the team.");
    }
}
