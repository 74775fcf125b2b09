using EightD.Reports.Actions;

namespace EightD.Incidents.Answering;

/// <summary>Asks again for a date that was not certain.</summary>
internal static class Dates
{
    /// <summary>The sentence that asks.</summary>
    internal static string Ask(DateReading reading) => reading switch
    {
        DateReading.DayOrMonthFirst either => Texts.Get("DateEitherWay", either.Text),
        DateReading.NoSuchDay none => Texts.Get("DateNoSuchDay", none.Text),
        DateReading.Unreadable unread => Texts.Get("DateUnreadable", unread.Text),
        _ => Texts.Get("DateUnreadable", ""),
    };
}
