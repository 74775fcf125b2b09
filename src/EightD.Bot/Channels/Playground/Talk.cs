using System.Collections.Immutable;
using System.Globalization;
using EightD.Bot.Storage;

namespace EightD.Bot.Channels.Playground;

/// <summary>
/// One conversation's messages: pages in the store, the latest of them in memory. Changes are seen at once and written together a moment later; whoever
/// must know that they are safe waits for that; those that could not be written are there no more. What other processes write meanwhile is brought in, and what
/// is not written yet is put behind it.
/// </summary>
internal sealed class Talk(IBlobStore blobs, Conversation conversation) : IDisposable
{
    private const int MostLoaded = 3;
    private const int Tries = 8;

    /// <summary>Writes are this far apart, and further where the store is slow: so that it is not kept busy by talk.</summary>
    private const long LeastPace = 100, MostPace = 1000, PaceOfWrite = 30;

    /// <summary>How fresh what a listener is told is, where other processes write too.</summary>
    private const long LookEvery = 900;

    /// <summary>How long somebody waits whose turn it is not yet, for a store that does not answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim gate = new(1);
    private readonly Dictionary<int, TalkPage> loaded = [];
    private readonly Dictionary<ulong, int> pageOf = [];
    private readonly List<string?> etags = [];
    private readonly List<TalkChange> unwritten = [];
    private readonly HashSet<string> people = new(StringComparer.Ordinal);
    private ImmutableList<TalkListener> listeners = [];
    private int pages = -1;
    private long uses, looked, pace = LeastPace;
    private long lastWrite = -MostPace;
    private Task writing = Task.CompletedTask;
    private Task? nextWrite;

    /// <summary>Tells of each message that is added or changed, in order.</summary>
    public void Listen(TalkListener listener) => ImmutableInterlocked.Update(ref listeners, all => all.Add(listener));

    public void Ignore(TalkListener listener) => ImmutableInterlocked.Update(ref listeners, all => all.Remove(listener));

    /// <summary>Whether its messages are in memory.</summary>
    public bool IsLoaded => pages >= 0;

    /// <summary>Gives its memory back where nobody listens and all is written; it is read again when it is wanted.</summary>
    public void Unload()
    {
        if (!gate.Wait(0)) return;
        if (listeners.IsEmpty && writing.IsCompleted && nextWrite is null && loaded.Values.All(page => page.IsWritten)) Forget();
        gate.Release();
    }

    public void Dispose() => gate.Dispose();

    /// <summary>
    /// Adds messages, or changes those whose id stands there already; done when they are in the store.
    /// </summary>
    /// <param name="messages">In order. One that is there already as it was said by a person stays as it is.</param>
    /// <param name="isUrgent">Whether somebody waits.</param>
    /// <param name="cancel">Ends the waiting for others' changes.</param>
    /// <exception cref="StoreUnavailableException">They could not be written, and are not there.</exception>
    public async Task PutAsync(IReadOnlyList<TalkChange> messages, bool isUrgent, CancellationToken cancel)
    {
        Task written;
        await EnterAsync(cancel);
        try
        {
            await LoadAsync(cancel);
            await SurelyAsync(async () =>
            {
                foreach (var change in messages) await ApplyAsync(change, known: null, cancel);
            });
            unwritten.AddRange(messages);
            written = WriteSoon(isUrgent);
        }
        finally
        {
            gate.Release();
        }

        await written;
    }

    /// <summary>A message; null when there is none with that id.</summary>
    public ValueTask<TalkMessage?> FindAsync(string id, CancellationToken cancel) => LockedAsync(async () =>
    {
        if (IdOf(id) is not { } number) return null;
        if (!pageOf.ContainsKey(number)) await RefreshAsync(cancel);
        return pageOf.TryGetValue(number, out var page) ? (await PageAsync(page, cancel)).Find(id) : null;
    }, cancel);

