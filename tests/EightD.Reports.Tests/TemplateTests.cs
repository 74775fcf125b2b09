using EightD.Reports.Reading;
using EightD.Reports.Templates;
using static EightD.Reports.Tests.Answering;

namespace EightD.Reports.Tests;

public sealed class TemplateTests
{
    private static Template Default => Template.BuiltIn[1];

    private static Template Simple => Template.BuiltIn[2];

    [Fact]
    public void Incident_asks_what_the_sample_answers_in_its_order()
    {
        var sample = Report.Read(Sample.Text, Incident);
        Assert.Equal(
            sample.Sections.Where(section => section.Number is not null).SelectMany(section => section.Parts).Select(part => (part.Name, part.Kind)),
            Incident.Questions.Select(question => (question.Part, question.Kind)));
    }

    [Fact]
    public void Incident_has_four_labels_that_are_not_asked() =>
        Assert.Equal(
            ["D2.Is / is not", "D4.Evidence", "D5.Verification before roll-out", "D7.Read-across"],
            Incident.Sections.SelectMany(section => section.Parts).Where(question => question.Optional).Select(question => question.Part.ToString()).ToList());

    [Fact]
    public void Each_question_of_incident_has_a_hint_and_an_example() =>
        Assert.All(Incident.Sections.SelectMany(section => section.Parts), question =>
        {
            Assert.False(string.IsNullOrEmpty(question.Hint), question.Part.ToString());
            Assert.False(string.IsNullOrEmpty(question.Example), question.Part.ToString());
        });

    [Fact]
    public void A_begun_incident_report_holds_headings_hints_and_tables_alone()
    {
        var lines = Begun.Text.Split('\n');
        Assert.DoesNotContain(lines, line => line.Contains("ask:", StringComparison.Ordinal) || line.Contains("optional", StringComparison.Ordinal) || line.Contains("{{", StringComparison.Ordinal) || line == "<!-- text -->");
        Assert.Equal(
            [.. Sample.Text.Split('\n').Where(line => line.StartsWith("## D", StringComparison.Ordinal) || line.StartsWith("<!--", StringComparison.Ordinal) || line.StartsWith("| Name", StringComparison.Ordinal) || line.StartsWith("| Action", StringComparison.Ordinal) || line.StartsWith("|--", StringComparison.Ordinal))],
            lines.Skip(4).Where(line => line.Length > 0).SkipLast(2).ToList());
        Assert.EndsWith("\n\n---\n\n*This 8D report was written with 8D Bot.*\n", Begun.Text, StringComparison.Ordinal);
        Assert.All(Incident.Questions, question => Assert.False(Begun.Holds(question.Part)));
        Assert.Empty(Begun.Faults);
    }

    [Fact]
    public void Default_and_simple_write_the_plain_dialect()
    {
        foreach (var template in new[] { Default, Simple })
        {
            var report = template.Begin("T", 3, Day, "Draft", [new("Extends", 2, "U", "0002-u.md")]);
            Assert.StartsWith("# 3: T\n\n- **Date:** 2024-12-20\n- **Status:** Draft\n\n## Links\n\n- Extends: [2: U](./0002-u.md)\n\n## D0: Plan", report.Text, StringComparison.Ordinal);
            Assert.Equal(Dialect.Plain, report.Dialect);
            Assert.Empty(report.Faults);
        }
    }

    [Fact]
    public void Default_has_the_headings_of_8d_tools()
    {
        Assert.Equal(
            ["Plan and prepare", "Form a team", "Identify the problem", "Develop interim containment plan", "Verify root causes and escape points", "Choose permanent corrective actions", "Implement corrective actions", "Take preventive measures", "Celebrate with your team", "Summary"],
            Default.Sections.Select(section => section.Name).ToList());
        var report = Default.Begin("T", 3, Day, "Draft", [])
            .Answered("D1.Team members", "Ana Lead").Answered("D2.Problem statement", "It is down.\n# x").Answered("D2.Who", "Ana\nBob")
            .Answered("D4.Potential root causes", "1. a\n2. b").Answered("D5.Proposed solutions", "a").Answered("D6", "a | Ana | | Open");
        Assert.Contains("### Team members\n<!-- Who works on it, and as what? -->\n\n| Name | Role | Department | Responsibilities |\n|------|------|------------|------------------|\n| Ana | Lead | | |\n\n### Team leader\n", report.Text, StringComparison.Ordinal);
        Assert.Contains("### Problem statement\n<!-- What is wrong, in one or two exact sentences? -->\n\nIt is down.\n\\# x\n\n### 5W2H analysis\n\n- **Who:** Ana\n  Bob\n\n### Problem quantification\n", report.Text, StringComparison.Ordinal);
        Assert.Contains("#### Potential root causes\n\n1. a\n2. b\n\n#### Root cause verification\n", report.Text, StringComparison.Ordinal);
        Assert.Contains("| a | Ana | | Open |\n\n### Implementation verification\n", report.Text, StringComparison.Ordinal);
        Assert.Empty(report.Faults);
    }

