using System.Runtime.Serialization;
using Ical.Net;
using Ical.Net.DataTypes;

namespace EightD.Bot.Settings;

/// <summary>Reads the holidays of an iCalendar (RFC 5545).</summary>
internal static class HolidayCalendar
{
    /// <summary>For how many years back and ahead they are read.</summary>
    private const int Years = 5;

    /// <summary>How many days one of them takes at most.</summary>
    private const int MostDays = 60;

    /// <summary>The days of its events.</summary>
    /// <exception cref="FormatException">It is no iCalendar.</exception>
    public static IReadOnlySet<DateOnly> Read(string text, DateTimeOffset now)
    {
        try
        {
            var calendar = Calendar.Load(text) ?? throw new FormatException("it is empty");
            var from = new CalDateTime(now.Year - Years, 1, 1);
            var end = new CalDateTime(now.Year + Years, 12, 31);
            return calendar.GetOccurrences(from).TakeWhile(holiday => holiday.Period.StartTime.LessThanOrEqual(end)).SelectMany(DaysOf).ToHashSet();
        }
        catch (Exception cause) when (cause is ArgumentException or InvalidOperationException or SerializationException)
        {
            throw new FormatException(cause.Message, cause);
        }
    }

    private static IEnumerable<DateOnly> DaysOf(Occurrence holiday)
    {
        var first = holiday.Period.StartTime.Date;
        var days = Math.Max(1, (holiday.Period.EffectiveEndTime?.Date.DayNumber ?? first.DayNumber + 1) - first.DayNumber);
        for (var day = 0; day < Math.Min(days, MostDays); day++) yield return first.AddDays(day);
    }
}
