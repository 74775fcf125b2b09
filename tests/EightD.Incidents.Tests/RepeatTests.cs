using EightD.Incidents.Cards;
using static EightD.Incidents.Tests.Room;

namespace EightD.Incidents.Tests;

/// <summary>Repeated requests, stale buttons, the message budget, forms that come back.</summary>
public sealed class RepeatTests
{
    [Theory]
    [InlineData("answer D2 down")]
    [InlineData("next")]
    [InlineData("action add Create the index @Ben by 2024-12-21")]
    [InlineData("note rolled back")]
    [InlineData("close --anyway why")]
    public void A_request_that_comes_again_changes_nothing(string line)
    {
        var room = Started();
        room.Command(Ana, line, request: "same");
        var once = room.Incident;
        room.Command(Ana, line, request: "same");

        Assert.Same(once, room.Incident);
        Assert.Empty(room.Last.Effects);
    }

    [Theory]
    [InlineData("answer D9 down")]
    [InlineData("answer D0.p users")]
    [InlineData("start Mail is down")]
    [InlineData("action due 1 soonish")]
    public void A_refusal_that_comes_again_is_said_again(string line)
    {
        var room = Started();
        room.Command(Ana, line, request: "same");
        var (once, said) = (room.Incident, room.LastTold);
        room.Told.Clear();
        room.Command(Ana, line, request: "same");

        Assert.Same(once, room.Incident);
        Assert.Equal(said, room.LastTold);
    }

    [Fact]
    public void A_form_that_comes_again_is_answered_as_before()
    {
        var room = Started();
        Dictionary<string, string> rows = new(StringComparer.Ordinal) { ["answer"] = "a | b | c | d | e | f" };
        var first = room.Submit(Ana, "answer.D6.0.add", rows, request: "refused").Errors;
        Assert.Equal(first, room.Submit(Ana, "answer.D6.0.add", rows, request: "refused").Errors);

        Dictionary<string, string> text = new(StringComparer.Ordinal) { ["answer"] = "down" };
        room.Submit(Ana, "answer.D2.0.add", text, request: "taken");
        room.Submit(Ana, "answer.D2.0.add", text, request: "taken");
        Assert.Equal("down", room.Of("D2"));
    }

    [Fact]
    public void An_old_button_is_answered_with_the_state_as_it_is()
    {
        var room = Started();
        var skip = room.Button("Skip");
        room.Press(Ana, skip);
        var once = room.Incident;
        room.Press(Ben, skip);

        Assert.Same(once, room.Incident);
        Assert.Contains("D0, Impact", room.LastTold, StringComparison.Ordinal);
    }

    [Fact]
    public void A_whole_8D_posts_at_most_four_messages_at_the_top()
    {
        var room = Started();
        foreach (var line in (string[])["answer D2 down", "contained", "resolved", "publish", "publish", "close --anyway why", "reopen again", "answer D3 restarted", "close --anyway why"]) room.Command(Ana, line);

        Assert.InRange(room.TopLevel.Count(), 1, 4);
    }

    [Fact]
    public void Nothing_is_posted_while_the_bot_is_ignored()
    {
        var room = Started();
        room.Reply(Ana, "Orders fail");
        room.Wait();
        room.Performed.Clear();
        for (var i = 0; i < 100; i++) room.Wait(3600);

        Assert.Empty(room.Performed);
    }

