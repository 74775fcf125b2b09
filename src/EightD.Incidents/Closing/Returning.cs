using EightD.Incidents.Answering;
using EightD.Incidents.Cards;
using EightD.Incidents.Interviewing;
using EightD.Incidents.Reminders;
using EightD.Reports;

namespace EightD.Incidents.Closing;

/// <summary>A reader refuses a discipline: its first question is asked again with the reason above it, and the lead is told. An 8D that was closed is opened for it.</summary>
internal static class Returning
{
    internal static Decision Return(Scene scene, string section, string reason)
    {
        if (Answers.Target(scene, section, null, out var refusal) is not { } target) return refusal!;
        reason = reason.ReplaceLineEndings(" ").Trim();
        if (scene.Template.Section(target.Section)!.Parts.FirstOrDefault(part => !part.Optional) is not { } first || !scene.Template.Section(target.Section)!.Parts.Any(part => scene.Report.Holds(part.Part)))
        {
            return scene.Refuse(Texts.Get("ReturnEmpty", Answers.Name(scene.Template, new(target.Section))));
        }

        var (after, effects) = Again(scene, scene.Incident, first.Part, reason);
        return scene.Done(after, [.. effects, scene.Tell(Texts.Get("ReturnedTo", Answers.Name(scene.Template, new(target.Section)), Duties.LeadOf(scene.Incident)))], before: reason);
    }

    /// <summary>What was corrected had no effect: the cause is looked for again.</summary>
    internal static Decision AfterEffect(Scene scene, Incident measured, List<PartChange> changes, string reason)
    {
        var first = scene.Template.Section("D4")!.Parts.First(part => !part.Optional).Part;
        var (after, effects) = Again(scene, measured, first, Texts.Get("NotEffective", Zoned.Write(scene.Today), reason.ReplaceLineEndings(" ").Trim()));
        var confirmation = Answers.Confirmation(scene, after, scene.Incident.Log.Last + 1, changes);
        return scene.Done(after, [scene.Tell(confirmation.Text, confirmation.Card), .. effects], changes: changes);
    }

    private static (Incident After, IEnumerable<Effect> Effects) Again(Scene scene, Incident incident, PartName first, string reason)
    {
        var interview = incident.Interview with
        {
            Returned = incident.Interview.Returned.RemoveAll(each => each.Section == first.Section).Add(new(first.Section, reason, scene.By)),
            NotApplicable = incident.Interview.NotApplicable.Remove(first),
            Skipped = incident.Interview.Skipped.Remove(first),
        };
        var after = Ending.Again(incident with { Interview = interview });
        List<Effect> effects = [.. Ending.OpenAgain(scene, after, reason), scene.Line(Texts.Get("ReturnedLine", scene.By.Name, Answers.Name(scene.Template, new(first.Section)), reason))];
        if (after.Interview.Open is null && scene.Template.QuestionFor(first) is { } question)
        {
            (after, var asked) = Asking.Ask(scene, after with { Interview = after.Interview with { Asking = AskingMode.FirstHalf } }, question);
            effects.AddRange(asked);
        }

        if (Assigning.PersonOf(scene, Duties.LeadOf(incident)) is { } lead && lead.Id != scene.By.Id) effects.Add(new Effect.Direct(lead, Told(scene, first.Section, reason)));
        return (after, effects);
    }

    private static Message Told(Scene scene, string section, string reason)
    {
        var title = Texts.Get("ReturnedTitle", scene.Incident.Name, section);
        var body = Texts.Get("ReturnedFor", scene.By.Name, reason);
        return new($"**{title}**\n\n{(scene.Incident.IsPrivate ? "" : body)}".TrimEnd(), new(title, [], body, [new("form", ReminderForm.ValueOf(ReminderForm.Fill, scene.Incident.Number, section), Texts.Get("ButtonFill", section))]));
    }
}
