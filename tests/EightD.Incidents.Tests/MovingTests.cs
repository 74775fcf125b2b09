using static EightD.Incidents.Tests.Room;

namespace EightD.Incidents.Tests;

/// <summary><em>Move…</em> and <em>Replace earlier text</em>, on the confirmation of an answer.</summary>
public sealed class MovingTests
{
    [Fact]
    public void An_answer_moves_to_the_part_that_the_form_names()
    {
        var room = Started();
        room.Command(Ana, "answer D2.symptoms timeouts");
        room.Command(Ben, "answer D2.symptoms errors");
        var form = room.Press(Cem, room.Private(Ben, "Move…")).Form!;
        var impact = form.Inputs[0].Options!.Single(option => option.Label == "D2, Business impact");
        Assert.Null(room.Submit(Cem, form.Id, new Dictionary<string, string> { ["part"] = impact.Value }).Errors);

        Assert.Equal("- timeouts", room.Of("D2.Symptoms observed"));
        Assert.Equal("- errors", room.Of("D2.Business impact"));
    }

    [Theory]
    [InlineData("**Preventive:** ", "**")]
    [InlineData("", "`")]
    public void A_long_answer_is_quoted_to_the_end_of_a_word_and_what_stands_open_there_is_closed(string begin, string mark)
    {
        var room = Started();
        room.Command(Ana, $"answer D2.symptoms {begin}{mark}{string.Concat(Enumerable.Repeat("timeouts ", 40))}{mark}");

        Assert.EndsWith($"timeouts{mark} …", room.LastTold, StringComparison.Ordinal);
        Assert.DoesNotContain("timeout ", room.LastTold, StringComparison.Ordinal);
    }

    [Fact]
    public void A_moved_answer_can_be_taken_back_where_it_is()
    {
        var room = Started();
        room.Command(Ana, "answer D2 the index");
        var moved = room.Press(Ana, room.Private(Ana, "Move…")).Form!;
        room.Submit(Ana, moved.Id, new Dictionary<string, string> { ["part"] = moved.Inputs[0].Options!.Single(option => option.Label == "D4, Root cause analysis").Value });
        room.Command(Ana, "undo");

        Assert.Equal("", room.Of("D2"));
        Assert.Equal("", room.Of("D4.Root cause analysis"));
    }

    [Fact]
    public void A_reply_to_a_question_moves_from_its_confirmation_in_the_thread()
    {
        var room = Started();
        room.Reply(Ana, "all customers");
        room.Wait();
        var form = room.Press(Ben, room.Button("Move…")).Form!;
        room.Submit(Ben, form.Id, new Dictionary<string, string> { ["part"] = form.Inputs[0].Options!.Single(option => option.Label == "D0, Stakeholders involved").Value });

        Assert.Equal("all customers", room.Of("D0.Stakeholders involved"));
        Assert.DoesNotContain("**Impact:** all customers", room.Report.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Replace_earlier_text_leaves_the_answer_alone_in_its_part_and_undo_brings_all_back()
    {
        var room = Started();
        room.Command(Ana, "answer D2 slow");
        room.Command(Ben, "answer D2 down");
        room.Press(Ben, room.Private(Ben, "Replace earlier text"));
        Assert.Equal("down", room.Of("D2"));

        room.Command(Ben, "undo");
        Assert.Equal("slow", room.Of("D2"));
    }

    [Fact]
    public void What_was_moved_once_is_not_moved_again()
    {
        var room = Started();
        room.Command(Ana, "answer D2.symptoms errors");
        var button = room.Private(Ana, "Move…");
        var form = room.Press(Ana, button).Form!;
        var values = new Dictionary<string, string> { ["part"] = form.Inputs[0].Options!.Single(option => option.Label == "D2, Business impact").Value };
        room.Submit(Ana, form.Id, values);
        var once = room.Report.Text;

        Assert.Contains("taken back already", room.Submit(Ben, form.Id, values).Errors!["part"], StringComparison.Ordinal);
        Assert.Null(room.Press(Ben, button).Form);
        Assert.Equal(once, room.Report.Text);
    }

    [Fact]
    public void A_form_without_a_place_says_what_it_asks_for()
    {
        var room = Started();
        room.Command(Ana, "answer D2 down");
        var form = room.Press(Ana, room.Private(Ana, "Move…")).Form!;

        Assert.Equal("Where does it belong?", room.Submit(Ana, form.Id, new Dictionary<string, string> { ["part"] = "D9.9" }).Errors!["part"]);
        Assert.Equal("down", room.Of("D2"));
    }

    [Fact]
    public void An_answer_that_left_the_log_is_said_to_be_too_long_ago()
    {
        var room = Started();
        room.Command(Ana, "answer D2 down");
        var button = room.Private(Ana, "Move…");
        room.Found = room.Incident with { Log = room.Incident.Log with { Entries = [] } };

        Assert.Null(room.Press(Ana, button).Form);
        Assert.Contains("too long ago", room.LastTold, StringComparison.Ordinal);
    }
}
