using System.Security.Cryptography;
using System.Text;
using EightD.Incidents;
using EightD.Incidents.Cards;

namespace EightD.Bot.Channels.Playground;

/// <summary>The chat that needs no account: its messages live in the store.</summary>
internal sealed class PlaygroundChannel(Talks talks, TimeProvider clock) : IChannel
{
    /// <summary>The playground's one tenant.</summary>
    public const string Tenant = "playground";

    public string Name => Tenant;

    public TimeSpan Rest => TimeSpan.Zero;

    public async Task<Delivered> DeliverAsync(Conversation conversation, Incident? incident, IReadOnlyList<Delivery> deliveries, CancellationToken cancel)
    {
        Dictionary<string, string> posted = new(StringComparer.Ordinal);
        List<TalkChange> changes = [];
        foreach (var delivery in deliveries)
        {
            if (Change(incident, posted, delivery) is { } change) changes.Add(change);
        }

        await talks.Of(conversation).PutAsync(changes, deliveries.Any(delivery => delivery.IsUrgent), cancel);
        foreach (var delivery in deliveries.Where(delivery => delivery.Pending.Effect is Effect.Direct)) await TellDirectlyAsync(conversation, delivery.Pending, mayBeThere: true, cancel);
        return Delivered.All(posted);
    }

    public string? FolderOf(string tenant) => null;

    /// <summary>Anybody is there by being named.</summary>
    public ValueTask<Person?> FindAsync(Conversation conversation, string name, bool mayAsk, CancellationToken cancel) => ValueTask.FromResult<Person?>(name.Trim() is { Length: > 0 } known ? new(known, known) : null);

    /// <summary>Nobody has a profile.</summary>
    public ValueTask<string?> ZoneOfAsync(Conversation conversation, Person person, bool mayAsk, CancellationToken cancel) => ValueTask.FromResult<string?>(null);

    public bool HasZones => false;

    public async Task<DeliveryFailure?> TellDirectlyAsync(Conversation about, PendingEffect pending, bool mayBeThere, CancellationToken cancel)
    {
        var direct = (Effect.Direct)pending.Effect;
        await talks.Of(Direct(direct.To.Id)).PutAsync([new(Message(IdOf(pending.Id), thread: null, direct.To.Id, direct.Message) with { Conversation = about.Name }, Replaces: false)], isUrgent: true, cancel);
        return null;
    }

    /// <summary>Where somebody's direct messages are.</summary>
    public static Conversation Direct(string person) => new($"{Tenant}/people", person);

    public ValueTask<bool> IsInAsync(Conversation conversation, Person person, CancellationToken cancel) => talks.Of(conversation).HasAsync(person.Id, cancel);

    /// <summary>The id of something that is said once: the same words give the same id.</summary>
    public static string IdOf(params ReadOnlySpan<string> words) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', words))).AsSpan(0, 8));

    private TalkChange? Change(Incident? incident, Dictionary<string, string> posted, Delivery delivery)
    {
        var id = delivery.Pending.Id;
        switch (delivery.Pending.Effect)
        {
            case Effect.Show show:
                return new(Said(show), Replaces: false);
            case Effect.Tell tell:
                return new(Message(id, tell.At.Thread, tell.To.Id, tell.Message), Replaces: false);
            case Effect.Post post:
                posted[post.Key] = id;
                return new(Message(id, post.InThread ? Known(post.Under ?? MessageKey.Card) : null, to: null, post.Message), Replaces: false);
            case Effect.Revise revise when Known(revise.Key) is { } known:
                return new(Message(known, thread: null, to: null, revise.Message), Replaces: true);
            case Effect.Redraw redraw when delivery.Drawn is { } drawn:
                posted[redraw.Key] = Known(redraw.Key) ?? IdOf(incident!.Id, redraw.Key);
                return new(Message(posted[redraw.Key], thread: null, to: null, drawn), Replaces: true);
            default:
                return null; // the message was never posted
        }

        string? Known(string key) => posted.GetValueOrDefault(key) ?? incident?.Messages.GetValueOrDefault(key);
    }

    private TalkMessage Message(string id, string? thread, string? to, Message message) => new()
    {
        Id = id,
        Thread = thread,
        From = Person.Bot.Name,
        To = to,
        Text = message.Mentions is { } who ? $"@{who.Name} {message.Text}" : message.Text,
        Card = message.Card,
        Edited = false,
        At = clock.GetUtcNow(),
    };

    private static TalkMessage Said(Effect.Show show) => new()
    {
        Id = show.Id,
        Thread = show.At.Thread,
        From = show.By.Name,
        To = null,
        Text = show.Text,
        Card = null,
        Edited = false,
        At = show.SentAt,
        Mentioned = show.At.IsPrivate ? [.. Mentions.In(show.Text).Select(person => person.Id)] : null,
    };
}
