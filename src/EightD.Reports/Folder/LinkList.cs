using EightD.Reports.Editing;
using EightD.Reports.Reading;

namespace EightD.Reports.Folder;

/// <summary>The section <c>## Links</c>.</summary>
internal static class LinkList
{
    private const string Key = "links";

    /// <summary>The links that stand there.</summary>
    public static IEnumerable<Link> In(Outline outline) => Lines(outline).Select(line => line.Link);

    /// <summary>The edit that adds a link after the last one; null when it stands already.</summary>
    public static Edit? Add(Outline outline, Link link, Dialect dialect)
    {
        var lines = Lines(outline).ToList();
        if (lines.Exists(line => line.Link.Number == link.Number && line.Link.Type.Equals(link.Type.Trim(), StringComparison.OrdinalIgnoreCase))) return null;
        var written = LinkLine.Write(link, dialect);
        if (lines is [.., var last]) return LineEdit.Replace(outline, last.Line + 1, last.Line + 1, [written]);
        if (outline.Find(Key) is { } section) return LineEdit.Replace(outline, section.End, section.End, ["", written]);
        return SectionEdit.Below(outline, Math.Max(outline.BelowTitle, Math.Max(outline.Date, outline.Status) + 1), ["## Links", "", written]);
    }

    private static IEnumerable<(int Line, Link Link)> Lines(Outline outline)
    {
        if (outline.Find(Key) is not { } section) yield break;
        for (var i = section.Body; i < section.End; i++)
        {
            if (outline.Kinds[i] == LineKind.Text && LinkLine.Read(outline[i]) is { } link) yield return (i, link);
        }
    }
}
