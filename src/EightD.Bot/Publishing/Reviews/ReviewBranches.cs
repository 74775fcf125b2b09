using EightD.Bot.Settings;
using EightD.Reports;
using EightD.Reports.Folder;
using EightD.Reports.Templates;

namespace EightD.Bot.Publishing.Reviews;

/// <summary>The branches on which a folder's reports wait to be merged, each with one report on top of the branch of the reports.</summary>
internal sealed class ReviewBranches(GitRepository git, GitFolder folder, RepositoryOptions options)
{
    /// <summary>The branch of a report.</summary>
    public string Of(int number) => ReviewBranch.Of(number, options.Own);

    /// <summary>The highest number of a report that has a branch; 0 where there is none.</summary>
    /// <exception cref="RepositoryUnavailableException">The repository cannot be read now.</exception>
    public async Task<int> HighestNumberAsync(CancellationToken cancel) =>
        options.Mode == GitMode.PullRequest ? (await git.BranchesAsync(ReviewBranch.PrefixOf(options.Own), cancel)).Keys.Max(branch => ReviewBranch.NumberOf(branch, options.Own)) ?? 0 : 0;

    /// <summary>
    /// What the next commit of a report's branch stands on: the branch of the reports, or both branches put together, where the report has one already. The contents page,
    /// the sequence file and the links in other reports are taken from the branch of the reports: whoever commits makes them anew, so that reports which wait side by
    /// side never conflict.
    /// </summary>
    /// <param name="number">The report's number.</param>
    /// <param name="file">The report's file in its folder; null where it has none yet.</param>
    /// <param name="now">The folder as the branch of the reports has it.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="RepositoryUnavailableException">The repository cannot be read or written now; or people changed the same other file on both branches, which they have to mend.</exception>
    public async Task<Ground> GroundAsync(int number, string? file, FolderSnapshot now, CancellationToken cancel)
    {
        var branch = Of(number);
        if (await git.HeadAsync(branch, cancel) is not { } head) return new(branch, Head: null, [now.Commit!], now.Commit, now);
        if (await git.IsInAsync(now.Commit!, head, cancel)) return new(branch, head, [head], head, await folder.AtAsync(head, cancel));

        var common = await git.CommonAsync(head, now.Commit!, cancel);
        var (tree, both) = await git.MergeAsync(common, head, now.Commit!, cancel);
        foreach (var path in both) await CheckAsync(path, common, head, file, now, branch, cancel);
        return new(branch, head, [head, now.Commit!], tree, await folder.AtAsync(tree, cancel));
    }

    /// <summary>Puts what happened on the branch of the reports into a report's branch, and leaves the report as it stands there (contract, "Git").</summary>
    /// <param name="number">The report's number.</param>
    /// <param name="now">The folder as the branch of the reports has it.</param>
    /// <param name="identity">Who does that, as git's environment has it.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>Whether another report on the branch of the reports has its number meanwhile.</returns>
    /// <exception cref="RepositoryUnavailableException">As <see cref="GroundAsync"/>.</exception>
    public async Task<bool> CatchUpAsync(int number, FolderSnapshot now, IReadOnlyDictionary<string, string?> identity, CancellationToken cancel)
    {
        if (await git.HeadAsync(Of(number), cancel) is not { } head || await git.IsInAsync(now.Commit!, head, cancel)) return false;
        var own = await folder.AtAsync(head, cancel);
        if (own.ReportOf(number) is not { } file || await folder.TextAsync(own, file, cancel) is not { } text) return false;
        if (now.Names.Any(name => FileName.NumberIn(name) == number && name != file)) return true;
        var ground = await GroundAsync(number, file, now, cancel);
        var report = Report.Read(text, Template.BuiltIn[0]);
        var changes = FolderChanges.Of(report, file, await folder.FilesAsync(ground.Files, report, file, cancel));
        var commit = await git.CommitAsync(ground.Parents, ground.Tree, changes.Select(change => (ground.Files.PathOf(change.Key), change.Value)), $"Merge {options.Branch} into {ground.Branch}\n", identity, cancel);
        await git.PushAsync(ground.Branch, head, commit, cancel); // where others were faster it is looked at again
        return false;
    }

    /// <summary>Looks whether what a report's branch changed in a file can be made anew: it is the report itself, the sequence, or no more than lines that name the report.</summary>
    private async Task CheckAsync(string path, string? common, string head, string? file, FolderSnapshot now, string branch, CancellationToken cancel)
    {
        if (path == now.PathOf(FolderChanges.SequenceFile) || (file is not null && path == now.PathOf(file))) return;
        string?[] hashes = [common is null ? null : await git.HashAsync(common, path, cancel), await git.HashAsync(head, path, cancel)];
        var texts = await git.TextsAsync(hashes.OfType<string>(), cancel);
        string[][] lines = [.. hashes.Select(hash => hash is null ? [] : texts.GetValueOrDefault(hash)?.Split('\n') ?? ["?"])];
        if (file is not null && lines[0].Except(lines[1], StringComparer.Ordinal).Concat(lines[1].Except(lines[0], StringComparer.Ordinal)).All(line => line.Trim().Length == 0 || line.Contains(file, StringComparison.Ordinal) || line.StartsWith('#'))) return;
        throw new RepositoryUnavailableException($"{options.Branch} and {branch} both changed {path}; merge {options.Branch} into {branch} by hand, then publish again.") { Kind = GitFailure.Refused };
    }
}

/// <summary>What a commit of a report stands on.</summary>
/// <param name="Branch">The branch that it goes to.</param>
/// <param name="Head">Where that stood when it was read; null: it is not there.</param>
/// <param name="Parents">The commits that it follows.</param>
/// <param name="Tree">The files that it begins with; null: none.</param>
/// <param name="Files">Those of them that stand in the folder of reports.</param>
internal sealed record Ground(string Branch, string? Head, IReadOnlyList<string> Parents, string? Tree, FolderSnapshot Files);
