namespace EightD.Reports.Checking.Rules;

internal sealed class OneDepartment() : Rule(
    "D1.one-department", Severity.Hint,
    what: "All of the team are of one department.",
    why: "A cause often lies between departments, where nobody of a single one looks.",
    source: "ASQ, Eight Disciplines, D1",
    mend: "Ask somebody of the department that found it, or that lives with it, to join: `team add NAME ROLE`.")
{
    internal override IEnumerable<Spot> Find(CheckedReport report)
    {
        var departments = report.Team.Select(member => member.Department.Trim()).Where(name => name.Length > 0).ToList();
        if (departments.Count >= 3 && departments.Count == report.Team.Count && departments.Distinct(StringComparer.OrdinalIgnoreCase).Count() == 1) yield return new(report.LineOf("D1"), $"All {departments.Count} are of {departments[0]}.");
    }
}
