using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using EightD.Bot.Channels;
using EightD.Bot.Storage;
using EightD.Bot.Turns;
using EightD.Incidents;
using EightD.Incidents.Reminders;

namespace EightD.Bot.Reminders;

/// <summary>
/// Notes when whom is to be reminded: one note a person and day, and one an 8D and day where its conversation is to be told. Each is filed under its moment, so that a sweep
/// finds those that are due and no other.
/// </summary>
internal sealed class ReminderNotes(IBlobStore blobs, IncidentStore incidents, IEnumerable<IChannel> channels, OperatorRules usual, TimeProvider clock)
{
    /// <summary>The kind of the notes of people.</summary>
    public const string What = "remind";

    /// <summary>The time zones whose days begin first and last.</summary>
    private const string First = "Etc/GMT-14", Last = "Etc/GMT+12";

    /// <summary>The kind of the notes of conversations.</summary>
    public const string Digest = "digest";

    /// <summary>Notes the next reminders of an 8D of which something changed. Written before the change: a note too many does no harm.</summary>
    public async ValueTask NoteChangeAsync(Incident before, Incident after, CancellationToken cancel)
    {
        if (IsSame(before, after)) return;
        var workspace = await incidents.SettingsAsync(after.Home.Tenant, cancel);
        var rules = usual.Rules.For(workspace);
        var duties = Duties.Of(after, rules, workspace.TimeZone);
        if (duties.Count == 0 || (ReferenceEquals(before.People, after.People) && before.IsHomeless == after.IsHomeless && duties.SequenceEqual(Duties.Of(before, rules, workspace.TimeZone)) && Duties.ChampionOf(before) == Duties.ChampionOf(after))) return;
        await NoteAsync(after, duties, cancel);
    }

    /// <summary>Notes the next reminders of an 8D.</summary>
    public async ValueTask NoteAsync(Incident incident, CancellationToken cancel)
    {
        var workspace = await incidents.SettingsAsync(incident.Home.Tenant, cancel);
        await NoteAsync(incident, Duties.Of(incident, usual.Rules.For(workspace), workspace.TimeZone), cancel);
    }

    /// <summary>Who those are whom an 8D names; nobody leads one that came back from Git alone.</summary>
    /// <param name="incident">The 8D.</param>
    /// <param name="duties">What it waits for.</param>
    /// <param name="mayAsk">Whether there is time to ask the channel's platform.</param>
    /// <param name="cancel">Ends the attempt.</param>
    public async ValueTask<DutyPeople> PeopleAsync(Incident incident, IEnumerable<Duty> duties, bool mayAsk, CancellationToken cancel)
    {
        Dictionary<string, Person?> known = new(StringComparer.OrdinalIgnoreCase);
        foreach (var name in duties.Select(duty => duty.Owner).Where(name => name.Length > 0)) await FindAsync(name);
        return new(known, incident.IsHomeless ? null : await FindAsync(Duties.LeadOf(incident)), incident.IsHomeless || Duties.ChampionOf(incident) is not { } champion ? null : await FindAsync(champion));

        async ValueTask<Person?> FindAsync(string name) => known.TryGetValue(name, out var person) ? person : known[name] = await OwnerAsync(incident, name, mayAsk, cancel);
    }

    /// <summary>The first day from one on, itself included, on which somebody may have to be told of a duty, whatever becomes of its owner until then; null: never.</summary>
    public static DateOnly? NextOf(Duty duty, Person person, DutyPeople people, DateOnly from, ReminderRules rules) => people.RolesOf(duty, person).Min(role => DutyReminder.Next(duty, role, from, rules));

    /// <summary>Notes that somebody is to be reminded on a day.</summary>
    public ValueTask NoteAsync(string tenant, Person person, DateOnly day, string zone, CancellationToken cancel) => NoteAsync(tenant, ReminderNote.Of(person, day), day, zone, cancel);

    /// <summary>Notes that somebody is to be reminded on a day, and of what was not said yet.</summary>
    public async ValueTask NoteAsync(string tenant, ReminderNote note, DateOnly day, string zone, CancellationToken cancel) =>
        await WriteAsync(RulesOf(await incidents.SettingsAsync(tenant, cancel)).MomentOf(day, zone), tenant, note, day, cancel);

    /// <summary>A note with what another one of that person and day says, where its moment was not known when it was made.</summary>
    public async ValueTask<ReminderNote> WithOtherAsync(ReminderNote note, DueMarker marker, DateOnly day, string zone, CancellationToken cancel)
    {
        var key = Keys.DueMarker(RulesOf(await incidents.SettingsAsync(marker.Tenant, cancel)).MomentOf(day, zone), marker.Tenant, [Keys.Named(note.Id), Keys.WordOf(day)], What);
        return key != marker.Key && await blobs.GetAsync(key, cancel) is { } blob && JsonSerializer.Deserialize(blob.Content.Span, ReminderJson.Default.ReminderNote) is { } other ? note.With(other) : note;
    }

