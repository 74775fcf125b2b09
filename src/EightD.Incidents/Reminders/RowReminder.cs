namespace EightD.Incidents.Reminders;

/// <summary>
/// When the owner of an action is reminded: some working days before it is due, on the day, on the first working days after it, and then on the first of each week
/// (design, "After the incident"). Each answer depends on the day alone: no memory, so a week of downtime costs one message and not seven.
/// </summary>
public static class RowReminder
{
    /// <summary>Whether the owner is reminded on a day.</summary>
    /// <param name="due">When the action is due.</param>
    /// <param name="day">The day.</param>
    /// <param name="snoozed">Until when nothing is to be heard of it; the first working day from there has a message of its own. Null: it is not snoozed.</param>
    /// <param name="rules">The rules.</param>
    public static bool IsOn(DateOnly due, DateOnly day, DateOnly? snoozed, ReminderRules rules)
    {
        var calendar = rules.Calendar;
        if (!calendar.IsWorking(day) || snoozed > day) return false;
        if (snoozed is { } until && day == calendar.OnOrAfter(until)) return true;
        if (day <= due) return day == due || (rules.Before > 0 && day == calendar.Before(due, rules.Before));
        return calendar.Between(due, day) <= rules.Daily || calendar.BeginsWeek(day);
    }

    /// <summary>How it stands with an action on a day.</summary>
    public static ReminderReason ReasonOn(DateOnly due, DateOnly day) => day < due ? ReminderReason.Before : day == due ? ReminderReason.Due : ReminderReason.Overdue;
}

/// <summary>Why an owner is reminded.</summary>
public enum ReminderReason
{
    /// <summary>It is due soon.</summary>
    Before,

    /// <summary>It is due today.</summary>
    Due,

    /// <summary>The day is past.</summary>
    Overdue,
}
