using static EightD.Incidents.Tests.Room;

namespace EightD.Incidents.Tests;

public sealed class UndoTests
{
    private static readonly Person[] People = [Ana, Ben, Cem, Ana, Ben];

    [Theory]
    [InlineData("D2", "first", "second", "third", "fourth", "fifth")]
    [InlineData("D0.Impact", "first", "second", "third", "fourth", "fifth")]
    [InlineData("D2.Symptoms observed", "one\ntwo", "three", "- four\n  - inside", "five", "six")]
    [InlineData("D3.Immediate actions taken", "one", "two\nthree", "1. four", "five", "six")]
    [InlineData("D1", "Ana | Lead", "Ben | Developer", "Cem | Tester", "Dora | Support", "Eve | Sponsor")]
    public void Five_answers_to_one_part_can_be_taken_back_in_any_order(string part, params string[] texts) =>
        AssertAnyOrder([.. texts.Select(text => (part, text))]);

    [Fact]
    public void Five_answers_to_several_parts_can_be_taken_back_in_any_order() => AssertAnyOrder(
    [
        ("D2", "a paragraph"), ("D2.Business impact", "one\ntwo"), ("D4.Root cause analysis", "the index"), ("D3.Immediate actions taken", "restart"), ("D2", "another"),
    ]);

    [Fact]
    public void A_second_press_changes_nothing()
    {
        var room = Started();
        room.Command(Ana, "answer D2 down");
        var undo = room.Private(Ana, "Undo");
        room.Press(Ben, undo);
        var once = room.Incident;
        room.Press(Ana, undo);

        Assert.Same(once.Report, room.Report);
        Assert.Equal(once.Log.Last, room.Incident.Log.Last);
    }

    [Fact]
    public void Undo_of_a_replacement_brings_the_earlier_text_back()
    {
        var room = Started();
        room.Command(Ana, "answer D2 down");
        room.Command(Ben, "answer D2 --replace slow");
        room.Command(Ben, "undo");

        Assert.Equal("down", room.Of("D2"));
    }

    [Fact]
    public void An_answer_that_was_replaced_since_is_shown_and_nothing_changes()
    {
        var room = Started();
        room.Command(Ana, "answer D2 down");
        room.Command(Ben, "answer D2 --replace slow");
        room.Command(Ana, "undo");

        Assert.Equal("slow", room.Of("D2"));
        Assert.Contains("> down", room.LastTold, StringComparison.Ordinal);
    }

    [Fact]
    public void What_Git_changed_around_an_answer_stays_when_its_own_block_still_stands()
    {
        var room = Started();
        room.Command(Ana, "answer D2.symptoms errors");
        room.Command(Ben, "answer D2.symptoms timeouts");
        room.Found = room.Incident with { Report = room.Report.SetText(Named("D2.Symptoms observed"), "- from Git\n- errors\n- timeouts") };
        room.Command(Ana, "undo");

        Assert.Equal("- from Git\n- timeouts", room.Of("D2.Symptoms observed"));
    }

    private static void AssertAnyOrder((string Part, string Text)[] answers)
    {
        foreach (var order in Orders([0, 1, 2, 3, 4]))
        {
            var room = Started();
            List<string> entries = [];
            foreach (var ((part, text), by) in answers.Zip(People))
            {
                room.Command(by, $"answer {part} {text}");
                entries.Add(room.Private(by, "Undo").Value);
            }

            HashSet<int> gone = [];
            foreach (var index in order)
            {
                room.Press(Cem, new("undo", entries[index], ""));
                gone.Add(index);
                var never = Started();
                for (var i = 0; i < answers.Length; i++)
                {
                    if (!gone.Contains(i)) never.Command(People[i], $"answer {answers[i].Part} {answers[i].Text}");
                }

                Assert.Equal(never.Report.Text, room.Report.Text);
            }
        }
    }

    private static IEnumerable<int[]> Orders(int[] items) => items.Length == 1
        ? [items]
        : items.SelectMany(first => Orders([.. items.Where(item => item != first)]).Select(rest => (int[])[first, .. rest]));
}
