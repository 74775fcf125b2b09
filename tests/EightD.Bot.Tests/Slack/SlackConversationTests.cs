using EightD.Bot.Tests.Conversations;

namespace EightD.Bot.Tests.Slack;

/// <summary>An 8D in a Slack channel, as its people see it.</summary>
public sealed class SlackConversationTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_start_posts_one_card_and_asks_in_its_thread(bool overSocket)
    {
        await using var room = await SlackRoom.OpenAsync(overSocket: overSocket);
        var answer = await room.People.Commands("ana", "ops", "/8d start Checkout is down");

        Assert.Equal(200, answer.Status);
        var card = await room.CardAsync();
        Assert.Contains("8D 0001: Checkout is down", card.Shown, StringComparison.Ordinal);
        var question = await room.IsAsked("D0: Problem discovered");
        Assert.Equal(card.Ts, question.ThreadTs);
        Assert.Single(room.People.Posted("ops"), message => message.ThreadTs is null);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_reply_in_the_thread_answers_the_question_which_becomes_the_confirmation(bool overSocket)
    {
        await using var room = await SlackRoom.OpenAsync(overSocket: overSocket);
        var question = await room.Starts();

        await room.People.Posts("ana", "ops", "At 14:15 by *monitoring*, see <https://status.example.com|status>", question.ThreadTs, """
            [{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"At 14:15 by "},{"type":"text","text":"monitoring","style":{"bold":true}},
            {"type":"text","text":", see "},{"type":"link","url":"https://status.example.com","text":"status"}]}]}]
            """);
        room.Clock.Advance(TimeSpan.FromSeconds(3));

        await room.IsAsked("D0: Impact");
        var confirmation = room.People.Now(question)!;
        Assert.Contains("At 14:15 by *monitoring*, see <https://status.example.com|status>", confirmation.Shown, StringComparison.Ordinal);
        Assert.Contains(confirmation.Buttons, button => button.Label == "Undo");
        await room.Publishes("ana");
        Assert.Contains("**Problem discovered:** At 14:15 by **monitoring**, see [status](https://status.example.com)\n", await room.ReportAsync("0001-checkout-is-down.md"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_who_typed_a_command_is_told_stands_in_the_answer_to_it_and_Slack_is_asked_for_nothing()
    {
        await using var room = await SlackRoom.OpenAsync();
        await room.Starts();

        var status = await room.People.Commands("ana", "ops", "/8d status");
        var answered = await room.People.Commands("ana", "ops", "/8d answer D2 Nobody can pay");

        Assert.Contains("Checkout is down", status.Json!.Value.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Contains("Nobody can pay", answered.Json!.Value.GetProperty("blocks").GetRawText(), StringComparison.Ordinal);
        Assert.Empty(room.Slack.CallsOf("response_url"));
        Assert.Empty(room.Slack.CallsOf("chat.postEphemeral"));
    }

    [Fact]
    public async Task Undo_takes_an_answer_back()
    {
        await using var room = await SlackRoom.OpenAsync();
        var question = await room.Starts();
        await room.Answers("ana", "At 14:15");
        await room.IsAsked("D0: Impact");

        await room.People.Presses("ana", room.People.Now(question)!, "Undo");

        await room.Publishes("ana");
        Assert.DoesNotContain("At 14:15", await room.ReportAsync("0001-checkout-is-down.md"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_one_asks_alone_is_answered_to_that_person_alone()
    {
        await using var room = await SlackRoom.OpenAsync();
        await room.People.Commands("ana", "ops", "/8d start Checkout is down");
        await room.CardAsync();

        await room.People.Commands("maria", "ops", "/8d status");

        await room.IsTold("maria", "Checkout is down");
        Assert.DoesNotContain(room.People.Sees("ana", "ops"), message => message.To == "U0002");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_start_without_a_title_opens_a_form_that_begins_the_8D(bool overSocket)
    {
        await using var room = await SlackRoom.OpenAsync(overSocket: overSocket);
        await room.People.Commands("ana", "ops", "/8d start");
        var form = await room.People.WaitsForView("ana", "Start an 8D");
        Assert.InRange(form.Inputs.Count, 1, 3);

        var refused = await room.People.Submits("ana", new Dictionary<string, string?> { ["title"] = "   " });
        Assert.Equal("title", Assert.Single(refused.Errors).Key);
        var taken = await room.People.Submits("ana", new Dictionary<string, string?> { ["title"] = "Checkout is down" });

        Assert.Empty(taken.Errors);
        Assert.Contains("8D 0001: Checkout is down", (await room.CardAsync()).Shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Edit_opens_a_form_with_what_the_discipline_holds_and_long_text_in_several_inputs()
    {
        await using var room = await SlackRoom.OpenAsync();
        await room.People.Commands("ana", "ops", "/8d start Checkout is down");
        var text = string.Join("\n\n", Enumerable.Range(0, 100).Select(line => $"Line {line}: {new string('x', 60)}"));
        await room.People.Commands("ana", "ops", $"/8d answer D2.business {text}");
        await room.IsTold("ana", "Line 1");
        await room.Publishes("ana");
        var before = await room.ReportAsync("0001-checkout-is-down.md");
        Assert.Contains("Line 99: x", before, StringComparison.Ordinal);

        await room.People.Commands("ana", "ops", "/8d edit D2");
        var form = await room.People.WaitsForView("ana", "D2, Problem statement &…");
        Assert.Contains(form.Inputs, input => input.BlockId.Contains('~', StringComparison.Ordinal));
        var saved = await room.People.Submits("ana", new Dictionary<string, string?> { ["p0"] = "Nobody can pay." });

        Assert.Empty(saved.Errors);
        await room.Publishes("ana");
        var after = await room.ReportAsync("0001-checkout-is-down.md");
        Assert.Equal(before, after.Replace("Nobody can pay.\n\n", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_finished_report_is_a_short_card_with_its_Markdown_as_a_file_in_the_thread()
    {
        await using var room = await SlackRoom.OpenAsync();
        await room.People.Commands("ana", "ops", "/8d start Checkout is down");
        await room.CardAsync();

        await room.Publishes("ana");

        var posted = room.People.Posted("ops").Where(message => message.ThreadTs is null).ToList();
        Assert.Equal(2, posted.Count);
        await People.UntilAsync(() => Task.FromResult(room.People.Sees("ana", "ops").Any(message => message.ThreadTs == posted[1].Ts && message.Files.Count == 2)), "the files are there");
        var files = room.People.Sees("ana", "ops").Single(message => message.Files.Count == 2).Files;
        var file = files[0];
        Assert.Equal("0001-checkout-is-down.md", file.Name);
        Assert.Equal(await room.ReportAsync("0001-checkout-is-down.md"), System.Text.Encoding.UTF8.GetString([.. file.Bytes]));
        Assert.Equal("0001-checkout-is-down.html", files[1].Name);
        Assert.Contains("<title>8D 0001: Checkout is down</title>", System.Text.Encoding.UTF8.GetString([.. files[1].Bytes]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mention_in_a_thread_is_a_command_where_all_its_words_fit_else_the_answer()
    {
        await using var room = await SlackRoom.OpenAsync();
        await room.Starts();
        var card = await room.CardAsync();

        await room.People.Mentions("ana", "ops", "status", card.Ts);
        await room.IsTold("ana", "Checkout is down");
        Assert.Single(room.People.IsTold("ana", "ops"), message => message.ThreadTs == card.Ts); // the mention came as two events

        await room.People.Mentions("ana", "ops", "a customer called at 14:15", card.Ts);
        room.Clock.Advance(TimeSpan.FromSeconds(3));
        await room.IsAsked("D0: Impact");
        await room.Publishes("ana");
        Assert.Contains("**Problem discovered:** a customer called at 14:15\n", await room.ReportAsync("0001-checkout-is-down.md"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edited_reply_edits_what_it_wrote_and_a_deleted_one_asks_its_author()
    {
        await using var room = await SlackRoom.OpenAsync();
        await room.Starts();
        var reply = await room.Answers("ana", "At 14:15");
        await room.IsAsked("D0: Impact");

        await room.People.Edits("ana", reply.Message, "At 14:18");
        await room.Publishes("ana");
        Assert.Contains("**Problem discovered:** At 14:18\n", await room.ReportAsync("0001-checkout-is-down.md"), StringComparison.Ordinal);

        await room.People.Deletes("ana", room.People.Now(reply.Message)!);
        await room.IsTold("ana", "Take it out");
    }

    [Fact]
    public async Task The_message_shortcut_files_a_message_with_its_author_time_and_link()
    {
        await using var room = await SlackRoom.OpenAsync();
        await room.People.Commands("ana", "ops", "/8d start Checkout is down");
        await room.CardAsync();
        var said = await room.People.Posts("maria", "ops", "The primary is read-only");

        await room.People.Shortcut("ana", "ops", said.Message.Ts, "add_to_8d");
        await room.People.WaitsForView("ana", "Add to the 8D report");
        var taken = await room.People.Submits("ana");

        Assert.Empty(taken.Errors);
        await room.Publishes("ana");
        Assert.Matches(@"- 2024-12-20 09:15 UTC, Maria Garcia: The primary is read-only \(\[message\]\(https://[^)]+\)\)\n", await room.ReportAsync("0001-checkout-is-down.md"));
    }

    [Theory]
    [InlineData("8d")]
    [InlineData("pushpin")]
    public async Task A_reaction_files_a_message_once_and_nothing_where_no_8D_is_open(string reaction)
    {
        await using var room = await SlackRoom.OpenAsync();
        var early = await room.People.Posts("maria", "ops", "Nothing yet");
        await room.People.Reacts("ana", "ops", early.Message.Ts, reaction);
        await room.People.Commands("ana", "ops", "/8d start Checkout is down");
        await room.CardAsync();
        var said = await room.People.Posts("maria", "ops", "The primary is read-only");

        await room.People.Reacts("ana", "ops", said.Message.Ts, reaction);
        await room.People.Reacts("maria", "ops", said.Message.Ts, reaction);
        await room.IsTold("ana", "The primary is read-only");

        await room.Publishes("ana");
        var report = await room.ReportAsync("0001-checkout-is-down.md");
        Assert.Equal(2, report.Split("The primary is read-only").Length);
        Assert.DoesNotContain("Nothing yet", report, StringComparison.Ordinal);
        Assert.DoesNotContain(room.People.IsTold("ana", "ops"), message => message.Shown.Contains("No 8D is open", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_global_shortcut_asks_for_the_channel_too()
    {
        await using var room = await SlackRoom.OpenAsync();
        await room.People.GlobalShortcut("ana", "start_8d");
        await room.People.WaitsForView("ana", "Start an 8D");

        var taken = await room.People.Submits("ana", new Dictionary<string, string?> { ["channel"] = SlackRoom.Ops, ["title"] = "Checkout is down" });

        Assert.Empty(taken.Errors);
        Assert.Contains("8D 0001: Checkout is down", (await room.CardAsync()).Shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_home_shows_ones_own_actions_and_the_open_8Ds_that_one_may_see()
    {
        await using var room = await SlackRoom.OpenAsync();
        await room.People.Commands("ana", "ops", "/8d start Checkout is down");
        await room.People.Commands("ana", "secret", "/8d start Somebody read the mail");
        await room.People.Commands("ana", "ops", "/8d action add Create the index @maria by 2024-12-27");
        await room.IsTold("ana", "Create the index");

        await room.People.OpensHome("maria");
        await room.People.OpensHome("ana");

        Assert.Contains("Create the index", room.People.HomeOf("maria")!.Shown, StringComparison.Ordinal);
        Assert.Contains("Checkout is down", room.People.HomeOf("maria")!.Shown, StringComparison.Ordinal);
        Assert.DoesNotContain("Somebody read the mail", room.People.HomeOf("maria")!.Shown, StringComparison.Ordinal);
        Assert.Contains("Somebody read the mail", room.People.HomeOf("ana")!.Shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_a_channel_that_another_organisation_shares_the_card_says_so_and_its_people_take_part()
    {
        await using var room = await SlackRoom.OpenAsync(prepare: slack =>
        {
            slack.AddUser("U9001", "zoe", "Zoe", team: "T9001");
            slack.World.Change(SlackRoom.Ops, channel => channel with { IsShared = true, Members = channel.Members.Add("U9001") });
        });
        await room.People.Commands("ana", "ops", "/8d start Checkout is down");
        Assert.Contains("People of another organisation see this card", (await room.CardAsync()).Shown, StringComparison.Ordinal);

        await room.People.Presses("zoe", await room.CardAsync(), "Status");
        await room.IsTold("zoe", "Checkout is down");
        await room.People.Presses("zoe", await room.CardAsync(), "Answer here");
        await room.Answers("zoe", "By our monitoring");
        await room.IsAsked("D0: Impact");
        await room.Publishes("ana");
        Assert.Contains("**Problem discovered:** By our monitoring\n", await room.ReportAsync("0001-checkout-is-down.md"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_a_channel_of_its_own_people_the_card_says_nothing_of_others()
    {
        await using var room = await SlackRoom.OpenAsync();
        await room.People.Commands("ana", "ops", "/8d start Checkout is down");
        Assert.DoesNotContain("another organisation", (await room.CardAsync()).Shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_bot_is_no_member_the_draft_begins_and_the_card_follows_on_joining()
    {
        await using var room = await SlackRoom.OpenAsync(prepare: slack => slack.AddChannel("C0009", "elsewhere", ["U0001"], isPrivate: true, withBot: false));
        await room.People.Commands("ana", "elsewhere", "/8d start Checkout is down");
        await room.IsTold("ana", "/invite", "C0009");

        await room.People.Joins(room.Slack.Home.BotUser, "elsewhere");

        Assert.Contains("8D 0001", (await room.CardAsync("C0009")).Shown, StringComparison.Ordinal);
    }
}
