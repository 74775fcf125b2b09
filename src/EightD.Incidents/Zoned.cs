using System.Globalization;
using System.Text.RegularExpressions;

namespace EightD.Incidents;

/// <summary>Times as people write and read them, in a workspace's zone.</summary>
internal static partial class Zoned
{
    /// <summary>The day of a moment in a zone.</summary>
    internal static DateOnly DayOf(DateTimeOffset moment, string zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, Zone(zone)).DateTime);

    /// <summary><c>2024-12-20 14:15 UTC</c>.</summary>
    internal static string Write(DateTimeOffset moment, string zone)
    {
        var local = TimeZoneInfo.ConvertTime(moment, Zone(zone));
        var offset = local.Offset == TimeSpan.Zero ? "UTC" : local.ToString("'UTC'zzz", CultureInfo.InvariantCulture);
        return local.ToString("yyyy-MM-dd HH:mm ", CultureInfo.InvariantCulture) + offset;
    }

    /// <summary><c>Friday, 2024-12-20</c>.</summary>
    internal static string Write(DateOnly day) => day.ToString("dddd, yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary><c>45 min</c>, <c>3 h 05 min</c>, <c>4 days</c>.</summary>
    internal static string Write(TimeSpan span) => span switch
    {
        { TotalMinutes: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, (int)span.TotalMinutes)} min"),
        { TotalHours: < 48 } => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalHours} h {span.Minutes:D2} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalDays} days"),
    };

    /// <summary>Whether there is such a zone.</summary>
    internal static bool Knows(string zone) => TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _);

    /// <summary>
    /// Reads <c>14:15</c>, <c>2:15 PM</c>, <c>2024-12-20 14:15</c>, <c>yesterday 14:15</c>, each also with <c>UTC</c>, <c>Z</c> or <c>+01:00</c>, <c>20 min ago</c>,
    /// <c>now</c>. Null when it cannot be read for certain, or lies in the future.
    /// </summary>
    internal static DateTimeOffset? Read(string text, DateTimeOffset now, string zone)
    {
        text = text.Trim();
        if (text.Equals("now", StringComparison.OrdinalIgnoreCase)) return now;
        if (Ago().Match(text) is { Success: true } ago) return now - Span(ago);
        if (Clock().Match(text) is not { Success: true } clock) return null;
        if (ReadClock(clock) is not { } time) return null;

        var here = Zone(zone);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, here).DateTime);
        var day = clock.Groups["day"].Value switch
        {
            "" => today,
            var word when word.Equals("today", StringComparison.OrdinalIgnoreCase) => today,
            var word when word.Equals("yesterday", StringComparison.OrdinalIgnoreCase) => today.AddDays(-1),
            var iso when DateOnly.TryParseExact(iso, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) => date,
            _ => (DateOnly?)null,
        };
        if (day is null) return null;

        var local = day.Value.ToDateTime(time);
        var read = new DateTimeOffset(local, OffsetOf(clock.Groups["offset"].Value) ?? here.GetUtcOffset(local)).ToUniversalTime();
        return read > now.AddMinutes(1) ? null : read;
    }

    private static TimeOnly? ReadClock(Match clock)
    {
        var hour = Number(clock.Groups["hour"]);
        var minute = Number(clock.Groups["minute"]);
        var half = clock.Groups["half"].Value;
        if (minute > 59 || hour > 23 || (half.Length > 0 && hour is 0 or > 12)) return null;
        if (half.Length == 0) return new(hour, minute);
        return new((hour % 12) + (half.StartsWith("p", StringComparison.OrdinalIgnoreCase) ? 12 : 0), minute);
    }

    private static TimeSpan? OffsetOf(string offset) => offset switch
    {
        "" => null,
        [var sign and ('+' or '-'), .. var rest] =>
            TimeSpan.ParseExact(rest, @"hh\:mm", CultureInfo.InvariantCulture) * (sign == '-' ? -1 : 1),
        _ => TimeSpan.Zero,
    };

    private static TimeSpan Span(Match ago) =>
        char.ToLowerInvariant(ago.Groups["unit"].Value[0]) switch
        {
            'm' => TimeSpan.FromMinutes(Number(ago.Groups["count"])),
            'h' => TimeSpan.FromHours(Number(ago.Groups["count"])),
            _ => TimeSpan.FromDays(Number(ago.Groups["count"])),
        };

    private static int Number(Group digits) => int.Parse(digits.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    private static TimeZoneInfo Zone(string zone) => TimeZoneInfo.FindSystemTimeZoneById(zone);

    [GeneratedRegex(@"^(?<count>[0-9]{1,4})\s*(?<unit>m|mins?|minutes?|h|hours?|d|days?)\s+ago$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Ago();

    [GeneratedRegex(@"^((?<day>[0-9]{4}-[0-9]{2}-[0-9]{2}|today|yesterday)[ T,]+)?(?<hour>[0-9]{1,2}):(?<minute>[0-9]{2})(:[0-9]{2})?\s*(?<half>[ap]\.?m\.?)?\s*(?<offset>Z|UTC|GMT|[+-](0[0-9]|1[0-4]):[0-5][0-9])?$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Clock();
}
