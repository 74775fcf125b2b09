using System.Diagnostics;
using EightD.Reports.Actions;
using EightD.Reports.Reading;
using static EightD.Reports.Tests.Answering;

namespace EightD.Reports.Tests;

/// <summary>What people do to these files by hand: it is read, what cannot be read is named, and an edit changes only its own lines.</summary>
public sealed class HandWrittenTests
{
    private const string Messy =
        """
        Checkout is down
        ================

        - **Date:** 21.12.2024
        - **Status:** Draft

        A note before everything.

        D2: What is wrong
        -----------------
        <!-- hint -->
        <div align="center"><img src="x.png"></div>

        Text with ![an image](y.png) and

        ```md
        ## D4: not a heading
        | not | a table |
        ```

        **Business impact:**

        * one
        * two

        ## Notes of the night

        Whatever.

        ## D6: Implementation plan

        | Status      | Owner   | Ticket | Action            | Due        |
        | :---------- | :-----: | ------ | ----------------- | ---------: |
        | Done        | Maria   | T-1    | Create the index  | 21.12.2024 |
        | ✅          | Bob     | T-2    | Tell the customers | Dec 22 |
        | in progress | @Ana    | T-3    | Write \| check     | 03/04/2025 |
        | Closed | Ana |
        |        |     |        |                   |            |
        |             | Ana     | T-5    | Nothing yet       | 2025-01-10

        ## D6: Implementation plan

        doubled
        """;

    private static string Sent => Messy.ReplaceLineEndings("\n");

    private static Report Read(string text) => Report.Read(text, Incident);

    [Fact]
    public void The_messy_report_is_read()
    {
        var report = Read(Sent);
        Assert.Equal((null, "Checkout is down", new DateOnly(2024, 12, 21), "Draft", Dialect.Plain), (report.Number, report.Title, report.Date, report.Status, report.Dialect));
        Assert.Equal(["D2", "notes-of-the-night", "D6"], report.Sections.Select(section => section.Key).ToList());
        Assert.Equal("* one\n* two", report.TextOf(new("D2", "Business impact")));
        Assert.Contains("## D4: not a heading", report.TextOf(new("D2")), StringComparison.Ordinal);
    }

    [Fact]
    public void What_could_not_be_read_is_named_with_its_line()
    {
        var faults = Read(Sent).Faults;
        Assert.Contains(new(ReadingFaultKind.RowCells, 37, "| Closed | Ana |"), faults);
        Assert.Contains(new(ReadingFaultKind.DoubledSection, 41, "## D6: Implementation plan"), faults);
        Assert.Equal(["D0", "D1", "D3", "D4", "D5", "D7", "D8"], faults.Where(fault => fault.Kind == ReadingFaultKind.MissingSection).Select(fault => fault.Quote).ToList());
        Assert.Equal(9, faults.Count);
    }

    [Fact]
    public void Actions_are_read_whatever_the_columns_are_called()
    {
        Assert.Equal(
            [
                new ActionRow("Create the index", "Maria", new(2024, 12, 21), "21.12.2024", ActionStatus.Completed, "Done", 34),
                new("Tell the customers", "Bob", new(2024, 12, 22), "Dec 22", ActionStatus.Completed, "✅", 35),
                new("Write | check", "Ana", null, "03/04/2025", ActionStatus.InProgress, "in progress", 36),
                new("", "Ana", null, "", ActionStatus.Completed, "Closed", 37),
                new("Nothing yet", "Ana", new(2025, 1, 10), "2025-01-10", ActionStatus.Open, "", 39),
            ],
            ActionTable.Of(Read(Sent)).Rows);
    }

    [Theory]
    [InlineData(0, "| Completed        | Maria   | T-1    | Create the index  | 21.12.2024 |")]
    [InlineData(3, "| Completed | Ana |")]
    [InlineData(4, "| Completed | Ana     | T-5    | Nothing yet       | 2025-01-10")]
    public void A_status_changes_its_own_cell(int row, string line)
    {
        var report = Read(Sent);
        var after = ActionTable.Of(report).WithStatus(row, "Completed");
        Assert.Equal([line], Changed(report.Text, after.Text).After);
    }

    [Fact]
    public void A_row_that_is_too_short_grows_up_to_the_cell_that_is_written()
    {
        var after = ActionTable.Of(Read(Sent)).WithDue(3, new(2025, 2, 1));
        Assert.Equal(["| Closed | Ana | | | 01.02.2025 |"], Changed(Sent, after.Text).After);
    }

    [Fact]
    public void A_new_row_has_its_cells_where_the_columns_stand_and_its_date_in_their_style()
    {
        var after = ActionTable.Of(Read(Sent)).WithRow("Ask a|b", "Bob", new(2025, 2, 1), "Open");
        Assert.Equal(["|        |     |        |                   |            |"], Changed(Sent, after.Text).Before);
        Assert.Equal(["| Open | Bob | | Ask a\\|b | 01.02.2025 |"], Changed(Sent, after.Text).After);
    }

