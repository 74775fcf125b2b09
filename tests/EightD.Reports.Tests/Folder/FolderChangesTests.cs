using EightD.Reports.Folder;
using EightD.Reports.Templates;

namespace EightD.Reports.Tests.Folder;

public sealed class FolderChangesTests
{
    private const string Contents = "# Our reports\n\nRead these.\n\n## Reports\n\n- [0001: One](./0001-one.md)\n- [0004: Four](./0004-four.md)\n\nThe end.\n";
    private const string Padded = "# 0001: One\n\n**Date:** 2024-11-02\n**Status:** Completed\n\n## D0: Planning\n\nText\n";
    private const string Plain = "# 1: One\r\n\r\n- **Date:** 2024-11-02\r\n- **Status:** Draft\r\n\r\n## D0: Planning";

    [Fact]
    public void A_first_report_makes_its_file_the_contents_page_and_the_sequence_file()
    {
        var report = Draft(1, "Down");
        Assert.Equal(
            new SortedDictionary<string, string?>(StringComparer.Ordinal)
            {
                [".8d-sequence.lock"] = "1",
                ["0001-down.md"] = report.Text,
                ["README.md"] = "# 8D reports\n\n## Reports\n\n- [0001: Down](./0001-down.md)\n",
            },
            Sorted(FolderChanges.Of(report, null, Folder())));
    }

    [Fact]
    public void An_entry_goes_to_its_place_and_a_higher_sequence_stays()
    {
        var changes = FolderChanges.Of(Draft(3, "Three"), null, Folder(Contents, "7\n", ("0001-one.md", Padded)));
        Assert.Equal(["0003-three.md", "README.md"], changes.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(Contents.Replace("- [0004", "- [0003: Three](./0003-three.md)\n- [0004", StringComparison.Ordinal), changes["README.md"]);
    }

    [Fact]
    public void What_stands_already_is_left_out()
    {
        var report = Draft(1, "Down");
        var first = FolderChanges.Of(report, null, Folder());
        var files = Folder(first["README.md"], first[".8d-sequence.lock"], ("0001-down.md", report.Text));
        Assert.Empty(FolderChanges.Of(report, "0001-down.md", files));
        Assert.Equal(["0001-down.md"], FolderChanges.Of(report.WithStatus("Completed"), "0001-down.md", files).Keys);
    }

    [Theory]
    [InlineData(Padded, "# 0001: One\n\n**Date:** 2024-11-02\n**Status:** Completed\n\n## Links\n\n- Superseded by: [0003: Three](./0003-three.md)\n\n## D0: Planning\n\nText\n")]
    [InlineData(Plain, "# 1: One\r\n\r\n- **Date:** 2024-11-02\r\n- **Status:** Draft\r\n\r\n## Links\r\n\r\n- Superseded by: [3: Three](./0003-three.md)\r\n\r\n## D0: Planning")]
    public void A_link_is_answered_in_the_other_files_own_dialect_and_line_ends(string other, string expected)
    {
        var report = Draft(3, "Three").WithLink(new("Supersedes", 1, "One", "0001-one.md"));
        var files = Folder(Contents, "3", ("0001-one.md", other));
        Assert.Equal(["0001-one.md"], FolderChanges.Needs(report, files.Names));
        var changes = FolderChanges.Of(report, null, files);
        Assert.Equal(expected, changes["0001-one.md"]);
        Assert.DoesNotContain("0001-one.md", FolderChanges.Of(report, null, Folder(Contents, "3", ("0001-one.md", expected))).Keys);
    }

    [Fact]
    public void Two_links_to_one_report_are_both_answered()
    {
        var report = Draft(3, "Three").WithLink(new("Amends", 1, "One", "0001-one.md")).WithLink(new("see also", 1, "One", "0001-one.md"));
        var text = FolderChanges.Of(report, null, Folder(null, null, ("0001-one.md", Padded)))["0001-one.md"];
        Assert.Contains("- Amended by: [0003: Three](./0003-three.md)\n- Related to: [0003: Three](./0003-three.md)\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_to_a_file_that_has_another_name_now_is_followed_by_its_number()
    {
        var report = Draft(3, "Three").WithLink(new("Extends", 1, "Old", "0001-old.md")).WithLink(new("Extends", 9, "Nowhere", "0009-nowhere.md"));
        Assert.Equal(["0001-one.md"], FolderChanges.Needs(report, ["0001-one.md", "README.md"]));
    }

    [Fact]
    public void Another_title_moves_the_file_and_what_points_to_it()
    {
        var old = Draft(3, "Three").WithLink(new("Supersedes", 1, "One", "0001-one.md"));
        var before = FolderChanges.Of(old, null, Folder(Contents, "3", ("0001-one.md", Padded)));
        var files = Folder(before["README.md"], "3", ("0001-one.md", before["0001-one.md"]!), ("0003-three.md", old.Text));

        var changes = FolderChanges.Of(old.WithTitle("Drei [3]"), "0003-three.md", files);

        Assert.Equal(["0001-one.md", "0003-drei-3.md", "0003-three.md", "README.md"], changes.Keys.Order(StringComparer.Ordinal));
        Assert.Null(changes["0003-three.md"]);
        Assert.Contains("\n- [0003: Drei \\[3\\]](./0003-drei-3.md)\n", changes["README.md"], StringComparison.Ordinal);
        Assert.Contains("## Links\n\n- Superseded by: [0003: Drei \\[3\\]](./0003-drei-3.md)\n\n## D0", changes["0001-one.md"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_was_named_by_hand_keeps_its_name_while_its_title_stays()
    {
        var report = Draft(3, "Three");
        Assert.Equal(["0003-by-hand.md"], FolderChanges.Of(report.WithStatus("Completed"), "0003-by-hand.md",
            Folder("## Reports\n\n- [0003: Three](./0003-by-hand.md)\n", "3", ("0003-by-hand.md", report.Text))).Keys);
    }

    [Theory]
    [InlineData(new string[0], null, 0)]
    [InlineData(new string[0], "12\n", 12)]
    [InlineData(new[] { "0004-a.md", "0011-b.md", "README.md", "99-x.md" }, "7", 11)]
    [InlineData(new[] { "0004-a.md" }, "not a number", 4)]
    public void The_highest_number_is_that_of_files_and_sequence(string[] names, string? sequence, int expected) =>
        Assert.Equal(expected, FolderChanges.HighestNumber(names, sequence));

    private static Report Draft(int number, string title) => Template.BuiltIn[0].Begin(title, number, new(2024, 12, 20), "In Progress", []);

    private static FolderFiles Folder(string? contents = null, string? sequence = null, params (string Name, string Text)[] files) =>
        new([.. files.Select(file => file.Name)], contents, sequence, files.ToDictionary(file => file.Name, file => file.Text, StringComparer.Ordinal));

    private static SortedDictionary<string, string?> Sorted(IReadOnlyDictionary<string, string?> changes) =>
        new(changes.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);
}
