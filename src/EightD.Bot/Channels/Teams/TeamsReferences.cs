using System.Text.Json;
using EightD.Bot.Storage;
using Microsoft.Extensions.Caching.Memory;

namespace EightD.Bot.Channels.Teams;

/// <summary>What is known of a conversation, from its latest activity: without it nothing can be said there (Teams, "Send proactive messages").</summary>
/// <param name="ServiceUrl">Where Teams takes messages for it.</param>
/// <param name="Tenant">The tenant's id.</param>
/// <param name="Bot">The bot's id there, <c>28:…</c>.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Team">The team's id, of a channel; null elsewhere.</param>
/// <param name="IsLost">Whether the bot may not write there any more.</param>
internal sealed record TeamsReference(Uri ServiceUrl, string Tenant, string Bot, TeamsPlace.Kinds Kind, string? Team = null, bool IsLost = false);

/// <summary>Keeps what is known of conversations, written where it changes.</summary>
internal sealed class TeamsReferences(IBlobStore blobs) : IDisposable
{
    private const int MostKept = 20_000;

    private readonly MemoryCache kept = new(new MemoryCacheOptions { SizeLimit = MostKept });

    /// <summary>What is known of a conversation; null where nothing came from it yet, or the bot may not write there any more.</summary>
    public async ValueTask<TeamsReference?> OfAsync(Conversation conversation, CancellationToken cancel) =>
        await LastOfAsync(conversation, cancel) is { IsLost: false } reference ? reference : null;

    /// <summary>What was known of a conversation last; null where nothing came from it yet.</summary>
    public ValueTask<TeamsReference?> LastOfAsync(Conversation conversation, CancellationToken cancel) => ReadAsync(Keys.TeamsConversation(conversation.Tenant, conversation.Name), cancel);

    /// <summary>Somebody's own chat with the bot; null where none is known.</summary>
    public async ValueTask<string?> PersonalAsync(TeamsReference of, string person, CancellationToken cancel)
    {
        var key = Keys.TeamsPerson(TeamsPlace.Tenants + of.Tenant, person);
        if (kept.TryGetValue(key, out string? known)) return known;
        return await blobs.GetAsync(key, cancel) is { } blob ? Keep(key, System.Text.Encoding.UTF8.GetString(blob.Content.Span)) : null;
    }

    /// <summary>Learns from an activity whose token and address were validated.</summary>
    /// <returns>Whether the bot may write again where it might not.</returns>
    public async ValueTask<bool> KnowAsync(TeamsActivity activity, TeamsPlace place, CancellationToken cancel)
    {
        var key = Keys.TeamsConversation(TeamsPlace.Tenants + place.Tenant, place.Conversation);
        var before = await ReadAsync(key, cancel);
        TeamsReference now = new(activity.ServiceUrl!, place.Tenant, activity.Recipient?.Id ?? before?.Bot ?? "", place.Kind, activity.ChannelData?.Team?.Id ?? before?.Team);
        if (now != before) await WriteAsync(key, now, cancel);
        if (place.Kind == TeamsPlace.Kinds.Personal && activity.From?.Id is { } person && await PersonalAsync(now, person, cancel) != place.Conversation)
        {
            var own = Keys.TeamsPerson(TeamsPlace.Tenants + place.Tenant, person);
            await blobs.TryPutAsync(own, System.Text.Encoding.UTF8.GetBytes(place.Conversation), PutIf.Any, cancel);
            Keep(own, place.Conversation);
        }

        if (activity.From?.Id is { } from && activity.LocalTimezone is { Length: > 0 and < 100 } zone && await ZoneOfAsync(TeamsPlace.Tenants + place.Tenant, from, cancel) != zone)
        {
            var own = Keys.TeamsZone(TeamsPlace.Tenants + place.Tenant, from);
            await blobs.TryPutAsync(own, System.Text.Encoding.UTF8.GetBytes(zone), PutIf.Any, cancel);
            Keep(own, zone);
        }

        return before?.IsLost == true;
    }

    /// <summary>The time zone of whoever wrote last from it; null where nobody said it yet.</summary>
    public async ValueTask<string?> ZoneOfAsync(string tenant, string person, CancellationToken cancel)
    {
        var key = Keys.TeamsZone(tenant, person);
        if (kept.TryGetValue(key, out string? known)) return known;
        return await blobs.GetAsync(key, cancel) is { } blob ? Keep(key, System.Text.Encoding.UTF8.GetString(blob.Content.Span)) : null;
    }

    /// <summary>The bot may not write there any more.</summary>
    public async ValueTask LoseAsync(Conversation conversation, CancellationToken cancel)
    {
        var key = Keys.TeamsConversation(conversation.Tenant, conversation.Name);
        if (await ReadAsync(key, cancel) is { IsLost: false } known) await WriteAsync(key, known with { IsLost = true }, cancel);
    }

    public void Dispose() => kept.Dispose();

    private async ValueTask<TeamsReference?> ReadAsync(string key, CancellationToken cancel)
    {
        if (kept.TryGetValue(key, out TeamsReference? known)) return known;
        return await blobs.GetAsync(key, cancel) is { } blob && JsonSerializer.Deserialize(blob.Content.Span, TeamsJson.Default.TeamsReference) is { } read ? Keep(key, read) : null;
    }

    private async ValueTask WriteAsync(string key, TeamsReference reference, CancellationToken cancel)
    {
        await blobs.TryPutAsync(key, JsonSerializer.SerializeToUtf8Bytes(reference, TeamsJson.Default.TeamsReference), PutIf.Any, cancel);
        Keep(key, reference);
    }

    private T Keep<T>(string key, T value) => kept.Set(key, value, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = blobs.IsShared ? TimeSpan.FromMinutes(1) : null });
}
