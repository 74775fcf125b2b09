using System.Globalization;
using EightD.Reports.Reading;

namespace EightD.Reports.Editing;

/// <summary>Makes a list of what somebody typed (8D format, rules 5 and 7).</summary>
internal sealed class ListShape
{
    private readonly CodeFence fence = new();
    private readonly List<string> lines = [];
    private readonly bool numbered;
    private readonly bool renumbers;
    private long next;
    private int blanks;

    /// <summary>Whether the last item was typed as one.</summary>
    private bool isTyped;

    /// <summary>Where the last item stands, and where its content begins.</summary>
    private int indent, content;

    /// <summary>How far lines under the last item go to the right, because its number became longer.</summary>
    private int shift;

    /// <summary>Whether the open code block goes under an item, and what its fence has before it.</summary>
    private bool isMoved;

    private ListShape(bool numbered, string held)
    {
        this.numbered = numbered;
        next = numbered ? LastNumber(held) + 1 : 0;
        renumbers = next > 1;
    }

    /// <summary>Lines that are items stay with what is indented under them; of other lines each becomes an item.</summary>
    /// <param name="text">Escaped text.</param>
    /// <param name="numbered">Whether the items get numbers.</param>
    /// <param name="held">What the list holds already: numbers go on from there.</param>
    public static string Of(string text, bool numbered, string held)
    {
        ListShape shape = new(numbered, held);
        foreach (var line in text.Split('\n')) shape.Take(line);
        return string.Join('\n', shape.lines);
    }

    /// <summary>Whether blank lines stand between its blocks, code left out.</summary>
    public static bool IsLoose(ReadOnlySpan<char> text)
    {
        if (text.IndexOf("\n\n") < 0) return false;
        CodeFence code = new();
        foreach (var range in text.Split('\n'))
        {
            if (!code.Take(text[range]) && text[range].Length == 0) return true;
        }

        return false;
    }

    private void Take(string line)
    {
        var isInside = fence.IsOpen;
        var isCode = fence.Take(line);
        if (isInside)
        {
            lines.Add(line.Length == 0 ? line : isMoved ? Moved(line) : Shifted(line));
            return;
        }

        if (line.Length == 0)
        {
            blanks++;
            return;
        }

        var isUnder = isTyped && MarkdownLine.Indent(line) - indent >= 2;
        var column = isUnder || MarkdownLine.Indent(line) > 3 ? 0 : MarkdownLine.ItemContent(line);
        if (isTyped && (isUnder || column > 0 || isCode)) lines.AddRange(Enumerable.Repeat("", blanks));
        blanks = 0;
        isMoved = isCode && !isUnder && column == 0;
        if (column > 0) Item(line, column);
        else if (isUnder) lines.Add(Shifted(line));
        else if (isMoved && lines.Count > 0) lines.Add(Moved(line));
        else Plain(line);
    }

    private void Item(string line, int column)
    {
        var item = line.AsSpan().TrimStart();
        var digits = item.IndexOfAnyExceptInRange('0', '9');
        (isTyped, indent, content, shift) = (true, MarkdownLine.Indent(line), MarkdownLine.Columns(line.AsSpan(0, column)), 0);
        if (numbered && digits > 0)
        {
            var number = renumbers ? next : long.Parse(item[..digits], NumberStyles.None, CultureInfo.InvariantCulture);
            next = number + 1;
            var written = renumbers ? number.ToString(CultureInfo.InvariantCulture) : item[..digits].ToString();
            shift = Math.Max(0, written.Length - digits);
            line = string.Concat(line.AsSpan(0, line.Length - item.Length), written, item[digits..]);
            content += written.Length - digits;
        }

        lines.Add(line);
    }

    private void Plain(string line)
    {
        var marker = numbered ? $"{(next++).ToString(CultureInfo.InvariantCulture)}. " : "- ";
        var text = line.TrimStart();
        if (MarkdownLine.Indent(line) is > 3 and var columns) text = new string(' ', columns) + text; // stays the code that it is
        lines.Add(MarkdownLine.IsThematicBreak(marker + text) ? $"{marker}\\{text}" : marker + text);
        (isTyped, indent, content, shift) = (false, 0, marker.Length, 0);
    }

    private string Shifted(string line) => new string(' ', shift) + line;

    /// <summary>A line of a code block that goes under the item above it.</summary>
    private string Moved(string line)
    {
        var blank = line.Length - line.AsSpan().TrimStart(' ').Length;
        return new string(' ', content) + line[Math.Min(blank, fence.Column)..];
    }

    private static long LastNumber(string list)
    {
        long last = 0;
        var outermost = int.MaxValue;
        CodeFence code = new();
        foreach (var line in list.Split('\n'))
        {
            if (code.Take(line) || MarkdownLine.Indent(line) - 2 >= outermost || MarkdownLine.ItemContent(line) == 0) continue;
            outermost = Math.Min(outermost, MarkdownLine.Indent(line));
            var digits = line.AsSpan().TrimStart();
            var length = digits.IndexOfAnyExceptInRange('0', '9');
            if (length is > 0 and <= 9) last = long.Parse(digits[..length], NumberStyles.None, CultureInfo.InvariantCulture);
        }

        return last;
    }
}
