using System.Collections.Immutable;
using System.Text.Json;
using EightD.Bot.Channels;
using EightD.Bot.Storage;
using EightD.Incidents;
using EightD.Incidents.Reminders;
using Microsoft.Extensions.Caching.Memory;

namespace EightD.Bot.Turns;

/// <summary>
/// Reads and writes 8Ds in the blob store, and what finds them. What was read or written last is kept in memory. Where other processes write too it may be
/// out of date, which a conditional write tells; whoever only reads asks the store.
/// </summary>
/// <param name="blobs">The store.</param>
/// <param name="log">Where it says what it left out.</param>
/// <param name="usual">What holds in a workspace that decided nothing.</param>
/// <param name="clock">Says when what another process may have changed is asked for again.</param>
internal sealed class IncidentStore(IBlobStore blobs, ILogger<IncidentStore> log, WorkspaceSettings usual, TimeProvider clock) : IDisposable
{
    private const int MostKept = 500;

    /// <summary>Notes that are followed for one question: what it costs does not grow with the 8Ds there are.</summary>
    private const int MostNoted = 500;

    private static readonly TimeSpan SettingsKept = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private readonly MemoryCache incidents = new(new MemoryCacheOptions { SizeLimit = MostKept });
    private readonly MemoryCache pointers = new(new MemoryCacheOptions { SizeLimit = 20_000, Clock = new CacheClock(clock) });

    /// <summary>The 8D with that id; null when there is none.</summary>
    /// <exception cref="UnreadableIncidentException">It cannot be read.</exception>
    public async ValueTask<StoredIncident?> ReadAsync(string tenant, string id, CancellationToken cancel)
    {
        if (!blobs.IsShared && Kept(tenant, id) is { } kept) return kept;
        var stored = await GetAsync(tenant, id, cancel);
        if (stored is null) return null;
        return blobs.IsShared ? Keep(stored) : KeepFirst(stored); // where it is older than what was written here meanwhile the next conditional write tells
    }

    /// <summary>The 8D with that id as this process saw it last; null when there is none.</summary>
    /// <exception cref="UnreadableIncidentException">It cannot be read.</exception>
    public async ValueTask<StoredIncident?> RecallAsync(string tenant, string id, CancellationToken cancel) =>
        Kept(tenant, id) ?? (await GetAsync(tenant, id, cancel) is { } stored ? KeepFirst(stored) : null);

    /// <summary>The 8D with that id as the store has it, and as it is remembered from now on. For whoever writes it: nobody else in this process does meanwhile.</summary>
    /// <exception cref="UnreadableIncidentException">It cannot be read.</exception>
    public async ValueTask<StoredIncident?> ReadToWriteAsync(string tenant, string id, CancellationToken cancel)
    {
        if (!blobs.IsShared) return await ReadAsync(tenant, id, cancel);
        return await GetAsync(tenant, id, cancel) is { } stored ? Keep(stored) : null;
    }

    /// <summary>The open 8D of a conversation, else its latest; null when there never was one.</summary>
    public async ValueTask<StoredIncident?> LatestAsync(Conversation conversation, CancellationToken cancel) =>
        await PointerAsync(conversation, cancel) is { } pointer ? await ReadAsync(conversation.Tenant, pointer.Id, cancel) : null;

    /// <summary>
    /// The open 8D of a conversation as this process saw it last, with the pointer to it: while it is open the pointer stays, so that a write of it that
    /// holds tells that both were right. Null where nothing is remembered, or no open 8D.
    /// </summary>
    public (Pointer Pointer, StoredIncident Stored)? Remembered(Conversation conversation) =>
        pointers.TryGetValue(Keys.Open(conversation.Tenant, conversation.Name), out Pointer? pointer) && Kept(conversation.Tenant, pointer!.Id) is { Incident.IsOpen: true } stored
            ? (pointer, stored)
            : null;

