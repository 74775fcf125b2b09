using System.Collections.Concurrent;
using EightD.Bot.Storage;
using EightD.Incidents;

namespace EightD.Bot.Turns;

/// <summary>
/// Marks 8Ds that have something to deliver or to ask, so that it is found when this process ends. A marker stands before the write that needs it, lives
/// while its 8D is busy, and goes after a write that left nothing to do.
/// </summary>
internal sealed class BusyMarkers(IBlobStore blobs, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, string> marked = new(StringComparer.Ordinal);

    /// <summary>Sees to it that a busy 8D is marked.</summary>
    public async ValueTask MarkAsync(Incident incident, CancellationToken cancel)
    {
        if (IsIdle(incident) || marked.ContainsKey(incident.Id)) return;
        var key = Keys.DueDelivery(clock.GetUtcNow().AddMinutes(1), incident.Home.Tenant, incident.Id);
        await blobs.TryPutAsync(key, default, PutIf.Any, cancel);
        marked[incident.Id] = key;
    }

    /// <summary>Takes over the mark that another process left; a second one of the same 8D goes.</summary>
    public async ValueTask AdoptAsync(Incident incident, string key, CancellationToken cancel)
    {
        if (!marked.TryAdd(incident.Id, key)) await blobs.DeleteAsync(key, cancel);
    }

    /// <summary>Takes the mark off an 8D that was saved with nothing to do.</summary>
    public ValueTask ClearAsync(Incident incident, CancellationToken cancel) => IsIdle(incident) ? ForgetAsync(incident, cancel) : ValueTask.CompletedTask;

    /// <summary>Takes the mark off, whatever there is to do.</summary>
    public async ValueTask ForgetAsync(Incident incident, CancellationToken cancel)
    {
        if (marked.TryRemove(incident.Id, out var key)) await blobs.DeleteAsync(key, cancel);
    }

    private static bool IsIdle(Incident incident) => incident.Outbox.IsEmpty && incident.Interview.NextAt is null;
}
