using System.Globalization;

namespace EightD.Incidents.Reminders;

/// <summary>Something that an 8D waits for, and of which people are reminded.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Report">The 8D's number.</param>
/// <param name="Key">Which it is in its 8D: a row's own number, a discipline (<c>D4</c>), <c>effect</c>, <c>temp2</c>. Without a dot.</param>
/// <param name="What">What is to be done, in the people's own words where there are any.</param>
/// <param name="Owner">Whose it is: a name as it stands in the report, or the id of somebody who was asked; empty: nobody's.</param>
/// <param name="Due">The day by which it is to be done; of what has no such day, the one from which it is counted.</param>
/// <param name="DueText">That, as it stands where people wrote it: who changes it wakes what was snoozed.</param>
/// <param name="Snoozed">Until when nothing is to be heard of it; null: it is not snoozed.</param>
public sealed record Duty(DutyKind Kind, int Report, string Key, string What, string Owner, DateOnly Due, string DueText, DateOnly? Snoozed)
{
    /// <summary><c>3.2</c>: row 2 of report 3.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Report}.{Key}");

    /// <summary>Whether somebody owns it who may be another one than the lead.</summary>
    public bool HasOwner => Kind is DutyKind.Action or DutyKind.Discipline;

    /// <summary>The discipline that is to be filled in for it; null where there is none.</summary>
    public string? Section { get; init; }

    /// <summary>Whether people may have quiet of it for a while.</summary>
    public bool MayRest => HasOwner || Kind is DutyKind.Effect or DutyKind.Measure;

    /// <summary>A row's own number by its key; null where it is no row.</summary>
    internal static int? RowOf(string key) => int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Whether nothing is to be heard of it for ever.</summary>
    public bool IsOff => Snoozed == DateOnly.MaxValue;
}

/// <summary>What people are reminded of.</summary>
public enum DutyKind
{
    /// <summary>A row of D6.</summary>
    Action,

    /// <summary>A discipline that somebody was asked for.</summary>
    Discipline,

    /// <summary>The effect of the actions, once all are done.</summary>
    Effect,

    /// <summary>A temporary measure of D3 that is still in place.</summary>
    Measure,

    /// <summary>A discipline that is not complete after its deadline.</summary>
    Late,

    /// <summary>What is open on the first working morning after the incident was resolved.</summary>
    Open,

    /// <summary>An 8D to which nobody answered for some days.</summary>
    Stale,

    /// <summary>An action that nobody can be reminded of: no date, or none that can be read for certain.</summary>
    Unreadable,
}

/// <summary>Somebody is asked for a discipline.</summary>
/// <param name="Section">Which: <c>D4</c>.</param>
/// <param name="To">Who.</param>
/// <param name="Until">By when.</param>
public sealed record Assignment(string Section, Person To, DateOnly Until);

/// <summary>That nothing is to be heard of a duty for a while.</summary>
/// <param name="Row">The row's own number; 0: it is no row.</param>
/// <param name="DueText">Its date as it stood then.</param>
/// <param name="Until">The first day on which something is to be heard again; the last day there is: never.</param>
public sealed record Snooze(int Row, string DueText, DateOnly Until)
{
    /// <summary>The key of what is no row; null where it is one.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public string? Of { get; init; }

    /// <summary>The key of what it is about.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Key => Of ?? Row.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What became of the latest reminder that somebody got of a duty.</summary>
/// <param name="Row">The row's own number; 0: it is no row.</param>
/// <param name="Day">The day.</param>
/// <param name="To">Who was reminded.</param>
/// <param name="Failed">Why it could not be delivered; null: it was.</param>
public sealed record Reminded(int Row, DateOnly Day, string To, string? Failed)
{
    /// <summary>The key of what is no row; null where it is one.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public string? Of { get; init; }

    /// <summary>Whether the channel's answer was lost, so that nobody knows whether it arrived.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsUnsure { get; init; }

    /// <summary>The key of what it is about.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Key => Of ?? Row.ToString(CultureInfo.InvariantCulture);
}
