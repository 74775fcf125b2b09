namespace EightD.Bot.Tests.Reminders.Simulated;

/// <summary>
/// Who is to be told of what, worked out day by day from the words of the design, without a line of the planner: what the bot says is held against it.
/// </summary>
internal sealed class Model
{
    private static readonly DateOnly Begin = new(2023, 12, 1);

    /// <summary>How many working days there were up to each day.</summary>
    private static readonly int[] Worked = Count();

    public List<SimulatedRow> Rows { get; } = [];

    public List<SimulatedReport> Reports { get; } = [];

    /// <summary>The last day on which somebody is away.</summary>
    public Dictionary<string, DateOnly> Away { get; } = new(StringComparer.Ordinal);

    /// <summary>Whose last reminder of a row did not arrive.</summary>
    public HashSet<(SimulatedRow Row, string Person)> Unreached { get; } = [];

    public bool IsAway(string person, DateOnly day) => Away.TryGetValue(person, out var until) && until >= day;

    /// <summary>What somebody is told of on a day: the names.</summary>
    public IEnumerable<string> On(string person, DateOnly day) =>
        Rows.Where(row => row.IsOpen && IsOn(row, person, day)).Select(row => row.Name)
            .Concat(Reports.Where(report => report.EffectDue is not null && IsEffectOn(report, person, day)).Select(report => $"{report.Number}.effect"));

    /// <summary>Whether the conversation of an 8D is told on a day.</summary>
    public bool IsDigest(SimulatedReport report, DateOnly day) => IsWorking(day)
        && (report.Rows.Exists(row => row.IsOpen && !(row.Snoozed > day) && Late(row.Due, day) >= 5) || (report.EffectDue is { } due && Late(due, day) >= 5));

    public static bool IsWorking(DateOnly day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !(day.Day == 1 && day.Month is 1 or 5); // January 1 and May 1 are holidays

    /// <summary>The working days after a day, up to another one.</summary>
    public static int Late(DateOnly due, DateOnly day) => day <= due ? 0 : Worked[day.DayNumber - Begin.DayNumber] - Worked[due.DayNumber - Begin.DayNumber];

    private static int[] Count()
    {
        var worked = new int[3000];
        for (var day = 1; day < worked.Length; day++) worked[day] = worked[day - 1] + (IsWorking(Begin.AddDays(day)) ? 1 : 0);
        return worked;
    }

    private bool IsOn(SimulatedRow row, string person, DateOnly day)
    {
        if (row.Owner == person) return IsForOwner(row, day);
        var isThere = !IsAway(row.Owner, day) && !Unreached.Contains((row, row.Owner));
        if (row.Report.Lead == person) return isThere ? IsForLead(row, day) : IsForOwner(row, day);
        return row.Report.Champion == person && IsWorking(day) && !(row.Snoozed > day) && IsFirstOfWeek(day) && Late(row.Due, day) >= (isThere ? 8 : 5);
    }

    private bool IsEffectOn(SimulatedReport report, string person, DateOnly day)
    {
        var due = report.EffectDue!.Value;
        if (!IsWorking(day)) return false;
        if (report.Lead == person) return day == due || (day > due && (Late(due, day) <= 5 || IsFirstOfWeek(day)));
        return report.Champion == person && IsFirstOfWeek(day) && Late(due, day) >= 5;
    }

    private static bool IsForOwner(SimulatedRow row, DateOnly day)
    {
        if (!IsWorking(day)) return false;
        if (row.Snoozed is { } until)
        {
            while (!IsWorking(until)) until = until.AddDays(1);
            if (day < until) return false;
            if (day == until) return true;
        }

        var before = row.Due.AddDays(-1);
        while (!IsWorking(before)) before = before.AddDays(-1);
        return day == before || day == row.Due || (day > row.Due && (Late(row.Due, day) <= 5 || IsFirstOfWeek(day)));
    }

    private static bool IsForLead(SimulatedRow row, DateOnly day) =>
        IsWorking(day) && day > row.Due && !(row.Snoozed >= day) && Late(row.Due, day) is var late && (late == 3 || (late > 3 && IsFirstOfWeek(day)));

    private static bool IsFirstOfWeek(DateOnly day)
    {
        for (var each = day; each.DayOfWeek != DayOfWeek.Monday;)
        {
            each = each.AddDays(-1);
            if (IsWorking(each)) return false;
        }

        return IsWorking(day);
    }
}

/// <summary>An 8D of a simulation.</summary>
internal sealed class SimulatedReport(int number, string lead, string champion)
{
    public int Number => number;

    public string Lead => lead;

    public string Champion => champion;

    public string Conversation => $"c{number}";

    public List<SimulatedRow> Rows { get; } = [];

    /// <summary>The day on which its effect is to be measured; null: there is nothing to be measured.</summary>
    public DateOnly? EffectDue { get; set; }

    /// <summary>Whether its report is in Git, and its actions are changed there alone.</summary>
    public bool IsInGit { get; init; }

    /// <summary>The last day on which its conversation was told.</summary>
    public DateOnly? Digest { get; set; }
}

/// <summary>An action of a simulation.</summary>
internal sealed class SimulatedRow(SimulatedReport report, int number)
{
    public SimulatedReport Report => report;

    public int Number => number;

    public string Name => $"{report.Number}.{number}";

    public required string Owner { get; set; }

    public required DateOnly Due { get; set; }

    public bool IsOpen { get; set; } = true;

    /// <summary>Whether it will not be done.</summary>
    public bool IsDropped { get; set; }

    public DateOnly? Snoozed { get; set; }
}
