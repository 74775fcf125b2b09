namespace EightD.Reports.Actions;

/// <summary>What a status cell means, by the words that people write there.</summary>
internal static class StatusReading
{
    private static readonly (ActionStatus Status, string[] Beginnings)[] Words =
    [
        (ActionStatus.Dropped, ["dropped", "cancelled", "canceled", "rejected", "won't do", "won’t do", "wont do", "wontfix", "won't fix", "abandoned", "obsolete", "superseded", "discarded", "not needed"]),
        (ActionStatus.Completed, ["completed", "complete", "done", "closed", "finished", "resolved", "implemented", "yes", "ok", "x", "100", "erledigt", "abgeschlossen", "fertig", "umgesetzt", "verified"]),
        (ActionStatus.InProgress, ["in progress", "in-progress", "inprogress", "started", "wip", "ongoing", "doing", "in work", "working", "in review", "active", "in arbeit", "in bearbeitung", "begonnen", "laufend"]),
    ];

    /// <summary>What the cell means: by its first words; by its sign where it has none.</summary>
    public static ActionStatus Of(string cell)
    {
        var said = string.Concat(cell.ToLowerInvariant().SkipWhile(character => !char.IsLetterOrDigit(character)));
        foreach (var (status, beginnings) in Words)
        {
            if (Array.Exists(beginnings, beginning => Begins(said, beginning))) return status;
        }

        if (said.Length > 0) return ActionStatus.Open;
        return cell.AsSpan().IndexOfAny('✅', '✔', '☑') >= 0 ? ActionStatus.Completed : cell.AsSpan().IndexOfAny('❌', '✖') >= 0 ? ActionStatus.Dropped : ActionStatus.Open;
    }

    private static bool Begins(string said, string beginning) =>
        said.StartsWith(beginning, StringComparison.Ordinal) && (said.Length == beginning.Length || !char.IsLetterOrDigit(said[beginning.Length]));
}
