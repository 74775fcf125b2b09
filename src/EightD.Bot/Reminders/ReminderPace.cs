using System.Collections.Concurrent;

namespace EightD.Bot.Reminders;

/// <summary>Keeps messages to people within what a platform takes: some time apart in each tenant, and none while it asked to be left alone.</summary>
internal sealed class ReminderPace(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, long> free = new(StringComparer.Ordinal), asked = new(StringComparer.Ordinal);

    /// <summary>Whether the platform asked to be left alone for now.</summary>
    public bool IsResting(string tenant) => asked.TryGetValue(tenant, out var until) && clock.GetTimestamp() < until;

    /// <summary>It asked so.</summary>
    public void Rest(string tenant, TimeSpan pause) => asked[tenant] = In(pause);

    /// <summary>Waits until the next message may be sent; the one after it some time later.</summary>
    public async Task NextAsync(string tenant, TimeSpan apart, CancellationToken cancel)
    {
        if (apart == TimeSpan.Zero) return;
        var wait = free.TryGetValue(tenant, out var from) ? clock.GetElapsedTime(clock.GetTimestamp(), from) : TimeSpan.Zero;
        free[tenant] = In(wait > TimeSpan.Zero ? wait + apart : apart);
        if (wait > TimeSpan.Zero) await Task.Delay(wait, clock, cancel);
    }

    private long In(TimeSpan time) => clock.GetTimestamp() + (long)(time.TotalSeconds * clock.TimestampFrequency);
}
