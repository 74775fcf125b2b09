using System.Collections.Concurrent;
using System.Text;
using EightD.Bot.Publishing;
using EightD.Bot.Publishing.Reviews;
using EightD.Bot.Settings;
using EightD.Bot.Storage;
using EightD.Bot.Turns;
using EightD.Incidents;
using EightD.Incidents.ReadingBack;
using EightD.Reports.Folder;

namespace EightD.Bot.ReadingBack;

/// <summary>
/// Looks again and again whether branches moved, and has the 8Ds whose files changed read them back. While nothing moved it is one look at each server,
/// however many reports there are.
/// </summary>
internal sealed class GitPolling(
    ReportRepositories repositories, ReportNumbers numbers, IncidentStore incidents, IBlobStore blobs, TurnHandler turns, BotSettings settings, TimeProvider clock, ILogger<GitPolling> log) : BackgroundService
{
    /// <summary>How long a look is good for others who ask.</summary>
    private static readonly TimeSpan Good = TimeSpan.FromSeconds(20);

    /// <summary>How long whoever asks has time for it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private const int MostLookedAt = 10_000;

    private readonly Dictionary<GitPlace, IReadOnlyDictionary<string, string>> seen = [];
    private readonly Dictionary<GitPlace, (long Began, Task<IReadOnlyDictionary<string, string>> Branches)> shared = [];
    private readonly Lock gate = new();

    /// <summary>How the branches stood when an 8D was read back for somebody who asked.</summary>
    private readonly ConcurrentDictionary<string, string> lookedAt = new(StringComparer.Ordinal);

    /// <summary>When a repository was last seen as it was; null: not since this process began.</summary>
    public DateTimeOffset? LastLook { get; private set; }

    /// <summary>Has those 8Ds read back what was done to their files, however long ago.</summary>
    /// <exception cref="RepositoryUnavailableException">A repository cannot be read now.</exception>
    /// <exception cref="TimeoutException">It does not answer soon.</exception>
    /// <exception cref="StoreUnavailableException">What it found could not be kept.</exception>
    public async Task LookAtAsync(IEnumerable<Incident> published, CancellationToken cancel)
    {
        foreach (var incident in published.Where(incident => incident.Published is { Commit.Length: > 0 }))
        {
            if (repositories.PlaceOf(incident) is not { } place) continue;
            var branches = await LookTogetherAsync(place, cancel);
            var (head, own) = (branches.GetValueOrDefault(place.Options.Branch), incident.Published!.Review is { } review ? branches.GetValueOrDefault(review.Branch) : null);
            var mark = $"{head} {own} {incident.Published.Commit}";
            if (lookedAt.GetValueOrDefault(incident.Id) == mark) continue; // nothing moved since
            await ReadBackAsync(place, incident, $"{head}", cancel);
            if (lookedAt.Count >= MostLookedAt) lookedAt.Clear();
            lookedAt[incident.Id] = mark;
        }
    }

    /// <summary>Looks once.</summary>
    /// <exception cref="RepositoryUnavailableException">A repository cannot be read now.</exception>
    /// <exception cref="StoreUnavailableException">What it found could not be kept; it is found again at the next look.</exception>
    public async Task LookAsync(CancellationToken cancel)
    {
        foreach (var place in repositories.All) await LookAsync(place, cancel);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.GitPoll == TimeSpan.Zero) return;
        try
        {
            using var timer = new PeriodicTimer(settings.GitPoll, clock);
            do
            {
                foreach (var place in repositories.All) await TryLookAsync(place, stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the bot stops
        }
    }

    private async Task TryLookAsync(GitPlace place, CancellationToken cancel)
    {
        try
        {
            await LookAsync(place, cancel);
            LastLook = clock.GetUtcNow();
        }
        catch (Exception cause) when (cause is RepositoryUnavailableException or StoreUnavailableException or UnreadableIncidentException or IOException)
        {
            log.PollFailed(cause);
        }
    }

    private async Task LookAsync(GitPlace place, CancellationToken cancel)
    {
        await place.Git.RefreshAsync(cancel);
        var now = await BranchesAsync(place, cancel);
        var key = Keys.Polled(place.Git.Name, place.Options.Branch);
        var before = seen.GetValueOrDefault(place) ?? (await blobs.GetAsync(key, cancel) is { } blob ? Read(Encoding.UTF8.GetString(blob.Content.Span), place.Options.Branch) : null);
        if (before is null || before.Count != now.Count || now.Any(branch => before.GetValueOrDefault(branch.Key) != branch.Value))
        {
            if (before is not null) await ReadBackAsync(place, before, now, cancel); // what stood there before the bot came is nobody's here
            await blobs.TryPutAsync(key, Encoding.UTF8.GetBytes(string.Join('\n', now.Select(branch => $"{branch.Value} {branch.Key}"))), PutIf.Any, cancel);
            seen[place] = now;
            if (place == repositories.Public) await place.In(own: null).ReadAllAsync(cancel); // so that whoever searches does not wait for the texts
        }

        if (place.PullRequests is { CanOpen: true } requests && now.Count > 1) await FindClosedAsync(place, requests, now.Keys, cancel);
    }

    /// <summary>How the branches stood a moment ago: a look that all share who ask, so that a repository that does not answer holds them up once.</summary>
    private Task<IReadOnlyDictionary<string, string>> LookTogetherAsync(GitPlace place, CancellationToken cancel)
    {
        lock (gate)
        {
            if (!shared.TryGetValue(place, out var look) || clock.GetElapsedTime(look.Began) >= Good) shared[place] = look = (clock.GetTimestamp(), FreshAsync());
            var left = Patience - clock.GetElapsedTime(look.Began);
            return look.Branches.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, cancel);
        }

        async Task<IReadOnlyDictionary<string, string>> FreshAsync()
        {
            await place.Git.RefreshAsync(cancel);
            var branches = await BranchesAsync(place, cancel);
            LastLook = clock.GetUtcNow();
            return branches;
        }
    }

    /// <summary>Where the branch of the reports stands, and those on which reports wait to be merged.</summary>
    private static async Task<IReadOnlyDictionary<string, string>> BranchesAsync(GitPlace place, CancellationToken cancel)
    {
        Dictionary<string, string> branches = new(StringComparer.Ordinal);
        if (await place.Git.HeadAsync(cancel) is { } head) branches[place.Options.Branch] = head;
        if (place.Options.Mode != GitMode.PullRequest) return branches;
        foreach (var (branch, commit) in await place.Git.BranchesAsync(ReviewBranch.Prefix, cancel)) branches[branch] = commit;
        return branches;
    }

    /// <summary>What was kept: a line a branch, its commit, a blank and its name; builds before that kept the commit of the one branch alone.</summary>
    private static Dictionary<string, string> Read(string kept, string branch) => kept.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .ToDictionary(line => line.Contains(' ', StringComparison.Ordinal) ? line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..] : branch, line => line.Split(' ')[0], StringComparer.Ordinal);

    private async Task ReadBackAsync(GitPlace place, IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> now, CancellationToken cancel)
    {
        var (was, head) = (before.GetValueOrDefault(place.Options.Branch), now.GetValueOrDefault(place.Options.Branch));
        var hasMoved = head is not null && head != was;
        if (hasMoved)
        {
            var paths = await place.Git.TouchedPathsAsync(was, head!, cancel);
            foreach (var (folder, number) in paths.Select(path => (Folder: path[..(path.LastIndexOf('/') + 1)].TrimEnd('/'), Number: FileName.NumberIn(path[(path.LastIndexOf('/') + 1)..]))).Where(file => file.Number is not null).Distinct())
            {
                if (await incidents.PublishedInAsync(place == repositories.Private, folder, number!.Value, cancel) is { } incident) await ReadBackAsync(place, incident, head!, cancel);
            }
        }

        foreach (var branch in before.Keys.Union(now.Keys, StringComparer.Ordinal).Where(branch => branch != place.Options.Branch))
        {
            var moved = before.GetValueOrDefault(branch) != now.GetValueOrDefault(branch);
            if ((hasMoved || moved) && await WaitingOnAsync(place, branch, cancel) is { } incident && await ReadBackAsync(place, incident, $"{now.GetValueOrDefault(branch)} {head}", cancel) && hasMoved) await CatchUpAsync(place, incident, head!, cancel);
        }
    }

    /// <summary>Has an 8D read back what was done in Git. Whether it waits to be merged still.</summary>
    private async Task<bool> ReadBackAsync(GitPlace place, Incident incident, string where, CancellationToken cancel)
    {
        if (incident.Published is not { } published) return false;
        try
        {
            if (await FolderOf(place, incident).EditedSinceAsync(published, incident.Number, cancel) is not { } edit) return published.Review is not null;
            await TakeAsync(incident, $"git {where}", new Deed.EditedInGit(edit));
            return edit.Review is not null;
        }
        catch (RepositoryUnavailableException refused) when (refused.Kind == GitFailure.Refused)
        {
            await RefuseAsync(incident, where, refused); // others are read back all the same
            return false;
        }
    }

    private async Task RefuseAsync(Incident incident, string where, RepositoryUnavailableException refused)
    {
        if (incident.PublishWaits?.Contains(refused.Message, StringComparison.Ordinal) != true) await TakeAsync(incident, $"refused {where}", new Deed.Published(new PublishOutcome.Refused(refused.Message)));
    }

    /// <summary>The 8D whose report waits on a branch to be merged; null where that is none of this store's.</summary>
    private async Task<Incident?> WaitingOnAsync(GitPlace place, string branch, CancellationToken cancel)
    {
        if (ReviewBranch.Read(branch) is not var (own, number)) return null;
        var folder = await place.In(own).PathAsync(cancel);
        return await incidents.PublishedInAsync(place == repositories.Private, folder, number, cancel) is { Published.Review: { } review } incident && review.Branch == branch ? incident : null;
    }

    /// <summary>Puts what happened on the branch of the reports into an 8D's own, so that it can be merged; where that cannot be, its people are told.</summary>
    private async Task CatchUpAsync(GitPlace place, Incident incident, string head, CancellationToken cancel)
    {
        try
        {
            if (!await FolderOf(place, incident).CatchUpAsync(incident.Number, clock.GetUtcNow(), cancel)) return;
            await TakeAsync(incident, $"taken {head}", new Deed.Published(new PublishOutcome.NumberTaken(await numbers.TakeAsync(incident.Home.Tenant, cancel))));
        }
        catch (RepositoryUnavailableException refused) when (refused.Kind == GitFailure.Refused)
        {
            await RefuseAsync(incident, head, refused);
        }
    }

    /// <summary>Notices pull requests that somebody closed: their branches are there, and were not merged.</summary>
    private async Task FindClosedAsync(GitPlace place, PullRequests requests, IEnumerable<string> branches, CancellationToken cancel)
    {
        List<Incident> waiting = [];
        foreach (var branch in branches)
        {
            if (await WaitingOnAsync(place, branch, cancel) is { Published.Review: { IsOpened: true, IsClosed: false } } incident) waiting.Add(incident);
        }

        if (waiting.Count == 0) return;
        var open = await requests.OpenOnesAsync(cancel);
        foreach (var incident in waiting.Where(incident => !open.ContainsKey(incident.Published!.Review!.Branch)))
        {
            var published = incident.Published!;
            await TakeAsync(incident, $"closed {published.Review!.Link}", new Deed.EditedInGit(new(published.Commit, [], published.Path, published.FileName, Base: null, Text: null) { Review = published.Review with { IsClosed = true }, Fate = ReviewFate.Closed }));
        }
    }

    private ReportRepository FolderOf(GitPlace place, Incident incident) => place.In(repositories.FolderOf(incident.Home.Tenant));

    private Task<TurnAnswer> TakeAsync(Incident incident, string request, Deed deed) => turns.HandleAsync(new(request, Person.Bot, incident.Home, clock.GetUtcNow(), deed), incident: incident.Id);
}

/// <summary>What the polling logs.</summary>
internal static partial class PollLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "It could not be looked for what was changed in Git; it is looked for again.")]
    public static partial void PollFailed(this ILogger log, Exception cause);
}
