using EightD.Incidents.Cards;

namespace EightD.Incidents.Reminders;

/// <summary>The one message that somebody gets on a day: all that is due of theirs, over all 8Ds of the workspace.</summary>
public static class DayMessage
{
    /// <summary>How many actions its buttons name; those beyond are listed.</summary>
    private const int MostChoices = 20;

    /// <summary>The message.</summary>
    /// <param name="rows">The actions, each with why it stands there.</param>
    public static Message Draw(IReadOnlyList<(OwnRow Row, ReminderReason Reason)> rows)
    {
        var sorted = rows.OrderBy(row => row.Row.Due).ThenBy(row => row.Row.Report).ThenBy(row => row.Row.Number).ToList();
        var lines = sorted.Select(row => $"- {Texts.Get(row.Reason switch { ReminderReason.Before => "ReminderBefore", ReminderReason.Due => "ReminderDue", _ => "ReminderOverdue" }, row.Row.Name, row.Row.Action, Zoned.Write(row.Row.Due))}");
        var title = Texts.Get(sorted.Count == 1 ? "ReminderOne" : "ReminderTitle", sorted.Count);
        var body = string.Join('\n', lines);
        var which = string.Join('.', sorted.Take(MostChoices).Select(row => row.Row.Name.Replace('.', '-')));
        return new($"**{title}**\n\n{body}", new(title, [], body,
        [
            new("form", $"{ReminderForm.Prefix}done.{which}", Texts.Get("ButtonDone")),
            new("form", $"{ReminderForm.Prefix}snooze.{which}", Texts.Get("ButtonSnooze")),
            new("form", $"{ReminderForm.Prefix}date.{which}", Texts.Get("ButtonNewDate")),
            new("form", $"{ReminderForm.Prefix}notmine.{which}", Texts.Get("ButtonNotMine")),
        ]));
    }
}