    [Fact]
    public void A_column_that_a_table_has_not_is_made()
    {
        var report = Read("# 1: T\n\n## D6: Plan\n\n| Task | Who |\n|---|---|\n| a | Ana |\n");
        var after = ActionTable.Of(report).WithStatus(0, "Completed");
        Assert.Equal("# 1: T\n\n## D6: Plan\n\n| Task | Who | Status |\n|---|---| ------ |\n| a | Ana | Completed |\n", after.Text);
    }

    [Fact]
    public void A_table_that_is_missing_is_made()
    {
        var after = ActionTable.Of(Read("# 1: T\n\n## D5: Correction\n\nText\n\n## D7: Prevention\n")).WithRow("a", "Ana", null, "Open");
        Assert.StartsWith("# 1: T\n\n## D5: Correction\n\nText\n\n## D6: Implementation plan\n<!-- ", after.Text, StringComparison.Ordinal);
        Assert.EndsWith("-->\n\n| Action | Responsible | Target Date | Status |\n|--------|-------------|-------------|--------|\n| a | Ana | | Open |\n\n## D7: Prevention\n", after.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_team_is_read_and_changed_row_by_row()
    {
        var report = Read("## D1: Team\n\n| Role | Name |\n|---|---|\n| Lead | Ana |\n| Admin | @Bob |");
        Assert.Equal([new TeamMember("Ana", "Lead", "", ""), new("Bob", "Admin", "", "")], TeamTable.Of(report));
        Assert.Equal("## D1: Team\n\n| Role | Name |\n|---|---|\n| Lead | Ana |", TeamTable.WithoutMember(report, "bob").Text);
        Assert.Same(report, TeamTable.WithoutMember(report, "Carl"));
        Assert.EndsWith("| Admin | @Bob |\n| Dev | Carl |", TeamTable.WithMember(report, new("Carl", "Dev", "", "")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\n", "", "\n")]
    [InlineData("\r\n", "", "\r\n")]
    [InlineData("\r\n", "\uFEFF", "")]
    [InlineData("\n", "\uFEFF", "")]
    public void Line_ends_byte_order_mark_and_the_last_lines_end_stay(string end, string mark, string last)
    {
        var text = mark + Sample.Text.TrimEnd('\n').Replace("\n", end, StringComparison.Ordinal) + last;
        var report = Read(text);
        Assert.Equal((3, 0), (report.Number, report.Faults.Count));
        var after = report.Answered("D2.Business impact", "one more").WithStatus("In Progress").WithTitle("New").WithLink(new("Extends", 2, "U", "0002-u.md")).WithTimelineEntry("x");
        var whole = Report.Read(Sample.Text, Incident).Answered("D2.Business impact", "one more").WithStatus("In Progress").WithTitle("New").WithLink(new("Extends", 2, "U", "0002-u.md")).WithTimelineEntry("x").Text;
        Assert.Equal(mark + whole.TrimEnd('\n').Replace("\n", end, StringComparison.Ordinal) + last, after.Text);
        Assert.Equal(text, report.Answered("D4", "escape: x").SetText(new("D4", "Escape points - Why wasn't this caught earlier?"), report.TextOf(new("D4", "Escape points - Why wasn't this caught earlier?"))).Text);
    }

    [Theory]
    [InlineData("D2.Business impact", "three", "* three", 1, 0)]
    [InlineData("D2", "More.", "More.", 2, 0)]
    [InlineData("D2.Symptoms observed", "HTTP 500", "- HTTP 500", 3, 0)]
    public async Task Git_sees_only_the_lines_that_an_answer_means(string target, string typed, string line, int added, int removed)
    {
        var typedAs = typed == "three" ? "* three" : typed;
        var after = Read(Sent).Answered(target, typedAs).Text;
        Assert.Contains($"\n{line}\n", after, StringComparison.Ordinal);
        Assert.Equal($"{added}\t{removed}", await NumStat(Sent, after));
    }

    [Fact]
    public async Task Git_sees_one_line_for_a_cell() =>
        Assert.Equal("1\t1", await NumStat(Sent, ActionTable.Of(Read(Sent)).WithStatus(2, "Completed").Text));

    [Fact]
    public void A_discipline_left_out_comes_back_at_its_place()
    {
        var text = Sample.Text.Remove(Sample.Text.IndexOf("## D5", StringComparison.Ordinal), Sample.Text.IndexOf("## D6", StringComparison.Ordinal) - Sample.Text.IndexOf("## D5", StringComparison.Ordinal));
        var after = Read(text).Answered("D5", Sample.Disciplines.Single(discipline => discipline.Section == "D5").Text);
        Assert.Equal(Sample.Text, after.Text);
    }

    [Fact]
    public void A_code_block_left_open_hides_nothing_that_is_answered()
    {
        var report = Read("# 1: T\n\n## D2: Problem\n\n```\nopen\n\n## D4: Cause\n");
        Assert.Contains(new(ReadingFaultKind.NotClosed, 5, "```"), report.Faults);
        Assert.Equal("- x", report.Answered("D4.Contributing factors", "x").TextOf(new("D4", "Contributing factors")));
    }

    [Theory]
    [InlineData("# 3: T\n\n- **Date:** 2024-12-20\n- **Status:** Draft\n", Dialect.Plain, "# 12: T", "- Extends: [2: U](./0002-u.md)")]
    [InlineData("# 0003: T\n\n**Date:** 2024-12-20\n**Status:** Draft\n", Dialect.Padded, "# 0012: T", "- Extends: [0002: U](./0002-u.md)")]
    public void Both_dialects_are_kept(string text, Dialect dialect, string title, string link)
    {
        var report = Read(text);
        Assert.Equal(dialect, report.Dialect);
        var after = report.WithNumber(12).WithLink(new("Extends", 2, "U", "0002-u.md")).WithStatus("Completed").Text;
        Assert.Equal($"{title}{text[text.IndexOf('\n', StringComparison.Ordinal)..].Replace("Draft", "Completed", StringComparison.Ordinal)}\n## Links\n\n{link}\n", after);
    }

    [Theory]
    [InlineData("# 0003: T\n\n**Date:** 2024-12-20\n", "# 0003: T\n\n**Date:** 2024-12-20\n**Status:** Completed\n")]
    [InlineData("# 3: T\n\n- **Date:** x\n", "# 3: T\n\n- **Date:** x\n- **Status:** Completed\n")]
    [InlineData("# 0003: T\n\n## D0: Planning\n", "# 0003: T\n\n**Status:** Completed\n\n## D0: Planning\n")]
    [InlineData("**Status:**\n", "**Status:** Completed\n")]
    [InlineData("**Status:** Draft  \n", "**Status:** Completed  \n")]
    public void A_status_line_is_changed_or_made(string text, string after) => Assert.Equal(after, Read(text).WithStatus("Completed").Text);

    [Theory]
    [InlineData("Done", ActionStatus.Completed)]
    [InlineData("✅", ActionStatus.Completed)]
    [InlineData("✅ done", ActionStatus.Completed)]
    [InlineData("**completed** on Monday", ActionStatus.Completed)]
    [InlineData("[x]", ActionStatus.Completed)]
    [InlineData("CLOSED", ActionStatus.Completed)]
    [InlineData("WIP", ActionStatus.InProgress)]
    [InlineData("In Progress", ActionStatus.InProgress)]
    [InlineData("Won't do", ActionStatus.Dropped)]
    [InlineData("cancelled", ActionStatus.Dropped)]
    [InlineData("Not done", ActionStatus.Open)]
    [InlineData("Open", ActionStatus.Open)]
    [InlineData("[ ]", ActionStatus.Open)]
    [InlineData("donut", ActionStatus.Open)]
    [InlineData("", ActionStatus.Open)]
    public void A_status_cell_means(string cell, ActionStatus status) =>
        Assert.Equal(status, ActionTable.Of(Read($"## D6: Plan\n\n| Action | Status |\n|---|---|\n| a | {cell} |\n")).Rows[0].Status);

    private static (List<string> Before, List<string> After) Changed(string before, string after)
    {
        var (one, two) = (before.Split('\n'), after.Split('\n'));
        var head = one.AsSpan().CommonPrefixLength(two, StringComparer.Ordinal);
        var tail = 0;
        while (tail < Math.Min(one.Length, two.Length) - head && one[^(tail + 1)] == two[^(tail + 1)]) tail++;
        return ([.. one[head..^tail]], [.. two[head..^tail]]);
    }

    private static async Task<string> NumStat(string before, string after)
    {
        var folder = Directory.CreateTempSubdirectory("8d-numstat");
        try
        {
            var (one, two) = (Path.Combine(folder.FullName, "before.md"), Path.Combine(folder.FullName, "after.md"));
            await File.WriteAllTextAsync(one, before, TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(two, after, TestContext.Current.CancellationToken);
            using var git = Process.Start(new ProcessStartInfo("git", ["diff", "--no-index", "--numstat", one, two]) { RedirectStandardOutput = true, UseShellExecute = false })!;
            var output = await git.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await git.WaitForExitAsync(TestContext.Current.CancellationToken);
            return string.Join('\t', output.Split('\t')[..2]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
