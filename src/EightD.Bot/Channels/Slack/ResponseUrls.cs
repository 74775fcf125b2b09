using Microsoft.Extensions.Caching.Memory;

namespace EightD.Bot.Channels.Slack;

/// <summary>
/// Where people may be answered privately, also in a channel that the bot is not in: the addresses that their commands and presses brought with them. Each
/// takes five answers within half an hour (Slack, "Handling user interaction"). They are secrets, and are kept in memory alone.
/// </summary>
internal sealed class ResponseUrls(TimeProvider clock) : IDisposable
{
    private const int MostAnswers = 5, MostKept = 10_000;
    private static readonly TimeSpan Lives = TimeSpan.FromMinutes(29);

    private readonly MemoryCache kept = new(new MemoryCacheOptions { SizeLimit = MostKept, Clock = new CacheClock(clock) });

    /// <summary>Somebody's latest address in a channel.</summary>
    public void Keep(Conversation conversation, string user, Uri? address)
    {
        if (address is null) return;
        kept.Set((conversation, user), new Address(address), new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Lives });
    }

    /// <summary>An address for one answer more; null where there is none.</summary>
    public Uri? Take(Conversation conversation, string user) =>
        kept.TryGetValue((conversation, user), out Address? address) && address!.TryUse() ? address.Url : null;

    public void Dispose() => kept.Dispose();

    private sealed class Address(Uri url)
    {
        private int used;

        public Uri Url => url;

        public bool TryUse() => Interlocked.Increment(ref used) <= MostAnswers;
    }
}
