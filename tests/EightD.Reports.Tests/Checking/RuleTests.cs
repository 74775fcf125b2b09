using EightD.Reports.Checking;
using FsCheck.Xunit;

namespace EightD.Reports.Tests.Checking;

/// <summary>Each rule by reports that it is about, and by reports that look alike and are right: <c>Fixtures/rules.txt</c>.</summary>
public sealed class RuleTests
{
    private static readonly List<(string Rule, bool Fires, string Text)> Examples = [.. Read()];

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, Examples.Count)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_rule_speaks_where_it_should_and_nowhere_else(int number)
    {
        var (name, fires, text) = Examples[number];
        var rule = Check.Rules.Single(each => each.Id == name);

        var found = Check.Found(rule, Report.Read(text, Templates.Template.Of(text, Templates.Template.BuiltIn)));

        Assert.True(found.Count > 0 == fires, $"{name} {(fires ? "is silent" : "speaks: " + string.Join(" ", found.Select(finding => finding.What)))}:\n{text}");
        Assert.All(found, finding => Assert.InRange(finding.Line, 1, text.Split('\n').Length));
    }

    [Fact]
    public void Each_rule_has_two_examples_of_each_kind_and_says_why_it_matters_and_what_mends_it()
    {
        Assert.All(Check.Rules, rule =>
        {
            Assert.True(Examples.Count(each => each.Rule == rule.Id && each.Fires) >= 2 && Examples.Count(each => each.Rule == rule.Id && !each.Fires) >= 2, rule.Id);
            Assert.Matches("^D[0-8]\\.[a-z-]+$", rule.Id);
            Assert.All([rule.What, rule.Why, rule.Source, rule.Mend], text => Assert.NotEmpty(text));
        });
        Assert.Equal(Check.Rules.Count, Check.Rules.Select(rule => rule.Id).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void The_sample_has_the_seven_faults_that_a_quality_engineer_sees_and_no_other_is_invented()
    {
        var found = Check.Of(Sample.Text)!;

        Assert.Equal(
            [
                (29, "D2.is-not-missing"), (56, "D3.temporary-not-ended"), (57, "D3.temporary-not-ended"), (71, "D4.cause-unproven"), (85, "D4.escape-point-without-action"), (129, "D6.verification-without-period"), (135, "D7.no-read-across"),
                (142, "D7.measure-without-action"), (173, "D8.effect-too-early"), (185, "D8.effect-too-early"), (188, "D8.follow-up-without-owner"),
            ],
            found.Select(finding => (finding.Line, finding.Rule)));
        Assert.All(["monthly database performance review meetings", "database administrator review", "automated rollback triggers"], measure => Assert.Contains(measure, found.Single(finding => finding.Rule == "D7.measure-without-action").What, StringComparison.Ordinal));
    }

    [Fact]
    public void A_report_that_has_just_begun_is_left_in_peace() => Assert.Empty(Check.Of(Templates.Template.BuiltIn[0].Begin("Checkout is down", 1, new(2024, 12, 20), "In Progress", []).Text)!);

    [Property(MaxTest = 300)]
    public bool Whatever_the_reason_a_finding_is_left_by_a_line_of_its_own_and_taken_up_to_the_byte(FsCheck.NonEmptyString reason, bool hasNoEnd)
    {
        var text = $"# 2: Pump\n\n**Status:** In Progress\n\n## D4: Root cause\n<!-- Identify all causes. -->\n\n**Root cause analysis:**\nHuman error{(hasNoEnd ? "" : "\n")}";
        var report = Report.Read(text, Templates.Template.BuiltIn[0]);
        if (string.IsNullOrWhiteSpace(reason.Get)) return true;
        var left = Check.Waive(report, "D4.ends-at-person", "D4", "because " + reason.Get);
        return !Check.Of(left).Any(finding => finding.Rule == "D4.ends-at-person") && left.Text.Split('\n').Length == text.Split('\n').Length + 1
            && left.TextOf(new("D4", "Root cause analysis")) == "Human error" && Check.TakeUp(left, Check.Waived(left).Single()).Text == text;
    }

    [Fact]
    public void What_is_left_of_a_discipline_that_the_report_has_not_stands_above_all()
    {
        var report = Report.Read("# 2: Pump\n\n**Status:** Completed\n\n## D4: Root cause\n\nHuman error\n", Templates.Template.BuiltIn[0]);
        Assert.Equal("# 2: Pump\n\n**Status:** Completed\n\n<!-- 8d-check-disable D3.containment-missing: none was needed -->\n\n## D4: Root cause\n\nHuman error\n", Check.Waive(report, "D3.containment-missing", "D3", "none was needed").Text);
    }

    [Theory]
    [InlineData("", "<!-- 8d-check-disable D4.escape-point-missing: there is no control that could have -->", 0)]
    [InlineData("<!-- 8d-check-disable D4.escape-point-missing: agreed with the customer -->", "", 0)]
    [InlineData("", "<!-- 8d-check-disable D4.escape-point-missing -->", 1)] // without a reason
    [InlineData("", "<!-- 8d-check-disable D4.cause-unproven: it is obvious -->", 1)]
    [InlineData("", "```\n<!-- 8d-check-disable D4.escape-point-missing: quoted -->\n```", 1)]
    public void What_people_decided_to_leave_with_a_reason_is_no_finding(string above, string within, int count)
    {
        var found = Check.Of($"# 1: Pump\n{above}\n\n## D4: Root cause\n{within}\n**Root cause analysis:**\nThe bearing was dry, which was reproduced\n")!;

        Assert.Equal(count, found.Count(finding => finding.Rule == "D4.escape-point-missing"));
    }

    [Fact]
    public void What_several_rules_say_about_one_line_is_one_finding() =>
        Assert.Equal(["D4.ends-at-person"], Check.Of("# 1: Pump\n\n## D4: Root cause\n**Root cause:** Human error\n\n**Escape point:** none existed\n")!.Select(finding => finding.Rule));

    [Fact]
    public void What_has_no_discipline_is_no_report() => Assert.Null(Check.Of("# Notes\n\n## Agenda\n\nNothing about D4\n"));

    [Property(MaxTest = 300)]
    public void Any_text_can_be_checked(string[] lines)
    {
        string[] pieces = ["## D0", "## D1", "## D2", "## D3", "## D4", "## D5", "## D6", "## D7", "## D8", "**Status:** Completed", "**Impact:**", "- **Who:**", "| a | b |", "|---|---|", "<!--", "-->", "```", "1. Why", "Hypothesis:", "30 days", "affected 1,200 users", "down for 45 minutes"];
        var text = string.Join('\n', (lines ?? []).SelectMany((line, at) => new[] { pieces[(at + (line?.Length ?? 0)) % pieces.Length], line ?? "" }));

        Assert.All(Check.Of(text) ?? [], finding => Assert.InRange(finding.Line, 1, text.Split(['\n', '\r']).Length));
    }

    private static IEnumerable<(string Rule, bool Fires, string Text)> Read()
    {
        foreach (var example in Fixture.Read("rules.txt").Split("\n%%% ").Skip(1))
        {
            var end = example.IndexOf('\n', StringComparison.Ordinal);
            var words = example[..end].Split(' ');
            yield return (words[0], words[1] == "fires", example[(end + 1)..]);
        }
    }
}
