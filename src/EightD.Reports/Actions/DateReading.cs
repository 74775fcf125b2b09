using System.Globalization;

namespace EightD.Reports.Actions;

/// <summary>A date as a person wrote it: read for certain, or a question to ask. Never a guess.</summary>
public abstract record DateReading
{
    // English and German name most months alike, so one list of beginnings serves both.
    private static readonly string[][] MonthNames =
    [
        ["january", "januar"], ["february", "februar"], ["march", "märz"], ["april"], ["may", "mai"], ["june", "juni"],
        ["july", "juli"], ["august"], ["september"], ["october", "oktober"], ["november"], ["december", "dezember"],
    ];

    private static readonly string[] WeekdayNames =
        ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

    private DateReading() { }

    /// <summary>The date.</summary>
    /// <param name="Date">In the calendar of the conversation's time zone.</param>
    public sealed record Certain(DateOnly Date) : DateReading;

    /// <summary>Day or month first? (<c>03/04/2025</c>)</summary>
    /// <param name="Text">As typed.</param>
    public sealed record DayOrMonthFirst(string Text) : DateReading;

    /// <summary>There is no such day (<c>February 30</c>, <c>Friday, Dec 21, 2024</c>, which was a Saturday).</summary>
    /// <param name="Text">As typed.</param>
    public sealed record NoSuchDay(string Text) : DateReading;

    /// <summary>Not a date that is known here (<c>soon</c>).</summary>
    /// <param name="Text">As typed.</param>
    public sealed record Unreadable(string Text) : DateReading;

    /// <summary>
    /// Reads <c>2024-12-30</c>, <c>Dec 30</c>, <c>30 December 2024</c>, <c>30.12.2024</c>, <c>30.12.</c>, <c>today</c>, <c>tomorrow</c>,
    /// <c>friday</c>, <c>next friday</c>, <c>in 2 weeks</c>, <c>in 3 days</c>, <c>EOW</c>, <c>EOM</c>, upper or lower case. Never throws.
    /// </summary>
    /// <remarks>
    /// Weeks begin on Monday. <c>friday</c> is the first one after today, <c>this friday</c> the one of this week, <c>next friday</c> the one of
    /// next week, whatever day it is; <c>EOW</c> is this week's Friday, at a weekend the coming one. Dots mean day first; slashes and hyphens do
    /// not say it, so with them only what has one reading is certain (<c>13/04/2025</c>, <c>04/04/2025</c>). <c>30.12</c> without its second
    /// dot may be a number and is asked for. A year of two digits is in this century.
    /// </remarks>
    /// <param name="text">As typed.</param>
    /// <param name="today">The day on which it was typed; a date without a year is the first on or after it.</param>
    public static DateReading Read(string text, DateOnly today) => Read(Words(text), text, today);

    private static DateReading Read(ReadOnlySpan<string> words, string text, DateOnly today) => words switch
    {
        ["today"] => new Certain(today),
        ["tomorrow"] => After(today, 1, text),
        ["day", "after", "tomorrow"] => After(today, 2, text),
        ["yesterday"] => After(today, -1, text),
        ["eow"] or ["end", "week"] => EndOfWeek(today, text),
        ["eom"] or ["end", "month"] => new Certain(LastOfMonth(today)),
        ["in", var count, var unit] => In(count, unit, text, today),
        ["next", var day] when Weekday(day) is { } weekday => After(today, 7 + FromMonday(weekday) - FromMonday(today.DayOfWeek), text),
        ["this", var day] when Weekday(day) is { } weekday && FromMonday(weekday) >= FromMonday(today.DayOfWeek) =>
            After(today, FromMonday(weekday) - FromMonday(today.DayOfWeek), text),
        [var day] when Weekday(day) is { } weekday => After(today, (weekday - today.DayOfWeek + 6) % 7 + 1, text),
        _ => Standing(words, text, today),
    };

    /// <summary>Reads a date as it stands in a document, where <c>tomorrow</c> says nothing.</summary>
    /// <param name="text">As it stands.</param>
    /// <param name="from">A date without a year is the first on or after it; null: such a date is not certain.</param>
    internal static DateOnly? Standing(string text, DateOnly? from) => (Standing(Words(text), text, from) as Certain)?.Date;

    /// <summary>The dates that a running text names, in its order. Without a year only those with the month's name: the first on or after a day.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="from">That day.</param>
    internal static IEnumerable<DateOnly> Among(string text, DateOnly from)
    {
        const int most = 4; // Friday, January 20, 2025
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        for (var first = 0; first < words.Length; first++)
        {
            for (var count = Math.Min(most, words.Length - first); count > 0; count--)
            {
                var named = string.Join(' ', words, first, count).Trim('(', ')', '*', '_', ',', ';', ':', '.', '"', '`', '!', '?');
                if (Standing(named, named.Any(char.IsLetter) ? from : null) is not { } date) continue;
                yield return date;
                first += count - 1;
                break;
            }
        }
    }

    private static DateReading Standing(ReadOnlySpan<string> words, string text, DateOnly? today) => words switch
    {
        [var day, .. var rest] when !rest.IsEmpty && Weekday(day) is { } weekday => OnWeekday(Standing(rest, text, today), weekday, text),
        [var month, var day, .. { Length: <= 1 } year] when Month(month) is { } m && Day(day) is { } d => Named(d, m, year, text, today),
        [var day, var month, .. { Length: <= 1 } year] when Month(month) is { } m && Day(day) is { } d => Named(d, m, year, text, today),
        [var numbers] => InNumbers(numbers, text, today),
        _ => new Unreadable(text),
    };