    [Fact]
    public void Items_of_5W2H_stand_line_by_line()
    {
        var report = Default.Begin("T", 3, Day, "Draft", []).Answered("D2.What", "b").Answered("D2.Who", "a").Answered("D2.How many", "c");
        Assert.Contains("### 5W2H analysis\n\n- **Who:** a\n- **What:** b\n- **How many:** c\n\n### Problem quantification", report.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Simple_asks_a_paragraph_of_each_discipline_and_a_table_of_D1()
    {
        Assert.Equal(
            ["D0 Paragraph", "D1 Table", "D2 Paragraph", "D3 Paragraph", "D4 Paragraph", "D5 Paragraph", "D6 Paragraph", "D7 Paragraph", "D8 Paragraph"],
            Simple.Questions.Select(question => $"{question.Part} {question.Kind}").ToList());
        var begun = Simple.Begin("T", 3, Day, "Draft", []);
        var report = begun.Answered("D0", "A\nparagraph").Answered("D6", "We change it.");
        Assert.Equal(("A\nparagraph", "We change it."), (report.Body("D0"), report.Body("D6")));
        report = EightD.Reports.Actions.ActionTable.Of(report).WithRow("a", "Ana", new(2024, 12, 21), "Open");
        Assert.Equal("We change it.\n\n| Action | Responsible | Target Date | Status |\n|--------|-------------|-------------|--------|\n| a | Ana | Dec 21, 2024 | Open |", report.Body("D6"));
        Assert.Equal(begun.Answered("D0", "A\nparagraph").Answered("D6", "We change it.").Text, report.SetText(new("D6"), "We change it.").Text);
    }

    [Fact]
    public void A_file_that_8d_tools_made_holds_nothing_yet_and_its_empty_row_is_filled()
    {
        const string made = "# 3: T\n\n- **Date:** 2024-12-20\n- **Status:** Draft\n\n## D1: Team members\n<!-- List team members and their roles -->\n\n| Name | Role | Department | Responsibilities |\n|------|------|------------|------------------|\n|      |      |            |                  |\n\n## D2: Problem statement & description\n";
        var report = Report.Read(made, Simple);
        Assert.False(report.Holds(new("D1")));
        var after = report.Answered("D1", "Ana Lead");
        Assert.Equal(made.Replace("|      |      |            |                  |", "| Ana | Lead | | |", StringComparison.Ordinal), after.Text);
        Assert.Equal(made, after.SetText(new("D1"), report.TextOf(new("D1"))).Text);
    }

    [Fact]
    public void A_teams_own_template_needs_no_discipline()
    {
        var own = Template.Read("own", "# {{title}}\n\n**Date:** {{date}}\n\n{{links}}\n\n## What happened?\n<!-- In one sentence -->\n\n## Numbers\n\n**Users:** \n**Minutes:** \n\n**Steps:**\n1. \n\n## Costs\n\n| Item | Price |\n|---|---|\n");
        Assert.Equal(
            ["what-happened Paragraph", "numbers.Users TextOnLine", "numbers.Minutes TextOnLine", "numbers.Steps Numbered", "costs Table"],
            own.Questions.Select(question => $"{question.Part} {question.Kind}").ToList());
        var report = own.Begin("2024 {{date}}", 7, Day, "In Progress", []);
        Assert.Equal("# 2024 {{date}}\n\n**Date:** 2024-12-20\n**Status:** In Progress\n\n## What happened?\n<!-- In one sentence -->\n\n## Numbers\n\n## Costs\n\n| Item | Price |\n|---|---|\n", report.Text);
        report = report.Answered("costs", "Server | 3 | 4".Replace(" | 4", "", StringComparison.Ordinal)).Answered("numbers", "minutes: 45\nsteps: a\nb").Answered("what-happened", "It fell.");
        Assert.EndsWith("<!-- In one sentence -->\n\nIt fell.\n\n## Numbers\n\n**Minutes:** 45\n\n**Steps:**\n1. a\n2. b\n\n## Costs\n\n| Item | Price |\n|---|---|\n| Server | 3 |\n", report.Text, StringComparison.Ordinal);
        Assert.Empty(report.Faults);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no heading at all")]
    [InlineData("# only a title\n")]
    [InlineData("## D4: Cause\n\n**Why?**\n- \n")]
    public void Any_template_begins_a_report(string text)
    {
        var template = Template.Read("own", text);
        var report = template.Begin("T", 1, Day, "In Progress", [new("Extends", 2, "U", "0002-u.md")]).WithLink(new("Amends", 3, "V", "0003-v.md")).WithTimelineEntry("x");
        Assert.Equal((1, 1, "In Progress"), (report.Timeline.Count, report.Links.Count(link => link.Number == 3), report.Status));
        Assert.All(template.Questions, question => Assert.Equal("- x", report.Answered(question.Part.ToString(), "- x").TextOf(question.Part)));
    }

    [Fact]
    public void The_date_of_a_typed_action_follows_the_tables_style()
    {
        var report = Report.Read("# 1: T\n\n## D6: Plan\n\n| Action | Responsible | Target Date | Status |\n|---|---|---|---|\n| a | Ana | 2024-12-30 | Open |\n", Incident);
        var reading = Answers.AnswerReading.Read(Incident, new("D6"), whole: true, "b @Ana by tomorrow", Day, ["Ana"], report);
        Assert.Equal("| b | Ana | 2024-12-21 | Open |", Assert.IsType<Answers.AnswerReading.Answers>(reading).Parts[0].Typed);
    }
}
