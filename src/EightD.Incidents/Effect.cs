using System.Text.Json.Serialization;
using EightD.Incidents.Cards;

namespace EightD.Incidents;

/// <summary>What must happen outside, as data. Channels know how.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "effect")]
[JsonDerivedType(typeof(Post), "post")]
[JsonDerivedType(typeof(Revise), "revise")]
[JsonDerivedType(typeof(Redraw), "redraw")]
[JsonDerivedType(typeof(Tell), "tell")]
[JsonDerivedType(typeof(Show), "show")]
[JsonDerivedType(typeof(Direct), "direct")]
[JsonDerivedType(typeof(Remind), "remind")]
[JsonDerivedType(typeof(Publish), "publish")]
[JsonDerivedType(typeof(AnswerLink), "answer-link")]
[JsonDerivedType(typeof(OfferEarlier), "offer-earlier")]
public abstract record Effect
{
    private Effect() { }

    /// <summary>Posts a message that everybody in the conversation sees.</summary>
    /// <param name="Key">By which later effects and replies find it: <see cref="Incident.Messages"/>.</param>
    /// <param name="InThread">In the thread of the card; else at the top level.</param>
    /// <param name="Message">What.</param>
    public sealed record Post(string Key, bool InThread, Message Message) : Effect
    {
        /// <summary>The key of the message in whose thread it stands; null: that of the card.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Under { get; init; }
    }

    /// <summary>Edits a message that was posted.</summary>
    public sealed record Revise(string Key, Message Message) : Effect;

    /// <summary>Draws a message anew from the state when it is delivered: <see cref="MessageKey.Card"/>, <see cref="MessageKey.Report"/> or <see cref="MessageKey.Digest"/>. Posts it the first time.</summary>
    public sealed record Redraw(string Key) : Effect;

    /// <summary>Says something to one person alone, where that person is.</summary>
    /// <param name="To">Who.</param>
    /// <param name="At">Where.</param>
    /// <param name="Message">What.</param>
    public sealed record Tell(Person To, Place At, Message Message) : Effect;

    /// <summary>Says something to one person in their own chat with the bot.</summary>
    /// <param name="To">Who.</param>
    /// <param name="Message">What.</param>
    public sealed record Direct(Person To, Message Message) : Effect;

    /// <summary>Reminds people of this 8D now, whatever the hour; who was reminded today already is not.</summary>
    /// <param name="People">Whom.</param>
    public sealed record Remind(IReadOnlyList<Person> People) : Effect;

    /// <summary>Shows what a person said, in a channel that keeps its talk in our own store; the other channels' platforms have shown it already.</summary>
    /// <param name="Id">The message's id.</param>
    /// <param name="By">Who said it.</param>
    /// <param name="At">Where.</param>
    /// <param name="Text">What, as typed.</param>
    /// <param name="SentAt">When.</param>
    /// <param name="Request">The request id; null where the sender gave none.</param>
    public sealed record Show(string Id, Person By, Place At, string Text, DateTimeOffset SentAt, string? Request) : Effect;

    /// <summary>Commits the report as it stands when it is delivered.</summary>
    /// <param name="By">The commit's author.</param>
    /// <param name="Subject">The commit's first line.</param>
    /// <param name="Trailers">Facts that the report has no place for: severity, times, why it was closed.</param>
    public sealed record Publish(Person By, string Subject, IReadOnlyList<string> Trailers) : Effect;

    /// <summary>Gives another 8D that is known here the line that answers a link: a turn of <see cref="Deed.Linked"/> on it.</summary>
    /// <param name="Number">The other 8D.</param>
    /// <param name="Link">The line it gets.</param>
    public sealed record AnswerLink(int Number, Reports.Link Link) : Effect;

    /// <summary>Offers somebody alone the earlier reports that look like this one; nothing where there are none, or the repository cannot be read now.</summary>
    /// <param name="To">Who.</param>
    /// <param name="At">Where.</param>
    /// <param name="AtCause">Whether the cause is asked: then by all that is known of the problem, else by the title.</param>
    public sealed record OfferEarlier(Person To, Place At, bool AtCause) : Effect;
}

/// <summary>The keys of the messages that are drawn from the state.</summary>
public static class MessageKey
{
    /// <summary>The one card of the 8D.</summary>
    public const string Card = "card";

    /// <summary>The finished report.</summary>
    public const string Report = "report";

    /// <summary>What is overdue for long.</summary>
    public const string Digest = "digest";

    /// <summary>The closing line.</summary>
    public const string Closing = "closing";
}

/// <summary>An effect that was saved and is not known to be delivered.</summary>
/// <param name="Id">Made from the request and the effect's place in its decision: the same turn gives the same id, so a channel can be asked for it.</param>
/// <param name="Effect">What.</param>
/// <param name="SavedAt">When it was saved.</param>
/// <param name="Claimant">The process that delivers it, while that lives; null where one process alone serves.</param>
public sealed record PendingEffect(string Id, Effect Effect, DateTimeOffset SavedAt, string? Claimant = null);

/// <summary>An effect that was given up, and is kept until a person says what is to become of it.</summary>
/// <param name="Pending">What was not delivered.</param>
/// <param name="Why">A sentence for the people of the 8D.</param>
/// <param name="At">When it was given up.</param>
public sealed record DeadLetter(PendingEffect Pending, string Why, DateTimeOffset At);
