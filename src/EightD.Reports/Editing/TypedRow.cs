using EightD.Reports.Reading;

namespace EightD.Reports.Editing;

/// <summary>A row of a table as somebody typed or pasted it (8D format, rule 6).</summary>
/// <param name="Line">The line as typed.</param>
/// <param name="Cells">What its cells say; null where nothing separates them.</param>
internal sealed record TypedRow(string Line, IReadOnlyList<string>? Cells)
{
    /// <summary>The rows of a text, a pasted table's heading row and rule left out.</summary>
    public static List<TypedRow> Of(string text, IReadOnlyList<string> columns)
    {
        List<TypedRow> rows = [];
        foreach (var line in text.Split('\n'))
        {
            if (IsEmpty(line)) continue;
            if (rows.Count < 2 && IsRule(line))
            {
                if (rows is [{ Cells: not null }]) rows.Clear();
                continue;
            }

            rows.Add(new(line.Trim(), Split(line.Trim())));
        }

        if (rows is [{ Cells: { } heading }, ..] && heading.SequenceEqual(columns, StringComparer.OrdinalIgnoreCase)) rows.RemoveAt(0);
        return rows;
    }

    /// <summary>Whether a row says nothing.</summary>
    public static bool IsEmpty(string line) => line.AsSpan().IndexOfAnyExcept("| \t") < 0;

    /// <summary>The row as it stands in a table: each cell in the column of its name, what has none in a free one.</summary>
    /// <param name="typed">The columns in which it was typed.</param>
    /// <param name="columns">The table's.</param>
    public string Write(IReadOnlyList<string> typed, IReadOnlyList<string> columns)
    {
        var said = (Cells ?? [Line]).Select(cell => Table.Escape(Escaping.Tags(cell))).ToList();
        var cells = Enumerable.Repeat("", columns.Count).ToArray();
        List<string> left = [];
        for (var i = 0; i < said.Count; i++)
        {
            var at = i < typed.Count ? ColumnName.Find(columns, typed[i]) : -1;
            if (at >= 0 && cells[at].Length == 0) cells[at] = said[i];
            else left.Add(said[i]);
        }

        foreach (var cell in left.Where(cell => cell.Length > 0))
        {
            var free = Array.FindIndex(cells, text => text.Length == 0);
            if (free >= 0) cells[free] = cell;
            else cells[^1] = $"{cells[^1]} {cell}";
        }

        return Table.Row(cells);
    }

    /// <summary>A row of single hyphens says that there is nothing to say.</summary>
    private static bool IsRule(string line) =>
        Table.IsRule(line) && (line.Contains("--", StringComparison.Ordinal) || line.Contains(':', StringComparison.Ordinal) || !line.Trim().Contains(' ', StringComparison.Ordinal));

    /// <summary>A line that begins with a pipe is a table's; in any other a tab separates before a pipe does, as in what a spreadsheet gives.</summary>
    private static List<string>? Split(string line)
    {
        if (line[0] != '|' && line.Contains('\t', StringComparison.Ordinal)) return [.. line.Split('\t').Select(cell => cell.Trim())];
        var cells = Table.Cells(line);
        return cells.Count > 1 || line[0] == '|' || (line[^1] == '|' && line is not [.., '\\', '|']) ? [.. cells.Select(cell => cell.Text)] : null;
    }
}
