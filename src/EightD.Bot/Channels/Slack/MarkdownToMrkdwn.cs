using System.Buffers;
using System.Globalization;

namespace EightD.Bot.Channels.Slack;

/// <summary>Turns Markdown into mrkdwn, line by line: what reaches over several lines is code and tables alone.</summary>
internal sealed class MarkdownToMrkdwn
{
    /// <summary>A column is lined up as far as this; one long cell must not make every row as long.</summary>
    private const int WidestColumn = 40;

    private const string Fence = "```", Rule = "———";

    private static readonly SearchValues<char> InLanguages = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+#-._");

    private readonly string[] _lines;
    private readonly MrkdwnWriter _writer = new();
    private int _next;

    private MarkdownToMrkdwn(string markdown) => _lines = markdown.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n');

    public static string Convert(string markdown)
    {
        var conversion = new MarkdownToMrkdwn(markdown);
        while (conversion._next < conversion._lines.Length)
        {
            if (conversion._next > 0) conversion._writer.Markup("\n");
            conversion.Block();
        }

        return conversion._writer.ToString();
    }

    private void Block()
    {
        var line = _lines[_next++];
        if (FenceLength(line) is > 0 and var length) Code(line, length);
        else if (_next < _lines.Length && IsTableHead(line, _lines[_next])) Table(line);
        else Line(line, isQuoted: false);
    }

    /// <summary>The lines up to the closing fence; to the end of the text where none closes it, as in Markdown.</summary>
    private void Code(string opening, int length)
    {
        var indent = Indent(opening);
        _writer.Markup(Fence + "\n");
        var language = opening[(indent + length)..].Trim();
        if (language.AsSpan().ContainsAnyExcept(InLanguages)) _writer.CodeLine(language); // in Slack people begin their code beside the fence
        while (_next < _lines.Length && !Closes(_lines[_next], opening[indent], length))
        {
            var line = _lines[_next++];
            _writer.CodeLine(line[Math.Min(indent, Indent(line))..]);
        }

        _next++;
        _writer.Markup(Fence);
    }

    /// <summary>Slack draws no table in a text: its cells, without their marks, stand in a code block in columns.</summary>
    private void Table(string head)
    {
        List<string[]> rows = [Cells(head)];
        for (_next++; _next < _lines.Length && _lines[_next].Contains('|', StringComparison.Ordinal); _next++) rows.Add(Cells(_lines[_next]));
        var widths = new int[rows[0].Length];
        foreach (var row in rows)
        {
            for (var column = 0; column < Math.Min(row.Length, widths.Length); column++) widths[column] = Math.Clamp(Width(row[column]), widths[column], WidestColumn);
        }

        _writer.Markup(Fence + "\n");
        _writer.CodeLine(Row(rows[0], widths));
        _writer.CodeLine(string.Join("-|-", widths.Select(width => new string('-', width))));
        foreach (var row in rows.Skip(1)) _writer.CodeLine(Row(row, widths));
        _writer.Markup(Fence);
    }

    private void Line(string line, bool isQuoted)
    {
        var indent = Indent(line);
        var content = line[indent..];
        if (IsThematicBreak(content))
        {
            _writer.Markup(Rule);
        }
        else if (!isQuoted && content is ['>', ..])
        {
            _writer.Markup(content is ['>', ' ', ..] ? "> " : ">");
            Line(content is ['>', ' ', ..] ? content[2..] : content[1..], isQuoted: true);
        }
        else if (HeadingText(content) is { } heading)
        {
            _writer.Open('*');
            Inlines(heading);
            _writer.Close('*');
        }
        else
        {
            _writer.Markup(line[..indent]);
            var marker = content[..MarkerLength(content)];
            if (marker.Length > 0) _writer.Markup(char.IsAsciiDigit(marker[0]) ? marker : indent < 2 ? "• " : "◦ ");
            Inlines(content[marker.Length..]);
        }
    }

