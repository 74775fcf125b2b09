namespace EightD.Reports.Reading;

/// <summary>What a line is, as far as a report's structure goes.</summary>
internal enum LineKind : byte
{
    /// <summary>Anything else, blank lines too.</summary>
    Text,

    /// <summary>A fence, or between two.</summary>
    Code,

    /// <summary>In a comment that is more than one line, or a comment of one line.</summary>
    Comment,

    /// <summary><c>## heading</c>.</summary>
    Heading,

    /// <summary>The text of a heading that the next line underlines.</summary>
    Underlined,

    /// <summary>A thematic break.</summary>
    Rule,
}

/// <summary>Finds code, comments, headings and rules, so that what looks like structure inside code or a comment is none.</summary>
internal static class BlockScanner
{
    public static LineKind[] Kinds(string text, List<Line> lines, List<ReadingFault> faults)
    {
        var kinds = new LineKind[lines.Count];
        CodeFence fence = new();
        var (openedAt, lastClose) = (-1, -2);
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i].In(text);
            var wasOpen = fence.IsOpen;
            if (fence.Take(line))
            {
                kinds[i] = LineKind.Code;
                if (!wasOpen) openedAt = i;
                continue;
            }

            if (MarkdownLine.IsComment(line)) kinds[i] = LineKind.Comment;
            else if (line.TrimStart(" ").StartsWith("<!--") && line.IndexOf("-->") < 0)
            {
                if (lastClose == -2) lastClose = LastClose(text, lines);
                var close = Close(text, lines, i + 1, lastClose);
                if (close < 0) faults.Add(new(ReadingFaultKind.NotClosed, i + 1, line.Length > 80 ? line[..80].ToString() : line.ToString()));
                else
                {
                    kinds.AsSpan(i, close - i + 1).Fill(LineKind.Comment);
                    i = close;
                }
            }
            else kinds[i] = Plain(text, lines, kinds, i);
        }

        if (fence.IsOpen) faults.Add(new(ReadingFaultKind.NotClosed, openedAt + 1, lines[openedAt].In(text) is { Length: > 80 } opening ? opening[..80].ToString() : lines[openedAt].In(text).ToString()));
        return kinds;
    }

    private static LineKind Plain(string text, List<Line> lines, LineKind[] kinds, int i)
    {
        var line = lines[i].In(text);
        if (MarkdownLine.HeadingLevel(line) > 0) return LineKind.Heading;
        if (i > 0 && MarkdownLine.UnderlineLevel(line) > 0 && kinds[i - 1] == LineKind.Text && MarkdownLine.IsParagraph(lines[i - 1].In(text)) && !IsEmptyItem(line, lines[i - 1].In(text)))
        {
            kinds[i - 1] = LineKind.Underlined;
            return LineKind.Text;
        }

        return MarkdownLine.IsThematicBreak(line) ? LineKind.Rule : LineKind.Text;
    }

    /// <summary>A lone hyphen under a label is meant as a list that is still empty, though Markdown makes a heading of the label.</summary>
    private static bool IsEmptyItem(ReadOnlySpan<char> line, ReadOnlySpan<char> above) => line.Trim(" \t") is "-" && Label.In(above) is not null;

    private static int LastClose(string text, List<Line> lines)
    {
        var at = text.LastIndexOf("-->", StringComparison.Ordinal);
        return at < 0 ? -1 : lines.FindLastIndex(line => line.Start <= at);
    }

    private static int Close(string text, List<Line> lines, int from, int last)
    {
        for (var i = from; i <= last; i++)
        {
            if (lines[i].In(text).IndexOf("-->") >= 0) return i;
        }

        return -1;
    }
}