    /// <summary>Which 8D a conversation's pointer names, and the pointer's tag; null when there is no pointer.</summary>
    public async ValueTask<Pointer?> PointerAsync(Conversation conversation, CancellationToken cancel)
    {
        var key = Keys.Open(conversation.Tenant, conversation.Name);
        if (!blobs.IsShared && pointers.TryGetValue(key, out Pointer? kept)) return kept;
        return await blobs.GetAsync(key, cancel) is { } blob ? KeepPointer(key, new Pointer(System.Text.Encoding.UTF8.GetString(blob.Content.Span), blob.ETag)) : null;
    }

    /// <summary>Names an 8D as its conversation's, where nobody did meanwhile.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="id">The 8D.</param>
    /// <param name="before">What the pointer was when this was decided.</param>
    /// <param name="cancel">Ends the attempt.</param>
    public async ValueTask<bool> TryPointAsync(Conversation conversation, string id, Pointer? before, CancellationToken cancel)
    {
        var key = Keys.Open(conversation.Tenant, conversation.Name);
        var etag = await blobs.TryPutAsync(key, System.Text.Encoding.UTF8.GetBytes(id), before is null ? PutIf.Absent : PutIf.Unchanged(before.ETag), cancel);
        if (etag is null) pointers.Remove(key);
        else KeepPointer(key, new Pointer(id, etag));
        return etag is not null;
    }

    /// <summary>Writes an 8D where it is still as it was read; null: somebody else wrote first.</summary>
    /// <param name="incident">The 8D.</param>
    /// <param name="etag">As it was read; null: it must not be there yet.</param>
    /// <param name="cancel">Ends the attempt.</param>
    public async ValueTask<StoredIncident?> TryWriteAsync(Incident incident, string? etag, CancellationToken cancel)
    {
        var key = Keys.Incident(incident.Home.Tenant, incident.Id);
        using var blob = IncidentBlob.Write(incident);
        var written = await blobs.TryPutAsync(key, blob.Content, etag is null ? PutIf.Absent : PutIf.Unchanged(etag), cancel);
        if (written is not null) return Keep(new(incident, written));
        lock (gate) incidents.Remove(key);
        return null;
    }

    /// <summary>Removes an 8D that lost the race for its conversation, or was never opened; nothing names it.</summary>
    public async ValueTask RemoveAsync(Incident incident, CancellationToken cancel)
    {
        incidents.Remove(Keys.Incident(incident.Home.Tenant, incident.Id));
        await blobs.DeleteAsync(Keys.Incident(incident.Home.Tenant, incident.Id), cancel);
        await blobs.DeleteAsync(Keys.Report(incident.Home.Tenant, incident.Number), cancel);
        await blobs.DeleteAsync(Keys.Opened(incident.Home.Tenant, incident.Number, incident.Id), cancel);
    }

    /// <summary>Deletes an 8D with its history and all that names it, where it is still as it was read.</summary>
    public async ValueTask DeleteAsync(StoredIncident stored, CancellationToken cancel)
    {
        var (incident, tenant) = (stored.Incident, stored.Incident.Home.Tenant);
        if (await TryWriteAsync(incident, stored.ETag, cancel) is null) return; // somebody does something with it
        var conversation = Conversation.Of(incident.Home);
        if ((await PointerAsync(conversation, cancel))?.Id == incident.Id)
        {
            await blobs.DeleteAsync(Keys.Open(tenant, conversation.Name), cancel);
            pointers.Remove(Keys.Open(tenant, conversation.Name));
        }

        await RemoveAsync(incident, cancel);
        foreach (var owner in Duties.Concerned(incident)) await blobs.DeleteAsync(Keys.Owner(tenant, owner, incident.Id), cancel);
        foreach (var letter in incident.DeadLetters) await blobs.DeleteAsync(Keys.Dead(tenant, incident.Id, letter.Pending.Id), cancel);
        await foreach (var (key, _) in blobs.ListAsync(Keys.History(tenant, incident.Id), null, cancel)) await blobs.DeleteAsync(key, cancel);
    }

