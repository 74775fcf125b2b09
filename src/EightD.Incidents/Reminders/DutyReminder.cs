namespace EightD.Incidents.Reminders;

/// <summary>
/// Who is told of a duty on a day (design, "After the incident"): its owner; the lead, once nothing came of it, or in the place of an owner who cannot be told; the champion,
/// where nothing comes of that either. Each answer depends on the day alone.
/// </summary>
public static class DutyReminder
{
    /// <summary>After how many further working days the champion is told, weekly.</summary>
    private const int ChampionAfter = 5;

    /// <summary>Whether somebody is told on a day.</summary>
    /// <param name="duty">The duty.</param>
    /// <param name="told">As whom.</param>
    /// <param name="owner">How it stands with its owner.</param>
    /// <param name="day">The day.</param>
    /// <param name="rules">The rules.</param>
    public static bool IsOn(Duty duty, Told told, OwnerState owner, DateOnly day, ReminderRules rules) => told switch
    {
        Told.Owner => IsOnForOwner(duty, day, rules),
        Told.Lead => duty.HasOwner && LeadReminder.IsOn(duty.Due, day, duty.Snoozed, owner, rules),
        _ => IsOnForChampion(duty, owner, day, rules),
    };

    /// <summary>The first day from one on, itself included, on which somebody may be told, whatever becomes of the owner until then; null: there is none for two years.</summary>
    /// <param name="duty">The duty.</param>
    /// <param name="told">As whom.</param>
    /// <param name="from">The first day that counts.</param>
    /// <param name="rules">The rules.</param>
    public static DateOnly? Next(Duty duty, Told told, DateOnly from, ReminderRules rules)
    {
        if (duty.Kind == DutyKind.Open) return told == Told.Owner && duty.Due >= from ? duty.Due : null;
        var first = duty.Snoozed ?? (duty.HasOwner && told != Told.Champion ? rules.Calendar.Before(duty.Due, rules.Before) : duty.Due); // nothing is to be heard before
        return rules.Calendar.First(first > from ? first : from, day => IsOn(duty, told, OwnerState.There, day, rules) || IsOn(duty, told, OwnerState.Unknown, day, rules));
    }

    private static bool IsOnForOwner(Duty duty, DateOnly day, ReminderRules rules) => duty.Kind switch
    {
        DutyKind.Action or DutyKind.Discipline => RowReminder.IsOn(duty.Due, day, duty.Snoozed, rules),
        DutyKind.Effect or DutyKind.Late => day >= duty.Due && RowReminder.IsOn(duty.Due, day, duty.Snoozed, rules),
        DutyKind.Open => day == duty.Due,
        DutyKind.Stale => rules.Calendar.IsWorking(day) && day > duty.Due && IsNth(rules.Calendar.Between(duty.Due, day) - rules.Stale, (rules.Calendar.Days.Count + 1) / 2),
        _ => rules.Calendar.IsWorking(day) && day > duty.Due && !(duty.Snoozed > day) && (rules.Calendar.BeginsWeek(day) || (duty.Snoozed is { } until && day == rules.Calendar.OnOrAfter(until))),
    };

    /// <summary>The first, and each so-many-th after it: twice a week at most.</summary>
    private static bool IsNth(int days, int step) => days >= 0 && days % Math.Max(step, 1) == 0;

    private static bool IsOnForChampion(Duty duty, OwnerState owner, DateOnly day, ReminderRules rules)
    {
        if (duty.Kind is not (DutyKind.Action or DutyKind.Discipline or DutyKind.Effect or DutyKind.Late)) return false;
        if (!rules.Calendar.IsWorking(day) || day <= duty.Due || duty.Snoozed > day || !rules.Calendar.BeginsWeek(day)) return false;
        return rules.Calendar.Between(duty.Due, day) >= ChampionAfter + (duty.HasOwner && owner == OwnerState.There ? rules.Lead : 0);
    }
}

/// <summary>As whom somebody is told of a duty.</summary>
public enum Told
{
    /// <summary>It is theirs.</summary>
    Owner,

    /// <summary>They lead the 8D.</summary>
    Lead,

    /// <summary>They are its champion.</summary>
    Champion,
}

/// <summary>How it stands with the owner of a duty.</summary>
public enum OwnerState
{
    /// <summary>The owner is reminded.</summary>
    There,

    /// <summary>Nobody of that name is known.</summary>
    Unknown,

    /// <summary>The owner is away.</summary>
    Away,

    /// <summary>The last reminder did not reach the owner.</summary>
    Unreachable,
}
