using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using EightD.Bot.Publishing.Reviews;
using EightD.Bot.Settings;

namespace EightD.Bot.Publishing;

/// <summary>
/// A git repository, read and written by git's plumbing, with no work tree. One that is on a server is a clone of it without the texts, which come when they
/// are asked for; the clone can be made anew at any time, and is where it is broken. The branch moves by a push that holds only where it still stands as it
/// was read: nothing is ever forced, and the repository's own hooks have their say.
/// </summary>
internal sealed partial class GitRepository : IDisposable
{
    /// <summary>The oldest git that takes settings from its environment, and names the first branch of a new repository.</summary>
    public static readonly Version LeastGit = new(2, 31);

    /// <summary>What one file may have, in bytes; a report has at most a megabyte. What is longer is not read.</summary>
    private const int LongestFile = 4 * 1024 * 1024;

    /// <summary>How branches are fetched; those that are there no more go here too.</summary>
    private static readonly string[] Fetch = ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--prune"];

    /// <summary>How often a clone that seems broken is made anew at most.</summary>
    private static readonly TimeSpan Mended = TimeSpan.FromMinutes(1);

    private readonly RepositoryOptions options;
    private readonly GitRemote? remote;
    private readonly string directory;
    private readonly GitCommand git;
    private readonly SemaphoreSlim fetching = new(1);
    private readonly ConcurrentDictionary<string, byte> here = new(StringComparer.Ordinal);
    private bool isListed;

    /// <summary>Whether the server gives no text for itself, so that the clone has to hold all of them.</summary>
    private volatile bool isWhole;

    private long mended;

