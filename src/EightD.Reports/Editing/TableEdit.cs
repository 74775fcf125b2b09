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
            if (part.Style is null && rows.Split('\n').Any(row => row.Length > 0 && !row.Contains('|', StringComparison.Ordinal)))
            {
                // what stood there before the table was made
                return LineEdit.Replace(outline, part.Start, part.End, [.. rows.Split('\n')]);
            }

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
        lines.Add(Table.Rule(question.Columns));
        if (rows.Length > 0) lines.AddRange(rows.Split('\n'));
        return lines;
    }
}
