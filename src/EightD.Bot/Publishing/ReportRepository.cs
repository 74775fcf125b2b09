using System.Text.RegularExpressions;
using EightD.Bot.Publishing.Reviews;
using EightD.Bot.Settings;
using EightD.Incidents;
using EightD.Incidents.ReadingBack;
using EightD.Reports.Folder;
using EightD.Reports.Templates;

namespace EightD.Bot.Publishing;

/// <summary>The folder of reports in a repository: what stands in it, and how one more comes there.</summary>
internal sealed partial class ReportRepository
{
    /// <summary>How long a server has at the start, which goes on without it.</summary>
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(5);

    /// <summary>The bytes of texts that are kept in memory for searching.</summary>
    private const long MostKept = 64L * 1024 * 1024;

    private readonly GitRepository git;
    private readonly RepositoryOptions options;
    private readonly GitFolder folder;
    private readonly FolderEdits edits;
    private readonly ReviewBranches branches;
    private readonly FolderCommits commits;
    private volatile Dictionary<(string Name, string Hash), SearchedReport> kept = [];
    private volatile TemplateList? templates;

    /// <param name="git">The repository.</param>
    /// <param name="options">Which folder of it, and who commits.</param>
    /// <param name="pullRequests">Its pull requests on its host; null where there are none.</param>
    public ReportRepository(GitRepository git, RepositoryOptions options, PullRequests? pullRequests = null)
    {
        (this.git, this.options, folder) = (git, options, new(git, options));
        edits = new(git, folder);
        branches = new(git, folder, options);
        commits = new(git, folder, edits, branches, pullRequests, options);
    }

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

    /// <summary>The highest number given in the folder, and on the branches whose reports wait to be merged; 0 where there is none.</summary>
    /// <exception cref="RepositoryUnavailableException">The repository cannot be read now.</exception>
    public async Task<int> HighestNumberAsync(CancellationToken cancel)
    {
        var snapshot = await folder.NowAsync(cancel);
        return Math.Max(FolderChanges.HighestNumber(snapshot.Names, await folder.TextAsync(snapshot, FolderChanges.SequenceFile, cancel)), await branches.HighestNumberAsync(cancel));
    }

    /// <summary>The reports in the folder, by number. A title is the contents page's, else the file's.</summary>
    /// <exception cref="RepositoryUnavailableException">The repository cannot be read now.</exception>
    public async Task<IReadOnlyList<ReportEntry>> ListAsync(CancellationToken cancel)
    {
        var snapshot = await folder.NowAsync(cancel);
        var files = snapshot.Reports.ToList();
        var titles = Contents.Entries(await folder.TextAsync(snapshot, FolderChanges.ContentsFile, cancel) ?? "")
            .GroupBy(entry => entry.FileName, StringComparer.Ordinal).ToDictionary(entries => entries.Key, entries => entries.First().Title, StringComparer.Ordinal);
        var untitled = await folder.TextsAsync(snapshot, files.Where(name => !titles.ContainsKey(name)), cancel);
        return [.. files.Select(name => new ReportEntry(FileName.NumberIn(name)!.Value, titles.GetValueOrDefault(name) ?? ReportEntry.TitleIn(untitled.GetValueOrDefault(name)), name))
            .OrderBy(entry => entry.Number).ThenBy(entry => entry.FileName, StringComparer.Ordinal)];
    }

    /// <summary>A report by its number; null where there is none.</summary>
    /// <exception cref="RepositoryUnavailableException">The repository cannot be read now.</exception>
    public async Task<(ReportEntry Entry, string Text, Publication Published)?> FindAsync(int number, CancellationToken cancel)
    {
        var snapshot = await folder.NowAsync(cancel);
        var name = snapshot.ReportOf(number);
        return name is not null && await folder.TextAsync(snapshot, name, cancel) is { } text ? (new(number, ReportEntry.TitleIn(text), name), text, new(snapshot.Commit!, snapshot.PathOf(name), name, Version: 0)) : null;
    }

    /// <summary>The reports that hold each of some words, best first. Their texts are kept in memory, up to <see cref="MostKept"/>; what is beyond that is read anew.</summary>
    /// <exception cref="RepositoryUnavailableException">The repository cannot be read now.</exception>
    public async Task<IReadOnlyList<FoundReport>> SearchAsync(string words, CancellationToken cancel) => [.. ReportSearch.Find(await ReadAllAsync(cancel), words)];

    /// <summary>All reports with their texts: at the first call in one fetch, later those alone that are new.</summary>
    /// <exception cref="RepositoryUnavailableException">The repository cannot be read now.</exception>
    public async Task<IReadOnlyList<SearchedReport>> ReadAllAsync(CancellationToken cancel)
    {
        var snapshot = await folder.NowAsync(cancel);
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
            var snapshot = await folder.NowAsync(cancel);
            if (templates is { } read && read.Commit == snapshot.Commit) return read.Templates;
            var files = snapshot.Blobs.Keys.Where(path => TemplateFile().IsMatch(path)).Order(StringComparer.Ordinal);
            var texts = await folder.TextsAsync(snapshot, files, cancel);
            var own = new TemplateList(snapshot.Commit, [.. texts.Select(file => Template.Read(TemplateFile().Match(file.Key).Groups["name"].Value, file.Value))]);
            templates = own;
            return own.Templates;
        }
        catch (RepositoryUnavailableException)
        {
            return templates?.Templates ?? [];
        }
    }

    /// <summary>What was done to a report's file since it was published, and what became of the branch on which it waits; null where nothing was.</summary>
    /// <exception cref="RepositoryUnavailableException">The repository cannot be read now, or the commit in which it was published is in it no more.</exception>
    public async Task<GitEdit?> EditedSinceAsync(Publication published, int number, CancellationToken cancel) => await edits.SinceAsync(published, number, await folder.NowAsync(cancel), cancel);

    /// <summary>Commits a report and what belongs to it, in one commit; what a repeated call finds done already it does not do again.</summary>
    public Task<PublishOutcome> PublishAsync(PublishRequest request, CancellationToken cancel) => commits.PublishAsync(request, cancel);

    /// <summary>Puts what happened on the branch of the reports into the branch on which a report waits to be merged. Whether its number is another report's meanwhile.</summary>
    /// <param name="number">The report's number.</param>
    /// <param name="at">The date of the commit.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="RepositoryUnavailableException">The repository cannot be read or written now, or people have to mend something first.</exception>
    public async Task<bool> CatchUpAsync(int number, DateTimeOffset at, CancellationToken cancel)
    {
        await git.Queue.WaitAsync(cancel);
        try
        {
            return await branches.CatchUpAsync(number, await folder.NowAsync(cancel), CommitMessage.Identity(Person.Bot, at, options), cancel);
        }
        finally
        {
            git.Queue.Release();
        }
    }

    /// <summary>The folder's path in the repository, without a slash at its ends.</summary>
    /// <exception cref="RepositoryUnavailableException">The repository cannot be read now.</exception>
    public async Task<string> PathAsync(CancellationToken cancel) => (await folder.NowAsync(cancel)).Folder;

    private void CheckFolder()
    {
        if (options.Folder is { } folder && FolderSnapshot.Normal(folder) is null) throw new SettingException("Git:Folder", $"`{folder}` is no folder inside the repository; write it like docs/8d.");
    }

    private sealed record TemplateList(string? Commit, IReadOnlyList<Template> Templates);

    [GeneratedRegex(@"^\.templates/(?<name>[A-Za-z0-9_-]{1,64})\.md$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex TemplateFile();
}
