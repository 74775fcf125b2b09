using System.Globalization;
using EightD.Incidents.Actions;
using EightD.Incidents.Answering;
using EightD.Incidents.Cards;
using EightD.Incidents.Containment;
using EightD.Incidents.Effectiveness;
using EightD.Incidents.Interviewing;
using EightD.Reports.Actions;
using EightD.Reports.Containment;

namespace EightD.Incidents.Reminders;

/// <summary>The forms that the buttons of a reminder open, and what they do when they are submitted.</summary>
internal static class DutyForms
{
    private const string Section = "section", Owner = "owner", Until = "by", Measured = "effect", Reached = "reached", Measure = "measure", How = "how", Words = "words";

    /// <summary>The form of a button about several duties, of which it asks which one is meant; null for any other.</summary>
    internal static Form? Of(Scene scene, string value)
    {
        if (value.Split('.') is not ["remind", var what, ..]) return null;
        var options = ReminderForm.NamedBy(value).Select(duty => $"{duty.Report.ToString(CultureInfo.InvariantCulture)}.{duty.Key}")
            .Select(name => new Option(name, scene.Facts.Reminded.FirstOrDefault(duty => duty.Name == name) is { } known ? Short(known) : name)).ToList();
        var which = new Input(ReminderForm.Which, Texts.Get("RemindWhich"), InputKind.Choice, Required: true, Value: options.FirstOrDefault()?.Value ?? "", Options: options);
        Form Made(string title, params Input[] inputs) => new(ReminderForm.Prefix + what, Texts.Get(title), [which, .. inputs]);
        return what switch
        {
            ReminderForm.Done => Made("ButtonDone", new Input("link", Texts.Get("RemindLink"), InputKind.Line, Hint: Texts.Get("RemindLinkHint"))),
            ReminderForm.Snooze => Made("ButtonSnooze", new Input("days", Texts.Get("RemindDays"), InputKind.Choice, Required: true, Value: "1",
                Options: [new("1", Texts.Get("RemindDay")), new("3", Texts.Get("RemindSomeDays", 3)), new("7", Texts.Get("RemindSomeDays", 7))])),
            ReminderForm.Date => Made("ButtonNewDate", new Input("date", Texts.Get("RemindDate"), InputKind.Line, Required: true, Hint: Texts.Get("RemindDateHint"))),
            ReminderForm.NotMine => Made("ButtonNotMine", new Input(Owner, Texts.Get("RemindOwner"), InputKind.Line, Hint: Texts.Get("RemindOwnerHint"))),
            _ => null,
        };
    }

    /// <summary>Opens the form of a button about one 8D, for those whom it concerns.</summary>
    internal static Decision Open(Scene scene, string value)
    {
        var (report, key) = ReminderForm.NamedBy(value)[0];
        if (report != scene.Incident.Number || !Concerns(scene)) return scene.Answer(Texts.Get("RemindNotYours"));
        var form = value.Split('.')[1] switch
        {
            ReminderForm.Fill when scene.Incident.IsOpen && scene.Template.Section(key) is not null => Renamed(Forms.Open(scene, Forms.EditPrefix + key).Form, ReminderForm.Fill, report, Forms.EditPrefix),
            ReminderForm.Ask when scene.Incident.IsOpen => NextQuestion(scene) is { } question ? Renamed(Forms.Open(scene, Forms.Answer(question.Part, scene.Incident, replace: false)).Form, ReminderForm.One, report, Forms.AnswerPrefix) : null,
            ReminderForm.Effect => Effect(value),
            ReminderForm.Measure => MeasureForm(scene, value),
            ReminderForm.Assign => AssignForm(scene, value, key),
            _ => null,
        };
        return form is null ? scene.Answer(Texts.Get(scene.Incident.IsOpen ? "NothingToAsk" : scene.Incident.Phase == Phase.Cancelled ? "IsCancelled" : "IsClosed", scene.Incident.Name)) : new(scene.Found, [], form);
    }

