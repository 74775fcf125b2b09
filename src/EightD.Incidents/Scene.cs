using System.Collections.Immutable;
using EightD.Incidents.Cards;
using EightD.Reports;
using EightD.Reports.Actions;
using EightD.Reports.Templates;

namespace EightD.Incidents;

/// <summary>All that a decision is made from, and the ways in which one can end.</summary>
internal sealed record Scene(Incident? Found, Turn Turn, Facts Facts, DateTimeOffset Now)
{
    /// <summary>The 8D at hand; only behind the guard that there is one.</summary>
    internal Incident Incident => Found ?? throw new InvalidOperationException("This deed is decided only where there is an 8D.");

    internal Report Report => Incident.Report;

    internal Template Template => Incident.Report.Template;

    internal Person By => Turn.By;

    /// <summary>The day in the workspace's time zone.</summary>
    internal DateOnly Today => Zoned.DayOf(Now, Facts.Settings.TimeZone);

    /// <summary>The names that a typed row or mention may mean.</summary>
    internal IReadOnlyCollection<string> Names =>
        [.. Incident.People.Concat(Turn.Mentioned ?? []).Select(person => person.Name)
            .Concat(TeamTable.Of(Report).Select(member => member.Name)).Where(name => name.Length > 0).Distinct(StringComparer.Ordinal)];

    /// <summary>Answers the person alone; nothing is written.</summary>
    internal Decision Answer(string text, Card? card = null) => new(Found, [Tell(text, card)]);

    /// <summary>Nothing follows.</summary>
    internal Decision Nothing() => new(Found, []);

    /// <summary>Refuses with the way out, to the person alone. What would have changed an 8D is remembered, so that a repeat is refused as before.</summary>
    internal Decision Refuse(string text, Card? card = null) => Turn.Deed switch
    {
        Deed.Submit => RefuseForm(("", text)),
        { OnlyLooks: true } => Answer(text, card),
        _ => Found is null ? Answer(text, card) : new(Logged(Found, What(), answered: text), [Tell(text, card)]),
    };

    /// <summary>Refuses a form: it comes back as it was filled, with what is wrong beside its inputs.</summary>
    internal Decision RefuseForm(params (string Input, string Why)[] errors)
    {
        var byInput = errors.GroupBy(error => error.Input, StringComparer.Ordinal)
            .ToImmutableDictionary(group => group.Key, group => string.Join(' ', group.Select(error => error.Why)), StringComparer.Ordinal);
        return new(Found is null ? null : Logged(Found, What(), refused: byInput), [], Errors: byInput);
    }

    /// <summary>Says something to the person alone, where that person is. A channel that draws the card may leave out the text, so a card without a body has it as one.</summary>
    internal Effect.Tell Tell(string text, Card? card = null) =>
        new(By, Turn.At, new(text, card is { Body: null } bare && bare.Title != text ? bare with { Body = text } : card));

    /// <summary>The key of a message that this turn posts, unique in the 8D.</summary>
    internal string Key(string kind) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{kind}{Incident.Log.Last + 1}");

    /// <summary>A line in the 8D's thread, which everybody sees.</summary>
    internal Effect.Post Line(string text, string kind = "line") => new(Key(kind), InThread: true, new(text));

    /// <summary>
    /// Ends with a changed 8D: logs the turn, keeps the rows' numbers, remembers who was named, and has the card drawn anew. What changes a
    /// report that is finished is published.
    /// </summary>
    internal Decision Done(Incident after, IEnumerable<Effect> effects, string? what = null, IReadOnlyList<PartChange>? changes = null,
        string? confirmation = null, string? before = null)
    {
        if (after.Report.Text.Length > Bounds.Report) return Refuse(Texts.Get("TooLongReport"));

        List<Effect> all = [.. effects, new Effect.Redraw(MessageKey.Card)];
        if (after.Report != Incident.Report)
        {
            var rows = ActionTable.Of(after.Report).Rows;
            after = after with { ActionNumbers = after.ActionNumbers.After(rows), ActionsDoneOn = ActionsDoneOn(after, rows) };
            after = after with { DoneOn = DoneOn(after, rows) };
            if (after.ActionsDoneOn != Incident.ActionsDoneOn) after = after with { EffectOn = null };
            if (after.Messages.ContainsKey(MessageKey.Digest)) all.Add(new Effect.Redraw(MessageKey.Digest));
            if (after.Phase == Phase.Closed && Incident.Phase == Phase.Closed) all.AddRange(Closing.Publishing.Effects(after, By, Closing.Publishing.IsKeptHere(this)));
        }

        if (after.Outbox.Count + all.Count > Bounds.Outbox)
        {
            var full = Texts.Get("OutboxFull"); // not logged: the same request may succeed later
            return Turn.Deed is Deed.Submit ? new(Found, [], Errors: ImmutableDictionary<string, string>.Empty.Add("", full)) : Answer(full);
        }

        if (changes is not null && !after.Interview.Returned.IsEmpty)
        {
            after = after with { Interview = after.Interview with { Returned = after.Interview.Returned.RemoveAll(each => changes.Any(change => change.Part.Section == each.Section)) } };
        }

        return new(Logged(after, what ?? What(), changes, confirmation, before), all);
    }