    /// <summary>Notes that somebody is to be reminded of an 8D now.</summary>
    public async ValueTask NoteNowAsync(Incident incident, Person person, CancellationToken cancel)
    {
        var zone = await ZoneAsync(Conversation.Of(incident.Home), person, mayAsk: false, cancel);
        await WriteAsync(clock.GetUtcNow(), incident.Home.Tenant, new(person.Id, person.Name) { Asked = incident.Id }, ReminderRules.LocalOf(clock.GetUtcNow(), zone).Day, cancel);
    }

    /// <summary>Notes those who may be back earlier than they said before: what was put off for them is looked at anew.</summary>
    public async ValueTask NoteReturnsAsync(Conversation conversation, WorkspaceSettings after, CancellationToken cancel)
    {
        var before = await incidents.SettingsAsync(conversation.Tenant, cancel);
        foreach (var absence in before.Away.Where(absence => !(after.AwayUntil(absence.Person) >= absence.Until)))
        {
            Person person = new(absence.Person, absence.Name ?? absence.Person);
            var zone = await ZoneAsync(conversation, person, mayAsk: false, cancel);
            await NoteGuessedAsync(conversation.Tenant, person, RulesOf(after).FirstFrom(clock.GetUtcNow(), zone == First ? Last : zone), zone, RulesOf(after), cancel);
        }
    }

    /// <summary>Notes that a conversation is to be told on a day of what is overdue in its 8D.</summary>
    public async ValueTask NoteDigestAsync(Incident incident, DateOnly day, CancellationToken cancel)
    {
        var workspace = await incidents.SettingsAsync(incident.Home.Tenant, cancel);
        await blobs.TryPutAsync(Keys.DueMarker(RulesOf(workspace).MomentOf(day, workspace.TimeZone), incident.Home.Tenant, [incident.Id, Keys.WordOf(day)], Digest), default, PutIf.Any, cancel);
    }

    /// <summary>Who is to be reminded, and on which day; null where the note is gone, or is none.</summary>
    public async ValueTask<(ReminderNote Note, DateOnly Day)?> ReadAsync(DueMarker marker, CancellationToken cancel) =>
        marker.Words is [_, var day] && Keys.DayIn(day) is { } planned
        && await blobs.GetAsync(marker.Key, cancel) is { } blob && JsonSerializer.Deserialize(blob.Content.Span, ReminderJson.Default.ReminderNote) is { } note
            ? (note, planned)
            : null;

    /// <summary>Who has that name in an 8D: one of its own people; else whom the workspace said; else, where it is not private, whoever the channel calls so. Null where nobody is known.</summary>
    public async ValueTask<Person?> OwnerAsync(Incident incident, string name, bool mayAsk, CancellationToken cancel)
    {
        if (incident.People.FindAll(person => person.IsCalled(name)) is [var one]) return one;
        if ((await incidents.SettingsAsync(incident.Home.Tenant, cancel)).Known.Find(each => each.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } known) return known.Person;
        return incident.IsPrivate || channels.Of(incident.Home.Tenant) is not { } channel ? null : await channel.FindAsync(Conversation.Of(incident.Home), name, mayAsk, cancel);
    }

    /// <summary>
    /// The time zone in which somebody is reminded: their own where the channel says it, else the workspace's. Where there is no time to ask for it the one whose day begins
    /// first: a note too early is filed anew when its moment comes.
    /// </summary>
    public async ValueTask<string> ZoneAsync(Conversation conversation, Person person, bool mayAsk, CancellationToken cancel)
    {
        var channel = channels.Of(conversation.Tenant);
        if (channel is not null && await channel.ZoneOfAsync(conversation, person, mayAsk, cancel) is { } own && ReminderRules.Knows(own)) return own;
        return channel?.HasZones == true && !mayAsk ? First : (await incidents.SettingsAsync(conversation.Tenant, cancel)).TimeZone;
    }

    /// <summary>Whether somebody got the message of a day.</summary>
    public async ValueTask<bool> IsToldAsync(string tenant, Person person, DateOnly day, CancellationToken cancel) => await blobs.GetAsync(Keys.Day(tenant, person.Id, day), cancel) is not null;

    /// <summary>The rules as a workspace has them.</summary>
    public ReminderRules RulesOf(WorkspaceSettings workspace) => usual.Rules.For(workspace);

    /// <summary>The first day from one on on which a conversation may have to be told: of what is overdue for long, and of what nobody else can be told of. Null: never.</summary>
    public static DateOnly? DigestOf(Incident incident, IReadOnlyCollection<Duty> duties, DutyPeople people, DateOnly from, ReminderRules rules)
    {
        if (incident.IsHomeless) return null;
        var overdue = EightD.Incidents.Reminders.Digest.Next(duties, from, rules);
        return people.Lead is not null ? overdue : duties.Where(duty => duty.HasOwner && people.OwnerOf(duty) is null).Select(duty => DutyReminder.Next(duty, Told.Owner, from, rules)).Append(overdue).Min();
    }

