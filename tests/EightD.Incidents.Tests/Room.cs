using System.Collections.Immutable;
using EightD.Incidents.Cards;
using EightD.Incidents.Commands;
using EightD.Reports;

namespace EightD.Incidents.Tests;

/// <summary>A conversation as a channel keeps it: people speak, press and fill forms; what the bot answers is shown.</summary>
internal sealed class Room
{
    internal static readonly Person Ana = new("u1", "Ana"), Ben = new("u2", "Ben"), Cem = new("u3", "Cem"), Dora = new("u4", "Dora");
    private static readonly Place Home = new("test", "checkout");
    private int requests;

    internal DateTimeOffset Now { get; set; } = new(2024, 12, 20, 19, 15, 0, TimeSpan.Zero);

    internal Facts Facts { get; set; } = new() { Pause = TimeSpan.FromSeconds(2), Settings = new(), NextNumber = 3 };

    internal Incident? Found { get; set; }

    internal Incident Incident => Found ?? throw new InvalidOperationException("Nothing was started.");

    internal Report Report => Incident.Report;

    /// <summary>What everybody sees, by key; the thread's and the top level's.</summary>
    internal List<Visible> Messages { get; } = [];

    /// <summary>What one person alone was told, oldest first.</summary>
    internal List<(Person To, Message Message)> Told { get; } = [];

    internal List<Effect> Performed { get; } = [];

    internal Decision Last { get; private set; } = new(null, []);

    internal string LastTold => Told[^1].Message.Text;

    internal IEnumerable<Visible> TopLevel => Messages.Where(message => !message.InThread);

    internal static Room Started(string title = "Checkout is down")
    {
        var room = new Room();
        room.Command(Ana, $"start {title}");
        return room;
    }

    internal Decision Command(Person by, string line, string? request = null) => Take(by, CommandLine.Read(line), Home, request, message: NewId());

    internal Decision Mention(Person by, string words) => Take(by, CommandLine.ReadMention(words), Thread, null, NewId());

    internal Decision Reply(Person by, string text, string? message = null, DateTimeOffset? sentAt = null, string? request = null) =>
        Take(by, new Deed.Reply(text), Thread, request, message ?? NewId(), sentAt);

    internal Decision Reword(Person by, string message, string? text) => Take(by, new Deed.Reworded(message, text), Thread, null, message);

    internal Decision Press(Person by, Button button, string? request = null) =>
        Take(by, new Deed.Press(button.Action, button.Value), Thread, request, null);

    internal Decision Submit(Person by, string form, IReadOnlyDictionary<string, string> values, string? request = null) =>
        Take(by, new Deed.Submit(form, values), Home, request, null);

    internal Decision Take(Person by, Deed deed) => Take(by, deed, Home, null, null);

    /// <summary>Time passes; the shell's clock looks once.</summary>
    internal void Wait(double seconds = 3)
    {
        Now = Now.AddSeconds(seconds);
        Take(Person.Bot, new Deed.Tick(), Home, null, null);
    }

    /// <summary>The newest message in the thread with that button.</summary>
    internal Button Button(string label) => Messages.Where(message => message.InThread).SelectMany(message => message.Message.Card?.Buttons ?? []).Last(button => button.Label == label);

    /// <summary>The newest button that this person was shown alone.</summary>
    internal Button Private(Person person, string label) =>
        Told.Where(told => told.To == person).SelectMany(told => told.Message.Card?.Buttons ?? []).Last(button => button.Label == label);

    /// <summary>The open question's title: <c>D0: Impact</c>; null when none stands.</summary>
    internal string? Question => Messages.LastOrDefault(message => message.InThread && (message.Message.Card?.Buttons.Any(button => button.Label == "Skip") ?? false))?.Message.Card!.Title;

    internal string Of(string part) => Report.TextOf(Named(part));

    internal static PartName Named(string part) => part.IndexOf('.', StringComparison.Ordinal) is >= 0 and var dot ? new(part[..dot], part[(dot + 1)..]) : new(part);

    private Place Thread => Home with { Thread = Found?.Messages.GetValueOrDefault(MessageKey.Card) };

    private string NewId() => $"m{requests + 1}";

    private Decision Take(Person by, Deed deed, Place at, string? request, string? message, DateTimeOffset? sentAt = null)
    {
        requests++;
        var decision = Deciding.Decide(Found, new(request ?? $"r{requests}", by, at, sentAt ?? Now, deed, message), Facts, Now);
        Found = decision.Incident;
        if (decision.Settings is { } settings) Facts = Facts with { Settings = settings };
        foreach (var effect in decision.Effects) Perform(effect);
        return Last = decision;
    }

    private void Perform(Effect effect)
    {
        Performed.Add(effect);
        AssertWhole((effect as Effect.Post)?.Message ?? (effect as Effect.Revise)?.Message ?? (effect as Effect.Tell)?.Message);
        switch (effect)
        {
            case Effect.Post post:
                Show(post.Key, post.InThread, post.Message);
                break;
            case Effect.Revise revise:
                Messages[Messages.FindIndex(message => message.Key == revise.Key)].Message = revise.Message;
                break;
            case Effect.Redraw redraw:
                var drawn = redraw.Key == MessageKey.Card ? IncidentCard.Draw(Incident, Now) : IncidentCard.DrawReport(Incident);
                if (Messages.Find(message => message.Key == redraw.Key) is { } there) there.Message = drawn;
                else Show(redraw.Key, inThread: false, drawn);
                break;
            case Effect.Tell tell:
                Told.Add((tell.To, tell.Message));
                break;
        }
    }

    /// <summary>Nobody reads a sentence whose gaps were not filled.</summary>
    private static void AssertWhole(Message? message) => Assert.DoesNotMatch(@"\{\d\}", $"{message?.Text} {message?.Card?.Title} {message?.Card?.Body}");

    private void Show(string key, bool inThread, Message message)
    {
        Messages.Add(new(key, inThread, message));
        Found = Incident with { Messages = Incident.Messages.SetItem(key, $"id-{key}") };
    }

    /// <summary>A message that everybody sees.</summary>
    internal sealed class Visible(string key, bool inThread, Message message)
    {
        internal string Key { get; } = key;

        internal bool InThread { get; } = inThread;

        internal Message Message { get; set; } = message;
    }
}
