using System.Collections.Immutable;
using System.Globalization;
using EightD.Bot.Storage;

namespace EightD.Bot.Channels.Playground;

/// <summary>
/// One conversation's messages: pages in the store, the latest of them in memory. Changes are seen at once and written together a moment later; whoever
/// must know that they are safe waits for that.
/// </summary>
internal sealed class Talk(IBlobStore blobs, Conversation conversation) : IDisposable
{
    private const int MostLoaded = 3;
    private const long PaceMilliseconds = 100;

    private readonly SemaphoreSlim gate = new(1);
    private readonly Dictionary<int, TalkPage> loaded = [];
    private readonly Dictionary<ulong, int> pageOf = [];
    private readonly HashSet<string> people = new(StringComparer.Ordinal);
    private ImmutableList<Action<TalkMessage, bool>> listeners = [];
    private int pages = -1;
    private long uses;
    private long lastWrite = -PaceMilliseconds;
    private Task writing = Task.CompletedTask;
    private Task? nextWrite;

    /// <summary>Tells of each message that is added (false) or changed (true), in order.</summary>
    public void Listen(Action<TalkMessage, bool> listener) => ImmutableInterlocked.Update(ref listeners, all => all.Add(listener));

    public void Ignore(Action<TalkMessage, bool> listener) => ImmutableInterlocked.Update(ref listeners, all => all.Remove(listener));

    /// <summary>Whether its messages are in memory.</summary>
    public bool IsLoaded => pages >= 0;

    /// <summary>Gives its memory back where nobody listens and all is written; it is read again when it is wanted.</summary>
    public void Unload()
    {
        if (!gate.Wait(0)) return;
        if (listeners.IsEmpty && writing.IsCompleted && nextWrite is null && loaded.Values.All(page => page.IsWritten))
        {
            loaded.Clear();
            pageOf.Clear();
            pageOf.TrimExcess();
            people.Clear();
            pages = -1;
        }

        gate.Release();
    }

    public void Dispose() => gate.Dispose();

    /// <summary>
    /// Adds messages, or changes those whose id stands there already; done when they are in the store.
    /// </summary>
    /// <param name="messages">In order. One that is there already as it was said by a person stays as it is.</param>
    /// <param name="isUrgent">Whether somebody waits.</param>
    /// <param name="cancel">Ends the waiting for others' changes.</param>
    public async Task PutAsync(IReadOnlyList<TalkChange> messages, bool isUrgent, CancellationToken cancel)
    {
        Task written;
        await gate.WaitAsync(cancel);
        try
        {
            await LoadAsync(cancel);
            foreach (var change in messages) await ApplyAsync(change, cancel);
            written = WriteSoon(isUrgent);
        }
        finally
        {
            gate.Release();
        }

        await written;
    }

