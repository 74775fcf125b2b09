using System.Globalization;
using System.Text.RegularExpressions;
using EightD.Reports.Editing;
using EightD.Reports.Folder;
using EightD.Reports.Reading;

namespace EightD.Reports.Templates;

/// <summary>Makes a new report's text of a template's: headings, hints and tables stay, labels come with their answers.</summary>
internal static partial class Beginning
{
    public static string Of(string template, string title, int number, DateOnly date, IReadOnlyList<Link> links)
    {
        Outline outline = new(template, template: null);
        var isPlain = outline.Date >= 0 && outline[outline.Date].StartsWith("- ");
        var dialect = isPlain ? Dialect.Plain : Dialect.Padded;
        var listed = string.Join('\n', links.Select(link => LinkLine.Write(link, dialect)));
        if (listed.Length > 0 && outline.Find("links") is null) listed = $"## Links\n\n{listed}";
        return Placeholder().Replace(Collapsed(Kept(outline, hasLinks: links.Count > 0)), match => match.Value switch
        {
            "{{title}}" => TitleLine.Escape(title),
            "{{sequence}}" => number.ToString(isPlain ? "0" : "0000", CultureInfo.InvariantCulture),
            "{{date}}" => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            _ => listed,
        });
    }

    private static IEnumerable<string> Kept(Outline outline, bool hasLinks)
    {
        var dropped = new bool[outline.Lines.Count];
        foreach (var part in outline.Sections.SelectMany(section => section.Parts))
        {
            if (part.Style is LabelStyle.Bold or LabelStyle.Item) dropped.AsSpan(part.Start, part.End - part.Start).Fill(true);
            else if (Table.In(outline, part.Content, part.End) is { } table) dropped.AsSpan(table.Rows, table.End - table.Rows).Fill(true);
            else if (part.Style == LabelStyle.Heading) dropped.AsSpan(part.Content, Math.Max(0, part.End - part.Content)).Fill(true);
            else DropMarkers(outline, part, dropped);
        }

        for (var i = 0; i < outline.Lines.Count; i++)
        {
            var line = outline[i].ToString();
            var isMark = outline.Kinds[i] == LineKind.Comment && TemplateReading.CommentsOn(line) is { Count: > 0 } comments && comments.TrueForAll(TemplateReading.IsMark);
            if (!dropped[i] && !isMark && (hasLinks || line.Trim() != "{{links}}")) yield return line;
        }
    }

    /// <summary>A lead that is only <c>- </c> says what kind of list is asked.</summary>
    private static void DropMarkers(Outline outline, PartSpan lead, bool[] dropped)
    {
        for (var i = lead.Content; i < lead.End; i++) dropped[i] = outline[i].Trim(" \t").Length <= 2;
    }

    /// <summary>Where lines went, one blank line stands for several.</summary>
    private static string Collapsed(IEnumerable<string> lines)
    {
        List<string> kept = [];
        foreach (var line in lines)
        {
            if (line.Trim().Length > 0 || kept is [.., { Length: > 0 }]) kept.Add(line.TrimEnd());
        }

        return string.Join('\n', kept).TrimEnd('\n') + "\n";
    }

    [GeneratedRegex(@"\{\{(title|sequence|date|links)\}\}", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Placeholder();
}
