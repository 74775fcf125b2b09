using EightD.Reports.Reading;
using EightD.Reports.Templates;

namespace EightD.Reports.Answers;

/// <summary>Takes an answer to a whole section apart by the lines that open a label's part (8D format, rule 3).</summary>
internal static class LabelledLines
{
    private const int ShortestWord = 3;

    /// <summary>The parts in the order in which they were typed, each once.</summary>
    /// <param name="text">Clean text.</param>
    /// <param name="section">The section.</param>
    /// <param name="lead">Where what stands before the first label goes.</param>
    public static List<TypedPart> Split(string text, TemplateSection section, PartName lead)
    {
        List<(PartName Part, List<string> Lines)> parts = [(lead, [])];
        CodeFence fence = new();
        var isInItem = false;
        foreach (var line in text.Split('\n'))
        {
            var isCode = fence.Take(line);
            var isItem = !isCode && MarkdownLine.ItemContent(line) > 0;
            if (!isCode && !isItem && line is [not (' ' or '\t'), ..]) isInItem = false;
            if (!isCode && !isInItem && Opened(line, section, isItem) is var (opened, first))
            {
                parts.Add((opened.Part, first.Length > 0 ? [first] : []));
                continue;
            }

            isInItem |= isItem;
            parts[^1].Lines.Add(line);
        }

        return [.. parts.GroupBy(part => part.Part).Select(group => new TypedPart(group.Key, Joined(section, group.Key, [.. group.Select(part => Text(part.Lines)).Where(part => part.Length > 0)])))];
    }

    private static string Text(List<string> lines) => Editing.Typed.Clean(string.Join('\n', lines));

    private static string Joined(TemplateSection section, PartName part, string[] texts) => string.Join(
        section.Parts.FirstOrDefault(question => question.Part == part)?.Kind is PartKind.Bullets or PartKind.Numbered or PartKind.Table ? "\n" : "\n\n", texts);

    /// <summary>The part that a line opens, and the part's first line; null where it opens none.</summary>
    private static (Question Question, string First)? Opened(string line, TemplateSection section, bool isItem)
    {
        if (PartReading.Question(section, line) is { } standing) return (standing, line[Label.In(line)!.Value.After..].TrimStart(':').Trim());
        if (isItem) return null;
        var text = line.Trim();
        foreach (var question in section.Parts)
        {
            if (question.Part.Label is not { } label || !text.StartsWith(label, StringComparison.OrdinalIgnoreCase)) continue;
            var rest = text[label.Length..].TrimStart();
            if (rest is [':', ..]) return (question, rest[1..].Trim());
            if (label.EndsWith('?') && (rest.Length == 0 || char.IsWhiteSpace(text[label.Length]))) return (question, rest);
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < ShortestWord || !text.AsSpan(0, colon).TrimEnd().ToString().All(char.IsLetter)) return null;
        var word = text[..colon].TrimEnd();
        if (word.Length < ShortestWord) return null;
        var fitting = section.Parts.Where(question => question.Part.Label is { } label && Template.HasWord(label, word)).ToList();
        return fitting is [var only] ? (only, text[(colon + 1)..].Trim()) : null;
    }
}
