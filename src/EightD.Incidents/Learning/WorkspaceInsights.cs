using EightD.Incidents.Interviewing;
using EightD.Reports.Actions;
using EightD.Reports.Learning;

namespace EightD.Incidents.Learning;

/// <summary>What a workspace's reports say together. Private 8Ds are not among them.</summary>
public sealed record WorkspaceInsights
{
    /// <summary>How many months are looked back.</summary>
    public const int Back = 12;

    /// <summary>How many owners are named.</summary>
    private const int MostOwners = 10;

    /// <summary>How many 8Ds are open.</summary>
    public required int Open { get; init; }

    /// <summary>How many reports there are.</summary>
    public required int Reports { get; init; }

    /// <summary>How many of the open 8Ds still have to say something in a discipline, <c>D0</c> to <c>D8</c>.</summary>
    public required IReadOnlyList<(string Discipline, int Open)> Disciplines { get; init; }

    /// <summary>Who has how many overdue actions, those with most first.</summary>
    public required IReadOnlyList<(string Owner, int Overdue)> Owners { get; init; }

    /// <summary>The first days of the months that are looked at, oldest first.</summary>
    public required IReadOnlyList<DateOnly> Months { get; init; }

    /// <summary>How many reports of each of those months name a kind of cause.</summary>
    public required IReadOnlyList<(CauseKind Kind, IReadOnlyList<int> Counts)> Causes { get; init; }

    /// <summary>How many reports of each of those months name a kind of control that did not catch it.</summary>
    public required IReadOnlyList<(EscapeKind Kind, IReadOnlyList<int> Counts)> EscapePoints { get; init; }

    /// <summary>Which reports name one cause.</summary>
    public required IReadOnlyList<RepeatCause> Again { get; init; }

    /// <summary>The middle times to contain, to resolve and to close; null where none is known.</summary>
    public required IncidentFigures Middle { get; init; }

    /// <summary>Puts them together.</summary>
    /// <param name="open">The open 8Ds.</param>
    /// <param name="closed">The 8Ds that are closed, as far as they are known here.</param>
    /// <param name="reports">What each report says, by its number.</param>
    /// <param name="today">The day in the workspace's time zone.</param>
    public static WorkspaceInsights Of(IReadOnlyCollection<Incident> open, IReadOnlyCollection<Incident> closed, IReadOnlyCollection<(int Number, Lesson Lesson)> reports, DateOnly today)
    {
        List<DateOnly> months = [.. Enumerable.Range(0, Back).Select(back => new DateOnly(today.Year, today.Month, 1).AddMonths(back - Back + 1))];
        var figures = open.Concat(closed).Select(IncidentFigures.Of).ToList();
        return new()
        {
            Open = open.Count,
            Reports = reports.Count,
            Disciplines = [.. Enumerable.Range(0, 9).Select(number => $"D{number}").Select(discipline => (discipline, open.Count(incident => Lacks(incident, discipline))))],
            Owners = [.. open.Concat(closed).SelectMany(incident => ActionTable.Of(incident.Report).Rows)
                .Where(row => row.IsOpen && row.Due < today && row.Owner.Length > 0)
                .GroupBy(row => row.Owner, StringComparer.OrdinalIgnoreCase).Select(rows => (Owner: rows.First().Owner, Overdue: rows.Count()))
                .OrderByDescending(owner => owner.Overdue).ThenBy(owner => owner.Owner, StringComparer.OrdinalIgnoreCase).Take(MostOwners)],
            Months = months,
            Causes = Count(reports, months, lesson => lesson.KindOfCause),
            EscapePoints = Count(reports, months, lesson => lesson.KindOfEscape),
            Again = RepeatCauses.In(reports),
            Middle = new(IncidentFigures.Middle(figures.Select(each => each.ToContain)), IncidentFigures.Middle(figures.Select(each => each.ToResolve)), IncidentFigures.Middle(figures.Select(each => each.ToClose)),
                figures.Sum(each => each.OnTime), figures.Sum(each => each.Done)),
        };
    }

    private static bool Lacks(Incident incident, string discipline) =>
        incident.Report.Template.Section(discipline) is { } section && section.Parts.Any(part => !part.Optional && Asking.IsOpen(incident, part.Part));

    private static List<(T Kind, IReadOnlyList<int> Counts)> Count<T>(IEnumerable<(int Number, Lesson Lesson)> reports, List<DateOnly> months, Func<Lesson, T?> kindOf) where T : struct, Enum
    {
        var counted = reports.Where(report => report.Lesson.Date is not null && kindOf(report.Lesson) is not null)
            .ToLookup(report => (Kind: kindOf(report.Lesson)!.Value, new DateOnly(report.Lesson.Date!.Value.Year, report.Lesson.Date.Value.Month, 1)));
        return [.. Enum.GetValues<T>().Select(kind => (kind, (IReadOnlyList<int>)[.. months.Select(month => counted[(kind, month)].Count())])).Where(kind => kind.Item2.Any(count => count > 0))];
    }
}
