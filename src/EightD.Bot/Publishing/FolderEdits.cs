using EightD.Incidents;
using EightD.Incidents.ReadingBack;
using EightD.Reports.Folder;

namespace EightD.Bot.Publishing;

/// <summary>What people did to a report's file since it was published: on the branch of the reports, and on the branch on which it waits to be merged.</summary>
internal sealed class FolderEdits(GitRepository git, GitFolder folder)
{
    /// <summary>What was done; null where nothing was.</summary>
    /// <param name="published">Where it was published last.</param>
    /// <param name="number">The report's number.</param>
    /// <param name="now">The folder as the branch of the reports has it.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="RepositoryUnavailableException">The repository cannot be read now, or the commit in which it was published is in it no more.</exception>
    public async Task<GitEdit?> SinceAsync(Publication published, int number, FolderSnapshot now, CancellationToken cancel)
    {
        if (published.Commit.Length == 0 || (published.Review is null && published.Commit == now.Commit)) return null;
        if (now.Commit is null || !await git.HasCommitAsync(published.Commit, cancel))
        {
            throw new RepositoryUnavailableException($"The commit {published.Commit} in which this report was published is in the repository no more, so nobody can tell what was changed since; take its file as it is now with `/8d start --from {number}`.") { Kind = GitFailure.Refused };
        }

        return published.Review is { } review ? await OnItsBranchAsync(published, review, number, now, cancel) : await OnOneBranchAsync(published, number, now, cancel);
    }

    private async Task<GitEdit?> OnItsBranchAsync(Publication published, Review review, int number, FolderSnapshot now, CancellationToken cancel)
    {
        var head = await git.HeadAsync(review.Branch, cancel);
        if (await IsMergedAsync(published, review, head, now, cancel))
        {
            var edit = await OnOneBranchAsync(published, number, now, cancel);
            return (edit ?? await UnchangedAsync(published, now, cancel)) with { Fate = ReviewFate.Merged };
        }

        if (head is null)
        {
            var stands = now.ReportOf(number);
            return new(now.Commit!, [], stands is null ? null : now.PathOf(stands), stands, Base: null, Text: null) { Fate = ReviewFate.Deleted };
        }

        if (head != published.Commit && await OnOneBranchAsync(published, number, await folder.AtAsync(head, cancel), cancel) is { } onBranch) return onBranch with { Review = review };
        return await OnTheBaseAsync(published, review, now, cancel);
    }

    /// <summary>What was done to an earlier version of it, which is merged already, on the branch of the reports.</summary>
    private async Task<GitEdit?> OnTheBaseAsync(Publication published, Review review, FolderSnapshot now, CancellationToken cancel)
    {
        if (review.Base == now.Commit || !now.Blobs.TryGetValue(published.FileName, out var hash)) return null;
        var own = await git.HashAsync(published.Commit, published.Path, cancel);
        var then = await OnTheBaseThenAsync(published, review, cancel);
        if (hash == (then ?? own)) return null;
        var texts = await git.TextsAsync([.. new[] { then ?? own, hash }.OfType<string>()], cancel);
        var authors = then is null ? [] : await git.AuthorsAsync(review.Base, now.Commit!, [published.Path], cancel);
        return new(published.Commit, authors, published.Path, published.FileName, (then ?? own) is { } before ? texts.GetValueOrDefault(before) : null, texts.GetValueOrDefault(hash)) { Review = review with { Base = now.Commit! } };
    }

    /// <summary>
    /// Whether it was merged, in whatever way: its commit is there; or, where commits were put together into one, the very file, which was not there before; or a file
    /// of that name that is new, and the branch is gone.
    /// </summary>
    private async Task<bool> IsMergedAsync(Publication published, Review review, string? head, FolderSnapshot now, CancellationToken cancel)
    {
        if (await git.IsInAsync(head ?? published.Commit, now.Commit!, cancel)) return true;
        if (!now.Blobs.TryGetValue(published.FileName, out var hash)) return false;
        var then = await OnTheBaseThenAsync(published, review, cancel);
        return hash != then && (hash == await git.HashAsync(head ?? published.Commit, published.Path, cancel) || (head is null && then is null));
    }

    /// <summary>The hash of its file on the branch of the reports as it was read last; null where it was not there.</summary>
    private async Task<string?> OnTheBaseThenAsync(Publication published, Review review, CancellationToken cancel) =>
        await git.HasCommitAsync(review.Base, cancel) ? await git.HashAsync(review.Base, published.Path, cancel) : null;

    private async Task<GitEdit> UnchangedAsync(Publication published, FolderSnapshot now, CancellationToken cancel)
    {
        var text = await folder.TextAsync(now, published.FileName, cancel);
        return new(now.Commit!, [], published.Path, published.FileName, text, text);
    }

    /// <summary>What was done to it on one branch since it was published.</summary>
    private async Task<GitEdit?> OnOneBranchAsync(Publication published, int number, FolderSnapshot now, CancellationToken cancel)
    {
        var then = await git.HashAsync(published.Commit, published.Path, cancel);
        var name = now.Blobs.ContainsKey(published.FileName) ? published.FileName : now.ReportOf(number);
        if (name is null ? published.Is == FileState.Gone : published.Is == FileState.Fine && name == published.FileName && now.Blobs[name] == then) return null;
        string[] hashes = [.. new[] { then, name is null ? null : now.Blobs[name] }.OfType<string>()];
        var texts = await git.TextsAsync(hashes, cancel);
        var (before, after) = (then is null ? null : texts.GetValueOrDefault(then), name is null ? null : texts.GetValueOrDefault(now.Blobs[name]));
        if (name != published.FileName && ReportEntry.TitleIn(before) != ReportEntry.TitleIn(after)) // nobody's renamed file, but another report with that number
        {
            if (published.Is == FileState.Gone) return null;
            (name, after) = (null, null);
        }

        var authors = await git.AuthorsAsync(published.Commit, now.Commit!, name is null ? [published.Path] : [published.Path, now.PathOf(name)], cancel);
        return name is null ? new(now.Commit!, authors, Path: null, FileName: null, Base: null, Text: null) : new(now.Commit!, authors, now.PathOf(name), name, before, after);
    }
}