    /// <summary>Keeps log entries that an 8D no longer holds; written before the 8D that goes without them.</summary>
    public async ValueTask KeepHistoryAsync(Incident incident, IReadOnlyList<LogEntry> entries, CancellationToken cancel) =>
        await blobs.TryPutAsync(Keys.History(incident.Home.Tenant, incident.Id, entries[0].Number),
            JsonSerializer.SerializeToUtf8Bytes([.. entries], IncidentJson.Default.LogEntryArray), PutIf.Any, cancel);

    /// <summary>A log entry that an 8D no longer holds itself; null when there is none with that number.</summary>
    public async ValueTask<LogEntry?> FindHistoryAsync(Incident incident, long number, CancellationToken cancel)
    {
        string? holds = null;
        await foreach (var (key, _) in blobs.ListAsync(Keys.History(incident.Home.Tenant, incident.Id), null, cancel))
        {
            if (string.CompareOrdinal(key, Keys.History(incident.Home.Tenant, incident.Id, number)) > 0) break;
            holds = key;
        }

        if (holds is null || await blobs.GetAsync(holds, cancel) is not { } blob) return null;
        return JsonSerializer.Deserialize(blob.Content.Span, IncidentJson.Default.LogEntryArray)?.FirstOrDefault(entry => entry.Number == number);
    }

    /// <summary>Takes names out of the log entries that an 8D no longer holds, and the notes of what those people own. Done again it changes nothing.</summary>
    public async ValueTask EraseAsync(Incident incident, IReadOnlyList<string> names, CancellationToken cancel)
    {
        foreach (var name in names) await blobs.DeleteAsync(Keys.Owner(incident.Home.Tenant, name, incident.Id), cancel);
        await foreach (var (key, etag) in blobs.ListAsync(Keys.History(incident.Home.Tenant, incident.Id), null, cancel))
        {
            if (await blobs.GetAsync(key, cancel) is not { } blob || JsonSerializer.Deserialize(blob.Content.Span, IncidentJson.Default.LogEntryArray) is not { } entries) continue;
            await blobs.TryPutAsync(key, JsonSerializer.SerializeToUtf8Bytes([.. EightD.Incidents.Actions.Erasing.Without(names, [.. entries])], IncidentJson.Default.LogEntryArray), PutIf.Unchanged(etag), cancel);
        }
    }

    /// <summary>Notes by which an 8D is found again: its number, that it is open, whose actions it has, and where its report stands.</summary>
    public async ValueTask NoteStartAsync(Incident incident, CancellationToken cancel)
    {
        await blobs.TryPutAsync(Keys.Report(incident.Home.Tenant, incident.Number), System.Text.Encoding.UTF8.GetBytes(incident.Id), PutIf.Any, cancel);
        if (incident.IsOpen) await blobs.TryPutAsync(Keys.Opened(incident.Home.Tenant, incident.Number, incident.Id), default, PutIf.Any, cancel);
        await NoteOwnersAsync(incident, Duties.Concerned(incident), cancel);
        if (incident.Published is { Path.Length: > 0 } published) await NotePublishedAsync(incident, published.Path, cancel);
    }

    private async ValueTask NoteOwnersAsync(Incident incident, IEnumerable<string> owners, CancellationToken cancel)
    {
        foreach (var owner in owners.Distinct(StringComparer.OrdinalIgnoreCase)) await blobs.TryPutAsync(Keys.Owner(incident.Home.Tenant, owner, incident.Id), default, PutIf.Any, cancel);
    }

    /// <summary>Removes an 8D that came back from Git alone and was taken up as another one with its number.</summary>
    public async ValueTask RemoveTakenUpAsync(Incident homeless, CancellationToken cancel)
    {
        incidents.Remove(Keys.Incident(homeless.Home.Tenant, homeless.Id));
        await blobs.DeleteAsync(Keys.Incident(homeless.Home.Tenant, homeless.Id), cancel);
        await blobs.DeleteAsync(Keys.Opened(homeless.Home.Tenant, homeless.Number, homeless.Id), cancel);
    }

