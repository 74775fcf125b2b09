using System.Globalization;
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

    /// <summary>After how many working days the 8D's conversation is told of what is overdue.</summary>
    public int Channel { get; init; } = 5;

    /// <summary>After how many working days without an answer the lead of an 8D whose incident is resolved is told so.</summary>
    public int Stale { get; init; } = 3;

    /// <summary>When disciplines are to be complete, counted from the start.</summary>
    public IReadOnlyList<Deadline> Deadlines { get; init; } = [];

    /// <summary>The rules as a workspace has them.</summary>
    public ReminderRules For(WorkspaceSettings workspace) => workspace.Reminders is not { } chosen ? this : this with
    {
        At = chosen.At ?? At,
        Calendar = chosen.Days is { } days && WorkCalendar.ReadDays(days, out _) is { } read ? Calendar with { Days = read } : Calendar,
        Before = chosen.Before ?? Before,
        Daily = chosen.Daily ?? Daily,
        Lead = chosen.Lead ?? Lead,
        Channel = chosen.Channel ?? Channel,
        Stale = chosen.Stale ?? Stale,
    };

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

    /// <summary>Whether a time zone is known here.</summary>
    public static bool Knows(string zone) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is not null && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _);

    /// <summary>Whether people may be written to at that hour of that day.</summary>
    public bool MayWrite(DateOnly day, TimeOnly time) => Calendar.IsWorking(day) && time >= At && time < Evening;

    private static DateTimeZone ZoneOf(string zone) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) ?? DateTimeZone.Utc;
}

/// <summary>When a discipline is to be complete.</summary>
/// <param name="Section">Which: <c>D3</c>.</param>
/// <param name="After">How long after the start.</param>
public sealed record Deadline(string Section, TimeSpan After);

/// <summary>What a workspace has otherwise than the operator; null: as the operator has it.</summary>
public sealed record ReminderChoices
{
    /// <summary>The most working days that anything is counted in.</summary>
    public const int Most = 60;

    /// <summary>An hour before the evening, <c>8:30</c>; null where it is none.</summary>
    public static TimeOnly? ReadHour(string text) =>
        TimeOnly.TryParseExact(text, ["H:mm", "HH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var hour) && hour < ReminderRules.Evening ? hour : null;

    /// <summary>A number of working days; null where it is none, or too many.</summary>
    public static int? ReadCount(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= Most ? count : null;

    /// <summary>When reminders are sent.</summary>
    public TimeOnly? At { get; init; }

    /// <summary>Which days are worked: <c>Mon-Fri</c>.</summary>
    public string? Days { get; init; }

    /// <inheritdoc cref="ReminderRules.Before"/>
    public int? Before { get; init; }

    /// <inheritdoc cref="ReminderRules.Daily"/>
    public int? Daily { get; init; }

    /// <inheritdoc cref="ReminderRules.Lead"/>
    public int? Lead { get; init; }

    /// <inheritdoc cref="ReminderRules.Channel"/>
    public int? Channel { get; init; }

    /// <inheritdoc cref="ReminderRules.Stale"/>
    public int? Stale { get; init; }
}
