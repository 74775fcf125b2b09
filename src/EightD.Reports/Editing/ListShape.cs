using System.Globalization;
using EightD.Reports.Reading;

namespace EightD.Reports.Editing;

/// <summary>Makes a list of what somebody typed (8D format, rules 5 and 7).</summary>
internal static class ListShape
{
    /// <summary>Lines that are items stay with what is indented under them; of other lines each becomes an item.</summary>
    /// <param name="text">Escaped text.</param>
    /// <param name="numbered">Whether the items get numbers.</param>
    /// <param name="held">What the list holds already: numbers go on from there.</param>
    public static string Of(string text, bool numbered, string held)
    {
        List<string> items = [];
        var fence = new CodeFence();
        var next = numbered ? LastNumber(held) + 1 : 0;
        var renumbers = numbered && next > 1;
        var (content, typed, blanks) = (0, false, 0);
        foreach (var line in text.Split('\n'))
        {
            var isCode = fence.Take(line);
            if (line.Length == 0 && !isCode)
            {
                blanks++;
                continue;
            }

            var column = MarkdownLine.ItemContent(line);
            var isItem = column > 0 && MarkdownLine.Indent(line) <= 3 && (!isCode || IsFenceOf(line, column));
            var isUnder = !isItem && typed && content > 0 && MarkdownLine.Indent(line) >= Math.Min(content, 2);
            if (blanks > 0 && typed && (isItem || isUnder || isCode)) items.AddRange(Enumerable.Repeat("", blanks));
            blanks = 0;
            if (isItem)
            {
                (var item, content) = Item(line, column, renumbers ? next : 0);
                items.Add(item);
                if (numbered && char.IsAsciiDigit(line.TrimStart()[0])) next = renumbers ? next + 1 : LastNumber(line) + 1;
                typed = true;
            }
            else if (isUnder || (isCode && content > 0))
            {
                items.Add(isUnder ? Shifted(line, content) : new string(' ', content) + line);
            }
            else
            {
                var marker = numbered ? $"{(next++).ToString(CultureInfo.InvariantCulture)}. " : "- ";
                items.Add(marker + line);
                (content, typed) = (marker.Length, false);
            }
        }

        return string.Join('\n', items);
    }

    /// <summary>Whether blank lines stand between its blocks, code left out.</summary>
    public static bool IsLoose(ReadOnlySpan<char> text)
    {
        var fence = new CodeFence();
        foreach (var range in text.Split('\n'))
        {
            if (!fence.Take(text[range]) && text[range].Length == 0 && text.Length > 0) return true;
        }

        return false;
    }

    private static bool IsFenceOf(string line, int column) => line.AsSpan(Math.Min(column, line.Length)).StartsWith("```") || line.AsSpan(Math.Min(column, line.Length)).StartsWith("~~~");

    private static (string Item, int Content) Item(string line, int column, long number)
    {
        var digits = line.TrimStart();
        if (number == 0 || !char.IsAsciiDigit(digits[0])) return (line, column);
        var old = digits.AsSpan().IndexOfAnyExceptInRange('0', '9');
        var written = number.ToString(CultureInfo.InvariantCulture);
        return (string.Concat(line.AsSpan(0, line.Length - digits.Length), written, digits.AsSpan(old)), column + written.Length - old);
    }

    /// <summary>What stands under an item whose number became longer goes as far to the right.</summary>
    private static string Shifted(string line, int content)
    {
        var indent = MarkdownLine.Indent(line);
        return indent < content && content - indent <= 2 && indent >= 3 ? new string(' ', content - indent) + line : line;
    }

    private static long LastNumber(string list)
    {
        long last = 0;
        var fence = new CodeFence();
        foreach (var line in list.Split('\n'))
        {
            if (fence.Take(line) || MarkdownLine.Indent(line) > 3 || MarkdownLine.ItemContent(line) == 0) continue;
            var digits = line.AsSpan().TrimStart();
            var length = digits.IndexOfAnyExceptInRange('0', '9');
            if (length is > 0 and <= 9) last = long.Parse(digits[..length], NumberStyles.None, CultureInfo.InvariantCulture);
        }

        return last;
    }
}
