using System.Text.Json;
using System.Text.Json.Serialization;
using EightD.Bot.Channels;
using EightD.Bot.Due;
using EightD.Bot.Keeping;
using EightD.Bot.Storage;
using EightD.Bot.Telemetry;
using EightD.Bot.Turns;
using EightD.Incidents;
using EightD.Incidents.Reminders;

namespace EightD.Bot.Reminders;

/// <summary>
/// Sends somebody the one message of a day: all that waits for them, over all 8Ds of the workspace. What it says is decided when it is sent, after a look into
/// Git; that it is sent once is decided by the blob of that person's day, which is written first.
/// </summary>
internal sealed class DayReminders(
    ReminderNotes notes, ReminderPace pace, Retention retention, IncidentStore incidents, IBlobStore blobs, IEnumerable<IChannel> channels, TurnHandler turns, LookIntoGit git, Instruments instruments, TimeProvider clock) : IDueKind
{
    /// <summary>How many days back it is looked for what was missed; what is older is in the weekly messages.</summary>
    private const int MostMissed = 60;

    /// <summary>After how long a message that was begun and not ended is anybody's.</summary>
    private static readonly TimeSpan Claim = TimeSpan.FromSeconds(30);

    public string What => ReminderNotes.What;

    public bool IsPaced => true;

    public async Task<DateTimeOffset?> TakeAsync(DueMarker marker, CancellationToken cancel)
    {
        if (pace.IsResting(marker.Tenant)) return marker.At;
        if (await notes.ReadAsync(marker, cancel) is not var (note, planned) || channels.Of(marker.Tenant) is not { } channel) return null;
        Person person = new(note.Id, note.Name);
        var concerning = await ConcerningAsync(marker.Tenant, person, cancel);
        if (concerning.Count == 0) return null;
        var workspace = await incidents.SettingsAsync(marker.Tenant, cancel);
        var rules = notes.RulesOf(workspace);
        var zone = await notes.ZoneAsync(Conversation.Of(concerning[0].Home), person, mayAsk: true, cancel);
        var (today, time) = ReminderRules.LocalOf(clock.GetUtcNow(), zone);
        if (note.NotedAt is { } noted && rules.FirstFrom(noted, zone) is var first && first > planned) (planned, note) = (first, note with { Since = first }); // by the time at which it was noted that day was past there
        if (note.Asked is null)
        {
            if (marker.At > clock.GetUtcNow() && today <= planned && time < rules.At) return marker.At; // a sweep that looks ahead
            var later = workspace.AwayUntil(person.Id) is { } back && back >= today ? back.AddDays(1) : time >= ReminderRules.Evening ? today.AddDays(1) : today;
            if (later > today || !rules.MayWrite(today, time))
            {
                var next = rules.Calendar.OnOrAfter(later);
                if (next == planned && rules.MomentOf(next, zone) <= marker.At) return marker.At; // it is this note's own moment
                var isAway = workspace.AwayUntil(person.Id) >= today; // the lead hears of it meanwhile
                await notes.NoteAsync(marker.Tenant, isAway ? ReminderNote.Of(person, next) : note with { NotedAt = null }, next, zone, cancel);
                return null;
            }

            note = await notes.WithOtherAsync(note, marker, today, zone, cancel);
        }

        return await TellAsync(channel, new(marker.Tenant, workspace, person, today, zone, note), planned, concerning, cancel) ? null : marker.At;
    }

    /// <summary>Tells somebody what waits for them on their day, and notes when they are to be told next.</summary>
    /// <returns>Whether that is done; else it is tried again.</returns>
    private async Task<bool> TellAsync(IChannel channel, Telling telling, DateOnly planned, IReadOnlyList<Incident> concerning, CancellationToken cancel)
    {
        var (tenant, workspace, person, today, zone, note) = telling;
        var rules = notes.RulesOf(workspace);
        var stands = await DayAsync(Keys.Day(tenant, person.Id, today), cancel);
        if (stands.Day is { IsDone: false, Note: { } owed }) telling = telling with { Note = note = note.With(owed) };
        var asOf = await git.LookAsync(concerning, cancel);
        var waiting = await WaitingAsync(tenant, concerning, rules, workspace, cancel);
        var lines = waiting.SelectMany(each => each.Duties.Select(duty => (each.Incident, Line: LineOf(each, duty, person, workspace, rules, AfterAbsence(note.SinceOf(duty.Name, planned), person, workspace, today), today, isAsked: note.Asked == each.Incident.Id)))).Where(each => each.Line is not null).Select(each => (each.Incident, Line: each.Line!)).ToList();
        if (lines.Count > 0)
        {
            if (await SentAsync(channel, telling, asOf, stands, waiting, lines, cancel) is not { } said) return false;
            List<string> unsaid = [.. lines.Where(each => !said.Says(each.Line)).Select(each => each.Line.Duty.Name)];
            if (unsaid.Count > 0) await notes.NoteAsync(tenant, new ReminderNote(person.Id, person.Name).Owing(unsaid, today), rules.Calendar.OnOrAfter(today.AddDays(1)), zone, cancel); // one message a day
        }

        foreach (var each in waiting) await NoteOthersAsync(tenant, each, person, rules, today, cancel);
        if (waiting.Min(each => each.Duties.Min(duty => ReminderNotes.NextOf(duty, person, each.People, today.AddDays(1), rules))) is { } day) await notes.NoteAsync(tenant, person, day, zone, cancel);
        return true;
    }

    /// <summary>The first day that counts: what was due while somebody was away others heard of.</summary>
    private static DateOnly AfterAbsence(DateOnly since, Person person, WorkspaceSettings workspace, DateOnly today) => workspace.AwayUntil(person.Id) is { } until && until >= since && until < today ? until.AddDays(1) : since;

    /// <summary>What somebody is told of a duty today: what was missed since the planned day, while nobody swept, is said once; null: nothing.</summary>
    private static DayLine? LineOf(Waiting waiting, Duty duty, Person person, WorkspaceSettings workspace, ReminderRules rules, DateOnly planned, DateOnly today, bool isAsked)
    {
        var (incident, _, people) = waiting;
        Told? told = isAsked && duty.HasOwner && !duty.IsOff && duty.Due <= today && people.OwnerOf(duty)?.Id == person.Id ? Told.Owner : null;
        for (var day = planned < today.AddDays(-MostMissed) ? today.AddDays(-MostMissed) : planned; told is null && day <= today; day = day.AddDays(1)) told = people.ToldOn(duty, person, incident, workspace, rules, day);
        if (told is null) return null;
        var (state, why) = people.StateOf(duty, incident, workspace, today);
        return new(duty, told.Value, state, people.OwnerOf(duty)?.Name ?? duty.Owner, incident.IsPrivate ? incident.ShownName : $"{incident.Name}: {incident.Report.Title}", incident.IsPrivate, why);
    }

    /// <summary>The 8Ds which somebody leads, or in which they own something or were asked for something.</summary>
    private async Task<IReadOnlyList<Incident>> ConcerningAsync(string tenant, Person person, CancellationToken cancel)
    {
        Dictionary<string, Incident> found = new(StringComparer.Ordinal);
        var known = (await incidents.SettingsAsync(tenant, cancel)).Known.Where(each => each.Person.Id == person.Id).Select(each => each.Name);
        foreach (var name in known.Prepend(person.Id).Prepend(person.Name).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            await foreach (var incident in incidents.NotedAsync(tenant, Keys.Owner(tenant, name), cancel)) found[incident.Id] = incident;
        }

        return [.. found.Values.OrderBy(incident => incident.Number)];
    }

    /// <summary>What they wait for, as it is after a look into Git.</summary>
    private async Task<List<Waiting>> WaitingAsync(string tenant, IEnumerable<Incident> concerning, ReminderRules rules, WorkspaceSettings workspace, CancellationToken cancel)
    {
        List<Waiting> waiting = [];
        foreach (var known in concerning)
        {
            var incident = known.Published is null ? known : (await incidents.ReadAsync(tenant, known.Id, cancel))?.Incident;
            if (incident is null) continue;
            var duties = Duties.Of(incident, rules, workspace.TimeZone);
            if (duties.Count > 0) waiting.Add(new(incident, duties, await notes.PeopleAsync(incident, duties, mayAsk: true, cancel)));
        }

        return waiting;
    }

    /// <summary>Owners whose names were only typed are known since the channel was asked just now: what is theirs today they are told today.</summary>
    private async Task NoteOthersAsync(string tenant, Waiting waiting, Person person, ReminderRules rules, DateOnly today, CancellationToken cancel)
    {
        foreach (var other in waiting.People.All.Where(other => other.Id != person.Id && !waiting.Incident.People.Exists(known => known.Id == other.Id)))
        {
            if (channels.Of(tenant)?.HasZones != true) continue; // it knew them before
            if (waiting.Duties.Min(duty => ReminderNotes.NextOf(duty, other, waiting.People, today, rules)) is { } next && !await notes.IsToldAsync(tenant, other, next, cancel)) await notes.NoteAsync(tenant, other, next, await notes.ZoneAsync(Conversation.Of(waiting.Incident.Home), other, mayAsk: true, cancel), cancel);
        }
    }

    /// <summary>Sends the message of a day where nobody did.</summary>
    /// <returns>What it says; null where it could not be sent now, or another process is at it.</returns>
    private async Task<PersonDay?> SentAsync(IChannel channel, Telling telling, DateTimeOffset? asOf, (PersonDay? Day, string? ETag) stands, List<Waiting> waiting, List<(Incident Incident, DayLine Line)> lines, CancellationToken cancel)
    {
        var (tenant, _, person, today, zone, note) = telling;
        var key = Keys.Day(tenant, person.Id, today);
        var (begun, before) = stands;
        if (begun?.IsDone == true) return begun;
        if (begun is not null && clock.GetUtcNow() - begun.At < Claim) return null;
        await pace.NextAsync(tenant, channel.Apart, cancel);
        var now = clock.GetUtcNow();
        var tried = begun?.FirstAt is null ? null : begun;
        if (tried is not null) lines = [.. lines.Where(each => tried.Rows.Contains(each.Line.Duty.Name, StringComparer.Ordinal))]; // it may have arrived as it was
        PersonDay day = new(now, IsDone: lines.Count == 0, tried?.Rows ?? [.. lines.Select(each => each.Line.Duty.Name)])
        {
            FirstAt = tried?.FirstAt ?? now,
            Note = note,
            Unreached = tried?.Unreached ?? [.. lines.Where(each => each.Line.IsUnreached).Select(each => each.Line.Duty.Name)],
        };
        if (await WriteAsync(key, day, before is null ? PutIf.Absent : PutIf.Unchanged(before), cancel) is not { } etag) return null;
        if (day.IsDone) return day;
        PendingEffect pending = new(key, new Effect.Direct(person, DayMessage.Draw([.. lines.Select(each => each.Line)], today, asOf, zone)), day.FirstAt.Value);
        var failure = await channel.TellDirectlyAsync(Conversation.Of(lines[0].Incident.Home), pending, tried is not null, cancel);
        if (failure is { IsFinal: false })
        {
            if (failure.RetryAfter is { } pause) pace.Rest(tenant, pause);
            await WriteAsync(key, day with { At = DateTimeOffset.MinValue, FirstAt = tried is null && !failure.IsUnsure ? null : day.FirstAt }, PutIf.Unchanged(etag), cancel); // whoever sweeps next tries again
            return null;
        }

        foreach (var (incident, duties, _) in waiting)
        {
            var told = duties.Where(duty => day.Rows.Contains(duty.Name, StringComparer.Ordinal)).Select(duty => duty.Key).ToList();
            if (told.Count == 0) continue;
            Deed.Reminded reminded = new(person, today, told, failure?.Why, failure?.IsUnsure ?? false);
            await turns.HandleAsync(new($"{key} {incident.Id}", Person.Bot, incident.Home, now, reminded, Mentioned: [person]), incident: incident.Id); // from now on the 8D knows who that is
            if (failure is { IsUnsure: false }) await TellLeadAsync(incident, person, [.. lines.Where(line => line.Incident.Id == incident.Id && line.Line.As == Told.Owner).Select(line => line.Line.Duty.Name)], cancel);
        }

        await retention.NoteDayAsync(tenant, person.Id, today, cancel);
        await WriteAsync(key, day with { IsDone = true }, PutIf.Any, cancel);
        if (failure is null) instruments.Reminded();
        return day;
    }

    /// <summary>The lead is told at once in the place of somebody who cannot be reached; where that is the lead, the conversation is.</summary>
    private async Task TellLeadAsync(Incident incident, Person person, IReadOnlyList<string> named, CancellationToken cancel)
    {
        var workspace = await incidents.SettingsAsync(incident.Home.Tenant, cancel);
        var people = await notes.PeopleAsync(incident, [], mayAsk: true, cancel);
        var rules = notes.RulesOf(workspace);
        if (people.Lead is not { } lead || lead.Id == person.Id) await notes.NoteDigestAsync(incident, ReminderRules.LocalOf(clock.GetUtcNow(), workspace.TimeZone).Day, cancel);
        else if (named.Count > 0)
        {
            var zone = await notes.ZoneAsync(Conversation.Of(incident.Home), lead, mayAsk: true, cancel);
            var (today, _) = ReminderRules.LocalOf(clock.GetUtcNow(), zone);
            var (told, _) = await DayAsync(Keys.Day(incident.Home.Tenant, lead.Id, today), cancel);
            List<string> unsaid = [.. named.Where(name => told?.Unreached.Contains(name, StringComparer.Ordinal) != true)];
            if (unsaid.Count > 0) await notes.NoteAsync(incident.Home.Tenant, new ReminderNote(lead.Id, lead.Name).Owing(unsaid, today), rules.Calendar.OnOrAfter(today), zone, cancel);
        }
    }

    /// <summary>The message of a day, and its version; nulls where there is none yet.</summary>
    private async Task<(PersonDay? Day, string? ETag)> DayAsync(string key, CancellationToken cancel) =>
        await blobs.GetAsync(key, cancel) is { } blob ? (JsonSerializer.Deserialize(blob.Content.Span, ReminderJson.Default.PersonDay), blob.ETag) : (null, null);

    private async Task<string?> WriteAsync(string key, PersonDay day, PutIf condition, CancellationToken cancel) =>
        await blobs.TryPutAsync(key, JsonSerializer.SerializeToUtf8Bytes(day, ReminderJson.Default.PersonDay), condition, cancel);

    /// <summary>The message of a day that is to be sent.</summary>
    /// <param name="Tenant">Where.</param>
    /// <param name="Workspace">What is decided there.</param>
    /// <param name="Person">To whom.</param>
    /// <param name="Today">The person's day.</param>
    /// <param name="Zone">The person's time zone.</param>
    /// <param name="Note">The days that it is about.</param>
    private readonly record struct Telling(string Tenant, WorkspaceSettings Workspace, Person Person, DateOnly Today, string Zone, ReminderNote Note);

    /// <summary>An 8D that waits for something.</summary>
    /// <param name="Incident">The 8D.</param>
    /// <param name="Duties">What it waits for.</param>
    /// <param name="People">Whom it names.</param>
    private sealed record Waiting(Incident Incident, IReadOnlyList<Duty> Duties, DutyPeople People);
}

