namespace EightD.Incidents.Tests;

/// <summary>Undo gives a part the text that it had before an answer, with the later answers to it applied again.</summary>
public sealed class UndoTests
{
    private static readonly (string Who, string Command)[] Answers =
    [
        ("Ana", "answer D4.factors No load test"),
        ("Ben", "answer D4.factors Staging is small\nAlerts too high"),
        ("Cleo", "answer D4.escape Code review"),
        ("Ana", "answer D4.escape Testing"),
        ("Ben", "answer D2 The shop answered 500."),
    ];

    public static TheoryData<string> Orders => [.. Permutations("01234")];

    [Theory]
    [MemberData(nameof(Orders))]
    public void In_any_order_the_report_is_as_if_those_taken_back_had_never_been_given(string order)
    {
        var room = new Room();
        room.Says("Ana", "start Checkout is down");
        List<Button> undo = [];
        foreach (var (who, command) in Answers)
        {
            room.Says(who, command);
            var button = room.Messages.Last(message => message.To == who).Card!.Buttons.First(each => each.Label == "Undo");
            undo.Add(new(button.Action, button.Value));
        }

        for (var taken = 1; taken <= order.Length; taken++)
        {
            var next = undo[order[taken - 1] - '0'];
            room.Presses("Dan", new Cards.Button(next.Action, next.Value, "Undo"));
            var left = Enumerable.Range(0, Answers.Length).Where(answer => !order[..taken].Contains((char)('0' + answer)));
            Assert.Equal(With(left), room.Text);
        }
    }

    [Fact]
    public void A_later_replacement_stands_and_the_text_is_shown()
    {
        var room = new Room();
        room.Says("Ana", "start Checkout is down");
        room.Says("Ben", "answer D4.root First guess");
        var undo = room.Messages.Last(message => message.To == "Ben").Card!.Buttons.First(each => each.Label == "Undo");
        room.Says("Cleo", "answer D4.root --replace Second guess");
        room.Presses("Ben", undo);

        Assert.Contains("Second guess", room.Text, StringComparison.Ordinal);
        Assert.Contains("First guess", room.ToldTo("Ben"), StringComparison.Ordinal);
    }

    [Fact]
    public void Undoing_a_replacement_brings_back_what_it_replaced()
    {
        var room = new Room();
        room.Says("Ana", "start Checkout is down");
        room.Says("Ben", "answer D4.root First guess");
        var before = room.Text;
        room.Says("Cleo", "answer D4.root --replace Second guess");
        room.Says("Cleo", "undo");

        Assert.Equal(before, room.Text);
    }

    private static string With(IEnumerable<int> answers)
    {
        var room = new Room();
        room.Says("Ana", "start Checkout is down");
        foreach (var answer in answers) room.Says(Answers[answer].Who, Answers[answer].Command);
        return room.Text;
    }

    private static IEnumerable<string> Permutations(string of) =>
        of.Length <= 1 ? [of] : of.SelectMany((first, at) => Permutations(of.Remove(at, 1)).Select(rest => first + rest));

    private sealed record Button(string Action, string Value);
}
