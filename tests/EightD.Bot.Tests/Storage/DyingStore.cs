using EightD.Bot.Storage;

namespace EightD.Bot.Tests.Storage;

/// <summary>A store whose process ends before one of its writes: from then on nothing reaches it.</summary>
internal sealed class DyingStore(IBlobStore store, DyingStore.Life life) : IBlobStore, IAsyncDisposable
{
    private volatile bool isDead;

    /// <summary>Whether the process has ended.</summary>
    public bool IsDead => isDead;

    public bool IsShared => store.IsShared;

    public ValueTask<Blob?> GetAsync(string key, CancellationToken cancel)
    {
        Live();
        return store.GetAsync(key, cancel);
    }

    public ValueTask<string?> TryPutAsync(string key, ReadOnlyMemory<byte> content, PutIf condition, CancellationToken cancel)
    {
        Live(key);
        return store.TryPutAsync(key, content, condition, cancel);
    }

    public ValueTask DeleteAsync(string key, CancellationToken cancel)
    {
        Live(key);
        return store.DeleteAsync(key, cancel);
    }

    public IAsyncEnumerable<Listed> ListAsync(string prefix, string? from, CancellationToken cancel)
    {
        Live();
        return store.ListAsync(prefix, from, cancel);
    }

    public ValueTask DisposeAsync() => (store as IAsyncDisposable)?.DisposeAsync() ?? ValueTask.CompletedTask;

    private void Live(string? writes = null)
    {
        if (writes is not null && life.EndsAt(writes)) isDead = true;
        if (isDead) throw new StoreUnavailableException("The process has ended.");
    }

    /// <summary>When it ends: before the write with that number. It ends once; whoever comes after lives.</summary>
    public sealed class Life(int end)
    {
        private int writes;

        /// <summary>The key that was not written; null where it lived to the end.</summary>
        public string? Ended { get; private set; }

        public bool EndsAt(string key)
        {
            if (Interlocked.Increment(ref writes) != end) return false;
            Ended = key;
            return true;
        }
    }
}
