using static EightD.Incidents.Tests.Room;

namespace EightD.Incidents.Tests;

/// <summary>What becomes of each line that four people say in the thread while Ana holds the interview.</summary>
public sealed class ChatterTests
{
    /// <summary>Who says what, and its fate: <c>=</c> the part that it is written to, <c>offer</c>, <c>nothing</c>, or the command that it is; <c>wait</c> lets the pause pass.</summary>
    private static readonly (Person By, string Text, string Fate)[] Talk =
    [
        (Ben, "what happened?", "offer"),
        (Ben, "I am looking at the database", "nothing"),
        (Cem, "same here", "offer"),
        (Ana, "ok", "offer"),
        (Ana, "Orders fail since 14:15", "=D0.Problem discovered"),
        (Ana, "with HTTP 500", "=D0.Problem discovered"),
        (Ben, "thanks", "nothing"),
        (Ana, "since the 13:45 release", "=D0.Problem discovered"),
        (Ana, "wait", ""),
        (Ana, "@ben can you check the pool", "offer"),
        (Ana, "is it the pool?", "nothing"),
        (Ben, "the pool is exhausted", "offer"),
        (Ben, "yes, all 100 connections", "nothing"),
        (Cem, "+1", "offer"),
        (Dora, "🎉", "offer"),
        (Dora, "support has 12 tickets", "nothing"),
        (Ana, "👍", "nothing"),
        (Ana, "ok thanks", "nothing"),
        (Ana, "thanks!", "nothing"),
        (Ana, ":tada:", "nothing"),
        (Ana, "40 % of payments fail", "=D0.Impact"),
        (Cem, "more like 50", "nothing"),
        (Ana, "really?", "nothing"),
        (Ana, "in Europe only", "=D0.Impact"),
        (Ana, "wait", ""),
        (Cem, "restart it", "offer"),
        (Ben, "restarting now", "offer"),
        (Dora, "status", "status"),
        (Dora, "help", "help"),
        (Ana, "Restarted the database", "=D3.Immediate actions taken"),
        (Ana, "Told support", "=D3.Immediate actions taken"),
        (Ana, "wait", ""),
        (Ana, "that helped", "nothing"),
        (Ben, "nice", "nothing"),
        (Cem, "cool", "nothing"),
        (Ben, "next", "question D0: Stakeholders involved"),
        (Ana, "Ops and support", "offer"),
        (Ben, "Ops, support", "=D0.Stakeholders involved"),
        (Ben, "wait", ""),
        (Ben, "skip", "question D0: Prerequisites"),
        (Ben, "back", "question D0: Data sources"),
        (Ben, "Server logs", "=D0.Data sources"),
        (Ben, "undo", "gone D0.Data sources"),
        (Ben, "wait", ""),
        (Cem, "stop", "stopped"),
        (Ben, "one more thing", "nothing"),
    ];

    [Fact]
    public void Every_line_has_its_fate()
    {
        var room = Started();
        var line = 0;
        foreach (var (by, text, fate) in Talk)
        {
            line++;
            if (text == "wait")
            {
                room.Wait();
                continue;
            }

            var (before, told) = (room.Report.Text, room.Told.Count);
            room.Now = room.Now.AddSeconds(1);
            room.Reply(by, text);
            AssertFate(room, (by, text, fate), before, told, $"line {line}, {by.Name}: {text}");
        }

        Assert.True(Talk.Length >= 40);
        Assert.Equal("Orders fail since 14:15\nwith HTTP 500\nsince the 13:45 release", room.Of("D0.Problem discovered"));
        Assert.Equal("1. Restarted the database\n2. Told support", room.Of("D3.Immediate actions taken"));
    }

    [Fact]
    public void A_reply_that_crossed_with_the_next_question_belongs_to_the_answer_before()
    {
        var room = Started();
        room.Reply(Ana, "Orders fail");
        var sent = room.Now.AddSeconds(1);
        room.Wait();
        room.Reply(Ana, "since 14:15", sentAt: sent);

        Assert.Equal("Orders fail\nsince 14:15", room.Of("D0.Problem discovered"));
        Assert.Equal("D0: Impact", room.Question);
    }

    [Fact]
    public void A_reply_that_crossed_with_a_skip_answers_the_question_that_was_skipped()
    {
        var room = Started();
        room.Reply(Ana, "Orders fail");
        room.Wait();
        room.Now = room.Now.AddSeconds(5);
        var sent = room.Now;
        room.Now = room.Now.AddSeconds(1);
        room.Press(Ben, room.Button("Skip"));
        room.Reply(Ana, "40 %", sentAt: sent);

        Assert.Equal("40 %", room.Of("D0.Impact"));
        Assert.Equal("Orders fail", room.Of("D0.Problem discovered"));
        Assert.Equal("D3: Immediate actions taken", room.Question);
    }

