using System.Globalization;
using EightD.Incidents.Actions;
using EightD.Incidents.Interviewing;
using EightD.Incidents.Looking;
using EightD.Reports.Actions;
using EightD.Reports.Containment;
using EightD.Reports.Effectiveness;

namespace EightD.Incidents.Reminders;

/// <summary>What an 8D waits for, read from its report and from what was said in chat.</summary>
public static class Duties
{
    /// <summary>The key of the effect.</summary>
    internal const string EffectKey = "effect";

    /// <summary>The beginning of the key of a temporary measure.</summary>
    internal const string MeasureKey = "temp";

    /// <summary>All of it; nothing of a cancelled 8D.</summary>
    /// <param name="incident">The 8D.</param>
    /// <param name="rules">The rules of its workspace.</param>
    /// <param name="zone">The workspace's time zone.</param>
    public static IReadOnlyList<Duty> Of(Incident incident, ReminderRules rules, string zone)
    {
        if (incident.Phase == Phase.Cancelled) return [];
        var rows = Rows.Of(incident, DateOnly.MinValue).Where(row => row.IsOpen).ToList();
        List<Duty> duties = [.. rows.Where(row => row.Row.Due is not null).Select(row => OfRow(incident, row))];
        if (incident.IsOpen) duties.AddRange(Disciplines(incident).Concat(Late(incident, rules, zone)).Concat(Unfinished(incident, rules, zone)));
        if (rows.Count == 0 && incident is { ActionsDoneOn: { } done, EffectOn: null }) duties.Add(OfLead(incident, DutyKind.Effect, EffectKey, incident.Report.Title, EffectCheck.DayOf(incident.Report, done)));
        if (incident.ResolvedAt is { } resolved) duties.AddRange(Measures(incident, Zoned.DayOf(resolved, zone)));
        duties.AddRange(rows.Where(row => row.Row.Due is null).Select(row => Unreadable(incident, row, Zoned.DayOf(incident.StartedAt, zone))));
        duties.AddRange(ActionTable.Of(incident.Report).Unread.Select(line => OfLead(incident, DutyKind.Unreadable, string.Create(CultureInfo.InvariantCulture, $"line{line.Number}"), Texts.Get("RemindBroken", line.Number, line.Quote), Zoned.DayOf(incident.StartedAt, zone))));
        return duties;
    }

    /// <summary>The name of the lead of an 8D: the row of D1 with that role, else who started.</summary>
    public static string LeadOf(Incident incident) => Admission.Lead(incident);

    /// <summary>The name of the champion of an 8D; null where D1 names none.</summary>
    public static string? ChampionOf(Incident incident) => Admission.Champion(incident);

    /// <summary>The names, and ids, of those whom an 8D may remind of something.</summary>
    public static IEnumerable<string> Concerned(Incident incident) =>
        incident.ActionNumbers.Rows.Select(row => row.Owner).Concat(incident.Assigned.Select(each => each.To.Id)).Append(LeadOf(incident)).Append(ChampionOf(incident) ?? "").Where(name => name.Length > 0);

    /// <summary>The disciplines that are not complete, each with what is missing in it.</summary>
    internal static IEnumerable<(string Section, string Name, string Missing)> OpenIn(Incident incident) =>
        from section in incident.Report.Template.Sections
        let missing = section.Parts.Where(part => !part.Optional && Asking.IsOpen(incident, part.Part)).Select(part => part.Part.Label ?? section.Name).ToList()
        where missing.Count > 0
        select (section.Key, section.Name, string.Join(", ", missing));

    /// <summary>Until when a row is snoozed; a date that was changed since wakes it.</summary>
    internal static DateOnly? SnoozedOf(Incident incident, string key, string dueText) =>
        incident.Snoozes.Find(snooze => snooze.Key == key) is { } found && found.DueText == dueText ? found.Until : null;

