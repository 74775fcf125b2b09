using EightD.Reports.Answers;
using static EightD.Reports.Tests.Answering;

namespace EightD.Reports.Tests;

/// <summary>"How an answer becomes Markdown", rule by rule: what is typed, and the bytes that stand in the discipline afterwards.</summary>
public sealed class RuleTests
{
    private const string Actions = "| Action | Responsible | Target Date | Status |\n|--------|-------------|-------------|--------|";
    private const string Team = "| Name | Role | Department | Responsibilities |\n|------|------|------------|------------------|";

    [Theory]
    [InlineData("D4", "escape", "D4.Escape points - Why wasn't this caught earlier?")]
    [InlineData("D4", "ESC", "D4.Escape points - Why wasn't this caught earlier?")]
    [InlineData("4", "points", "D4.Escape points - Why wasn't this caught earlier?")]
    [InlineData("D4", "Escape points - Why wasn't this caught earlier?", "D4.Escape points - Why wasn't this caught earlier?")]
    [InlineData("d2", "business impact", "D2.Business impact")]
    [InlineData("D4", "caught", "")]
    [InlineData("D4", "xyz", "")]
    [InlineData("D6", "ver", "D6.Implementation verification")]
    [InlineData("D0", "p", "D0.Problem discovered,D0.Prerequisites")]
    [InlineData("D8", "me", "D8.Metrics and outcomes")]
    public void Rule_1_a_label_is_found_by_the_beginning_of_a_word(string section, string label, string parts) =>
        Assert.Equal(parts, string.Join(',', Incident.Find(section, label)));

    [Theory]
    [InlineData("D0", "D0.Problem discovered")]
    [InlineData("D1", "D1")]
    [InlineData("D2", "D2")]
    [InlineData("D4", "D4.Root cause analysis")]
    [InlineData("D6", "D6")]
    public void Rule_1_a_discipline_alone_is_its_lead_or_its_first_label(string section, string part) =>
        Assert.Equal(part, Incident.LeadOf(section).ToString());

    [Theory]
    [InlineData("\n\n  \nHTTP 500  \r\nsince 14:15\t\r\n\r\n", "HTTP 500\nsince 14:15")]
    [InlineData("a\rb", "a\nb")]
    [InlineData("🎉 עברית a_b **bold** [x](https://a.example)", "🎉 עברית a_b **bold** [x](https://a.example)")]
    [InlineData("{{title}} stays", "{{title}} stays")]
    public void Rule_2_line_ends_and_blanks_are_cleaned_and_nothing_else(string typed, string written) =>
        Assert.Equal(written, Begun.Answered("D2", typed).Body("D2"));

    [Fact]
    public void Rule_2_what_is_no_text_becomes_a_replacement_character() =>
        Assert.Equal("nul\uFFFD lone \uFFFD here", Begun.Answered("D2", "nul\0 lone \uD83D here").Body("D2"));

    [Theory]
    [InlineData("It is down.\nsymptoms: HTTP 500\nTimeouts\nImpact: 40 users", "It is down.\n\n**Symptoms observed:**\n- HTTP 500\n- Timeouts\n\n**Business impact:**\n- 40 users")]
    [InlineData("Business impact: 40 users", "**Business impact:**\n- 40 users")]
    [InlineData("**Business impact:**\n- 40 users", "**Business impact:**\n- 40 users")]
    [InlineData("business IMPACT : 40 users", "**Business impact:**\n- 40 users")]
    [InlineData("im: too short", "im: too short")]
    [InlineData("Our impact: is no label", "Our impact: is no label")]
    [InlineData("See https://a.example: it is down", "See https://a.example: it is down")]
    [InlineData("It:\n- impact: in an item", "It:\n- impact: in an item")]
    [InlineData("- item\n  impact: under it", "- item\n  impact: under it")]
    [InlineData("- item\nimpact: after it", "- item\n\n**Business impact:**\n- after it")]
    [InlineData("```\nimpact: code\n```", "```\nimpact: code\n```")]
    [InlineData("impact: one\nsymptoms: two\nimpact: three", "**Symptoms observed:**\n- two\n\n**Business impact:**\n- one\n- three")]
    public void Rule_3_a_line_opens_a_labels_part(string typed, string written) =>
        Assert.Equal(written, Begun.Answered("D2", typed).Body("D2"));

