using System.Text.RegularExpressions;
using EightD.Bot.Settings;
using EightD.Incidents;
using EightD.Incidents.ReadingBack;
using EightD.Reports.Folder;
using EightD.Reports.Templates;

namespace EightD.Bot.Publishing;

/// <summary>The folder of reports in a repository: what stands in it, and how one more comes there.</summary>
/// <param name="git">The repository.</param>
/// <param name="options">Which folder of it, and who commits.</param>
internal sealed partial class ReportRepository(GitRepository git, RepositoryOptions options)
{
    /// <summary>Who was unlucky so often lets this process's others go first, and is tried again later.</summary>
    private const int MostTries = 12;

    private const int LookBack = 200;

    /// <summary>How long a server has at the start, which goes on without it.</summary>
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(5);

    /// <summary>The bytes of texts that are kept in memory for searching.</summary>
    private const long MostKept = 64L * 1024 * 1024;

    private volatile FolderSnapshot? last;
    private volatile Dictionary<(string Name, string Hash), SearchedReport> kept = [];
    private volatile TemplateList? templates;

    /// <summary>Makes the repository where its path is absent, and looks whether it can be written to; or clones it, where its server answers.</summary>
    /// <exception cref="SettingException">git is not installed, or the path, the branch or the folder cannot be used.</exception>
    public Task EnsureUsableAsync(CancellationToken cancel)
    {
        CheckFolder();
        return git.EnsureUsableAsync(StartPatience, cancel);
    }

    /// <summary>Looks whether the repository can be used, and changes nothing. How many reports it has; null where that is not known without fetching it, or where it is absent and would be made.</summary>
    /// <exception cref="SettingException">git is not installed, or the path, the branch, the folder or the server cannot be used.</exception>
    public async Task<(bool IsThere, int? Reports)> LookAsync(CancellationToken cancel)
    {
        CheckFolder();
        var isThere = await git.LookAsync(cancel);
        return (isThere, isThere && !git.IsRemote ? (await ListAsync(cancel)).Count : null);
    }

    /// <summary>The highest number given in the folder; 0 where there is none.</summary>
    /// <exception cref="RepositoryUnavailableException">The repository cannot be read now.</exception>
    public async Task<int> HighestNumberAsync(CancellationToken cancel)
    {
        var snapshot = await SnapshotAsync(cancel);
        return FolderChanges.HighestNumber(snapshot.Names, await TextAsync(snapshot, FolderChanges.SequenceFile, cancel));
    }

    /// <summary>The reports in the folder, by number. A title is the contents page's, else the file's.</summary>
    /// <exception cref="RepositoryUnavailableException">The repository cannot be read now.</exception>
    public async Task<IReadOnlyList<ReportEntry>> ListAsync(CancellationToken cancel)
    {
        var snapshot = await SnapshotAsync(cancel);
        var files = snapshot.Reports.ToList();
        var titles = Contents.Entries(await TextAsync(snapshot, FolderChanges.ContentsFile, cancel) ?? "")
            .GroupBy(entry => entry.FileName, StringComparer.Ordinal).ToDictionary(entries => entries.Key, entries => entries.First().Title, StringComparer.Ordinal);
        var untitled = await TextsAsync(snapshot, files.Where(name => !titles.ContainsKey(name)), cancel);
        return [.. files.Select(name => new ReportEntry(FileName.NumberIn(name)!.Value, titles.GetValueOrDefault(name) ?? TitleOf(untitled.GetValueOrDefault(name)), name))
            .OrderBy(entry => entry.Number).ThenBy(entry => entry.FileName, StringComparer.Ordinal)];
    }

    /// <summary>A report by its number; null where there is none.</summary>
    /// <exception cref="RepositoryUnavailableException">The repository cannot be read now.</exception>
    public async Task<(ReportEntry Entry, string Text, Publication Published)?> FindAsync(int number, CancellationToken cancel)
    {
        var snapshot = await SnapshotAsync(cancel);
        var name = snapshot.ReportOf(number);
        return name is not null && await TextAsync(snapshot, name, cancel) is { } text ? (new(number, TitleOf(text), name), text, new(snapshot.Commit!, snapshot.PathOf(name), name, Version: 0)) : null;
    }

