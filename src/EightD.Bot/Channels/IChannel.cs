using EightD.Incidents;
using EightD.Incidents.Cards;

namespace EightD.Bot.Channels;

/// <summary>A place where people talk: performs effects there. Its own requests it turns into <see cref="Turn"/>s.</summary>
internal interface IChannel
{
    /// <summary>Which tenants' effects it performs: the first word of <see cref="Place.Tenant"/>, for example <c>playground</c>.</summary>
    string Name { get; }

    /// <summary>
    /// Performs effects in one conversation, in order. Each has an id, and one that was performed before is not performed again where the channel can
    /// tell. Returns, when they are safe there, the ids of the messages that were posted, by their keys.
    /// </summary>
    Task<IReadOnlyDictionary<string, string>> DeliverAsync(Conversation conversation, Incident? incident, IReadOnlyList<Delivery> deliveries, CancellationToken cancel);
}

/// <summary>A conversation of a tenant.</summary>
internal readonly record struct Conversation(string Tenant, string Name)
{
    /// <summary>The conversation of a place.</summary>
    public static Conversation Of(Place place) => new(place.Tenant, place.Conversation);
}

/// <summary>An effect to be performed.</summary>
/// <param name="Pending">What was saved, with its id.</param>
/// <param name="Drawn">The message of an <see cref="Effect.Redraw"/>, drawn from the state as it is now; null for any other effect.</param>
/// <param name="IsUrgent">Whether somebody waits until it is safe.</param>
internal sealed record Delivery(PendingEffect Pending, Message? Drawn, bool IsUrgent);
