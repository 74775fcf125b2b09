using NodaTime;

namespace EightD.Incidents.Reminders;

/// <summary>When people are reminded (contract, <c>Reminders:…</c>).</summary>
public sealed record ReminderRules
{
    /// <summary>The hour at which working hours end.</summary>
    public static readonly TimeOnly Evening = new(18, 0);

    /// <summary>Which days are worked.</summary>
    public WorkCalendar Calendar { get; init; } = WorkCalendar.Usual;

    /// <summary>When working hours begin, and reminders are sent.</summary>
    public TimeOnly At { get; init; } = new(9, 0);

    /// <summary>How many working days before an action is due its owner is reminded first; 0: on the day.</summary>
    public int Before { get; init; } = 1;

    /// <summary>On how many working days after it was due its owner is reminded daily; on the first of each week from then on.</summary>
    public int Daily { get; init; } = 5;

    /// <summary>After how many working days the lead is told of what is overdue.</summary>
    public int Lead { get; init; } = 3;

    /// <summary>The moment at which reminders of a day are sent. A clock that is set forward or back moves it no more than it has to.</summary>
    /// <param name="day">The day.</param>
    /// <param name="zone">The person's time zone, an IANA name.</param>
    public DateTimeOffset MomentOf(DateOnly day, string zone) => LocalDate.FromDateOnly(day).At(LocalTime.FromTimeOnly(At)).InZoneLeniently(ZoneOf(zone)).ToDateTimeOffset();

    /// <summary>The person's day and hour at a moment.</summary>
    public static (DateOnly Day, TimeOnly Time) LocalOf(DateTimeOffset moment, string zone)
    {
        var local = Instant.FromDateTimeOffset(moment).InZone(ZoneOf(zone)).LocalDateTime;
        return (local.Date.ToDateOnly(), local.TimeOfDay.ToTimeOnly());
    }

    /// <summary>The first day whose reminders are not sent yet.</summary>
    /// <param name="now">The moment.</param>
    /// <param name="zone">The person's time zone.</param>
    public DateOnly FirstFrom(DateTimeOffset now, string zone)
    {
        var (today, time) = LocalOf(now, zone);
        return time < At ? today : today.AddDays(1);
    }

    /// <summary>Whether people may be written to at that hour of that day.</summary>
    public bool MayWrite(DateOnly day, TimeOnly time) => Calendar.IsWorking(day) && time >= At && time < Evening;

    private static DateTimeZone ZoneOf(string zone) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) ?? DateTimeZone.Utc;
}
