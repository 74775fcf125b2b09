using System.Globalization;
using EightD.Bot.Storage;
using EightD.Incidents;

namespace EightD.Bot.Turns;

/// <summary>
/// Marks 8Ds of which this process has something to deliver or to ask, so that they are found when it ends. A marker stands before the write that needs it, and stays a while after its
/// 8D has nothing more to deliver or to ask, for the next turn: so it is not written once a turn.
/// </summary>
internal sealed class BusyMarkers(IBlobStore blobs, Replicas replicas, TimeProvider clock)
{
    /// <summary>The kind of these markers.</summary>
    public const string What = "deliver";

    /// <summary>When somebody else looks first. Until then, and while this process lives, it is left alone.</summary>
    private static readonly TimeSpan DueAfter = TimeSpan.FromSeconds(30);

    /// <summary>How long a marker stays at an 8D with nothing to do.</summary>
    private static readonly TimeSpan Stay = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly Dictionary<string, Marked> marked = new(StringComparer.Ordinal);
    private long count;

    /// <summary>The process that wrote a marker, and its 8D.</summary>
    public static (string Process, string Incident)? Read(DueMarker marker) =>
        marker is { What: What, Words: [var incident, var written] } && written.IndexOf('-', StringComparison.Ordinal) is > 0 and var dash ? (written[..dash], incident) : null;

    /// <summary>Sees to it that a busy 8D is marked.</summary>
    public async ValueTask MarkAsync(Incident incident, CancellationToken cancel)
    {
        if (IsIdle(incident)) return;
        var silences = replicas.Silences;
        string key;
        lock (gate)
        {
            if (marked.TryGetValue(incident.Id, out var stands))
            {
                stands.IdleSince = null;
                if (stands.Silences == silences) return;
            }

            key = stands?.Key ?? Keys.DueMarker(clock.GetUtcNow() + DueAfter, incident.Home.Tenant, [incident.Id, string.Create(CultureInfo.InvariantCulture, $"{replicas.Own}-{++count}")], What);
        }

        await blobs.TryPutAsync(key, default, PutIf.Any, cancel);
        lock (gate)
        {
            marked.TryAdd(incident.Id, new(key));
            marked[incident.Id].Silences = silences;
        }
    }

    /// <summary>Notes of an 8D that was saved whether there is anything to do.</summary>
    public void Note(Incident incident)
    {
        lock (gate)
        {
            if (!marked.TryGetValue(incident.Id, out var stands)) return;
            stands.IdleSince = IsIdle(incident) ? stands.IdleSince ?? clock.GetTimestamp() : null;
            stands.WasIdle |= stands.IdleSince is not null;
        }
    }

    /// <summary>
    /// Takes the markers off the 8Ds that have had nothing to do for a while, and files anew those whose 8Ds were done in between: how old a marker is tells how
    /// long something has waited. All are written once more after a silence, in which others may have taken them away.
    /// </summary>
    public async Task TidyAsync(CancellationToken cancel)
    {
        List<string> left = [];
        List<(Marked Marked, string Key)> written = [];
        var now = clock.GetUtcNow();
        var silences = replicas.Silences;
        lock (gate)
        {
            foreach (var (incident, stands) in marked.ToList())
            {
                var later = Keys.Refiled(stands.Key, now + DueAfter);
                if (stands.IdleSince is { } since && clock.GetElapsedTime(since) >= Stay)
                {
                    marked.Remove(incident);
                    left.Add(stands.Key);
                }
                else if (stands.WasIdle && string.CompareOrdinal(later, stands.Key) > 0)
                {
                    written.Add((stands, later));
                }
                else if (stands.Silences != silences)
                {
                    written.Add((stands, stands.Key));
                }
            }
        }

        foreach (var (stands, key) in written)
        {
            await blobs.TryPutAsync(key, default, PutIf.Any, cancel);
            if (key != stands.Key) left.Add(stands.Key);
            lock (gate) (stands.Key, stands.WasIdle, stands.Silences) = (key, false, silences);
        }

        foreach (var key in left) await blobs.DeleteAsync(key, cancel);
    }

    private bool IsIdle(Incident incident) => incident.Interview.NextAt is null && !incident.Outbox.Exists(replicas.IsOwn);

    private sealed class Marked(string key)
    {
        public string Key { get; set; } = key;

        public long? IdleSince { get; set; }

        public bool WasIdle { get; set; }

        /// <summary>Of this process, when it was written last.</summary>
        public int Silences { get; set; }
    }
}
