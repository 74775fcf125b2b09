using EightD.Bot.Due;
using EightD.Bot.Storage;
using EightD.Bot.Turns;
using EightD.Incidents;
using EightD.Incidents.Reminders;

namespace EightD.Bot.Reminders;

/// <summary>Tells the conversation of an 8D of what is overdue for long: a turn a day, which posts or edits the one message.</summary>
internal sealed class Digests(ReminderNotes notes, IncidentStore incidents, TurnHandler turns, LookIntoGit git, TimeProvider clock) : IDueKind
{
    public string What => ReminderNotes.Digest;

    public async Task<DateTimeOffset?> TakeAsync(DueMarker marker, CancellationToken cancel)
    {
        if (marker.Words is not [var id, _] || await incidents.ReadAsync(marker.Tenant, id, cancel) is not { Incident: { IsHomeless: false } known }) return null;
        var workspace = await incidents.SettingsAsync(marker.Tenant, cancel);
        var rules = notes.RulesOf(workspace);
        var (today, time) = ReminderRules.LocalOf(clock.GetUtcNow(), workspace.TimeZone);
        if (marker.At > clock.GetUtcNow()) return marker.At; // a sweep that looks ahead
        var later = rules.MayWrite(today, time) ? today : rules.Calendar.OnOrAfter(time >= rules.At ? today.AddDays(1) : today);
        if (later > today || time < rules.At)
        {
            if (rules.MomentOf(later, workspace.TimeZone) <= marker.At) return marker.At;
            await notes.NoteDigestAsync(known, later, cancel);
            return null;
        }

        await git.LookAsync([known], cancel);
        if (await incidents.ReadAsync(marker.Tenant, id, cancel) is not { Incident: var incident }) return null;
        var duties = Duties.Of(incident, rules, workspace.TimeZone);
        var people = await notes.PeopleAsync(incident, duties, mayAsk: true, cancel);
        List<string> stranded = [.. duties.Where(duty => duty.Due <= today && !(duty.Snoozed > today) && people.IsStranded(duty, incident, workspace, today)).Select(duty => duty.Key)];
        await turns.HandleAsync(new($"digest {Keys.WordOf(today)} {string.Join(' ', stranded)}", Person.Bot, known.Home, clock.GetUtcNow(), new Deed.Digest(today, stranded)), incident: id);
        var next = stranded.Count > 0 ? rules.Calendar.OnOrAfter(today.AddDays(1)) : ReminderNotes.DigestOf(incident, duties, people, today.AddDays(1), rules);
        if (next is { } day) await notes.NoteDigestAsync(incident, day, cancel);
        return null;
    }
}
