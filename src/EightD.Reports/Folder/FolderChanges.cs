using System.Globalization;
using EightD.Reports.Templates;

namespace EightD.Reports.Folder;

/// <summary>What one commit of a report changes in its folder, worked out from what stands there. Pure: a publisher writes it.</summary>
public static class FolderChanges
{
    /// <summary>The folder's contents page.</summary>
    public const string ContentsPage = "README.md";

    /// <summary>The file with the last number given.</summary>
    public const string SequenceFile = ".8d-sequence.lock";

    /// <summary>The names of the other reports' files that <see cref="Of"/> needs: those that this report links to.</summary>
    public static IReadOnlyList<string> Needs(Report report, IReadOnlyCollection<string> names) =>
        [.. report.Links.Select(link => FileOf(link, names)).OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>The file that a report has when it is published: the one it has already while its title stays the same, else one named by number and title.</summary>
    /// <param name="report">The report.</param>
    /// <param name="publishedAs">The file that an earlier publish wrote; null at the first.</param>
    /// <param name="standing">That file's text; null where it is gone.</param>
    public static string FileOf(Report report, string? publishedAs, string? standing) =>
        publishedAs is not null && standing is not null && Report.Read(standing, report.Template) is var before && before.Title == report.Title && before.Number == report.Number
            ? publishedAs
            : FileName.Of(report.Number ?? 0, report.Title);

    /// <summary>
    /// Each file that this report's publication writes (text) or removes (null), by its name in the folder: the report itself, its contents entry,
    /// the sequence file (the larger of its number and this report's), and the answering link line in each report that it links to. A file
    /// that would not change is left out.
    /// </summary>
    /// <param name="report">The report as it shall be published, with its number.</param>
    /// <param name="publishedAs">The file that an earlier publish wrote; it goes when the title has changed since. Null at the first.</param>
    /// <param name="files">The folder as it stands.</param>
    public static IReadOnlyDictionary<string, string?> Of(Report report, string? publishedAs, FolderFiles files)
    {
        var number = report.Number ?? 0;
        var file = FileOf(report, publishedAs, publishedAs is null ? null : files.Texts.GetValueOrDefault(publishedAs));
        Dictionary<string, string?> changes = new(StringComparer.Ordinal);
        if (publishedAs is not null && publishedAs != file && files.Names.Contains(publishedAs, StringComparer.Ordinal)) changes[publishedAs] = null;
        Write(file, files.Texts.GetValueOrDefault(file), report.Text);
        Write(ContentsPage, files.Contents, Contents.With(files.Contents, new(number, report.Title, file), report.Dialect));
        if (number > (ReadSequence(files.Sequence) ?? 0)) Write(SequenceFile, files.Sequence, number.ToString(CultureInfo.InvariantCulture) + (files.Sequence?.EndsWith('\n') == true ? "\n" : ""));
        foreach (var link in report.Links)
        {
            if (FileOf(link, files.Names) is not { } other || other == file || files.Texts.GetValueOrDefault(other) is not { } standing) continue;
            var answered = Report.Read(changes.GetValueOrDefault(other) ?? standing, Template.BuiltIn[0]).WithLink(new(link.ReverseType, number, report.Title, file));
            Write(other, standing, answered.Text);
        }

        return changes;

        void Write(string name, string? before, string after)
        {
            if (before != after) changes[name] = after;
        }
    }

    /// <summary>The highest number given in this folder: by its file names and its sequence file; 0 when there is none.</summary>
    public static int HighestNumber(IReadOnlyCollection<string> names, string? sequence) =>
        Math.Max(ReadSequence(sequence) ?? 0, names.Select(FileName.NumberIn).Max() ?? 0);

    private static int? ReadSequence(string? sequence) =>
        int.TryParse(sequence?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The file that a link means: the one it names, else the one with its number.</summary>
    private static string? FileOf(Link link, IReadOnlyCollection<string> names) =>
        names.Contains(link.FileName, StringComparer.Ordinal) ? link.FileName : names.FirstOrDefault(name => FileName.NumberIn(name) == link.Number);
}

/// <summary>What stands in a folder of reports.</summary>
/// <param name="Names">The file names in it.</param>
/// <param name="Contents">Text of <c>README.md</c>; null when there is none.</param>
/// <param name="Sequence">Text of <c>.8d-sequence.lock</c>; null when there is none.</param>
/// <param name="Texts">Texts of the files that <see cref="FolderChanges.Needs"/> named, and of the report's own file, by name.</param>
public sealed record FolderFiles(
    IReadOnlyCollection<string> Names, string? Contents, string? Sequence, IReadOnlyDictionary<string, string> Texts);
