namespace EightD.Reports.Learning;

/// <summary>A cause that several reports name.</summary>
/// <param name="Numbers">The reports, in order.</param>
/// <param name="Cause">As the first of them says it.</param>
public sealed record RepeatCause(IReadOnlyList<int> Numbers, string Cause);

/// <summary>Which reports say that the same happened again.</summary>
public static class RepeatCauses
{
    /// <summary>Those causes that two or more reports name, by the first of those.</summary>
    /// <param name="reports">Reports by their numbers, and what they say.</param>
    public static IReadOnlyList<RepeatCause> In(IEnumerable<(int Number, Lesson Lesson)> reports)
    {
        List<List<(int Number, Lesson Lesson)>> causes = [];
        foreach (var report in reports.Where(report => report.Lesson.Cause is not null).OrderBy(report => report.Number))
        {
            if (causes.Find(cause => cause[0].Lesson.HasCauseOf(report.Lesson)) is { } known) known.Add(report);
            else causes.Add([report]);
        }

        return [.. causes.Where(cause => cause.Count > 1).Select(cause => new RepeatCause([.. cause.Select(report => report.Number)], cause[0].Lesson.Cause!))];
    }
}
