using System.Globalization;
using EightD.Incidents.Actions;
using EightD.Incidents.Answering;
using EightD.Reports.Actions;

namespace EightD.Incidents.Reminders;

/// <summary>The command <c>remind</c>: who will be reminded of what, and what became of what was sent; and what people say about it.</summary>
internal static class Reminding
{
    /// <summary>Shows of each open action, and of what else the 8D waits for, who will be told when, and what became of the last message; or why nobody will be.</summary>
    internal static Decision Show(Scene scene)
    {
        var duties = DutiesOf(scene);
        var rows = Rows.Of(scene).Where(row => row.IsOpen).Select(row => $"- {row.Say()} – {NextOf(scene, row, duties)}{LastOf(scene, Key(row))}");
        var others = duties.Where(duty => duty.Kind is not (DutyKind.Action or DutyKind.Unreadable)).Select(duty => $"- {Say(scene, duty)} – {NextOf(scene, duty, command: null)}{LastOf(scene, duty.Key)}");
        var unread = ActionTable.Of(scene.Report).Unread.Select(line => $"- {Texts.Get("RemindBroken", line.Number, line.Quote)}");
        List<string> lines = [.. rows, .. unread, .. others];
        if (Digest.Next(duties, scene.Facts.Rules.FirstFrom(scene.Now, scene.Facts.Settings.TimeZone), scene.Facts.Rules) is { } day) lines.Add($"- {Texts.Get("RemindDigest", Zoned.Write(day))}");
        return scene.Answer(lines.Count == 0 ? Texts.Get("RemindNothing") : $"{Texts.Get("RemindOf", scene.Incident.Name)}\n\n{string.Join('\n', lines)}");
    }

    /// <summary>Who owns something that is due is told now, whatever the hour: but nobody twice on a day, and nobody who is away.</summary>
    internal static Decision Now(Scene scene)
    {
        var due = DutiesOf(scene).Where(duty => duty.HasOwner && !duty.IsOff && duty.Due <= scene.Today).ToList();
        if (due.Count == 0) return scene.Answer(Texts.Get("NothingIsDue"));
        var owners = due.Select(duty => (duty.Owner, Person: scene.Facts.Owners.GetValueOrDefault(duty.Owner))).DistinctBy(each => each.Person?.Id ?? each.Owner, StringComparer.Ordinal).ToList();
        List<string> said = [];
        List<Person> people = [];
        foreach (var (name, person) in owners)
        {
            if (person is null) said.Add(name.Length == 0 ? Texts.Get("NowNobody") : Texts.Get("NowUnknown", name));
            else if (scene.Facts.RemindedToday.Contains(person.Id)) said.Add(Texts.Get("NowTold", person.Name));
            else if (scene.Facts.Settings.AwayUntil(person.Id) >= scene.Today) said.Add(Texts.Get("NowAway", person.Name, Zoned.Write(scene.Facts.Settings.AwayUntil(person.Id)!.Value)));
            else people.Add(person);
        }

        if (people.Count > 0) said.Insert(0, Texts.Get("NowReminded", string.Join(", ", people.Select(person => person.Name))));
        var text = string.Join(' ', said);
        return people.Count == 0 ? scene.Answer(text) : scene.Done(scene.Incident, [new Effect.Remind(people), scene.Tell(text)], "remind now");
    }

    internal static Decision Snooze(Scene scene, string which, string until)
    {
        if (Find(scene, which, out var ended) is not { } duty) return scene.Refuse(ended ?? NoSuch(scene, which));
        if (UntilOf(scene, until) is not { } day) return scene.Refuse(Texts.Get("SnoozeWhen", until));
        if (day <= scene.Today) return scene.Refuse(Texts.Get("SnoozePast", Zoned.Write(day)));
        return Snoozed(scene, duty, day, Texts.Get("SnoozedRow", Say(scene, duty), Zoned.Write(scene.Facts.Rules.Calendar.OnOrAfter(day))));
    }

    internal static Decision Off(Scene scene, string which) => Find(scene, which, out var ended) is { } duty
        ? Snoozed(scene, duty, DateOnly.MaxValue, Texts.Get("RemindOffRow", Say(scene, duty)))
        : scene.Refuse(ended ?? NoSuch(scene, which));