    [Theory]
    [InlineData(false, "left for later")]
    [InlineData(true, "That is all for now")]
    public void A_question_that_was_skipped_is_left_for_later_until_it_is_answered(bool isAnswered, string outlook)
    {
        var room = Started();
        room.Press(Ana, room.Button("Skip"));
        room.Wait();
        if (isAnswered) room.Command(Ana, "answer D0.problem At 14:15");
        room.Reply(Ana, "Nobody can pay");
        room.Wait();
        room.Reply(Ana, "Restarted the database");

        Assert.Contains(outlook, room.Messages[^1].Message.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reply_after_the_pause_and_before_the_next_question_is_not_lost()
    {
        var room = Started();
        room.Reply(Ana, "Orders fail");
        room.Now = room.Now.AddSeconds(30);
        room.Reply(Ana, "since 14:15");

        Assert.Equal("Orders fail\nsince 14:15", room.Of("D0.Problem discovered"));
    }

    [Fact]
    public void An_edited_reply_edits_what_it_wrote()
    {
        var room = Started();
        room.Reply(Ana, "Orders fial", message: "typo");
        room.Reply(Ana, "since 14:15");
        room.Reword(Ana, "typo", "Orders fail");

        Assert.Equal("Orders fail\nsince 14:15", room.Of("D0.Problem discovered"));
    }

    [Fact]
    public void An_edited_row_is_read_as_a_row()
    {
        var room = Started();
        room.Take(Ana, new Deed.Answer("D6", null, "Create the index @Ben by 2024-12-21", Replace: false));
        room.Command(Ana, "undo");
        while (room.Question != "D6: Implementation plan")
        {
            room.Command(Ana, "skip");
            if (room.Question is null) room.Command(Ana, "next");
        }

        room.Reply(Ana, "Create the index @Ben by 2024-12-21", message: "row");
        room.Reword(Ana, "row", "Create two indexes @Ben by 2024-12-22");

        Assert.Equal("| Create two indexes | Ben | Dec 22, 2024 | Open |", room.Of("D6"));
    }

    [Fact]
    public void A_deleted_reply_asks_its_author_alone_and_is_taken_out_when_that_is_pressed()
    {
        var room = Started();
        room.Reply(Ana, "Orders fail", message: "gone");
        room.Reword(Ana, "gone", null);

        Assert.Equal("Orders fail", room.Of("D0.Problem discovered"));
        room.Press(Ana, room.Private(Ana, "Take it out"));
        Assert.Equal("", room.Of("D0.Problem discovered"));
    }

    [Fact]
    public void Who_takes_the_offer_holds_the_interview()
    {
        var room = Started();
        room.Reply(Ben, "Orders fail");
        room.Press(Ben, room.Private(Ben, "Answer to D0 Problem discovered"));
        room.Wait();
        room.Reply(Ben, "40 %");

        Assert.Equal("Orders fail", room.Of("D0.Problem discovered"));
        Assert.Equal("40 %", room.Of("D0.Impact"));
    }

    [Fact]
    public void A_mistyped_mention_is_an_answer_where_a_question_stands_and_is_corrected_where_none_does()
    {
        var room = Started();
        room.Mention(Ana, "resolved by restarting the database");
        Assert.Equal("resolved by restarting the database", room.Of("D0.Problem discovered"));

        room.Command(Ana, "stop");
        room.Mention(Ana, "statsu");
        Assert.Contains("`/8d status", room.LastTold, StringComparison.Ordinal);
    }

    private static void AssertFate(Room room, (Person By, string Text, string Fate) said, string before, int told, string line)
    {
        var changed = room.Report.Text != before;
        var tells = room.Told.Skip(told).ToList();
        Assert.All(tells, tell => Assert.Equal(said.By, tell.To));
        if (said.Fate is ['=', .. var part])
        {
            Assert.True(changed && room.Of(part).Contains(said.Text, StringComparison.Ordinal), line);
            return;
        }

        switch (said.Fate.Split(' ', 2))
        {
            case ["offer"]:
                Assert.True(!changed && tells is [var offer] && offer.Message.Card!.Buttons.Any(button => button.Label == "Timeline"), line);
                break;
            case ["nothing"]:
                Assert.True(!changed && tells.Count == 0 && room.Last.Effects.Count == 0, line);
                break;
            case ["question", var title]:
                Assert.True(!changed && room.Question == title, $"{line}: {room.Question}");
                break;
            case ["gone", var name]:
                Assert.True(room.Of(name).Length == 0, line);
                break;
            case ["stopped"]:
                Assert.True(!changed && room.Question is null, line);
                break;
            default:
                Assert.True(!changed && tells.Count == 1, line);
                break;
        }
    }
}