    [Theory]
    [InlineData("Escape points - Why wasn't this caught earlier?\n1. Review")]
    [InlineData("Escape points - Why wasn't this caught earlier? Review")]
    [InlineData("escape points - why wasn't this caught earlier?: Review")]
    [InlineData("**Escape points - Why wasn't this caught earlier?**\nReview")]
    [InlineData("escape: Review")]
    public void Rule_3_after_a_question_mark_the_colon_may_be_missing(string typed) =>
        Assert.Equal("**Escape points - Why wasn't this caught earlier?**\n1. Review", Begun.Answered("D4", typed).Body("D4"));

    [Theory]
    [InlineData("D0.Impact", "40 users", "**Impact:** 40 users")]
    [InlineData("D0.Impact", "40 users\nand more", "**Impact:**\n\n40 users\nand more")]
    [InlineData("D0", "It broke\nimpact: 40 users\ndata: logs", "**Problem discovered:** It broke\n**Impact:** 40 users\n**Data sources:** logs")]
    [InlineData("D0", "problem: It broke\nimpact: 40 users\nand more\ndata: logs", "**Problem discovered:** It broke\n\n**Impact:**\n\n40 users\nand more\n\n**Data sources:** logs")]
    [InlineData("D4.Root cause analysis", "A slow query", "**Root cause analysis:**\nA slow query")]
    [InlineData("D4.Root cause analysis", "A slow query,\nmade by us", "**Root cause analysis:**\nA slow query,\nmade by us")]
    [InlineData("D4.Root cause analysis", "A slow query\n\nmade by us", "**Root cause analysis:**\n\nA slow query\n\nmade by us")]
    [InlineData("D4.Root cause analysis", "Why:\n1. one\n2. two", "**Root cause analysis:**\n\nWhy:\n1. one\n2. two")]
    public void Rule_4_text_stands_where_the_template_has_it(string target, string typed, string written) =>
        Assert.Equal(written, Begun.Answered(target, typed).Body(target[..2]));

    [Theory]
    [InlineData("D2.Business impact", "40 users", "- 40 users")]
    [InlineData("D2.Business impact", "40 users\n\n\n47 tickets", "- 40 users\n- 47 tickets")]
    [InlineData("D2.Business impact", "* 40 users\n* 47 tickets", "* 40 users\n* 47 tickets")]
    [InlineData("D2.Business impact", "- 40 users\n  - in Berlin\n- 47 tickets", "- 40 users\n  - in Berlin\n- 47 tickets")]
    [InlineData("D2.Business impact", "40 users\n- 47 tickets\nmoney", "- 40 users\n- 47 tickets\n- money")]
    [InlineData("D2.Business impact", "- 40 users\n\n- 47 tickets", "\n- 40 users\n\n- 47 tickets")]
    [InlineData("D3.Immediate actions taken", "Restarted it\nTold people", "1. Restarted it\n2. Told people")]
    [InlineData("D3.Immediate actions taken", "1. Restarted it\n   - twice\n2. Told people", "1. Restarted it\n   - twice\n2. Told people")]
    [InlineData("D3.Immediate actions taken", "1. Restarted it\n\n2. Told people", "\n1. Restarted it\n\n2. Told people")]
    [InlineData("D3.Immediate actions taken", "Ran\n```\nsystemctl restart db\n```\nTold people", "1. Ran\n   ```\n   systemctl restart db\n   ```\n2. Told people")]
    public void Rule_5_lines_become_items(string target, string typed, string written) =>
        Assert.Equal($"**{Part(target).Label}:**\n{written}", Begun.Answered(target, typed).Body(target[..2]));

    [Theory]
    [InlineData("Create index | Maria Santos | Dec 21, 2024 | Completed", "| Create index | Maria Santos | Dec 21, 2024 | Completed |")]
    [InlineData("Create index\tMaria Santos\tDec 21, 2024\tCompleted", "| Create index | Maria Santos | Dec 21, 2024 | Completed |")]
    [InlineData("Ask a|b\tMaria Santos\tDec 21, 2024\tOpen", "| Ask a\\|b | Maria Santos | Dec 21, 2024 | Open |")]
    [InlineData("| Ask a\\|b | Maria |", "| Ask a\\|b | Maria | | |")]
    [InlineData("| Action | Responsible | Target Date | Status |\n|---|:--|--:|---|\n| Create index | Maria | | |", "| Create index | Maria | | |")]
    [InlineData("| What | Who | When | State |\n|---|---|---|---|\n| Create index | Maria | | |", "| Create index | Maria | | |")]
    [InlineData("Action\tResponsible\tTarget Date\tStatus\nCreate index\tMaria\t\t", "| Create index | Maria | | |")]
    [InlineData("Create index @maria santos by tomorrow", "| Create index | Maria Santos | Dec 21, 2024 | Open |")]
    [InlineData("- Create index @Ana by 2024-12-30", "| Create index | Ana | Dec 30, 2024 | Open |")]
    [InlineData("Create index", "| Create index | | | Open |")]
    [InlineData("a | b | c | d |", "| a | b | c | d |")]
    [InlineData("| <script> | a | b | c |", "| \\<script> | a | b | c |")]
    public void Rule_6_a_line_is_an_action(string typed, string rows) =>
        Assert.Equal($"{Actions}\n{rows}", Begun.Answered("D6", typed).Body("D6"));

