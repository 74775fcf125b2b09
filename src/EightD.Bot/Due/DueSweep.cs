using EightD.Bot.Settings;
using EightD.Bot.Storage;
using EightD.Bot.Telemetry;
using EightD.Bot.Turns;

namespace EightD.Bot.Due;

/// <summary>
/// Looks again and again for what is due. Markers stand in the order of their minutes and the listing ends at the first that is later, so that a sweep with
/// nothing to do reads one page, however many 8Ds and markers there are: O(due), not O(all).
/// </summary>
internal sealed class DueSweep(
    IBlobStore blobs, IEnumerable<IDueKind> kinds, BusyMarkers busy, Replicas replicas, BotSettings settings, TimeProvider clock, Instruments instruments, ILogger<DueSweep> log)
    : BackgroundService
{
    /// <summary>Where other processes may die: what they leave is delivered within a minute.</summary>
    private static readonly TimeSpan LongestInterval = TimeSpan.FromSeconds(15);

    /// <summary>How far the first sweep looks ahead: a process that ended a moment ago left markers that are not due yet.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, IDueKind> byName = kinds.ToDictionary(kind => kind.What, StringComparer.Ordinal);

    private readonly HashSet<string> said = new(StringComparer.Ordinal);
    private TimeSpan ahead = Ahead;

    /// <summary>Takes what is due until a time, and files anew what is not.</summary>
    public async Task SweepAsync(DateTimeOffset until, CancellationToken cancel)
    {
        var (began, left) = (clock.GetTimestamp(), 0);
        await foreach (var (key, _) in blobs.ListAsync(Keys.Due, null, cancel))
        {
            if (Keys.DueAt(key) > until) break;
            if (!await TryTakeAsync(key, cancel)) left++;
        }

        instruments.SweepDone(clock.GetElapsedTime(began), left);
        await busy.TidyAsync(cancel);
        instruments.DeadLetters(await blobs.ListAsync(Keys.AllDead, null, cancel).CountAsync(cancel));
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var interval = replicas.AreSeveral && settings.SweepInterval > LongestInterval ? LongestInterval : settings.SweepInterval;
        return Task.WhenAll(RepeatAsync(Replicas.Beat, replicas.ShowAsync, stoppingToken), RepeatAsync(interval, SweepAsync, stoppingToken));
    }

    private async Task SweepAsync(CancellationToken cancel)
    {
        await SweepAsync(clock.GetUtcNow() + ahead, cancel);
        ahead = TimeSpan.Zero;
    }

    private async Task RepeatAsync(TimeSpan interval, Func<CancellationToken, Task> what, CancellationToken cancel)
    {
        try
        {
            using var timer = new PeriodicTimer(interval, clock);
            do
            {
                try
                {
                    await what(cancel);
                }
                catch (StoreUnavailableException cause)
                {
                    log.SweepFailed(cause);
                }
            }
            while (await timer.WaitForNextTickAsync(cancel));
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // the bot stops
        }
    }

    private async Task<bool> TryTakeAsync(string key, CancellationToken cancel)
    {
        try
        {
            if (Keys.ReadDueMarker(key) is not { } marker || !byName.TryGetValue(marker.What, out var kind)) return false; // a newer version's
            var again = await kind.TakeAsync(marker, cancel);
            if (again is { } at)
            {
                var refiled = Keys.Refiled(key, at);
                if (string.CompareOrdinal(refiled, key) <= 0) return false;
                await blobs.TryPutAsync(refiled, default, PutIf.Any, cancel);
            }

            await blobs.DeleteAsync(key, cancel);
            return true;
        }
        catch (Exception cause) when (cause is UnreadableIncidentException or StoreUnavailableException)
        {
            if (said.Add(key)) log.LeftAlone(cause, key);
            return false;
        }
    }
}

/// <summary>What the sweep logs.</summary>
internal static partial class DueLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "It could not be looked for what is due; it is looked for again.")]
    public static partial void SweepFailed(this ILogger log, Exception cause);

    [LoggerMessage(Level = LogLevel.Error, Message = "What {Key} stands for was left as it is.")]
    public static partial void LeftAlone(this ILogger log, Exception cause, string key);
}