/// <summary>The message that somebody got on a day.</summary>
/// <param name="At">When it was begun, by whoever began it last.</param>
/// <param name="IsDone">Whether it was delivered, or given up.</param>
/// <param name="Rows">What it lists.</param>
internal sealed record PersonDay(DateTimeOffset At, bool IsDone, IReadOnlyList<string> Rows)
{
    /// <summary>When it was begun first: from then on the channel may have it; null: it is known to have none.</summary>
    public DateTimeOffset? FirstAt { get; init; }

    /// <summary>The days that it is about: whoever tries again says the same.</summary>
    public ReminderNote? Note { get; init; }

    /// <summary>Of what it says that the owner could not be reached.</summary>
    public IReadOnlyList<string> Unreached
    {
        get => field ?? [];
        init;
    } = [];

    /// <summary>Whether it says a line: that of a duty whose owner could not be reached since is another one.</summary>
    public bool Says(DayLine line) => Rows.Contains(line.Duty.Name, StringComparer.Ordinal) && (!line.IsUnreached || Unreached.Contains(line.Duty.Name, StringComparer.Ordinal));
}

/// <summary>The JSON of reminders.</summary>
[JsonSerializable(typeof(PersonDay))]
[JsonSerializable(typeof(ReminderNote))]
internal sealed partial class ReminderJson : JsonSerializerContext;
