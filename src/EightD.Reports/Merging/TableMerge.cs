namespace EightD.Reports.Merging;

/// <summary>Merges the rows of D1 or D6, cell by cell.</summary>
internal static class TableMerge
{
    /// <summary>The report with chat's rows and cells in Git's table.</summary>
    /// <param name="part">The table's part.</param>
    /// <param name="before">The table as both had it.</param>
    /// <param name="chat">As chat has it.</param>
    /// <param name="git">As Git has it.</param>
    /// <param name="merged">The report with Git's table.</param>
    /// <param name="clashes">What both changed differently is added to.</param>
    public static Report Merge(PartName part, MergedTable before, MergedTable chat, MergedTable git, Report merged, List<ReportClash> clashes)
    {
        var ofChat = RowMatching.Match(before.Identities, chat.Identities);
        var ofGit = RowMatching.Match(before.Identities, git.Identities);
        List<int> gone = [];
        foreach (var (row, was) in before.Rows.Index())
        {
            var (mine, theirs) = (Array.IndexOf(ofChat, row), Array.IndexOf(ofGit, row));
            if (mine >= 0 && theirs >= 0) merged = Cells(part, was, chat.Rows[mine], git, theirs, merged, clashes);
            else if (mine >= 0 && (part.Section == "D6" || !IsAsBefore(before, was, chat.Rows[mine]))) merged = Missing(part, chat, mine, merged, clashes);
            else if (theirs >= 0 && IsAsBefore(before, was, git.Rows[theirs])) gone.Add(theirs);
            else if (theirs >= 0) clashes.Add(new(ClashKind.Row, part, git.Identities[theirs].Text, "", "", string.Join(" | ", git.Rows[theirs].Values)));
        }

        foreach (var row in gone.OrderDescending()) merged = Now(merged, part).WithoutRow(row);
        foreach (var added in chat.Rows.Where((_, row) => ofChat[row] < 0).Where(added => !git.Rows.Where((_, row) => ofGit[row] < 0).Any(other => IsAsBefore(before, added, other)))) merged = Now(merged, part).WithRow(added);
        return merged;
    }

    private static Report Cells(PartName part, IReadOnlyDictionary<string, string> was, IReadOnlyDictionary<string, string> mine, MergedTable git, int row, Report merged, List<ReportClash> clashes)
    {
        var theirs = git.Rows[row];
        foreach (var column in was.Keys.Union(mine.Keys, StringComparer.Ordinal))
        {
            var (before, said, stands) = (was.GetValueOrDefault(column, ""), mine.GetValueOrDefault(column, ""), theirs.GetValueOrDefault(column, ""));
            if (said == before || git.AreSame(column, said, stands)) continue;
            merged = Now(merged, part).WithCell(row, column, said);
            if (!git.AreSame(column, before, stands)) clashes.Add(new(ClashKind.Cell, part, Now(merged, part).Identities[row].Text, column, said, stands));
        }

        return merged;
    }

    /// <summary>A row that Git lost stays until somebody said that it was meant. Of a team's row that chat did not touch that is plain.</summary>
    private static Report Missing(PartName part, MergedTable chat, int row, Report merged, List<ReportClash> clashes)
    {
        clashes.Add(new(ClashKind.Row, part, chat.Identities[row].Text, "", string.Join(" | ", chat.Rows[row].Values), ""));
        return Now(merged, part).WithRow(chat.Rows[row]);
    }

    private static bool IsAsBefore(MergedTable table, IReadOnlyDictionary<string, string> was, IReadOnlyDictionary<string, string> now) =>
        was.Keys.Union(now.Keys, StringComparer.Ordinal).All(column => table.AreSame(column, was.GetValueOrDefault(column, ""), now.GetValueOrDefault(column, "")));

    private static MergedTable Now(Report merged, PartName part) => MergedTable.Of(merged, part.Section)!;
}