    [Theory]
    [InlineData("Alex Chen | Incident Commander | DevOps | Coordination", "| Alex Chen | Incident Commander | DevOps | Coordination |")]
    [InlineData("@Ana Lead, DevOps: coordination, calls", "| Ana | Lead | DevOps | coordination, calls |")]
    [InlineData("Maria Santos Database Admin", "| Maria Santos | Database Admin | | |")]
    [InlineData("Ana Lead\nMaria Santos Admin, IT", "| Ana | Lead | | |\n| Maria Santos | Admin | IT | |")]
    public void Rule_6_a_line_is_a_person(string typed, string rows) =>
        Assert.Equal($"{Team}\n{rows}", Begun.Answered("D1", typed).Body("D1"));

    [Fact]
    public void Rule_6_a_row_with_too_many_cells_is_refused()
    {
        var reading = AnswerReading.Read(Incident, new("D6"), whole: true, "a | b | c | d\na | b | c | d | e", Day, []);
        Assert.Equal(new AnswerReading.TooManyCells("a | b | c | d | e", 5, 4), reading);
    }

    [Fact]
    public void Rule_6_a_date_that_can_be_two_days_is_asked_for()
    {
        var reading = AnswerReading.Read(Incident, new("D6"), whole: true, "Create index @Ana by 03/04/2025", Day, ["Ana"]);
        Assert.Equal(new EightD.Reports.Actions.DateReading.DayOrMonthFirst("03/04/2025"), Assert.IsType<AnswerReading.DateUnclear>(reading).Date);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t\r\n")]
    [InlineData("impact:\nsymptoms:")]
    public void An_answer_that_says_nothing_is_none(string typed) =>
        Assert.IsType<AnswerReading.Empty>(AnswerReading.Read(Incident, new("D2"), whole: true, typed, Day, []));

    [Theory]
    [InlineData("D2", "It is down.", "It is slow.", "It is down.\n\nIt is slow.")]
    [InlineData("D2.Business impact", "a", "b", "**Business impact:**\n- a\n- b")]
    [InlineData("D2.Business impact", "a", "- b\n\n- c", "**Business impact:**\n\n- a\n\n- b\n\n- c")]
    [InlineData("D3.Immediate actions taken", "1. a\n2. b", "1. c\n1. d", "**Immediate actions taken:**\n1. a\n2. b\n3. c\n4. d")]
    [InlineData("D3.Immediate actions taken", "8. a\n9. b", "1. c\n   - under\n2. d", "**Immediate actions taken:**\n\n8. a\n9. b\n10. c\n    - under\n11. d")]
    [InlineData("D0.Impact", "a", "b", "**Impact:**\n\na\n\nb")]
    [InlineData("D4.Root cause analysis", "a", "b", "**Root cause analysis:**\n\na\n\nb")]
    [InlineData("D6", "a | b", "c | d", Actions + "\n| a | b | | |\n| c | d | | |")]
    public void Rule_7_another_answer_adds(string target, string one, string two, string written) =>
        Assert.Equal(written, Begun.Answered(target, one).Answered(target, two).Body(target[..2]));

    [Theory]
    [InlineData("D2", "# heading", "\\# heading")]
    [InlineData("D2", "   ### three", "   \\### three")]
    [InlineData("D2", "#hashtag and #", "#hashtag and #")]
    [InlineData("D2", "text\n===", "text\n\\===")]
    [InlineData("D2", "text\n---", "text\n\\---")]
    [InlineData("D2", "text\n-", "text\n\\-")]
    [InlineData("D2", "a\n\n---\n\nb", "a\n\n\\---\n\nb")]
    [InlineData("D2", "***", "\\***")]
    [InlineData("D2", "> # quoted", "> \\# quoted")]
    [InlineData("D2", "- # item", "- \\# item")]
    [InlineData("D2", "- a\n    # in the item", "- a\n    \\# in the item")]
    [InlineData("D2", "<b>x</b>", "\\<b>x\\</b>")]
    [InlineData("D2", "<!-- x -->", "\\<!-- x -->")]
    [InlineData("D2", "(target: <60 minutes) a < b <- c", "(target: <60 minutes) a < b <- c")]
    [InlineData("D2", "<https://a.example> <ana@a.example>", "<https://a.example> <ana@a.example>")]
    [InlineData("D2", "`<b>` and <i>", "`<b>` and \\<i>")]
    [InlineData("D2", "\\<b> \\`<i>`", "\\<b> \\`\\<i>`")]
    [InlineData("D2", "`a\nb` <b> `c", "`a\nb` \\<b> `c")]
    [InlineData("D2", "```\n# code <b>\n* * *", "```\n# code <b>\n* * *\n```")]
    [InlineData("D2", "~~~ text\n```\n", "~~~ text\n```\n~~~")]
    [InlineData("D2", "- ```\n  code", "- ```\n  code\n  ```")]
    [InlineData("D2", "a\n\n    # indented code <b>", "a\n\n    # indented code <b>")]
    [InlineData("D2", "a_b **bold** [x](y)", "a_b **bold** [x](y)")]
    [InlineData("D2.Business impact", "- - -", "**Business impact:**\n- \\- - -")]
    [InlineData("D2.Business impact", "---", "**Business impact:**\n- \\---")]
    [InlineData("D2.Business impact", "--", "**Business impact:**\n- \\--")]
    [InlineData("D2.Symptoms observed", "**Business impact:** x", "**Symptoms observed:**\n- \\**Business impact:** x")]
    [InlineData("D2.Symptoms observed", "Business impact: x", "**Symptoms observed:**\n- Business impact: x")]
    [InlineData("D2.Symptoms observed", "- **Customers:** x", "**Symptoms observed:**\n- **Customers:** x")]
    [InlineData("D0.Impact", "**Data sources:** x", "**Impact:** \\**Data sources:** x")]
    [InlineData("D0.Impact", "a\n**Data sources:** x", "**Impact:**\n\na\n\\**Data sources:** x")]
    public void Rule_8_nothing_typed_changes_the_structure(string target, string typed, string written) =>
        Assert.Equal(written, Begun.Add(Part(target), typed).Body(target[..2]));

    [Fact]
    public void Rule_9_labels_come_in_the_templates_order_whatever_order_they_are_answered_in()
    {
        var report = Begun.Answered("D2.Business impact", "c").Answered("D2", "a").Answered("D2.Is / is not", "d").Answered("D2.Symptoms observed", "b");
        Assert.Equal("a\n\n**Symptoms observed:**\n- b\n\n**Business impact:**\n- c\n\n**Is / is not:**\n- d", report.Body("D2"));
    }

    [Fact]
    public void Rule_9_header_and_links_have_their_blank_lines()
    {
        var report = Begun.WithLink(new("Supersedes", 1, "T", "0001-t.md")).WithLink(new("Related to", 2, "U [x]", "0002-u.md")).WithLink(new("supersedes", 1, "T", "0001-t.md"));
        Assert.StartsWith(
            "# 0004: Checkout is down\n\n**Date:** 2024-12-20\n**Status:** In Progress\n\n## Links\n\n- Supersedes: [0001: T](./0001-t.md)\n- Related to: [0002: U \\[x\\]](./0002-u.md)\n\n## D0: Planning\n",
            report.Text, StringComparison.Ordinal);
        Assert.Equal([new("Supersedes", 1, "T", "0001-t.md"), new Link("Related to", 2, "U [x]", "0002-u.md")], report.Links);
    }

    [Fact]
    public void Replacing_leaves_the_other_parts_and_nothing_of_the_old_text()
    {
        var report = Begun.Answered("D2", "a\nimpact: b").Replace(new("D2", "Business impact"), "1. c\nd");
        Assert.Equal("a\n\n**Business impact:**\n1. c\n- d", report.Body("D2"));
        Assert.Equal(Begun.Answered("D2", "a").Text, report.Replace(new("D2", "Business impact"), " \n").Text);
    }

    [Fact]
    public void The_timeline_is_made_after_D8_and_grows()
    {
        var report = Begun.WithTimelineEntry("2024-12-20 14:15 UTC, Ana: down\n# not a heading").WithTimelineEntry("2024-12-20 14:20 UTC, Bob: up");
        Assert.EndsWith(
            "\n## Timeline\n\n- 2024-12-20 14:15 UTC, Ana: down\n  \\# not a heading\n- 2024-12-20 14:20 UTC, Bob: up\n\n---\n\n*This 8D report was written with 8D Bot.*\n",
            report.Text, StringComparison.Ordinal);
        Assert.Equal(["2024-12-20 14:15 UTC, Ana: down\n\\# not a heading", "2024-12-20 14:20 UTC, Bob: up"], report.Timeline);
    }
}
