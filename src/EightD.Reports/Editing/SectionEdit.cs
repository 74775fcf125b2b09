using EightD.Reports.Reading;
using EightD.Reports.Templates;

namespace EightD.Reports.Editing;

/// <summary>Makes a section that is missing.</summary>
internal static class SectionEdit
{
    /// <summary>The edits that put the template's section, heading and hint: at its place in the template's order, below the title, at the top.</summary>
    public static IEnumerable<Edit> Places(Outline outline, Template template, string key)
    {
        var order = template.Sections.ToList().FindIndex(section => section.Key == key);
        var (name, hint) = order >= 0 ? (template.Sections[order].Name, template.Sections[order].Hint) : (key == "D6" ? "Implementation plan" : "Team members", null);
        List<string> lines = [key is ['D', >= '0' and <= '8'] ? $"## {key}: {name}" : $"## {name}"];
        if (hint is not null) lines.Add($"<!-- {hint} -->");

        var above = template.Sections.Take(Math.Max(order, 0)).Select(section => outline.Find(section.Key)).LastOrDefault(section => section is not null);
        var below = template.Sections.Skip(order + 1).Select(section => outline.Find(section.Key)).FirstOrDefault(section => section is not null);
        yield return above is not null ? Below(outline, above.End, lines)
            : order >= 0 && below is not null ? LineEdit.Replace(outline, below.Heading, below.Heading, [.. lines, ""])
            : Below(outline, EndOfDisciplines(outline), lines);
        yield return Below(outline, outline.BelowTitle, lines);
        yield return LineEdit.Replace(outline, 0, 0, [.. lines, ""]);
    }

    /// <summary>The edit that puts lines below a line, a blank line before and after them.</summary>
    public static Edit Below(Outline outline, int line, List<string> lines)
    {
        List<string> block = line > 0 && !outline.IsBlank(line - 1) ? ["", .. lines] : lines;
        if (line < outline.Lines.Count && !outline.IsBlank(line)) block = [.. block, ""];
        return LineEdit.Replace(outline, line, line, block);
    }

    /// <summary>The line after the last discipline's last one; where there is none, after the last section's, or the header's.</summary>
    public static int EndOfDisciplines(Outline outline)
    {
        var last = outline.Sections.LastOrDefault(section => section.Key is ['D', >= '0' and <= '8']) ?? (outline.Sections is [.., var other] ? other : null);
        return last?.End ?? Math.Max(outline.BelowTitle, Math.Max(outline.Date, outline.Status) + 1);
    }
}
