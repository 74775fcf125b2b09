using EightD.Bot.Publishing.Reviews;
using EightD.Bot.Settings;
using EightD.Incidents;
using EightD.Reports.Folder;

namespace EightD.Bot.Publishing;

/// <summary>How one more report, or one that changed, comes into the folder: in one commit, on the branch of the reports or on one of its own.</summary>
internal sealed class FolderCommits(GitRepository git, GitFolder folder, FolderEdits edits, ReviewBranches branches, PullRequests? pullRequests, RepositoryOptions options)
{
    /// <summary>Who was unlucky so often lets this process's others go first, and is tried again later.</summary>
    private const int MostTries = 12;

    private const int LookBack = 200;

    /// <summary>Commits a report and what belongs to it, in one commit; what a repeated call finds done already it does not do again.</summary>
    public async Task<PublishOutcome> PublishAsync(PublishRequest request, CancellationToken cancel)
    {
        await git.Queue.WaitAsync(cancel);
        try
        {
            for (var tries = 1; ; tries++)
            {
                await git.RefreshAsync(cancel);
                if (await TryPublishAsync(request, cancel) is { } outcome) return outcome is PublishOutcome.Done { Review: { } review } done ? await OpenedAsync(request, done, review, cancel) : outcome;
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
        var now = await folder.NowAsync(cancel);
        if (await CommittedAsync(now, request, cancel) is { } before) return before;
        if (request.Published is { } published && await edits.SinceAsync(published, request.Number, now, cancel) is { } edit) return new PublishOutcome.Edited(edit);
        if (options.Mode == GitMode.PullRequest && now.Commit is null) return await BeginAsync(now, request, cancel);

        var ground = options.Mode == GitMode.PullRequest
            ? await branches.GroundAsync(request.Number, request.PublishedAs, now, cancel)
            : new(options.Branch, now.Commit, [.. new[] { now.Commit }.OfType<string>()], now.Commit, now);
        var taken = ground.Files.Names.Any(name => name != request.PublishedAs && FileName.NumberIn(name) == request.Number) || (ground.Head is not null && ground.Branch != options.Branch && !IsOwn(ground.Branch, request));
        var files = await folder.FilesAsync(ground.Files, request.Report, request.PublishedAs, cancel);
        if (taken) return new PublishOutcome.NumberTaken(Math.Max(FolderChanges.HighestNumber(files.Names, files.Sequence), await branches.HighestNumberAsync(cancel)) + 1);

        var name = FolderChanges.EntryOf(request.Report, request.PublishedAs, files).FileName;
        var changes = FolderChanges.Of(request.Report, request.PublishedAs, files);
        if (changes.Keys.FirstOrDefault(changed => changes[changed] is not null && ground.Files.Blobs.ContainsKey(changed) && !files.Texts.ContainsKey(changed)) is { } unreadable)
        {
            return new PublishOutcome.Refused($"{ground.Files.PathOf(unreadable)} is not UTF-8 text, so nothing was changed; save it as UTF-8.");
        }

        if (changes.Count == 0 && ground is { Parents: [var only] }) return Done(await git.LastChangeAsync(only, ground.Files.PathOf(name), cancel), name, request.Report.Text, ground.Head is null ? null : ground, now);

        var commit = await git.CommitAsync(ground.Parents, ground.Tree, Written(ground.Files, changes), CommitMessage.Of(request), CommitMessage.Identity(request, options), cancel);
        return await git.PushAsync(ground.Branch, ground.Head, commit, cancel) ? Done(commit, name, request.Report.Text, ground, now) : null;
    }

    /// <summary>A branch for the reports in a repository that has nothing yet: without one no pull request has anywhere to go.</summary>
    private async Task<PublishOutcome?> BeginAsync(FolderSnapshot now, PublishRequest request, CancellationToken cancel)
    {
        var first = await git.CommitAsync([], tree: null, Written(now, new Dictionary<string, string?>(StringComparer.Ordinal)), "The folder of 8D reports\n", CommitMessage.Identity(request, options), cancel);
        await git.PushAsync(before: null, first, cancel);
        return null;
    }

    /// <summary>Whether a branch was made for this report: where it was published last, or where it was before it was merged.</summary>
    private static bool IsOwn(string branch, PublishRequest request) =>
        request.Published is { } published && (published.Review is { } review ? review.Branch == branch : FileName.NumberIn(published.FileName) == request.Number);

    /// <summary>The commit that an earlier call with the same effect made; null where there is none among the last ones.</summary>
    private async Task<PublishOutcome?> CommittedAsync(FolderSnapshot now, PublishRequest request, CancellationToken cancel)
    {
        if (options.Mode == GitMode.PullRequest && await git.HeadAsync(branches.Of(request.Number), cancel) is { } head
            && await CommittedAsync(head, request, cancel) is { } waiting) return waiting with { Review = new(branches.Of(request.Number), now.Commit ?? head) };
        return now.Commit is { } commit ? await CommittedAsync(commit, request, cancel) : null;
    }

    private async Task<PublishOutcome.Done?> CommittedAsync(string head, PublishRequest request, CancellationToken cancel)
    {
        var log = await git.TrailersAsync(head, CommitMessage.EffectTrailer, LookBack, cancel);
        var sought = CommitMessage.OneLine(request.EffectId);
        if (log.FirstOrDefault(line => line.IndexOf(' ', StringComparison.Ordinal) is > 0 and var blank && line[(blank + 1)..].Trim() == sought) is not { } found) return null;

        var then = await folder.AtAsync(found[..found.IndexOf(' ', StringComparison.Ordinal)], cancel);
        var name = then.ReportOf(request.Number);
        return name is not null && await folder.TextAsync(then, name, cancel) is { } text ? new(then.Commit!, then.PathOf(name), name, text) : null;
    }

    private PublishOutcome.Done Done(string commit, string name, string text, Ground? ground, FolderSnapshot now) =>
        new(commit, now.PathOf(name), name, text) { Review = ground is null || ground.Branch == options.Branch ? null : new(ground.Branch, now.Commit!) };

    /// <summary>What is written, by its path in the repository; where that does not say yet which folder it has, that too.</summary>
    private IEnumerable<(string Path, string? Text)> Written(FolderSnapshot snapshot, IReadOnlyDictionary<string, string?> changes)
    {
        var written = changes.Select(change => (Path: snapshot.PathOf(change.Key), Text: change.Value));
        return snapshot.HasFolderFile || options.Own is not null ? written : written.Append((FolderSnapshot.FolderFile, $"{(snapshot.Folder.Length == 0 ? "." : snapshot.Folder)}\n"));
    }

    /// <summary>The same, with its pull request: the one that is open, or a new one.</summary>
    private async Task<PublishOutcome> OpenedAsync(PublishRequest request, PublishOutcome.Done done, Review review, CancellationToken cancel)
    {
        if (pullRequests is null) return done;
        var link = pullRequests.CompareLink(review.Branch);
        if (!pullRequests.CanOpen) return done with { Review = review with { Link = link } };
        try
        {
            var opened = await pullRequests.OpenAsync(review.Branch, CommitMessage.OneLine(request.Subject), BodyOf(request, done), cancel);
            return done with { Review = review with { Link = opened, IsOpened = true } };
        }
        catch (RepositoryUnavailableException refused) when (refused.Kind == GitFailure.Refused)
        {
            return done with { Review = review with { Link = link }, Unopened = refused.Message };
        }
        catch (RepositoryUnavailableException away)
        {
            return new PublishOutcome.Waiting($"It is on the branch {review.Branch}, and its pull request is not opened yet: {away.Message}");
        }
    }

    private static string BodyOf(PublishRequest request, PublishOutcome.Done done) => string.Join('\n', [
        $"The 8D report `{done.Path}`, status `{CommitMessage.OneLine(request.Report.Status)}`.", "",
        "Edit the file on this branch, or here: what you change is read back into the conversation of the 8D. The contents page and the sequence file are made anew whenever the branch below moves.", "",
        .. request.Trailers.Select(trailer => $"- `{CommitMessage.OneLine(trailer)}`")]);
}
