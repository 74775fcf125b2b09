using EightD.Reports.Editing;
using EightD.Reports.Reading;

namespace EightD.Reports.Actions;

/// <summary>The table of a discipline, by the names of its columns.</summary>
/// <param name="report">The report.</param>
/// <param name="key"><c>D1</c> or <c>D6</c>.</param>
/// <param name="usual">The columns of a table that has to be made, the most telling first.</param>
internal sealed class DisciplineTable(Report report, string key, IReadOnlyList<string> usual)
{
    private readonly Table? table = In(report.Outline, key, usual[0]);

    /// <summary>The rows that say anything: each one's line, and what it says in each of the usual columns.</summary>
    public IEnumerable<(int Line, string[] Cells)> Rows()
    {
        if (table is null) yield break;
        int[] places = [.. usual.Select(Column)];
        for (var row = table.Rows; row < table.End; row++)
        {
            if (TypedRow.IsEmpty(report.Outline[row])) continue;
            var cells = Table.Cells(report.Outline[row]);
            yield return (row, [.. places.Select(at => at >= 0 && at < cells.Count ? cells[at].Text : "")]);
        }
    }

    /// <summary>The lines of the discipline that look like rows and stand in no table that can be read: its rule is gone, or a blank line cut it in two.</summary>
    public IEnumerable<int> Unread()
    {
        if (report.Outline.Find(key) is not { } section) yield break;
        for (var line = section.Content; line < section.End; line++)
        {
            var isIn = table is not null && line >= table.Header && line < table.End;
            if (!isIn && report.Outline.Kinds[line] == LineKind.Text && report.Outline[line].TrimStart(" \t") is ['|', ..] && !TypedRow.IsEmpty(report.Outline[line])) yield return line;
        }
    }

    /// <summary>The names of its columns: the usual ones by their usual names, any other by its own in lower case; none where there is no table.</summary>
    public IReadOnlyList<string> Names => table is null ? [] : [.. table.Columns.Select((name, at) => usual.FirstOrDefault(known => Column(known) == at) ?? ColumnName.Plain(name))];

    /// <summary>What a row says, by the names of its columns; of two columns of one name the first.</summary>
    public IReadOnlyDictionary<string, string> ByName(int line)
    {
        Dictionary<string, string> named = new(StringComparer.Ordinal);
        foreach (var (name, cell) in Names.Zip(Table.Cells(report.Outline[line]))) named.TryAdd(name, cell.Text);
        return named;
    }

    /// <summary>The report with a row added, which has a cell in each of the usual columns.</summary>
    public Report WithRow(params IReadOnlyList<string> cells)
    {
        if (table is null) return Made(new TypedRow("", cells));
        var missing = Enumerable.Range(0, usual.Count).FirstOrDefault(index => index < cells.Count && cells[index].Length > 0 && Column(usual[index]) < 0, -1);
        if (missing >= 0) return WithColumn(usual[missing]).WithRow(cells);
        var row = new TypedRow("", cells).Write([.. usual.Select(Column)], table.Columns.Count);
        var empty = Enumerable.Range(table.Rows, table.End - table.Rows).FirstOrDefault(line => TypedRow.IsEmpty(report.Outline[line]), table.End);
        return report.With(LineEdit.Replace(report.Outline, empty, Math.Min(empty + 1, table.End), [row]));
    }

    /// <summary>The report without a row.</summary>
    public Report WithoutRow(int row) => report.With(LineEdit.Replace(report.Outline, row, row + 1, []));

    /// <summary>The report with one cell changed. A column that the table has not is made.</summary>
    /// <param name="row">The row's line.</param>
    /// <param name="column">The column's name.</param>
    /// <param name="change">What shall stand there, by what stands there.</param>
    public Report WithCell(int row, string column, Func<string, string> change)
    {
        var at = Column(column);
        if (at < 0) return WithColumn(column).WithCell(row, column, change);
        var line = report.Outline.Lines[row];
        var text = report.Outline[row];
        var cells = Table.Cells(text);
        if (at >= cells.Count) return report.With(new(line.Start, text.Length, Longer(text.ToString(), cells.Count, at + 1, change(""))));
        var stands = text.Slice(cells[at].Start, cells[at].Length).Trim(" \t");
        var said = change(stands.ToString());
        return report.With(new(line.Start + cells[at].Start, cells[at].Length, stands.IsEmpty ? $" {said} " : said));
    }

    /// <summary>What is said, as it may stand in a cell.</summary>
    public static string Said(string text) => Table.Escape(Escaping.Tags(Typed.OnOneLine(text)));

    private int Column(string name)
    {
        if (table is null) return -1;
        var at = ColumnName.Find(table.Columns, name);
        if (at >= 0 || name != usual[0]) return at;
        return Enumerable.Range(0, table.Columns.Count).FirstOrDefault(index => usual.Skip(1).All(other => ColumnName.Find(table.Columns, other) != index), -1);
    }

    private DisciplineTable WithColumn(string name)
    {
        var lines = Enumerable.Range(table!.Header, table.End - table.Header).Select(line => Longer(
            report.Outline[line].ToString(), Table.Cells(report.Outline[line]).Count, table.Columns.Count + 1,
            line == table.Header ? name : line < table.Rows ? new string('-', name.Length) : ""));
        return new(report.With(LineEdit.Replace(report.Outline, table.Header, table.End, [.. lines])), key, usual);
    }

    private static string Longer(string row, int cells, int columns, string last)
    {
        var line = row.TrimEnd();
        if (!line.EndsWith('|') || line.EndsWith("\\|", StringComparison.Ordinal)) line += " |";
        return $"{line}{string.Concat(Enumerable.Repeat(" |", columns - cells - 1))} {last}{(last.Length > 0 ? " |" : "|")}";
    }

    private Report Made(TypedRow row)
    {
        if (report.Template.Section(key)?.Parts.FirstOrDefault(question => question.Kind == PartKind.Table) is { } question)
        {
            return report.SetText(question.Part, Written(row, question.Columns));
        }

        PartName lead = new(key);
        string[] lines = [Table.Row(usual), Table.Rule(usual), Written(row, usual)];
        var held = report.TextOf(lead);
        return report.SetText(lead, (held.Length > 0 ? held + "\n\n" : "") + string.Join('\n', lines));
    }

    private string Written(TypedRow row, IReadOnlyList<string> columns) => row.Write(TypedRow.Places(usual, columns), columns.Count);

    /// <summary>The first table that has the most telling column; else the first.</summary>
    private static Table? In(Outline outline, string key, string telling)
    {
        if (outline.Find(key) is not { } section) return null;
        Table? first = null;
        for (var from = section.Content; Table.In(outline, from, section.End) is { } table; from = table.End)
        {
            if (ColumnName.Find(table.Columns, telling) >= 0) return table;
            first ??= table;
        }

        return first;
    }
}
