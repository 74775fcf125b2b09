using System.Text;

namespace EightD.Reports.Reading;

/// <summary>What a part holds.</summary>
internal static class PartText
{
    /// <summary>Its lines, joined by <c>\n</c>; of a table its rows.</summary>
    public static string Of(Outline outline, PartSpan part)
    {
        if (part.Kind == PartKind.Table && Table.In(outline, part.Content, part.End) is { } table) return Join(outline, table.Rows, table.End, 0, isItem: false);
        if (part.IsEmpty) return "";
        return part.IsOnLine
            ? Join(outline, part.Start, part.End, part.After, part.Style == LabelStyle.Item)
            : Join(outline, part.Content, part.End, 0, part.Style == LabelStyle.Item);
    }

    /// <param name="outline">The report.</param>
    /// <param name="from">The first line.</param>
    /// <param name="to">The line after the last.</param>
    /// <param name="after">How many characters of the first line are none of the part's.</param>
    /// <param name="isItem">Whether whole lines stand indented.</param>
    private static string Join(Outline outline, int from, int to, int after, bool isItem)
    {
        if (from >= to) return "";
        var whole = outline.Text.AsSpan((outline.Lines[from].Start + after)..outline.Lines[to - 1].End);
        if (!isItem && !whole.Contains('\r')) return whole.ToString();
        StringBuilder text = new(whole.Length);
        for (var i = from; i < to; i++)
        {
            if (i > from) text.Append('\n');
            var line = i == from ? outline[i][after..] : outline[i];
            text.Append(isItem && (i > from || after == 0) && line.StartsWith("  ") ? line[2..] : line);
        }

        return text.ToString();
    }
}
