using System.Globalization;
using EightD.Reports.Actions;
using EightD.Reports.Merging;
using EightD.Reports.Templates;

namespace EightD.Reports.Tests.Merging;

/// <summary>
/// A thousand times the file is edited by hand while chat changes the draft. Where both meant different things, what comes of it is what chat's edit makes of the file
/// as the hand left it, to the byte; where both meant the same cell, line or title, both texts are kept and a person is asked.
/// </summary>
public sealed class HandEditsTests(ITestOutputHelper output)
{
    private static readonly Template Incident = Template.BuiltIn[0];

    /// <summary>The sample while its actions are still open: each row has another status.</summary>
    private static readonly string Origin = HandEdit.RowWords.Index().Aggregate(Sample.Text, (text, row) => string.Join('\n', text.Split('\n').Select(line =>
        line.StartsWith('|') && line.EndsWith("| Completed |", StringComparison.Ordinal) && line.Contains(row.Item, StringComparison.OrdinalIgnoreCase) ? line.Replace("| Completed |", "| Open |", StringComparison.Ordinal) : line)));

    private sealed record ChatEdit(string Kind, string Slot, string Says, Func<Report, Report> Apply);

    [Fact]
    public void Nothing_is_lost_on_either_side()
    {
        Dictionary<string, int> made = new(StringComparer.Ordinal);
        var (two, same, clashes) = (0, 0, 0);
        for (var number = 0; number < 1000; number++)
        {
            var random = new Random(number);
            List<HandEdit> hands = [HandEdit.Of(number % HandEdit.Count, random, $"g{number}a")];
            if (number % 2 == 0) hands.Add(HandEdit.Of(random.Next(HandEdit.Count), random, $"g{number}b"));
            if (hands.Count == 2 && (hands[0].Kind == hands[1].Kind || (hands[0].Slot.Length > 0 && hands[0].Slot == hands[1].Slot))) hands.RemoveAt(1);
            var edit = Chat(random, $"c{number}", number % 4 == 1 ? hands[0].Slot : "");
            foreach (var hand in hands) made[hand.Kind] = made.GetValueOrDefault(hand.Kind) + 1;
            if (hands.Count == 2) two++;
            if (hands.Exists(hand => hand.Slot.Split('/')[0] == edit.Slot.Split('/')[0])) same++;

            if (Check(number, hands, edit)) clashes++;
        }

        foreach (var (kind, count) in made.OrderBy(kind => kind.Key, StringComparer.Ordinal)) output.WriteLine($"{count.ToString(CultureInfo.InvariantCulture),4} {kind}");
        output.WriteLine($"{two} combine two, {same} touch the part that chat changed too, {clashes} of them the same words.");
        Assert.All(made, kind => Assert.True(kind.Value >= 50, kind.Key));
        Assert.Equal(HandEdit.Count, made.Count);
        Assert.True(two >= 300 && same >= 100 && clashes >= 20, $"{two} {same} {clashes}");
    }

    /// <returns>Whether both meant the same words.</returns>
    private static bool Check(int number, List<HandEdit> hands, ChatEdit edit)
    {
        var origin = Report.Read(Origin, Incident);
        var chat = edit.Apply(origin);
        var git = Report.Read(hands.OrderBy(hand => hand.IsOfTheFile).Aggregate(Origin, (text, hand) => hand.Apply(text)), Incident);
        var what = $"{number}: {string.Join(" and ", hands.Select(hand => $"{hand.Kind} ({hand.Slot})"))}, chat: {edit.Kind} ({edit.Slot})";

        var merged = ReportMerge.Merge(origin, chat, git);

        if (hands.Find(hand => hand.Slot.Length > 0 && hand.Slot == edit.Slot && !hand.Slot.EndsWith('+')) is not { } clash)
        {
            Assert.True(merged.Clashes.Count == 0, $"{what}: {string.Join("; ", merged.Clashes)}");
            Assert.True(edit.Apply(git).Text == merged.Report.Text, $"{what}\n--- expected\n{edit.Apply(git).Text}\n--- merged\n{merged.Report.Text}");
            return false;
        }

        var bothDone = clash.Kind == "a word for done" && edit.Kind == "done";
        Assert.True(merged.Clashes.Count == (bothDone ? 0 : 1), $"{what}: {string.Join("; ", merged.Clashes)}");
        if (bothDone) Assert.Equal(git.Text, merged.Report.Text);
        else
        {
            Assert.True(edit.Apply(git).Text == merged.Report.Text, $"{what}\n{merged.Report.Text}");
            Assert.True(git.Text == merged.Clashes[0].KeepGit(merged.Report).Text, $"{what}\n--- Git's\n{git.Text}\n--- kept\n{merged.Clashes[0].KeepGit(merged.Report).Text}");
            Assert.Contains(edit.Says, merged.Clashes[0].Chat, StringComparison.Ordinal);
            Assert.Contains(clash.Says, merged.Clashes[0].Git, StringComparison.Ordinal);
        }

        return true;
    }

