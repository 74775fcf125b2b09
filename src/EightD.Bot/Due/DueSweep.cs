using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using EightD.Bot.Settings;
using EightD.Bot.Storage;
using EightD.Bot.Telemetry;
using EightD.Bot.Turns;

namespace EightD.Bot.Due;

/// <summary>
/// Looks again and again for what is due. Markers stand in the order of their minutes and the listing ends at the first that is later, so that a sweep with
/// nothing to do reads one page, however many 8Ds and markers there are: O(due), not O(all). What goes at a platform's pace goes in a lane a tenant, beside the rest.
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

    private readonly ConcurrentDictionary<string, byte> said = new(StringComparer.Ordinal);

    /// <summary>What goes at a platform's pace just now, by kind and tenant: how much of it was left.</summary>
    private readonly Dictionary<(IDueKind Kind, string Tenant), Task<int>> lanes = [];

    private TimeSpan ahead = Ahead;

    /// <summary>Takes what is due until a time, and files anew what is not; done when all of it was tried.</summary>
    public async Task SweepAsync(DateTimeOffset until, CancellationToken cancel)
    {
        var began = clock.GetTimestamp();
        var (left, paced) = await TakeAsync(until, cancel);
        left += (await Task.WhenAll(paced.Select(lane => TakeAllAsync(lane.Key.Kind, lane.Value, cancel)))).Sum();
        await EndAsync(began, left, cancel);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var interval = replicas.AreSeveral && settings.SweepInterval > LongestInterval ? LongestInterval : settings.SweepInterval;
        await Task.WhenAll(RepeatAsync(Replicas.Beat, replicas.ShowAsync, stoppingToken), RepeatAsync(interval, SweepAsync, stoppingToken));
        await Task.WhenAll(lanes.Values);
    }

    /// <summary>As above, but what goes at a platform's pace goes on meanwhile: a lane begins anew once it is at its end.</summary>
    private async Task SweepAsync(CancellationToken cancel)
    {
        var began = clock.GetTimestamp();
        var (left, paced) = await TakeAsync(clock.GetUtcNow() + ahead, cancel);
        foreach (var (lane, ended) in lanes.Where(lane => lane.Value.IsCompleted).ToList())
        {
            left += await ended;
            lanes.Remove(lane);
        }

        foreach (var (lane, markers) in paced.Where(each => !lanes.ContainsKey(each.Key))) lanes[lane] = TakeAllAsync(lane.Kind, markers, cancel);
        await EndAsync(began, left, cancel);
        ahead = TimeSpan.Zero;
    }

    private async Task EndAsync(long began, int left, CancellationToken cancel)
    {
        instruments.SweepDone(clock.GetElapsedTime(began), left);
        await busy.TidyAsync(cancel);
        instruments.DeadLetters(await blobs.ListAsync(Keys.AllDead, null, cancel).CountAsync(cancel));
    }

    /// <summary>Takes what is due and does not go at a platform's pace.</summary>
    /// <returns>How much of it was left, and what does, in order, by kind and tenant.</returns>
    private async Task<(int Left, Dictionary<(IDueKind Kind, string Tenant), List<DueMarker>> Paced)> TakeAsync(DateTimeOffset until, CancellationToken cancel)
    {
        var left = 0;
        Dictionary<(IDueKind Kind, string Tenant), List<DueMarker>> paced = [];
        await foreach (var (key, _) in blobs.ListAsync(Keys.Due, null, cancel))
        {
            if (Keys.DueAt(key) > until) break;
            if (Keys.ReadDueMarker(key) is not { } marker || !byName.TryGetValue(marker.What, out var kind)) left++; // a newer version's
            else if (kind.IsPaced) (CollectionsMarshal.GetValueRefOrAddDefault(paced, (kind, marker.Tenant), out _) ??= []).Add(marker);
            else if (!await TryTakeAsync(kind, marker, cancel)) left++;
        }

        return (left, paced);
    }

    /// <summary>Takes one after another, until the bot stops.</summary>
    /// <returns>How many were left.</returns>
    private async Task<int> TakeAllAsync(IDueKind kind, IReadOnlyList<DueMarker> markers, CancellationToken cancel)
    {
        var left = 0;
        try
        {
            foreach (var marker in markers) left += await TryTakeAsync(kind, marker, cancel) ? 0 : 1;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // what is left is found by whoever sweeps next
        }

        return left;
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

    private async Task<bool> TryTakeAsync(IDueKind kind, DueMarker marker, CancellationToken cancel)
    {
        var key = marker.Key;
        try
        {
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
            if (said.TryAdd(key, 0)) log.LeftAlone(cause, key);
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
