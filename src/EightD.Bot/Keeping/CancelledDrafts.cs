using EightD.Bot.Due;
using EightD.Bot.Storage;
using EightD.Bot.Turns;
using EightD.Incidents;

namespace EightD.Bot.Keeping;

/// <summary>Deletes drafts that were cancelled long ago and never published, with all that was kept of them.</summary>
internal sealed class CancelledDrafts(IncidentStore incidents, Retention retention, TimeProvider clock) : IDueKind
{
    public string What => Retention.Cancelled;

    public async Task<DateTimeOffset?> TakeAsync(DueMarker marker, CancellationToken cancel)
    {
        if (marker.Words is not [var id, _] || await incidents.ReadToWriteAsync(marker.Tenant, id, cancel) is not { } stored) return null;
        if (stored.Incident is not { Phase: Phase.Cancelled, Published: null, EndedAt: { } ended }) return null;
        if (retention.EndOf(ended) is var end && end > clock.GetUtcNow()) return end;
        await incidents.DeleteAsync(stored, cancel);
        return null;
    }
}
