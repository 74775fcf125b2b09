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
    public static bool IsEmpty(ReadOnlySpan<char> line) => line.IndexOfAnyExcept("| \t") < 0;

    /// <summary>Where each typed column stands in a table; -1 where the table has none of that name.</summary>
    public static int[] Places(IReadOnlyList<string> typed, IReadOnlyList<string> columns) => [.. typed.Select(name => ColumnName.Find(columns, name))];

    /// <summary>The row as it stands in a table: each cell in the column of its name, what has none in a free one.</summary>
    /// <param name="places">Where each typed column stands.</param>
    /// <param name="columns">How many columns the table has.</param>
    public string Write(int[] places, int columns)
    {
        var said = Cells ?? [Line];
        var cells = new string[columns];
        List<string>? left = null;
        for (var i = 0; i < said.Count; i++)
        {
            var cell = Table.Escape(Escaping.Tags(said[i]));
            if (cell.Length == 0) continue;
            if (i < places.Length && places[i] >= 0 && cells[places[i]] is null) cells[places[i]] = cell;
            else (left ??= []).Add(cell);
        }

        foreach (var cell in left ?? [])
        {
            var free = Array.IndexOf(cells, null);
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
