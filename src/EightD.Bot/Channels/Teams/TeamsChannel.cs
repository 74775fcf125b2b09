using System.Collections.Concurrent;
using EightD.Bot.Settings;
using EightD.Incidents;
using EightD.Incidents.Cards;

namespace EightD.Bot.Channels.Teams;

/// <summary>
/// Performs effects in Teams. Teams takes no key that makes a repetition harmless, and shows a bot nothing of what it posted: a message of which it is not
/// known whether it was posted is not posted again by itself, a person is told and decides.
/// </summary>
internal sealed class TeamsChannel(
    TeamsConnector connector, TeamsReferences references, TeamsDirectory directory, TeamsSettings settings, TimeProvider clock, ILogger<TeamsChannel> log) : IChannel
{
    /// <summary>The button on the finished report that hands over its Markdown.</summary>
    public const string DownloadAction = "download";

    private const string Teams = "teams";

    /// <summary>What the card's own id is kept by: <see cref="MessageKey.Card"/> keeps the thread that it stands in.</summary>
    private const string CardId = "card-id";

    private static readonly TimeSpan OnceMended = TimeSpan.FromMinutes(5), ToldAgain = TimeSpan.FromHours(1), Silent = TimeSpan.FromSeconds(30);

    /// <summary>The messages that were posted of an effect that is not done yet, by the effect's id and the page: they are not posted again when the rest is tried again.</summary>
    private readonly ConcurrentDictionary<string, Dictionary<int, string>> posted = new(StringComparer.Ordinal);

    /// <summary>Cards whose id Teams did not say when they were posted, seen when somebody pressed on them.</summary>
    private readonly ConcurrentDictionary<(Conversation Where, string Root), string> seen = new();

    private readonly ConcurrentDictionary<(Conversation Where, string Why), DateTimeOffset> told = new();

    /// <inheritdoc/>
    public string Name => Teams;

    /// <summary>Teams takes 60 messages in 30 seconds in one thread (Teams, "Optimize your bot with rate limiting").</summary>
    public TimeSpan Rest { get; } = TimeSpan.FromSeconds(0.5);

    /// <summary>Ten a second, of two requests each: a tenant's bot may make 30 (the same page).</summary>
    public TimeSpan Apart { get; } = TimeSpan.FromSeconds(0.1);

    /// <inheritdoc/>
    public Task<Delivered> DeliverAsync(Conversation conversation, Incident? incident, IReadOnlyList<Delivery> deliveries, CancellationToken cancel) =>
        InOrder.DeliverAsync(deliveries, (delivery, done) => TryAsync(conversation, incident, done, delivery, cancel));

    /// <summary>The tenant in which the bot is registered shares the operator's folder; others have one each.</summary>
    public string? FolderOf(string tenant) => settings.AllowedTenants.Count < 2 || (tenant[TeamsPlace.Tenants.Length..] is var id && id.Equals(settings.TenantId, StringComparison.OrdinalIgnoreCase)) ? null : id;

    /// <inheritdoc/>
    public async ValueTask<bool> IsInAsync(Conversation conversation, Person person, CancellationToken cancel)
    {
        try
        {
            return await references.LastOfAsync(conversation, cancel) is { } reference && await directory.IsMemberAsync(reference, conversation, person.Id, cancel);
        }
        catch (TeamsException failed)
        {
            log.TeamsFailed(failed);
            return false;
        }
    }

    /// <summary>A press on a message shows which it is.</summary>
    public void Sees(Conversation conversation, string root, string message) => seen[(conversation, root)] = message;

    /// <summary>Says something to one person: in the conversation where Teams shows it to that person alone, else in their own chat with the bot.</summary>
    /// <param name="conversation">The conversation that it is about.</param>
    /// <param name="root">The thread that it is about; null outside any.</param>
    /// <param name="person">The person's id.</param>
    /// <param name="message">What.</param>
    /// <param name="cancel">Ends the attempt.</param>
    /// <exception cref="TeamsException">It was not said, or it is not known whether it was.</exception>
    public async Task TellAsync(Conversation conversation, string? root, string person, Message message, CancellationToken cancel)
    {
        foreach (var post in AdaptiveCards.Draw(message)) await TellAsync(conversation, root, person, post, cancel);
    }

    /// <inheritdoc cref="TellAsync(Conversation, string?, string, Message, CancellationToken)"/>
    public async Task TellAsync(Conversation conversation, string? root, string person, TeamsPost post, CancellationToken cancel)
    {
        var reference = await references.LastOfAsync(conversation, cancel) ?? throw TeamsException.NotThere();
        if (reference.Kind == TeamsPlace.Kinds.Personal)
        {
            await connector.SendAsync(reference, conversation.Name, TeamsMessage.Of(post), cancel);
            return;
        }

        if (!reference.IsLost && await TryTellThereAsync(reference, TeamsPlace.IdOf(conversation.Name, root), person, post, cancel)) return;
        var own = await references.PersonalAsync(reference, person, cancel) ?? await connector.CreatePersonalAsync(reference, person, cancel);
        await connector.SendAsync(reference, own, TeamsMessage.Of(post.About(conversation.Name, root)), cancel);
    }

    public async ValueTask<Person?> FindAsync(Conversation conversation, string name, bool mayAsk, CancellationToken cancel)
    {
        try
        {
            return await directory.FindAsync(conversation, name, mayAsk, cancel);
        }
        catch (TeamsException failed)
        {
            log.TeamsFailed(failed);
            return null;
        }
    }

    /// <summary>Each activity says the zone of whoever it is from; what was said last holds.</summary>
    public ValueTask<string?> ZoneOfAsync(Conversation conversation, Person person, bool mayAsk, CancellationToken cancel) => references.ZoneOfAsync(conversation.Tenant, person.Id, cancel);

    public bool HasZones => true;

    /// <summary>Teams cannot be asked what stands in a chat: where its answer was lost nothing is said twice.</summary>
    public async Task<DeliveryFailure?> TellDirectlyAsync(Conversation about, PendingEffect pending, bool mayBeThere, CancellationToken cancel)
    {
        if (mayBeThere) return new(ChannelTexts.Get("TeamsUnsure"), IsFinal: true) { IsUnsure = true };
        try
        {
            await TellDirectlyAsync(about, (Effect.Direct)pending.Effect, pending, cancel);
            return null;
        }
        catch (TeamsException failed)
        {
            log.TeamsFailed(failed);
            return failed.IsUnclear ? new DeliveryFailure(ChannelTexts.Get("TeamsUnsure"), IsFinal: true) { IsUnsure = true } : FailureOf(failed, isRepeatable: true);
        }
    }

    private async Task TellDirectlyAsync(Conversation about, Effect.Direct direct, PendingEffect pending, CancellationToken cancel)
    {
        var reference = await references.LastOfAsync(about, cancel) ?? throw TeamsException.NotThere();
        var own = await references.PersonalAsync(reference, direct.To.Id, cancel) ?? await connector.CreatePersonalAsync(reference, direct.To.Id, cancel);
        await PostPagesAsync(new(reference, new(about.Tenant, own), Incident: null, []), pending, AdaptiveCards.Draw(direct.Message), first: 0, cancel);
        posted.TryRemove(pending.Id, out _);
    }

    private async Task<bool> TryTellThereAsync(TeamsReference reference, string thread, string person, TeamsPost post, CancellationToken cancel)
    {
        try
        {
            await connector.SendTargetedAsync(reference, thread, TeamsMessage.Of(post, person), cancel);
            return true;
        }
        catch (TeamsException refused) when (refused is { IsUnclear: false, RetryAfter: null })
        {
            log.TeamsFailed(refused);
            return false;
        }
    }

    /// <summary>Says something to everybody in a thread.</summary>
    /// <exception cref="TeamsException">It was not said, or it is not known whether it was.</exception>
    public async Task SayAsync(Conversation conversation, string? root, Message message, CancellationToken cancel)
    {
        var reference = await ReferenceAsync(conversation, cancel);
        foreach (var post in AdaptiveCards.Draw(message)) await connector.SendAsync(reference, TeamsPlace.IdOf(conversation.Name, root), TeamsMessage.Of(post), cancel);
    }

    private async Task<DeliveryFailure?> TryAsync(Conversation conversation, Incident? incident, Dictionary<string, string> done, Delivery delivery, CancellationToken cancel)
    {
        var effect = delivery.Pending.Effect;
        try
        {
            var reference = await references.LastOfAsync(conversation, cancel);
            if (reference is null || (reference.IsLost && effect is not Effect.Tell)) throw TeamsException.NotThere();
            await PerformAsync(new(reference, conversation, incident, done), delivery, cancel);
            posted.TryRemove(delivery.Pending.Id, out _);
            return null;
        }
        catch (TeamsException failed)
        {
            log.TeamsFailed(failed);
            if (failed.IsBlocked) await references.LoseAsync(conversation, cancel);
            var failure = FailureOf(failed, isRepeatable: effect is Effect.Tell);
            var isForPeople = failed.ToMend is not null || failure.IsFinal || (failed.IsUnclear && clock.GetUtcNow() - delivery.Pending.SavedAt > Silent);
            if (incident is not null && isForPeople) await SayWhyAsync(conversation, incident, failure.Why, cancel);
            if (failure.IsFinal) posted.TryRemove(delivery.Pending.Id, out _);
            return failure;
        }
    }

    private Task PerformAsync(Scope at, Delivery delivery, CancellationToken cancel) => delivery.Pending.Effect switch
    {
        Effect.Tell tell => TellAsync(at, tell, cancel),
        Effect.Direct direct => TellDirectlyAsync(at.Conversation, direct, delivery.Pending, cancel),
        Effect.Post post => PostAsync(at, delivery.Pending, post.Key, post.Message, cancel),
        Effect.Revise revise => ReviseAsync(at, delivery.Pending, revise.Key, revise.Message, cancel),
        Effect.Redraw { Key: MessageKey.Report } when delivery.Drawn is { Card: { } card } drawn => ReviseAsync(at, delivery.Pending, MessageKey.Report,
            at.Incident!.IsAmongOthers ? drawn : drawn with { Card = card with { Body = null, Buttons = [.. card.Buttons, new(DownloadAction, at.Incident!.Id, ChannelTexts.Get("TeamsDownload"))] } }, cancel),
        Effect.Redraw redraw when delivery.Drawn is { } drawn && !IsDoubted(at, redraw.Key) => ReviseAsync(at, delivery.Pending, redraw.Key, drawn, cancel),
        _ => Task.CompletedTask, // Teams has shown it, or a person decides whether it is posted again
    };

    /// <summary>Says something to one person where that person is: who pressed in their own chat is answered there.</summary>
    private async Task TellAsync(Scope at, Effect.Tell tell, CancellationToken cancel)
    {
        Conversation there = new(at.Conversation.Tenant, tell.At.Conversation);
        var isOwn = there != at.Conversation && (await references.LastOfAsync(there, cancel))?.Kind == TeamsPlace.Kinds.Personal;
        await TellAsync(isOwn ? there : at.Conversation, tell.At.Root, tell.To.Id, tell.Message, cancel);
    }

    /// <summary>Whether it may stand there although its id is not known: a person was told, and decides.</summary>
    private bool IsDoubted(Scope at, string key) =>
        IdOf(at, key) is null && at.Incident!.DeadLetters.Exists(letter => letter.Pending.Effect is Effect.Redraw redraw && redraw.Key == key);

    /// <summary>Edits a message in place; one that was not posted, or that somebody deleted, is posted.</summary>
    private async Task ReviseAsync(Scope at, PendingEffect pending, string key, Message message, CancellationToken cancel)
    {
        if (IdOf(at, key) is { } known)
        {
            var pages = Draw(key, message);
            if (await IsUpdatedAsync(at, known, pages[0], cancel))
            {
                Keep(at, key, known);
                await PostPagesAsync(at, pending, pages, first: 1, cancel);
                return;
            }
        }

        await PostAsync(at, pending, key, message, cancel);
    }

    private async Task<bool> IsUpdatedAsync(Scope at, string id, TeamsPost post, CancellationToken cancel)
    {
        try
        {
            await connector.UpdateAsync(at.Reference, at.Thread, id, TeamsMessage.Of(post), cancel);
            return true;
        }
        catch (TeamsException gone) when (gone.IsGone)
        {
            log.TeamsFailed(gone);
            return false;
        }
    }

    private async Task PostAsync(Scope at, PendingEffect pending, string key, Message message, CancellationToken cancel)
    {
        var pages = Draw(key, message);
        if (at is { IsChannel: true, Root: null })
        {
            var (thread, id) = await connector.CreateThreadAsync(at.Reference, at.Conversation.Name, TeamsMessage.Of(pages[0]), cancel);
            at.Done[MessageKey.Card] = TeamsPlace.RootOf(thread) ?? id;
            PostedOf(pending)[0] = id;
        }

        if (key == MessageKey.Card) at.Done[MessageKey.Card] = at.Root!; // known before it is posted: what is said there is said to the 8D, whatever becomes of its card
        Keep(at, key, await PostPagesAsync(at, pending, pages, first: 0, cancel));
    }

    /// <summary>Posts the pages that were not posted yet.</summary>
    /// <returns>The id of the first of them.</returns>
    private async Task<string> PostPagesAsync(Scope at, PendingEffect pending, IReadOnlyList<TeamsPost> pages, int first, CancellationToken cancel)
    {
        var known = PostedOf(pending);
        for (var page = first; page < pages.Count; page++)
        {
            if (!known.ContainsKey(page)) known[page] = await connector.SendAsync(at.Reference, at.Thread, TeamsMessage.Of(pages[page]), cancel);
        }

        return known.GetValueOrDefault(first, "");
    }

    private static IReadOnlyList<TeamsPost> Draw(string key, Message message) => AdaptiveCards.Draw(message, isCard: key == MessageKey.Card);

    private static void Keep(Scope at, string key, string id) => at.Done[key == MessageKey.Card ? CardId : key] = id;

    private string? IdOf(Scope at, string key) => key == MessageKey.Card
        ? at.Known(CardId) ?? (at.Root is { } root ? seen.GetValueOrDefault((at.Conversation, root)) : null)
        : at.Known(key);

    private Dictionary<int, string> PostedOf(PendingEffect pending) => posted.GetOrAdd(pending.Id, _ => []);

    private async ValueTask<TeamsReference> ReferenceAsync(Conversation conversation, CancellationToken cancel) =>
        await references.OfAsync(conversation, cancel) ?? throw TeamsException.NotThere();

    /// <summary>Tells whoever acted last, once in a while, what only people can mend.</summary>
    private async Task SayWhyAsync(Conversation conversation, Incident incident, string why, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (told.TryGetValue((conversation, why), out var at) && now - at < ToldAgain) return;
        told[(conversation, why)] = now;
        var who = incident.Log.Entries is [.., { By: { } last }] && last != Person.Bot ? last : incident.Starter;
        try
        {
            await TellAsync(conversation, incident.Home.Root ?? incident.Messages.GetValueOrDefault(MessageKey.Card), who.Id, new Message($"{incident.Name}: {why}"), cancel);
        }
        catch (TeamsException unsaid)
        {
            told.TryRemove((conversation, why), out _);
            log.TeamsFailed(unsaid);
        }
    }

    private static DeliveryFailure FailureOf(TeamsException failed, bool isRepeatable) => failed switch
    {
        { IsUnclear: true } when !isRepeatable => new(ChannelTexts.Get("TeamsUnsure"), IsFinal: true),
        { IsUnclear: true } => new(ChannelTexts.Get("TeamsSilent"), IsFinal: false, failed.RetryAfter),
        { RetryAfter: { } pause } => new(ChannelTexts.Get("TeamsSilent"), IsFinal: false, pause),
        { IsBlocked: true } => new(failed.ToMend ?? ChannelTexts.Get("TeamsRemoved"), IsFinal: false, OnceMended),
        { ToMend: { } why } => new(why, IsFinal: failed.Status != StatusCodes.Status401Unauthorized, OnceMended),
        _ => new(ChannelTexts.Get("TeamsSilent"), IsFinal: false),
    };

    /// <summary>What effects of one 8D are performed with.</summary>
    private sealed record Scope(TeamsReference Reference, Conversation Conversation, Incident? Incident, Dictionary<string, string> Done)
    {
        public bool IsChannel => Reference.Kind == TeamsPlace.Kinds.Channel;

        /// <summary>The thread that the 8D is in; null where it has none yet.</summary>
        public string? Root => Incident?.Home.Root ?? Known(MessageKey.Card);

        /// <summary>The id that Teams knows it by.</summary>
        public string Thread => TeamsPlace.IdOf(Conversation.Name, Root);

        public string? Known(string key) => Done.GetValueOrDefault(key) ?? Incident?.Messages.GetValueOrDefault(key);
    }
}
