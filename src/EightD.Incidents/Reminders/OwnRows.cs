using EightD.Incidents.Actions;

namespace EightD.Incidents.Reminders;

/// <summary>The open actions of an 8D that have a date, as reminders see them.</summary>
public static class OwnRows
{
    /// <summary>All of them, in the table's order; none of a cancelled 8D. Of one that nobody owns the owner is empty.</summary>
    /// <param name="incident">The 8D.</param>
    public static IEnumerable<OwnRow> Of(Incident incident) => incident.Phase == Phase.Cancelled ? [] :
        from row in Rows.Of(incident, DateOnly.MinValue)
        where row.IsOpen && row.Row.Due is not null
        let owner = row.Row.Owner == Texts.Get("Erased") ? "" : row.Row.Owner
        select new OwnRow(incident.Number, row.Number, row.Row.Action, owner, row.Row.Due!.Value, row.Row.DueText, SnoozedOf(incident, row));

    /// <summary>The name of the lead of an 8D: the row of D1 with that role, else who started.</summary>
    public static string LeadOf(Incident incident) => Admission.Lead(incident);

    /// <summary>Until when a row is snoozed; a date that was changed since wakes it.</summary>
    internal static DateOnly? SnoozedOf(Incident incident, Rows.NumberedAction row) =>
        incident.Snoozes.Find(snooze => snooze.Row == row.Number) is { } found && found.DueText == row.Row.DueText ? found.Until : null;
}

/// <summary>An open action.</summary>
/// <param name="Report">The 8D's number.</param>
/// <param name="Number">The row's own number.</param>
/// <param name="Action">What is to be done.</param>
/// <param name="Owner">Whose it is, as it stands there; empty: nobody's.</param>
/// <param name="Due">When it is due.</param>
/// <param name="DueText">That, as it stands there.</param>
/// <param name="Snoozed">Until when nothing is to be heard of it; null: it is not snoozed.</param>
public sealed record OwnRow(int Report, int Number, string Action, string Owner, DateOnly Due, string DueText, DateOnly? Snoozed)
{
    /// <summary><c>3.2</c>: row 2 of report 3.</summary>
    public string Name => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Report}.{Number}");
}

/// <summary>An action in the message of a day.</summary>
/// <param name="Row">The action.</param>
/// <param name="Reason">Why it stands there.</param>
/// <param name="Owner">Where it is somebody else's, and the lead is told: how it stands with its owner; null: it is the person's own.</param>
public sealed record DayRow(OwnRow Row, ReminderReason Reason, OwnerState? Owner = null);

/// <summary>That nothing is to be heard of a row for a while.</summary>
/// <param name="Row">The row's own number.</param>
/// <param name="DueText">Its date as it stood then.</param>
/// <param name="Until">The first day on which something is to be heard again; the last day there is: never.</param>
public sealed record RowSnooze(int Row, string DueText, DateOnly Until);

/// <summary>What became of the latest reminder of a row.</summary>
/// <param name="Row">The row's own number.</param>
/// <param name="Day">The day.</param>
/// <param name="To">Who was reminded.</param>
/// <param name="Failed">Why it could not be delivered; null: it was.</param>
public sealed record RowReminded(int Row, DateOnly Day, string To, string? Failed);