    private static ChatEdit Chat(Random random, string token, string slot) => (slot.Split('/') is [.., var last] && slot.StartsWith("D6/", StringComparison.Ordinal) ? last : slot, random.Next(8)) switch
    {
        ("title", _) or ("", 0) => new("title", "title", token, report => report.WithTitle($"Server down {token}")),
        ("Status", _) => Row(slot.Split('/')[1], "done", "Status", "Completed", (table, row) => table.WithStatus(row, "Completed")),
        ("Target Date", _) => Row(slot.Split('/')[1], "due", "Target Date", "Mar 3, 2025", (table, row) => table.WithDue(row, new(2025, 3, 3))),
        ("", 1) => Row(HandEdit.RowWords[random.Next(7)], "done", "Status", "Completed", (table, row) => table.WithStatus(row, "Completed")),
        ("", 2) => Row(HandEdit.RowWords[random.Next(7)], "due", "Target Date", "Mar 3, 2025", (table, row) => table.WithDue(row, new(2025, 3, 3))),
        ("", 3) => new("a row more", "D6/+", token, report => ActionTable.Of(report).WithRow($"Do {token}", "Ben", new DateOnly(2025, 4, 4), "Open")),
        ("", 4) => new("timeline", "timeline", token, report => report.WithTimelineEntry($"2024-12-20 14:15 UTC, Ana: {token}")),
        ("", 5) => new("status", "status", "Cancelled", report => report.WithStatus("Cancelled")),
        ("", 6) => new("link", "links", token, report => report.WithLink(new("Related to", 7, $"Other {token}", "0007-other.md"))),
        (var at, _) when Array.Find(HandEdit.ListLabels, label => at.StartsWith(label, StringComparison.Ordinal)) is { } label && at.EndsWith("/0", StringComparison.Ordinal) => Item(label, token),
        (var at, _) when Array.Find(HandEdit.ListLabels, label => at.StartsWith(label, StringComparison.Ordinal)) is { } label => More(label, token),
        _ => More(HandEdit.ListLabels[random.Next(HandEdit.ListLabels.Length)], token),
    };

    private static ChatEdit Row(string word, string kind, string column, string says, Func<ActionTable, int, Report> change) => new(kind, $"D6/{word}/{column}", says, report =>
    {
        var table = ActionTable.Of(report);
        return change(table, table.Rows.Index().Single(row => row.Item.Action.Contains(word, StringComparison.OrdinalIgnoreCase)).Index);
    });

    private static ChatEdit More(string label, string token) => new("an item more", $"{label}/+", token, report => report.Add(Named(report, label), token));

    private static ChatEdit Item(string label, string token) => new("an item changed", $"{label}/0", token, report =>
    {
        var part = Named(report, label);
        var items = report.TextOf(part).Split('\n');
        return report.SetText(part, string.Join('\n', [$"- {token}", .. items[1..]]));
    });

    private static PartName Named(Report report, string label) => report.Sections.SelectMany(section => section.Parts).Single(part => part.Name.Label == label).Name;
}
