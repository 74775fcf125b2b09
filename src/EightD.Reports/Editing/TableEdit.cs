using EightD.Reports.Reading;
using EightD.Reports.Templates;

namespace EightD.Reports.Editing;

/// <summary>Changes the rows of a table.</summary>
internal static class TableEdit
{
    /// <summary>Gives a table these rows; makes it where the part has none.</summary>
    public static Edit? Set(Outline outline, SectionSpan section, PartSpan part, Question question, string rows)
    {
        if (Table.In(outline, part.Start, section.End) is { } table && table.Header < part.End)
        {
            return LineEdit.Replace(outline, table.Rows, table.End, rows.Length == 0 ? [] : [.. rows.Split('\n')]);
        }

        var block = Block(question, rows);
        return part.Style is null
            ? LineEdit.Replace(outline, part.End, part.End, ["", .. block])
            : LineEdit.Replace(outline, part.Below, part.End, ["", .. block]);
    }

    /// <summary>A new table, with its label where it has one.</summary>
    public static List<string> Block(Question question, string rows)
    {
        List<string> lines = question.Style switch
        {
            null => [],
            LabelStyle.Heading => [$"### {question.Part.Label}", ""],
            _ => [$"**{question.Part.Label}:**", ""],
        };
        lines.Add(Table.Row(question.Columns));
        lines.Add("|" + string.Concat(question.Columns.Select(column => new string('-', column.Length + 2) + "|")));
        if (rows.Length > 0) lines.AddRange(rows.Split('\n'));
        return lines;
    }

    /// <summary>A typed row, its cells in the template's order, as this report's table has its columns.</summary>
    public static string Fit(string row, IReadOnlyList<string> typed, Table table)
    {
        if (table.Columns.SequenceEqual(typed, StringComparer.OrdinalIgnoreCase)) return row;
        var cells = Table.Cells(row);
        return Table.Row(table.Columns.Select(column =>
        {
            var index = typed.ToList().FindIndex(name => name.Equals(column, StringComparison.OrdinalIgnoreCase));
            return index >= 0 && index < cells.Count ? row.Substring(cells[index].Start, cells[index].Length).Trim() : "";
        }));
    }
}
