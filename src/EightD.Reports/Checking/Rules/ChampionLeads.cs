namespace EightD.Reports.Checking.Rules;

internal sealed class ChampionLeads() : Rule(
    "D1.champion-leads", Severity.Warning,
    what: "The champion leads the team.",
    why: "The champion gives time and means and closes the 8D; the leader does the work with the team: one person as both judges themselves.",
    source: "Ford Global 8D, D1",
    mend: "Name a leader beside the champion: `team add NAME Lead`.")
{
    internal override IEnumerable<Spot> Find(CheckedReport report)
    {
        var both = report.Team.FirstOrDefault(member => Vocabulary.Has(member.Role, ["champion", "sponsor", "pate"]) && Vocabulary.Has(member.Role, ["lead", "leiter"]));
        if (both is not null) yield return new(report.LineOf("D1"), $"{both.Name} is champion and leader.");
    }
}
