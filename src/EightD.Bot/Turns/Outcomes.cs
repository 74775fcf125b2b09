using System.Collections.Immutable;
using EightD.Incidents;

namespace EightD.Bot.Turns;

/// <summary>What became of an 8D's deliveries and is not yet saved with it. It rides on the 8D's next write, or on one of its own soon after.</summary>
/// <param name="Incident">The 8D; null for none.</param>
/// <param name="Delivered">The ids of effects that are done.</param>
/// <param name="Messages">The channel's ids of the messages that were posted, by their keys.</param>
/// <param name="Dead">Effects that were given up.</param>
internal sealed record Outcomes(string? Incident, ImmutableHashSet<string> Delivered, ImmutableDictionary<string, string> Messages, ImmutableList<DeadLetter> Dead)
{
    public static Outcomes None { get; } = new(null, [], ImmutableDictionary<string, string>.Empty, []);

    public bool IsEmpty => Delivered.IsEmpty && Messages.IsEmpty && Dead.IsEmpty;

    /// <summary>Without what has been saved meanwhile.</summary>
    public Outcomes Without(Outcomes saved) => this with
    {
        Delivered = Delivered.Except(saved.Delivered),
        Messages = Messages.RemoveRange(saved.Messages.Keys),
        Dead = Dead.RemoveRange(saved.Dead),
    };

    /// <summary>The 8D as it is after these; itself when there is nothing.</summary>
    public Incident ApplyTo(Incident incident) => IsEmpty ? incident : incident with
    {
        Outbox = incident.Outbox.RemoveAll(pending => Delivered.Contains(pending.Id) || Dead.Exists(letter => letter.Pending.Id == pending.Id)),
        Messages = incident.Messages.SetItems(Messages),
        DeadLetters = incident.DeadLetters.AddRange(Dead.Where(letter => incident.Outbox.Exists(pending => pending.Id == letter.Pending.Id))),
    };
}
