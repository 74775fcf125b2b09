using EightD.Bot.Storage;

namespace EightD.Bot.Tests.Slack;

/// <summary>A store that is slow, or away, while a test says so.</summary>
internal sealed class StoppingStore(IBlobStore store) : IBlobStore, IAsyncDisposable
{
    /// <summary>How much longer each write takes.</summary>
    public TimeSpan Delay { get; set; }

    public bool IsAway { get; set; }

    public bool IsShared => store.IsShared;

    public async ValueTask<Blob?> GetAsync(string key, CancellationToken cancel)
    {
        await PassAsync(TimeSpan.Zero, cancel);
        return await store.GetAsync(key, cancel);
    }

    public async ValueTask<string?> TryPutAsync(string key, ReadOnlyMemory<byte> content, PutIf condition, CancellationToken cancel)
    {
        await PassAsync(Delay, cancel);
        return await store.TryPutAsync(key, content, condition, cancel);
    }

    public async ValueTask DeleteAsync(string key, CancellationToken cancel)
    {
        await PassAsync(Delay, cancel);
        await store.DeleteAsync(key, cancel);
    }

    public IAsyncEnumerable<Listed> ListAsync(string prefix, string? from, CancellationToken cancel) =>
        IsAway ? throw new StoreUnavailableException("It is away.") : store.ListAsync(prefix, from, cancel);

    public ValueTask DisposeAsync() => (store as IAsyncDisposable)?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task PassAsync(TimeSpan delay, CancellationToken cancel)
    {
        if (delay > TimeSpan.Zero) await Task.Delay(delay, cancel);
        if (IsAway) throw new StoreUnavailableException("It is away.");
    }
}