    /// <exception cref="SettingException">The remote is an address that is not used here.</exception>
    public GitRepository(RepositoryOptions options)
    {
        this.options = options;
        remote = GitRemote.Of(options);
        directory = Path.GetFullPath(remote is null ? options.Remote : Path.Combine(options.Clones, $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(remote.Url)).AsSpan(0, 8))}.git"));
        git = new(options, directory, remote);
    }

    /// <summary>Lets one of this process's commits through at a time: those that meet would only be done anew.</summary>
    public SemaphoreSlim Queue { get; } = new(1);

    /// <summary>Whether it is on a server.</summary>
    public bool IsRemote => remote is not null;

    /// <summary>Its path, or its address.</summary>
    public string Name => remote?.Url ?? directory;

    /// <summary>The folder of this machine that has to be writable.</summary>
    private string Written => remote is null ? directory : options.Clones;

    private string Branch => $"refs/heads/{options.Branch}";

    /// <summary>Where branches stand here, as they were read last.</summary>
    private string Read => remote is null ? "refs/heads/" : "refs/remotes/origin/";

    private bool HasReviews => options.Mode == GitMode.PullRequest;

    public void Dispose()
    {
        Queue.Dispose();
        fetching.Dispose();
    }

    /// <summary>The version of the installed git.</summary>
    /// <exception cref="RepositoryUnavailableException">It cannot be run.</exception>
    public async Task<Version> VersionAsync(CancellationToken cancel)
    {
        var text = (await git.RunAsync(["--version"], cancel)).Text;
        return Version.TryParse(VersionNumber().Match(text).Value, out var version) ? version : throw new RepositoryUnavailableException($"`{text}` is no version of git.");
    }

    /// <summary>Looks whether what was set can be used at all.</summary>
    /// <exception cref="SettingException">git is not installed, or the branch cannot be used.</exception>
    public Task CheckOptionsAsync(CancellationToken cancel) => ComplainingAsync(async () =>
    {
        await git.RunAsync(["--version"], cancel);
        if (HasReviews && $"{options.Branch}/".StartsWith(ReviewBranch.Prefix, StringComparison.Ordinal)) throw new SettingException("Git:Branch", $"`{options.Branch}` is where the reports wait that go to it; write it like main.");
        if ((await git.TryAsync(["check-ref-format", Branch], cancel)).Succeeded) return 0;
        throw new SettingException("Git:Branch", $"`{options.Branch}` cannot be a branch's name; write it like main.");
    });

    /// <summary>Makes the repository where its path is absent, and looks whether it can be written to; or clones it, where the server answers in time.</summary>
    /// <param name="patience">How long the server has.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="SettingException">git is not installed, or the path or the branch cannot be used. A server that does not answer is none of these.</exception>
    public async Task EnsureUsableAsync(TimeSpan patience, CancellationToken cancel)
    {
        await CheckOptionsAsync(cancel);
        await ComplainingAsync(async () =>
        {
            if (remote is null && IsAbsent) await InitAsync(cancel);
            if (remote is null) await CheckBareAsync(cancel);
            Directory.CreateDirectory(Written);
            await using var probe = new FileStream(Path.Combine(Written, $"8d-probe-{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            return 0;
        });
        if (remote is null) return;
        try
        {
            await RefreshAsync(cancel).WaitAsync(patience, cancel);
        }
        catch (Exception away) when (away is RepositoryUnavailableException or TimeoutException)
        {
            // a server that is away stops nobody: what is published waits, and whoever looks at it says so
        }
    }

    /// <summary>Looks whether it can be used, and changes nothing. False where it is absent and would be made.</summary>
    /// <exception cref="SettingException">git is not installed, or the path, the branch or the server cannot be used.</exception>
    public async Task<bool> LookAsync(CancellationToken cancel)
    {
        await CheckOptionsAsync(cancel);
        return await ComplainingAsync(async () =>
        {
            if (remote is not null)
            {
                await LookAtServerAsync(remote, cancel);
                return true;
            }

            if (IsAbsent) return false;
            await CheckBareAsync(cancel);
            return true;
        });
    }

    /// <summary>Reads where the branch stands on the server. Where it stood there before and nothing else changed, it is one look.</summary>
    /// <exception cref="RepositoryUnavailableException">The server does not answer, or says no.</exception>
    public Task RefreshAsync(CancellationToken cancel) => remote is null ? Task.CompletedTask : MendingAsync(async () =>
    {
        await FetchAloneAsync(cancel);
        try
        {
            var isFirst = IsAbsent;
            if (isFirst) await CloneAsync(remote, cancel);
            var patience = isFirst ? options.ClonePatience : (TimeSpan?)null;
            string[] reviews = HasReviews ? [$"+refs/heads/{ReviewBranch.Prefix}*:{Read}{ReviewBranch.Prefix}*"] : [];
            var fetched = await git.TryAsync([.. Fetch, "origin", $"+{Branch}:{Read}{options.Branch}", .. reviews], cancel, patience: patience);
            if (fetched.Succeeded) return 0;
            if (!fetched.Complaints.Contains("couldn't find remote ref", StringComparison.Ordinal)) throw fetched.Failure("fetch");
            await git.RunAsync(["update-ref", "-d", $"{Read}{options.Branch}"], cancel);
            if (HasReviews) await git.RunAsync([.. Fetch, "origin", .. reviews], cancel, patience: patience);
            return 0;
        }
        finally
        {
            fetching.Release();
        }
    }, cancel);

    /// <summary>The commit that the branch of the reports stands at, as it was read last; null where it has none.</summary>
    /// <exception cref="RepositoryUnavailableException">The repository cannot be read now.</exception>
    public Task<string?> HeadAsync(CancellationToken cancel) => HeadAsync(options.Branch, cancel);

    /// <summary>The commit that a branch stands at, as it was read last; null where it is not there.</summary>
    /// <exception cref="RepositoryUnavailableException">The repository cannot be read now.</exception>
    public async Task<string?> HeadAsync(string branch, CancellationToken cancel)
    {
        var head = await git.TryAsync(["rev-parse", "--verify", "--quiet", $"{Read}{branch}^{{commit}}"], cancel);
        if (!head.Succeeded && (head.ExitCode != 1 || !Directory.Exists(directory))) throw head.Failure("rev-parse");
        return head.Succeeded ? head.Text : null;
    }

    /// <summary>The branches whose names begin so, as they were read last, each with the commit that it stands at.</summary>
    /// <exception cref="RepositoryUnavailableException">The repository cannot be read now.</exception>
    public async Task<IReadOnlyDictionary<string, string>> BranchesAsync(string prefix, CancellationToken cancel)
    {
        var listed = await git.RunAsync(["for-each-ref", "--format=%(objectname) %(refname)", $"{Read}{prefix}"], cancel);
        return listed.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).ToDictionary(line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1 + Read.Length)..], line => line[..line.IndexOf(' ', StringComparison.Ordinal)], StringComparer.Ordinal);
    }

    /// <summary>Whether a commit is another one, or comes before it.</summary>
    /// <exception cref="RepositoryUnavailableException">The repository cannot be read now.</exception>
    public async Task<bool> IsInAsync(string commit, string later, CancellationToken cancel)
    {
        var looked = await git.TryAsync(["merge-base", "--is-ancestor", commit, later], cancel);
        return looked.ExitCode is 0 or 1 ? looked.Succeeded : throw looked.Failure("merge-base");
    }

    /// <summary>The last commit that two have in common; null where they have none.</summary>
    /// <exception cref="RepositoryUnavailableException">The repository cannot be read now.</exception>
    public async Task<string?> CommonAsync(string one, string other, CancellationToken cancel)
    {
        var found = await git.TryAsync(["merge-base", one, other], cancel);
        return found.Succeeded ? found.Text : found.ExitCode == 1 ? null : throw found.Failure("merge-base");
    }

    /// <summary>The files of two commits put together: of each file what one of them changed since they parted. No text is read.</summary>
    /// <param name="common">Where they parted; null where they never had anything in common.</param>
    /// <param name="one">One commit.</param>
    /// <param name="other">The other.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>The tree, and the paths that both changed, and not alike: there the other's file stands, or none where the other has none.</returns>
    /// <exception cref="RepositoryUnavailableException">The repository cannot be written now.</exception>
    public async Task<(string Tree, IReadOnlyList<string> Both)> MergeAsync(string? common, string one, string other, CancellationToken cancel) => await WithIndexAsync(async own =>
    {
        var before = common ?? (await git.RunAsync(["mktree"], cancel)).Text;
        await git.RunAsync(["read-tree", "-i", "-m", "--aggressive", before, one, other], cancel, variables: own);
        var unmerged = (await git.RunAsync(["ls-files", "-z", "--unmerged"], cancel, variables: own)).Pieces
            .Select(piece => (Path: piece[(piece.IndexOf('\t', StringComparison.Ordinal) + 1)..], Entry: piece[..piece.IndexOf('\t', StringComparison.Ordinal)].Split(' '))).ToLookup(entry => entry.Path, entry => entry.Entry, StringComparer.Ordinal);
        StringBuilder entries = new();
        foreach (var path in unmerged)
        {
            entries.Append("0 ").Append('0', before.Length).Append('\t').Append(path.Key).Append('\0'); // takes all of its versions out
            if (path.FirstOrDefault(entry => entry is [_, _, "3"]) is [var mode, var hash, _]) entries.Append(mode).Append(' ').Append(hash).Append('\t').Append(path.Key).Append('\0');
        }

        if (entries.Length > 0) await git.RunAsync(["update-index", "-z", "--index-info"], cancel, Encoding.UTF8.GetBytes(entries.ToString()), own);
        return ((await git.RunAsync(["write-tree", "--missing-ok"], cancel, variables: own)).Text, (IReadOnlyList<string>)[.. unmerged.Select(path => path.Key)]);
    });

    /// <summary>The hashes of the files at or below a path of a commit, by their paths. What is no file, a symbolic link for example, is not among them.</summary>
    /// <exception cref="RepositoryUnavailableException">The repository cannot be read now.</exception>
    public async Task<Dictionary<string, string>> EntriesAsync(string commit, string path, CancellationToken cancel)
    {
        var listed = await git.RunAsync(["ls-tree", "-r", "-z", "--full-tree", commit, .. path.Length == 0 ? Array.Empty<string>() : ["--", path]], cancel);
        Dictionary<string, string> files = new(StringComparer.Ordinal);
        foreach (var piece in listed.Pieces)
        {
            // MODE KIND HASH, a tab, the path; a file's mode begins with 100, a link's and a submodule's do not
            if (piece.IndexOf('\t', StringComparison.Ordinal) is > 0 and var tab && piece[..tab].Split(' ') is [['1', '0', '0', ..], "blob", var hash]) files[piece[(tab + 1)..]] = hash;
        }

        return files;
    }

    /// <summary>The hash of a file in a commit; null where it is not there.</summary>
    /// <exception cref="RepositoryUnavailableException">The repository cannot be read now.</exception>
    public async Task<string?> HashAsync(string commit, string path, CancellationToken cancel) => (await EntriesAsync(commit, path, cancel)).GetValueOrDefault(path);

    /// <summary>The texts of those blobs that are UTF-8, a byte order mark included, and not too long.</summary>
    /// <exception cref="RepositoryUnavailableException">The repository cannot be read now.</exception>
    public Task<Dictionary<string, string>> TextsAsync(IEnumerable<string> hashes, CancellationToken cancel)
    {
        var asked = hashes.Distinct(StringComparer.Ordinal).ToList();
        return MendingAsync(async () =>
        {
            Dictionary<string, string> texts = new(StringComparer.Ordinal);
            if (asked.Count == 0) return texts;
            await FetchTextsAsync(asked, cancel);
            await git.RunAsync(["cat-file", "--batch"], cancel, Encoding.ASCII.GetBytes(string.Join('\n', asked) + "\n"), read: async (stream, ending) =>
            {
                await foreach (var (hash, bytes) in GitBlobs.ReadAsync(stream, LongestFile, ending))
                {
                    if (System.Text.Unicode.Utf8.IsValid(bytes)) texts[hash] = Encoding.UTF8.GetString(bytes);
                }
            });
            return texts;
        }, cancel);
    }

    /// <summary>The last commits up to one, each as its hash, a blank, and what a trailer of it holds.</summary>
    /// <exception cref="RepositoryUnavailableException">The repository cannot be read now.</exception>
    public async Task<IEnumerable<string>> TrailersAsync(string commit, string trailer, int most, CancellationToken cancel) =>
        (await git.RunAsync(["log", "-z", "-n", $"{most}", $"--format=%H %(trailers:key={trailer},valueonly,separator=%x20)", commit], cancel)).Pieces;

    /// <summary>The last commit up to one that touched a path and has a trailer: who made it, with what address, when, and all its trailers, a line each; null where there is none.</summary>
    /// <exception cref="RepositoryUnavailableException">The repository cannot be read now.</exception>
    public async Task<(string Name, string Address, DateTimeOffset At, IEnumerable<string> Trailers)?> CommitWithAsync(string commit, string trailer, string path, CancellationToken cancel)
    {
        var log = await git.RunAsync(["log", "-z", "-n", "1", $"--grep=^{trailer}: ", "--format=%an%n%ae%n%at%n%(trailers:only,unfold)", commit, "--", path], cancel);
        return log.Pieces.FirstOrDefault()?.Split('\n') is [var name, var address, var at, .. var trailers] && long.TryParse(at, System.Globalization.CultureInfo.InvariantCulture, out var seconds)
            ? (name, address, DateTimeOffset.FromUnixTimeSeconds(seconds), trailers)
            : null;
    }

    /// <summary>Whether a commit is in the repository.</summary>
    public async Task<bool> HasCommitAsync(string commit, CancellationToken cancel) => (await git.TryAsync(["rev-parse", "--verify", "--quiet", $"{commit}^{{commit}}"], cancel)).Succeeded;

    /// <summary>Who made the commits between two that touched some paths, latest first, each once.</summary>
    /// <exception cref="RepositoryUnavailableException">The repository cannot be read now.</exception>
    public async Task<IReadOnlyList<string>> AuthorsAsync(string from, string to, IEnumerable<string> paths, CancellationToken cancel) =>
        [.. (await git.RunAsync(["log", "-z", "--format=%an", $"{from}..{to}", "--", .. paths], cancel)).Pieces.Select(CommitMessage.OneLine).Where(name => name.Length > 0).Distinct(StringComparer.Ordinal)];

    /// <summary>The paths that the commits between two touched; none where the earlier one is in the repository no more.</summary>
    /// <param name="from">The earlier one; null: all commits up to the later.</param>
    /// <param name="to">The later one.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="RepositoryUnavailableException">The repository cannot be read now.</exception>
    public async Task<IReadOnlyList<string>> TouchedPathsAsync(string? from, string to, CancellationToken cancel)
    {
        if (from is not null && !await HasCommitAsync(from, cancel)) return [];
        var log = await git.RunAsync(["log", "-z", "--format=", "--name-only", "--no-renames", "--diff-merges=first-parent", from is null ? to : $"{from}..{to}"], cancel);
        return [.. log.Pieces.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The last commit up to one that changed a file.</summary>
    /// <exception cref="RepositoryUnavailableException">The repository cannot be read now.</exception>
    public async Task<string> LastChangeAsync(string commit, string path, CancellationToken cancel) =>
        (await git.RunAsync(["log", "-n", "1", "--format=%H", commit, "--", path], cancel)).Text;

    /// <summary>Writes a commit's objects; no branch holds it yet.</summary>
    /// <param name="parents">The commits that it follows; none: the first.</param>
    /// <param name="tree">The commit or tree whose files it begins with; null: none.</param>
    /// <param name="changes">The texts of files by their paths; null: it goes.</param>
    /// <param name="message">What it says.</param>
    /// <param name="identity">Who made it when, as git's environment has it.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>Its hash.</returns>
    /// <exception cref="RepositoryUnavailableException">The repository cannot be written now.</exception>
    public async Task<string> CommitAsync(
        IReadOnlyList<string> parents, string? tree, IEnumerable<(string Path, string? Text)> changes, string message, IReadOnlyDictionary<string, string?> identity, CancellationToken cancel)
    {
        StringBuilder entries = new();
        foreach (var (path, text) in changes)
        {
            if (text is null) entries.Append("0 ").Append('0', 40).Append('\t').Append(path).Append('\0');
            else entries.Append("100644 ").Append(await WriteAsync(text, cancel)).Append('\t').Append(path).Append('\0');
        }

        return await WithIndexAsync(async own =>
        {
            await git.RunAsync(tree is not null ? ["read-tree", tree] : ["read-tree", "--empty"], cancel, variables: own);
            await git.RunAsync(["update-index", "-z", "--index-info"], cancel, Encoding.UTF8.GetBytes(entries.ToString()), own);
            var written = (await git.RunAsync(["write-tree", "--missing-ok"], cancel, variables: own)).Text;
            return (await git.RunAsync(["commit-tree", written, .. parents.SelectMany(parent => new[] { "-p", parent })], cancel, Encoding.UTF8.GetBytes(message), identity)).Text;
        });
    }

    /// <summary>Moves the branch of the reports to a commit where it still stands at the one before it.</summary>
    /// <inheritdoc cref="PushAsync(string, string?, string, CancellationToken)"/>
    public Task<bool> PushAsync(string? before, string commit, CancellationToken cancel) => PushAsync(options.Branch, before, commit, cancel);

    /// <summary>Moves a branch to a commit where it still stands at the one before it.</summary>
    /// <param name="branch">The branch.</param>
    /// <param name="before">Where it stood when it was read; null: it was not there.</param>
    /// <param name="commit">Where it shall stand.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>False where it moved meanwhile.</returns>
    /// <exception cref="RepositoryUnavailableException">The server does not answer, or says no.</exception>
    public async Task<bool> PushAsync(string branch, string? before, string commit, CancellationToken cancel)
    {
        var push = await git.TryAsync(["push", "--porcelain", $"--force-with-lease=refs/heads/{branch}:{before}", remote is null ? directory : "origin", $"{commit}:refs/heads/{branch}"], cancel);
        if (push.Succeeded) return true;
        if (Race().IsMatch(push.Text) || Race().IsMatch(push.Complaints)) return false;
        if (RemoteRejected().Match(push.Text) is not { Success: true } rejected) throw push.Failure("push");
        var why = $"{push.Remote} ({rejected.Groups["why"].Value})".TrimStart();
        throw new RepositoryUnavailableException(remote?.Redacted(why) ?? why) { Kind = GitFailure.Refused };
    }

    /// <summary>Does something with a list of files of its own.</summary>
    private async Task<T> WithIndexAsync<T>(Func<IReadOnlyDictionary<string, string?>, Task<T>> work)
    {
        var index = Path.Combine(directory, $"8d-index-{Guid.NewGuid():N}");
        try
        {
            return await work(new Dictionary<string, string?>(StringComparer.Ordinal) { ["GIT_INDEX_FILE"] = index });
        }
        finally
        {
            File.Delete(index);
            File.Delete(index + ".lock");
        }
    }

    /// <summary>Whether nothing is at its path, or its clone is not made.</summary>
    public bool IsAbsent => !Directory.Exists(directory) || !Directory.EnumerateFileSystemEntries(directory).Any();

    private async Task<string> WriteAsync(string text, CancellationToken cancel)
    {
        var hash = (await git.RunAsync(["hash-object", "-w", "--stdin"], cancel, Encoding.UTF8.GetBytes(text))).Text;
        here.TryAdd(hash, 0);
        return hash;
    }

    /// <summary>Fetches the texts that the clone lacks, all at once: git by itself would ask for one after the other.</summary>
    private async Task FetchTextsAsync(List<string> hashes, CancellationToken cancel)
    {
        if (remote is null || await AreFetchedAsync(hashes, cancel)) return;
        await RefreshAsync(cancel); // with all texts from now on
    }

    /// <summary>
    /// Whether the texts are here. False where the server gives none for itself: one that does not hear of the newer protocol, as ssh does with a server that does not
    /// accept <c>GIT_PROTOCOL</c> (git, "protocol-v2"). The clone is gone then, and is made anew as a whole.
    /// </summary>
    private async Task<bool> AreFetchedAsync(List<string> hashes, CancellationToken cancel)
    {
        await FetchAloneAsync(cancel);
        try
        {
            if (!isListed)
            {
                var listed = await git.RunAsync(["cat-file", "--batch-all-objects", "--unordered", "--batch-check=%(objectname)"], cancel);
                foreach (var hash in listed.Text.Split('\n')) here.TryAdd(hash, 0);
                isListed = true;
            }

            var missing = hashes.Where(hash => !here.ContainsKey(hash)).ToList();
            if (missing.Count == 0) return true;
            var fetched = await git.TryAsync(["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-auto-maintenance", "--filter=blob:none", "--stdin", "origin"], cancel, Encoding.ASCII.GetBytes(string.Join('\n', missing) + "\n"), patience: options.ClonePatience);
            if (!fetched.Succeeded && !isWhole && fetched.Complaints.Contains("unadvertised object", StringComparison.Ordinal))
            {
                isWhole = true;
                Remove();
                return false;
            }

            if (!fetched.Succeeded) throw fetched.Failure("fetch");
            foreach (var hash in missing) here.TryAdd(hash, 0);
            return true;
        }
        finally
        {
            fetching.Release();
        }
    }

    /// <summary>Does something; where the clone is broken, makes it anew and does it once more.</summary>
    private async Task<T> MendingAsync<T>(Func<Task<T>> work, CancellationToken cancel)
    {
        try
        {
            return await work();
        }
        catch (RepositoryUnavailableException broken) when (remote is not null && broken.Kind == GitFailure.Here && MayMend())
        {
            await FetchAloneAsync(cancel);
            try
            {
                Remove();
            }
            finally
            {
                fetching.Release();
            }

            await RefreshAsync(cancel);
            return await work();
        }
    }

    private async Task FetchAloneAsync(CancellationToken cancel)
    {
        if (!await fetching.WaitAsync(options.Patience, cancel)) throw new RepositoryUnavailableException("Much is being fetched from the repository.");
    }

    private bool MayMend()
    {
        var now = Environment.TickCount64;
        var last = Interlocked.Read(ref mended);
        return (last == 0 || now - last > Mended.TotalMilliseconds) && Interlocked.CompareExchange(ref mended, now, last) == last;
    }

    private void Remove()
    {
        here.Clear();
        isListed = false;
        if (!Directory.Exists(directory)) return;
        var away = $"{directory}.{Guid.NewGuid():N}";
        Directory.Move(directory, away);
        Directory.Delete(away, recursive: true);
    }

    private Task CloneAsync(GitRemote from, CancellationToken cancel)
    {
        List<(string, string)> settings = [("remote.origin.url", from.Url), ("remote.origin.fetch", "+refs/heads/*:refs/remotes/origin/*")];
        if (!isWhole) settings.AddRange([("core.repositoryformatversion", "1"), ("extensions.partialClone", "origin"), ("remote.origin.promisor", "true"), ("remote.origin.partialclonefilter", "blob:none")]);
        return MakeAsync(["init", "--quiet", "--bare"], settings, cancel);
    }

    /// <summary>Whether the server lets this bot read and write.</summary>
    private async Task LookAtServerAsync(GitRemote server, CancellationToken cancel)
    {
        var own = Directory.CreateTempSubdirectory("8d-look-");
        try
        {
            var there = new GitCommand(options, own.FullName, server);
            await there.RunAsync(["init", "--quiet", "--bare"], cancel);
            await there.RunAsync(["ls-remote", "--heads", "--", server.Url, Branch], cancel);
            // to take away a branch that is not there asks the server for nothing but whether one may
            var push = await there.TryAsync(["push", "--dry-run", "--porcelain", "--", server.Url, $":refs/heads/8d-doctor-{Guid.NewGuid():N}"], cancel);
            if (!push.Succeeded && !push.Complaints.Contains("remote ref does not exist", StringComparison.Ordinal)) throw push.Failure("push");
        }
        finally
        {
            own.Delete(recursive: true);
        }
    }

    private async Task CheckBareAsync(CancellationToken cancel)
    {
        var bare = await git.TryAsync(["rev-parse", "--is-bare-repository"], cancel);
        if (!bare.Succeeded || bare.Text != "true")
        {
            throw new SettingException(options.RemoteKey, $"{directory} is no bare git repository; set it to one (git clone --bare makes one), or to a path that does not exist yet.");
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
            throw new SettingException(options.RemoteKey, cause.InnerException is null
                ? $"git cannot use {Name} ({cause.Message.TrimEnd('.')}); mend it, or set another path or address."
                : "git cannot be run; install it (https://git-scm.com), and see that it is on the PATH.", cause);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new SettingException(remote is null ? options.RemoteKey : "Storage:Path", $"{Written} cannot be written to ({cause.Message.TrimEnd('.')}); let this user write there, or set another path.", cause);
        }
    }

    private async Task InitAsync(CancellationToken cancel)
    {
        string[] init = ["init", "--quiet", "--bare", $"--initial-branch={options.Branch}"];
        if (Directory.Exists(directory)) await git.RunAsync(init, cancel); // an empty folder that was made for it, a mount perhaps
        else await MakeAsync(init, [], cancel);
    }

    /// <summary>Makes a repository beside its place and moves it there, so that nobody ever sees half of one.</summary>
    private async Task MakeAsync(string[] init, IEnumerable<(string Key, string Value)> settings, CancellationToken cancel)
    {
        var made = $"{directory}.{Guid.NewGuid():N}";
        Directory.CreateDirectory(made);
        Dictionary<string, string?> there = new(StringComparer.Ordinal) { ["GIT_DIR"] = made };
        await git.RunAsync(init, cancel, variables: there);
        foreach (var (key, value) in settings) await git.RunAsync(["config", key, value], cancel, variables: there);
        try
        {
            if (Directory.Exists(directory)) Directory.Delete(directory); // empty
            Directory.Move(made, directory);
        }
        catch (IOException) when (Directory.Exists(directory))
        {
            Directory.Delete(made, recursive: true); // another process made it meanwhile
        }
    }

    [GeneratedRegex(@"\d+(\.\d+){1,2}", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex VersionNumber();

    [GeneratedRegex(@"\((stale info|fetch first|non-fast-forward|failed to update ref|incorrect old value provided|remote ref updated since checkout)\)|cannot lock ref", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Race();

    [GeneratedRegex(@"\[remote rejected\] \((?<why>.*)\)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex RemoteRejected();
}
