using System.Globalization;
using EightD.Incidents.Actions;
using EightD.Incidents.Answering;
using EightD.Incidents.Cards;
using EightD.Reports.Actions;

namespace EightD.Incidents.Reminders;

/// <summary>The command <c>remind</c>, and what the buttons of a reminder mean.</summary>
internal static class Reminding
{
    private const string DoneForm = "remind.done", SnoozeForm = "remind.snooze", DateForm = "remind.date", NotMineForm = "remind.notmine";

    /// <summary>Shows of each open action who will be reminded when, and what became of the last reminder; or why nobody will be.</summary>
    internal static Decision Show(Scene scene)
    {
        var lines = Rows.Of(scene).Where(row => row.IsOpen).Select(row => $"- {row.Say()} – {NextOf(scene, row)}{LastOf(scene, row)}").ToList();
        return scene.Answer(lines.Count == 0 ? Texts.Get("NoActions") : $"{Texts.Get("RemindOf", scene.Incident.Name)}\n\n{string.Join('\n', lines)}");
    }

    internal static Decision Snooze(Scene scene, int number, string until)
    {
        if (Rows.Find(scene, number) is not { } row) return scene.Refuse(Texts.Get("NoRow", number));
        if (UntilOf(scene, until) is not { } day) return scene.Refuse(Texts.Get("SnoozeWhen", until));
        if (day <= scene.Today) return scene.Refuse(Texts.Get("SnoozePast", Zoned.Write(day)));
        return Snoozed(scene, row, day, Texts.Get("SnoozedRow", row.Say(), Zoned.Write(scene.Facts.Rules.Calendar.OnOrAfter(day))));
    }

    internal static Decision Off(Scene scene, int number) => Rows.Find(scene, number) is { } row
        ? Snoozed(scene, row, DateOnly.MaxValue, Texts.Get("RemindOffRow", row.Say()))
        : scene.Refuse(Texts.Get("NoRow", number));

    /// <summary>Nobody reminds somebody who is away; the day they are back they are.</summary>
    internal static Decision Away(Scene scene, string? who, string until)
    {
        if (DateReading.Read(until, scene.Today) is not DateReading.Certain certain) return scene.Answer(Dates.Ask(DateReading.Read(until, scene.Today)));
        var person = who is null ? scene.By : (scene.Found?.People ?? []).Concat(scene.Turn.Mentioned ?? []).FirstOrDefault(each => each.IsCalled(who));
        if (person is null) return scene.Answer(Texts.Get("NobodyCalled", who!));
        var away = scene.Facts.Settings.Away.RemoveAll(each => each.Person == person.Id || each.Until < scene.Today).Add(new(person.Id, certain.Date));
        return new(scene.Found, [scene.Tell(Texts.Get("AwayUntil", person.Name, Zoned.Write(certain.Date)))], Settings: scene.Facts.Settings with { Away = away });
    }

    /// <summary>Keeps what became of a reminder.</summary>
    internal static Decision Reminded(Scene scene, Deed.Reminded reminded)
    {
        var rows = reminded.Rows.Select(row => new RowReminded(row, reminded.Day, reminded.To.Name, reminded.Failed)).ToList();
        var kept = scene.Incident.Reminded.RemoveAll(each => rows.Exists(row => row.Row == each.Row)).AddRange(rows);
        return scene.Done(scene.Incident with { Reminded = kept }, [], "reminded");
    }

    /// <summary>The form that a reminder's button opens; null for any other. Its value names the rows: <c>remind.done.3-2.4-1</c>.</summary>
    internal static Form? FormOf(Scene scene, string value)
    {
        if (value.Split('.') is not ["remind", var what, ..]) return null;
        var options = ReminderForm.RowsOf(value).Select(row => string.Create(CultureInfo.InvariantCulture, $"{row.Report}.{row.Row}"))
            .Select(name => new Option(name, scene.Facts.Reminded.FirstOrDefault(row => row.Name == name) is { } known ? Short(known) : name)).ToList();
        var which = new Input("row", Texts.Get("RemindWhich"), InputKind.Choice, Required: true, Value: options.FirstOrDefault()?.Value ?? "", Options: options);
        return (ReminderForm.Prefix + what) switch
        {
            DoneForm => new(DoneForm, Texts.Get("ButtonDone"), [which, new("link", Texts.Get("RemindLink"), InputKind.Line, Hint: Texts.Get("RemindLinkHint"))]),
            SnoozeForm => new(SnoozeForm, Texts.Get("ButtonSnooze"), [which, new("days", Texts.Get("RemindDays"), InputKind.Choice, Required: true, Value: "1",
                Options: [new("1", Texts.Get("RemindDay")), new("3", Texts.Get("RemindSomeDays", 3)), new("7", Texts.Get("RemindSomeDays", 7))])]),
            DateForm => new(DateForm, Texts.Get("ButtonNewDate"), [which, new("date", Texts.Get("RemindDate"), InputKind.Line, Required: true, Hint: Texts.Get("RemindDateHint"))]),
            NotMineForm => new(NotMineForm, Texts.Get("ButtonNotMine"), [which, new("owner", Texts.Get("RemindOwner"), InputKind.Line, Hint: Texts.Get("RemindOwnerHint"))]),
            _ => null,
        };
    }

