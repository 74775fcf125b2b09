namespace EightD.Reports.Reading;

/// <summary>Follows the code fences from line to line, those inside list items too. One scanner for reading and for writing, so that both agree.</summary>
internal sealed class CodeFence
{
    private int[] items = [];
    private int depth;
    private bool isParagraph;
    private (int Depth, bool IsParagraph) before;
    private char mark;
    private int length;

    /// <summary>Whether a fence is open after the lines seen so far.</summary>
    public bool IsOpen => length > 0;

    /// <summary>The column at which the content of the list item begins in which the last line stood; 0 outside of lists.</summary>
    public int Item => depth > 0 ? items[depth - 1] : 0;

    /// <summary>Whether a list item began on the last line.</summary>
    public bool IsItem { get; private set; }

    /// <summary>The column at which the open fence, or the last one, stands.</summary>
    public int Column { get; private set; }

    /// <summary>The line that closes the open fence.</summary>
    public string Closing => new string(' ', Column) + new string(mark, length);

    /// <summary>Takes the next line. Whether it is code: a fence itself, or between two.</summary>
    public bool Take(ReadOnlySpan<char> line)
    {
        if (IsOpen && !Leaves(line)) return Inside(line);
        (length, before, IsItem) = (0, (depth, isParagraph), false);
        if (MarkdownLine.IsBlank(line)) return isParagraph = false;

        var indent = MarkdownLine.Indent(line);
        var isContinued = isParagraph && (indent >= Item || IsLazy(line));
        while (Item > indent && !isContinued) depth--;
        var start = 0;
        var relative = indent - Item;
        var breaks = MarkdownLine.Breaks(line);
        while (relative <= 3 && (start < breaks.First || start > breaks.Last) && MarkdownLine.MarkerContent(line[start..]) is > 0 and var content && (!isContinued || Interrupts(line)))
        {
            Push(MarkdownLine.Columns(line.Slice(start, content), start == 0 ? 0 : Item));
            start += content;
            relative = MarkdownLine.Indent(line[start..]);
            (isContinued, IsItem) = (false, true);
        }

        var rest = line[start..];
        var isCode = relative <= 3 && Opens(rest.TrimStart(" \t"), start > 0 ? Item : indent);
        isParagraph = !isCode && !MarkdownLine.IsBlank(rest) && MarkdownLine.HeadingLevel(rest) == 0 && !MarkdownLine.IsThematicBreak(rest) && !MarkdownLine.IsComment(rest);
        return isCode;
    }

    /// <summary>Takes the last line as it was written in the end; it is no code either way.</summary>
    public void TakeAgain(ReadOnlySpan<char> line)
    {
        (depth, isParagraph) = before;
        Take(line);
    }

    /// <summary>Whether a line ends the open fence because it is no longer in the fence's list item.</summary>
    public bool Leaves(ReadOnlySpan<char> line) => IsOpen && MarkdownLine.Indent(line) < Item && !MarkdownLine.IsBlank(line);

    /// <summary>Whether a line goes on with the paragraph of an item without being indented.</summary>
    private static bool IsLazy(ReadOnlySpan<char> line) =>
        MarkdownLine.ItemContent(line) == 0 && MarkdownLine.HeadingLevel(line) == 0 && !MarkdownLine.IsThematicBreak(line)
        && line.TrimStart(" \t") is not (['>', ..] or ['`', '`', '`', ..] or ['~', '~', '~', ..]);

    /// <summary>Whether an item can begin in the middle of a paragraph: only one that says something, and no number but the first.</summary>
    public static bool Interrupts(ReadOnlySpan<char> line)
    {
        var item = line.TrimStart(" \t");
        return MarkdownLine.ItemContent(line) < line.Length && (!char.IsAsciiDigit(item[0]) || item is ['1', '.' or ')', ..]);
    }

    private void Push(int column)
    {
        if (depth == items.Length) Array.Resize(ref items, Math.Max(4, 2 * depth));
        items[depth++] = column;
    }

    private bool Inside(ReadOnlySpan<char> line)
    {
        var text = line.Trim(" \t");
        if (MarkdownLine.Indent(line) - Item <= 3 && text.Length >= length && text.IndexOfAnyExcept(mark) < 0) (length, isParagraph) = (0, false);
        return true;
    }

    private bool Opens(ReadOnlySpan<char> text, int at)
    {
        if (text.Length < 3 || text[0] is not ('`' or '~')) return false;
        var count = text.IndexOfAnyExcept(text[0]);
        if (count < 0) count = text.Length;
        if (count < 3 || (text[0] == '`' && text[count..].Contains('`'))) return false;
        (mark, length, Column) = (text[0], count, at);
        return true;
    }
}
