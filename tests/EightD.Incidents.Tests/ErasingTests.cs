using System.Text.Json;
using static EightD.Incidents.Tests.Room;

namespace EightD.Incidents.Tests;

/// <summary><c>team remove @who --erase</c>: a name goes out of all that the store keeps of an 8D.</summary>
public sealed class ErasingTests
{
    [Fact]
    public void The_name_is_out_of_the_report_the_log_and_the_people_and_words_that_hold_it_stay()
    {
        var room = Filled();

        room.Command(Ana, "team remove @Ben --erase");

        Assert.Contains("| Fix it | former member | Dec 30, 2024 | Open |", room.Report.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("| Ben |", room.Report.Text, StringComparison.Ordinal);
        Assert.Contains("former member saw it first, on a Bench in Benin", room.Report.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Ben", Kept(room).Replace("Bench", "", StringComparison.Ordinal).Replace("Benin", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("\"u2\"", Kept(room), StringComparison.Ordinal);
        Assert.DoesNotContain("Ben", room.LastTold, StringComparison.Ordinal);
    }

    [Fact]
    public void What_others_did_can_still_be_undone_and_rows_keep_their_numbers()
    {
        var room = Filled();
        room.Command(Cem, "answer D4.factors No load test, says Ben");

        room.Command(Ana, "team remove @Ben --erase");
        Assert.Contains("- No load test, says former member", room.Report.Text, StringComparison.Ordinal);
        room.Command(Cem, "undo");

        Assert.DoesNotContain("No load test", room.Report.Text, StringComparison.Ordinal);
        room.Command(Ana, "action done 1");
        Assert.Contains("| Fix it | former member | Dec 30, 2024 | Completed |", room.Report.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Somebody_may_erase_themselves_though_they_began_it()
    {
        var room = Filled();

        room.Command(Ana, "team remove @ana --erase");

        Assert.DoesNotContain("Ana", Kept(room), StringComparison.Ordinal);
        Assert.DoesNotContain("\"u1\"", Kept(room), StringComparison.Ordinal);
        Assert.Equal("former member", room.Incident.Starter.Name);
    }

    [Theory]
    [InlineData("Nobody")]
    [InlineData("B")]
    public void A_name_that_nobody_has_is_refused_and_nothing_changes(string name)
    {
        var room = Filled();
        var before = room.Report.Text;

        room.Command(Ana, $"team remove @{name} --erase");

        Assert.Contains("Ben", room.LastTold, StringComparison.Ordinal);
        Assert.Equal(before, room.Report.Text);
    }

    [Fact]
    public void A_name_full_of_what_a_pattern_means_is_a_name()
    {
        var room = Started();
        room.Command(Ana, "team add @J.R.+(Bob)$ Tester");
        room.Command(Ana, "answer D2 Seen by J.R.+(Bob)$ and by JxRx");

        room.Command(Ana, "team remove @J.R.+(Bob)$ --erase");

        Assert.Contains("Seen by former member and by JxRx", room.Report.Text, StringComparison.Ordinal);
    }

    private static Room Filled()
    {
        var room = Started();
        room.Command(Ana, "team add @Ben Champion, Sales");
        room.Command(Ben, "answer D2 Ben saw it first, on a Bench in Benin");
        room.Command(Ben, "action add Fix it @Ben by 2024-12-30");
        room.Command(Cem, "set title Checkout is down, again");
        return room;
    }

    /// <summary>All that is kept of it, but for what is on its way and the conversation.</summary>
    private static string Kept(Room room)
    {
        var incident = room.Incident;
        return JsonSerializer.Serialize(new { incident.Starter, incident.People, incident.Interview.Holder, incident.Interview.Offers, incident.Log.Entries, incident.Log.Bases, incident.ActionNumbers }) + incident.Report.Text;
    }
}
