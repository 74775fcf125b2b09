using EightD.Reports.Reading;

namespace EightD.Reports.Editing;

/// <summary>Replaces lines by lines. Lines that stay the same are not touched, the file's line ends and its final line end stay as they are.</summary>
internal static class LineEdit
{
    /// <summary>The edit that puts lines in the place of those from <paramref name="from"/> up to <paramref name="to"/>.</summary>
    public static Edit Replace(Outline outline, int from, int to, List<string> lines)
    {
        var head = 0;
        while (from < to && head < lines.Count && outline[from].SequenceEqual(lines[head])) (from, head) = (from + 1, head + 1);
        var tail = lines.Count;
        while (from < to && head < tail && outline[to - 1].SequenceEqual(lines[tail - 1])) (to, tail) = (to - 1, tail - 1);

        var end = outline.Text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        var text = string.Concat(lines.Skip(head).Take(tail - head).Select(line => line + end));
        var start = from < outline.Lines.Count ? outline.Lines[from].Start : outline.Text.Length;
        var length = to > from ? outline.Lines[to - 1].Next - start : 0;
        if (start + length < outline.Text.Length || EndsLine(outline.Text)) return new(start, length, text);

        // the text's last line has no end, and gets none
        if (text.Length > 0) return from == to ? new(start, 0, end + text[..^end.Length]) : new(start, length, text[..^end.Length]);
        var before = from > 0 ? outline.Lines[from - 1].End : start;
        return new(before, start + length - before, "");
    }

    private static bool EndsLine(string text) => text is "" or [.., '\n' or '\r'];
}
