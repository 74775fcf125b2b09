using EightD.Reports.Actions;

namespace EightD.Reports.Merging;

/// <summary>The rows of D1 or D6, by the names of their columns: the usual ones by their usual names, whatever the team calls them; any other by its own.</summary>
internal sealed class MergedTable
{
    private const string Actions = "D6";

    private readonly Report report;
    private readonly string key;
    private readonly DisciplineTable table;
    private readonly IReadOnlyList<string> usual;

    private MergedTable(Report report, string key, IReadOnlyList<string> usual)
    {
        (this.report, this.key, this.usual, table) = (report, key, usual, new(report, key, usual));
        Columns = table.Names;
        Rows = [.. table.Rows().Select(row => table.ByName(row.Line))];
        Identities = [.. Rows.Select(row => new RowIdentity(row.GetValueOrDefault(usual[0], ""), key == Actions ? row.GetValueOrDefault(usual[1], "") : "", key == Actions ? row.GetValueOrDefault(usual[2], "") : ""))];
    }

    /// <summary>The table of a discipline; null where it is none of a team or of actions.</summary>
    public static MergedTable? Of(Report report, string key) => key switch
    {
        "D1" => new(report, key, TeamTable.Columns),
        Actions => new(report, key, ActionTable.Columns),
        _ => null,
    };

    /// <summary>Whether the report has the table.</summary>
    public bool IsThere => Columns.Count > 0;

    /// <summary>The names of its columns.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>What each row says, by column.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Rows { get; }

    /// <summary>What each row is known again by.</summary>
    public IReadOnlyList<RowIdentity> Identities { get; }

    /// <summary>The row with that text; -1 where there is none.</summary>
    public int Find(string text) => Identities.Index().Where(row => row.Item.Text == text).Select(row => row.Index).DefaultIfEmpty(-1).First();

    /// <summary>Whether two texts of a column say the same: a date in another style, <c>Done</c> for <c>Completed</c>.</summary>
    public bool AreSame(string column, string one, string other) =>
        one == other
        || (key == Actions && column == usual[3] && StatusReading.Of(one) is ActionStatus.Completed or ActionStatus.Dropped && StatusReading.Of(one) == StatusReading.Of(other))
        || (key == Actions && column == usual[2] && DateReading.Standing(one, report.Date) is { } date && date == DateReading.Standing(other, report.Date));

    /// <summary>The report with one cell changed; a column that the table has not is made.</summary>
    public Report WithCell(int row, string column, string text) => table.WithCell(LineOf(row), column, _ => DisciplineTable.Said(text));

    /// <summary>The report without a row.</summary>
    public Report WithoutRow(int row) => table.WithoutRow(LineOf(row));

    /// <summary>The report with one more row.</summary>
    public Report WithRow(IReadOnlyDictionary<string, string> cells) =>
        cells.Where(cell => !usual.Contains(cell.Key, StringComparer.Ordinal) && cell.Value.Length > 0).Aggregate(
            table.WithRow([.. usual.Select(name => cells.GetValueOrDefault(name, ""))]),
            (made, cell) => new MergedTable(made, key, usual) is var now ? now.WithCell(now.Rows.Count - 1, cell.Key, cell.Value) : made);

    private int LineOf(int row) => table.Rows().ElementAt(row).Line;
}
