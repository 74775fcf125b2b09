using EightD.Incidents.Cards;

namespace EightD.Incidents.Reminders;

/// <summary>The one message that somebody gets on a day: all that is due of theirs, over all 8Ds of the workspace.</summary>
public static class DayMessage
{
    /// <summary>How many actions its buttons name; those beyond are listed.</summary>
    private const int MostChoices = 20;

    /// <summary>The message.</summary>
    /// <param name="rows">The actions, each with why it stands there.</param>
    public static Message Draw(IReadOnlyList<DayRow> rows)
    {
        var sorted = rows.OrderBy(row => row.Row.Due).ThenBy(row => row.Row.Report).ThenBy(row => row.Row.Number).ToList();
        var own = sorted.Where(row => row.Owner is null).ToList();
        var others = sorted.Where(row => row.Owner is not null).ToList();
        var title = own.Count == 0 ? Texts.Get("ReminderLead") : Texts.Get(own.Count == 1 ? "ReminderOne" : "ReminderTitle", own.Count);
        var body = string.Join('\n', own.Select(Line));
        if (others.Count > 0) body = $"{body}{(own.Count == 0 ? "" : $"\n\n{Texts.Get("ReminderLead")}:\n\n")}{string.Join('\n', others.Select(Line))}";
        var which = string.Join('.', sorted.Take(MostChoices).Select(row => row.Row.Name.Replace('.', '-')));
        return new($"**{title}**\n\n{body}", new(title, [], body,
        [
            new("form", $"{ReminderForm.Prefix}done.{which}", Texts.Get("ButtonDone")),
            new("form", $"{ReminderForm.Prefix}snooze.{which}", Texts.Get("ButtonSnooze")),
            new("form", $"{ReminderForm.Prefix}date.{which}", Texts.Get("ButtonNewDate")),
            new("form", $"{ReminderForm.Prefix}notmine.{which}", Texts.Get("ButtonNotMine")),
        ]));
    }

    private static string Line(DayRow row)
    {
        var said = Texts.Get(row.Reason switch { ReminderReason.Before => "ReminderBefore", ReminderReason.Due => "ReminderDue", _ => "ReminderOverdue" }, row.Row.Name, row.Row.Action, Zoned.Write(row.Row.Due));
        return $"- {said}" + row.Owner switch
        {
            null => "",
            OwnerState.Unknown when row.Row.Owner.Length == 0 => $"; {Texts.Get("ReminderNoOwner")}",
            OwnerState.Unknown => $"; {Texts.Get("ReminderUnknown", row.Row.Owner)}",
            OwnerState.Away => $"; {Texts.Get("ReminderAway", row.Row.Owner)}",
            _ => $"; {Texts.Get("ReminderLate", row.Row.Owner)}",
        };
    }
}
