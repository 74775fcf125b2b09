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

    private static readonly string[] Names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

    /// <summary>Reads <c>Mon-Fri</c>, or <c>Mon,Wed,Thu</c>, upper or lower case; null where it cannot be read, or says no day.</summary>
    /// <param name="text">As typed.</param>
    /// <param name="wrong">What cannot be read of it; empty where all can.</param>
    public static IReadOnlySet<DayOfWeek>? ReadDays(string text, out string wrong)
    {
        HashSet<DayOfWeek> days = [];
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            wrong = part;
            var ends = part.Split('-', StringSplitOptions.TrimEntries).Select(name => Array.FindIndex(Names, each => each.Equals(name, StringComparison.OrdinalIgnoreCase))).ToArray();
            if (ends is not ([>= 0] or [>= 0, >= 0]) || ends[0] > ends[^1]) return null;
            for (var day = ends[0]; day <= ends[^1]; day++) days.Add((DayOfWeek)((day + 1) % 7));
        }

        wrong = "";
        return days.Count > 0 ? days : null;
    }

    /// <summary><c>Mon-Fri</c>: days in a row from one to the other, any others one by one.</summary>
    internal string SayDays()
    {
        var worked = Enumerable.Range(0, Names.Length).Where(day => Days.Contains((DayOfWeek)((day + 1) % 7))).ToList();
        return worked.Count > 1 && worked[^1] - worked[0] == worked.Count - 1 ? $"{Names[worked[0]]}-{Names[worked[^1]]}" : string.Join(',', worked.Select(day => Names[day]));
    }

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

    /// <summary>So many working days after a day.</summary>
    public DateOnly After(DateOnly day, int count)
    {
        var found = day;
        for (var left = count; left > 0; left--) found = OnOrAfter(found.AddDays(1));
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