    private static Duty OfRow(Incident incident, Rows.NumberedAction row)
    {
        var key = row.Number.ToString(CultureInfo.InvariantCulture);
        var owner = row.Row.Owner == Texts.Get("Erased") ? "" : row.Row.Owner;
        return new(DutyKind.Action, incident.Number, key, row.Row.Action, owner, row.Row.Due!.Value, row.Row.DueText, SnoozedOf(incident, key, row.Row.DueText));
    }

    private static Duty OfLead(Incident incident, DutyKind kind, string key, string what, DateOnly due, string? dueText = null)
    {
        var text = dueText ?? due.ToString("O", CultureInfo.InvariantCulture);
        return new(kind, incident.Number, key, what, LeadOf(incident), due, text, SnoozedOf(incident, key, text));
    }

    private static IEnumerable<Duty> Disciplines(Incident incident) =>
        from asked in incident.Assigned
        where incident.Report.Template.Section(asked.Section) is { } section && !IsComplete(incident, section)
        let text = asked.Until.ToString("O", CultureInfo.InvariantCulture)
        select new Duty(DutyKind.Discipline, incident.Number, asked.Section, $"{asked.Section}, {incident.Report.Template.Section(asked.Section)!.Name}", asked.To.Id, asked.Until, text, SnoozedOf(incident, asked.Section, text)) { Section = asked.Section };

    private static IEnumerable<Duty> Late(Incident incident, ReminderRules rules, string zone) =>
        from deadline in rules.Deadlines
        where incident.Report.Template.Section(deadline.Section) is { } section && !IsComplete(incident, section)
        let at = incident.StartedAt + deadline.After
        select OfLead(incident, DutyKind.Late, $"late-{deadline.Section}", $"{deadline.Section}, {incident.Report.Template.Section(deadline.Section)!.Name}", rules.FirstFrom(at, zone), Zoned.Write(at, zone)) with { Section = deadline.Section };

    /// <summary>An incident that is resolved, and an 8D that is not.</summary>
    private static IEnumerable<Duty> Unfinished(Incident incident, ReminderRules rules, string zone)
    {
        if (incident.ResolvedAt is not { } resolved) yield break;
        var sections = OpenIn(incident).ToList();
        var (open, first) = (string.Join("; ", sections.Select(each => $"{each.Section}: {each.Missing}")), sections.FirstOrDefault().Section);
        if (open.Length > 0) yield return OfLead(incident, DutyKind.Open, "open", open, rules.Calendar.OnOrAfter(rules.FirstFrom(resolved, zone))) with { Section = first };
        var answered = incident.Log.Entries.LastOrDefault(entry => !entry.Changes.IsEmpty)?.At ?? resolved;
        yield return OfLead(incident, DutyKind.Stale, "stale", open, Zoned.DayOf(answered > resolved ? answered : resolved, zone)) with { Section = first };
    }

    private static IEnumerable<Duty> Measures(Incident incident, DateOnly resolved) =>
        from measure in TemporaryMeasures.Of(incident.Report)
        where measure.Ended is null
        select OfLead(incident, DutyKind.Measure, string.Create(CultureInfo.InvariantCulture, $"{MeasureKey}{measure.Number}"), measure.Text, resolved, measure.Text);

    private static Duty Unreadable(Incident incident, Rows.NumberedAction row, DateOnly started)
    {
        var number = row.Number.ToString(CultureInfo.InvariantCulture);
        var why = row.Row.DueText.Length == 0 ? Texts.Get("UnreadableNoDate", row.Row.Action, row.Row.Line, number) : Texts.Get("UnreadableDate", row.Row.Action, row.Row.Line, number, row.Row.DueText);
        return OfLead(incident, DutyKind.Unreadable, $"row{number}", why, started, row.Row.DueText);
    }

    private static bool IsComplete(Incident incident, EightD.Reports.Templates.TemplateSection section) => Overview.Progress(incident, section) is var (answered, asked) && answered == asked;
}
