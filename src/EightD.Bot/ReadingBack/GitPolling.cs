using System.Text;
using EightD.Bot.Publishing;
using EightD.Bot.Settings;
using EightD.Bot.Storage;
using EightD.Bot.Turns;
using EightD.Incidents;
using EightD.Reports.Folder;

namespace EightD.Bot.ReadingBack;

/// <summary>
/// Looks again and again whether the branch moved, and has the 8Ds whose files changed read them back. While nothing moved it is one look at the server,
/// however many reports there are.
/// </summary>
internal sealed class GitPolling(
    GitRepository git, ReportRepositories repositories, IncidentStore incidents, IBlobStore blobs, TurnHandler turns, BotSettings settings, TimeProvider clock, ILogger<GitPolling> log) : BackgroundService
{
    /// <summary>Where a branch stands that is not there.</summary>
    private const string Nothing = "";

    private string? seen;

    /// <summary>Looks once.</summary>
    /// <exception cref="RepositoryUnavailableException">The repository cannot be read now.</exception>
    /// <exception cref="StoreUnavailableException">What it found could not be kept; it is found again at the next look.</exception>
    public async Task LookAsync(CancellationToken cancel)
    {
        await git.RefreshAsync(cancel);
        var head = await git.HeadAsync(cancel) ?? Nothing;
        if (head == seen) return;
        var key = Keys.Polled(git.Name, settings.GitBranch);
        seen ??= await blobs.GetAsync(key, cancel) is { } blob ? Encoding.UTF8.GetString(blob.Content.Span) : head; // what stood there before the bot came is nobody's here
        if (seen != head && head != Nothing) await ReadBackAsync(await git.TouchedPathsAsync(seen == Nothing ? null : seen, head, cancel), head, cancel);
        await blobs.TryPutAsync(key, Encoding.UTF8.GetBytes(head), PutIf.Any, cancel);
        seen = head;
        await repositories.Shared.ReadAllAsync(cancel); // so that whoever searches does not wait for the texts
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.GitPoll == TimeSpan.Zero) return;
        try
        {
            using var timer = new PeriodicTimer(settings.GitPoll, clock);
            do
            {
                try
                {
                    await LookAsync(stoppingToken);
                }
                catch (Exception cause) when (cause is RepositoryUnavailableException or StoreUnavailableException or UnreadableIncidentException or IOException)
                {
                    log.PollFailed(cause);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the bot stops
        }
    }

    private async Task ReadBackAsync(IEnumerable<string> paths, string head, CancellationToken cancel)
    {
        foreach (var (folder, number) in paths.Select(path => (Folder: path[..(path.LastIndexOf('/') + 1)].TrimEnd('/'), Number: FileName.NumberIn(path[(path.LastIndexOf('/') + 1)..]))).Where(file => file.Number is not null).Distinct())
        {
            if (await incidents.PublishedInAsync(folder, number!.Value, cancel) is not { Published: { } published } incident) continue;
            if (await repositories.Of(incident.Home.Tenant).EditedSinceAsync(published, incident.Number, cancel) is not { } edit) continue;
            await turns.HandleAsync(new($"git {head}", Person.Bot, incident.Home, clock.GetUtcNow(), new Deed.EditedInGit(edit)), incident: incident.Id);
        }
    }
}

/// <summary>What the polling logs.</summary>
internal static partial class PollLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "It could not be looked for what was changed in Git; it is looked for again.")]
    public static partial void PollFailed(this ILogger log, Exception cause);
}
