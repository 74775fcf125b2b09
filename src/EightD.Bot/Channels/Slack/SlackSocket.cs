using EightD.Bot.Settings;

namespace EightD.Bot.Channels.Slack;

/// <summary>
/// Socket Mode (Slack, "Using Socket Mode"): requests come over connections that the bot opens, so that it needs no public address. A new connection is
/// opened before an old one is closed, and one that says nothing any more is noticed.
/// </summary>
internal sealed class SlackSocket(SlackSettings settings, SlackApi api, SlackReception reception, TimeProvider clock, ILogger<SlackSocket> log) : BackgroundService
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1), LongestPause = TimeSpan.FromSeconds(30), Crowded = TimeSpan.FromMinutes(1);

    /// <summary>How long an old connection stays beside the new one, for what is on its way.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        List<Task> closing = [];
        SlackConnection? last = null;
        var pause = TimeSpan.Zero;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                closing.RemoveAll(connection => connection.IsCompleted);
                if (await TryOpenAsync(stoppingToken) is not { } connection)
                {
                    pause = Longer(pause);
                    await WaitAsync(pause, stoppingToken);
                    continue;
                }

                if (last is not null) closing.Add(last.CloseAsync(Overlap));
                last = connection;
                pause = TimeSpan.Zero;
                var why = await connection.LeavesAsync().WaitAsync(stoppingToken);
                if (why == SlackLeaving.Disabled)
                {
                    log.SocketDisabled();
                    break;
                }

                if (why == SlackLeaving.TooMany) await WaitAsync(Crowded, stoppingToken);
                else if (why == SlackLeaving.Died) await WaitAsync(pause = Longer(pause), stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // what was taken is finished below
        }

        if (last is not null) closing.Add(last.CloseAsync(TimeSpan.Zero));
        await Task.WhenAll(closing);
    }

    private async Task<SlackConnection?> TryOpenAsync(CancellationToken cancel)
    {
        try
        {
            var answer = await api.CallAsync(settings.AppToken!, "apps.connections.open", [], cancel);
            return await SlackConnection.OpenAsync(new Uri(answer.Url!), reception, clock, log, cancel);
        }
        catch (SlackException cause)
        {
            log.SocketUnopened(cause);
        }
        catch (Exception cause) when (cause is System.Net.WebSockets.WebSocketException or HttpRequestException or IOException || (cause is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            log.SocketUnopened(cause);
        }

        return null;
    }

    private Task WaitAsync(TimeSpan pause, CancellationToken cancel) => Task.Delay(pause * (0.75 + (Random.Shared.NextDouble() / 4)), clock, cancel);

    private static TimeSpan Longer(TimeSpan pause) => pause == TimeSpan.Zero ? ShortestPause : pause * 2 < LongestPause ? pause * 2 : LongestPause;
}
