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

    /// <summary>How many columns a line's beginning takes.</summary>
    public static int Columns(ReadOnlySpan<char> prefix)
    {
        var columns = 0;
        foreach (var character in prefix) columns = character == '\t' ? columns + 4 - (columns % 4) : columns + 1;
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
    public static int ItemContent(ReadOnlySpan<char> line)
    {
        if (IsThematicBreak(line)) return 0;
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