    /// <summary>Nobody reminds somebody who is away; the day they are back they are.</summary>
    internal static Decision Away(Scene scene, string? who, string until)
    {
        if (DateReading.Read(until, scene.Today) is not DateReading.Certain certain) return scene.Answer(Dates.Ask(DateReading.Read(until, scene.Today)));
        var person = who is null ? scene.By : Assigning.PersonOf(scene, who);
        if (person is null) return scene.Answer(Texts.Get("NobodyCalled", who!));
        var away = scene.Facts.Settings.Away.RemoveAll(each => each.Person == person.Id || each.Until < scene.Today);
        if (certain.Date >= scene.Today) away = away.Add(new(person.Id, certain.Date) { Name = person.Name });
        var said = certain.Date >= scene.Today ? Texts.Get("AwayUntil", person.Name, Zoned.Write(certain.Date)) : Texts.Get("AwayNoMore", person.Name);
        return new(scene.Found, [scene.Tell(said)], Settings: scene.Facts.Settings with { Away = away });
    }

    /// <summary>Keeps what became of a reminder: of each duty and person the latest.</summary>
    internal static Decision Reminded(Scene scene, Deed.Reminded reminded)
    {
        var latest = reminded.Of.Select(key => new Reminded(Duty.RowOf(key) ?? 0, reminded.Day, reminded.To.Name, reminded.Failed) { Of = Duty.RowOf(key) is null ? key : null, IsUnsure = reminded.IsUnsure }).ToList();
        var open = DutiesOf(scene).Select(duty => duty.Key).ToHashSet(StringComparer.Ordinal);
        if (latest.TrueForAll(scene.Incident.Reminded.Contains)) return scene.Nothing();
        var kept = scene.Incident.Reminded.RemoveAll(each => latest.Exists(other => other.Key == each.Key && other.To == each.To) || (Duty.RowOf(each.Key) is null && !open.Contains(each.Key))).AddRange(latest);
        return scene.Unlogged(scene.Incident with { Reminded = kept });
    }

    internal static Decision Snoozed(Scene scene, Duty duty, DateOnly until, string said)
    {
        var row = Duty.RowOf(duty.Key);
        var snoozes = scene.Incident.Snoozes.RemoveAll(snooze => snooze.Key == duty.Key).Add(new(row ?? 0, duty.DueText, until) { Of = row is null ? duty.Key : null });
        return scene.Done(scene.Incident with { Snoozes = snoozes }, [scene.Tell(said)]);
    }

    /// <summary>All that the 8D waits for.</summary>
    internal static IReadOnlyList<Duty> DutiesOf(Scene scene) => Duties.Of(scene.Incident, scene.Facts.Rules, scene.Facts.Settings.TimeZone);

    /// <summary>What a duty is, for the people of its 8D.</summary>
    internal static string Say(Scene scene, Duty duty) => duty.Kind switch
    {
        DutyKind.Action when Duty.RowOf(duty.Key) is { } number && Rows.Find(scene, number) is { } row => row.Say(),
        DutyKind.Discipline => Texts.Get("SayDiscipline", duty.What, scene.Incident.People.Find(person => person.Id == duty.Owner)?.Name ?? duty.Owner, Zoned.Write(duty.Due)),
        DutyKind.Effect => Texts.Get("SayEffect"),
        DutyKind.Measure => Texts.Get("SayMeasure", duty.Key[Duties.MeasureKey.Length..], duty.What),
        DutyKind.Late => Texts.Get("SayLate", duty.What, duty.DueText),
        DutyKind.Open => Texts.Get("SayOpen"),
        DutyKind.Stale => Texts.Get("SayStale", Zoned.Write(duty.Due)),
        _ => duty.What,
    };

    /// <summary>What a number, or <c>D4</c>, <c>effect</c>, <c>temp2</c> means; null with a sentence where it is there no more.</summary>
    internal static Duty? Find(Scene scene, string which, out string? ended)
    {
        ended = null;
        if (DutiesOf(scene).FirstOrDefault(duty => duty.MayRest && duty.Key.Equals(which, StringComparison.OrdinalIgnoreCase)) is { } duty) return duty;
        if (Duty.RowOf(which) is { } number && Rows.Find(scene, number) is { } row) ended = row.IsOpen ? NextOf(scene, row, []) : Texts.Get("RemindEnded", row.Say());
        return null;
    }

