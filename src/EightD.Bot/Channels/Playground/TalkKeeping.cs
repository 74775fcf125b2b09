using EightD.Bot.Settings;
using EightD.Bot.Storage;

namespace EightD.Bot.Channels.Playground;

/// <summary>Deletes the talk of conversations in which nobody has said anything for long enough (contract, <c>Storage:Keep</c>); looks once a day.</summary>
internal sealed class TalkKeeping(Talks talks, IBlobStore blobs, BotSettings settings, TimeProvider clock, ILogger<TalkKeeping> log) : BackgroundService
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Looks once.</summary>
    /// <exception cref="StoreUnavailableException">The store does not answer; it is looked again the next time.</exception>
    public async Task LookAsync(CancellationToken cancel)
    {
        Dictionary<string, string> last = new(StringComparer.Ordinal);
        await foreach (var (key, _) in blobs.ListAsync(Keys.Talks(PlaygroundChannel.Tenant), null, cancel)) last[key[..(key.LastIndexOf('/') + 1)]] = key;
        foreach (var (conversation, key) in last)
        {
            if (await blobs.GetAsync(key, cancel) is not { } blob || TalkPage.Read(blob.Content, blob.ETag).Messages.Select(message => message.At).DefaultIfEmpty().Max() + settings.StorageKeep > clock.GetUtcNow()) continue;
            await talks.DeleteAsync(conversation, cancel);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            using var timer = new PeriodicTimer(settings.StorageKeep < Day ? settings.StorageKeep : Day, clock);
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await LookAsync(stoppingToken);
                }
                catch (StoreUnavailableException cause)
                {
                    log.KeepingFailed(cause);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the bot stops
        }
    }
}

/// <summary>What the keeping of talk logs.</summary>
internal static partial class TalkLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "It could not be looked for talk that is old; it is looked for again.")]
    public static partial void KeepingFailed(this ILogger log, Exception cause);
}
