using System.Globalization;
using EightD.Incidents.Cards;
using EightD.Incidents.Commands;

namespace EightD.Incidents.Tests;

/// <summary>A conversation without a bot around it: decides turns one after another and performs their effects as a channel would.</summary>
internal sealed class Room(string at = "2024-12-20 09:15", WorkspaceSettings? settings = null)
{
    private readonly List<Seen> messages = [];
    private int requests;

    public static Place Home { get; } = new("playground", "ops");

    public DateTimeOffset Now { get; set; } = DateTimeOffset.Parse(at + "Z", CultureInfo.InvariantCulture);

    public WorkspaceSettings Settings { get; private set; } = settings ?? new();

    public Incident? Incident { get; private set; }

    /// <summary>Report number a start takes; what <c>link</c> and <c>start --from</c> find.</summary>
    public int NextNumber { get; set; } = 3;

    public Dictionary<int, KnownReport> Known { get; } = [];

    public string Text => Incident!.Report.Text;

    public IReadOnlyList<Seen> Messages => messages;

    /// <summary>What everybody sees at the top level from the bot: what the message budget counts.</summary>
    public IEnumerable<Seen> TopLevel => messages.Where(message => message is { Thread: null, To: null });

    /// <summary>The question that stands: the newest in the thread with a button <c>Skip</c>.</summary>
    public Seen? Question => messages.LastOrDefault(message => message.Thread is not null && message.Card?.Buttons.Any(button => button.Label == "Skip") == true);

    /// <summary>What the bot said last to one person alone; null when it never did.</summary>
    public string? ToldTo(string who) => messages.LastOrDefault(message => message.To == who)?.Text;

    public Decision Says(string who, string command, string? request = null, DateTimeOffset? sentAt = null) => Take(who, CommandLine.Read(command), request: request, sentAt: sentAt);

    /// <summary>A reply in the card's thread. Its message's id is its request.</summary>
    public Decision Replies(string who, string text, string? request = null, DateTimeOffset? sentAt = null) =>
        Take(who, new Deed.Reply(text), Thread, request, sentAt);

    public Decision Rewords(string who, string message, string? text) => Take(who, new Deed.Reworded(message, text), Thread);

    public Decision Presses(string who, Seen message, string label, string? request = null) =>
        Presses(who, message.Card!.Buttons.First(button => button.Label == label), request);

    public Decision Presses(string who, Button button, string? request = null) => Take(who, new Deed.Press(button.Action, button.Value), Thread, request);

    /// <summary>Presses a button of what the bot last told a person alone.</summary>
    public Decision PressesTold(string who, string label) => Presses(who, messages.Last(message => message.To == who), label);

    public Decision Submits(string who, Form form, Dictionary<string, string> values, string? request = null) => Take(who, new Deed.Submit(form.Id, values), request: request);

    /// <summary>Lets the pause after an answer pass.</summary>
    public void Pause()
    {
        Now = Now.AddSeconds(3);
        Take(Person.Bot.Id, new Deed.Tick());
    }

    public Decision Take(string who, Deed deed, string? thread = null, string? request = null, DateTimeOffset? sentAt = null, Incident? on = null)
    {
        request ??= $"r{++requests}";
        var person = who == Person.Bot.Id ? Person.Bot : new Person(who.ToLowerInvariant(), who);
        var turn = new Turn(request, person, Home with { Thread = thread }, sentAt ?? Now, deed, Message: request);
        var facts = new Facts
        {
            Pause = TimeSpan.FromSeconds(2),
            Settings = Settings,
            NextNumber = NextNumber,
            Named = deed switch
            {
                Deed.LinkTo link => Known.GetValueOrDefault(link.Number),
                Deed.Show show => Known.GetValueOrDefault(show.Number),
                Deed.Start { From: { } from } => Known.GetValueOrDefault(from),
                Deed.Start { Supersedes: { } number } => Known.GetValueOrDefault(number),
                _ => null,
            },
        };
        var decision = Deciding.Decide(on ?? Incident, turn, facts, Now);
        Incident = decision.Incident;
        Settings = decision.Settings ?? Settings;
        for (var place = 0; place < decision.Effects.Count; place++) Perform(decision.Effects[place], $"{request}.{place}");
        return decision;
    }

    private string? Thread => Incident?.Messages.GetValueOrDefault(MessageKey.Card);

    private void Perform(Effect effect, string id)
    {
        switch (effect)
        {
            case Effect.Post post:
                Post(post.Key, id, post.InThread ? Thread : null, post.Message);
                break;
            case Effect.Revise revise when Incident!.Messages.GetValueOrDefault(revise.Key) is { } known:
                Replace(known, revise.Message);
                break;
            case Effect.Redraw redraw:
                var drawn = redraw.Key == MessageKey.Report ? IncidentCard.DrawReport(Incident!) : IncidentCard.Draw(Incident!, Now);
                if (Incident!.Messages.GetValueOrDefault(redraw.Key) is { } stands) Replace(stands, drawn);
                else Post(redraw.Key, id, null, drawn);
                break;
            case Effect.Tell tell:
                if (messages.TrueForAll(message => message.Id != id)) messages.Add(new(id, tell.At.Thread, tell.To.Name, tell.Message.Text, tell.Message.Card));
                break;
        }
    }

    private void Post(string key, string id, string? thread, Message message)
    {
        messages.Add(new(id, thread, null, message.Text, message.Card));
        Incident = Incident! with { Messages = Incident.Messages.SetItem(key, id) };
    }

    private void Replace(string id, Message message)
    {
        var place = messages.FindIndex(each => each.Id == id);
        messages[place] = messages[place] with { Text = message.Text, Card = message.Card };
    }
}

/// <summary>A message of the bot's.</summary>
internal sealed record Seen(string Id, string? Thread, string? To, string Text, Card? Card);
