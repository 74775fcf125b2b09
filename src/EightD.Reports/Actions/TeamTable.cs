namespace EightD.Reports.Actions;

/// <summary>The D1 table of a report: who is on the team.</summary>
public static class TeamTable
{
    private const string Name = "Name", Role = "Role", Department = "Department", Responsibilities = "Responsibilities";

    /// <summary>The columns of a table that has to be made, the most telling first.</summary>
    internal static readonly IReadOnlyList<string> Columns = [Name, Role, Department, Responsibilities];

    /// <summary>The members in the table's order.</summary>
    public static IReadOnlyList<TeamMember> Of(Report report) => report.Team;

    internal static IReadOnlyList<TeamMember> Read(Report report) =>
        [.. Table(report).Rows().Select(row => new TeamMember(NameIn(row.Cells), row.Cells[1], row.Cells[2], row.Cells[3]))];

    /// <summary>The report with a member added; the table is made where there is none.</summary>
    public static Report WithMember(Report report, TeamMember member) =>
        Table(report).WithRow(OnOneLine(member.Name), OnOneLine(member.Role), OnOneLine(member.Department), OnOneLine(member.Responsibilities));

    /// <summary>The report without that member (by name, upper or lower case); the same report when nobody has that name.</summary>
    public static Report WithoutMember(Report report, string name)
    {
        var table = Table(report);
        var found = table.Rows().FirstOrDefault(row => NameIn(row.Cells).Equals(name.Trim().TrimStart('@'), StringComparison.OrdinalIgnoreCase));
        return found.Cells is null ? report : table.WithoutRow(found.Line);
    }

    private static DisciplineTable Table(Report report) => new(report, "D1", Columns);

    private static string NameIn(string[] cells) => cells[0].TrimStart('@');

    private static string OnOneLine(string text) => Editing.Typed.OnOneLine(text);
}

/// <summary>One row of D1.</summary>
/// <param name="Name">Display name.</param>
/// <param name="Role">For example <c>Incident Commander</c>.</param>
/// <param name="Department">May be empty.</param>
/// <param name="Responsibilities">May be empty.</param>
public sealed record TeamMember(string Name, string Role, string Department, string Responsibilities)
{
    /// <summary>Whether the role is <c>Lead</c>, <c>Leader</c>, <c>Team Lead(er)</c>, <c>8D Lead(er)</c> or <c>Incident Commander</c>.</summary>
    public bool IsLead => Role.Trim().ToLowerInvariant()
        is "lead" or "leader" or "team lead" or "team leader" or "8d lead" or "8d leader" or "incident commander";

    /// <summary>Whether the role is <c>Champion</c> or <c>Sponsor</c>.</summary>
    public bool IsChampion => Role.Trim().ToLowerInvariant() is "champion" or "sponsor";
}
