using System.Globalization;
using System.Runtime.CompilerServices;
using EightD.Bot.Storage;

namespace EightD.Bot.Tests.Reminders.Simulated;

/// <summary>A store in memory that several bots share, and that breaks now and then: before it did what it was asked, or after, so that nobody knows.</summary>
internal sealed class SimulatedStore(Random random) : IBlobStore
{
    private const int Page = 100;

    private readonly Lock gate = new();
    private readonly SortedDictionary<string, (byte[] Content, long Tag)> blobs = new(StringComparer.Ordinal);
    private readonly List<string> keys = [];
    private long tag;

    /// <summary>How often of a thousand times it breaks.</summary>
    public int Breaks { get; set; }

    /// <summary>How often it broke.</summary>
    public int Broken { get; private set; }

    public bool IsShared => true;

    public async ValueTask<Blob?> GetAsync(string key, CancellationToken cancel)
    {
        await Task.Yield();
        MayBreak(key);
        lock (gate) return blobs.TryGetValue(key, out var blob) ? new Blob(blob.Content, Word(blob.Tag)) : null;
    }

    public async ValueTask<string?> TryPutAsync(string key, ReadOnlyMemory<byte> content, PutIf condition, CancellationToken cancel)
    {
        await Task.Yield();
        MayBreak(key);
        string? written = null;
        lock (gate)
        {
            var stands = blobs.TryGetValue(key, out var blob);
            if (condition.MustBeAbsent ? !stands : condition.ETag is null || (stands && Word(blob.Tag) == condition.ETag))
            {
                if (!stands) keys.Insert(~keys.BinarySearch(key, StringComparer.Ordinal), key);
                blobs[key] = (content.ToArray(), ++tag);
                written = Word(tag);
            }
        }

        MayBreak(key);
        return written;
    }

    public async ValueTask DeleteAsync(string key, CancellationToken cancel)
    {
        await Task.Yield();
        MayBreak(key);
        lock (gate)
        {
            if (blobs.Remove(key)) keys.RemoveAt(keys.BinarySearch(key, StringComparer.Ordinal));
        }
    }

    public async IAsyncEnumerable<Listed> ListAsync(string prefix, string? from, [EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.Yield();
        for (var next = from ?? prefix; ;)
        {
            MayBreak(prefix);
            List<Listed> page = [];
            lock (gate)
            {
                var at = keys.BinarySearch(next, StringComparer.Ordinal);
                for (at = at < 0 ? ~at : at; at < keys.Count && page.Count < Page && keys[at].StartsWith(prefix, StringComparison.Ordinal); at++) page.Add(new(keys[at], Word(blobs[keys[at]].Tag)));
            }

            foreach (var listed in page) yield return listed;
            if (page.Count < Page) yield break;
            next = page[^1].Key + "\0";
        }
    }

    private static string Word(long tag) => tag.ToString(CultureInfo.InvariantCulture);

    private void MayBreak(string key)
    {
        if (Breaks == 0 || key.StartsWith("alive/", StringComparison.Ordinal)) return;
        lock (gate)
        {
            if (random.Next(1000) >= Breaks) return;
            Broken++;
        }

        throw new StoreUnavailableException("The store broke.");
    }
}
