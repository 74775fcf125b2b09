using System.Globalization;
using System.Text.RegularExpressions;
using EightD.Bot.Settings;
using EightD.Incidents;
using EightD.Reports;
using EightD.Reports.Folder;
using EightD.Reports.Templates;

namespace EightD.Bot.Publishing;

/// <summary>
/// The report repository: a bare Git repository on this machine. Read and written by plumbing alone, without a work tree; a branch moves only from the
/// commit that was read. What was read is kept as long as the branch stands where it stood.
/// </summary>
internal sealed partial class ReportRepository(RepositoryOptions options) : IDisposable
{
    private const string FolderFile = ".8d-dir";
    private const string UsualFolder = "docs/8d";
    private const int Tries = 10;
    private const int LookBack = 200;

    private readonly GitCommand git = new(Path.GetFullPath(options.Remote), options.Program);
    private readonly SemaphoreSlim writing = new(1);
    private FolderState? state;
    private (string? Commit, IReadOnlyList<Template> Templates) templates = ("", []);

    private string Branch => $"refs/heads/{options.Branch}";

    /// <summary>Sees to it that there is a git and a repository; makes a new bare one where the path is absent.</summary>
    /// <exception cref="SettingException">There is none, and none can be made.</exception>
    public async Task EnsureUsableAsync(CancellationToken cancel)
    {
        if (options.Remote.Contains("://", StringComparison.Ordinal))
        {
            throw new SettingException("Git:Remote", "it is an address, and reports are committed to a repository on this machine; name the path of a bare repository, or leave it away.");
        }

        try
        {
            if ((await git.TryAsync(["check-ref-format", Branch], cancel)).Exit != 0) throw new SettingException("Git:Branch", $"`{options.Branch}` is no name of a branch; leave it away for main.");
            if (!Path.Exists(options.Remote))
            {
                Directory.CreateDirectory(Path.GetFullPath(options.Remote));
                await git.RunAsync(["init", "--quiet", "--bare", $"--initial-branch={options.Branch}"], cancel);
            }

            var (exit, bare, _) = await git.TryAsync(["rev-parse", "--is-bare-repository"], cancel);
            if (exit != 0 || bare.Trim() != "true")
            {
                throw new SettingException("Git:Remote", $"{options.Remote} is no bare Git repository; name one (git clone --bare makes it), or a path where nothing is.");
            }
        }
        catch (GitFailedException failed) when (failed.IsMissing)
        {
            throw new SettingException("Git:Remote", "git is not installed, or not on the PATH, and reports are committed with it; install git.", failed);
        }
        catch (Exception failed) when (failed is GitFailedException or IOException or UnauthorizedAccessException)
        {
            throw new SettingException("Git:Remote", $"{options.Remote} cannot be used ({failed.Message.TrimEnd('.')}); name a path that the bot may write to.", failed);
        }
    }

    /// <summary>The highest number that a report has here, or that was given.</summary>
    /// <exception cref="RepositoryUnavailableException">The repository cannot be read now; so of the others below.</exception>
    public Task<int> HighestNumberAsync(CancellationToken cancel) => ReadAsync(folder => Task.FromResult(FolderChanges.HighestNumber(folder.Files.Keys, folder.Sequence)), cancel);

    /// <summary>The reports, by number.</summary>
    public Task<IReadOnlyList<ReportEntry>> ListAsync(CancellationToken cancel) => ReadAsync<IReadOnlyList<ReportEntry>>(async folder =>
    {
        var titles = Contents.Entries(folder.Contents ?? "").GroupBy(entry => entry.Number).ToDictionary(group => group.Key, group => group.First().Title);
        List<ReportEntry> entries = [];
        foreach (var (number, file) in folder.Files.Keys.Select(file => (FileName.NumberIn(file), file)).Where(each => each.Item1 is not null).OrderBy(each => each.Item1))
        {
            entries.Add(new(number!.Value, titles.GetValueOrDefault(number.Value) ?? Title(await TextAsync(folder, file, cancel)), file));
        }

        return entries;
    }, cancel);

    /// <summary>A report by its number; null when there is none.</summary>
    public Task<FoundReport?> FindAsync(int number, CancellationToken cancel) => ReadAsync(async folder =>
    {
        if (folder.Files.Keys.FirstOrDefault(file => FileName.NumberIn(file) == number) is not { } name) return null;
        var text = await TextAsync(folder, name, cancel);
        return new FoundReport(new(number, Title(text), name), text);
    }, cancel);

