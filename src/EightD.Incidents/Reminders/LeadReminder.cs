namespace EightD.Incidents.Reminders;

/// <summary>
/// When the lead of an 8D is told of what is somebody else's: once it is overdue for some working days and nothing came of it, and then weekly; in the
/// owner's place where nobody of that name is known, or the owner is away or cannot be reached (design, "After the incident").
/// </summary>
public static class LeadReminder
{
    /// <summary>Whether the lead is told on a day.</summary>
    /// <param name="due">When it is due.</param>
    /// <param name="day">The day.</param>
    /// <param name="snoozed">Until when nothing is to be heard of it; null: it is not snoozed.</param>
    /// <param name="owner">How it stands with its owner.</param>
    /// <param name="rules">The rules.</param>
    public static bool IsOn(DateOnly due, DateOnly day, DateOnly? snoozed, OwnerState owner, ReminderRules rules)
    {
        if (owner != OwnerState.There) return RowReminder.IsOn(due, day, snoozed, rules);
        if (!rules.Calendar.IsWorking(day) || day <= due || snoozed >= day) return false;
        var late = rules.Calendar.Between(due, day);
        return late == rules.Lead || (late > rules.Lead && rules.Calendar.BeginsWeek(day));
    }
}