    /// <summary>The reports that hold each of some words, best first. Their texts are kept in memory, up to <see cref="MostKept"/>; what is beyond that is read anew.</summary>
    /// <exception cref="RepositoryUnavailableException">The repository cannot be read now.</exception>
    public async Task<IReadOnlyList<FoundReport>> SearchAsync(string words, CancellationToken cancel) => [.. ReportSearch.Find(await ReadAllAsync(cancel), words)];

    /// <summary>All reports with their texts: at the first call in one fetch, later those alone that are new.</summary>
    /// <exception cref="RepositoryUnavailableException">The repository cannot be read now.</exception>
    public async Task<IReadOnlyList<SearchedReport>> ReadAllAsync(CancellationToken cancel)
    {
        var snapshot = await SnapshotAsync(cancel);
        var files = snapshot.Reports.ToDictionary(name => name, name => snapshot.Blobs[name], StringComparer.Ordinal);
        var known = kept;
        var reports = files.Where(file => known.ContainsKey((file.Key, file.Value))).ToDictionary(file => (file.Key, file.Value), file => known[(file.Key, file.Value)]);
        var missing = files.Where(file => !reports.ContainsKey((file.Key, file.Value))).ToList();
        if (missing.Count > 0)
        {
            var read = await git.TextsAsync(missing.Select(file => file.Value), cancel);
            foreach (var (name, hash) in missing) reports[(name, hash)] = SearchedReport.Of(name, read.GetValueOrDefault(hash, ""))!; // what is no text holds no word
            var held = 0L;
            kept = reports.Where(report => (held += 2L * report.Value.Text.Length) <= MostKept).ToDictionary();
        }

        return [.. files.Select(file => reports[(file.Key, file.Value)])];
    }

    /// <summary>The team's own templates. One that cannot be read is left out; where git does not answer, those that were read before.</summary>
    public async Task<IReadOnlyList<Template>> TemplatesAsync(CancellationToken cancel)
    {
        try
        {
            var snapshot = await SnapshotAsync(cancel);
            if (templates is { } read && read.Commit == snapshot.Commit) return read.Templates;
            var files = snapshot.Blobs.Keys.Where(path => TemplateFile().IsMatch(path)).Order(StringComparer.Ordinal);
            var texts = await TextsAsync(snapshot, files, cancel);
            var own = new TemplateList(snapshot.Commit, [.. texts.Select(file => Template.Read(TemplateFile().Match(file.Key).Groups["name"].Value, file.Value))]);
            templates = own;
            return own.Templates;
        }
        catch (RepositoryUnavailableException)
        {
            return templates?.Templates ?? [];
        }
    }

    /// <summary>What was done to a report's file since it was published; null where nothing was.</summary>
    /// <exception cref="RepositoryUnavailableException">The repository cannot be read now, or the commit in which it was published is in it no more.</exception>
    public async Task<GitEdit?> EditedSinceAsync(Publication published, int number, CancellationToken cancel) => await EditedSinceAsync(published, number, await SnapshotAsync(cancel), cancel);

    private async Task<GitEdit?> EditedSinceAsync(Publication published, int number, FolderSnapshot now, CancellationToken cancel)
    {
        if (published.Commit.Length == 0 || published.Commit == now.Commit) return null;
        if (now.Commit is not { } head || !await git.HasCommitAsync(published.Commit, cancel))
        {
            throw new RepositoryUnavailableException($"The commit {published.Commit} in which this report was published is in the repository no more, so nobody can tell what was changed since; take its file as it is now with `/8d start --from {number}`.") { Kind = GitFailure.Refused };
        }

        var then = (await git.EntriesAsync(published.Commit, published.Path, cancel)).GetValueOrDefault(published.Path);
        var name = now.Blobs.ContainsKey(published.FileName) ? published.FileName : now.ReportOf(number);
        if (name is null ? published.Is == FileState.Gone : published.Is == FileState.Fine && name == published.FileName && now.Blobs[name] == then) return null;
        string[] hashes = [.. new[] { then, name is null ? null : now.Blobs[name] }.OfType<string>()];
        var texts = await git.TextsAsync(hashes, cancel);
        var (before, after) = (then is null ? null : texts.GetValueOrDefault(then), name is null ? null : texts.GetValueOrDefault(now.Blobs[name]));
        if (name != published.FileName && TitleOf(before) != TitleOf(after)) // nobody's renamed file, but another report with that number
        {
            if (published.Is == FileState.Gone) return null;
            (name, after) = (null, null);
        }

        var authors = await git.AuthorsAsync(published.Commit, head, name is null ? [published.Path] : [published.Path, now.PathOf(name)], cancel);
        return name is null ? new(head, authors, Path: null, FileName: null, Base: null, Text: null) : new(head, authors, now.PathOf(name), name, before, after);
    }

