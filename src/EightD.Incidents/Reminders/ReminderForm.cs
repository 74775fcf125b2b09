using System.Globalization;

namespace EightD.Incidents.Reminders;

/// <summary>The names of a reminder's forms. A button's value names the rows: <c>remind.done.3-2.4-1</c> is row 2 of report 3 and row 1 of report 4; so nothing is kept for it.</summary>
public static class ReminderForm
{
    /// <summary>What all of them begin with.</summary>
    public const string Prefix = "remind.";

    /// <summary>The rows that a button's value names.</summary>
    public static IReadOnlyList<(int Report, int Row)> RowsOf(string value) => [.. value.Split('.').Skip(2).Select(row => Read(row.Split('-'))).OfType<(int, int)>()];

    /// <summary>The row that a submitted form is about; null for any other form.</summary>
    public static (int Report, int Row)? RowOf(Deed.Submit submit) =>
        submit.Form.StartsWith(Prefix, StringComparison.Ordinal) && submit.Values.TryGetValue("row", out var row) ? Read(row.Split('.')) : null;

    private static (int Report, int Row)? Read(string[] words) => words is [var report, var row]
        && int.TryParse(report, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && int.TryParse(row, NumberStyles.None, CultureInfo.InvariantCulture, out var own) ? (number, own) : null;
}
