using EightD.Reports.Folder;
using EightD.Reports.Learning;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace EightD.Reports.Tests.Learning;

/// <summary>Which earlier reports look like a new one, and what they found.</summary>
public sealed class AlikeReportsTests
{
    private static readonly SearchedReport[] Earlier =
    [
        Report(1, "Checkout fails: database pool exhausted", "Customers cannot pay; timeouts to the orders database.", "The new query held each connection for 9 s.", "Load test: runs on too little data."),
        Report(2, "Login page is slow", "Sessions take 20 s.", "The cache was flushed by a config change.", "Monitoring: no alert on cache misses."),
        Report(3, "Gear housings with burrs", "Burrs at the bore of 120 parts.", "The worn cutting tool was not replaced.", "Visual inspection does not see the inner edge."),
    ];

    [Theory]
    [InlineData("Orders: the database pool is exhausted again", "1", "database, pool, exhausted")]
    [InlineData("Slow login", "2", "slow, login")]
    [InlineData("Login", "2", "login")]
    [InlineData("Burrs on housings of gears", "3", "burr, housing, gear")]
    [InlineData("Printer on fire", "", "")]
    [InlineData("the and with", "", "")]
    public void By_their_titles(string title, string number, string shared)
    {
        var found = AlikeReports.To(title, Earlier, 3);
        Assert.Equal(number, string.Join(' ', found.Select(alike => alike.Report.Entry.Number)));
        Assert.Equal(shared.Split(", ", StringSplitOptions.RemoveEmptyEntries).Order(), (found.Count == 0 ? [] : found[0].Shared).Where(word => word != "order").Order());
    }

    [Fact]
    public void By_all_that_is_known_of_the_problem_and_not_by_the_templates_own_words()
    {
        var mine = Report(4, "Nobody can order", "The payment service answers with timeouts; connection to the database lost.", "", "").Text;
        Assert.Equal([1], AlikeReports.To(mine, Earlier, 3).Select(alike => alike.Report.Entry.Number));
        var other = Report(5, "Fire in the kitchen", "Smoke.", "", "").Text;
        Assert.Empty(AlikeReports.To(other, Earlier, 3));
    }

    [Fact]
    public void What_a_report_found_is_its_first_cause_and_its_first_escape_point_and_their_kinds()
    {
        Assert.Equal(("The new query held each connection for 9 s.", CauseKind.Software), (Earlier[0].Lesson.Cause!, Earlier[0].Lesson.KindOfCause));
        Assert.Equal(("Load test: runs on too little data.", EscapeKind.Test), (Earlier[0].Lesson.EscapePoint!, Earlier[0].Lesson.KindOfEscape));
        Assert.Equal((CauseKind.Change, EscapeKind.Monitoring), (Earlier[1].Lesson.KindOfCause!.Value, Earlier[1].Lesson.KindOfEscape!.Value));
        Assert.Equal((CauseKind.Equipment, EscapeKind.Inspection), (Earlier[2].Lesson.KindOfCause!.Value, Earlier[2].Lesson.KindOfEscape!.Value));
        Assert.Null(Report(6, "Nothing is known", "Smoke.", "", "").Lesson.Cause);
    }

    [Fact]
    public void The_same_cause_again_is_one_that_shares_most_of_its_words()
    {
        var again = Report(7, "Orders fail", "Timeouts.", "A query held a connection for 12 s.", "").Lesson;
        Assert.Equal([([1, 7], "The new query held each connection for 9 s.")],
            RepeatCauses.In([.. Earlier.Select(report => (report.Entry.Number, report.Lesson)), (7, again)]).Select(cause => (cause.Numbers.ToArray(), cause.Cause)));
    }

    [Property(MaxTest = 300)]
    public bool Any_text_can_be_looked_for_and_looked_in(string said, string text) =>
        AlikeReports.To(said ?? "", [.. Earlier, new(new(9, "", "0009-.md"), text ?? "")], 3).Count <= 3 && Lesson.Of(text ?? "") is not null;

    private static SearchedReport Report(int number, string title, string problem, string cause, string escape) => new(new(number, title, $"{number:0000}-x.md"), $"""
        # {number:0000}: {title}

        **Date:** 2024-12-20
        **Status:** Completed

        ## D0: Planning
        <!-- Gather data, feedback, and prerequisites required to solve the problem. -->

        ## D1: Team members

        | Name | Role | Department | Responsibilities |
        |------|------|------------|------------------|
        | Kitchen Fire | Lead | Smoke | |

        ## D2: Problem statement & description

        {problem}

        ## D4: Root cause & escape points

        **Root cause analysis:**
        {cause}

        **Escape points - Why wasn't this caught earlier?**
        1. {escape}
        """);
}