    /// <summary>Whether nothing changed of what an 8D may wait for.</summary>
    private static bool IsSame(Incident before, Incident after) =>
        ReferenceEquals(before.Report, after.Report) && ReferenceEquals(before.Snoozes, after.Snoozes) && ReferenceEquals(before.People, after.People) && ReferenceEquals(before.Assigned, after.Assigned)
        && before.Phase == after.Phase && before.ResolvedAt == after.ResolvedAt && before.ActionsDoneOn == after.ActionsDoneOn && before.EffectOn == after.EffectOn && before.Interview.Returned.Count == after.Interview.Returned.Count && before.Interview.NotApplicable.Count == after.Interview.NotApplicable.Count;

    private async ValueTask NoteAsync(Incident incident, IReadOnlyCollection<Duty> duties, CancellationToken cancel)
    {
        if (duties.Count == 0) return;
        var workspace = await incidents.SettingsAsync(incident.Home.Tenant, cancel);
        var rules = RulesOf(workspace);
        var people = await PeopleAsync(incident, duties, mayAsk: false, cancel);
        foreach (var person in people.All)
        {
            var zone = await ZoneAsync(Conversation.Of(incident.Home), person, mayAsk: false, cancel);
            var now = clock.GetUtcNow();
            if (duties.Min(duty => NextOf(duty, person, people, rules.FirstFrom(now, zone == First ? Last : zone), rules)) is { } next) await NoteGuessedAsync(incident.Home.Tenant, person, next, zone, rules, cancel);
        }

        if (DigestOf(incident, duties, people, rules.FirstFrom(clock.GetUtcNow(), workspace.TimeZone), rules) is { } day) await NoteDigestAsync(incident, day, cancel);
    }

    /// <summary>Notes that somebody is to be reminded on a day, whose time zone may not be known yet.</summary>
    private ValueTask NoteGuessedAsync(string tenant, Person person, DateOnly day, string zone, ReminderRules rules, CancellationToken cancel) =>
        WriteAsync(rules.MomentOf(day, zone), tenant, ReminderNote.Of(person, day) with { NotedAt = zone == First ? clock.GetUtcNow() : null }, day, cancel);

    /// <summary>Writes a note; to one that stands there it adds.</summary>
    private async ValueTask WriteAsync(DateTimeOffset at, string tenant, ReminderNote note, DateOnly day, CancellationToken cancel)
    {
        var key = Keys.DueMarker(at, tenant, [Keys.Named(note.Id), Keys.WordOf(day)], What);
        for (var condition = PutIf.Absent; await blobs.TryPutAsync(key, JsonSerializer.SerializeToUtf8Bytes(note, ReminderJson.Default.ReminderNote), condition, cancel) is null;)
        {
            condition = PutIf.Absent;
            if (await blobs.GetAsync(key, cancel) is not { } blob) continue;
            condition = PutIf.Unchanged(blob.ETag);
            if (JsonSerializer.Deserialize(blob.Content.Span, ReminderJson.Default.ReminderNote) is not { } stands) continue;
            if (stands.Says(note)) return;
            note = note.With(stands);
        }
    }
}

/// <summary>Who is to be reminded.</summary>
/// <param name="Id">The person's id.</param>
/// <param name="Name">The person's name.</param>
internal sealed record ReminderNote(string Id, string Name)
{
    /// <summary>The 8D in which somebody asked for it; null: the day has come.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Asked { get; init; }

    /// <summary>When it was noted, where the person's time zone was not known then: days that were past by then count no more.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? NotedAt { get; init; }

    /// <summary>The first day of which nothing was said yet; null: what is owed alone is to be said.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? Since { get; init; }

    /// <summary>Of what was not said on an earlier day although something else was, by name: that day.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ImmutableDictionary<string, DateOnly>? Unsaid { get; init; }

    /// <summary>That the day of somebody has come.</summary>
    public static ReminderNote Of(Person person, DateOnly day) => new(person.Id, person.Name) { Since = day };

    /// <summary>Whether it says all that another one says.</summary>
    public bool Says(ReminderNote other) => (other.Since is null || Since <= other.Since) && (other.Unsaid ?? []).All(unsaid => Unsaid is not null && Unsaid.TryGetValue(unsaid.Key, out var day) && day <= unsaid.Value);

    /// <summary>The first day of which nothing was said about a duty.</summary>
    /// <param name="duty">The duty's name.</param>
    /// <param name="planned">The day of the note.</param>
    public DateOnly SinceOf(string duty, DateOnly planned) => new[] { planned, Since ?? planned, Unsaid is not null && Unsaid.TryGetValue(duty, out var day) ? day : planned }.Min();

    /// <summary>This note, of what was not said on a day although something else was.</summary>
    public ReminderNote Owing(IEnumerable<string> names, DateOnly day) => With(new(Id, Name) { Unsaid = names.ToImmutableDictionary(name => name, _ => day, StringComparer.Ordinal) });

    /// <summary>This note with what another one says.</summary>
    public ReminderNote With(ReminderNote other) => this with
    {
        Since = Since is null || other.Since < Since ? other.Since ?? Since : Since,
        Unsaid = (other.Unsaid ?? []).Aggregate(Unsaid ?? ImmutableDictionary<string, DateOnly>.Empty, (all, unsaid) => all.TryGetValue(unsaid.Key, out var day) && day < unsaid.Value ? all : all.SetItem(unsaid.Key, unsaid.Value)),
    };
}
