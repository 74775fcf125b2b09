using EightD.Reports.Actions;
using EightD.Reports.Merging;
using EightD.Reports.Templates;

namespace EightD.Reports.Tests.Merging;

/// <summary>Rows that are known again, rows that are missing, and what both sides changed.</summary>
public sealed class ReportMergeTests
{
    private static readonly Report Origin = Report.Read(Sample.Text, Template.BuiltIn[0]);

    [Theory]
    [InlineData("Fix the pool|Ana|Dec 1", "Fix the pool|Ben|Dec 9", 0)] // the same text
    [InlineData("Fix the pool|Ana|Dec 1", "Repair it|Ana|Dec 1", 0)] // owner and date
    [InlineData("Fix the connection pool now|Ana|Dec 1", "Fix the connection pool soon|Ben|Dec 9", 0)] // four of five words
    [InlineData("Fix the pool|Ana|Dec 1", "Fix the leak now please|Ben|Dec 9", -1)] // two of five
    [InlineData("Fix the pool|Ana|", "Repair it|Ana|", 0)]
    [InlineData("Fix the pool||", "Repair it||", -1)] // nothing in common
    public void A_row_is_known_again(string before, string after, int place) => Assert.Equal([place], RowMatching.Match([Identity(before)], [Identity(after)]));

    [Fact]
    public void Of_two_that_could_be_it_none_is_taken() =>
        Assert.Equal([-1], RowMatching.Match([Identity("Fix pool one now|Ana|Dec 1"), Identity("Fix pool two now|Ana|Dec 1")], [Identity("Fix pool three now|Ana|Dec 1")]));

    [Fact]
    public void Rows_of_the_same_text_are_known_by_their_owners() =>
        Assert.Equal([1, 0], RowMatching.Match([Identity("Train|Ana|Dec 1"), Identity("Train|Ben|Dec 1")], [Identity("Train|Ben|Dec 1"), Identity("Train|Ana|Dec 1")]));

    [Fact]
    public void A_row_that_Git_lost_stays_until_somebody_says_that_it_was_meant()
    {
        var merged = ReportMerge.Merge(Origin, Origin, Git("| Team training on new processes | Jennifer Lee | Jan 10, 2025 | Completed |\n", ""));

        var clash = Assert.Single(merged.Clashes);
        Assert.Equal((ClashKind.Row, "Team training on new processes", ""), (clash.Kind, clash.Row, clash.Git));
        Assert.Equal(Sample.Text, merged.Report.Text);
        Assert.DoesNotContain("Team training on new processes", clash.KeepGit(merged.Report).Text, StringComparison.Ordinal);
        Assert.Equal([new PartName("D6")], merged.ByGit);
    }

    [Fact]
    public void A_member_of_the_team_whom_Git_lost_goes() =>
        Assert.DoesNotContain("Tom Wilson | Backend", ReportMerge.Merge(Origin, Origin.WithStatus("Open"), Git("| Tom Wilson | Backend Developer | Engineering | Application-level troubleshooting |\n", "")).Report.Text, StringComparison.Ordinal);

    [Fact]
    public void A_row_that_is_done_in_Git_is_done_and_what_chat_changed_in_it_too()
    {
        var open = Report.Read(Sample.Text.Replace("Jan 10, 2025 | Completed", "Jan 10, 2025 | Open", StringComparison.Ordinal), Template.BuiltIn[0]);
        var chat = ActionTable.Of(open).WithOwner(6, "Ana");

        var row = ActionTable.Of(ReportMerge.Merge(open, chat, Report.Read(open.Text.Replace("| Open |", "| ✅ |", StringComparison.Ordinal), Template.BuiltIn[0])).Report).Rows[6];

        Assert.Equal((ActionStatus.Completed, "Ana"), (row.Status, row.Owner));
    }

    [Fact]
    public void A_part_that_both_changed_has_chats_text_and_Gits_is_kept_beside()
    {
        PartName part = new("D8", "Team recognition");
        var chat = Origin.Replace(part, "Thanks to Ana.");

        var merged = ReportMerge.Merge(Origin, chat, Git("The incident response team demonstrated", "The team demonstrated"));

        var clash = Assert.Single(merged.Clashes);
        Assert.Equal((ClashKind.Part, part, "Thanks to Ana."), (clash.Kind, clash.Part, clash.Chat));
        Assert.Equal(chat.Text, merged.Report.Text);
        Assert.Contains("The team demonstrated", clash.KeepGit(merged.Report).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_discipline_that_Git_lost_while_chat_changed_it_is_asked_about()
    {
        var from = Sample.Text.IndexOf("**Team recognition:**", StringComparison.Ordinal);
        var git = Report.Read(Sample.Text[..from] + Sample.Text[Sample.Text.IndexOf("---\n\n*This", StringComparison.Ordinal)..], Template.BuiltIn[0]);
        PartName part = new("D8", "Team recognition");

        var merged = ReportMerge.Merge(Origin, Origin.Replace(part, "Thanks to Ana."), git);

        Assert.Equal(("Thanks to Ana.", ""), (Assert.Single(merged.Clashes).Chat, merged.Clashes[0].Git));
        Assert.Contains("**Team recognition:**\nThanks to Ana.\n", merged.Report.Text, StringComparison.Ordinal);
        Assert.Equal(git.Text, merged.Clashes[0].KeepGit(merged.Report).Text);
    }

    [Fact]
    public void Entries_of_the_timeline_from_both_sides_stand_one_below_the_other()
    {
        var was = Origin.WithTimelineEntry("2024-12-20 14:15 UTC, Ana: down");
        var git = Report.Read(was.Text.Replace("Ana: down\n", "Ana: down\n- 2024-12-20 14:20 UTC, Ben: by hand\n", StringComparison.Ordinal), Template.BuiltIn[0]);

        var merged = ReportMerge.Merge(was, was.WithTimelineEntry("2024-12-20 14:30 UTC, Ana: up"), git);

        Assert.Empty(merged.Clashes);
        Assert.Equal(["down", "by hand", "up"], merged.Report.Timeline.Select(entry => entry.Split(": ")[1]));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("nonsense", false)]
    [InlineData("# 0003: Title\n", true)]
    [InlineData("## D4: Root cause\n", true)]
    public void What_is_no_report_any_more_is_not_merged(string text, bool isReadable) => Assert.Equal(isReadable, ReportMerge.IsReadable(Report.Read(text, Template.BuiltIn[0]), Origin));

    private static Report Git(string before, string after)
    {
        Assert.Contains(before, Sample.Text, StringComparison.Ordinal);
        return Report.Read(Sample.Text.Replace(before, after, StringComparison.Ordinal), Template.BuiltIn[0]);
    }

    private static RowIdentity Identity(string row) => row.Split('|') is [var text, var owner, var due] ? new(text, owner, due) : throw new FormatException(row);
}
