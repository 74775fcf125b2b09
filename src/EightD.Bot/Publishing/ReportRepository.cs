using System.Text;
using System.Text.RegularExpressions;
using EightD.Bot.Settings;
using EightD.Incidents;
using EightD.Reports;
using EightD.Reports.Folder;
using EightD.Reports.Templates;

namespace EightD.Bot.Publishing;

/// <summary>
/// The repository that reports stand in. It is read and written by git's plumbing, with no work tree. A commit goes to the branch by a push that holds only
/// where the branch still stands as it was read, so the repository's own hooks have their say; whoever came first wins, and the other does its commit anew.
/// </summary>
/// <param name="options">Which repository.</param>
/// <param name="queue">Lets one of this process's commits through at a time: those that meet would only be done anew.</param>
internal sealed partial class ReportRepository(RepositoryOptions options, SemaphoreSlim queue)
{
    private const int MostTries = 12;
    private const int LookBack = 200;

    /// <summary>The oldest git that can name the first branch of a new repository.</summary>
    public static readonly Version LeastGit = new(2, 28);

    private readonly string directory = Path.GetFullPath(options.Remote);
    private readonly GitCommand git = new(options.Program, Path.GetFullPath(options.Remote), options.Patience);
    private volatile FolderSnapshot? last;
    private volatile TemplateList? templates;

    private string Ref => $"refs/heads/{options.Branch}";

