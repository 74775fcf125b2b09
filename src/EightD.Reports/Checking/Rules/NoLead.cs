namespace EightD.Reports.Checking.Rules;

internal sealed class NoLead() : Rule(
    "D1.no-lead", Severity.Warning,
    what: "Nobody leads the team.",
    why: "An 8D needs one person who keeps it going and answers for it.",
    source: "VDA 8D, D1",
    mend: "Give one member the role Lead: `team add NAME Lead`.")
{
    internal override IEnumerable<Spot> Find(CheckedReport report)
    {
        if (report.Team.Count > 0 && !report.Team.Any(member => member.IsLead || Vocabulary.Has(member.Role, ["lead", "leiter", "leitung", "teamleit", "projektleit", "commander", "moderator", "owner"]))) yield return new(report.LineOf("D1"), "Nobody of the team leads it.");
    }
}
