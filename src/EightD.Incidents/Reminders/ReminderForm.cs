using System.Globalization;

namespace EightD.Incidents.Reminders;

/// <summary>
/// The names of a reminder's forms. A button's value names what it is about, so that nothing is kept for it: <c>remind.done.3-2.4-1</c> is row 2 of report 3 and row 1 of
/// report 4, <c>remind.fill.3-D4</c> a discipline. The forms whose reminders may be about several 8Ds ask which duty is meant; the others are of one 8D, which they name.
/// </summary>
public static class ReminderForm
{
    /// <summary>What all of them begin with.</summary>
    public const string Prefix = "remind.";

    /// <summary>What stands after the prefix of a form that is about one of several duties.</summary>
    internal const string Done = "done", Snooze = "snooze", Date = "date", NotMine = "notmine";

    /// <summary>What stands after the prefix of a form that is about one 8D.</summary>
    internal const string Fill = "fill", Ask = "ask", One = "one", Effect = "effect", Assign = "assign", Measure = "temp";

    /// <summary>The input that says which duty is meant.</summary>
    internal const string Which = "row";

    /// <summary>The duties that a button's value names.</summary>
    public static IReadOnlyList<(int Report, string Key)> NamedBy(string value) => [.. value.Split('.').Skip(2).Select(name => Read(name, '-')).OfType<(int, string)>()];

    /// <summary>The 8D that a press or a submitted form of a reminder is about; null where it is about several, or is none.</summary>
    public static int? ReportOf(Deed deed) => deed switch
    {
        Deed.Press { Action: "form", Value: var value } when IsOfOne(value) => NamedBy(value) is [var (report, _), ..] ? report : null,
        Deed.Submit submit when IsOfOne(submit.Form) => NamedBy(submit.Form) is [var (report, _), ..] ? report : null,
        Deed.Submit submit => DutyOf(submit)?.Report,
        _ => null,
    };

    /// <summary>The duty that a submitted form is about; null for any other form.</summary>
    public static (int Report, string Key)? DutyOf(Deed.Submit submit) =>
        submit.Form.StartsWith(Prefix, StringComparison.Ordinal) && submit.Values.TryGetValue(Which, out var which) ? Read(which, '.') : null;

    /// <summary>Whom else than the one who is named in it a submitted form is about: who owned the action until now, else the lead.</summary>
    public static string OwnerOf(Deed.Submit submit, Incident incident) =>
        submit.Form.StartsWith($"{Prefix}{Assign}.", StringComparison.Ordinal) && NamedBy(submit.Form) is [var (_, key), ..] && Duty.RowOf(key) is { } number
            ? incident.ActionNumbers.Rows.Find(row => row.Number == number)?.Owner ?? ""
            : Duties.LeadOf(incident);

    /// <summary>The value of a button about duties.</summary>
    internal static string ValueOf(string what, IEnumerable<Duty> duties) => $"{Prefix}{what}.{string.Join('.', duties.Select(duty => $"{duty.Report.ToString(CultureInfo.InvariantCulture)}-{duty.Key}"))}";

    /// <summary>The value of a button about one 8D, or a part of it.</summary>
    internal static string ValueOf(string what, int report, string key = "8d") => $"{Prefix}{what}.{report.ToString(CultureInfo.InvariantCulture)}-{key}";

    private static bool IsOfOne(string value) => value.Split('.') is ["remind", Fill or Ask or One or Effect or Assign or Measure, ..];

    private static (int Report, string Key)? Read(string name, char separator) =>
        name.IndexOf(separator, StringComparison.Ordinal) is > 0 and var at && at + 1 < name.Length && int.TryParse(name.AsSpan(0, at), NumberStyles.None, CultureInfo.InvariantCulture, out var report) ? (report, name[(at + 1)..]) : null;
}