    /// <summary>A form of a reminder that was submitted; null for any other.</summary>
    internal static Decision? Submit(Scene scene, Deed.Submit submit)
    {
        if (ReminderForm.RowOf(submit) is not var (report, number)) return null;
        if (report != scene.Incident.Number || Rows.Find(scene, number) is not { } row || !IsTheirs(scene, row)) return scene.RefuseForm(("row", Texts.Get("RemindNotYours"))); // no word of an 8D that may be others' alone
        if (!row.IsOpen) return scene.RefuseForm(("row", Texts.Get("RemindEnded", row.Say())));
        string Value(string input) => submit.Values.GetValueOrDefault(input)?.Trim() ?? "";
        return submit.Form switch
        {
            DoneForm => Rows.Done(scene, number, Value("link") is { Length: > 0 } link ? link : null),
            SnoozeForm when int.TryParse(Value("days"), NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is > 0 and <= 366 => Snooze(scene, number, $"{days}d"),
            SnoozeForm => scene.RefuseForm(("days", Texts.Get("SnoozeWhen", Value("days")))),
            DateForm when DateReading.Read(Value("date"), scene.Today) is not DateReading.Certain => scene.RefuseForm(("date", Dates.Ask(DateReading.Read(Value("date"), scene.Today)))),
            DateForm => Rows.Due(scene, number, Value("date")),
            NotMineForm when Value("owner") is { Length: > 0 } owner => Rows.Assign(scene, number, owner.TrimStart('@')),
            NotMineForm => NotMine(scene, row),
            _ => null,
        };
    }

    private static Decision NotMine(Scene scene, Rows.NumberedAction row)
    {
        var asked = Texts.Get("RemindWhose", scene.By.Name, row.Say(), Admission.Lead(scene.Incident));
        var report = ActionTable.Of(scene.Report).WithOwner(row.Index, "");
        return scene.Done(scene.Incident with { Report = report },
            [scene.Tell(Texts.Get("RemindGiven", row.Say())), new Effect.Post(scene.Key("whose"), InThread: true, new(asked, new(Texts.Get("ActionTitle", row.Number), [], asked, [new("form", Forms.Row(row.Number), Texts.Get("ButtonAssign"))])))],
            changes: TableChange.Between(scene.Report, report, "D6"));
    }

    private static bool IsTheirs(Scene scene, Rows.NumberedAction row) => scene.By.IsCalled(row.Row.Owner) || scene.By.IsCalled(Admission.Lead(scene.Incident));

    private static Decision Snoozed(Scene scene, Rows.NumberedAction row, DateOnly until, string said)
    {
        if (!row.IsOpen) return scene.Refuse(Texts.Get("RemindEnded", row.Say()));
        var snoozes = scene.Incident.Snoozes.RemoveAll(snooze => snooze.Row == row.Number).Add(new(row.Number, row.Row.DueText, until));
        return scene.Done(scene.Incident with { Snoozes = snoozes }, [scene.Tell(said)]);
    }

    /// <summary>The day that <c>3d</c>, <c>2 weeks</c> or a date means; null where it cannot be read for certain.</summary>
    private static DateOnly? UntilOf(Scene scene, string text)
    {
        var digits = string.Concat(text.TakeWhile(char.IsAsciiDigit));
        var unit = text[digits.Length..].Trim().ToLowerInvariant();
        if (digits.Length is > 0 and < 4 && unit is "d" or "day" or "days" or "w" or "week" or "weeks" && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0) return scene.Today.AddDays(unit[0] == 'w' ? count * 7 : count);
        return DateReading.Read(text, scene.Today) is DateReading.Certain certain ? certain.Date : null;
    }

    private static string NextOf(Scene scene, Rows.NumberedAction row)
    {
        if (row.Row.Owner.Length == 0) return Texts.Get("RemindNoOwner", row.Number);
        if (row.Row.Due is not { } due) return Texts.Get(row.Row.DueText.Length == 0 ? "RemindNoDate" : "RemindUnreadable", row.Number, row.Row.DueText, row.Row.Line);
        if (!scene.Facts.Owners.TryGetValue(row.Row.Owner, out var person)) return Texts.Get("RemindUnknown", row.Row.Owner, row.Number);
        var snoozed = OwnRows.SnoozedOf(scene.Incident, row);
        if (snoozed == DateOnly.MaxValue) return Texts.Get("RemindIsOff");
        var from = scene.Facts.Rules.FirstFrom(scene.Now, scene.Facts.Settings.TimeZone);
        if (scene.Facts.Settings.AwayUntil(person.Id) is { } back && back >= from) from = back.AddDays(1);
        return RowReminder.Next(due, from, snoozed, scene.Facts.Rules) is { } next ? Texts.Get("RemindNext", person.Name, Zoned.Write(next), scene.Facts.Rules.At.ToString("HH:mm", CultureInfo.InvariantCulture), scene.Facts.Settings.TimeZone) : Texts.Get("RemindIsOff");
    }

    private static string LastOf(Scene scene, Rows.NumberedAction row) => scene.Incident.Reminded.Find(each => each.Row == row.Number) is { } last
        ? " " + (last.Failed is { } why ? Texts.Get("RemindFailed", last.To, Zoned.Write(last.Day), why) : Texts.Get("RemindSent", last.To, Zoned.Write(last.Day)))
        : "";

    private static string Short(OwnRow row) => row.Action.Length <= 60 ? $"{row.Name}: {row.Action}" : $"{row.Name}: {row.Action[..59]}…";
}
