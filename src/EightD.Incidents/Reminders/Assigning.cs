using EightD.Incidents.Answering;
using EightD.Incidents.Cards;
using EightD.Incidents.Looking;
using EightD.Reports.Actions;

namespace EightD.Incidents.Reminders;

/// <summary>Asks somebody for a discipline: one form, in person, and reminders as of an action.</summary>
internal static class Assigning
{
    /// <summary>How many working days somebody has to whom no day was said.</summary>
    private const int UsualDays = 5;

    internal static Decision Assign(Scene scene, Deed.Assign asked)
    {
        if (Answers.Target(scene, asked.Section, null, out var refusal) is not { } target) return refusal!;
        if (PersonOf(scene, asked.Who) is not { } person) return scene.Refuse(Texts.Get("NobodyCalled", asked.Who));
        var (until, why) = UntilOf(scene, target.Section, asked.Until);
        if (until is not { } day) return scene.Refuse(why!);
        var (after, effects) = To(scene, target.Section, person, day);
        return after is null ? scene.Refuse(Texts.Get("AssignComplete", Name(scene, target.Section), target.Section)) : scene.Done(after, effects);
    }

    /// <summary>Whom a name means: one of the 8D's own people, one who is mentioned, or whom the channel calls so; null where nobody is known.</summary>
    internal static Person? PersonOf(Scene scene, string name) =>
        (scene.Found?.People ?? []).Concat(scene.Turn.Mentioned ?? []).FirstOrDefault(person => person.IsCalled(name.Trim().TrimStart('@'))) ?? scene.Facts.Owners.GetValueOrDefault(name.Trim().TrimStart('@'));

    /// <summary>The day by which it is to be done, or why what was typed is none.</summary>
    internal static (DateOnly? Until, string? Why) UntilOf(Scene scene, string section, string? typed)
    {
        var rules = scene.Facts.Rules;
        if (string.IsNullOrWhiteSpace(typed))
        {
            var deadline = rules.Deadlines.FirstOrDefault(each => each.Section == section) is { } set ? Zoned.DayOf(scene.Incident.StartedAt + set.After, scene.Facts.Settings.TimeZone) : default;
            return (deadline > scene.Today ? deadline : rules.Calendar.After(scene.Today, UsualDays), null);
        }

        return DateReading.Read(typed, scene.Today) switch
        {
            DateReading.Certain certain when certain.Date < scene.Today => (null, Texts.Get("DayIsPast", Zoned.Write(certain.Date))),
            DateReading.Certain certain => (certain.Date, null),
            var unclear => (null, Dates.Ask(unclear)),
        };
    }

    /// <summary>The 8D with somebody asked for a discipline, and what follows; null where nothing of it is missing.</summary>
    internal static (Incident? After, IEnumerable<Effect> Effects) To(Scene scene, string section, Person person, DateOnly until)
    {
        var incident = scene.Incident;
        if (scene.Template.Section(section) is not { } found || (Overview.Progress(incident, found) is var (answered, all) && answered == all)) return (null, []);
        var after = incident with
        {
            Assigned = incident.Assigned.RemoveAll(each => each.Section == section).Add(new(section, person, until)),
            People = incident.People.RemoveAll(known => known.Id == person.Id).Add(person),
        };
        var title = Texts.Get("AskedForTitle", section, found.Name);
        var body = Texts.Get("AskedFor", scene.By.Name, incident.IsPrivate ? incident.Name : $"{incident.Name}: {incident.Report.Title}", Zoned.Write(until));
        Message message = new($"**{title}**\n\n{body}", new(title, [], body,
        [
            new("form", ReminderForm.ValueOf(ReminderForm.Fill, incident.Number, section), Texts.Get("ButtonFill", section)),
            new("form", ReminderForm.ValueOf(ReminderForm.NotMine, incident.Number, section), Texts.Get("ButtonNotMine")),
        ]));
        return (after, [scene.Line(Texts.Get("Assigned", scene.By.Name, person.Name, Name(scene, section), Zoned.Write(until))), new Effect.Direct(person, message)]);
    }

    private static string Name(Scene scene, string section) => Answers.Name(scene.Template, new(section));
}
