namespace EightD.Reports.Folder;

/// <summary>What one commit of a report changes in its folder, worked out from what stands there. Pure: a publisher writes it.</summary>
public static class FolderChanges
{
    /// <summary>The names of the other reports' files that <see cref="Of"/> needs: those that this report links to.</summary>
    public static IReadOnlyList<string> Needs(Report report, IReadOnlyCollection<string> names) => throw new NotSupportedException();

    /// <summary>
    /// Each file that this report's publication writes (text) or removes (null), by its name in the folder: the report itself, its contents entry,
    /// the sequence file (the larger of its number and this report's), and the answering link line in each report that it links to. A file
    /// that would not change is left out.
    /// </summary>
    /// <param name="report">The report as it shall be published, with its number.</param>
    /// <param name="publishedAs">The file that an earlier publish wrote; it goes when the title has changed since. Null at the first.</param>
    /// <param name="files">The folder as it stands.</param>
    public static IReadOnlyDictionary<string, string?> Of(Report report, string? publishedAs, FolderFiles files) => throw new NotSupportedException();

    /// <summary>The highest number given in this folder: by its file names and its sequence file; 0 when there is none.</summary>
    public static int HighestNumber(IReadOnlyCollection<string> names, string? sequence) => throw new NotSupportedException();
}

/// <summary>What stands in a folder of reports.</summary>
/// <param name="Names">The file names in it.</param>
/// <param name="Contents">Text of <c>README.md</c>; null when there is none.</param>
/// <param name="Sequence">Text of <c>.8d-sequence.lock</c>; null when there is none.</param>
/// <param name="Texts">Texts of the files that <see cref="FolderChanges.Needs"/> named, and of the report's own file, by name.</param>
public sealed record FolderFiles(
    IReadOnlyCollection<string> Names, string? Contents, string? Sequence, IReadOnlyDictionary<string, string> Texts);
