using System.Text.RegularExpressions;
using EightD.Reports.Reading;

namespace EightD.Reports.Checking;

/// <summary>Reads what a report says, line by line.</summary>
internal static partial class StatementReading
{
    /// <summary>All statements in order, and the labels that say nothing.</summary>
    public static (List<Statement> Said, List<(string Section, int Line, string Label)> Empty) Of(Outline outline)
    {
        List<Statement> said = [];
        List<(string, int, string)> empty = [];
        foreach (var section in outline.Sections.Where(section => section.Key is ['D', >= '0' and <= '8'])) Read(outline, section, said, empty);
        return (said, empty);
    }

    private static void Read(Outline outline, SectionSpan section, List<Statement> said, List<(string, int, string)> empty)
    {
        var (label, role, labelLine, isOpen, isTable) = ("", Role.Other, -1, false, false);
        var first = said.Count;
        for (var i = section.Body; i < section.End; i++)
        {
            var line = outline[i];
            var kind = outline.Kinds[i];
            if (kind is LineKind.Code or LineKind.Comment or LineKind.Rule || MarkdownLine.IsBlank(line))
            {
                (isOpen, isTable) = (false, isTable && kind == LineKind.Comment);
                continue;
            }

            if (Label.In(line) is { Style: not LabelStyle.Item } named)
            {
                if (labelLine >= 0 && said.Count == first) empty.Add((section.Key, labelLine + 1, label));
                (label, labelLine, first) = (named.NameIn(line).ToString(), i, said.Count);
                role = Roles.Of(section.Key, label);
                isOpen = Take(Plain(line[named.After..]), depth: 0);
                continue;
            }

            if (kind == LineKind.Heading || kind == LineKind.Underlined) continue;
            if (line.TrimStart(" \t") is ['|', ..])
            {
                if (section.Key is not ("D1" or "D6") && isTable && !IsRule(line)) Take(string.Join(" | ", Table.Cells(line).Select(cell => cell.Text).Where(cell => cell.Length > 0)), depth: 0);
                (isTable, isOpen) = (true, false);
                continue;
            }

            if (MarkdownLine.ItemContent(line) is > 0 and var content)
            {
                var text = Plain(line[content..]);
                if (EmptyItem().IsMatch(text) && !HoldsMore(outline, i, section.End)) empty.Add((section.Key, i + 1, text.Trim('*', ' ', ':')));
                else isOpen = Take(text, MarkdownLine.Indent(line) > 1 ? 1 : 0);
                continue;
            }

            if (isOpen) said[^1] = said[^1] with { Said = $"{said[^1].Said} {Plain(line)}" };
            else isOpen = Take(Plain(line), MarkdownLine.Indent(line) > 1 && said.Count > first ? 1 : 0);

            bool Take(string text, int depth)
            {
                if (text.Length == 0) return false;
                said.Add(new(section.Key, i + 1, label, role, text, depth));
                return true;
            }
        }

        if (labelLine >= 0 && said.Count == first) empty.Add((section.Key, labelLine + 1, label));
    }

    /// <summary>Whether something stands inside of an item.</summary>
    private static bool HoldsMore(Outline outline, int item, int end)
    {
        var next = item + 1;
        while (next < end && outline.IsBlank(next)) next++;
        return next < end && MarkdownLine.Indent(outline[next]) > MarkdownLine.Indent(outline[item]) + 1;
    }

    /// <summary>A line without its comments.</summary>
    private static string Plain(ReadOnlySpan<char> line)
    {
        var said = line.Trim().ToString();
        for (var from = said.IndexOf("<!--", StringComparison.Ordinal); from >= 0; from = said.IndexOf("<!--", from, StringComparison.Ordinal))
        {
            var to = said.IndexOf("-->", from, StringComparison.Ordinal);
            if (to < 0) return said;
            said = said.Remove(from, to + 3 - from);
        }

        return said.Trim();
    }

    private static bool IsRule(ReadOnlySpan<char> line) => line.IndexOfAnyExcept("|-: \t") < 0;

    [GeneratedRegex(@"^\*\*[^*]{1,80}(:\*\*|\*\*:)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex EmptyItem();
}
