using EightD.Reports.Actions;

namespace EightD.Reports.Tests;

/// <summary>Dates as people write them, typed on Friday, December 20, 2024.</summary>
public sealed class DateReadingTests
{
    private static readonly DateOnly Today = new(2024, 12, 20);

    [Theory]
    [InlineData("2024-12-30", "2024-12-30")]
    [InlineData("2024/12/30", "2024-12-30")]
    [InlineData("Dec 30", "2024-12-30")]
    [InlineData("dec 20", "2024-12-20")]
    [InlineData("Dec 19", "2025-12-19")]
    [InlineData("Dec 30, 2024", "2024-12-30")]
    [InlineData("December 30th, 2024", "2024-12-30")]
    [InlineData("30 December 2024", "2024-12-30")]
    [InlineData("30. Dezember 2024", "2024-12-30")]
    [InlineData("21-Dec-2024", "2024-12-21")]
    [InlineData("the 3rd of March", "2025-03-03")]
    [InlineData("30.12.2024", "2024-12-30")]
    [InlineData("30.12.24", "2024-12-30")]
    [InlineData("30.12.", "2024-12-30")]
    [InlineData("1.2.", "2025-02-01")]
    [InlineData("13/04/2025", "2025-04-13")]
    [InlineData("04/13/2025", "2025-04-13")]
    [InlineData("04/04/2025", "2025-04-04")]
    [InlineData("today", "2024-12-20")]
    [InlineData("Tomorrow", "2024-12-21")]
    [InlineData("day after tomorrow", "2024-12-22")]
    [InlineData("friday", "2024-12-27")]
    [InlineData("mon", "2024-12-23")]
    [InlineData("next friday", "2024-12-27")]
    [InlineData("next monday", "2024-12-23")]
    [InlineData("this friday", "2024-12-20")]
    [InlineData("in 2 weeks", "2025-01-03")]
    [InlineData("in 3 days", "2024-12-23")]
    [InlineData("in a month", "2025-01-20")]
    [InlineData("EOW", "2024-12-20")]
    [InlineData("EOM", "2024-12-31")]
    [InlineData("Saturday, Dec 21, 2024", "2024-12-21")]
    [InlineData("Feb 29", "2028-02-29")]
    public void A_date_is_read(string text, string date) =>
        Assert.Equal(new DateReading.Certain(DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture)), DateReading.Read(text, Today));

    [Theory]
    [InlineData("03/04/2025")]
    [InlineData("3-4-2025")]
    [InlineData("1/2")]
    public void Day_or_month_first_is_asked(string text) => Assert.Equal(new DateReading.DayOrMonthFirst(text), DateReading.Read(text, Today));

    [Theory]
    [InlineData("February 30")]
    [InlineData("2024-13-01")]
    [InlineData("Friday, Dec 21, 2024")]
    [InlineData("31.11.2024")]
    [InlineData("99/99/2024")]
    public void A_day_that_does_not_exist_is_named(string text) => Assert.Equal(new DateReading.NoSuchDay(text), DateReading.Read(text, Today));

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("30.12")]
    [InlineData("12")]
    [InlineData("in two shakes")]
    [InlineData("May")]
    [InlineData("2024-12-30-1")]
    public void What_is_no_date_is_asked(string text) => Assert.Equal(new DateReading.Unreadable(text), DateReading.Read(text, Today));

    [Theory]
    [InlineData("2024-12-21", "2024-12-21")]
    [InlineData("Dec 21", "2024-12-21")]
    [InlineData("21.12.2024", "2024-12-21")]
    [InlineData("tomorrow", null)]
    [InlineData("EOW", null)]
    [InlineData("friday", null)]
    [InlineData("in 2 weeks", null)]
    [InlineData("TBD", null)]
    public void A_date_in_a_table_does_not_depend_on_the_day_it_is_read(string cell, string? date)
    {
        var report = Report.Read($"# 1: T\n\n**Date:** 2024-12-20\n\n## D6: Plan\n\n| Action | Due |\n|---|---|\n| a | {cell} |\n", Templates.Template.BuiltIn[0]);
        Assert.Equal(date, ActionTable.Of(report).Rows[0].Due?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("2024-12-20", "2024-12-20")]
    [InlineData("20 December 2024  ", "2024-12-20")]
    [InlineData("Dec 20", null)]
    [InlineData("03/04/2025", null)]
    [InlineData("today", null)]
    public void The_date_line_is_read_where_it_is_certain(string text, string? date)
    {
        var report = Report.Read($"# 1: T\n\n**Date:** {text}\n", Templates.Template.BuiltIn[0]);
        Assert.Equal(date, report.Date?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(date is null, report.Faults.Any(fault => fault.Kind == Reading.ReadingFaultKind.UnreadableDate));
    }
}
