namespace EightD.Incidents.Reminders;

/// <summary>
/// When the lead of an 8D is told of an action that is somebody else's: once it is overdue for some working days and nothing came of it, and then weekly; in the
/// owner's place where nobody of that name is known, or the owner is away (design, "After the incident").
/// </summary>
public static class LeadReminder
{
    /// <summary>Whether the lead is told on a day.</summary>
    /// <param name="row">The action.</param>
    /// <param name="day">The day.</param>
    /// <param name="owner">How it stands with its owner.</param>
    /// <param name="rules">The rules.</param>
    public static bool IsOn(OwnRow row, DateOnly day, OwnerState owner, ReminderRules rules)
    {
        if (owner is OwnerState.Unknown or OwnerState.Away) return RowReminder.IsOn(row.Due, day, row.Snoozed, rules);
        if (!rules.Calendar.IsWorking(day) || day <= row.Due || row.Snoozed >= day) return false;
        var late = rules.Calendar.Between(row.Due, day);
        return late == rules.Lead || (late > rules.Lead && rules.Calendar.BeginsWeek(day));
    }

    /// <summary>The first day from one on, itself included, on which the lead is told of an action whose owner is there; null: there is none for two years.</summary>
    /// <param name="row">The action.</param>
    /// <param name="from">The first day that counts.</param>
    /// <param name="rules">The rules.</param>
    public static DateOnly? Next(OwnRow row, DateOnly from, ReminderRules rules)
    {
        var first = row.Snoozed > row.Due ? row.Snoozed.Value : row.Due; // nothing is to be heard before
        return rules.Calendar.First(first > from ? first : from, day => IsOn(row, day, OwnerState.There, rules));
    }
}

/// <summary>How it stands with the owner of an action.</summary>
public enum OwnerState
{
    /// <summary>The owner is reminded.</summary>
    There,

    /// <summary>Nobody of that name is known.</summary>
    Unknown,

    /// <summary>The owner is away.</summary>
    Away,
}
