using System.Text.Json;
using System.Text.Json.Serialization;
using EightD.Bot.Channels;
using EightD.Bot.Due;
using EightD.Bot.Keeping;
using EightD.Bot.Publishing;
using EightD.Bot.ReadingBack;
using EightD.Bot.Settings;
using EightD.Bot.Storage;
using EightD.Bot.Telemetry;
using EightD.Bot.Turns;
using EightD.Incidents;
using EightD.Incidents.Reminders;

namespace EightD.Bot.Reminders;

/// <summary>
/// Sends somebody the one message of a day: all actions of theirs that are due, over all 8Ds of the workspace. What it says is decided when it is sent, after a look into
/// Git; that it is sent once is decided by the blob of that person's day, which is written first.
/// </summary>
internal sealed class DayReminders(
    ReminderNotes notes, Retention retention, IncidentStore incidents, IBlobStore blobs, IEnumerable<IChannel> channels, TurnHandler turns, GitPolling git, BotSettings settings, Instruments instruments, TimeProvider clock, ILogger<DayReminders> log) : IDueKind
{
    /// <summary>How long Git has; after that people are reminded of what is known.</summary>
    private static readonly TimeSpan GitPatience = TimeSpan.FromSeconds(5);

    /// <summary>How many days back it is looked for what was missed; what is older is in the weekly messages.</summary>
    private const int MostMissed = 60;

    /// <summary>After how long a message that was begun and not ended is anybody's.</summary>
    private static readonly TimeSpan Claim = TimeSpan.FromSeconds(30);

    public string What => ReminderNotes.What;

    public async Task<DateTimeOffset?> TakeAsync(DueMarker marker, CancellationToken cancel)
    {
        if (await notes.ReadAsync(marker, cancel) is not var (person, planned) || channels.Of(marker.Tenant) is not { } channel) return null;
        var (rules, workspace) = (settings.Reminders, await incidents.SettingsAsync(marker.Tenant, cancel));
        var (today, time) = ReminderRules.LocalOf(clock.GetUtcNow(), workspace.TimeZone);
        if (marker.At > clock.GetUtcNow() && today <= planned && time < rules.At) return marker.At; // a sweep that looks ahead
        var later = workspace.AwayUntil(person.Id) is { } back && back >= today ? back.AddDays(1) : time >= ReminderRules.Evening ? today.AddDays(1) : today;
        if (later > today || !rules.MayWrite(today, time))
        {
            var next = rules.Calendar.OnOrAfter(later);
            if (next == planned && rules.MomentOf(next, workspace.TimeZone) <= marker.At) return marker.At; // it is this note's own moment
            await notes.NoteAsync(marker.Tenant, person, next, workspace, cancel);
            return null;
        }

        var concerning = await ConcerningAsync(marker.Tenant, person, cancel);
        await LookIntoGitAsync(concerning.Where(incident => OwnRows.Of(incident).Any()), cancel);
        var owned = await OwnedAsync(marker.Tenant, concerning, cancel);
        var due = owned.SelectMany(each => each.Rows.Where(row => IsDue(each, row, person, workspace, planned, today)), (each, row) => (each.Incident, Row: DayRowOf(each, row, person, workspace, today))).ToList();
        if (due.Count > 0 && !await SentAsync(channel, marker.Tenant, person, today, due, cancel)) return marker.At; // it is tried again
        var after = owned.Min(each => each.Rows.Min(row => notes.NextOf(row, person, each.Owners, each.Lead, today.AddDays(1))));
        if (after is { } day) await notes.NoteAsync(marker.Tenant, person, day, workspace, cancel);
        return null;
    }

    /// <summary>Whether somebody was to be told of a row on a day from the planned one up to today: what was missed while nobody swept is said once.</summary>
    private bool IsDue(Owned owned, OwnRow row, Person person, WorkspaceSettings workspace, DateOnly planned, DateOnly today)
    {
        for (var day = planned < today.AddDays(-MostMissed) ? today.AddDays(-MostMissed) : planned; day <= today; day = day.AddDays(1))
        {
            if (notes.IsOn(row, person, owned.Owners, owned.Lead, workspace, day)) return true;
        }

        return false;
    }

    private static DayRow DayRowOf(Owned owned, OwnRow row, Person person, WorkspaceSettings workspace, DateOnly today) => new(
        row, RowReminder.ReasonOn(row.Due, today), ReminderNotes.StateOf(row, person, owned.Owners, workspace, today));

    /// <summary>The 8Ds in which somebody owns an action, or which somebody leads.</summary>
    private async Task<IReadOnlyList<Incident>> ConcerningAsync(string tenant, Person person, CancellationToken cancel)
    {
        Dictionary<string, Incident> found = new(StringComparer.Ordinal);
        foreach (var name in new[] { person.Name, person.Id }.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            await foreach (var incident in incidents.NotedAsync(tenant, Keys.Owner(tenant, name), cancel)) found[incident.Id] = incident;
        }

        return [.. found.Values.OrderBy(incident => incident.Number)];
    }

    /// <summary>Their actions, as they are after a look into Git.</summary>
    private async Task<List<Owned>> OwnedAsync(string tenant, IEnumerable<Incident> concerning, CancellationToken cancel)
    {
        List<Owned> owned = [];
        foreach (var known in concerning)
        {
            if (await incidents.ReadAsync(tenant, known.Id, cancel) is not { Incident: var incident }) continue;
            List<OwnRow> rows = [.. OwnRows.Of(incident)];
            var (owners, lead) = await notes.PeopleAsync(incident, rows, cancel);
            owned.Add(new(incident, rows, owners, lead));
        }

        return owned;
    }

    /// <summary>Sends the message of a day where nobody did. False where it could not be sent now, or another process is at it.</summary>
    private async Task<bool> SentAsync(IChannel channel, string tenant, Person person, DateOnly today, List<(Incident Incident, DayRow Row)> due, CancellationToken cancel)
    {
        var key = Keys.Day(tenant, person.Id, today);
        var now = clock.GetUtcNow();
        var stands = await blobs.GetAsync(key, cancel);
        if (stands is { } known && JsonSerializer.Deserialize(known.Content.Span, ReminderJson.Default.PersonDay) is { } begun)
        {
            if (begun.IsDone) return true;
            if (now - begun.At < Claim) return false;
        }

        PersonDay day = new(now, IsDone: false, [.. due.Select(each => each.Row.Row.Name)]);
        if (await WriteAsync(key, day, stands is { } before ? PutIf.Unchanged(before.ETag) : PutIf.Absent, cancel) is null) return false;
        var message = DayMessage.Draw([.. due.Select(each => each.Row)]);
        var home = due[0].Incident.Home;
        PendingEffect pending = new(key, new Effect.Tell(person, home with { Thread = null }, message), now);
        var failure = await channel.TellDirectlyAsync(Conversation.Of(home), pending, cancel);
        if (failure is { IsFinal: false })
        {
            await WriteAsync(key, day with { At = DateTimeOffset.MinValue }, PutIf.Any, cancel); // whoever sweeps next tries again
            return false;
        }

        foreach (var each in due.GroupBy(each => each.Incident.Id, StringComparer.Ordinal))
        {
            var incident = each.First().Incident;
            Deed.Reminded reminded = new(person, today, [.. each.Where(row => row.Row.Owner is null or OwnerState.Unknown or OwnerState.Away).Select(row => row.Row.Row.Number)], failure?.Why);
            await turns.HandleAsync(new($"{key} {incident.Id}", Person.Bot, incident.Home, now, reminded), incident: incident.Id);
        }

        await retention.NoteDayAsync(tenant, person.Id, today, cancel);
        await WriteAsync(key, day with { IsDone = true }, PutIf.Any, cancel);
        if (failure is null) instruments.Reminded();
        return true;
    }

    private async Task<string?> WriteAsync(string key, PersonDay day, PutIf condition, CancellationToken cancel) =>
        await blobs.TryPutAsync(key, JsonSerializer.SerializeToUtf8Bytes(day, ReminderJson.Default.PersonDay), condition, cancel);

    private async Task LookIntoGitAsync(IEnumerable<Incident> concerning, CancellationToken cancel)
    {
        try
        {
            await git.LookAtAsync(concerning, cancel).WaitAsync(GitPatience, cancel);
        }
        catch (Exception cause) when (cause is RepositoryUnavailableException or StoreUnavailableException or UnreadableIncidentException or IOException or TimeoutException)
        {
            log.PollFailed(cause);
        }
    }
}

/// <summary>An 8D in which somebody has something to do.</summary>
/// <param name="Incident">The 8D.</param>
/// <param name="Rows">Its open actions.</param>
/// <param name="Owners">Who owns them, by the names that stand there.</param>
/// <param name="Lead">Who leads it.</param>
internal sealed record Owned(Incident Incident, IReadOnlyList<OwnRow> Rows, IReadOnlyDictionary<string, Person?> Owners, Person? Lead);

/// <summary>The message that somebody got on a day.</summary>
/// <param name="At">When it was begun.</param>
/// <param name="IsDone">Whether it was delivered, or given up.</param>
/// <param name="Rows">The actions that it lists.</param>
internal sealed record PersonDay(DateTimeOffset At, bool IsDone, IReadOnlyList<string> Rows);

/// <summary>The JSON of reminders.</summary>
[JsonSerializable(typeof(PersonDay))]
internal sealed partial class ReminderJson : JsonSerializerContext;
