using EightD.Incidents;
using EightD.Incidents.Cards;

namespace EightD.Bot.Channels;

/// <summary>A place where people talk: performs effects there. Its own requests it turns into <see cref="Turn"/>s.</summary>
internal interface IChannel
{
    /// <summary>Which tenants' effects it performs: the first word of <see cref="Place.Tenant"/>, for example <c>playground</c>.</summary>
    string Name { get; }

    /// <summary>How long a message that was drawn is left before it is drawn again, so that the channel is not asked more often than it allows; zero: not at all.</summary>
    TimeSpan Rest { get; }

    /// <summary>How long after one message to somebody of a tenant the next one is sent to somebody else, where many wait to be sent; zero: at once.</summary>
    TimeSpan Apart => TimeSpan.Zero;

    /// <summary>
    /// Performs effects in one conversation, in order. Each has an id: one that was performed before is not performed again where the channel can tell, and
    /// where it must be asked it is asked of effects that were saved long ago, which a back-up may have brought back. After one that fails none of the same
    /// <see cref="Delivery.Lane"/> is performed; those of other lanes are. Returns when all that it performed is safe there.
    /// </summary>
    /// <exception cref="Storage.StoreUnavailableException">The channel cannot be reached at all; nothing is known to be performed.</exception>
    Task<Delivered> DeliverAsync(Conversation conversation, Incident? incident, IReadOnlyList<Delivery> deliveries, CancellationToken cancel);

    /// <summary>The folder that a tenant's reports have of their own in the repository; null where it shares the operator's.</summary>
    string? FolderOf(string tenant);

    /// <summary>Whoever of a conversation the channel calls so, upper or lower case; null where nobody is, or it cannot be told for certain.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="name">The name as it stands in a report.</param>
    /// <param name="mayAsk">Whether there is time to ask the platform; else only what is known at once counts.</param>
    /// <param name="cancel">Ends the attempt.</param>
    ValueTask<Person?> FindAsync(Conversation conversation, string name, bool mayAsk, CancellationToken cancel);

    /// <summary>The time zone of a person's profile, an IANA name; null where it is not known.</summary>
    /// <param name="conversation">A conversation of the person's tenant.</param>
    /// <param name="person">Who.</param>
    /// <param name="mayAsk">As of <see cref="FindAsync"/>.</param>
    /// <param name="cancel">Ends the attempt.</param>
    ValueTask<string?> ZoneOfAsync(Conversation conversation, Person person, bool mayAsk, CancellationToken cancel);

    /// <summary>Whether people's profiles have time zones here.</summary>
    bool HasZones { get; }

    /// <summary>Says something to one person in their own chat with the bot, once where the channel can tell.</summary>
    /// <param name="about">The conversation that it is about.</param>
    /// <param name="pending">What, with its id: a <see cref="Effect.Direct"/>.</param>
    /// <param name="mayBeThere">Whether it was tried before, and nobody knows what became of it.</param>
    /// <param name="cancel">Ends the attempt.</param>
    /// <returns>Why it was not said; null: it was.</returns>
    /// <exception cref="Storage.StoreUnavailableException">The channel cannot be reached at all.</exception>
    Task<DeliveryFailure?> TellDirectlyAsync(Conversation about, PendingEffect pending, bool mayBeThere, CancellationToken cancel);

    /// <summary>Whether somebody is in a private conversation now; false where that cannot be told.</summary>
    ValueTask<bool> IsInAsync(Conversation conversation, Person person, CancellationToken cancel);
}

