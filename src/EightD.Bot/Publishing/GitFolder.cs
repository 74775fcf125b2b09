using EightD.Reports;
using EightD.Reports.Folder;

namespace EightD.Bot.Publishing;

/// <summary>The files of one folder of reports, as commits have them.</summary>
/// <param name="git">The repository.</param>
/// <param name="options">Which folder of it.</param>
internal sealed class GitFolder(GitRepository git, RepositoryOptions options)
{
    private volatile FolderSnapshot? last;

    /// <summary>The folder as the branch of the reports has it now.</summary>
    /// <exception cref="RepositoryUnavailableException">The repository cannot be read now.</exception>
    public async Task<FolderSnapshot> NowAsync(CancellationToken cancel)
    {
        var commit = await git.HeadAsync(cancel);
        if (last is { } known && known.Commit == commit) return known;
        return last = await AtAsync(commit, cancel);
    }

    /// <summary>The folder as a commit or a tree has it.</summary>
    /// <param name="commit">Its hash; null: nothing is there yet.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="RepositoryUnavailableException">The repository cannot be read now.</exception>
    public async Task<FolderSnapshot> AtAsync(string? commit, CancellationToken cancel)
    {
        var setting = options.Folder is { } set ? FolderSnapshot.Normal(set) : null;
        if (commit is null) return new(null, Own(setting ?? FolderSnapshot.UsualFolder), HasFolderFile: false, new Dictionary<string, string>(StringComparer.Ordinal));

        var root = await git.EntriesAsync(commit, FolderSnapshot.FolderFile, cancel);
        var named = root.TryGetValue(FolderSnapshot.FolderFile, out var file) && (await git.TextsAsync([file], cancel)).TryGetValue(file, out var line)
            ? FolderSnapshot.Normal(line.Trim('\uFEFF', '\r', '\n', ' '))
            : null;
        var folder = Own(setting ?? named ?? FolderSnapshot.UsualFolder);
        var prefix = folder.Length == 0 ? "" : folder + "/";
        var blobs = (await git.EntriesAsync(commit, prefix, cancel)).ToDictionary(entry => entry.Key[prefix.Length..], entry => entry.Value, StringComparer.Ordinal);
        return new(commit, folder, root.Count > 0, blobs);
    }

    /// <summary>A file's text; null where it is not there, or is no UTF-8.</summary>
    /// <exception cref="RepositoryUnavailableException">The repository cannot be read now.</exception>
    public async Task<string?> TextAsync(FolderSnapshot snapshot, string name, CancellationToken cancel) =>
        (await TextsAsync(snapshot, [name], cancel)).GetValueOrDefault(name);

    /// <summary>The texts of those files that are there and are UTF-8, a byte order mark included.</summary>
    /// <exception cref="RepositoryUnavailableException">The repository cannot be read now.</exception>
    public async Task<IReadOnlyDictionary<string, string>> TextsAsync(FolderSnapshot snapshot, IEnumerable<string> names, CancellationToken cancel)
    {
        var hashes = names.Distinct(StringComparer.Ordinal).Where(snapshot.Blobs.ContainsKey).ToDictionary(name => name, name => snapshot.Blobs[name], StringComparer.Ordinal);
        var blobs = await git.TextsAsync(hashes.Values, cancel);
        return hashes.Where(file => blobs.ContainsKey(file.Value)).ToDictionary(file => file.Key, file => blobs[file.Value], StringComparer.Ordinal);
    }

    /// <summary>What stands in the folder, with the texts that the publication of a report needs.</summary>
    /// <param name="snapshot">The folder.</param>
    /// <param name="report">The report, with its number.</param>
    /// <param name="publishedAs">The report's file there; null where it has none.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="RepositoryUnavailableException">The repository cannot be read now.</exception>
    public async Task<FolderFiles> FilesAsync(FolderSnapshot snapshot, Report report, string? publishedAs, CancellationToken cancel)
    {
        string[] own = [FileName.Of(report.Number ?? 0, report.Title), .. publishedAs is { } before ? [before] : Array.Empty<string>()];
        var texts = await TextsAsync(snapshot, [FolderChanges.ContentsFile, FolderChanges.SequenceFile, .. own, .. FolderChanges.Needs(report, snapshot.Names)], cancel);
        return new(snapshot.Names, texts.GetValueOrDefault(FolderChanges.ContentsFile), texts.GetValueOrDefault(FolderChanges.SequenceFile), texts);
    }

    private string Own(string folder) => options.Own is not { } own ? folder : folder.Length == 0 ? own : $"{folder}/{own}";
}
