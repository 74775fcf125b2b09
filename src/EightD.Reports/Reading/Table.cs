using System.Text;

namespace EightD.Reports.Reading;

/// <summary>A pipe table, by lines.</summary>
/// <param name="Header">The line with the column names; the rule stands below it.</param>
/// <param name="Rows">The first row's line.</param>
/// <param name="End">The line after the last row.</param>
/// <param name="Columns">The column names.</param>
internal sealed record Table(int Header, int Rows, int End, IReadOnlyList<string> Columns)
{
    /// <summary>The first table among lines; null when there is none.</summary>
    public static Table? In(Outline outline, int from, int to)
    {
        for (var i = from; i + 1 < to; i++)
        {
            if (outline.Kinds[i] != LineKind.Text || outline[i].IndexOf('|') < 0 || !IsRule(outline[i + 1])) continue;
            var end = i + 2;
            while (end < to && outline.Kinds[end] == LineKind.Text && outline[end].IndexOf('|') >= 0) end++;
            return new(i, i + 2, end, [.. Cells(outline[i]).Select(cell => cell.Text)]);
        }

        return null;
    }

    /// <summary>A row's cells: where each stands in the line, without the blanks around it, and what it says without its escapes.</summary>
    public static List<Cell> Cells(ReadOnlySpan<char> line)
    {
        List<Cell> cells = [];
        var at = line.IndexOfAnyExcept(' ', '\t');
        var end = line.TrimEnd(" \t").Length;
        if (at < 0) return cells;
        if (line[at] == '|') at++;
        while (at <= end)
        {
            var close = at;
            while (close < end && line[close] != '|') close += line[close] == '\\' && close + 1 < end ? 2 : 1;
            close = Math.Min(close, end);
            if (close == end && at >= end && cells.Count > 0) break;
            var text = line[at..close];
            var start = text.IndexOfAnyExcept(' ', '\t');
            cells.Add(start < 0 ? new(at, close - at, "") : new(at + start, text.Trim(" \t").Length, Unescape(text.Trim(" \t"))));
            at = close + 1;
        }

        return cells;
    }

    /// <summary>Cells as a row: <c>| a | b |</c>.</summary>
    public static string Row(IEnumerable<string?> cells)
    {
        StringBuilder row = new("|");
        foreach (var cell in cells) row.Append(' ').Append(cell).Append(string.IsNullOrEmpty(cell) ? "|" : " |");
        return row.ToString();
    }

    /// <summary>The rule below column names: <c>|------|------|</c>.</summary>
    public static string Rule(IEnumerable<string> columns) => "|" + string.Concat(columns.Select(column => new string('-', column.Length + 2) + "|"));

    /// <summary>What is said, as it stands in a cell: one line, its pipes escaped.</summary>
    public static string Escape(string text)
    {
        if (text.AsSpan().IndexOfAny("|\r\n\t") < 0) return text.Trim();
        StringBuilder cell = new(text.Length);
        var isEscaped = false;
        foreach (var character in text)
        {
            if (character == '|' && !isEscaped) cell.Append('\\');
            isEscaped = character == '\\' && !isEscaped;
            cell.Append(character is '\r' or '\n' or '\t' ? ' ' : character);
        }

        return cell.ToString().Trim();
    }

    private static string Unescape(ReadOnlySpan<char> text) => text.ToString().Replace("\\|", "|", StringComparison.Ordinal);

    /// <summary>Whether a line is the rule below a table's column names.</summary>
    public static bool IsRule(ReadOnlySpan<char> line) =>
        line.IndexOf('|') >= 0 && line.IndexOf('-') >= 0 && line.IndexOfAnyExcept("|-: \t") < 0
        && Cells(line).TrueForAll(cell => cell.Text.AsSpan().Trim(':') is { Length: > 0 } dashes && dashes.IndexOfAnyExcept('-') < 0);
}

/// <summary>A cell of a row.</summary>
/// <param name="Start">Where its text begins in the line.</param>
/// <param name="Length">How long it is there.</param>
/// <param name="Text">What it says.</param>
internal readonly record struct Cell(int Start, int Length, string Text);
