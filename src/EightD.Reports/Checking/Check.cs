using EightD.Reports.Checking.Rules;
using EightD.Reports.Templates;

namespace EightD.Reports.Checking;

/// <summary>Whether a report is a good 8D, in the words of the method. Pure: the text alone decides.</summary>
public static class Check
{
    /// <summary>All rules, in the order of the disciplines.</summary>
    public static IReadOnlyList<Rule> Rules { get; } =
    [
        new PlaceholderLeft(), new LabelEmpty(), new ImpactWithoutFigure(), new TimeWithoutZone(),
        new NoLead(), new ChampionLeads(), new OneDepartment(),
        new WhenUnknown(), new CauseInDescription(), new IsNotMissing(),
        new ContainmentMissing(), new ContainmentUnverified(), new ContainmentWithoutFigure(), new TemporaryNotEnded(),
        new CauseMissing(), new CauseIsSymptom(), new EndsAtPerson(), new CauseUnproven(), new HypothesisOpen(), new WhysTooShort(), new EscapePointMissing(), new EscapePointWithoutAction(),
        new OnlySoftMeasures(), new CauseUnanswered(), new MeasureWithoutAction(), new MeasureUntried(),
        new NoOneOwner(), new NoOneDate(), new StatusUnreadable(), new CompletedWithOpenActions(), new DueBeforeReport(), new DoneWithoutEvidence(), new VerificationWithoutFigure(), new VerificationWithoutPeriod(), new OwnerNotInTeam(), new TooManyOnOneDay(),
        new PreventionWithoutAction(), new NoReadAcross(),
        new EffectTooEarly(), new NoEffect(), new FollowUpTooEarly(), new FollowUpWithoutOwner(), new OutageContradicts(), new AffectedContradict(), new NobodyThanked(),
    ];

    /// <summary>Checks a report's text.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>What was found, by lines; null where the text has no discipline, and is no 8D report.</returns>
    public static IReadOnlyList<Finding>? Of(string text)
    {
        var report = Report.Read(text, Template.BuiltIn[0]); // which labels a template has does not matter here
        return report.Outline.Sections.Any(section => section.Key is ['D', >= '0' and <= '8']) ? Of(report) : null;
    }

    /// <summary>Checks a report: a rule speaks once its discipline has an answer, or the report is completed. What several say about one line is one finding, that of the worst; what people
    /// decided to leave, with a reason (<c>&lt;!-- 8d-check-disable ID: reason --&gt;</c>), is none.</summary>
    public static IReadOnlyList<Finding> Of(Report report) => report.Findings;

    /// <summary>Looks for them.</summary>
    internal static IReadOnlyList<Finding> In(Report report)
    {
        CheckedReport read = new(report);
        var waived = Waived(report).ToLookup(waiver => waiver.Rule, waiver => waiver.Discipline, StringComparer.Ordinal);
        var found = Rules.SelectMany(rule => Found(rule, read)).Where(finding => !waived[finding.Rule].Any(discipline => discipline is null || discipline == finding.Discipline));
        return [.. found.GroupBy(finding => finding.Line).Select(line => line.MaxBy(finding => finding.Severity)!).OrderBy(finding => finding.Line)];
    }

    /// <summary>What people decided to leave as it is, in the report's order.</summary>
    public static IReadOnlyList<Waiver> Waived(Report report) => [.. Waivers.In(report.Outline)];

    /// <summary>The report in which a rule's findings in a discipline are left as they are.</summary>
    /// <param name="report">The report.</param>
    /// <param name="rule">The rule's id.</param>
    /// <param name="discipline"><c>D0</c> to <c>D8</c>.</param>
    /// <param name="reason">Any words but blank ones; they stand on one line.</param>
    public static Report Waive(Report report, string rule, string discipline, string reason) => report.With(Waivers.Add(report.Outline, rule, discipline, reason));

    /// <summary>The report in which that is looked at again.</summary>
    /// <param name="report">The report.</param>
    /// <param name="waiver">One of <see cref="Waived"/>.</param>
    public static Report TakeUp(Report report, Waiver waiver) => report.With(Waivers.Remove(report.Outline, waiver));

    /// <summary>What one rule finds in a report, whatever the others say.</summary>
    public static IReadOnlyList<Finding> Found(Rule rule, Report report) => [.. Found(rule, new CheckedReport(report))];

    private static IEnumerable<Finding> Found(Rule rule, CheckedReport report) => rule.IsAnywhere || report.IsJudged(rule.Discipline) ? rule.Find(report).Select(spot => FindingOf(rule, spot, report)) : [];

    private static Finding FindingOf(Rule rule, Spot spot, CheckedReport report) =>
        new(rule.Id, rule.IsAnywhere ? report.DisciplineAt(spot.Line) : rule.Discipline, spot.Severity ?? rule.Severity, spot.Line, report.Quote(spot.Line), spot.What, $"{rule.Why} ({rule.Source})", rule.Mend);
}