    private void Inlines(string text) => _writer.Inlines(MarkdownLine.Read(text));

    private static int Indent(string line) => line.AsSpan().IndexOfAnyExcept(' ', '\t') is >= 0 and var indent ? indent : line.Length;

    /// <summary>The length of the fence that opens code on this line; 0 for any other line.</summary>
    private static int FenceLength(string line)
    {
        var content = line.AsSpan(Indent(line));
        if (content is not ['`', '`', '`', ..] and not ['~', '~', '~', ..]) return 0;
        var length = content.IndexOfAnyExcept(content[0]);
        if (length < 0) return content.Length;
        return content[0] == '`' && content[length..].Contains('`') ? 0 : length;
    }

    private static bool Closes(string line, char mark, int length)
    {
        var fence = line.AsSpan().Trim(" \t");
        return fence.Length >= length && !fence.ContainsAnyExcept(mark);
    }

    private static bool IsThematicBreak(string content) =>
        content is ['-' or '*' or '_', ..] && !content.AsSpan().ContainsAnyExcept(content[0], ' ', '\t') && content.AsSpan().Count(content[0]) >= 3;

    /// <summary>The text of a <c>## heading ##</c>; null for any other line, and for one without text.</summary>
    private static string? HeadingText(string content)
    {
        var level = content.AsSpan().IndexOfAnyExcept('#');
        if (level is < 1 or > 6 || content[level] is not (' ' or '\t')) return null;
        var text = content.AsSpan(level).Trim(" \t");
        var closed = text.TrimEnd('#');
        if (closed.Length == 0) return null;
        return closed[^1] is ' ' or '\t' ? closed.TrimEnd(" \t").ToString() : text.ToString();
    }

    /// <summary>The length of a list item's marker and the blanks behind it; 0 where there is none, or nothing behind it.</summary>
    private static int MarkerLength(string content)
    {
        var digits = content.AsSpan().IndexOfAnyExceptInRange('0', '9');
        if (digits is < 0 or > 9 || (digits == 0 ? content[0] is not ('-' or '*' or '+') : content[digits] is not ('.' or ')'))) return 0;
        var blanks = content.AsSpan(digits + 1).IndexOfAnyExcept(' ', '\t');
        return blanks > 0 ? digits + 1 + blanks : 0;
    }

    private static bool IsTableHead(string line, string rule) =>
        line.Contains('|', StringComparison.Ordinal) && rule.AsSpan().ContainsAny('|', '-') && !rule.AsSpan().ContainsAnyExcept(" \t|:-")
        && Cells(rule) is var rules && Array.TrueForAll(rules, cell => IsRule(cell)) && Cells(line).Length == rules.Length;

    private static bool IsRule(string cell) => cell.Contains('-', StringComparison.Ordinal) && cell.Trim(':') is var dashes && !dashes.AsSpan().ContainsAnyExcept('-');

    /// <summary>The cells of a row as they are read, without marks.</summary>
    private static string[] Cells(string row)
    {
        var line = row.AsSpan().Trim(" \t");
        if (line is ['|', ..]) line = line[1..];
        if (line is [.., '|'] and not [.., '\\', '|']) line = line[..^1];
        List<string> cells = [];
        var from = 0;
        for (var at = 0; at <= line.Length; at++)
        {
            if (at < line.Length && (line[at] != '|' || (at > 0 && line[at - 1] == '\\'))) continue;
            cells.Add(Inline.Plain(MarkdownLine.Read(line[from..at].Trim().ToString())));
            from = at + 1;
        }

        return [.. cells];
    }

    private static string Row(string[] cells, int[] widths)
    {
        var padded = cells.Select((cell, column) => column < cells.Length - 1 && column < widths.Length ? cell + new string(' ', Math.Max(0, widths[column] - Width(cell))) : cell);
        return string.Join(" | ", padded);
    }

    private static int Width(string cell) => cell.Length > WidestColumn * 8 ? WidestColumn : new StringInfo(cell).LengthInTextElements;
}
