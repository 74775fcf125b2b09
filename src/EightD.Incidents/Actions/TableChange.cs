using EightD.Reports;

namespace EightD.Incidents.Actions;

/// <summary>A change of a discipline's table, as the log keeps it.</summary>
internal static class TableChange
{
    /// <summary>What changed between two reports in the table of a discipline: an added row, or the whole table's text.</summary>
    internal static IReadOnlyList<PartChange> Between(Report before, Report after, string section)
    {
        var part = after.Template.Section(section)?.Parts.FirstOrDefault(each => each.Kind == PartKind.Table)?.Part ?? new PartName(section);
        string was = before.TextOf(part), now = after.TextOf(part);
        if (was == now) return [];
        var isAdded = was.Length == 0 || now.StartsWith(was + "\n", StringComparison.Ordinal);
        var isReplayable = isAdded && before.Add(part, now[was.Length..].TrimStart('\n')).TextOf(part) == now;
        return [new()
        {
            Part = part,
            Kind = isReplayable ? ChangeKind.Added : ChangeKind.Set,
            Said = [new(null, isReplayable ? now[was.Length..].TrimStart('\n') : now)],
            Before = isReplayable ? null : was,
        }];
    }
}
