namespace EightD.Incidents.Tests;

/// <summary>Four people talk in the thread while one holds the interview (conversation, "What is an answer?").</summary>
public sealed class ChatterTests
{
    private const string Answer = "answer", More = "more", Talk = "talk", Offered = "offered", Command = "command";

    [Fact]
    public void Each_line_of_a_busy_thread_has_the_fate_that_it_should_have()
    {
        var room = new Room();
        room.Says("Ana", "start Checkout is down");
        (string Who, string Text, string Fate)[] script =
        [
            // D0 Problem discovered stands; Ana, who started, holds the interview
            ("Ben", "I am looking at the database", Offered),
            ("Ben", "CPU is at 95 %", Talk), // offered once a question
            ("Cleo", "same here", Offered),
            ("Ana", "@ben can you check replication", Offered), // begins with somebody else's name
            ("Ana", "ok", Talk),
            ("Ana", "thanks!", Talk),
            ("Ana", "👍", Talk),
            ("Ana", ":eyes:", Talk),
            ("Ana", "+1", Talk),
            ("Ana", "does anybody know the supplier's number?", Talk),
            ("Ana", "Monitoring alert at 09:02 UTC", Answer),
            ("Ana", "and three calls to support", More),
            ("Dan", "I called them back", Talk), // no question stands
            ("Ana", "ok thanks", Talk),
            ("Ana", "all from Germany", More),
            ("", "", "pause"), // D0 Impact
            ("Ana", "status", Command),
            ("Ben", "status", Command),
            ("Dan", "40 % of payments fail", Offered),
            ("Dan", "maybe more", Talk),
            ("Ben", "looks like it", Offered),
            ("Ana", "Who can tell?", Offered), // a question is no answer
            ("Ana", "😀 👍", Talk),
            ("Ana", "40 % of payments fail", Answer),
            ("Ben", "thx", Talk),
            ("Ana", "in all shops", More),
            ("", "", "pause"), // D3 Immediate actions taken
            ("Cleo", "I restarted the pool", Offered),
            ("Ana", "skip", Command),
            ("", "", "pause"), // nothing more by itself
            ("Ana", "that is that", Talk),
            ("Ben", "next", Command), // Ben holds it now: D0 Stakeholders involved
            ("Ana", "I would say the shop team", Offered),
            ("Ana", "and support", Talk),
            ("Ben", "Shop team, support", Answer),
            ("Ana", "finance too", Talk),
            ("Ben", "finance", More),
            ("", "", "pause"), // D0 Data sources
            ("Ben", "back", Command), // Stakeholders again
            ("Ben", "The board", Answer),
            ("", "", "pause"),
            ("Ben", "undo", Command),
            ("Cleo", "kk", Offered),
            ("Ben", "Server logs", Answer),
            ("Ben", "stop", Command),
            ("Ben", "traffic graphs", Talk), // asked no more
            ("Ana", "help", Command),
        ];
        for (var line = 0; line < script.Length; line++)
        {
            var (who, text, fate) = script[line];
            if (fate == "pause") room.Pause();
            else Assert.Equal($"{line}: {text}: {fate}", $"{line}: {text}: {FateOf(room, who, text)}");
            room.Now = room.Now.AddMilliseconds(300);
        }

        Assert.Contains("Monitoring alert at 09:02 UTC\nand three calls to support\nall from Germany", room.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("looking at the database", room.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("The board", room.Text, StringComparison.Ordinal);
        Assert.True(script.Length >= 40);
    }

    [Fact]
    public void A_reply_that_crosses_with_the_next_question_belongs_to_the_one_that_stood()
    {
        var room = new Room();
        room.Says("Ana", "start Checkout is down");
        room.Replies("Ana", "An alert at 09:02");
        var typed = room.Now.AddSeconds(1.9);
        room.Pause();
        room.Replies("Ana", "and a call at 09:04", sentAt: typed);

        Assert.Equal("D0: Impact", room.Question!.Card!.Title);
        Assert.Contains("An alert at 09:02\nand a call at 09:04", room.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_edited_reply_edits_what_it_wrote_and_a_deleted_one_asks_first()
    {
        var room = new Room();
        room.Says("Ana", "start Checkout is down");
        room.Replies("Ana", "An alert at 9", request: "m1");
        room.Rewords("Ana", "m1", "An alert at 09:02");
        Assert.Contains("**Problem discovered:** An alert at 09:02\n", room.Text, StringComparison.Ordinal);

        room.Rewords("Ana", "m1", null);
        Assert.Contains("An alert at 09:02", room.Text, StringComparison.Ordinal);
        room.PressesTold("Ana", room.Messages.Last(message => message.To == "Ana").Card!.Buttons[0].Label);
        Assert.DoesNotContain("An alert at 09:02", room.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_edit_changes_nothing_when_somebody_else_changed_the_part_since()
    {
        var room = new Room();
        room.Says("Ana", "start Checkout is down");
        room.Replies("Ana", "An alert at 9", request: "m1");
        room.Says("Ben", "answer D0.problem --replace A call at 09:04");
        room.Rewords("Ana", "m1", "An alert at 09:02");

        Assert.Contains("**Problem discovered:** A call at 09:04\n", room.Text, StringComparison.Ordinal);
        Assert.Contains("changed since", room.ToldTo("Ana"), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_posted_while_the_bot_is_ignored()
    {
        var room = new Room();
        room.Says("Ana", "start Checkout is down");
        var before = room.Messages.Count;
        for (var day = 0; day < 10; day++)
        {
            room.Now = room.Now.AddDays(1);
            room.Pause();
        }

        Assert.Equal(before, room.Messages.Count);
    }

    private static string FateOf(Room room, string who, string text)
    {
        var (report, told, log) = (room.Text, room.Messages.Count(message => message.To == who && message.Text.StartsWith("Your message is no part", StringComparison.Ordinal)), room.Incident!.Log.Entries.Count);
        var stood = room.Question?.Id;
        var decision = room.Replies(who, text);
        if (room.Messages.Count(message => message.To == who && message.Text.StartsWith("Your message is no part", StringComparison.Ordinal)) > told) return Offered;
        if (room.Text != report && room.Text.Contains(text, StringComparison.Ordinal)) return room.Question?.Id == stood && stood is not null || room.Incident.Log.Entries[^1].What.StartsWith("reword", StringComparison.Ordinal) ? More : Answer;
        return decision.Effects.Count > 0 || room.Incident.Log.Entries.Count > log ? Command : Talk;
    }
}
