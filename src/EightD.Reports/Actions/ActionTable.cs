using System.Globalization;

namespace EightD.Reports.Actions;

/// <summary>The D6 table of a report: the list of corrective actions. Reads columns in any order and with any further ones; writes one cell or one row.</summary>
public sealed class ActionTable
{
    /// <summary>Each can be read back for certain: none with slashes.</summary>
    private static readonly string[] DateStyles =
        ["MMM d, yyyy", "yyyy-MM-dd", "dd.MM.yyyy", "d.M.yyyy", "d MMM yyyy", "dd MMM yyyy", "MMMM d, yyyy", "d MMMM yyyy", "d-MMM-yyyy", "dd-MMM-yyyy", "MMM d yyyy", "ddd, MMM d, yyyy"];

    private const string Action = "Action", Responsible = "Responsible", TargetDate = "Target Date", Status = "Status";

    /// <summary>The columns of a table that has to be made, the most telling first.</summary>
    internal static readonly IReadOnlyList<string> Columns = [Action, Responsible, TargetDate, Status];

    private readonly Report report;
    private readonly DisciplineTable table;

    internal ActionTable(Report report)
    {
        this.report = report;
        table = new(report, "D6", Columns);
        var from = report.Date;
        Rows = [.. table.Rows().Select(row => Row(row.Line, row.Cells, from))];
    }

    /// <summary>The table of D6; an empty one where the report has none.</summary>
    /// <param name="report">The report.</param>
    public static ActionTable Of(Report report) => report.Actions;

    /// <summary>The rows in the table's order; rows whose cells are all empty are left out.</summary>
    public IReadOnlyList<ActionRow> Rows { get; }

    /// <summary>The lines of D6 that look like rows and stand in no table that can be read: their 1-based numbers, and what they say.</summary>
    public IReadOnlyList<(int Number, string Quote)> Unread => [.. table.Unread().Select(line => (line + 1, report.Outline.Quote(line)))];

    /// <summary>The report with a row added, its date in the table's style; the table is made where there is none.</summary>
    public Report WithRow(string action, string owner, DateOnly? due, string status) =>
        table.WithRow(OnOneLine(action), OnOneLine(owner), due is { } date ? Write(date) : "", OnOneLine(status));

    /// <summary>The report with one row's status cell changed.</summary>
    /// <param name="index">The row's place in <see cref="Rows"/>.</param>
    /// <param name="status">The new text.</param>
    public Report WithStatus(int index, string status) => WithCell(index, Status, status);

    /// <summary>The report with one row's owner cell changed.</summary>
    public Report WithOwner(int index, string owner) => WithCell(index, Responsible, owner);

    /// <summary>The report with one row's date cell changed, in the style of the table.</summary>
    public Report WithDue(int index, DateOnly due) => WithCell(index, TargetDate, Write(due));

    /// <summary>The report with text added to one row's action cell, after a blank (a link to the evidence).</summary>
    public Report WithNote(int index, string note) =>
        table.WithCell(Rows[index].Line - 1, Action, stands => $"{stands} {DisciplineTable.Said(note)}".Trim());

    /// <summary>A date in the style that the table uses most; <c>Dec 21, 2024</c> where it has none yet.</summary>
    public string Write(DateOnly date) => date.ToString(
        Rows.Where(row => row.Due is not null)
            .Select(row => Array.Find(DateStyles, style => row.Due!.Value.ToString(style, CultureInfo.InvariantCulture).Equals(row.DueText, StringComparison.OrdinalIgnoreCase)))
            .OfType<string>().GroupBy(style => style, StringComparer.Ordinal).MaxBy(style => style.Count())?.Key ?? DateStyles[0],
        CultureInfo.InvariantCulture);

    /// <summary>A date as it is written where no table says otherwise.</summary>
    internal static string Usual(DateOnly date) => date.ToString(DateStyles[0], CultureInfo.InvariantCulture);

    private Report WithCell(int index, string column, string text) => table.WithCell(Rows[index].Line - 1, column, _ => DisciplineTable.Said(text));

    private static ActionRow Row(int line, string[] cells, DateOnly? from) =>
        new(cells[0], cells[1].TrimStart('@'), DateReading.Standing(cells[2], from), cells[2], StatusReading.Of(cells[3]), cells[3], line + 1);

    private static string OnOneLine(string text) => Editing.Typed.OnOneLine(text);
}

/// <summary>One corrective action.</summary>
/// <param name="Action">What is to be done, as Markdown without the cell's escapes.</param>
/// <param name="Owner">The name in the owner's cell; empty where there is none.</param>
/// <param name="Due">The date cell; null where it is empty or cannot be read for certain.</param>
/// <param name="DueText">The date cell as it stands.</param>
/// <param name="Status">What the status cell means.</param>
/// <param name="StatusText">The status cell as it stands.</param>
/// <param name="Line">The row's 1-based line in the report.</param>
public sealed record ActionRow(
    string Action, string Owner, DateOnly? Due, string DueText, ActionStatus Status, string StatusText, int Line)
{
    /// <summary>Whether it is still to be done.</summary>
    public bool IsOpen => Status is ActionStatus.Open or ActionStatus.InProgress;
}

/// <summary>What a status cell means.</summary>
public enum ActionStatus
{
    /// <summary>Empty, <c>Open</c>, <c>To do</c>, or anything that is not known to be an end.</summary>
    Open,

    /// <summary><c>In Progress</c>, <c>Started</c>, <c>WIP</c>.</summary>
    InProgress,

    /// <summary><c>Completed</c>, <c>Done</c>, <c>Closed</c>, <c>✅</c> and their like, upper or lower case.</summary>
    Completed,

    /// <summary><c>Dropped</c>, <c>Cancelled</c>, <c>Rejected</c>, <c>Won't do</c>.</summary>
    Dropped,
}
