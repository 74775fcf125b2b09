using EightD.Reports;

namespace EightD.Incidents;

/// <summary>Makes the changes of one part again, from what it held at first: so that one of them can be left out.</summary>
internal static class Replay
{
    /// <summary>The report with this part as the entries that stand make it.</summary>
    /// <param name="report">The report; its other parts stay as they are.</param>
    /// <param name="from">What the part held before the first of the entries.</param>
    /// <param name="entries">Oldest first; those taken back are left out.</param>
    /// <param name="until">Makes the part as it was after the entry with this number, whatever was taken back since; null: as it is now.</param>
    internal static Report Run(Report report, PartText from, IEnumerable<LogEntry> entries, long? until = null)
    {
        var changes = entries
            .Where(entry => entry.Number <= (until ?? long.MaxValue) && (entry.TakenBackBy ?? long.MaxValue) > (until ?? long.MaxValue - 1))
            .SelectMany(entry => entry.Changes).Where(change => change.Part == from.Part).ToList();

        var first = Math.Max(0, changes.FindLastIndex(change => change.Kind != ChangeKind.Added));
        report = report.SetText(from.Part, from.Text);
        foreach (var change in changes.Skip(first)) report = Make(report, change);
        return report;
    }

    /// <summary>The report with one change made.</summary>
    internal static Report Make(Report report, PartChange change) => change.Kind switch
    {
        ChangeKind.Added => report.Add(change.Part, change.Typed),
        ChangeKind.Replaced => report.Replace(change.Part, change.Typed),
        _ => report.SetText(change.Part, change.Typed),
    };

    /// <summary>What the part held after the entry with that number; null when the log does not reach back so far.</summary>
    internal static string? TextAt(Incident incident, PartName part, long number)
    {
        if (incident.Log.Bases.Find(each => each.Part == part) is not { } from) return incident.Report.TextOf(part);
        if (incident.Log.Entries is [{ Number: var first }, ..] && first > number + 1) return null;
        return Run(incident.Report, from, incident.Log.Entries, number).TextOf(part);
    }
}
