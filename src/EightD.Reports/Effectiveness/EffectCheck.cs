using System.Globalization;
using System.Text.RegularExpressions;
using EightD.Reports.Actions;

namespace EightD.Reports.Effectiveness;

/// <summary>When the effect of the corrective actions is to be measured, and where the figure belongs (8D, D6 to D8: an action that is done is not yet one that helps).</summary>
public static partial class EffectCheck
{
    /// <summary>How long after the last action was done it is looked for the effect, where D8 does not say it.</summary>
    public const int UsualDays = 30;

    /// <summary>The part that gets the effect: <c>Metrics and outcomes</c> of D8, else the lead of the last discipline that the template has.</summary>
    public static PartName PartOf(Report report) => report.Template.Find("D8", "metrics") is [var part] ? part
        : report.Template.LeadOf(report.Template.Section("D8")?.Key ?? report.Template.Sections[^1].Key);

    /// <summary>
    /// The day that D8 names: the first date in it after the last action was done, else a period (<c>30-day review</c>, <c>in 6 weeks</c>) counted from then, else <see cref="UsualDays"/>. What
    /// its follow-up actions say comes before what the rest of it says.
    /// </summary>
    /// <param name="report">The report.</param>
    /// <param name="done">The day on which the last action was done.</param>
    public static DateOnly DayOf(Report report, DateOnly done)
    {
        var d8 = report.Sections.FirstOrDefault(section => section.Key == "D8")?.Parts ?? [];
        var followUp = report.Template.Find("D8", "follow") is [var part] ? report.TextOf(part) : "";
        return Named(followUp, done) ?? Named(string.Join('\n', d8.Select(each => each.Text)), done) ?? done.AddDays(UsualDays);
    }

    private static DateOnly? Named(string text, DateOnly done) => DateReading.Among(text, done).Where(date => date > done).Cast<DateOnly?>().FirstOrDefault() ?? Period(text, done);

    private static DateOnly? Period(string text, DateOnly done)
    {
        if (Span().Match(text) is not { Success: true } span) return null;
        var count = int.Parse(span.Groups["count"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
        return char.ToLowerInvariant(span.Groups["unit"].Value[0]) switch
        {
            'd' => done.AddDays(count),
            'w' => done.AddDays(7 * count),
            _ => done.AddMonths(count),
        };
    }

    [GeneratedRegex(@"(?<![0-9.,])(?<count>[1-9][0-9]{0,2})[- ](?<unit>day|week|month)s?\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 200)]
    private static partial Regex Span();
}
