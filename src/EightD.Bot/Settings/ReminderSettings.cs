using System.Globalization;
using EightD.Incidents.Reminders;

namespace EightD.Bot.Settings;

/// <summary>Reads the settings of reminders (contract, <c>Reminders:…</c>).</summary>
internal static class ReminderSettings
{
    /// <summary>The setting of holidays.</summary>
    public const string HolidaysKey = "Reminders:Holidays";

    public static ReminderRules Read(SettingReader read, TimeProvider clock) => new()
    {
        At = Hour(read),
        Calendar = new(Days(read), Holidays(read, clock)),
        Before = Count(read, "Reminders:Before", 1),
        Daily = Count(read, "Reminders:Daily", 5),
        Lead = Count(read, "Reminders:Lead", 3),
        Channel = Count(read, "Reminders:Channel", 5),
        Stale = Count(read, "Reminders:Stale", 3),
        Deadlines = Deadlines(read),
    };

    /// <summary>The time zone of workspaces that decided none.</summary>
    public static string Zone(SettingReader read)
    {
        const string Key = "Reminders:TimeZone";
        if (read.Text(Key) is not { } zone) return "UTC";
        if (TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)) return zone;
        read.Complain(Key, $"`{zone}` is no time zone that is known here; write it like Europe/Berlin.");
        return "UTC";
    }

    private static TimeOnly Hour(SettingReader read)
    {
        const string Key = "Reminders:At";
        TimeOnly usual = new(9, 0);
        if (read.Text(Key) is not { } text) return usual;
        if (ReminderChoices.ReadHour(text) is { } at) return at;
        read.Complain(Key, $"`{text}` is no hour before 18:00; write it like 09:00.");
        return usual;
    }

    private static IReadOnlySet<DayOfWeek> Days(SettingReader read)
    {
        const string Key = "Reminders:Days";
        if (read.Text(Key) is not { } text) return WorkCalendar.Usual.Days;
        if (WorkCalendar.ReadDays(text, out var wrong) is { } days) return days;
        read.Complain(Key, $"`{wrong}` is no day of the week, nor some in a row; write it like Mon-Fri, or Mon,Wed,Thu.");
        return WorkCalendar.Usual.Days;
    }

    /// <summary><c>D3=24h,D5=14d</c>.</summary>
    private static List<Deadline> Deadlines(SettingReader read)
    {
        const string Key = "Reminders:Deadlines";
        List<Deadline> deadlines = [];
        foreach (var part in (read.Text(Key) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Split('=', StringSplitOptions.TrimEntries) is [['D' or 'd', >= '0' and <= '8'] section, [.. var count, 'h' or 'd' or 'H' or 'D']] && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 10_000)
            {
                deadlines.Add(new(section.ToUpperInvariant(), part[^1] is 'h' or 'H' ? TimeSpan.FromHours(number) : TimeSpan.FromDays(number)));
                continue;
            }

            read.Complain(Key, $"`{part}` is no deadline; write them like D3=24h,D5=14d,D8=60d.");
        }

        return deadlines;
    }

    private static int Count(SettingReader read, string key, int usual)
    {
        if (read.Text(key) is not { } text) return usual;
        if (ReminderChoices.ReadCount(text) is { } count) return count;
        read.Complain(key, $"`{text}` is no number of working days up to 60; write it like {usual.ToString(CultureInfo.InvariantCulture)}.");
        return usual;
    }

    /// <summary>Where the holidays are to be fetched; null where they stand in a file, or there are none. It may be a secret.</summary>
    public static Uri? HolidaysAddress(SettingReader read) =>
        Uri.TryCreate(read.Text(HolidaysKey), UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp) ? address : null;

    private static IReadOnlySet<DateOnly> Holidays(SettingReader read, TimeProvider clock)
    {
        if (HolidaysAddress(read) is not null || read.File(HolidaysKey, "an iCalendar file (.ics), or the https address of one") is not { } file) return WorkCalendar.Usual.Holidays;
        try
        {
            return HolidayCalendar.Read(File.ReadAllText(file), clock.GetUtcNow());
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or FormatException)
        {
            read.Complain(HolidaysKey, $"{file} cannot be read as an iCalendar file ({cause.Message.TrimEnd('.')}); export it once more, or leave it away.");
            return WorkCalendar.Usual.Holidays;
        }
    }
}