    /// <summary>A form of a reminder that was submitted; null for any other.</summary>
    internal static Decision? Submit(Scene scene, Deed.Submit submit)
    {
        if (ReminderForm.ReportOf(submit) is not { } report) return null;
        if (ReminderForm.DutyOf(submit) is var (_, key)) return OfOne(scene, submit, report, key);
        if (report != scene.Incident.Number || !Concerns(scene)) return scene.RefuseForm(("", Texts.Get("RemindNotYours")));
        key = ReminderForm.NamedBy(submit.Form)[0].Key;
        var what = submit.Form.Split('.')[1];
        if (what is ReminderForm.Fill or ReminderForm.One && !scene.Incident.IsOpen) return scene.RefuseForm(("", Texts.Get("IsClosed", scene.Incident.Name)));
        var rest = submit.Form[(submit.Form.IndexOf('-', StringComparison.Ordinal) + 1)..];
        return what switch
        {
            ReminderForm.Fill => Inner(scene, submit, Forms.EditPrefix + rest),
            ReminderForm.One => Inner(scene, submit, Forms.AnswerPrefix + rest),
            ReminderForm.Effect when Value(submit, Measured).Length == 0 => scene.RefuseForm((Measured, Texts.Get("NothingTyped"))),
            ReminderForm.Effect => Effects.Take(scene, Value(submit, Measured), Value(submit, Reached) == "no"),
            ReminderForm.Measure when int.TryParse(Value(submit, Measure), NumberStyles.None, CultureInfo.InvariantCulture, out var number) =>
                AtInput(Measures.End(scene, new(number, Value(submit, How) == "adopted", Value(submit, Words) is { Length: > 0 } words ? words : null)), Words),
            ReminderForm.Assign => Assign(scene, submit, key),
            _ => null,
        };
    }

