using EightD.Bot.Publishing;
using EightD.Bot.ReadingBack;
using EightD.Bot.Storage;
using EightD.Bot.Turns;
using EightD.Incidents;

namespace EightD.Bot.Reminders;

/// <summary>Before anybody is reminded it is looked into Git, where something may be done by now.</summary>
internal sealed class LookIntoGit(GitPolling polling, TimeProvider clock, ILogger<LookIntoGit> log)
{
    private readonly DateTimeOffset began = clock.GetUtcNow();

    /// <summary>Takes what was changed there of some 8Ds.</summary>
    /// <exception cref="StoreUnavailableException">What was changed there could not be kept.</exception>
    /// <returns>As of when they are known where Git does not answer soon: its last answer, else since this process began. Null: as of now.</returns>
    public async Task<DateTimeOffset?> LookAsync(IEnumerable<Incident> incidents, CancellationToken cancel)
    {
        try
        {
            await polling.LookAtAsync(incidents, cancel).WaitAsync(GitPolling.Patience, cancel);
            return null;
        }
        catch (Exception cause) when (cause is RepositoryUnavailableException or UnreadableIncidentException or IOException or TimeoutException)
        {
            log.PollFailed(cause);
            return polling.LastLook ?? began;
        }
    }
}
