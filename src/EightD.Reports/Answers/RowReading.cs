using EightD.Reports.Actions;
using EightD.Reports.Editing;
using EightD.Reports.Reading;
using EightD.Reports.Templates;

namespace EightD.Reports.Answers;

/// <summary>Reads the rows of an answer to a table (8D format, rule 6).</summary>
internal static class RowReading
{
    /// <summary>What a new action's status is.</summary>
    private const string Open = "Open";

    /// <summary>The rows, each with as many cells as the table has columns.</summary>
    /// <param name="question">The table.</param>
    /// <param name="text">Clean text.</param>
    /// <param name="known">What is known where it was typed.</param>
    /// <param name="refusal">Why they cannot be taken; null where they can.</param>
    public static string Read(Question question, string text, Known known, out AnswerReading? refusal)
    {
        refusal = null;
        List<string> rows = [];
        var places = TypedRow.Places(question.Columns, question.Columns);
        foreach (var row in TypedRow.Of(text, question.Columns))
        {
            var typed = row.Cells is null ? Spoken(question, row, known, out refusal) : row;
            if (refusal is not null) return "";
            var cells = typed.Cells?.Count ?? 1;
            while (cells > question.Columns.Count && typed.Cells![cells - 1].Length == 0) cells--;
            if (cells > question.Columns.Count)
            {
                refusal = new AnswerReading.TooManyCells(row.Line, cells, question.Columns.Count);
                return "";
            }

            rows.Add(typed.Write(places, places.Length));
        }

        return string.Join('\n', rows);
    }

    /// <summary>A line as <c>team add</c> or <c>action add</c> reads it.</summary>
    private static TypedRow Spoken(Question question, TypedRow row, Known known, out AnswerReading? refusal)
    {
        refusal = null;
        var line = row.Line[Math.Min(MarkdownLine.ItemContent(row.Line), row.Line.Length)..];
        switch (question.Part.Section)
        {
            case "D1":
                var member = RowLine.ReadMember(line, known.Names);
                return Cells(question, row, [("Name", member.Name), ("Role", member.Role), ("Department", member.Department), ("Responsibilities", member.Responsibilities)]);
            case "D6":
                var action = RowLine.ReadAction(line, known.Today, known.Names);
                if (action.Due is not (null or DateReading.Certain))
                {
                    refusal = new AnswerReading.DateUnclear(row.Line, action.Due);
                    return row;
                }

                var due = action.Due is DateReading.Certain certain ? known.Written(certain.Date) : "";
                return Cells(question, row, [("Action", action.What), ("Responsible", action.Owner), ("Target Date", due), ("Status", Open)]);
            default:
                return row;
        }
    }

    /// <summary>What was said, in the columns that the table has for it; in its first column where it has none for something.</summary>
    private static TypedRow Cells(Question question, TypedRow row, List<(string Column, string Text)> said)
    {
        var cells = Enumerable.Repeat("", question.Columns.Count).ToArray();
        foreach (var (column, text) in said.Where(each => each.Text.Length > 0 && each.Text != Open))
        {
            if (ColumnName.Find(question.Columns, column) is not (>= 0 and var at)) return row;
            cells[at] = text;
        }

        if (said[^1].Text == Open && ColumnName.Find(question.Columns, said[^1].Column) is >= 0 and var status) cells[status] = Open;
        return row with { Cells = cells };
    }

    /// <summary>What is known where something was typed.</summary>
    /// <param name="Today">The day.</param>
    /// <param name="Names">The names of people.</param>
    /// <param name="Report">The report; null where there is none.</param>
    internal sealed record Known(DateOnly Today, IReadOnlyCollection<string> Names, Report? Report)
    {
        private ActionTable? table;

        /// <summary>A date as the report's table of actions writes it.</summary>
        public string Written(DateOnly date) => Report is null ? ActionTable.Usual(date) : (table ??= ActionTable.Of(Report)).Write(date);
    }
}
