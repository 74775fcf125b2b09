using EightD.Reports.Actions;

namespace EightD.Incidents.Learning;

/// <summary>What an 8D took. Times count from when the trouble began, as far as somebody said so, else from when it was noticed, else from the start of the 8D.</summary>
/// <param name="ToContain">Until it stopped getting worse; null: it did not yet, or before it began.</param>
/// <param name="ToResolve">Until it was over.</param>
/// <param name="ToClose">Until the 8D was closed.</param>
/// <param name="OnTime">Actions that were done on their day or before.</param>
/// <param name="Done">Actions that were done, and of which the days are known.</param>
public sealed record IncidentFigures(TimeSpan? ToContain, TimeSpan? ToResolve, TimeSpan? ToClose, int OnTime, int Done)
{
    /// <summary>Those of an 8D.</summary>
    public static IncidentFigures Of(Incident incident)
    {
        var began = incident.OccurredAt ?? incident.DetectedAt ?? incident.StartedAt;
        var done = ActionTable.Of(incident.Report).Rows.Zip(incident.ActionNumbers.Rows)
            .Where(row => row.First is { Status: ActionStatus.Completed, Due: not null } && incident.DoneOn.ContainsKey(row.Second.Number))
            .Select(row => incident.DoneOn[row.Second.Number] <= row.First.Due).ToList();
        return new(Since(incident.ContainedAt), Since(incident.ResolvedAt), incident.Phase == Phase.Closed ? Since(incident.EndedAt) : null, done.Count(isOnTime => isOnTime), done.Count);

        TimeSpan? Since(DateTimeOffset? at) => at - began is { } took && took >= TimeSpan.Zero ? took : null;
    }

    /// <summary>A time as people say it: <c>1 h 10 min</c>.</summary>
    public static string Write(TimeSpan took) => Zoned.Write(took);

    /// <summary>The middle one of several; of an even number the shorter of both. Null where there is none.</summary>
    public static TimeSpan? Middle(IEnumerable<TimeSpan?> times) => times.OfType<TimeSpan>().Order().ToList() is { Count: > 0 } known ? known[(known.Count - 1) / 2] : null;
}