    /// <summary>Brings the notes in step with a change: opened or ended, another number, further owners in D6. Written before the change.</summary>
    public async ValueTask NoteChangeAsync(Incident before, Incident after, CancellationToken cancel)
    {
        var tenant = after.Home.Tenant;
        if (after.Number != before.Number) await blobs.TryPutAsync(Keys.Report(tenant, after.Number), System.Text.Encoding.UTF8.GetBytes(after.Id), PutIf.Any, cancel);
        if (after.IsOpen && (!before.IsOpen || after.Number != before.Number)) await blobs.TryPutAsync(Keys.Opened(tenant, after.Number, after.Id), default, PutIf.Any, cancel);
        foreach (var letter in New(before.DeadLetters, after.DeadLetters)) await blobs.TryPutAsync(Keys.Dead(tenant, after.Id, letter.Pending.Id), default, PutIf.Any, cancel);
        if (ReferenceEquals(before.Report, after.Report) && ReferenceEquals(before.Assigned, after.Assigned)) return;
        await NoteOwnersAsync(after, Duties.Concerned(after).Except(Duties.Concerned(before), StringComparer.OrdinalIgnoreCase), cancel);
    }

    /// <summary>Takes away the notes that no longer hold: of an 8D that has ended, of a number that it lost, of effects that are no longer given up. Written after the change: a note too many does no harm.</summary>
    public async ValueTask UnnoteChangeAsync(Incident before, Incident after, CancellationToken cancel)
    {
        var tenant = after.Home.Tenant;
        if (before.IsOpen && (!after.IsOpen || after.Number != before.Number)) await blobs.DeleteAsync(Keys.Opened(tenant, before.Number, after.Id), cancel);
        foreach (var letter in New(after.DeadLetters, before.DeadLetters)) await blobs.DeleteAsync(Keys.Dead(tenant, after.Id, letter.Pending.Id), cancel);
    }

    /// <summary>The 8D with a report's number; null when none here has it.</summary>
    public async ValueTask<StoredIncident?> ByNumberAsync(string tenant, int number, CancellationToken cancel) =>
        await blobs.GetAsync(Keys.Report(tenant, number), cancel) is { } blob
            && await ReadAsync(tenant, System.Text.Encoding.UTF8.GetString(blob.Content.Span), cancel) is { } stored && stored.Incident.Number == number
            ? stored
            : null;

    /// <summary>Notes whose file stands at a path of the repository, so that what is done to it there is read back.</summary>
    public async ValueTask NotePublishedAsync(Incident incident, string path, CancellationToken cancel)
    {
        var key = Keys.Published(incident.IsPrivate, path[..Math.Max(path.LastIndexOf('/'), 0)], incident.Number);
        var whose = System.Text.Encoding.UTF8.GetBytes($"{incident.Home.Tenant}\n{incident.Id}");
        if (await blobs.GetAsync(key, cancel) is not { } blob || !blob.Content.Span.SequenceEqual(whose)) await blobs.TryPutAsync(key, whose, PutIf.Any, cancel);
    }

    /// <summary>The 8D whose file has a number in a folder of a repository, the public one or that of private 8Ds; null when none here has it.</summary>
    public async ValueTask<Incident?> PublishedInAsync(bool isPrivate, string folder, int number, CancellationToken cancel) =>
        await blobs.GetAsync(Keys.Published(isPrivate, folder, number), cancel) is { } blob && System.Text.Encoding.UTF8.GetString(blob.Content.Span).Split('\n') is [var tenant, var id]
            ? (await ReadAsync(tenant, id, cancel))?.Incident
            : null;

    /// <summary>The 8Ds under a prefix of notes, in the notes' order, of which at most <see cref="MostNoted"/> are read; those that are gone are left out.</summary>
    public async IAsyncEnumerable<Incident> NotedAsync(string tenant, string prefix, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        var left = MostNoted;
        await foreach (var (key, _) in blobs.ListAsync(prefix, null, cancel))
        {
            if (left-- == 0) yield break;
            if (await ReadNotedAsync(tenant, key[(key.LastIndexOf('/') + 1)..], cancel) is { } incident) yield return incident;
        }
    }

