namespace EightD.Reports.Reading;

/// <summary>What one line is in Markdown, by CommonMark's rules for blocks, as far as they matter to a report's structure.</summary>
internal static class MarkdownLine
{
    /// <summary>How many columns of blanks a line begins with; a tab goes to the next multiple of four.</summary>
    public static int Indent(ReadOnlySpan<char> line)
    {
        var columns = 0;
        foreach (var character in line)
        {
            if (character == ' ') columns++;
            else if (character == '\t') columns += 4 - (columns % 4);
            else break;
        }

        return columns;
    }

    /// <summary>At which column a piece of a line ends.</summary>
    /// <param name="piece">The piece.</param>
    /// <param name="from">The column at which it begins.</param>
    public static int Columns(ReadOnlySpan<char> piece, int from = 0)
    {
        var columns = from;
        foreach (var character in piece) columns = character == '\t' ? columns + 4 - (columns % 4) : columns + 1;
        return columns;
    }

    public static bool IsBlank(ReadOnlySpan<char> line) => line.IndexOfAnyExcept(' ', '\t') < 0;

    /// <summary>The level of a <c>## heading</c>, 1 to 6; 0 for any other line.</summary>
    public static int HeadingLevel(ReadOnlySpan<char> line)
    {
        if (Indent(line) > 3) return 0;
        line = line.TrimStart(" \t");
        var level = line.IndexOfAnyExcept('#');
        if (level < 0) level = line.Length;
        return level is >= 1 and <= 6 && (level == line.Length || line[level] is ' ' or '\t') ? level : 0;
    }

    /// <summary>The text of a <c>## heading ##</c>.</summary>
    public static ReadOnlySpan<char> HeadingText(ReadOnlySpan<char> line)
    {
        var text = line.Trim(" \t").TrimStart('#').Trim(" \t");
        var closed = text.TrimEnd('#');
        return closed.Length == 0 || closed[^1] is ' ' or '\t' ? closed.Trim(" \t") : text;
    }

    /// <summary><c>---</c>, <c>* * *</c>, <c>___</c>.</summary>
    public static bool IsThematicBreak(ReadOnlySpan<char> line)
    {
        if (Indent(line) > 3) return false;
        line = line.Trim(" \t");
        if (line.Length < 3 || line[0] is not ('-' or '*' or '_')) return false;
        var count = 0;
        foreach (var character in line)
        {
            if (character == line[0]) count++;
            else if (character is not (' ' or '\t')) return false;
        }

        return count >= 3;
    }

    /// <summary>
    /// Where in a line, behind its items' markers, a thematic break can begin: from the first place to the last. So that a line of many markers
    /// is looked through once, not once a marker.
    /// </summary>
    public static (int First, int Last) Breaks(ReadOnlySpan<char> line)
    {
        var end = line.TrimEnd(" \t").Length;
        if (end == 0 || line[end - 1] is not ('-' or '*' or '_')) return (int.MaxValue, -1);
        var mark = line[end - 1];
        var last = end;
        for (var count = 0; count < 3; count++)
        {
            last = line[..last].LastIndexOf(mark);
            if (last < 0) return (int.MaxValue, -1);
        }

        return (line[..end].LastIndexOfAnyExcept(mark, ' ', '\t') + 1, last);
    }

    /// <summary>1 for a line of <c>=</c> alone, 2 for one of <c>-</c> alone: an underline where a paragraph stands above it; else 0.</summary>
    public static int UnderlineLevel(ReadOnlySpan<char> line)
    {
        if (Indent(line) > 3) return 0;
        line = line.Trim(" \t");
        if (line.Length == 0) return 0;
        return line.IndexOfAnyExcept('=') < 0 ? 1 : line.IndexOfAnyExcept('-') < 0 ? 2 : 0;
    }

    /// <summary>
    /// The length of a list item's marker with the blanks before and after it (<c>- </c>, <c> 12. </c>), which is where its content begins; 0 when it
    /// is no item. A thematic break is none.
    /// </summary>
    public static int ItemContent(ReadOnlySpan<char> line) => IsThematicBreak(line) ? 0 : MarkerContent(line);

    /// <summary>The same, of a text that is known to be no thematic break.</summary>
    public static int MarkerContent(ReadOnlySpan<char> line)
    {
        var at = line.IndexOfAnyExcept(' ', '\t');
        if (at < 0) return 0;
        var digits = line[at..].IndexOfAnyExceptInRange('0', '9');
        if (digits < 0) return 0;
        var marker = digits is >= 1 and <= 9 && line[at + digits] is '.' or ')' ? digits + 1 : digits == 0 && line[at] is '-' or '*' or '+' ? 1 : 0;
        if (marker == 0) return 0;
        var end = at + marker;
        if (end == line.Length) return end;
        if (line[end] is not (' ' or '\t')) return 0;
        var content = line[end..].IndexOfAnyExcept(' ', '\t');
        return content is < 0 or > 4 ? end + 1 : end + content;
    }

    /// <summary>Whether a line is a comment of one line, <c>&lt;!-- … --&gt;</c>, and nothing else.</summary>
    public static bool IsComment(ReadOnlySpan<char> line)
    {
        line = line.Trim(" \t");
        return line.Length >= 7 && line.StartsWith("<!--") && line.EndsWith("-->") && line[4..^3].IndexOf("-->") < 0;
    }

    /// <summary>Whether a paragraph's text may stand on this line, so that an underline below makes a heading of it.</summary>
    public static bool IsParagraph(ReadOnlySpan<char> line) =>
        !IsBlank(line) && Indent(line) <= 3 && line.TrimStart(" ")[0] is not ('>' or '|' or '#') && ItemContent(line) == 0
        && !IsThematicBreak(line) && !line.TrimStart(" ").StartsWith("<!--");
}
