using EightD.Reports.Reading;

namespace EightD.Reports.Editing;

/// <summary>How many blank lines stand between two parts (8D format, rules 4, 5 and 9).</summary>
internal static class Gap
{
    /// <summary>What stands beside a gap.</summary>
    internal readonly record struct Side(LabelStyle? Style, bool IsLine)
    {
        /// <summary>A heading with its hints, or a lead.</summary>
        public static Side Block => new(null, false);

        /// <summary>A part as it stands.</summary>
        public static Side Of(PartSpan part) => new(part.Style, part.Kind == PartKind.TextOnLine && part.End - part.Start == 1);
    }

    /// <summary>The blank lines between two neighbours: labels whose text stands on their own line are lines of one paragraph, items of one list.</summary>
    public static int Between(Side above, Side below) =>
        (above.Style is LabelStyle.Item && below.Style is LabelStyle.Item) || (above is { Style: LabelStyle.Bold, IsLine: true } && below is { Style: LabelStyle.Bold, IsLine: true })
            ? 0
            : 1;

    /// <summary>Whether a label's text stands on its line, and how many blank lines stand between them where it does not.</summary>
    public static (bool OnLine, int Blanks) BelowLabel(PartKind kind, LabelStyle style, string text) => style switch
    {
        LabelStyle.Heading => (false, 1),
        LabelStyle.Item => (true, 0),
        _ when kind == PartKind.TextOnLine => text.Contains('\n', StringComparison.Ordinal) ? (false, 1) : (true, 0),
        _ => (false, IsApart(kind, text) ? 1 : 0),
    };

    /// <summary>Whether a text cannot stand right below its label: a loose list, several blocks, or a list that Markdown would not see there.</summary>
    private static bool IsApart(PartKind kind, string text) =>
        ListShape.IsLoose(text)
        || (MarkdownLine.ItemContent(text.AsSpan(0, text.AsSpan().IndexOf('\n') is >= 0 and var end ? end : text.Length)) > 0 && !CodeFence.Interrupts(text))
        || (kind == PartKind.TextBelow && HasSeveralBlocks(text));

    private static bool HasSeveralBlocks(string text)
    {
        if (!text.Contains('\n', StringComparison.Ordinal)) return false;
        CodeFence fence = new();
        (bool IsCode, bool IsItem)? first = null;
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var block = (fence.Take(text.AsSpan(range)), fence.Item > 0);
            if (block != (first ??= block)) return true;
        }

        return false;
    }
}
