using System.Collections.Concurrent;
using EightD.Bot.Storage;

namespace EightD.Bot.Channels.Playground;

/// <summary>The conversations that are in memory; the others come from the store when they are wanted.</summary>
internal sealed class Talks(IBlobStore blobs)
{
    private const int MostIdle = 1000;

    private readonly ConcurrentDictionary<Conversation, Talk> talks = new();

    /// <summary>A conversation's talk; it comes into being by being used.</summary>
    public Talk Of(Conversation conversation)
    {
        while (true)
        {
            var talk = talks.GetOrAdd(conversation, static (name, store) => new Talk(store, name), blobs);
            if (!talk.IsClosed)
            {
                if (talks.Count > MostIdle) Forget(talk);
                return talk;
            }

            talks.TryRemove(KeyValuePair.Create(conversation, talk));
        }
    }

    private void Forget(Talk but)
    {
        foreach (var each in talks)
        {
            if (talks.Count <= MostIdle / 2) return;
            if (each.Value != but && each.Value.TryClose()) talks.TryRemove(each);
        }
    }
}