    private static Decision? OfOne(Scene scene, Deed.Submit submit, int report, string key)
    {
        if (report != scene.Incident.Number) return scene.RefuseForm((ReminderForm.Which, Texts.Get("RemindNotYours")));
        var duty = Reminding.Find(scene, key, out var ended);
        if (!Concerns(scene)) return scene.RefuseForm((ReminderForm.Which, Texts.Get("RemindNotYours"))); // no word of an 8D that may be others' alone
        if (duty is null) return scene.RefuseForm((ReminderForm.Which, ended ?? Texts.Get("RemindGone")));
        if (!IsTheirs(scene, duty)) return scene.RefuseForm((ReminderForm.Which, Texts.Get("RemindNotYours")));
        var number = Duty.RowOf(duty.Key) ?? 0;
        var date = DateReading.Read(Value(submit, "date"), scene.Today);
        return submit.Form[ReminderForm.Prefix.Length..] switch
        {
            ReminderForm.Snooze when int.TryParse(Value(submit, "days"), NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is > 0 and <= 366 => Reminding.Snooze(scene, duty.Key, $"{days}d"),
            ReminderForm.Snooze => scene.RefuseForm(("days", Texts.Get("SnoozeWhen", Value(submit, "days")))),
            ReminderForm.Done when duty.Kind == DutyKind.Action => Rows.Done(scene, number, Value(submit, "link") is { Length: > 0 } link ? link : null),
            ReminderForm.Done when duty.Kind == DutyKind.Discipline => Unassigned(scene, duty, Texts.Get("DisciplineDone", scene.By.Name, duty.What)),
            ReminderForm.Date when date is not DateReading.Certain => scene.RefuseForm(("date", Dates.Ask(date))),
            ReminderForm.Date when duty.Kind == DutyKind.Action => Rows.Due(scene, number, Value(submit, "date")),
            ReminderForm.Date when duty.Kind == DutyKind.Discipline => Dated(scene, duty, ((DateReading.Certain)date).Date),
            ReminderForm.NotMine when Value(submit, Owner) is { Length: > 0 } owner => duty.Kind == DutyKind.Action ? Rows.Assign(scene, number, owner.TrimStart('@')) : Asked(scene, duty.Key, owner, null),
            ReminderForm.NotMine when duty.Kind == DutyKind.Discipline => Unassigned(scene, duty, Texts.Get("DisciplineNotTheirs", scene.By.Name, duty.What, Duties.LeadOf(scene.Incident))),
            ReminderForm.NotMine when Rows.Find(scene, number) is { } standing => NotMine(scene, standing),
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

    private static Decision Unassigned(Scene scene, Duty duty, string line) =>
        scene.Done(scene.Incident with { Assigned = scene.Incident.Assigned.RemoveAll(each => each.Section == duty.Key) }, [scene.Line(line), scene.Tell(line)]);

    private static Decision Dated(Scene scene, Duty duty, DateOnly until) => until < scene.Today
        ? scene.RefuseForm(("date", Texts.Get("DayIsPast", Zoned.Write(until))))
        : scene.Done(scene.Incident with { Assigned = [.. scene.Incident.Assigned.Select(each => each.Section == duty.Key ? each with { Until = until } : each)] }, [scene.Tell(Texts.Get("DisciplineDated", duty.What, Zoned.Write(until)))]);

    private static Decision Asked(Scene scene, string section, string who, string? typed)
    {
        if (Assigning.PersonOf(scene, who) is not { } person) return scene.RefuseForm((Owner, Texts.Get("NobodyCalled", who.TrimStart('@'))));
        var (until, why) = Assigning.UntilOf(scene, section, typed);
        if (until is not { } day) return scene.RefuseForm((Until, why!));
        var (after, effects) = Assigning.To(scene, section, person, day);
        return after is null ? scene.RefuseForm((Section, Texts.Get("AssignComplete", section, section))) : scene.Done(after, [.. effects, scene.Tell(Texts.Get("Assigned", scene.By.Name, person.Name, section, Zoned.Write(day)))]);
    }

    private static Decision Assign(Scene scene, Deed.Submit submit, string key)
    {
        if (Value(submit, Owner).Length == 0) return scene.RefuseForm((Owner, Texts.Get("WhoOwns")));
        if (Duty.RowOf(key) is { } number) return Remembered(scene, number, Value(submit, Owner), AtInput(Rows.FromForm(scene, number, Value(submit, Owner), Value(submit, Until)), Until, from: "due"));
        var section = scene.Template.Section(key) is not null ? key : Value(submit, Section);
        return scene.Template.Section(section) is { Key: var found } ? Asked(scene, found, Value(submit, Owner), Value(submit, Until)) : scene.RefuseForm((Section, Texts.Get("AssignWhat")));
    }

    /// <summary>Where nobody was known by the name that stood there, the workspace remembers who is meant, so that it is asked once.</summary>
    private static Decision Remembered(Scene scene, int number, string owner, Decision decision)
    {
        var name = Rows.Find(scene, number)?.Row.Owner ?? "";
        if (decision.Errors is not null || name.Length == 0 || scene.Facts.Owners.ContainsKey(name) || Assigning.PersonOf(scene, owner) is not { } person) return decision;
        var known = scene.Facts.Settings.Known.RemoveAll(each => each.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Add(new(name, person));
        return decision with { Settings = scene.Facts.Settings with { Known = known } };
    }

    private static Form Effect(string value) => new(value, Texts.Get("EffectTitle"),
    [
        new(Measured, Texts.Get("EffectMeasured"), InputKind.Text, Required: true, Hint: Texts.Get("EffectHint")),
        new(Reached, Texts.Get("EffectReached"), InputKind.Choice, Value: "yes", Options: [new("yes", Texts.Get("EffectYes")), new("no", Texts.Get("EffectNo"))]),
    ]);

    private static Form? MeasureForm(Scene scene, string value)
    {
        List<Option> standing = [.. TemporaryMeasures.Of(scene.Report).Where(measure => measure.Ended is null).Select(measure => new Option(measure.Number.ToString(CultureInfo.InvariantCulture), Cut(measure.Text)))];
        return standing.Count == 0 ? null : new(value, Texts.Get("MeasureTitle"),
        [
            new(Measure, Texts.Get("MeasureWhich"), InputKind.Choice, Required: true, Value: standing[0].Value, Options: standing),
            new(How, Texts.Get("MeasureHow"), InputKind.Choice, Required: true, Value: "removed", Options: [new("removed", Texts.Get("MeasureRemoved")), new("adopted", Texts.Get("MeasureAdopted"))]),
            new(Words, Texts.Get("MeasureWords"), InputKind.Line, Hint: Texts.Get("MeasureWordsHint")),
        ]);
    }

    private static Form? AssignForm(Scene scene, string value, string key)
    {
        List<Input> inputs = [new(Owner, Texts.Get("AssignWho"), InputKind.Line, Required: true), new(Until, Texts.Get("AssignUntil"), InputKind.Line, Hint: Texts.Get("RemindDateHint"))];
        if (Duty.RowOf(key) is { } number) return Rows.Find(scene, number) is { } row ? new(value, $"{Texts.Get("ActionTitle", number)}: {row.Row.Action}", inputs) : null;
        if (!scene.Incident.IsOpen) return null;
        if (scene.Template.Section(key) is { } section) return new(value, Texts.Get("AssignTitle", section.Key), inputs);
        List<Option> open = [.. Duties.OpenIn(scene.Incident).Select(each => new Option(each.Section, $"{each.Section}, {each.Name}"))];
        return open.Count == 0 ? null : new(value, Texts.Get("AssignAny"), [new(Section, Texts.Get("AssignWhat"), InputKind.Choice, Required: true, Value: open[0].Value, Options: open), .. inputs]);
    }

    private static EightD.Reports.Templates.Question? NextQuestion(Scene scene) => Asking.Next(scene.Incident with { Interview = scene.Incident.Interview with { Asking = AskingMode.All, Skipped = [] } });

    /// <summary>A form of an 8D, so named that it finds back to that 8D from wherever it is submitted.</summary>
    private static Form? Renamed(Form? form, string what, int report, string prefix) => form is null ? null : form with { Id = ReminderForm.ValueOf(what, report, form.Id[prefix.Length..]) };

    private static Decision Inner(Scene scene, Deed.Submit submit, string id)
    {
        var inner = submit with { Form = id };
        return Submits.Submit(scene with { Turn = scene.Turn with { Deed = inner } }, inner);
    }

    /// <summary>What is wrong stands beside the input that it is about.</summary>
    private static Decision AtInput(Decision decision, string input, string from = "") => decision.Errors is { } errors && errors.TryGetValue(from, out var why)
        ? decision with { Errors = System.Collections.Immutable.ImmutableDictionary<string, string>.Empty.Add(input, why) }
        : decision;

    /// <summary>Whether the 8D concerns whoever does this: who owns something of it, was asked for something, leads it or is its champion. Names are held against the people that it knows.</summary>
    private static bool Concerns(Scene scene) => Duties.Concerned(scene.Incident).Any(name => IsCalled(scene, name));

    private static bool IsTheirs(Scene scene, Duty duty) => IsCalled(scene, duty.Owner) || IsCalled(scene, Duties.LeadOf(scene.Incident)) || (Duties.ChampionOf(scene.Incident) is { } champion && IsCalled(scene, champion));

    private static bool IsCalled(Scene scene, string name) => name.Length > 0
        && (scene.Incident.People.FindAll(person => person.IsCalled(name)) is { Count: > 0 } known ? known.Exists(person => person.Id == scene.By.Id) : scene.By.IsCalled(name) || scene.Facts.Settings.Known.Exists(each => each.Person.Id == scene.By.Id && each.Name.Equals(name, StringComparison.OrdinalIgnoreCase)));

    private static string Value(Deed.Submit submit, string input) => submit.Values.GetValueOrDefault(input)?.Trim() ?? "";

    private static string Short(Duty duty) => $"{duty.Name}: {Cut(duty.What)}";

    private static string Cut(string text) => text.Length <= 60 ? text : $"{text[..59]}…";
}