    /// <summary>All messages in order.</summary>
    public ValueTask<IReadOnlyList<TalkMessage>> ReadAsync(CancellationToken cancel) => LockedAsync<IReadOnlyList<TalkMessage>>(async () =>
    {
        await RefreshAsync(cancel);
        List<TalkMessage> messages = [];
        for (var page = 0; page < pages; page++) messages.AddRange((await PageAsync(page, cancel)).Messages);
        return messages;
    }, cancel);

    /// <summary>Whether somebody spoke here or was mentioned.</summary>
    public ValueTask<bool> HasAsync(string person, CancellationToken cancel) => LockedAsync(async () =>
    {
        if (!people.Contains(person)) await RefreshAsync(cancel);
        return people.Contains(person);
    }, cancel);

    /// <summary>Deletes all messages, unless some are not yet written: then they are new.</summary>
    public async Task DeleteAsync(CancellationToken cancel)
    {
        await EnterAsync(cancel);
        try
        {
            if (unwritten.Count > 0 || !writing.IsCompleted) return;
            await foreach (var (key, _) in blobs.ListAsync(Keys.Talk(conversation.Tenant, conversation.Name), null, cancel)) await blobs.DeleteAsync(key, cancel);
            Doubt();
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Tells listeners what other processes wrote since it was looked last.</summary>
    public async ValueTask LookAsync(CancellationToken cancel)
    {
        if (!blobs.IsShared || Environment.TickCount64 - Volatile.Read(ref looked) < LookEvery) return;
        await LockedAsync(async () =>
        {
            await RefreshAsync(cancel);
            return true;
        }, cancel);
    }

    /// <summary>Does something with the messages, of which those that other processes wrote last may be missing.</summary>
    private async ValueTask<T> LockedAsync<T>(Func<Task<T>> what, CancellationToken cancel)
    {
        await EnterAsync(cancel);
        try
        {
            await LoadAsync(cancel);
            return await what();
        }
        finally
        {
            gate.Release();
        }
    }

    private async ValueTask EnterAsync(CancellationToken cancel)
    {
        if (!await gate.WaitAsync(Patience, cancel)) throw new StoreUnavailableException("The store keeps those waiting who came before.");
    }

    /// <summary>A message's id as the number that it is; null when it is none of ours.</summary>
    private static ulong? IdOf(string id) => id.Length == 16 && ulong.TryParse(id, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Makes a change in memory, and tells of it.</summary>
    /// <param name="change">The change.</param>
    /// <param name="known">The messages of which listeners know, where it is made once more; null: those that are there.</param>
    /// <param name="cancel">Ends the attempt.</param>
    private async ValueTask ApplyAsync(TalkChange change, HashSet<ulong>? known, CancellationToken cancel)
    {
        var message = change.Message;
        if (IdOf(message.Id) is not { } id) throw new ArgumentException($"{message.Id} is no message id.", nameof(change));
        var last = pages == 0 ? null : await PageAsync(pages - 1, cancel); // first: where it is read anew, the message may be on it
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
            if (last is null or { Count: >= TalkPage.Size }) Keep(pages++, last = new TalkPage(etag: null));
            last.Add(message);
            pageOf[id] = pages - 1;
            Meet(message);
        }

        if (isThere || known?.Contains(id) != true) Tell(message, isUpdate: isThere);
    }

    private void Tell(TalkMessage? message, bool isUpdate)
    {
        foreach (var listener in listeners) listener(message, isUpdate);
    }

    /// <summary>Changes what is in memory; where that fails halfway, all is read anew when it is wanted next.</summary>
    private async ValueTask SurelyAsync(Func<Task> change)
    {
        try
        {
            await change();
        }
        catch
        {
            Doubt();
            throw;
        }
    }

    /// <summary>What is in memory, and was told of, may not be what is in the store.</summary>
    private void Doubt()
    {
        Forget();
        Tell(message: null, isUpdate: false);
    }

    private void Forget()
    {
        loaded.Clear();
        pageOf.Clear();
        pageOf.TrimExcess();
        etags.Clear();
        people.Clear();
        pages = -1;
    }

    private async ValueTask LoadAsync(CancellationToken cancel)
    {
        if (pages >= 0) return;
        await SurelyAsync(async () =>
        {
            var count = 0;
            await foreach (var (key, _) in blobs.ListAsync(Keys.Talk(conversation.Tenant, conversation.Name), null, cancel))
            {
                Keep(count, Index(count, await ReadPageAsync(key, cancel)));
                count++;
            }

            Volatile.Write(ref looked, Environment.TickCount64);
            pages = count;
            foreach (var change in unwritten) await ApplyAsync(change, known: null, cancel);
        });
    }

    /// <summary>Brings in what other processes wrote, in the order in which it stands in the store; what is not written yet comes after it.</summary>
    private async ValueTask RefreshAsync(CancellationToken cancel)
    {
        if (!blobs.IsShared) return;
        List<(string Key, int Number)> changed = [];
        var count = 0;
        await foreach (var (key, etag) in blobs.ListAsync(Keys.Talk(conversation.Tenant, conversation.Name), null, cancel))
        {
            if (count >= etags.Count || etags[count] != etag) changed.Add((key, count));
            count++;
        }

        Volatile.Write(ref looked, Environment.TickCount64);
        if (count < etags.Count(tag => tag is not null)) // another process deleted them
        {
            Doubt();
            await LoadAsync(cancel);
            return;
        }

        if (changed.Count == 0) return;
        List<(int Number, TalkPage Page)> read = []; // all of them before the first is brought in: one that cannot be read changes nothing
        foreach (var (key, number) in changed) read.Add((number, await ReadPageAsync(key, cancel)));
        await SurelyAsync(() => BringInAsync(read, count, cancel));
    }

    private async Task BringInAsync(List<(int Number, TalkPage Page)> read, int count, CancellationToken cancel)
    {
        var known = pageOf.Keys.ToHashSet();
        foreach (var (number, page) in read)
        {
            var before = loaded.GetValueOrDefault(number);
            LetGo(number, before);
            Index(number, page);
            TellNew(page, before, known);
            Keep(number, page);
        }

        foreach (var (number, page) in loaded.Where(each => each.Key >= count).ToList()) // begun here, and not in the store
        {
            LetGo(number, page);
            loaded.Remove(number);
        }

        pages = count;
        foreach (var change in unwritten) await ApplyAsync(change, known, cancel);
    }

    private void TellNew(TalkPage page, TalkPage? before, ICollection<ulong> known)
    {
        foreach (var message in page.Messages)
        {
            var isKnown = IdOf(message.Id) is { } id && known.Contains(id);
            if (!isKnown || before is null || !before.Holds(message)) Tell(message, isUpdate: isKnown);
        }
    }

    private void LetGo(int number, TalkPage? page)
    {
        foreach (var message in page?.Messages ?? [])
        {
            if (IdOf(message.Id) is { } id && pageOf.GetValueOrDefault(id, -1) == number) pageOf.Remove(id);
        }
    }

    private async ValueTask<TalkPage> PageAsync(int number, CancellationToken cancel)
    {
        if (!loaded.TryGetValue(number, out var page))
        {
            page = await ReadPageAsync(Keys.Talk(conversation.Tenant, conversation.Name, number), cancel);
            if (page.ETag != etags.ElementAtOrDefault(number)) TellNew(page, before: null, pageOf.Keys);
            Keep(number, Index(number, page));
        }

        page.Used = ++uses;
        return page;
    }

    private async ValueTask<TalkPage> ReadPageAsync(string key, CancellationToken cancel) =>
        await blobs.GetAsync(key, cancel) is { } blob ? TalkPage.Read(blob.Content, blob.ETag) : new TalkPage(etag: null);

    private TalkPage Index(int number, TalkPage page)
    {
        foreach (var message in page.Messages)
        {
            if (IdOf(message.Id) is { } id) pageOf[id] = number;
            Meet(message);
        }

        return page;
    }

    /// <summary>Keeps a page in memory; of the others those that were used last, and those that are not yet written.</summary>
    private void Keep(int number, TalkPage page)
    {
        page.Used = ++uses;
        loaded[number] = page;
        Tag(number, page.ETag);
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

    private void Tag(int number, string? etag)
    {
        while (etags.Count <= number) etags.Add(null);
        etags[number] = etag;
    }

    /// <summary>One write for all that changes until it begins: at once where somebody waits or nothing was written for a while.</summary>
    private Task WriteSoon(bool isUrgent)
    {
        if (nextWrite is { } planned && !isUrgent) return planned;
        var wait = isUrgent ? 0 : Math.Max(0, lastWrite + pace - Environment.TickCount64);
        return nextWrite = writing = WriteAsync(writing, (int)wait);
    }

    private async Task WriteAsync(Task before, int wait)
    {
        await Task.Yield();
        if (wait > 0) await Task.Delay(wait);
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // it has its own waiters
        await gate.WaitAsync();
        nextWrite = null;
        var covered = unwritten.Count;
        gate.Release();
        try
        {
            for (var attempt = 1; !await TryWriteAsync(attempt > 1); attempt++)
            {
                if (attempt == Tries) throw new StoreUnavailableException("Other processes write to this conversation all the time.");
                await Task.Delay(Random.Shared.Next(1, 10 << Math.Min(attempt, 4)));
            }
        }
        catch
        {
            await gate.WaitAsync();
            unwritten.RemoveRange(0, covered); // their senders are told
            Doubt();
            gate.Release();
            throw;
        }
    }

    /// <summary>Writes the pages that changed; false where another process wrote one of them first.</summary>
    private async Task<bool> TryWriteAsync(bool isStale)
    {
        List<(int Number, TalkPage Page, long Version, PooledBlob Blob)> changed;
        int covered;
        await gate.WaitAsync();
        try
        {
            await LoadAsync(CancellationToken.None);
            if (isStale) await RefreshAsync(CancellationToken.None);
            changed = [.. loaded.Where(page => !page.Value.IsWritten).OrderBy(page => page.Key).Select(page => (page.Key, page.Value, page.Value.Version, page.Value.ToBlob()))];
            covered = unwritten.Count;
            lastWrite = Environment.TickCount64;
        }
        finally
        {
            gate.Release();
        }

        var isWritten = true;
        foreach (var (number, page, version, blob) in changed)
        {
            using var written = blob;
            if (!isWritten) continue;
            var condition = page.ETag is { } etag ? PutIf.Unchanged(etag) : PutIf.Absent;
            var tag = await blobs.TryPutAsync(Keys.Talk(conversation.Tenant, conversation.Name, number), written.Content, condition, CancellationToken.None);
            if (tag is null)
            {
                isWritten = false;
                continue;
            }

            await gate.WaitAsync();
            (page.ETag, page.Written) = (tag, version);
            if (loaded.GetValueOrDefault(number) == page) Tag(number, tag);
            gate.Release();
        }

        if (!isWritten) return false;
        await gate.WaitAsync();
        unwritten.RemoveRange(0, covered);
        if (changed.Count > 0) pace = Math.Clamp((Environment.TickCount64 - lastWrite) / changed.Count * PaceOfWrite, LeastPace, MostPace);
        gate.Release();
        return true;
    }
}

/// <summary>Hears of a message.</summary>
/// <param name="message">As it is now; null: what was heard may not be so, and all is to be asked for.</param>
/// <param name="isUpdate">Whether it was there before.</param>
internal delegate void TalkListener(TalkMessage? message, bool isUpdate);

/// <summary>A message to be added, or to take the place of the one with its id.</summary>
/// <param name="Message">The message.</param>
/// <param name="Replaces">Whether it replaces one that is there; else that one stays.</param>
internal readonly record struct TalkChange(TalkMessage Message, bool Replaces);
