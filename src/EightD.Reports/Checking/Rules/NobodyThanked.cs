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
        var said = report.Under("D8", Role.Recognition).ToList();
        var names = report.Team.SelectMany(member => People.NamesOf(member.Name)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (said.Count > 0 && names.Count > 0 && !said.Exists(each => People.Names(each.Text, names))) yield return new(said[0].Line, "The recognition names nobody of the team.");
    }
}
