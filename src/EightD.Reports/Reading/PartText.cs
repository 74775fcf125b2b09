using System.Text;

namespace EightD.Reports.Reading;

/// <summary>What a part holds.</summary>
internal static class PartText
{
    /// <summary>Its lines, joined by <c>\n</c>; of a table its rows.</summary>
    public static string Of(Outline outline, PartSpan part)
    {
        if (part.Kind == PartKind.Table && Table.In(outline, part.Content, part.End) is { } table) return Join(outline, table.Rows, table.End, "", isItem: false);
        if (part.IsEmpty) return "";
        return Join(outline, part.IsOnLine ? part.Start + 1 : part.Content, part.End,
            part.IsOnLine ? outline[part.Start][part.After..].ToString() : null, part.Style == LabelStyle.Item);
    }

    private static string Join(Outline outline, int from, int to, string? first, bool isItem)
    {
        if (from >= to) return first ?? "";
        StringBuilder text = new(first ?? "");
        for (var i = from; i < to; i++)
        {
            if (text.Length > 0 || i > from) text.Append('\n');
            var line = outline[i];
            text.Append(isItem && line.StartsWith("  ") ? line[2..] : line);
        }

        return text.ToString();
    }
}
