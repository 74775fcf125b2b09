using Microsoft.Extensions.Caching.Memory;

namespace EightD.Bot.Channels.Slack;

/// <summary>
/// Does once what is asked several times: Slack sends an event again when it was not answered in time, and a person presses again. Whoever asks again gets
/// what the first got; what failed is done anew. What changed an 8D is known by its request id for longer, and by every process.
/// </summary>
internal sealed class Once(TimeProvider clock) : IDisposable
{
    private const int MostKept = 20_000;
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    private readonly Lock gate = new();
    private readonly MemoryCache taken = new(new MemoryCacheOptions { SizeLimit = MostKept, Clock = new CacheClock(clock) });

    /// <summary>The work that has this key, begun where it was not yet, or failed.</summary>
    public Task<SlackReply> DoAsync(string key, Func<Task<SlackReply>> work)
    {
        lock (gate)
        {
            if (taken.TryGetValue(key, out Task<SlackReply>? known) && !known!.IsFaulted) return known;
            return taken.Set(key, Task.Run(work), new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Kept });
        }
    }

    public void Dispose() => taken.Dispose();
}