    /// <summary>Commits a report and what belongs to it, in one commit; what a repeated call finds done already it does not do again.</summary>
    public async Task<PublishOutcome> PublishAsync(PublishRequest request, CancellationToken cancel)
    {
        await git.Queue.WaitAsync(cancel);
        try
        {
            for (var tries = 1; ; tries++)
            {
                await git.RefreshAsync(cancel);
                if (await TryPublishAsync(request, cancel) is { } outcome) return outcome;
                if (tries == MostTries) return new PublishOutcome.Waiting("Others commit to the branch all the time.");
                await Task.Delay(Random.Shared.Next(0, 25), cancel);
            }
        }
        catch (RepositoryUnavailableException refused) when (refused.Kind == GitFailure.Refused)
        {
            return new PublishOutcome.Refused(refused.Message);
        }
        catch (Exception cause) when (cause is RepositoryUnavailableException or IOException or UnauthorizedAccessException)
        {
            return new PublishOutcome.Waiting(cause.Message);
        }
        finally
        {
            git.Queue.Release();
        }
    }

    /// <summary>One try from what stands now; null where the branch moved meanwhile.</summary>
    private async Task<PublishOutcome?> TryPublishAsync(PublishRequest request, CancellationToken cancel)
    {
        var snapshot = await SnapshotAsync(cancel);
        if (await CommittedAsync(snapshot, request, cancel) is { } before) return before;
        if (request.Published is { } published && await EditedSinceAsync(published, request.Report.Number ?? 0, snapshot, cancel) is { } edit) return new PublishOutcome.Edited(edit);

        var taken = snapshot.Names.Where(name => name != request.PublishedAs && FileName.NumberIn(name) == request.Report.Number);
        var files = await FilesAsync(snapshot, request, cancel);
        if (taken.Any()) return new PublishOutcome.NumberTaken(FolderChanges.HighestNumber(files.Names, files.Sequence) + 1);

        var name = FolderChanges.EntryOf(request.Report, request.PublishedAs, files).FileName;
        var changes = FolderChanges.Of(request.Report, request.PublishedAs, files);
        if (changes.Keys.FirstOrDefault(changed => changes[changed] is not null && snapshot.Blobs.ContainsKey(changed) && !files.Texts.ContainsKey(changed)) is { } unreadable)
        {
            return new PublishOutcome.Refused($"{snapshot.PathOf(unreadable)} is not UTF-8 text, so nothing was changed; save it as UTF-8.");
        }

        if (changes.Count == 0 && snapshot.Commit is { } head) return Done(await git.LastChangeAsync(head, snapshot.PathOf(name), cancel), snapshot, name, request.Report.Text);

        var commit = await CommitAsync(snapshot, request, changes, cancel);
        return await git.PushAsync(snapshot.Commit, commit, cancel) ? Done(commit, snapshot, name, request.Report.Text) : null;
    }

