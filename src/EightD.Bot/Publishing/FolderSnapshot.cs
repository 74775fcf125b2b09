using EightD.Reports.Folder;

namespace EightD.Bot.Publishing;

/// <summary>The folder of reports as it stands in one commit. Read once; file texts come when they are asked for.</summary>
/// <param name="Commit">The commit's full hash; null where the branch has none.</param>
/// <param name="Folder">The folder's path in the repository, without a slash at its ends; empty for the root.</param>
/// <param name="HasFolderFile">Whether <c>.8d-dir</c> stands at the root.</param>
/// <param name="Blobs">The hashes of the files in and below the folder, by their path in it.</param>
internal sealed record FolderSnapshot(string? Commit, string Folder, bool HasFolderFile, IReadOnlyDictionary<string, string> Blobs)
{
    /// <summary>Names the folder of reports, at the root.</summary>
    public const string FolderFile = ".8d-dir";

    /// <summary>Where reports are when nothing says otherwise.</summary>
    public const string UsualFolder = "docs/8d";

    /// <summary>The names of the files in the folder itself.</summary>
    public IReadOnlyList<string> Names { get; } = [.. Blobs.Keys.Where(path => !path.Contains('/', StringComparison.Ordinal))];

    /// <summary>The names of the reports among them.</summary>
    public IEnumerable<string> Reports => Names.Where(name => FileName.NumberIn(name) is not null);

    /// <summary>The report with a number, the first of several; null where there is none.</summary>
    public string? ReportOf(int? number) => Names.Where(name => FileName.NumberIn(name) is { } own && own == number).Order(StringComparer.Ordinal).FirstOrDefault();

    /// <summary>A file's path in the repository.</summary>
    public string PathOf(string name) => Folder.Length == 0 ? name : $"{Folder}/{name}";

    /// <summary>A folder's path as git writes it; null where it is none that may be written to.</summary>
    public static string? Normal(string path)
    {
        var parts = path.Trim().Replace('\\', '/').Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".").ToArray();
        return path.TrimStart().StartsWith('/') || Array.Exists(parts, part => part == ".." || part.Equals(".git", StringComparison.OrdinalIgnoreCase) || part.Any(char.IsControl))
            ? null
            : string.Join('/', parts);
    }
}
