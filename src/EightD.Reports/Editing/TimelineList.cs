using System.Text;
using EightD.Reports.Reading;

namespace EightD.Reports.Editing;

/// <summary>The section <c>## Timeline</c>: an item an entry.</summary>
internal static class TimelineList
{
    private const string Key = "timeline";

    /// <summary>The entries, further lines without their indent.</summary>
    public static List<string> In(Outline outline)
    {
        List<StringBuilder> entries = [];
        if (outline.Find(Key) is not { } section) return [];
        var content = 0;
        for (var i = section.Content; i < section.End; i++)
        {
            var line = outline[i];
            if (outline.Kinds[i] != LineKind.Code && MarkdownLine.Indent(line) < 2 && MarkdownLine.ItemContent(line) is > 0 and var column)
            {
                content = column;
                entries.Add(new StringBuilder().Append(line[column..].TrimEnd(" \t")));
            }
            else if (entries.Count > 0) entries[^1].Append('\n').Append(line[Math.Min(content, line.Length - line.TrimStart(" \t").Length)..]);
        }

        return [.. entries.Select(entry => entry.ToString().TrimEnd('\n'))];
    }

    /// <summary>The edit that adds an entry; null when it is blank.</summary>
    public static Edit? Add(Outline outline, string entry)
    {
        var text = Escaping.Structure(Typed.Clean(entry).TrimStart(), section: null);
        if (text.Length == 0) return null;
        List<string> item = [.. text.Split('\n').Select((line, index) => index == 0 ? "- " + line : line.Length == 0 ? line : "  " + line)];
        if (outline.Find(Key) is { } section) return LineEdit.Replace(outline, section.End, section.End, section.End > section.Content ? item : ["", .. item]);
        return SectionEdit.Below(outline, SectionEdit.EndOfDisciplines(outline), ["## Timeline", "", .. item]);
    }
}
