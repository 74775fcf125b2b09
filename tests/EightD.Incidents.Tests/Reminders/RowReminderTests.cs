using System.Globalization;
using EightD.Incidents.Reminders;

namespace EightD.Incidents.Tests.Reminders;

/// <summary>On which days the owner of an action is reminded, by calendars of December 2024 that a person has filled in.</summary>
public sealed class RowReminderTests
{
    private static readonly ReminderRules Usual = new();

    private static readonly ReminderRules Christmas = new() { Calendar = WorkCalendar.Usual with { Holidays = new HashSet<DateOnly> { new(2024, 12, 25), new(2024, 12, 26), new(2025, 1, 1) } } };

    [Theory]
    [InlineData("2024-12-20", "12-19 12-20 12-23 12-24 12-25 12-26 12-27 12-30 01-06")] // Friday: the day before, the day, five working days, then Mondays
    [InlineData("2024-12-23", "12-20 12-23 12-24 12-25 12-26 12-27 12-30 01-06")] // Monday: the working day before is Friday; the fifth day after is a Monday
    [InlineData("2024-12-21", "12-20 12-23 12-24 12-25 12-26 12-27 12-30 01-06")] // Saturday: it is late on Monday
    public void It_begins_a_working_day_before_and_becomes_weekly_after_five(string due, string days) => Assert.Equal(days, Days(due, Usual));

    [Theory]
    [InlineData("2024-12-20", "12-19 12-20 12-23 12-24 12-27 12-30 12-31 01-06")]
    [InlineData("2024-12-25", "12-24 12-27 12-30 12-31 01-02 01-03 01-06")] // a holiday: it is late on the first day after it
    [InlineData("2025-01-02", "12-31 01-02 01-03 01-06 01-07 01-08 01-09")]
    public void Holidays_are_no_working_days(string due, string days) => Assert.Equal(days, Days(due, Christmas));

    [Theory]
    [InlineData("2024-12-20", "2024-12-24", "12-24 12-25 12-26 12-27 12-30 01-06")] // snoozed over the day: the first message says that it is late
    [InlineData("2024-12-20", "2024-12-28", "12-30 01-06")] // until a Saturday
    [InlineData("2024-12-20", "2025-01-01", "01-01 01-06")] // in the weekly time its day has a message, and then each week
    [InlineData("2024-12-31", "2024-12-18", "12-18 12-30 12-31 01-01 01-02 01-03 01-06 01-07")] // a snooze before it is due is a wish to hear of it then
    public void A_snooze_ends_on_the_first_working_day_from_its_day(string due, string until, string days) => Assert.Equal(days, Days(due, Usual, until));

    [Fact]
    public void Where_Monday_is_a_holiday_the_week_begins_on_Tuesday()
    {
        var rules = Usual with { Calendar = WorkCalendar.Usual with { Holidays = new HashSet<DateOnly> { new(2024, 12, 16) } } };

        Assert.Equal("11-28 11-29 12-02 12-03 12-04 12-05 12-06 12-09 12-17 12-23 12-30 01-06", Days("2024-11-29", rules));
    }

    [Fact]
    public void Other_days_may_be_worked_and_other_counts_be_set()
    {
        var rules = new ReminderRules { Calendar = new(new HashSet<DayOfWeek> { DayOfWeek.Sunday, DayOfWeek.Monday, DayOfWeek.Tuesday }, new HashSet<DateOnly>()), Before = 2, Daily = 1 };

        Assert.Equal("12-10 12-16 12-17 12-23 12-30 01-06", Days("2024-12-16", rules));
    }

    [Fact]
    public void Nothing_is_found_where_nobody_ever_works_and_it_is_not_looked_for_ever()
    {
        var rules = Usual with { Calendar = new(new HashSet<DayOfWeek>(), new HashSet<DateOnly>()) };

        Assert.Null(Next(new(2024, 12, 20), new(2024, 12, 1), null, rules));
    }

    [Theory]
    [InlineData("0001-01-01", null)]
    [InlineData("9999-12-31", null)]
    [InlineData("2024-12-20", "9999-12-31")]
    [InlineData("9999-12-31", "9999-12-30")]
    public void The_first_and_the_last_day_there_is_are_days_as_others_are(string due, string? until)
    {
        var rules = Usual with { Calendar = new(new HashSet<DayOfWeek> { DayOfWeek.Sunday }, new HashSet<DateOnly>()) }; // neither is worked
        DateOnly when = DateOnly.Parse(due, CultureInfo.InvariantCulture);
        DateOnly? snoozed = until is null ? null : DateOnly.Parse(until, CultureInfo.InvariantCulture);

        foreach (var day in new DateOnly[] { DateOnly.MinValue, new(2024, 12, 22), DateOnly.MaxValue })
        {
            Assert.True(Next(when, day, snoozed, rules) is not { } next || next >= day);
            Assert.False(RowReminder.IsOn(when, day, snoozed, rules) && when > day);
        }
    }

    [Theory]
    [InlineData("2024-03-31", "Europe/Berlin", "2024-03-31T07:00:00Z")] // the day on which summer begins
    [InlineData("2024-10-27", "Europe/Berlin", "2024-10-27T08:00:00Z")] // and the one on which it ends
    [InlineData("2024-12-20", "America/New_York", "2024-12-20T14:00:00Z")]
    [InlineData("2024-12-20", "Asia/Kolkata", "2024-12-20T03:30:00Z")]
    public void Nine_o_clock_is_nine_o_clock_there(string day, string zone, string moment) =>
        Assert.Equal(DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture), Usual.MomentOf(DateOnly.Parse(day, CultureInfo.InvariantCulture), zone));

    [Fact]
    public void An_hour_that_a_clock_leaves_out_is_the_next_there_is() =>
        Assert.Equal(new DateTimeOffset(2024, 3, 31, 1, 30, 0, TimeSpan.Zero), (Usual with { At = new(2, 30) }).MomentOf(new(2024, 3, 31), "Europe/Berlin"));

    /// <summary>The days from 2024-11-25 to 2025-01-10 on which somebody is reminded; found by <see cref="DutyReminder.Next"/> and by <see cref="RowReminder.IsOn"/>, which must agree.</summary>
    private static string Days(string due, ReminderRules rules, string? snoozed = null)
    {
        DateOnly when = DateOnly.Parse(due, CultureInfo.InvariantCulture), from = new(2024, 11, 25), to = new(2025, 1, 9);
        DateOnly? until = snoozed is null ? null : DateOnly.Parse(snoozed, CultureInfo.InvariantCulture);
        List<DateOnly> each = [.. Enumerable.Range(0, to.DayNumber - from.DayNumber + 1).Select(from.AddDays).Where(day => RowReminder.IsOn(when, day, until, rules))];
        List<DateOnly> found = [];
        for (var next = Next(when, from, until, rules); next is { } day && day <= to; next = Next(when, day.AddDays(1), until, rules)) found.Add(day);
        Assert.Equal(each, found);
        return string.Join(' ', found.Select(day => day.ToString("MM-dd", CultureInfo.InvariantCulture)));
    }

    private static DateOnly? Next(DateOnly due, DateOnly from, DateOnly? snoozed, ReminderRules rules) => DutyReminder.Next(new(DutyKind.Action, 3, "2", "Fix it", "Ben", due, "", snoozed), Told.Owner, from, rules);
}