    /// <summary>A message; null when there is none with that id.</summary>
    public async ValueTask<TalkMessage?> FindAsync(string id, CancellationToken cancel)
    {
        await gate.WaitAsync(cancel);
        try
        {
            await LoadAsync(cancel);
            return IdOf(id) is { } number && pageOf.TryGetValue(number, out var page) ? (await PageAsync(page, cancel)).Find(id) : null;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>All messages in order.</summary>
    public async ValueTask<IReadOnlyList<TalkMessage>> ReadAsync(CancellationToken cancel)
    {
        await gate.WaitAsync(cancel);
        try
        {
            await LoadAsync(cancel);
            List<TalkMessage> messages = [];
            for (var page = 0; page < pages; page++) messages.AddRange((await PageAsync(page, cancel)).Messages);
            return messages;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Those who spoke here or were mentioned.</summary>
    public async ValueTask<bool> HasAsync(string person, CancellationToken cancel)
    {
        await gate.WaitAsync(cancel);
        try
        {
            await LoadAsync(cancel);
            return people.Contains(person);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>A message's id as the number that it is; null when it is none of ours.</summary>
    private static ulong? IdOf(string id) => id.Length == 16 && ulong.TryParse(id, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) ? number : null;

    private async ValueTask ApplyAsync(TalkChange change, CancellationToken cancel)
    {
        var message = change.Message;
        if (IdOf(message.Id) is not { } id) throw new ArgumentException($"{message.Id} is no message id.", nameof(change));
        var isThere = pageOf.TryGetValue(id, out var number);
        if (isThere)
        {
            var page = await PageAsync(number, cancel);
            if (!change.Replaces || page.Find(message.Id) is not { } stands) return;
            message = message with { At = stands.At, Thread = stands.Thread, Edited = stands.Edited || message.Text != stands.Text };
            if (!page.TryReplace(message)) return;
        }
        else
        {
            if (pages == 0 || (await PageAsync(pages - 1, cancel)).Count >= TalkPage.Size) Keep(pages++, new TalkPage(etag: null));
            (await PageAsync(pages - 1, cancel)).Add(message);
            pageOf[id] = pages - 1;
            Meet(message);
        }

        foreach (var listener in listeners) listener(message, isThere);
    }

    private async ValueTask LoadAsync(CancellationToken cancel)
    {
        if (pages >= 0) return;
        var count = 0;
        await foreach (var (key, _) in blobs.ListAsync(Keys.Talk(conversation.Tenant, conversation.Name), null, cancel))
        {
            var page = await blobs.GetAsync(key, cancel) is { } blob ? TalkPage.Read(blob.Content, blob.ETag) : new TalkPage(etag: null);
            foreach (var message in page.Messages)
            {
                if (IdOf(message.Id) is { } id) pageOf[id] = count;
                Meet(message);
            }

            Keep(count++, page);
        }

        pages = count;
    }

    private async ValueTask<TalkPage> PageAsync(int number, CancellationToken cancel)
    {
        if (!loaded.TryGetValue(number, out var page))
        {
            page = await blobs.GetAsync(Keys.Talk(conversation.Tenant, conversation.Name, number), cancel) is { } blob
                ? TalkPage.Read(blob.Content, blob.ETag)
                : new TalkPage(etag: null);
            Keep(number, page);
        }

        page.Used = ++uses;
        return page;
    }

    /// <summary>Keeps a page in memory; of the others those that were used last, and those that are not yet written.</summary>
    private void Keep(int number, TalkPage page)
    {
        page.Used = ++uses;
        loaded[number] = page;
        while (loaded.Count > MostLoaded && loaded.Where(each => each.Value.IsWritten && each.Key != number).OrderBy(each => each.Value.Used).Select(each => (int?)each.Key).FirstOrDefault() is { } oldest)
        {
            loaded.Remove(oldest);
        }
    }

    private void Meet(TalkMessage message)
    {
        people.Add(message.From);
        foreach (var person in message.Mentioned ?? []) people.Add(person);
    }

    /// <summary>One write for all that changes until it begins: at once where somebody waits or nothing was written for a while.</summary>
    private Task WriteSoon(bool isUrgent)
    {
        if (nextWrite is { } planned && !isUrgent) return planned;
        var wait = isUrgent ? 0 : Math.Max(0, lastWrite + PaceMilliseconds - Environment.TickCount64);
        return nextWrite = writing = WriteAsync(writing, (int)wait);
    }

    private async Task WriteAsync(Task before, int wait)
    {
        await Task.Yield();
        if (wait > 0) await Task.Delay(wait);
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // what it could not write is written now
        List<(int Number, TalkPage Page, long Version, PooledBlob Blob)> changed;
        await gate.WaitAsync();
        try
        {
            nextWrite = null;
            changed = [.. loaded.Where(page => !page.Value.IsWritten).Select(page => (page.Key, page.Value, page.Value.Version, page.Value.ToBlob()))];
            lastWrite = Environment.TickCount64;
        }
        finally
        {
            gate.Release();
        }

        foreach (var (number, page, version, blob) in changed)
        {
            using var written = blob;
            var condition = page.ETag is { } etag ? PutIf.Unchanged(etag) : PutIf.Absent;
            page.ETag = await blobs.TryPutAsync(Keys.Talk(conversation.Tenant, conversation.Name, number), written.Content, condition, CancellationToken.None)
                ?? throw new StoreUnavailableException("Another process wrote to this conversation.");
            page.Written = version;
        }
    }
}

/// <summary>A message to be added, or to take the place of the one with its id.</summary>
/// <param name="Message">The message.</param>
/// <param name="Replaces">Whether it replaces one that is there; else that one stays.</param>
internal readonly record struct TalkChange(TalkMessage Message, bool Replaces);
