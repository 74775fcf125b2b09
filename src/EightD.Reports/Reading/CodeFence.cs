namespace EightD.Reports.Reading;

/// <summary>Follows the code fences from line to line, those inside list items too. One scanner for reading and for writing, so that both agree.</summary>
internal struct CodeFence
{
    private char mark;
    private int length;
    private int column;
    private int item;

    /// <summary>Whether a fence is open after the lines seen so far.</summary>
    public readonly bool IsOpen => length > 0;

    /// <summary>The line that closes the open fence.</summary>
    public readonly string Closing => new string(' ', column) + new string(mark, length);

    /// <summary>Takes the next line. Whether it is code: a fence itself, or between two.</summary>
    public bool Take(ReadOnlySpan<char> line)
    {
        if (IsOpen) return Inside(line);
        if (MarkdownLine.IsBlank(line)) return false;

        var indent = MarkdownLine.Indent(line);
        if (indent < item) item = 0;
        var start = 0;
        while (MarkdownLine.ItemContent(line[start..]) is > 0 and var content && (indent - item <= 3 || start > 0))
        {
            start += content;
            item = MarkdownLine.Indent(line[..Math.Min(start, line.Length)]) == start ? start : ColumnsOf(line[..start]);
        }

        var rest = line[start..];
        var inner = start > 0 ? 0 : indent - item;
        return inner <= 3 && Opens(rest.TrimStart(" \t"), start > 0 ? item : indent);
    }

    private static int ColumnsOf(ReadOnlySpan<char> prefix)
    {
        var columns = 0;
        foreach (var character in prefix) columns = character == '\t' ? columns + 4 - (columns % 4) : columns + 1;
        return columns;
    }

    private bool Inside(ReadOnlySpan<char> line)
    {
        var indent = MarkdownLine.Indent(line);
        if (item > 0 && indent < item && !MarkdownLine.IsBlank(line))
        {
            // the list item ends, and with it the fence in it
            (length, item) = (0, 0);
            return Take(line);
        }

        var text = line.Trim(" \t");
        if (indent - item <= 3 && text.Length >= length && text.IndexOfAnyExcept(mark) < 0) length = 0;
        return true;
    }

    private bool Opens(ReadOnlySpan<char> text, int at)
    {
        if (text.Length < 3 || text[0] is not ('`' or '~')) return false;
        var count = text.IndexOfAnyExcept(text[0]);
        if (count < 0) count = text.Length;
        if (count < 3 || (text[0] == '`' && text[count..].Contains('`'))) return false;
        (mark, length, column) = (text[0], count, at);
        return true;
    }
}