    /// <summary>The words in lower case; <c>21-Dec-2024</c> and <c>21.Dec</c> are several, <c>2024-12-21</c> and <c>21.12.</c> are one.</summary>
    private static string[] Words(string text) =>
    [
        .. text.ToLowerInvariant()
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(word => word.Split(word.Any(char.IsLetter) ? ['-', '/', '.', ','] : [','], StringSplitOptions.RemoveEmptyEntries))
            .Where(word => word is not ("of" or "the" or "on")),
    ];

    private static DateReading After(DateOnly today, int days, string text) =>
        today.DayNumber + days is >= 0 and var number && number <= DateOnly.MaxValue.DayNumber
            ? new Certain(DateOnly.FromDayNumber(number))
            : new NoSuchDay(text);

    private static DateReading EndOfWeek(DateOnly today, string text) =>
        After(today, (DayOfWeek.Friday - today.DayOfWeek + 7) % 7, text);

    private static DateOnly LastOfMonth(DateOnly today) =>
        new(today.Year, today.Month, DateTime.DaysInMonth(today.Year, today.Month));

    private static DateReading In(string count, string unit, string text, DateOnly today) =>
        (count is "a" or "an" or "one" ? 1 : Number(count, digits: 3), unit) switch
        {
            (null, _) => new Unreadable(text),
            ({ } days, "day" or "days") => After(today, days, text),
            ({ } weeks, "week" or "weeks") => After(today, 7 * weeks, text),
            ({ } months, "month" or "months") => today.Year + (months / 12) < DateOnly.MaxValue.Year
                ? new Certain(today.AddMonths(months))
                : new NoSuchDay(text),
            _ => new Unreadable(text),
        };

    private static DateReading OnWeekday(DateReading reading, DayOfWeek weekday, string text) =>
        reading is Certain certain && certain.Date.DayOfWeek != weekday ? new NoSuchDay(text) : reading;

    private static DateReading Named(int day, int month, ReadOnlySpan<string> year, string text, DateOnly? today) => year switch
    {
        [] => OneOf([OnOrAfter(today, month, day)], text),
        [var digits] when Year(digits) is { } y => OneOf([On(y, month, day)], text),
        _ => new Unreadable(text),
    };

    private static DateReading InNumbers(string numbers, string text, DateOnly? today)
    {
        if (numbers.FirstOrDefault(character => character is '.' or '/' or '-') is not (not '\0' and var separator))
        {
            return new Unreadable(text);
        }

        return (separator, numbers.Split(separator)) switch
        {
            (_, [{ Length: 4 } year, var month, var day]) when Year(year) is { } y && Day(month) is { } m && Day(day) is { } d => OneOf([On(y, m, d)], text),
            ('.', [var day, var month, ""]) when Day(day) is { } d && Day(month) is { } m => OneOf([OnOrAfter(today, m, d)], text),
            ('.', [var day, var month, var year]) when Day(day) is { } d && Day(month) is { } m && Year(year) is { } y => OneOf([On(y, m, d)], text),
            ('/' or '-', [var one, var two]) when Day(one) is { } a && Day(two) is { } b => OneOf([OnOrAfter(today, a, b), OnOrAfter(today, b, a)], text),
            ('/' or '-', [var one, var two, var year]) when Day(one) is { } a && Day(two) is { } b && Year(year) is { } y => OneOf([On(y, a, b), On(y, b, a)], text),
            _ => new Unreadable(text),
        };
    }

    /// <summary>What follows from the readings that there are: one date is certain, two are a question, none is no day.</summary>
    private static DateReading OneOf(IEnumerable<DateOnly?> readings, string text) => readings.OfType<DateOnly>().Distinct().ToArray() switch
    {
        [var date] => new Certain(date),
        [] => new NoSuchDay(text),
        _ => new DayOrMonthFirst(text),
    };

    private static DateOnly? On(int year, int month, int day) =>
        year >= 1 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;

    /// <summary>The first such day from today on; February 29 can be eight years away.</summary>
    private static DateOnly? OnOrAfter(DateOnly? today, int month, int day) => today is not { Year: var first } ? null :
        Enumerable.Range(first, 9)
            .Where(year => year <= DateOnly.MaxValue.Year)
            .Select(year => On(year, month, day))
            .FirstOrDefault(date => date >= today);

    private static int FromMonday(DayOfWeek weekday) => ((int)weekday + 6) % 7;

    private static DayOfWeek? Weekday(string word) =>
        Array.FindIndex(WeekdayNames, name => Begins(name, word)) is >= 0 and var index ? (DayOfWeek)index : null;

    private static int? Month(string word) =>
        Array.FindIndex(MonthNames, names => names.Any(name => Begins(name, word))) is >= 0 and var index ? index + 1 : null;

    private static bool Begins(string name, string word) => word.Length >= 3 && name.StartsWith(word, StringComparison.Ordinal);

    /// <summary>Also the <c>21st</c> and the <c>21.</c></summary>
    private static int? Day(string word) => Number(word switch
    {
        [_, .., 's', 't'] or [_, .., 'n', 'd'] or [_, .., 'r', 'd'] or [_, .., 't', 'h'] => word[..^2],
        [_, .., '.'] => word[..^1],
        _ => word,
    }, digits: 2);

    private static int? Year(string word) => word.Length switch
    {
        4 => Number(word, digits: 4),
        2 => 2000 + Number(word, digits: 2),
        _ => null,
    };

    private static int? Number(string word, int digits) =>
        word.Length <= digits && int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