    /// <summary>The team's own templates, <c>.templates/NAME.md</c>.</summary>
    public Task<IReadOnlyList<Template>> TemplatesAsync(CancellationToken cancel) => ReadAsync(async folder =>
    {
        if (templates.Commit == folder.Commit) return templates.Templates;
        List<Template> own = [];
        if (folder.Commit is not null)
        {
            foreach (var path in await ListAsync(folder.Commit, $"{folder.Path}/.templates/", cancel))
            {
                if (TemplateFile().Match(path[(path.LastIndexOf('/') + 1)..]) is { Success: true } file) own.Add(Template.Read(file.Groups["name"].Value, await BlobAsync(folder.Commit, path, cancel)));
            }
        }

        templates = (folder.Commit, own);
        return own;
    }, cancel);

    /// <summary>
    /// Commits a report with what belongs to it: one commit by the person who published, told by its trailer from one that was made before for the same
    /// effect. Git that cannot do it now is no error: the publish waits.
    /// </summary>
    public async Task<PublishOutcome> PublishAsync(PublishRequest request, CancellationToken cancel)
    {
        await writing.WaitAsync(cancel);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                if (await TryPublishAsync(request, cancel) is { } outcome) return outcome;
                if (attempt == Tries) return new PublishOutcome.Waiting("Others commit to the repository at this moment.");
                await Task.Delay(Random.Shared.Next(5, 40 * attempt), cancel);
            }
        }
        catch (GitFailedException failed)
        {
            return new PublishOutcome.Waiting($"{failed.Message.TrimEnd('.')}.");
        }
        finally
        {
            writing.Release();
        }
    }

    public void Dispose() => writing.Dispose();

    /// <summary>Null where the branch moved meanwhile.</summary>
    private async Task<PublishOutcome?> TryPublishAsync(PublishRequest request, CancellationToken cancel)
    {
        var folder = await FolderAsync(cancel);
        var standing = request.PublishedAs is { } published && folder.Files.ContainsKey(published) ? await TextAsync(folder, published, cancel) : null;
        var file = FolderChanges.FileOf(request.Report, request.PublishedAs, standing);
        if (await MadeBeforeAsync(folder, request, cancel) is { } made) return new PublishOutcome.Done(made, $"{folder.Path}/{file}", file, request.Report.Text);
        var isTaken = folder.Files.Keys.Any(name => FileName.NumberIn(name) == request.Report.Number && name != request.PublishedAs);
        if (isTaken) return new PublishOutcome.NumberTaken(FolderChanges.HighestNumber(folder.Files.Keys, folder.Sequence) + 1);

        Dictionary<string, string> texts = new(StringComparer.Ordinal);
        if (standing is not null) texts[request.PublishedAs!] = standing;
        foreach (var name in FolderChanges.Needs(request.Report, folder.Files.Keys)) texts[name] = await TextAsync(folder, name, cancel);
        var changes = FolderChanges.Of(request.Report, request.PublishedAs, new(folder.Files.Keys, folder.Contents, folder.Sequence, texts))
            .ToDictionary(change => $"{folder.Path}/{change.Key}", change => change.Value, StringComparer.Ordinal);
        if (!folder.HasFolderFile) changes[FolderFile] = folder.Path + "\n";
        if (changes.Count == 0 && folder.Commit is { } same) return new PublishOutcome.Done(await LastOfAsync(same, $"{folder.Path}/{file}", cancel), $"{folder.Path}/{file}", file, request.Report.Text);

        var commit = await CommitAsync(folder.Commit, changes, request, cancel);
        var (exit, _, error) = await git.TryAsync(["update-ref", "-m", "publish", Branch, commit, folder.Commit ?? new string('0', commit.Length)], cancel);
        if (exit == 0) return new PublishOutcome.Done(commit, $"{folder.Path}/{file}", file, request.Report.Text);
        return error.Contains("aborted by hook", StringComparison.Ordinal) ? new PublishOutcome.Refused(error.Trim()) : null;
    }

    private async Task<string> CommitAsync(string? parent, Dictionary<string, string?> changes, PublishRequest request, CancellationToken cancel)
    {
        var index = Path.Combine(Path.GetTempPath(), $"8d-index-{Guid.NewGuid():N}");
        Dictionary<string, string?> surroundings = new(StringComparer.Ordinal) { ["GIT_INDEX_FILE"] = index };
        try
        {
            if (parent is not null) await git.RunAsync(["read-tree", parent], cancel, surroundings: surroundings);
            var lines = "";
            foreach (var (path, text) in changes)
            {
                lines += text is null
                    ? $"0 {new string('0', 40)}\t{path}\0"
                    : $"100644 {(await git.RunAsync(["hash-object", "-w", "--stdin"], cancel, text)).Trim()}\t{path}\0";
            }

            await git.RunAsync(["update-index", "-z", "--index-info"], cancel, lines, surroundings);
            var tree = (await git.RunAsync(["write-tree"], cancel, surroundings: surroundings)).Trim();
            return (await git.RunAsync(["commit-tree", tree, .. parent is null ? [] : new[] { "-p", parent }, "-F", "-"], cancel, Message(request), Signatures(request))).Trim();
        }
        finally
        {
            File.Delete(index);
        }
    }

    private Dictionary<string, string?> Signatures(PublishRequest request)
    {
        var date = $"{request.At.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)} +0000";
        return new(StringComparer.Ordinal)
        {
            ["GIT_AUTHOR_NAME"] = Signature(request.By.Name, options.AuthorName),
            ["GIT_AUTHOR_EMAIL"] = $"{NotInAddress().Replace(request.By.Id, "-").Trim('-', '.') switch { "" => "somebody", var id => id }}@localhost",
            ["GIT_AUTHOR_DATE"] = date,
            ["GIT_COMMITTER_NAME"] = Signature(options.AuthorName, "8D Bot"),
            ["GIT_COMMITTER_EMAIL"] = options.AuthorEmail,
            ["GIT_COMMITTER_DATE"] = date,
        };
    }

    /// <summary>A name as git takes it: something must be left when it has dropped what it drops.</summary>
    private static string Signature(string name, string otherwise)
    {
        var kept = string.Concat(name.Select(character => char.IsControl(character) || character is '<' or '>' ? ' ' : character)).Trim();
        return kept.Any(char.IsLetterOrDigit) ? kept : otherwise;
    }

    private static string Message(PublishRequest request) =>
        $"{request.Subject.ReplaceLineEndings(" ").Replace('\0', ' ')}\n\n{string.Concat(request.Trailers.Select(trailer => trailer.ReplaceLineEndings(" ").Replace('\0', ' ') + "\n"))}{EffectTrailer(request)}\n";

    private static string EffectTrailer(PublishRequest request) => $"8D-Effect: {request.Effect}";

    private async Task<string?> MadeBeforeAsync(FolderState folder, PublishRequest request, CancellationToken cancel)
    {
        if (folder.Commit is null) return null;
        var found = await git.RunAsync(["log", "-n", LookBack.ToString(CultureInfo.InvariantCulture), "--format=%H", "--fixed-strings", $"--grep={EffectTrailer(request)}", folder.Commit], cancel);
        return found.Split('\n', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
    }

    private async Task<string> LastOfAsync(string commit, string path, CancellationToken cancel) =>
        (await git.RunAsync(["log", "-n", "1", "--format=%H", commit, "--", path], cancel)).Trim() is { Length: > 0 } last ? last : commit;

    private async Task<T> ReadAsync<T>(Func<FolderState, Task<T>> read, CancellationToken cancel)
    {
        try
        {
            return await read(await FolderAsync(cancel));
        }
        catch (GitFailedException failed)
        {
            throw new RepositoryUnavailableException($"The report repository cannot be read now: {failed.Message}", failed);
        }
    }

    /// <summary>The folder as the branch has it now.</summary>
    private async Task<FolderState> FolderAsync(CancellationToken cancel)
    {
        var (exit, output, error) = await git.TryAsync(["rev-parse", "--verify", "--quiet", $"{Branch}^{{commit}}"], cancel);
        if (exit != 0 && error.Trim().Length > 0) throw new GitFailedException(error);
        var commit = exit == 0 ? output.Trim() : null;
        if (state is { } known && known.Commit == commit) return known;

        var named = commit is null ? null : await TryBlobAsync(commit, FolderFile, cancel);
        var path = options.Folder?.Trim('/') ?? Folder(named);
        Dictionary<string, string> files = new(StringComparer.Ordinal);
        if (commit is not null)
        {
            foreach (var file in await ListAsync(commit, $"{path}/", cancel)) files[file[(path.Length + 1)..]] = file;
        }

        var read = new FolderState(commit, path, named is not null, files,
            files.ContainsKey(FolderChanges.ContentsPage) ? await TryBlobAsync(commit!, $"{path}/{FolderChanges.ContentsPage}", cancel) : null,
            files.ContainsKey(FolderChanges.SequenceFile) ? await TryBlobAsync(commit!, $"{path}/{FolderChanges.SequenceFile}", cancel) : null);
        state = read;
        return read;
    }

    /// <summary>The folder that <c>.8d-dir</c> names: a path below the repository's root.</summary>
    private static string Folder(string? named)
    {
        var path = named?.Split('\n')[0].Trim().Replace('\\', '/').Trim('/') ?? "";
        if (path.StartsWith("./", StringComparison.Ordinal)) path = path[2..];
        return path.Length == 0 || path.Split('/').Any(word => word is "" or "." or ".." || word.Equals(".git", StringComparison.OrdinalIgnoreCase)) ? UsualFolder : path;
    }

    /// <summary>The files directly in a folder, by their paths.</summary>
    private async Task<string[]> ListAsync(string commit, string folder, CancellationToken cancel)
    {
        var listed = await git.RunAsync(["ls-tree", "-z", "--full-tree", commit, folder], cancel);
        return [.. listed.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(line => line.Split(' ')[1] == "blob").Select(line => line[(line.IndexOf('\t', StringComparison.Ordinal) + 1)..])];
    }

    private Task<string> TextAsync(FolderState folder, string file, CancellationToken cancel) => BlobAsync(folder.Commit!, folder.Files[file], cancel);

    private Task<string> BlobAsync(string commit, string path, CancellationToken cancel) => git.RunAsync(["cat-file", "blob", $"{commit}:{path}"], cancel);

    private async Task<string?> TryBlobAsync(string commit, string path, CancellationToken cancel) =>
        await git.TryAsync(["cat-file", "blob", $"{commit}:{path}"], cancel) is (0, var text, _) ? text : null;

    private static string Title(string text) => Report.Read(text, Template.BuiltIn[0]).Title;

    [GeneratedRegex(@"^(?<name>[A-Za-z0-9_-]{1,64})\.md$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex TemplateFile();

    [GeneratedRegex("[^A-Za-z0-9._-]+", RegexOptions.NonBacktracking)]
    private static partial Regex NotInAddress();

    /// <summary>A folder of reports at one commit; null where the branch has none yet.</summary>
    private sealed record FolderState(string? Commit, string Path, bool HasFolderFile, Dictionary<string, string> Files, string? Contents, string? Sequence);
}

/// <summary>Where reports are committed.</summary>
/// <param name="Remote">The path of a bare repository.</param>
/// <param name="Branch">The branch.</param>
/// <param name="Folder">The folder of the reports; null: as <c>.8d-dir</c> says, else <c>docs/8d</c>.</param>
/// <param name="AuthorName">The committer's name.</param>
/// <param name="AuthorEmail">The committer's address.</param>
/// <param name="Program">git's command.</param>
internal sealed record RepositoryOptions(string Remote, string Branch, string? Folder, string AuthorName, string AuthorEmail, string Program = "git");

/// <summary>What is to be committed.</summary>
/// <param name="Report">The report, with its number.</param>
/// <param name="PublishedAs">The file that an earlier publish wrote; null at the first.</param>
/// <param name="By">The commit's author.</param>
/// <param name="Subject">The message's first line.</param>
/// <param name="Trailers">Facts that the report has no place for.</param>
/// <param name="Effect">The effect's id, by which a commit is known again.</param>
/// <param name="At">The commit's date.</param>
internal sealed record PublishRequest(Report Report, string? PublishedAs, Person By, string Subject, IReadOnlyList<string> Trailers, string Effect, DateTimeOffset At);

/// <summary>A report as the repository has it.</summary>
internal sealed record FoundReport(ReportEntry Entry, string Text);

/// <summary>The repository cannot be read now.</summary>
internal sealed class RepositoryUnavailableException(string message, Exception? cause = null) : Exception(message, cause);
