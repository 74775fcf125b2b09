namespace EightD.Incidents.Tests;

public sealed class UndeliveredTests
{
    private static readonly DateTimeOffset At = new(2024, 12, 21, 19, 15, 0, TimeSpan.Zero);

    [Fact]
    public void Status_shows_what_was_given_up_and_why()
    {
        var room = WithTwoLettersForBen();

        room.Command(Room.Ana, "status");

        Assert.Contains("Not delivered: 2 for Ben: His account is gone.", room.LastTold, StringComparison.Ordinal);
    }

    [Fact]
    public void Status_says_nothing_of_it_where_all_was_delivered()
    {
        var room = Room.Started();

        room.Command(Room.Ana, "status");

        Assert.DoesNotContain("Not delivered", room.LastTold, StringComparison.Ordinal);
        Assert.DoesNotContain(room.Told[^1].Message.Card!.Buttons, button => button.Label is "Try again" or "Forget it");
    }

    [Theory]
    [InlineData("Try again", 2)]
    [InlineData("Forget it", 0)]
    public void A_button_decides_what_becomes_of_it(string button, int delivered)
    {
        var room = WithTwoLettersForBen();
        room.Command(Room.Ana, "status");

        room.Press(Room.Ana, room.Private(Room.Ana, button));

        Assert.Empty(room.Incident.DeadLetters);
        Assert.Equal(delivered, room.Told.Count(told => told.To == Room.Ben));
        room.Press(Room.Ana, room.Private(Room.Ana, button));
        Assert.Equal("All is delivered by now.", room.LastTold);
        Assert.Equal(delivered, room.Told.Count(told => told.To == Room.Ben));
    }

    private static Room WithTwoLettersForBen()
    {
        var room = Room.Started();
        room.Found = room.Incident with { DeadLetters = [Letter("one"), Letter("two")] };
        return room;

        DeadLetter Letter(string text) => new(new(text, new Effect.Tell(Room.Ben, room.Incident.Home, new(text)), At.AddDays(-1)), "His account is gone.", At);
    }
}