    /// <summary>Makes the repository where its path is absent, and looks whether it can be written to.</summary>
    /// <exception cref="SettingException">git is not installed, or the path, the branch or the folder cannot be used.</exception>
    public Task EnsureUsableAsync(CancellationToken cancel) => ComplainingAsync(async () =>
    {
        await CheckOptionsAsync(cancel);
        if (IsAbsent) await InitAsync(cancel);
        await CheckBareAsync(cancel);
        await using var probe = new FileStream(Path.Combine(directory, $"8d-probe-{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        return 0;
    });

    /// <summary>Looks whether the repository can be used, and changes nothing. How many reports it has; null where it is absent and would be made.</summary>
    /// <exception cref="SettingException">git is not installed, or the path, the branch or the folder cannot be used.</exception>
    public Task<int?> LookAsync(CancellationToken cancel) => ComplainingAsync<int?>(async () =>
    {
        await CheckOptionsAsync(cancel);
        if (IsAbsent) return null;
        await CheckBareAsync(cancel);
        return (await ListAsync(cancel)).Count;
    });

    /// <summary>The version of the installed git.</summary>
    /// <exception cref="RepositoryUnavailableException">It cannot be run.</exception>
    public async Task<Version> VersionAsync(CancellationToken cancel)
    {
        var text = (await git.RunAsync(["--version"], cancel)).Text;
        return Version.TryParse(VersionNumber().Match(text).Value, out var version) ? version : throw new RepositoryUnavailableException($"`{text}` is no version of git.");
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
        var files = snapshot.Names.Where(name => FileName.NumberIn(name) is not null).ToList();
        var titles = Contents.Entries(await TextAsync(snapshot, FolderChanges.ContentsFile, cancel) ?? "")
            .GroupBy(entry => entry.FileName, StringComparer.Ordinal).ToDictionary(entries => entries.Key, entries => entries.First().Title, StringComparer.Ordinal);
        var untitled = await TextsAsync(snapshot, files.Where(name => !titles.ContainsKey(name)), cancel);
        return [.. files.Select(name => new ReportEntry(FileName.NumberIn(name)!.Value, titles.GetValueOrDefault(name) ?? TitleOf(untitled.GetValueOrDefault(name)), name))
            .OrderBy(entry => entry.Number).ThenBy(entry => entry.FileName, StringComparer.Ordinal)];
    }

    /// <summary>A report by its number; null where there is none.</summary>
    /// <exception cref="RepositoryUnavailableException">The repository cannot be read now.</exception>
    public async Task<(ReportEntry Entry, string Text)?> FindAsync(int number, CancellationToken cancel)
    {
        var snapshot = await SnapshotAsync(cancel);
        var name = snapshot.Names.Where(name => FileName.NumberIn(name) == number).Order(StringComparer.Ordinal).FirstOrDefault();
        return name is not null && await TextAsync(snapshot, name, cancel) is { } text ? (new(number, TitleOf(text), name), text) : null;
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

    /// <summary>Commits a report and what belongs to it, in one commit; what a repeated call finds done already it does not do again.</summary>
    public async Task<PublishOutcome> PublishAsync(PublishRequest request, CancellationToken cancel)
    {
        await queue.WaitAsync(cancel);
        try
        {
            for (var tries = 1; ; tries++)
            {
                if (await TryPublishAsync(request, cancel) is { } outcome) return outcome;
                if (tries == MostTries) return new PublishOutcome.Waiting("Others commit to the branch all the time.");
                await Task.Delay(Random.Shared.Next(5, 25 * tries), cancel);
            }
        }
        catch (Exception cause) when (cause is RepositoryUnavailableException or IOException or UnauthorizedAccessException)
        {
            return new PublishOutcome.Waiting(cause.Message);
        }
        finally
        {
            queue.Release();
        }
    }

    /// <summary>One try from what stands now; null where the branch moved meanwhile.</summary>
    private async Task<PublishOutcome?> TryPublishAsync(PublishRequest request, CancellationToken cancel)
    {
        var snapshot = await SnapshotAsync(cancel);
        if (await CommittedAsync(snapshot, request, cancel) is { } before) return before;

        var taken = snapshot.Names.Where(name => name != request.PublishedAs && FileName.NumberIn(name) == request.Report.Number);
        var files = await FilesAsync(snapshot, request, cancel);
        if (taken.Any()) return new PublishOutcome.NumberTaken(FolderChanges.HighestNumber(files.Names, files.Sequence) + 1);

        var name = FolderChanges.EntryOf(request.Report, request.PublishedAs, files).FileName;
        var changes = FolderChanges.Of(request.Report, request.PublishedAs, files);
        if (changes.Keys.FirstOrDefault(changed => changes[changed] is not null && snapshot.Blobs.ContainsKey(changed) && !files.Texts.ContainsKey(changed)) is { } unreadable)
        {
            return new PublishOutcome.Refused($"{snapshot.PathOf(unreadable)} is not UTF-8 text, so nothing was changed; save it as UTF-8.");
        }

        if (changes.Count == 0 && snapshot.Commit is { } head)
        {
            var written = await git.RunAsync(["log", "-n", "1", "--format=%H", head, "--", snapshot.PathOf(name)], cancel);
            return Done(written.Text, snapshot, name, request.Report.Text);
        }

        var commit = await CommitAsync(snapshot, request, changes, cancel);
        return await PushAsync(snapshot, commit, cancel) switch
        {
            { Succeeded: true } => Done(commit, snapshot, name, request.Report.Text),
            var failed when IsRace(failed) => null,
            var failed when Refusal(failed) is { } words => new PublishOutcome.Refused(words),
            var failed => new PublishOutcome.Waiting(failed.Complaint("push")),
        };
    }

    /// <summary>The commit that an earlier call with the same effect made; null where there is none among the last ones.</summary>
    private async Task<PublishOutcome?> CommittedAsync(FolderSnapshot snapshot, PublishRequest request, CancellationToken cancel)
    {
        if (snapshot.Commit is null) return null;
        var log = await git.RunAsync(
            ["log", "-z", "-n", $"{LookBack}", $"--format=%H %(trailers:key={CommitMessage.EffectTrailer},valueonly,separator=%x20)", snapshot.Commit], cancel);
        var sought = CommitMessage.OneLine(request.EffectId);
        if (log.Pieces.FirstOrDefault(line => line.IndexOf(' ', StringComparison.Ordinal) is > 0 and var blank && line[(blank + 1)..].Trim() == sought) is not { } found) return null;

        var then = await ReadAsync(found[..found.IndexOf(' ', StringComparison.Ordinal)], cancel);
        var name = then.Names.Where(name => FileName.NumberIn(name) == request.Report.Number).Order(StringComparer.Ordinal).FirstOrDefault();
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

        StringBuilder entries = new();
        foreach (var (path, text) in written)
        {
            if (text is null) entries.Append("0 ").Append('0', 40).Append('\t').Append(path).Append('\0');
            else entries.Append("100644 ").Append((await git.RunAsync(["hash-object", "-w", "--stdin"], cancel, Encoding.UTF8.GetBytes(text))).Text).Append('\t').Append(path).Append('\0');
        }

        var index = Path.Combine(directory, $"8d-index-{Guid.NewGuid():N}");
        Dictionary<string, string?> own = new(StringComparer.Ordinal) { ["GIT_INDEX_FILE"] = index };
        try
        {
            await git.RunAsync(snapshot.Commit is { } parent ? ["read-tree", parent] : ["read-tree", "--empty"], cancel, variables: own);
            await git.RunAsync(["update-index", "-z", "--index-info"], cancel, Encoding.UTF8.GetBytes(entries.ToString()), own);
            var tree = (await git.RunAsync(["write-tree"], cancel, variables: own)).Text;
            return (await git.RunAsync(
                ["commit-tree", tree, .. snapshot.Commit is { } before ? ["-p", before] : Array.Empty<string>()], cancel,
                Encoding.UTF8.GetBytes(CommitMessage.Of(request)), CommitMessage.Identity(request, options))).Text;
        }
        finally
        {
            File.Delete(index);
            File.Delete(index + ".lock");
        }
    }

    /// <summary>Moves the branch to the commit where it still stands at the snapshot's.</summary>
    private Task<GitResult> PushAsync(FolderSnapshot snapshot, string commit, CancellationToken cancel) =>
        git.TryAsync(["push", "--porcelain", $"--force-with-lease={Ref}:{snapshot.Commit}", directory, $"{commit}:{Ref}"], cancel);

    private static bool IsRace(GitResult push) => Race().IsMatch(push.Text) || Race().IsMatch(push.Complaints);

    /// <summary>Why the repository did not take a commit, in its own words; null where it did not say no.</summary>
    private static string? Refusal(GitResult push)
    {
        if (RemoteRejected().Match(push.Text) is not { Success: true } rejected) return null;
        var said = push.Complaints.Split('\n').Where(line => line.StartsWith("remote: ", StringComparison.Ordinal)).Select(line => line["remote: ".Length..].Trim()).Where(line => line.Length > 0);
        return string.Join(' ', [.. said, $"({rejected.Groups["why"].Value})"]);
    }

    private bool IsAbsent => !Directory.Exists(directory) || !Directory.EnumerateFileSystemEntries(directory).Any();

    private async Task CheckOptionsAsync(CancellationToken cancel)
    {
        if (options.Remote.Contains("://", StringComparison.Ordinal) || ScpAddress().IsMatch(options.Remote))
        {
            throw new SettingException("Git:Remote", "only a path on this machine can be used; set it to one.");
        }

        if (options.Folder is { } folder && FolderSnapshot.Normal(folder) is null)
        {
            throw new SettingException("Git:Folder", $"`{folder}` is no folder inside the repository; write it like docs/8d.");
        }

        await git.RunAsync(["--version"], cancel);
        if (!(await git.TryAsync(["check-ref-format", Ref], cancel)).Succeeded)
        {
            throw new SettingException("Git:Branch", $"`{options.Branch}` cannot be a branch's name; write it like main.");
        }
    }

    private async Task CheckBareAsync(CancellationToken cancel)
    {
        var bare = await git.TryAsync(["rev-parse", "--is-bare-repository"], cancel);
        if (!bare.Succeeded || bare.Text != "true")
        {
            throw new SettingException("Git:Remote", $"{directory} is no bare git repository; set it to one (git clone --bare makes one), or to a path that does not exist yet.");
        }
    }

    /// <summary>Says what keeps the repository from being used in terms of its settings.</summary>
    private async Task<T> ComplainingAsync<T>(Func<Task<T>> use)
    {
        try
        {
            return await use();
        }
        catch (RepositoryUnavailableException cause)
        {
            throw new SettingException("Git:Remote", cause.InnerException is null
                ? $"git cannot use {directory} ({cause.Message.TrimEnd('.')}); mend it, or set another path."
                : "git cannot be run; install it (https://git-scm.com), and see that it is on the PATH.", cause);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new SettingException("Git:Remote", $"{directory} cannot be written to ({cause.Message.TrimEnd('.')}); let this user write there, or set another path.", cause);
        }
    }

    private async Task InitAsync(CancellationToken cancel)
    {
        string[] init = ["init", "--quiet", "--bare", $"--initial-branch={options.Branch}"];
        if (Directory.Exists(directory))
        {
            await git.RunAsync(init, cancel); // an empty folder that was made for it, a mount perhaps
            return;
        }

        var made = $"{directory}.{Guid.NewGuid():N}";
        Directory.CreateDirectory(made);
        await git.RunAsync(init, cancel, variables: new Dictionary<string, string?>(StringComparer.Ordinal) { ["GIT_DIR"] = made });
        try
        {
            Directory.Move(made, directory);
        }
        catch (IOException) when (Directory.Exists(directory))
        {
            Directory.Delete(made, recursive: true); // another process made it meanwhile
        }
    }

    /// <summary>The folder as the branch has it now.</summary>
    private async Task<FolderSnapshot> SnapshotAsync(CancellationToken cancel)
    {
        var head = await git.TryAsync(["rev-parse", "--verify", "--quiet", $"{Ref}^{{commit}}"], cancel);
        if (!head.Succeeded && (head.ExitCode != 1 || !Directory.Exists(directory))) throw new RepositoryUnavailableException(head.Complaint("rev-parse"));
        var commit = head.Succeeded ? head.Text : null;
        if (last is { } known && known.Commit == commit) return known;
        return last = await ReadAsync(commit, cancel);
    }

    private async Task<FolderSnapshot> ReadAsync(string? commit, CancellationToken cancel)
    {
        var setting = options.Folder is { } set ? FolderSnapshot.Normal(set) : null;
        if (commit is null) return new(null, Own(setting ?? FolderSnapshot.UsualFolder), HasFolderFile: false, new Dictionary<string, string>(StringComparer.Ordinal));

        var root = await EntriesAsync(commit, FolderSnapshot.FolderFile, cancel);
        var named = root.TryGetValue(FolderSnapshot.FolderFile, out var file) && (await BlobsAsync([file], cancel)).TryGetValue(file, out var line)
            ? FolderSnapshot.Normal(line.Trim('\uFEFF', '\r', '\n', ' '))
            : null;
        var folder = Own(setting ?? named ?? FolderSnapshot.UsualFolder);
        var prefix = folder.Length == 0 ? "" : folder + "/";
        var blobs = (await EntriesAsync(commit, prefix, cancel)).ToDictionary(entry => entry.Key[prefix.Length..], entry => entry.Value, StringComparer.Ordinal);
        return new(commit, folder, root.Count > 0, blobs);
    }

    private string Own(string folder) => options.Own is not { } own ? folder : folder.Length == 0 ? own : $"{folder}/{own}";

    /// <summary>The hashes of the files at or below a path of a commit, by their paths.</summary>
    private async Task<Dictionary<string, string>> EntriesAsync(string commit, string path, CancellationToken cancel)
    {
        var listed = await git.RunAsync(["ls-tree", "-r", "-z", "--full-tree", commit, .. path.Length == 0 ? Array.Empty<string>() : ["--", path]], cancel);
        return listed.Pieces.Select(piece => TreeEntry().Match(piece)).Where(entry => entry.Success)
            .ToDictionary(entry => entry.Groups["path"].Value, entry => entry.Groups["hash"].Value, StringComparer.Ordinal);
    }

    private async Task<string?> TextAsync(FolderSnapshot snapshot, string name, CancellationToken cancel) =>
        (await TextsAsync(snapshot, [name], cancel)).GetValueOrDefault(name);

    /// <summary>The texts of those files that are there and are UTF-8, a byte order mark included.</summary>
    private async Task<IReadOnlyDictionary<string, string>> TextsAsync(FolderSnapshot snapshot, IEnumerable<string> names, CancellationToken cancel)
    {
        var hashes = names.Distinct(StringComparer.Ordinal).Where(snapshot.Blobs.ContainsKey).ToDictionary(name => name, name => snapshot.Blobs[name], StringComparer.Ordinal);
        var blobs = await BlobsAsync(hashes.Values, cancel);
        return hashes.Where(file => blobs.ContainsKey(file.Value)).ToDictionary(file => file.Key, file => blobs[file.Value], StringComparer.Ordinal);
    }

    private async Task<Dictionary<string, string>> BlobsAsync(IEnumerable<string> hashes, CancellationToken cancel)
    {
        Dictionary<string, string> texts = new(StringComparer.Ordinal);
        var asked = hashes.Distinct(StringComparer.Ordinal).ToList();
        if (asked.Count == 0) return texts;
        ReadOnlyMemory<byte> rest = (await git.RunAsync(["cat-file", "--batch"], cancel, Encoding.ASCII.GetBytes(string.Join('\n', asked) + "\n"))).Output;
        foreach (var hash in asked)
        {
            // each blob comes as a line `HASH blob SIZE`, its bytes, a line end
            var end = rest.Span.IndexOf((byte)'\n');
            var size = int.Parse(Encoding.ASCII.GetString(rest.Span[(rest.Span[..end].LastIndexOf((byte)' ') + 1)..end]), System.Globalization.CultureInfo.InvariantCulture);
            if (Decoded(rest.Span.Slice(end + 1, size)) is { } text) texts[hash] = text;
            rest = rest[(end + 1 + size + 1)..];
        }

        return texts;
    }

    private static string? Decoded(ReadOnlySpan<byte> bytes) => System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : null;

    private static string TitleOf(string? text) => text is null ? "" : Report.Read(text, Template.BuiltIn[0]).Title;

    private sealed record TemplateList(string? Commit, IReadOnlyList<Template> Templates);

    [GeneratedRegex(@"^\.templates/(?<name>[A-Za-z0-9_-]{1,64})\.md$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex TemplateFile();

    [GeneratedRegex(@"^100\d\d\d blob (?<hash>[0-9a-f]+)\t(?<path>.+)$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking | RegexOptions.Singleline)]
    private static partial Regex TreeEntry();

    [GeneratedRegex(@"\d+(\.\d+){1,2}", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex VersionNumber();

    [GeneratedRegex(@"^[^/\\]+@[^/\\:]+:", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex ScpAddress();

    [GeneratedRegex(@"\((stale info|fetch first|non-fast-forward|failed to update ref|incorrect old value provided|remote ref updated since checkout)\)|cannot lock ref", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Race();

    [GeneratedRegex(@"\[remote rejected\] \((?<why>.*)\)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex RemoteRejected();
}
