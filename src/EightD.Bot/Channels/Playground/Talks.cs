using System.Collections.Concurrent;
using EightD.Bot.Storage;

namespace EightD.Bot.Channels.Playground;

/// <summary>The conversations of this process; the messages of those that were used last are in memory.</summary>
internal sealed class Talks(IBlobStore blobs) : IDisposable
{
    private const int MostLoaded = 500;

    private readonly ConcurrentDictionary<Conversation, Talk> talks = new();
    private int loads;

    /// <summary>A conversation's talk; it comes into being by being used.</summary>
    public Talk Of(Conversation conversation)
    {
        var talk = talks.GetOrAdd(conversation, static (name, store) => new Talk(store, name), blobs);
        if (!talk.IsLoaded && Interlocked.Increment(ref loads) % MostLoaded == 0) Unload(talk);
        return talk;
    }

    /// <summary>Deletes a conversation's talk.</summary>
    /// <param name="keys">What the keys of its pages begin with.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <exception cref="StoreUnavailableException">The store does not answer.</exception>
    public async Task DeleteAsync(string keys, CancellationToken cancel)
    {
        var talk = talks.FirstOrDefault(talk => Keys.Talk(talk.Key.Tenant, talk.Key.Name) == keys).Value;
        if (talk is not null) await talk.DeleteAsync(cancel);
        else await foreach (var (key, _) in blobs.ListAsync(keys, null, cancel)) await blobs.DeleteAsync(key, cancel);
    }

    public void Dispose()
    {
        foreach (var talk in talks.Values) talk.Dispose();
    }

    private void Unload(Talk but)
    {
        foreach (var talk in talks.Values.Where(talk => talk != but && talk.IsLoaded)) talk.Unload();
    }
}