    [Fact]
    public void Two_people_in_one_form_both_keep_what_they_wrote()
    {
        var room = Started();
        room.Command(Ana, "answer D2.symptoms errors");
        var form = room.Press(Ana, new("form", "edit.D2", "")).Form!;
        var symptoms = Input(form, "Symptoms observed");
        room.Submit(Ben, form.Id, Filled(form, symptoms, "- errors\n- timeouts"));
        Assert.Null(room.Submit(Ana, form.Id, Filled(form, symptoms, "- errors\n- high CPU")).Errors);

        Assert.Contains("- timeouts", room.Of("D2.Symptoms observed"), StringComparison.Ordinal);
        Assert.Contains("- high CPU", room.Of("D2.Symptoms observed"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_form_that_answers_the_open_question_closes_it_and_asks_the_next()
    {
        var room = Started();
        Assert.Equal("D0: Problem discovered", room.Question);
        var form = room.Press(Ben, new("form", "edit.D0", "")).Form!;
        var told = room.Told.Count;
        room.Submit(Ben, form.Id, Filled(form, Input(form, "Problem discovered"), "by an alert"));

        room.Wait();
        Assert.Equal("by an alert", room.Of("D0.Problem discovered"));
        Assert.Equal("D0: Impact", room.Question);
        Assert.Equal(told, room.Told.Count); // the question's own message says it
        room.Press(Ben, room.Button("Undo"));
        Assert.Equal("", room.Of("D0.Problem discovered"));
    }

    [Fact]
    public void A_clash_brings_the_form_back_with_both_texts_and_is_taken_the_second_time()
    {
        var room = Started();
        room.Command(Ana, "answer D2.symptoms errors");
        var form = room.Press(Ana, new("form", "edit.D2", "")).Form!;
        var symptoms = Input(form, "Symptoms observed");
        room.Submit(Ben, form.Id, Filled(form, symptoms, "- many errors"));
        var errors = room.Submit(Ana, form.Id, Filled(form, symptoms, "- few errors")).Errors!;

        Assert.Contains("- many errors", errors[symptoms], StringComparison.Ordinal);
        Assert.Null(room.Submit(Ana, form.Id, Filled(form, symptoms, "- few errors")).Errors);
        Assert.Equal("- few errors", room.Of("D2.Symptoms observed"));
    }

    [Theory]
    [InlineData("statsu", "`/8d status")]
    [InlineData("answer D9 x", "This report has no `D9`. It has D0, D1, D2, D3, D4, D5, D6, D7, D8.")]
    [InlineData("answer D0.x y", "`x` is no part of D0. There are: *Problem discovered*, *Impact*")]
    [InlineData("answer D0.p y", "`p` fits more than one: *Problem discovered*, *Prerequisites*")]
    [InlineData("answer D2", "There was nothing to write")]
    [InlineData("answer D6 a | b | c | d | e", "5 cells, and the table has 4 columns")]
    [InlineData("action add Create it @Ben by 03/04/2025", "day or the month")]
    [InlineData("action add Create it @Ben by 2025-02-30", "There is no `2025-02-30`")]
    [InlineData("contained 25:99", "I cannot read `25:99` as a time")]
    [InlineData("link 77", "There is no report 77")]
    [InlineData("settings timezone Mars", "time zone `Mars`")]
    public void What_cannot_be_done_gets_a_sentence(string line, string said)
    {
        var room = Started();
        room.Command(Ana, line);
        Assert.Contains(said, room.LastTold, StringComparison.Ordinal);
    }

    [Fact]
    public void Titles_templates_and_lengths_have_their_bounds()
    {
        var room = new Room();
        room.Command(Ana, $"start {new string('x', 201)}");
        Assert.Contains("at most 200", room.LastTold, StringComparison.Ordinal);
        room.Command(Ana, "start Mail --template fishbone");
        Assert.Contains("`fishbone`. There are: `incident`, `default`, `simple`", room.LastTold, StringComparison.Ordinal);
        Assert.Equal("Please give it a title: a few words are enough.", room.Submit(Ana, "start", Filled(title: " ")).Errors!["title"]);
        Assert.Null(room.Found);

        room.Command(Ana, "start ???");
        Assert.Equal("???", room.Report.Title);
        room.Command(Ana, $"answer D2 {new string('x', (100 * 1024) + 1)}");
        Assert.Contains("at most 100 KB", room.LastTold, StringComparison.Ordinal);
    }

    private static string Input(Form form, string label) => form.Inputs.Single(input => input.Label.Contains(label, StringComparison.Ordinal)).Id;

    private static Dictionary<string, string> Filled(string title) => new(StringComparer.Ordinal) { ["title"] = title };

    private static Dictionary<string, string> Filled(Form form, string input, string text) =>
        form.Inputs.ToDictionary(each => each.Id, each => each.Id == input ? text : each.Value, StringComparer.Ordinal);
}
