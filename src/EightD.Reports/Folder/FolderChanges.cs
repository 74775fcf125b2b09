using System.Globalization;
using EightD.Reports.Reading;
using EightD.Reports.Templates;

namespace EightD.Reports.Folder;

/// <summary>What one commit of a report changes in its folder, worked out from what stands there. Pure: a publisher writes it.</summary>
public static class FolderChanges
{
    /// <summary>The contents page.</summary>
    public const string ContentsFile = "README.md";

    /// <summary>Holds the last number given, as text.</summary>
    public const string SequenceFile = ".8d-sequence.lock";

    /// <summary>The names of the other reports' files that <see cref="Of"/> needs: those that this report links to.</summary>
    /// <param name="report">The report as it shall be published.</param>
    /// <param name="names">The file names in the folder.</param>
    public static IReadOnlyList<string> Needs(Report report, IReadOnlyCollection<string> names) =>
        [.. report.Links.Select(link => FileOf(link, report, names)).OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>
    /// Each file that this report's publication writes (text) or removes (null), by its name in the folder: the report itself, its contents entry,
    /// the sequence file (the larger of its number and this report's), and the answering link line in each report that it links to. A file
    /// that would not change is left out.
    /// </summary>
    /// <param name="report">The report as it shall be published, with its number.</param>
    /// <param name="publishedAs">The file that an earlier publish wrote; it goes when the title has changed since. Null at the first.</param>
    /// <param name="files">The folder as it stands.</param>
    /// <exception cref="ArgumentException">The report has no number.</exception>
    public static IReadOnlyDictionary<string, string?> Of(Report report, string? publishedAs, FolderFiles files)
    {
        var entry = EntryOf(report, publishedAs, files);
        Dictionary<string, string?> changes = new(StringComparer.Ordinal);
        if (files.Texts.GetValueOrDefault(entry.FileName) != report.Text) changes[entry.FileName] = report.Text;
        if (publishedAs is not null && publishedAs != entry.FileName && files.Names.Contains(publishedAs, StringComparer.Ordinal)) changes[publishedAs] = null;

        var contents = Contents.With(files.Contents, entry, report.Dialect);
        if (contents != files.Contents) changes[ContentsFile] = contents;
        if (NumberIn(files.Sequence) < entry.Number) changes[SequenceFile] = entry.Number.ToString(CultureInfo.InvariantCulture) + (files.Sequence is [.., '\n'] ? "\n" : "");

        foreach (var (name, text) in Answering(report, entry, publishedAs, files)) changes[name] = text;
        return changes;
    }

    /// <summary>
    /// The entry that this report has in its folder: its file keeps the name under which it was published as long as its number and title are the same,
    /// also one that another tool or a person gave it.
    /// </summary>
    /// <param name="report">The report as it shall be published, with its number.</param>
    /// <param name="publishedAs">The file that an earlier publish wrote; null at the first.</param>
    /// <param name="files">The folder as it stands.</param>
    /// <exception cref="ArgumentException">The report has no number.</exception>
    public static ReportEntry EntryOf(Report report, string? publishedAs, FolderFiles files)
    {
        if (report.Number is not { } number) throw new ArgumentException("A report without a number cannot be published.", nameof(report));
        var isTheSame = publishedAs is not null
            && files.Texts.TryGetValue(publishedAs, out var published)
            && Report.Read(published, report.Template) is var stands
            && stands.Number == number && stands.Title == report.Title;
        return new(number, report.Title, isTheSame ? publishedAs! : FileName.Of(number, report.Title));
    }

    /// <summary>The highest number given in this folder: by its file names and its sequence file; 0 when there is none.</summary>
    /// <param name="names">The file names in the folder.</param>
    /// <param name="sequence">Text of the sequence file; null when there is none.</param>
    public static int HighestNumber(IReadOnlyCollection<string> names, string? sequence) =>
        Math.Max(NumberIn(sequence), names.Max(FileName.NumberIn) ?? 0);

    /// <summary>The other reports with the lines that answer this one's links, those that change alone.</summary>
    private static IEnumerable<(string Name, string Text)> Answering(Report report, ReportEntry entry, string? publishedAs, FolderFiles files)
    {
        foreach (var links in report.Links.ToLookup(link => FileOf(link, report, files.Names), StringComparer.Ordinal))
        {
            if (links.Key is not { } name || !files.Texts.TryGetValue(name, out var text)) continue;
            var other = Report.Read(Renamed(text, publishedAs, entry), Template.BuiltIn[0]);
            foreach (var link in links) other = other.WithLink(new(link.ReverseType, entry.Number, entry.Title, entry.FileName));
            if (other.Text != text) yield return (name, other.Text);
        }
    }

    /// <summary>A report whose links to a file that has another name and title now follow it.</summary>
    private static string Renamed(string text, string? publishedAs, ReportEntry entry)
    {
        if (publishedAs is null || publishedAs == entry.FileName) return text;
        var other = Report.Read(text, Template.BuiltIn[0]);
        var outline = other.Outline;
        if (outline.Find("links") is not { } section) return text;
        for (var i = section.End - 1; i >= section.Body; i--)
        {
            var line = outline[i];
            if (outline.Kinds[i] != LineKind.Text || LinkLine.Read(line) is not { } link || link.FileName != publishedAs) continue;
            var written = LinkLine.Write(new(link.Type, entry.Number, entry.Title, entry.FileName), other.Dialect);
            text = new Edit(outline.Lines[i].Start, line.Length, written).ApplyTo(text);
        }

        return text;
    }

    /// <summary>The file that a link means, by its name, else by its number; null where there is none, or it is the report itself.</summary>
    private static string? FileOf(Link link, Report report, IReadOnlyCollection<string> names)
    {
        if (link.Number == report.Number) return null;
        return names.Contains(link.FileName, StringComparer.Ordinal) && FileName.NumberIn(link.FileName) == link.Number
            ? link.FileName
            : names.Where(name => FileName.NumberIn(name) == link.Number).Order(StringComparer.Ordinal).FirstOrDefault();
    }

    private static int NumberIn(string? sequence) =>
        int.TryParse(sequence?.Trim('\uFEFF', ' ', '\t', '\r', '\n'), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}

/// <summary>What stands in a folder of reports.</summary>
/// <param name="Names">The file names in it.</param>
/// <param name="Contents">Text of <c>README.md</c>; null when there is none.</param>
/// <param name="Sequence">Text of <c>.8d-sequence.lock</c>; null when there is none.</param>
/// <param name="Texts">Texts of the files that <see cref="FolderChanges.Needs"/> named, and of the report's own file, by name.</param>
public sealed record FolderFiles(
    IReadOnlyCollection<string> Names, string? Contents, string? Sequence, IReadOnlyDictionary<string, string> Texts);
