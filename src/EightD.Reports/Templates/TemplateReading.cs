using EightD.Reports.Reading;

namespace EightD.Reports.Templates;

/// <summary>
/// Reads what a template asks. A label is asked for by what stands below it: <c>- </c> a list, <c>1.</c> a numbered one, a table a table; nothing: text, on the
/// label's line where labels stand line by line. Three comments are for the reader alone: <c>&lt;!-- text --&gt;</c> below a heading asks for a
/// paragraph, <c>&lt;!-- optional --&gt;</c> beside a label has it not asked, <c>&lt;!-- ask: HINT e.g. EXAMPLE --&gt;</c> says how it is asked.
/// </summary>
internal static class TemplateReading
{
    private const string Example = " e.g. ";

    public static IReadOnlyList<TemplateSection> Sections(string text)
    {
        Outline outline = new(text, template: null);
        return [.. outline.Sections.Where(section => section.Key is not ("links" or "timeline" or "")).Select(section => Section(outline, section))];
    }

    private static TemplateSection Section(Outline outline, SectionSpan section)
    {
        var comments = Comments(outline, section.Body, section.Content);
        var hint = comments.Find(comment => !IsMark(comment));
        List<Question> parts = [];
        var lead = section.Find(null);
        if (lead is not null || section.Parts.Count == 0 || comments.Contains("text"))
        {
            var table = lead is null ? null : Table.In(outline, lead.Content, lead.End);
            var kind = table is not null ? PartKind.Table : lead is null ? PartKind.Paragraph : KindOf(outline, lead.Content, lead.End) ?? PartKind.Paragraph;
            var standing = lead is null || table is not null || IsMarkers(outline, lead) ? "" : PartText.Of(outline, lead);
            parts.Add(Asked(new(new(section.Key), section.Name, kind, table?.Columns ?? [], hint, null, false) { Standing = standing }, comments));
        }

        for (var i = 0; i < section.Parts.Count; i++)
        {
            if (section.Parts[i] is { Label: not null } part) parts.Add(Part(outline, section, hint, i, part, parts.Count));
        }

        return new(section.Key, section.Name, hint, parts);
    }

    private static Question Part(Outline outline, SectionSpan section, string? hint, int index, PartSpan part, int order)
    {
        var comments = Comments(outline, part.Start + 1, part.End);
        var line = outline[part.Start].ToString();
        comments.AddRange(CommentsOn(line));
        var table = Table.In(outline, part.Content, part.End);
        var kind = table is not null ? PartKind.Table : KindOf(outline, part.Start + 1, part.End) ?? part.Style switch
        {
            LabelStyle.Heading => PartKind.Paragraph,
            LabelStyle.Item => PartKind.TextOnLine,
            _ => WithoutComments(line[Math.Min(part.After, line.Length)..]).Length > 0 || IsLineByLine(section, index) ? PartKind.TextOnLine : PartKind.TextBelow,
        };
        var isOnlyHeading = part.Style == LabelStyle.Heading && part.Content >= part.End && index + 1 < section.Parts.Count
            && section.Parts[index + 1].Style != LabelStyle.Heading;
        var own = part.Style == LabelStyle.Heading ? comments.Find(comment => !IsMark(comment)) : null;
        return Asked(new(new(section.Key, part.Label), section.Name, kind, table?.Columns ?? [], own ?? hint, null, isOnlyHeading)
        {
            Style = part.Style,
            Order = order,
            Standing = part.Style == LabelStyle.Heading && table is null ? PartText.Of(outline, part) : "",
        }, comments);
    }

    private static Question Asked(Question question, List<string> comments)
    {
        if (comments.Contains("optional")) question = question with { Optional = true };
        if (comments.Find(comment => comment.StartsWith("ask:", StringComparison.Ordinal)) is not { } ask) return question;
        var text = ask["ask:".Length..];
        var at = text.IndexOf(Example, StringComparison.Ordinal);
        return at < 0
            ? question with { Hint = text.Trim() }
            : question with { Hint = text[..at].Trim() is { Length: > 0 } hint ? hint : question.Hint, Example = text[(at + Example.Length)..].Trim() };
    }

    /// <summary>Whether a comment is for the reader alone.</summary>
    internal static bool IsMark(string comment) => comment is "text" or "optional" || comment.StartsWith("ask:", StringComparison.Ordinal) || comment.StartsWith("8d-check-disable ", StringComparison.Ordinal);

    /// <summary>The comments on a line, without their brackets.</summary>
    internal static List<string> CommentsOn(string line)
    {
        List<string> comments = [];
        for (var at = line.IndexOf("<!--", StringComparison.Ordinal); at >= 0; at = line.IndexOf("<!--", at, StringComparison.Ordinal))
        {
            var end = line.IndexOf("-->", at + 4, StringComparison.Ordinal);
            if (end < 0) break;
            comments.Add(line[(at + 4)..end].Trim());
            at = end;
        }

        return comments;
    }

    private static List<string> Comments(Outline outline, int from, int to)
    {
        List<string> comments = [];
        for (var i = from; i < to; i++)
        {
            if (outline.Kinds[i] == LineKind.Comment) comments.AddRange(CommentsOn(outline[i].ToString()));
        }

        return comments;
    }

    private static PartKind? KindOf(Outline outline, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            if (outline.IsBlank(i) || outline.Kinds[i] == LineKind.Comment) continue;
            if (MarkdownLine.ItemContent(outline[i]) == 0) return null;
            return char.IsAsciiDigit(outline[i].TrimStart(" ")[0]) ? PartKind.Numbered : PartKind.Bullets;
        }

        return null;
    }

    private static bool IsMarkers(Outline outline, PartSpan lead)
    {
        for (var i = lead.Content; i < lead.End; i++)
        {
            if (outline[i].Trim(" \t").Length > 2) return false;
        }

        return true;
    }

    /// <summary>Whether the label's neighbour stands on the line above or below.</summary>
    private static bool IsLineByLine(SectionSpan section, int index) =>
        (index > 0 && section.Parts[index - 1] is { Style: LabelStyle.Bold } above && above.End == section.Parts[index].Start)
        || (index + 1 < section.Parts.Count && section.Parts[index + 1] is { Style: LabelStyle.Bold } below && below.Start == section.Parts[index].Start + 1);

    private static string WithoutComments(string text)
    {
        for (var at = text.IndexOf("<!--", StringComparison.Ordinal); at >= 0; at = text.IndexOf("<!--", StringComparison.Ordinal))
        {
            var end = text.IndexOf("-->", at, StringComparison.Ordinal);
            text = end < 0 ? text[..at] : text.Remove(at, end + 3 - at);
        }

        return text.Trim();
    }
}
