using System.Globalization;

namespace EightD.Incidents.Closing;

/// <summary>Facts that a report has no place for, as the trailers of the commit that publishes it; from them a store that was lost is written again.</summary>
public static class PublishTrailers
{
    private const string Workspace = "8D-Workspace", Severity = "8D-Severity", Occurred = "8D-Occurred", Detected = "8D-Detected", Contained = "8D-Contained", Resolved = "8D-Resolved",
        Closed = "8D-Closed", ClosedAnyway = "8D-Closed-Anyway", AcceptedBy = "8D-Accepted-By";

    /// <summary>The lines.</summary>
    internal static List<string> Of(Incident incident)
    {
        List<string> trailers = [];
        Add(Workspace, incident.Home.Tenant);
        Add(Severity, incident.Severity);
        Add(Occurred, Write(incident.OccurredAt));
        Add(Detected, Write(incident.DetectedAt));
        Add(Contained, Write(incident.ContainedAt));
        Add(Resolved, Write(incident.ResolvedAt));
        Add(Closed, incident.Phase is Phase.Closed or Phase.Cancelled ? Write(incident.EndedAt) : "");
        Add(ClosedAnyway, incident.ClosedAnyway ?? "");
        Add(AcceptedBy, incident.AcceptedBy ?? "");
        return trailers;

        void Add(string name, string value)
        {
            if (value.Length > 0) trailers.Add($"{name}: {value.ReplaceLineEndings(" ")}");
        }
    }

    /// <summary>The workspace that they name; null where they name none.</summary>
    /// <param name="trailers">A commit's trailers by their names.</param>
    public static string? WorkspaceIn(IReadOnlyDictionary<string, string> trailers) => trailers.GetValueOrDefault(Workspace);

    /// <summary>An 8D with the facts that they hold. What cannot be read is left as it is.</summary>
    internal static Incident Apply(Incident incident, IReadOnlyDictionary<string, string> trailers) => incident with
    {
        Severity = trailers.GetValueOrDefault(Severity) ?? incident.Severity,
        OccurredAt = Read(trailers, Occurred),
        DetectedAt = Read(trailers, Detected),
        ContainedAt = Read(trailers, Contained),
        ResolvedAt = Read(trailers, Resolved),
        EndedAt = Read(trailers, Closed),
        ClosedAnyway = trailers.GetValueOrDefault(ClosedAnyway),
        AcceptedBy = trailers.GetValueOrDefault(AcceptedBy),
    };

    private static string Write(DateTimeOffset? at) => at?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";

    private static DateTimeOffset? Read(IReadOnlyDictionary<string, string> trailers, string name) =>
        DateTimeOffset.TryParse(trailers.GetValueOrDefault(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
}