    /// <summary>Today, where the last action was done with this turn; else as it was. Whatever is open again is to be measured later.</summary>
    private DateOnly? ActionsDoneOn(Incident after, IReadOnlyList<ActionRow> rows)
    {
        if (rows.Any(row => row.IsOpen)) return null;
        if (after.ActionsDoneOn is not null || !rows.Any(row => row.Status == ActionStatus.Completed)) return after.ActionsDoneOn;
        var before = ActionTable.Of(Incident.Report).Rows;
        return before.Count == 0 || before.Any(row => row.IsOpen) ? Today : null;
    }

    /// <summary>Today for each action that was done with this turn; one that is open again is not done.</summary>
    private ImmutableDictionary<int, DateOnly> DoneOn(Incident after, IReadOnlyList<ActionRow> rows)
    {
        var before = Incident.ActionNumbers.Rows.Zip(ActionTable.Of(Incident.Report).Rows).Where(row => row.Second.Status == ActionStatus.Completed).Select(row => row.First.Number).ToHashSet();
        var done = rows.Zip(after.ActionNumbers.Rows).Where(row => row.First.Status == ActionStatus.Completed).Select(row => row.Second.Number).ToHashSet();
        return Incident.DoneOn.RemoveRange(Incident.DoneOn.Keys.Where(number => !done.Contains(number))).AddRange(done.Except(before).Where(number => !Incident.DoneOn.ContainsKey(number)).Select(number => KeyValuePair.Create(number, Today)));
    }

    /// <summary>Ends with a changed 8D of which nobody did anything: a clock did it again and again, and it is not to push out of the log what people did. Done once more it changes nothing.</summary>
    internal Decision Unlogged(Incident after, params IReadOnlyList<Effect> effects) => after.Outbox.Count + effects.Count > Bounds.Outbox ? Nothing() : new(after with { People = WithPeople(after.People) }, effects);

    /// <summary>The incident with this turn in its log.</summary>
    private Incident Logged(Incident after, string what, IReadOnlyList<PartChange>? changes = null, string? confirmation = null,
        string? before = null, string? answered = null, ImmutableDictionary<string, string>? refused = null)
    {
        var entry = new LogEntry
        {
            Number = after.Log.Last + 1,
            Request = Turn.Request,
            By = By,
            At = Now,
            What = what,
            Changes = [.. changes ?? []],
            Confirmation = confirmation,
            Before = before,
            Answered = answered,
            Refused = refused,
        };
        return after with { Log = after.Log.With(entry, Report), People = WithPeople(after.People), Version = after.Version + 1 };
    }

    private ImmutableList<Person> WithPeople(ImmutableList<Person> people)
    {
        foreach (var person in (Turn.Mentioned ?? []).Prepend(By))
        {
            if (person == Person.Bot || people.Contains(person)) continue;
            people = people.RemoveAll(known => known.Id == person.Id).Add(person);
        }

        return people;
    }

    private string What() => Turn.Deed switch
    {
        Deed.Press press => $"{press.Action} {press.Value}".Trim(),
        Deed.Submit submit => submit.Form,
        var deed => deed.GetType().Name.ToLowerInvariant(),
    };
}

/// <summary>How much there may be (design, "Keys in the blob store").</summary>
internal static class Bounds
{
    /// <summary>An answer, in UTF-16 units.</summary>
    internal const int Answer = 100 * 1024;

    /// <summary>A report, in UTF-16 units.</summary>
    internal const int Report = 1024 * 1024;

    /// <summary>Undelivered effects of one 8D.</summary>
    internal const int Outbox = 500;

    /// <summary>A title.</summary>
    internal const int Title = 200;
}
