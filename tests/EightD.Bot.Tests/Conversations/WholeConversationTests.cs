using EightD.Bot.Tests.Publishing;

namespace EightD.Bot.Tests.Conversations;

/// <summary>A whole 8D, from start to close, as the people in the conversation see it.</summary>
public sealed class WholeConversationTests
{
    [Fact]
    public async Task From_start_to_close_with_questions_chatter_forms_and_two_changes_of_mind()
    {
        await using var chat = await Chat.OpenAsync("2024-12-20 14:20");
        await chat.Says("ana", "Checkout is broken, I open an 8D");
        await chat.Says("ana", "/8d start Checkout is down --severity SEV1");

        // Three questions come by themselves.
        await chat.IsAsked("D0: Problem discovered");
        await chat.Answers("ana", "December 20, 2024, 14:15 UTC");
        await chat.IsAsked("D0: Impact");
        await chat.Replies("bo", "is it the database?");
        await chat.Replies("bo", "thanks");
        await chat.Replies("bo", "I look at the logs");
        await chat.Replies("ana", "@bo yes please");
        Assert.Single(await chat.IsTold("bo"), told => told.Card?.Buttons.Exists(button => button.Label == "Answer to D0 Impact") == true);
        await chat.Replies("ana", "Nobody can pay.");
        await chat.Replies("ana", "Support has 47 tickets.");
        chat.Pause();
        var third = await chat.IsAsked("D3: Immediate actions taken");
        Assert.Contains("**Impact:**\n\nNobody can pay.\nSupport has 47 tickets.\n", await chat.ReportAsync(), StringComparison.Ordinal);
        await chat.Answers("ana", "Restarted the database at 14:35");
        await chat.Says("bo", "good");
        Assert.Null(await chat.QuestionAsync());

        // Quiet while it burns; then the other half.
        var before = await chat.Sees("anybody");
        chat.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(before, await chat.Sees("anybody"), (one, other) => one.Id == other.Id && one.Text == other.Text);
        await chat.Says("bo", "/8d next");
        await chat.Answers("bo", "Shop team, payment team");
        await chat.IsAsked("D0: Data sources");
        await chat.Says("ana", "/8d resolved");

        // A form for the question that stands, and one for a whole discipline.
        var question = (await chat.QuestionAsync())!;
        var form = (await chat.Presses("ana", question, "Answer in a form"))!;
        Assert.Null(await chat.Submits("ana", form, new() { [form.Inputs.Single().Id] = "Server logs" }));
        Assert.Contains("**Data sources:** Server logs\n", await chat.ReportAsync(), StringComparison.Ordinal);
        await chat.Says("bo", "/8d answer D4 The new query scans the whole table");
        await chat.Says("bo", "/8d action add Create the index @maria by 2024-12-23");
        await chat.Says("maria", "/8d action done 1");

        // Undo, pressed twice.
        var confirmed = (await chat.Sees("anybody")).First(message => message.Id == third.Id);
        await chat.Presses("ana", confirmed, "Undo");
        await chat.Presses("ana", confirmed, "Undo");
        Assert.DoesNotContain("Restarted the database", await chat.ReportAsync(), StringComparison.Ordinal);

        await chat.Says("ana", "/8d close --anyway The rest follows");
        await People.UntilAsync(async () => (await chat.Posted()).Exists(message => message.Card?.Fields.Exists(field => field.Name == "Git") == true));

        var posted = await chat.Posted();
        Assert.Equal(3, posted.Count); // the card, the report, the closing line
        Assert.Equal("8D 0001: Checkout is down", posted[0].Card!.Title);
        Assert.True(posted[0].Edited);
        Assert.Contains(posted[0].Card!.Fields, field => field.Name == "State" && field.Value.StartsWith("Closed", StringComparison.Ordinal));
        Assert.Equal(await chat.ReportAsync(), posted[1].Card!.Body);
        Assert.Contains("| Create the index | maria | Dec 23, 2024 | Completed |\n", await chat.ReportAsync(), StringComparison.Ordinal);
        Assert.Contains("\n**Status:** Completed\n", await chat.ReportAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_close_edits_update_the_same_messages_and_the_same_file()
    {
        await using var chat = await Chat.OpenAsync();
        await chat.Says("ana", "/8d start Checkout is down");
        await chat.Says("ana", "/8d answer D6 Create the index @maria by 2024-12-23");
        await chat.Says("ana", "/8d close --anyway The rest follows");
        await IsCommitted(1);
        var posted = await chat.Posted();

        await chat.Says("maria", "/8d action done 1");
        await IsCommitted(2);
        await chat.Says("ana", "/8d reopen It happened again");
        await IsCommitted(3);
        await chat.Says("ana", "/8d answer D0.impact Nobody can pay");
        await chat.Says("ana", "/8d close --anyway The rest follows");
        await IsCommitted(4);

        Assert.Equal(posted.Select(message => message.Id), (await chat.Posted()).Select(message => message.Id));
        Assert.Equal(await chat.ReportAsync(), GitHere.Read(chat.Repository, "docs/8d/0001-checkout-is-down.md"));
        Assert.Equal(await chat.ReportAsync(), (await chat.Posted()).Single(message => message.Card?.Body is not null).Card!.Body);

        Task IsCommitted(int times) => People.UntilAsync(
            () => Task.FromResult(GitHere.Run(chat.Repository, "rev-list", "--count", "--all") == $"{times}"), $"{times} commits are there");
    }

    [Fact]
    public async Task Two_people_in_one_form_both_keep_what_they_wrote()
    {
        await using var chat = await Chat.OpenAsync();
        await chat.Says("ana", "/8d start Checkout is down");
        var (anas, bos) = (await EditAsync(chat, "ana", "D4"), await EditAsync(chat, "bo", "D4"));

        Assert.Null(await chat.Submits("ana", anas, With(anas, ("Contributing factors", "No load test"))));
        Assert.Null(await chat.Submits("bo", bos, With(bos, ("Root cause analysis", "The index was missing"))));

        Assert.Contains("**Root cause analysis:**\nThe index was missing\n\n**Contributing factors:**\n- No load test\n", await chat.ReportAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_people_in_one_part_get_both_texts_and_the_second_decides()
    {
        await using var chat = await Chat.OpenAsync();
        await chat.Says("ana", "/8d start Checkout is down");
        await chat.Says("ana", "/8d answer D4 Unknown");
        var (anas, bos) = (await EditAsync(chat, "ana", "D4"), await EditAsync(chat, "bo", "D4"));
        Assert.Null(await chat.Submits("ana", anas, With(anas, ("Root cause analysis", "The index was missing"))));

        var clash = await chat.Submits("bo", bos, With(bos, ("Root cause analysis", "A full disk"), ("Contributing factors", "No alert")));

        var (input, why) = Assert.Single(clash!);
        Assert.Equal(bos.Inputs.Single(each => each.Label == "Root cause analysis").Id, input);
        Assert.Contains("The index was missing", why, StringComparison.Ordinal);
        Assert.Contains("**Root cause analysis:**\nThe index was missing\n", await chat.ReportAsync(), StringComparison.Ordinal);

        Assert.Null(await chat.Submits("bo", bos, With(bos, ("Root cause analysis", "The index was missing, and the disk was full"), ("Contributing factors", "No alert"))));

        Assert.Contains("**Root cause analysis:**\nThe index was missing, and the disk was full\n\n**Contributing factors:**\n- No alert\n", await chat.ReportAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_with_a_row_that_has_too_many_cells_comes_back_and_nothing_is_written()
    {
        await using var chat = await Chat.OpenAsync();
        await chat.Says("ana", "/8d start Checkout is down");
        var before = await chat.ReportAsync();
        var form = await EditAsync(chat, "ana", "D6");

        var why = await chat.Submits("ana", form, With(form, ("Implementation plan", "a | b | c | d | e")));

        Assert.Contains("a | b | c | d | e", Assert.Single(why!).Value, StringComparison.Ordinal);
        Assert.Equal(before, await chat.ReportAsync());
    }

    [Fact]
    public async Task Undo_by_the_button_takes_an_answer_back_as_if_it_had_never_been_given()
    {
        await using var chat = await Chat.OpenAsync();
        await chat.Says("ana", "/8d start Checkout is down");
        var question = await chat.IsAsked("D0: Problem discovered");
        var before = await chat.ReportAsync();
        await chat.Replies("ana", "At 14:15");
        var confirmed = (await chat.Sees("anybody")).Single(message => message.Id == question.Id);
        Assert.Contains("At 14:15", confirmed.Text + confirmed.Card!.Body, StringComparison.Ordinal);

        await chat.Presses("bo", confirmed, "Undo");
        Assert.Equal(before, await chat.ReportAsync());
        await chat.Says("bo", "/8d answer D0.problem At 14:20");
        await chat.Presses("ana", confirmed, "Undo");

        Assert.Contains("**Problem discovered:** At 14:20\n", await chat.ReportAsync(), StringComparison.Ordinal);
        Assert.Contains("bo", (await chat.Sees("anybody")).Single(message => message.Id == question.Id).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_presses_answer_here_holds_the_interview()
    {
        await using var chat = await Chat.OpenAsync();
        await chat.Says("ana", "/8d start Checkout is down");
        await chat.IsAsked("D0: Problem discovered");

        await chat.Presses("bo", await chat.CardAsync(), "Answer here");
        await chat.Replies("ana", "I think at 14:00");
        await chat.Replies("bo", "At 14:15, by an alert");

        Assert.Contains("**Problem discovered:** At 14:15, by an alert\n", await chat.ReportAsync(), StringComparison.Ordinal);
        var offer = (await chat.IsTold("ana"))[^1];
        await chat.Presses("ana", offer, "Timeline");
        Assert.Matches(@"\n## Timeline\n\n- 2024-12-20 09:15 UTC, ana: I think at 14:00\n", await chat.ReportAsync());
    }

    [Fact]
    public async Task An_offered_reply_becomes_the_answer_when_its_author_says_so()
    {
        await using var chat = await Chat.OpenAsync();
        await chat.Says("ana", "/8d start Checkout is down");
        await chat.IsAsked("D0: Problem discovered");
        await chat.Replies("bo", "At 14:15, by an alert");
        var offer = Assert.Single(await chat.IsTold("bo"));

        await chat.Presses("bo", offer, "Answer to D0 Problem discovered");
        chat.Pause();

        await chat.IsAsked("D0: Impact");
        Assert.Contains("**Problem discovered:** At 14:15, by an alert\n", await chat.ReportAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_start_names_the_open_8D_to_the_asker_alone()
    {
        await using var chat = await Chat.OpenAsync();
        await chat.Says("ana", "/8d start Checkout is down");

        await chat.Says("bo", "/8d start Another one");

        Assert.Contains("8D 0001: Checkout is down", Assert.Single(await chat.IsTold("bo")).Text, StringComparison.Ordinal);
        Assert.Single(await chat.Posted());
        Assert.Empty(await chat.IsTold("ana"));
    }

    [Theory]
    [InlineData("/8d help", "start")]
    [InlineData("/8d help answer", "/8d answer D4")]
    [InlineData("/8d strat Checkout", "/8d start")]
    [InlineData("/8d", "/8d start")]
    [InlineData("/8d answer D4 x", "/8d start")]
    [InlineData("/8d list", "No 8D is open")]
    [InlineData("/8d templates", "`incident`")]
    [InlineData("/8d start x --template nine", "`simple`")]
    [InlineData("/8d show 12", "no report 12")]
    public async Task Where_none_is_open_a_command_is_answered_to_the_asker_alone(string command, string answer)
    {
        await using var chat = await Chat.OpenAsync();

        await chat.Says("ana", command);

        var told = Assert.Single(await chat.IsTold("ana"));
        Assert.Contains(answer, told.Text, StringComparison.Ordinal);
        Assert.Single(await chat.Sees("bo"));
    }

    [Theory]
    [InlineData("/8d answer D9 x", "D8")]
    [InlineData("/8d answer D4.nothing x", "*Contributing factors*")]
    [InlineData("/8d answer D2.observed-impact x", "*Symptoms observed*")]
    [InlineData("/8d action add Create the index @maria by 11/12", "2024-12-30")]
    [InlineData("/8d action done 7", "no action 7")]
    [InlineData("/8d resolved tomorrow", "20 min ago")]
    [InlineData("/8d link 99", "no report 99")]
    [InlineData("/8d answr D4 x", "/8d answer")]
    public async Task What_cannot_be_taken_gets_a_sentence_with_the_way_out(string command, string answer)
    {
        await using var chat = await Chat.OpenAsync();
        await chat.Says("ana", "/8d start Checkout is down");
        var before = await chat.ReportAsync();

        await chat.Says("bo", command);

        Assert.Contains(answer, Assert.Single(await chat.IsTold("bo")).Text, StringComparison.Ordinal);
        Assert.Equal(before, await chat.ReportAsync());
    }

    [Fact]
    public async Task A_closed_8D_refuses_answers_and_names_reopen()
    {
        await using var chat = await Chat.OpenAsync();
        await chat.Says("ana", "/8d start Checkout is down");
        var card = await chat.CardAsync();
        await chat.Says("ana", "/8d close --anyway The rest follows");
        var before = await chat.ReportAsync();

        await chat.Says("bo", "/8d answer D4 x");
        await chat.Presses("bo", card, "Resolved");
        await chat.Replies("ana", "At 14:15");

        Assert.Equal(before, await chat.ReportAsync());
        Assert.All(await chat.IsTold("bo"), told => Assert.Contains("/8d reopen", told.Text, StringComparison.Ordinal));
        Assert.Equal(2, (await chat.IsTold("bo")).Count);
    }

    [Fact]
    public async Task After_a_restart_the_question_that_waited_is_asked()
    {
        var chat = await Chat.OpenAsync();
        await chat.Says("ana", "/8d start Checkout is down");
        await chat.IsAsked("D0: Problem discovered");
        await chat.Replies("ana", "At 14:15");

        chat = await chat.RestartAsync();
        await using (chat)
        {
            Assert.Null(await chat.QuestionAsync());
            chat.Pause();
            await chat.IsAsked("D0: Impact");
            await chat.Replies("ana", "Nobody can pay");
            Assert.Contains("**Impact:** Nobody can pay\n", await chat.ReportAsync(), StringComparison.Ordinal);
        }
    }

    private static async Task<Form> EditAsync(Chat chat, string who, string discipline)
    {
        await chat.Says(who, $"/8d edit {discipline}");
        return (await chat.Presses(who, (await chat.IsTold(who))[^1], "Open the form"))!;
    }

    private static Dictionary<string, string> With(Form form, params (string Label, string Text)[] filled) =>
        form.Inputs.ToDictionary(input => input.Id, input => Array.Find(filled, each => each.Label == input.Label).Text ?? input.Value);
}
