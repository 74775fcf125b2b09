namespace EightD.Incidents.Tests;

/// <summary>What comes twice happens once.</summary>
public sealed class RepeatTests
{
    [Theory]
    [InlineData("answer D4.root The index was missing")]
    [InlineData("note Rolled back")]
    [InlineData("action add Create the index @Ben by tomorrow")]
    [InlineData("team add Ben DBA")]
    [InlineData("resolved")]
    [InlineData("answer D4.nothing text")]
    [InlineData("action done 7")]
    public void A_repeated_request_changes_nothing_and_is_answered_as_before(string command)
    {
        var room = new Room();
        room.Says("Ana", "start Checkout is down");
        room.Says("Ana", command, request: "once");
        var (after, told) = (room.Incident!, room.ToldTo("Ana"));
        var messages = room.Messages.Count;

        room.Says("Ana", command, request: "once");

        Assert.Same(after.Report, room.Incident!.Report);
        Assert.Equal(after.Version, room.Incident.Version);
        Assert.Equal(told, room.ToldTo("Ana"));
        Assert.InRange(room.Messages.Count, messages, messages);
    }

    [Fact]
    public void A_form_that_was_refused_is_refused_again()
    {
        var room = new Room();
        room.Says("Ana", "start Checkout is down");
        var form = room.Presses("Ana", room.Question!, "Answer in a form").Form!;
        var first = room.Submits("Ana", form, new() { ["answer"] = "  " }, request: "once");
        var second = room.Submits("Ana", form, new() { ["answer"] = "something" }, request: "once");

        Assert.NotNull(first.Errors);
        Assert.Equal(first.Errors, second.Errors);
    }

    [Fact]
    public void An_old_button_says_how_it_stands_and_changes_nothing()
    {
        var room = new Room();
        room.Says("Ana", "start Checkout is down");
        var old = room.Question!;
        room.Replies("Ana", "An alert");
        room.Pause();
        var before = room.Incident!.Version;
        room.Presses("Ana", old.Card!.Buttons.First(button => button.Label == "Skip"));

        Assert.Equal(before, room.Incident!.Version);
        Assert.Contains("D0, Impact", room.ToldTo("Ana"), StringComparison.Ordinal);
    }

    [Fact]
    public void Undo_pressed_twice_takes_back_once()
    {
        var room = new Room();
        room.Says("Ana", "start Checkout is down");
        var before = room.Text;
        room.Says("Ben", "answer D2 The shop answers 500");
        var undo = room.Messages.Last(message => message.To == "Ben").Card!.Buttons.First(button => button.Label == "Undo");
        room.Presses("Ben", undo);
        Assert.Equal(before, room.Text);
        var version = room.Incident!.Version;
        room.Presses("Cleo", undo);

        Assert.Equal(before, room.Text);
        Assert.Equal(version, room.Incident!.Version);
    }

    [Fact]
    public void From_start_to_close_four_messages_at_most_stand_at_the_top_level()
    {
        var room = new Room();
        room.Says("Ana", "start Checkout is down");
        foreach (var command in new[] { "answer D2 It fails", "contained", "resolved", "answer D4.root A cause", "publish", "close", "reopen Again", "answer D4.root More", "close" }) room.Says("Ana", command);

        Assert.Equal(3, room.TopLevel.Count());
        Assert.Equal(Phase.Closed, room.Incident!.Phase);
    }
}
