using System.Text.Json;
using EightD.Bot.Channels;
using EightD.Bot.Settings;
using EightD.Bot.Storage;
using EightD.Bot.Turns;
using EightD.Incidents;
using EightD.Incidents.Reminders;

namespace EightD.Bot.Reminders;

/// <summary>Notes when whom is to be reminded: one note a person and day, filed under the moment, so that a sweep finds those that are due and no other.</summary>
internal sealed class ReminderNotes(IBlobStore blobs, IncidentStore incidents, IEnumerable<IChannel> channels, BotSettings settings, TimeProvider clock)
{
    /// <summary>The kind of these notes.</summary>
    public const string What = "remind";

    /// <summary>Notes the next reminder of each owner of an 8D whose actions changed. Written before the change: a note too many does no harm.</summary>
    public async ValueTask NoteChangeAsync(Incident before, Incident after, CancellationToken cancel)
    {
        if (ReferenceEquals(before.Report, after.Report) && ReferenceEquals(before.Snoozes, after.Snoozes) && ReferenceEquals(before.People, after.People) && before.Phase == after.Phase) return;
        var rows = OwnRows.Of(after).ToList();
        if (rows.Count == 0 || (ReferenceEquals(before.People, after.People) && before.Phase == after.Phase && rows.SequenceEqual(OwnRows.Of(before)))) return;
        await NoteAsync(after, rows, cancel);
    }

    /// <summary>Notes the next reminder of each owner of an 8D.</summary>
    public async ValueTask NoteAsync(Incident incident, IReadOnlyCollection<OwnRow> rows, CancellationToken cancel)
    {
        var workspace = await incidents.SettingsAsync(incident.Home.Tenant, cancel);
        var from = settings.Reminders.FirstFrom(clock.GetUtcNow(), workspace.TimeZone);
        var (owners, lead) = await PeopleAsync(incident, rows, cancel);
        foreach (var person in owners.Values.OfType<Person>().Append(lead).OfType<Person>().DistinctBy(person => person.Id, StringComparer.Ordinal))
        {
            if (rows.Min(row => NextOf(row, person, owners, lead, from)) is { } next) await NoteAsync(incident.Home.Tenant, person, next, workspace, cancel);
        }
    }

    /// <summary>Who owns rows of an 8D, by the names that stand there, and who leads it; null where nobody is known.</summary>
    public async ValueTask<(IReadOnlyDictionary<string, Person?> Owners, Person? Lead)> PeopleAsync(Incident incident, IEnumerable<OwnRow> rows, CancellationToken cancel)
    {
        Dictionary<string, Person?> owners = new(StringComparer.OrdinalIgnoreCase);
        foreach (var name in rows.Select(row => row.Owner).Distinct(StringComparer.OrdinalIgnoreCase)) owners[name] = name.Length == 0 ? null : await OwnerAsync(incident, name, cancel);
        return (owners, incident.IsHomeless ? null : await OwnerAsync(incident, OwnRows.LeadOf(incident), cancel));
    }

    /// <summary>How it stands with a row's owner on a day; null where that is the person, and the row its own.</summary>
    public static OwnerState? StateOf(OwnRow row, Person person, IReadOnlyDictionary<string, Person?> owners, WorkspaceSettings workspace, DateOnly day) => owners[row.Owner] switch
    {
        { } owner when owner.Id == person.Id => null,
        { } owner => workspace.AwayUntil(owner.Id) >= day ? OwnerState.Away : OwnerState.There,
        null => OwnerState.Unknown,
    };

    /// <summary>
    /// The first day from one on, itself included, on which somebody may have to be told of a row: as its owner; or as the lead of its 8D, also on each day on which the
    /// owner is to be told, who may be away by then. Null: never.
    /// </summary>
    public DateOnly? NextOf(OwnRow row, Person person, IReadOnlyDictionary<string, Person?> owners, Person? lead, DateOnly from)
    {
        var next = RowReminder.Next(row.Due, from, row.Snoozed, settings.Reminders);
        if (owners[row.Owner]?.Id == person.Id) return next;
        return lead?.Id != person.Id ? null : new[] { next, LeadReminder.Next(row, from, settings.Reminders) }.Min();
    }

    /// <summary>Whether somebody is to be told of a row on a day.</summary>
    public bool IsOn(OwnRow row, Person person, IReadOnlyDictionary<string, Person?> owners, Person? lead, WorkspaceSettings workspace, DateOnly day) => StateOf(row, person, owners, workspace, day) is { } state
        ? lead?.Id == person.Id && LeadReminder.IsOn(row, day, state, settings.Reminders)
        : RowReminder.IsOn(row.Due, day, row.Snoozed, settings.Reminders);

    /// <summary>Notes that somebody is to be reminded on a day.</summary>
    public async ValueTask NoteAsync(string tenant, Person person, DateOnly day, WorkspaceSettings workspace, CancellationToken cancel) =>
        await blobs.TryPutAsync(
            Keys.DueMarker(settings.Reminders.MomentOf(day, workspace.TimeZone), tenant, [Keys.Named(person.Id), Keys.WordOf(day)], What),
            JsonSerializer.SerializeToUtf8Bytes(person, IncidentJson.Default.Person), PutIf.Any, cancel);

    /// <summary>Who is to be reminded, and on which day; null where the note is gone, or is none.</summary>
    public async ValueTask<(Person Person, DateOnly Day)?> ReadAsync(DueMarker marker, CancellationToken cancel) =>
        marker.Words is [_, var day] && Keys.DayIn(day) is { } planned
        && await blobs.GetAsync(marker.Key, cancel) is { } blob && JsonSerializer.Deserialize(blob.Content.Span, IncidentJson.Default.Person) is { } person
            ? (person, planned)
            : null;

    /// <summary>Who has that name in an 8D: one of its own people; else, where it is not private, whoever the channel calls so. Null where nobody is known.</summary>
    public async ValueTask<Person?> OwnerAsync(Incident incident, string name, CancellationToken cancel)
    {
        if (incident.People.FindAll(person => person.IsCalled(name)) is [var one]) return one;
        return incident.IsPrivate || channels.Of(incident.Home.Tenant) is not { } channel ? null : await channel.FindAsync(Conversation.Of(incident.Home), name, cancel);
    }
}
