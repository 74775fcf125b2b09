using EightD.Reports.Templates;

namespace EightD.Reports.Reading;

/// <summary>Finds the parts of a section: its lead, and each label that the template knows there.</summary>
internal static class PartReading
{
    /// <summary>Fills a section's parts.</summary>
    /// <param name="outline">The text.</param>
    /// <param name="section">Which section.</param>
    /// <param name="template">The template's section; null where it has none.</param>
    /// <param name="isTemplate">Whether every label opens a part: a template's own text.</param>
    /// <param name="faults">Doubled labels are named there.</param>
    public static void Read(Outline outline, SectionSpan section, TemplateSection? template, bool isTemplate, List<ReadingFault> faults)
    {
        section.Content = AfterHints(outline, section.Body, section.End);
        var open = section.Content;
        PartSpan? part = null;
        for (var i = section.Content; i < section.End; i++)
        {
            if (outline.Kinds[i] is not (LineKind.Text or LineKind.Heading or LineKind.Underlined) || Label.In(outline[i]) is not { } label) continue;
            var name = label.NameIn(outline[i]);
            var question = template is null ? null : Question(template, label, name);
            if (question is null && !(isTemplate && IsAsked(label, outline[i]))) continue;
            if (IsDoubled(section, name) || name.Equals(part?.Label, StringComparison.OrdinalIgnoreCase))
            {
                faults.Add(new(ReadingFaultKind.DoubledLabel, i + 1, outline.Quote(i)));
                continue;
            }

            Close(outline, section, part, template, open, i);
            part = new(question?.Part.Label ?? name.ToString(), question?.Kind ?? PartKind.Paragraph, label.Style, i, label.After) { Question = question };
            open = i + 1;
        }

        Close(outline, section, part, template, open, section.End);
    }

    private static bool IsDoubled(SectionSpan section, ReadOnlySpan<char> name)
    {
        foreach (var part in section.Parts)
        {
            if (name.Equals(part.Label, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }

    /// <summary>What the template asks under the label that a line begins with; null where the line opens no part.</summary>
    public static Question? Question(TemplateSection template, ReadOnlySpan<char> line) =>
        Label.In(line) is { } label ? Question(template, label, label.NameIn(line)) : null;

    /// <summary>An item with a bold beginning is a label only where the template has it as an item: else it is one of a list's.</summary>
    private static Question? Question(TemplateSection template, Label label, ReadOnlySpan<char> name)
    {
        foreach (var question in template.Parts)
        {
            if (name.Equals(question.Part.Label, StringComparison.OrdinalIgnoreCase) && (label.Style != LabelStyle.Item || question.Style == LabelStyle.Item)) return question;
        }

        return null;
    }

    /// <summary>Whether a template asks for a label: not where it is an item that says something already.</summary>
    private static bool IsAsked(Label label, ReadOnlySpan<char> line) =>
        label.Style != LabelStyle.Item || line[label.After..].Trim(" \t") is [] or ['<', '!', '-', '-', ..];

    private static void Close(Outline outline, SectionSpan section, PartSpan? part, TemplateSection? template, int open, int next)
    {
        var end = next;
        while (end > open && outline.IsBlank(end - 1)) end--;
        if (part is null)
        {
            var content = open;
            while (content < end && outline.IsBlank(content)) content++;
            if (content >= end) return;
            var lead = template?.Parts.FirstOrDefault(question => question.Part.Label is null);
            section.Parts.Add(new(null, lead?.Kind ?? PartKind.Paragraph, null, content, 0) { Question = lead, Below = content, Content = content, End = end });
            return;
        }

        part.IsOnLine = part.After < outline[part.Start].Length && !MarkdownLine.IsBlank(outline[part.Start][part.After..]);
        part.Below = part.Style == LabelStyle.Heading ? AfterHints(outline, open, end) : open;
        part.Content = part.Below;
        while (part.Content < end && outline.IsBlank(part.Content)) part.Content++;
        part.End = Math.Max(end, part.Below);
        section.Parts.Add(part);
    }

    /// <summary>The line after the hints that stand directly below a heading.</summary>
    private static int AfterHints(Outline outline, int from, int end)
    {
        var after = from;
        for (var i = from; i < end && (outline.Kinds[i] == LineKind.Comment || outline.IsBlank(i)); i++)
        {
            if (outline.Kinds[i] == LineKind.Comment) after = i + 1;
        }

        return after;
    }
}