    private async ValueTask<Incident?> ReadNotedAsync(string tenant, string id, CancellationToken cancel)
    {
        try
        {
            return (await ReadAsync(tenant, id, cancel))?.Incident;
        }
        catch (UnreadableIncidentException cause)
        {
            log.LeftOut(cause); // the others are shown
            return null;
        }
    }

    /// <summary>What a workspace decided.</summary>
    public async ValueTask<WorkspaceSettings> SettingsAsync(string tenant, CancellationToken cancel)
    {
        var key = Keys.Settings(tenant);
        if (pointers.TryGetValue(key, out WorkspaceSettings? kept)) return kept!;
        var blob = await blobs.GetAsync(key, cancel);
        return KeepSettings(key, blob is { } found ? JsonSerializer.Deserialize(found.Content.Span, IncidentJson.Default.WorkspaceSettings)! : usual);
    }

    /// <summary>Changes what a workspace decided; what others changed meanwhile stays.</summary>
    /// <param name="tenant">The workspace.</param>
    /// <param name="before">The settings from which it was decided.</param>
    /// <param name="after">What was decided.</param>
    /// <param name="cancel">Ends the attempt.</param>
    public async ValueTask WriteSettingsAsync(string tenant, WorkspaceSettings before, WorkspaceSettings after, CancellationToken cancel)
    {
        var key = Keys.Settings(tenant);
        while (true)
        {
            var blob = await blobs.GetAsync(key, cancel);
            var changed = (blob is { } found ? JsonSerializer.Deserialize(found.Content.Span, IncidentJson.Default.WorkspaceSettings)! : usual).With(before, after);
            if (await blobs.TryPutAsync(key, JsonSerializer.SerializeToUtf8Bytes(changed, IncidentJson.Default.WorkspaceSettings), blob is { ETag: var etag } ? PutIf.Unchanged(etag) : PutIf.Absent, cancel) is null) continue;
            KeepSettings(key, changed);
            return;
        }
    }

    public void Dispose()
    {
        incidents.Dispose();
        pointers.Dispose();
    }

    private static IEnumerable<DeadLetter> New(ImmutableList<DeadLetter> before, ImmutableList<DeadLetter> after) => ReferenceEquals(before, after) ? [] : after.Except(before);

    private StoredIncident? Kept(string tenant, string id) => incidents.TryGetValue(Keys.Incident(tenant, id), out StoredIncident? kept) ? kept : null;

    private async ValueTask<StoredIncident?> GetAsync(string tenant, string id, CancellationToken cancel)
    {
        var key = Keys.Incident(tenant, id);
        if (await blobs.GetAsync(key, cancel) is not { } blob) return null;
        return Kept(tenant, id) is { } kept && kept.ETag == blob.ETag ? kept : new(IncidentBlob.Read(key, blob.Content), blob.ETag); // it is what was read last
    }

    private StoredIncident Keep(StoredIncident stored)
    {
        lock (gate) return incidents.Set(Keys.Incident(stored.Incident.Home.Tenant, stored.Incident.Id), stored, new MemoryCacheEntryOptions { Size = 1 });
    }

    /// <summary>Remembers an 8D where none is remembered: what was written while it was read is newer.</summary>
    private StoredIncident KeepFirst(StoredIncident stored)
    {
        lock (gate) return Kept(stored.Incident.Home.Tenant, stored.Incident.Id) ?? Keep(stored);
    }

    private Pointer KeepPointer(string key, Pointer pointer) => pointers.Set(key, pointer, new MemoryCacheEntryOptions { Size = 1 });

    /// <summary>Settings that another process changed are known here a moment later.</summary>
    private WorkspaceSettings KeepSettings(string key, WorkspaceSettings settings) =>
        pointers.Set(key, settings, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = blobs.IsShared ? SettingsKept : null });
}

/// <summary>An 8D as it was read, with its blob's tag.</summary>
internal sealed record StoredIncident(Incident Incident, string ETag);

/// <summary>What names a conversation's 8D.</summary>
internal sealed record Pointer(string Id, string ETag);
