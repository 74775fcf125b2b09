using EightD.Incidents;

namespace EightD.Bot.Channels;

/// <summary>A place where people talk: performs effects there. Its own requests it turns into <see cref="Turn"/>s.</summary>
internal interface IChannel
{
    /// <summary>Which tenants' effects it performs: the first word of <see cref="Place.Tenant"/>, for example <c>playground</c>.</summary>
    string Name { get; }

    /// <summary>
    /// Performs these effects of one 8D, in order (those of a turn that has no 8D too); each has an id, and one that was performed before is not
    /// performed again where the channel can tell. Returns the ids of the messages that were posted, by their keys.
    /// </summary>
    Task<IReadOnlyDictionary<string, string>> DeliverAsync(Incident? incident, IReadOnlyList<PendingEffect> effects, CancellationToken cancel);
}
