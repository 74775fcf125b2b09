namespace EightD.Incidents.Reminders;

/// <summary>Which days are worked.</summary>
/// <param name="Days">The days of the week.</param>
/// <param name="Holidays">Days on which nobody works all the same.</param>
public sealed record WorkCalendar(IReadOnlySet<DayOfWeek> Days, IReadOnlySet<DateOnly> Holidays)
{
    /// <summary>How far a working day is looked for; a calendar that has none so long has none.</summary>
    private const int Far = 370;

    /// <summary>Monday to Friday, without holidays.</summary>
    public static WorkCalendar Usual { get; } = new(new HashSet<DayOfWeek> { DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday }, new HashSet<DateOnly>());

    /// <summary>Whether a day is worked.</summary>
    public bool IsWorking(DateOnly day) => Days.Contains(day.DayOfWeek) && !Holidays.Contains(day);

    /// <summary>The first working day from a day on, itself included; the day itself where there is none for a year.</summary>
    public DateOnly OnOrAfter(DateOnly day)
    {
        for (var ahead = 0; ahead < Far && day.DayNumber + ahead <= DateOnly.MaxValue.DayNumber; ahead++)
        {
            if (IsWorking(day.AddDays(ahead))) return day.AddDays(ahead);
        }

        return day;
    }

    /// <summary>The first working day from one on, itself included, for which something holds; null: there is none for two years.</summary>
    public DateOnly? First(DateOnly from, Func<DateOnly, bool> holds)
    {
        const int Years = 800;
        for (var ahead = 0; ahead < Years && from < DateOnly.MaxValue.AddDays(-Years); ahead++)
        {
            if (IsWorking(from.AddDays(ahead)) && holds(from.AddDays(ahead))) return from.AddDays(ahead);
        }

        return null;
    }

    /// <summary>So many working days before a day.</summary>
    public DateOnly Before(DateOnly day, int count)
    {
        var found = day;
        for (var back = 1; count > 0 && back < Far && back <= day.DayNumber; back++)
        {
            if (!IsWorking(day.AddDays(-back))) continue;
            found = day.AddDays(-back);
            count--;
        }

        return found;
    }

    /// <summary>How many working days there are after a day, up to a later one, that included.</summary>
    public int Between(DateOnly day, DateOnly later)
    {
        var weeks = Math.Max(0, later.DayNumber - day.DayNumber) / 7;
        var count = weeks * Days.Count;
        for (var each = day.AddDays((weeks * 7) + 1); each <= later; each = each.AddDays(1)) count += Days.Contains(each.DayOfWeek) ? 1 : 0;
        return count - Holidays.Count(holiday => holiday > day && holiday <= later && Days.Contains(holiday.DayOfWeek));
    }

    /// <summary>Whether no day of its week before it is worked; weeks begin on Monday (ISO 8601).</summary>
    public bool BeginsWeek(DateOnly day)
    {
        for (var earlier = day; earlier.DayOfWeek != DayOfWeek.Monday;)
        {
            earlier = earlier.AddDays(-1);
            if (IsWorking(earlier)) return false;
        }

        return true;
    }
}
