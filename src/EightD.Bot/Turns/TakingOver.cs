using EightD.Bot.Channels;
using EightD.Bot.Due;
using EightD.Bot.Storage;

namespace EightD.Bot.Turns;

/// <summary>Goes on where a process died: every 8D that it left busy has a marker.</summary>
internal sealed class TakingOver(IncidentStore incidents, Replicas replicas, TurnHandler turns, TimeProvider clock) : IDueKind
{
    /// <summary>For how long whoever began an 8D that was never opened may come again with the same request, here or at another process.</summary>
    private static readonly TimeSpan Returns = TimeSpan.FromMinutes(5);

    public string What => BusyMarkers.What;

    public async Task<DateTimeOffset?> TakeAsync(DueMarker marker, CancellationToken cancel)
    {
        if (BusyMarkers.Read(marker) is not var (process, id) || await replicas.LookForAsync(process, cancel)) return marker.At;
        if (await incidents.ReadAsync(marker.Tenant, id, cancel) is not { Incident: var incident }) return null;
        if (incident.IsOpen && replicas.AreSeveral && clock.GetUtcNow() - marker.At < Returns
            && (await incidents.PointerAsync(Conversation.Of(incident.Home), cancel))?.Id != id) return marker.At;

        await turns.TakeOverAsync(incident);
        return null;
    }
}
