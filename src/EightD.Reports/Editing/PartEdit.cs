using EightD.Reports.Reading;
using EightD.Reports.Templates;

namespace EightD.Reports.Editing;

/// <summary>Gives a part another text, and changes no line that need not change.</summary>
internal static class PartEdit
{
    /// <summary>The edit; null when nothing changes.</summary>
    /// <param name="outline">The report.</param>
    /// <param name="section">The part's section.</param>
    /// <param name="question">The part, as the template has it.</param>
    /// <param name="text">What it shall hold; empty takes the label away.</param>
    public static Edit? Set(Outline outline, SectionSpan section, Question question, string text) =>
        section.Find(question.Part.Label) is { } part
            ? question.Kind == PartKind.Table ? TableEdit.Set(outline, section, part, question, text) : Change(outline, section, part, text)
            : text.Length == 0 ? null : Insert(outline, section, question, Block(question, text), IsLine(question, text));

    /// <summary>Puts a part, label and all, at its place in the template's order.</summary>
    public static Edit Insert(Outline outline, SectionSpan section, Question question, List<string> block, bool isLine)
    {
        var index = Place(section, question);
        var above = index == 0 ? (Gap.Side.Block, End: section.Content) : (Gap.Side.Of(section.Parts[index - 1]), section.Parts[index - 1].End);
        Gap.Side? below = index < section.Parts.Count ? Gap.Side.Of(section.Parts[index]) : null;
        var own = new Gap.Side(question.Style, isLine);
        var blanks = Blanks(outline, above.End);
        var isLast = below is null && above.End + blanks == outline.Lines.Count;
        var usual = isLast ? 0 : below is { } next ? Gap.Between(above.Item1, next) : 1;
        var after = isLast ? 0 : below is { } part ? Gap.Between(own, part) : 1;
        List<string> lines = [.. Enumerable.Repeat("", Gap.Between(above.Item1, own)), .. block, .. Enumerable.Repeat("", blanks == usual ? after : Math.Max(blanks, after))];
        return LineEdit.Replace(outline, above.End, above.End + blanks, lines);
    }

    /// <summary>How many blank lines follow a line.</summary>
    public static int Blanks(Outline outline, int from)
    {
        var to = from;
        while (to < outline.Lines.Count && outline.IsBlank(to)) to++;
        return to - from;
    }

    private static bool IsLine(Question question, string text) => question.Kind == PartKind.TextOnLine && !text.Contains('\n', StringComparison.Ordinal);

    /// <summary>The index among the standing parts before which a new one belongs.</summary>
    private static int Place(SectionSpan section, Question question)
    {
        if (question.Part.Label is null) return 0;
        var order = section.Parts.FindLastIndex(part => part.Question is null ? part.Label is null : part.Question.Order < question.Order);
        return order >= 0 ? order + 1 : section.Parts.FindIndex(part => part.Question?.Order > question.Order) is >= 0 and var index ? index : section.Parts.Count;
    }

    /// <summary>A new part's lines.</summary>
    private static List<string> Block(Question question, string text)
    {
        if (question.Kind == PartKind.Table) return TableEdit.Block(question, text);
        if (question.Style is not { } style) return [.. text.Split('\n')];
        var label = style switch
        {
            LabelStyle.Heading => $"### {question.Part.Label}",
            LabelStyle.Item => $"- **{Named(question)}**",
            _ => $"**{Named(question)}**",
        };
        return Under(label, [], style, Gap.BelowLabel(question.Kind, style, text), text);
    }

    /// <summary>A label ends in a colon, or in its question mark.</summary>
    private static string Named(Question question) => question.Part.Label is [.., '?'] ? question.Part.Label : $"{question.Part.Label}:";

    private static List<string> Under(string label, IEnumerable<string> hints, LabelStyle style, (bool OnLine, int Blanks) layout, string text)
    {
        if (text.Length == 0) return [label.TrimEnd(), .. hints];
        var lines = text.Split('\n');
        if (style == LabelStyle.Item) lines = [lines[0], .. lines[1..].Select(line => line.Length == 0 ? line : "  " + line)];
        return layout.OnLine
            ? [$"{(label is [.., ' ' or '\t'] ? label : label + " ")}{lines[0]}", .. lines[1..]]
            : [label.TrimEnd(), .. hints, .. Enumerable.Repeat("", layout.Blanks), .. lines];
    }

    private static Edit? Change(Outline outline, SectionSpan section, PartSpan part, string text)
    {
        if (text.Length == 0 && part.Style is not LabelStyle.Heading) return Remove(outline, section, part);
        if (part.Style is not { } style) return LineEdit.Replace(outline, part.Start, part.End, [.. text.Split('\n')]);

        var held = PartText.Of(outline, part);
        var usual = Gap.BelowLabel(part.Kind, style, held);
        var stands = (OnLine: part.IsOnLine, Blanks: part.IsOnLine ? 0 : part.Content - part.Below);
        var layout = part.IsEmpty || stands == usual ? Gap.BelowLabel(part.Kind, style, text) : stands;
        List<string> hints = [];
        for (var i = part.Start + 1; i < part.Below; i++) hints.Add(outline[i].ToString());
        var lines = Under(outline[part.Start][..part.After].ToString(), hints, style, layout, text);
        return Between(outline, section, part, lines, new(style, part.Kind == PartKind.TextOnLine && lines.Count == 1));
    }

    /// <summary>Replaces a part's lines, and the usual blank lines around them by those usual from then on.</summary>
    private static Edit Between(Outline outline, SectionSpan section, PartSpan part, List<string> lines, Gap.Side now)
    {
        var index = section.Parts.IndexOf(part);
        var was = Gap.Side.Of(part);
        var (from, to) = (part.Start, part.End);
        if (index > 0)
        {
            var above = section.Parts[index - 1];
            if (part.Start - above.End == Gap.Between(Gap.Side.Of(above), was))
            {
                lines.InsertRange(0, Enumerable.Repeat("", Gap.Between(Gap.Side.Of(above), now)));
                from = above.End;
            }
        }

        if (index + 1 < section.Parts.Count)
        {
            var below = section.Parts[index + 1];
            if (below.Start - part.End == Gap.Between(was, Gap.Side.Of(below)))
            {
                lines.AddRange(Enumerable.Repeat("", Gap.Between(now, Gap.Side.Of(below))));
                to = below.Start;
            }
        }

        return LineEdit.Replace(outline, from, to, lines);
    }

    private static Edit Remove(Outline outline, SectionSpan section, PartSpan part)
    {
        var index = section.Parts.IndexOf(part);
        var above = index == 0 ? (Side: Gap.Side.Block, End: section.Content) : (Side: Gap.Side.Of(section.Parts[index - 1]), section.Parts[index - 1].End);
        var own = Gap.Side.Of(part);
        var after = Blanks(outline, part.End);
        var isLast = part.End + after == outline.Lines.Count;
        Gap.Side? below = index + 1 < section.Parts.Count ? Gap.Side.Of(section.Parts[index + 1]) : null;
        var isUsual = part.Start - above.End == Gap.Between(above.Side, own) && after == (below is { } next ? Gap.Between(own, next) : isLast ? 0 : 1);
        var left = isUsual && below is { } neighbour ? Gap.Between(above.Side, neighbour) : after;
        return LineEdit.Replace(outline, above.End, part.End + after, [.. Enumerable.Repeat("", left)]);
    }
}