/// <summary>Performs effects one after another, each lane for itself.</summary>
internal static class InOrder
{
    /// <summary>Performs effects; after one that fails, and may be tried again, none of its lane.</summary>
    /// <param name="deliveries">What, in order.</param>
    /// <param name="tryAsync">Performs one, and adds the ids of what it posted; null: it is performed.</param>
    public static async Task<Delivered> DeliverAsync(IReadOnlyList<Delivery> deliveries, Func<Delivery, Dictionary<string, string>, Task<DeliveryFailure?>> tryAsync)
    {
        Dictionary<string, string> posted = new(StringComparer.Ordinal);
        Dictionary<string, DeliveryFailure> failures = new(StringComparer.Ordinal);
        HashSet<string> stuck = new(StringComparer.Ordinal);
        foreach (var delivery in deliveries)
        {
            if (stuck.Contains(delivery.Lane))
            {
                failures[delivery.Pending.Id] = new(ChannelTexts.Get("Behind"), IsFinal: false);
                continue;
            }

            if (await tryAsync(delivery, posted) is not { } failure) continue;
            failures[delivery.Pending.Id] = failure;
            if (!failure.IsFinal) stuck.Add(delivery.Lane);
        }

        return new(posted, failures);
    }
}

/// <summary>Finds the channel of a tenant.</summary>
internal static class Tenants
{
    /// <summary>The channel of a tenant; null where it is not set up (any more).</summary>
    public static IChannel? Of(this IEnumerable<IChannel> channels, string tenant) => channels.FirstOrDefault(channel => tenant.StartsWith(channel.Name, StringComparison.Ordinal));
}

/// <summary>A conversation of a tenant.</summary>
internal readonly record struct Conversation(string Tenant, string Name)
{
    /// <summary>The conversation of a place.</summary>
    public static Conversation Of(Place place) => new(place.Tenant, place.Conversation);
}

/// <summary>An effect to be performed.</summary>
/// <param name="Pending">What was saved, with its id.</param>
/// <param name="Lane">What keeps its order: see <see cref="Lanes"/>.</param>
/// <param name="Drawn">The message of an <see cref="Effect.Redraw"/>, drawn from the state as it is now; null for any other effect.</param>
/// <param name="IsUrgent">Whether somebody waits until it is safe.</param>
internal sealed record Delivery(PendingEffect Pending, string Lane, Message? Drawn, bool IsUrgent);

/// <summary>What became of effects.</summary>
/// <param name="Messages">The channel's ids of the messages that were posted, by their keys.</param>
/// <param name="Failures">Why effects were not performed, by their ids; those that are not in it were.</param>
internal sealed record Delivered(IReadOnlyDictionary<string, string> Messages, IReadOnlyDictionary<string, DeliveryFailure> Failures)
{
    /// <summary>All were performed.</summary>
    public static Delivered All(IReadOnlyDictionary<string, string> messages) => new(messages, System.Collections.Immutable.ImmutableDictionary<string, DeliveryFailure>.Empty);
}

/// <summary>Why an effect was not performed.</summary>
/// <param name="Why">A sentence for the people of the 8D.</param>
/// <param name="IsFinal">Whether it is of no use to try again.</param>
/// <param name="RetryAfter">When the channel wants to be tried again; null: it did not say.</param>
internal sealed record DeliveryFailure(string Why, bool IsFinal, TimeSpan? RetryAfter = null)
{
    /// <summary>Whether it may have arrived all the same.</summary>
    public bool IsUnsure { get; init; }
}

/// <summary>What keeps the order of effects: one target each, so that a target that cannot be reached holds up no other.</summary>
internal static class Lanes
{
    /// <summary>The repository of reports.</summary>
    public const string Repository = "repository";

    /// <summary>The lane of an effect.</summary>
    public static string Of(Effect effect) => effect switch
    {
        Effect.Tell tell => $"person/{tell.To.Id}",
        Effect.OfferEarlier offer => $"person/{offer.To.Id}",
        Effect.Direct direct => $"direct/{direct.To.Id}",
        Effect.Remind => "reminders",
        Effect.Show show => $"person/{show.By.Id}", // what somebody said stands before the answer to it
        Effect.Publish => Repository,
        Effect.AnswerLink link => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"report/{link.Number}"),
        _ => "conversation",
    };
}
