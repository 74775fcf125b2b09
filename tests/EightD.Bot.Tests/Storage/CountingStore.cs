using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using EightD.Bot.Storage;

namespace EightD.Bot.Tests.Storage;

/// <summary>A store that counts how often it is asked, by the first word of the key.</summary>
internal sealed class CountingStore(IBlobStore store) : IBlobStore, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, int> reads = new(StringComparer.Ordinal), writes = new(StringComparer.Ordinal);
    private int listings, listed;

    /// <summary>The store itself, that does not count.</summary>
    public IBlobStore Uncounted => store;

    public bool IsShared => store.IsShared;

    /// <summary>Blobs that were read, but for the playground's talk, which another channel's platform keeps.</summary>
    public int Reads => Sum(reads, ofTalk: false);

    /// <summary>Blobs that were written or removed, but for talk.</summary>
    public int Writes => Sum(writes, ofTalk: false);

    /// <summary>Pages of talk that were written.</summary>
    public int TalkWrites => Sum(writes, ofTalk: true);

    /// <summary>How often it was listed, and the keys that were looked at.</summary>
    public (int Listings, int Keys) Listed => (listings, listed);

    /// <summary>What was asked, but for talk.</summary>
    public string Asked => $"reads {Said(reads)}; writes {Said(writes)}; {listings} listings of {listed} keys";

    public void Reset()
    {
        reads.Clear();
        writes.Clear();
        (listings, listed) = (0, 0);
    }

    public ValueTask<Blob?> GetAsync(string key, CancellationToken cancel)
    {
        Count(reads, key);
        return store.GetAsync(key, cancel);
    }

    public ValueTask<string?> TryPutAsync(string key, ReadOnlyMemory<byte> content, PutIf condition, CancellationToken cancel)
    {
        Count(writes, key);
        return store.TryPutAsync(key, content, condition, cancel);
    }

    public ValueTask DeleteAsync(string key, CancellationToken cancel)
    {
        Count(writes, key);
        return store.DeleteAsync(key, cancel);
    }

    public async IAsyncEnumerable<Listed> ListAsync(string prefix, string? from, [EnumeratorCancellation] CancellationToken cancel)
    {
        Interlocked.Increment(ref listings);
        await foreach (var each in store.ListAsync(prefix, from, cancel))
        {
            Interlocked.Increment(ref listed);
            yield return each;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (store is IAsyncDisposable closing) await closing.DisposeAsync();
    }

    private static void Count(ConcurrentDictionary<string, int> counts, string key) => counts.AddOrUpdate(key[..key.IndexOf('/', StringComparison.Ordinal)], 1, (_, count) => count + 1);

    private static int Sum(ConcurrentDictionary<string, int> counts, bool ofTalk) => counts.Where(each => each.Key == "talk" == ofTalk).Sum(each => each.Value);

    private static string Said(ConcurrentDictionary<string, int> counts) => string.Join(", ", counts.Where(each => each.Key != "talk").OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => $"{each.Key} {each.Value}"));
}
