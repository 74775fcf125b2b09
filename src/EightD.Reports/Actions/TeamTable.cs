namespace EightD.Reports.Actions;

/// <summary>The D1 table of a report: who is on the team.</summary>
public static class TeamTable
{
    /// <summary>The members in the table's order.</summary>
    public static IReadOnlyList<TeamMember> Of(Report report) => throw new NotImplementedException();

    /// <summary>The report with a member added; the table is made where there is none.</summary>
    public static Report WithMember(Report report, TeamMember member) => throw new NotImplementedException();

    /// <summary>The report without that member (by name, upper or lower case); the same report when nobody has that name.</summary>
    public static Report WithoutMember(Report report, string name) => throw new NotImplementedException();
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