    private static string Key(Rows.NumberedAction row) => row.Number.ToString(CultureInfo.InvariantCulture);

    private static string NoSuch(Scene scene, string which) => Duty.RowOf(which) is { } number ? Texts.Get("NoRow", number)
        : Texts.Get("NoDuty", which, string.Join(", ", DutiesOf(scene).Where(duty => duty.MayRest).Select(duty => $"`{duty.Key}`").DefaultIfEmpty("–")));

    /// <summary>The day that <c>3d</c>, <c>2 weeks</c> or a date means; null where it cannot be read for certain.</summary>
    private static DateOnly? UntilOf(Scene scene, string text)
    {
        var digits = string.Concat(text.TakeWhile(char.IsAsciiDigit));
        var unit = text[digits.Length..].Trim().ToLowerInvariant();
        if (digits.Length is > 0 and < 4 && unit is "d" or "day" or "days" or "w" or "week" or "weeks" && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0) return scene.Today.AddDays(unit[0] == 'w' ? count * 7 : count);
        return DateReading.Read(text, scene.Today) is DateReading.Certain certain ? certain.Date : null;
    }

    private static string NextOf(Scene scene, Rows.NumberedAction row, IReadOnlyList<Duty> duties) =>
        row.Row.Due is null ? Texts.Get(row.Row.DueText.Length == 0 ? "RemindNoDate" : "RemindUnreadable", row.Number, row.Row.DueText, row.Row.Line)
        : duties.FirstOrDefault(duty => duty.Key == Key(row)) is { } duty ? NextOf(scene, duty, row.Number)
        : "";

    private static string NextOf(Scene scene, Duty duty, int? command)
    {
        if (duty.IsOff) return Texts.Get("RemindIsOff");
        if (duty.Owner.Length == 0) return $"{Texts.Get("RemindNoOwner", command)}{OfLead(scene, duty)}";
        if (!scene.Facts.Owners.TryGetValue(duty.Owner, out var person)) return command is null ? Texts.Get("RemindNobody", duty.Owner) : $"{Texts.Get("RemindUnknown", duty.Owner, command)}{OfLead(scene, duty)}";
        var zone = scene.Facts.ZoneOf(person);
        var from = scene.Facts.Rules.FirstFrom(scene.Now, zone);
        var isAway = scene.Facts.Settings.AwayUntil(person.Id) >= from;
        if (isAway) from = scene.Facts.Settings.AwayUntil(person.Id)!.Value.AddDays(1);
        var next = DutyReminder.Next(duty, Told.Owner, from, scene.Facts.Rules) is { } day
            ? Texts.Get("RemindNext", person.Name, Zoned.Write(day), scene.Facts.Rules.At.ToString("HH:mm", CultureInfo.InvariantCulture), zone)
            : Texts.Get("RemindIsOver", person.Name);
        return isAway ? $"{Texts.Get("RemindAwayNow", person.Name, Zoned.Write(from.AddDays(-1)))} {next}{OfLead(scene, duty)}" : next;
    }

    private static string OfLead(Scene scene, Duty duty) =>
        scene.Facts.Owners.TryGetValue(Duties.LeadOf(scene.Incident), out var lead) && DutyReminder.Next(duty, Told.Lead, scene.Facts.Rules.FirstFrom(scene.Now, scene.Facts.ZoneOf(lead)), scene.Facts.Rules) is { } day
            ? " " + Texts.Get("RemindLeadNext", lead.Name, Zoned.Write(day))
            : "";

    private static string LastOf(Scene scene, string key) => string.Concat(scene.Incident.Reminded.Where(each => each.Key == key).Select(last => " " + (last switch
    {
        { IsUnsure: true } => Texts.Get("RemindUnsure", last.To, Zoned.Write(last.Day)),
        { Failed: { } why } => Texts.Get("RemindFailed", last.To, Zoned.Write(last.Day), why),
        _ => Texts.Get("RemindSent", last.To, Zoned.Write(last.Day)),
    })));
}
