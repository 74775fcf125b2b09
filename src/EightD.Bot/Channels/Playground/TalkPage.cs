using System.Text.Json;
using EightD.Bot.Storage;

namespace EightD.Bot.Channels.Playground;

/// <summary>Some messages of a conversation, one blob. A message is made into JSON once, however often its page is written.</summary>
internal sealed class TalkPage
{
    /// <summary>
    /// Messages in a page. A page is written whole when one of its messages changes, as the card does with every answer: small pages make that cheap.
    /// </summary>
    public const int Size = 20;

    private readonly List<(TalkMessage Message, byte[] Json)> messages = [];

    public TalkPage(string? etag) => ETag = etag;

    /// <summary>As it was read or written last; null: it is not there yet.</summary>
    public string? ETag { get; set; }

    /// <summary>Counts the changes, so that a write knows whether there were further ones meanwhile.</summary>
    public long Version { get; private set; }

    /// <summary>The version that is in the store.</summary>
    public long Written { get; set; }

    /// <summary>Whether the store has it as it is.</summary>
    public bool IsWritten => Version == Written;

    /// <summary>When it was used last, by a counter of its talk's.</summary>
    public long Used { get; set; }

    public int Count => messages.Count;

    public IEnumerable<TalkMessage> Messages => messages.Select(each => each.Message);

    public TalkMessage? Find(string id) => messages.Find(each => each.Message.Id == id).Message;

    /// <summary>Whether a message stands here just as it is.</summary>
    public bool Holds(TalkMessage message) =>
        messages.Find(each => each.Message.Id == message.Id) is { Message: not null, Json: { } json } && json.AsSpan().SequenceEqual(Json(message));

    public static TalkPage Read(ReadOnlyMemory<byte> blob, string etag)
    {
        var page = new TalkPage(etag);
        foreach (var message in JsonSerializer.Deserialize(blob.Span, PlaygroundJson.Default.ListTalkMessage) ?? []) page.messages.Add((message, Json(message)));
        return page;
    }

    public void Add(TalkMessage message)
    {
        messages.Add((message, Json(message)));
        Version++;
    }

    /// <summary>Puts a message in the place of the one with its id; false where it is the same.</summary>
    public bool TryReplace(TalkMessage message)
    {
        var at = messages.FindIndex(each => each.Message.Id == message.Id);
        var json = Json(message);
        if (json.AsSpan().SequenceEqual(messages[at].Json)) return false;
        messages[at] = (message, json);
        Version++;
        return true;
    }

    public PooledBlob ToBlob()
    {
        var blob = new PooledBlob(messages.Sum(each => each.Json.Length + 1) + 1);
        var content = blob.Content.Span;
        content[0] = (byte)'[';
        var at = 1;
        foreach (var (_, json) in messages)
        {
            json.CopyTo(content[at..]);
            at += json.Length;
            content[at++] = (byte)',';
        }

        content[^1] = (byte)']'; // in the place of the last comma
        return blob;
    }

    private static byte[] Json(TalkMessage message) => JsonSerializer.SerializeToUtf8Bytes(message, PlaygroundJson.Default.TalkMessage);
}