    /// <summary>The commit that an earlier call with the same effect made; null where there is none among the last ones.</summary>
    private async Task<PublishOutcome?> CommittedAsync(FolderSnapshot snapshot, PublishRequest request, CancellationToken cancel)
    {
        if (snapshot.Commit is null) return null;
        var log = await git.TrailersAsync(snapshot.Commit, CommitMessage.EffectTrailer, LookBack, cancel);
        var sought = CommitMessage.OneLine(request.EffectId);
        if (log.FirstOrDefault(line => line.IndexOf(' ', StringComparison.Ordinal) is > 0 and var blank && line[(blank + 1)..].Trim() == sought) is not { } found) return null;

        var then = await ReadAsync(found[..found.IndexOf(' ', StringComparison.Ordinal)], cancel);
        var name = then.ReportOf(request.Report.Number);
        return name is not null && await TextAsync(then, name, cancel) is { } text ? Done(then.Commit!, then, name, text) : null;
    }

    private static PublishOutcome.Done Done(string commit, FolderSnapshot snapshot, string name, string text) => new(commit, snapshot.PathOf(name), name, text);

    private async Task<FolderFiles> FilesAsync(FolderSnapshot snapshot, PublishRequest request, CancellationToken cancel)
    {
        string[] own = [FileName.Of(request.Report.Number ?? 0, request.Report.Title), .. request.PublishedAs is { } before ? [before] : Array.Empty<string>()];
        var texts = await TextsAsync(
            snapshot, [FolderChanges.ContentsFile, FolderChanges.SequenceFile, .. own, .. FolderChanges.Needs(request.Report, snapshot.Names)], cancel);
        return new(snapshot.Names, texts.GetValueOrDefault(FolderChanges.ContentsFile), texts.GetValueOrDefault(FolderChanges.SequenceFile), texts);
    }

    /// <summary>Writes the commit's objects; no branch holds it yet.</summary>
    private async Task<string> CommitAsync(FolderSnapshot snapshot, PublishRequest request, IReadOnlyDictionary<string, string?> changes, CancellationToken cancel)
    {
        var written = changes.Select(change => (Path: snapshot.PathOf(change.Key), Text: change.Value));
        if (!snapshot.HasFolderFile && options.Own is null) written = written.Append((FolderSnapshot.FolderFile, $"{(snapshot.Folder.Length == 0 ? "." : snapshot.Folder)}\n"));

        return await git.CommitAsync(snapshot.Commit, written, CommitMessage.Of(request), CommitMessage.Identity(request, options), cancel);
    }

    private void CheckFolder()
    {
        if (options.Folder is { } folder && FolderSnapshot.Normal(folder) is null) throw new SettingException("Git:Folder", $"`{folder}` is no folder inside the repository; write it like docs/8d.");
    }

    /// <summary>The folder as the branch has it now.</summary>
    private async Task<FolderSnapshot> SnapshotAsync(CancellationToken cancel)
    {
        var commit = await git.HeadAsync(cancel);
        if (last is { } known && known.Commit == commit) return known;
        return last = await ReadAsync(commit, cancel);
    }

    private async Task<FolderSnapshot> ReadAsync(string? commit, CancellationToken cancel)
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

    private string Own(string folder) => options.Own is not { } own ? folder : folder.Length == 0 ? own : $"{folder}/{own}";

    private async Task<string?> TextAsync(FolderSnapshot snapshot, string name, CancellationToken cancel) =>
        (await TextsAsync(snapshot, [name], cancel)).GetValueOrDefault(name);

    /// <summary>The texts of those files that are there and are UTF-8, a byte order mark included.</summary>
    private async Task<IReadOnlyDictionary<string, string>> TextsAsync(FolderSnapshot snapshot, IEnumerable<string> names, CancellationToken cancel)
    {
        var hashes = names.Distinct(StringComparer.Ordinal).Where(snapshot.Blobs.ContainsKey).ToDictionary(name => name, name => snapshot.Blobs[name], StringComparer.Ordinal);
        var blobs = await git.TextsAsync(hashes.Values, cancel);
        return hashes.Where(file => blobs.ContainsKey(file.Value)).ToDictionary(file => file.Key, file => blobs[file.Value], StringComparer.Ordinal);
    }

    private static string TitleOf(string? text) => text is null ? "" : ReportEntry.TitleIn(text);

    private sealed record TemplateList(string? Commit, IReadOnlyList<Template> Templates);

    [GeneratedRegex(@"^\.templates/(?<name>[A-Za-z0-9_-]{1,64})\.md$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex TemplateFile();
}
