using System.Diagnostics;
using EightD.Bot.Channels;
using EightD.Bot.Storage;
using EightD.Bot.Telemetry;

namespace EightD.Bot.Turns;

/// <summary>Goes on where the last process ended: every 8D that it left busy has a marker.</summary>
internal sealed class Resuming(IBlobStore blobs, IncidentStore incidents, TurnHandler turns, Instruments instruments, ILogger<Resuming> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var (began, found) = (Stopwatch.GetTimestamp(), 0);
        await foreach (var (key, _) in blobs.ListAsync(Keys.Due, null, stoppingToken))
        {
            found++;
            if (Keys.ReadDueDelivery(key) is not { } marked) continue;
            try
            {
                await ResumeAsync(key, marked.Tenant, marked.Id, stoppingToken);
            }
            catch (Exception cause) when (cause is UnreadableIncidentException or StoreUnavailableException)
            {
                log.LeftAlone(cause, key);
            }
        }

        instruments.SweepDone(Stopwatch.GetElapsedTime(began), found);
    }

    private async Task ResumeAsync(string key, string tenant, string id, CancellationToken cancel)
    {
        if (await incidents.ReadAsync(tenant, id, cancel) is { Incident: var incident })
        {
            var pointer = await incidents.PointerAsync(Conversation.Of(incident.Home), cancel);
            if (pointer?.Id == id || !incident.IsOpen)
            {
                await turns.ResumeAsync(incident, key);
                return;
            }

            await incidents.RemoveAsync(incident, cancel); // its start was never answered
        }

        await blobs.DeleteAsync(key, cancel);
    }
}
