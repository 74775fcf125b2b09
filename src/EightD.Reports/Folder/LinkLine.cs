using EightD.Reports.Reading;

namespace EightD.Reports.Folder;

/// <summary>A line under <c>## Links</c>: <c>- Supersedes: [0001: Title](./0001-title.md)</c>.</summary>
internal static class LinkLine
{
    /// <summary>The line, in a report's dialect.</summary>
    public static string Write(Link link, Dialect dialect) =>
        $"- {Editing.Escaping.Tags(Editing.Typed.OnOneLine(link.Type))}: {EntryLink.Write(new(link.Number, link.Title, link.FileName), dialect)}";

    /// <summary>The link of a line; null where it is none.</summary>
    public static Link? Read(ReadOnlySpan<char> line)
    {
        var content = MarkdownLine.ItemContent(line);
        if (content == 0 || line.IndexOf(": [") is not (> 0 and var colon) || colon < content) return null;
        return EntryLink.InItem($"- {line[(colon + 2)..]}") is { Entry: var entry }
            ? new(line[content..colon].Trim().ToString(), entry.Number, entry.Title, entry.FileName)
            : null;
    }
}
