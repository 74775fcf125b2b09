using System.Globalization;
using EightD.Bot.Tests.Conversations;

namespace EightD.Bot.Tests.Slack;

/// <summary>Slack fails: nothing that people wrote is lost, nothing is said twice, and people are told what they can do (slack-protocol.md, section 10).</summary>
public sealed class SlackFaultTests
{
    private static readonly Dictionary<string, SlackFault> Faults = new(StringComparer.Ordinal)
    {
        ["429"] = SlackFault.RateLimited(),
        ["500"] = SlackFault.Down(),
        ["cut"] = SlackFault.Cut,
        ["hangs"] = SlackFault.Hang,
        ["said to fail"] = SlackFault.SaidToFail(),
        ["done but internal_error"] = SlackFault.DoneBut("internal_error"),
        ["invalid_blocks"] = SlackFault.Refused("invalid_blocks"),
        ["message_not_found"] = SlackFault.Refused("message_not_found"),
    };

    /// <summary>Several at once, of faults that are like those that each call meets in <see cref="SlackEachCallTests"/>: 1 is the first call of its method.</summary>
    [Theory]
    [InlineData("cut", "chat.postMessage 2, chat.postMessage 4, chat.update 2, chat.update 3, conversations.replies 1")]
    [InlineData("cut", "response_url 2, users.info 2, conversations.info 1, files.getUploadURLExternal 2, upload 1, files.completeUploadExternal 1, views.open 1, chat.postEphemeral 1")]
    [InlineData("said to fail", "chat.postMessage 1, chat.postMessage 5, chat.update 2, conversations.history 1, files.completeUploadExternal 2, views.open 1")]
    [InlineData("done but internal_error", "chat.postMessage 1, chat.postMessage 3, chat.postMessage 6, chat.update 1, files.completeUploadExternal 1, views.open 1")]
    [InlineData("invalid_blocks", "chat.postMessage 2, chat.postMessage 4, chat.update 1, chat.update 2")]
    [InlineData("message_not_found", "chat.update 1")]
    public async Task A_whole_8D_comes_to_its_end_while_calls_fail(string fault, string calls)
    {
        await using var room = await SlackRoom.OpenAsync();
        foreach (var call in calls.Split(", ").GroupBy(call => call.Split(' ')[0]))
        {
            var at = call.Select(each => int.Parse(each.Split(' ')[1], CultureInfo.InvariantCulture)).ToHashSet();
            for (var number = 1; number <= at.Max(); number++) room.Slack.Fault(call.Key, at.Contains(number) ? Faults[fault] : SlackFault.Slow(TimeSpan.Zero));
        }

        await new SlackWhole(room).GoesAsync();
    }

    [Fact]
    public async Task A_file_whose_answer_was_lost_is_not_uploaded_again_though_its_message_comes_late()
    {
        await using var room = await SlackRoom.OpenAsync();
        room.Slack.FileDelay = TimeSpan.FromSeconds(2);
        room.Slack.Fault("files.completeUploadExternal", SlackFault.AnswerLost);

        await new SlackWhole(room).GoesAsync();
        room.Slack.FileDelay = TimeSpan.Zero;
    }

    [Fact]
    public async Task Where_files_may_not_be_uploaded_the_report_is_text_in_the_thread_once()
    {
        await using var room = await SlackRoom.OpenAsync();
        await room.Starts();
        await room.People.Commands("ana", "ops", $"/8d answer D2 {string.Join("\n\n", Enumerable.Range(0, 300).Select(line => $"Line {line}: {new string('x', 50)}"))}");
        room.Slack.Fault("files.getUploadURLExternal", SlackFault.Refused("file_uploads_disabled"), times: 9);
        room.Slack.Fault("chat.postMessage", SlackFault.Slow(TimeSpan.Zero), times: 1);
        room.Slack.Fault("chat.postMessage", SlackFault.AnswerLost, times: 2); // of the text's first two messages

        await room.Publishes("ana");
        await People.UntilAsync(() => Task.FromResult(Text().Any(message => message.Shown.Contains("D8: ", StringComparison.Ordinal))), "all of the report is there");

        var text = string.Join('\n', Text().Select(message => message.Shown));
        foreach (var line in Enumerable.Range(0, 300)) Assert.Equal(2, text.Split($"Line {line}: ").Length);
        IReadOnlyList<SlackMessage> Text() => [.. room.People.Posted("ops").Where(message => message.ThreadTs is not null && message.Buttons.Count == 0)];
    }

    [Theory]
    [InlineData("ops")]
    [InlineData("secret")]
    public async Task Who_acts_where_the_bot_was_put_out_is_told_how_to_let_it_in_and_then_all_follows_once(string channel)
    {
        await using var room = await SlackRoom.OpenAsync(prepare: slack => slack.Grant([.. SlackWorkspace.LeastScopes]));
        var id = room.Slack.World.Channel(channel)!.Id;
        await room.People.Commands("ana", channel, "/8d start Checkout is down");
        var question = await room.IsAsked("D0: Problem discovered", id);
        room.Slack.World.Change(id, old => old with { Members = old.Members.Remove(room.Slack.Home.BotUser) });

        Assert.Equal(200, (await room.People.Commands("ana", channel, "/8d answer D0.problem At 14:15")).Status);
        await room.IsTold("ana", "/invite", id);
        await room.People.Commands("ana", channel, "/8d answer D0.impact Nobody can pay");
        await room.IsTold("ana", "Nobody can pay", id);
        room.Clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Single(room.People.IsTold("ana", channel), told => told.Shown.Contains("/invite", StringComparison.Ordinal));
        await room.People.Joins(room.Slack.Home.BotUser, channel);

        await room.IsAsked("D3: Immediate actions taken", id);
        Assert.Single(room.People.Posted(channel), message => message.ThreadTs is null);
        Assert.Equal(question.Ts, room.People.Posted(channel).Where(message => message.ThreadTs is not null).Select(message => message.Ts).First());
    }

    [Fact]
    public async Task Where_the_bot_may_join_a_channel_by_itself_it_does()
    {
        await using var room = await SlackRoom.OpenAsync(prepare: slack => slack.AddChannel("C0009", "elsewhere", ["U0001"], withBot: false));

        await room.People.Commands("ana", "elsewhere", "/8d start Checkout is down");

        await room.IsAsked("D0: Problem discovered", "C0009");
        Assert.DoesNotContain(room.People.IsTold("ana", "elsewhere"), told => told.Shown.Contains("/invite", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_a_channel_was_archived_its_starter_is_told_in_person_and_the_report_is_safe()
    {
        await using var room = await SlackRoom.OpenAsync();
        await room.Starts();

        await room.Answers("ana", "At 14:15"); // on its way when the channel is archived
        await room.IsAsked("D0: Impact");
        room.Slack.World.Change(SlackRoom.Ops, old => old with { IsArchived = true });
        await room.Answers("ana", "Nobody can pay");

        await People.UntilAsync(() => Task.FromResult(room.People.SeesInPerson("ana").Any(told => told.Shown.Contains("archived", StringComparison.Ordinal))), "ana is told in person");
        room.Slack.World.Change(SlackRoom.Ops, old => old with { IsArchived = false });
        await room.Publishes("ana");
        Assert.Contains("**Impact:** Nobody can pay\n", await room.ReportAsync("0001-checkout-is-down.md"), StringComparison.Ordinal);
        Assert.Single(room.People.SeesInPerson("ana"), told => told.Shown.Contains("archived", StringComparison.Ordinal));
    }

    [Fact]
    public async Task While_the_token_is_dead_what_people_write_is_kept_and_Slack_is_left_alone()
    {
        await using var room = await SlackRoom.OpenAsync();
        await room.Starts();
        room.Slack.World.Revoke((_, _) => true, "token_revoked");

        Assert.Equal(200, (await room.People.Commands("ana", "ops", "/8d answer D0.problem At 14:15")).Status);
        await room.IsTold("ana", "not installed");
        await room.People.Commands("ana", "ops", "/8d answer D0.impact Nobody can pay");
        await room.IsTold("ana", "Nobody can pay"); // the address that came with the command needs no token
        await Task.Delay(TimeSpan.FromSeconds(3), People.Cancel);
        Assert.InRange(room.Slack.CallsOf("chat.update").Count + room.Slack.CallsOf("chat.postMessage").Count, 0, 8);
        room.Clock.Advance(TimeSpan.FromSeconds(3));

        room.Slack.World.Give(room.Slack.Home.BotToken, new(SlackStandIn.HomeTeam));
        await room.People.Joins(room.Slack.Home.BotUser, "ops");
        await room.IsAsked("D3: Immediate actions taken");
        await room.Publishes("ana");
        Assert.Contains("**Impact:** Nobody can pay\n", await room.ReportAsync("0001-checkout-is-down.md"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_a_scope_is_missing_its_name_is_said_to_who_acts()
    {
        await using var room = await SlackRoom.OpenAsync();
        room.Slack.Grant([.. SlackWorkspace.LeastScopes.Remove("chat:write")]);

        await room.People.Commands("ana", "ops", "/8d start Checkout is down");

        await room.IsTold("ana", "chat:write");
        room.Slack.Grant([.. SlackWorkspace.LeastScopes]);
        await room.People.Joins(room.Slack.Home.BotUser, "ops");
        await room.IsAsked("D0: Problem discovered");
    }

    [Fact]
    public async Task Where_the_history_may_not_be_read_what_may_have_been_posted_is_posted()
    {
        await using var room = await SlackRoom.OpenAsync();
        room.Slack.Grant([.. SlackWorkspace.LeastScopes.Remove("channels:history")]);
        room.Slack.Fault("chat.postMessage", SlackFault.Down());

        await room.People.Commands("ana", "ops", "/8d start Checkout is down");

        await room.IsAsked("D0: Problem discovered");
        await room.Publishes("ana");
        await People.UntilAsync(() => Task.FromResult(room.People.Posted("ops").Any(message => message.Shown.Contains("commit ", StringComparison.Ordinal))), "the report says where it is in Git");
        await People.UntilAsync(() => Task.FromResult(room.People.Posted("ops").Any(message => message.Files.Count == 2)), "the files are there");
        Assert.Single(room.People.Posted("ops"), message => message.Files.Count > 0);
    }

    [Theory]
    [InlineData("chat.postMessage", "D0: Impact", "Skip")]
    [InlineData("chat.update", "Nobody can pay", "Undo")]
    [InlineData("chat.postEphemeral", "Is it the answer to", "Timeline")]
    public async Task What_Slack_cannot_draw_is_said_as_text_above_its_buttons(string method, string words, string button)
    {
        await using var room = await SlackRoom.OpenAsync();
        await room.Starts();
        room.Slack.Fault(method, SlackFault.Refused("invalid_blocks"));

        await room.Answers(method == "chat.postEphemeral" ? "maria" : "ana", "Nobody can pay");

        var said = await room.People.WaitsFor("maria", "ops", message => message.Shown.Contains("here it is as text", StringComparison.Ordinal), "it is said as text");
        Assert.Contains(words, said.Shown, StringComparison.Ordinal);
        Assert.Contains(said.Buttons, each => each.Label == button);
    }

    [Theory]
    [InlineData("chat.update", 4000)]
    [InlineData("chat.postEphemeral", 40_000)]
    public async Task What_Slack_draws_in_no_way_is_text_alone_and_nothing_of_it_is_missing(string method, int most)
    {
        await using var room = await SlackRoom.OpenAsync();
        await room.People.Commands("ana", "ops", "/8d start Checkout is down");
        var card = await room.CardAsync();
        await room.IsAsked("D0: Problem discovered");
        string[] words = [.. Enumerable.Range(0, 600).Select(word => $"word{word}x")];
        if (method == "chat.postEphemeral") await room.People.Commands("ana", "ops", $"/8d answer D2 {string.Join('\n', words)}");
        room.Slack.Fault("response_url", SlackFault.Down(400), times: 99);
        room.Slack.Fault(method, SlackFault.Refused("invalid_blocks"), times: 2);

        if (method == "chat.postEphemeral") await room.People.Presses("ana", card, "Preview");
        else await IsRefusedByGitAsync(room, string.Join(' ', words)); // what the server says stands in the card

        await People.UntilAsync(() => Task.FromResult(words.All(word => Undrawn().Count(message => message.Text.Contains(word, StringComparison.Ordinal)) == 1)), "each word is there once");
        Assert.All(Undrawn(), message => Assert.InRange(message.Text.Length, 0, most));

        IReadOnlyList<SlackMessage> Undrawn() => [.. room.People.Sees("ana", "ops").Where(message => message.BotId is not null && (message.Blocks is null || message.Blocks.Value.GetArrayLength() == 0))];
    }

    [Theory]
    [InlineData("thread_not_found")]
    [InlineData("cannot_reply_to_message")]
    [InlineData("restricted_action_thread_locked")]
    public async Task Where_nobody_can_reply_in_the_thread_any_more_the_8D_goes_on_in_that_of_a_new_card(string error)
    {
        await using var room = await SlackRoom.OpenAsync();
        await room.People.Commands("ana", "ops", "/8d start Checkout is down");
        var first = await room.CardAsync();
        await room.IsAsked("D0: Problem discovered");
        room.Slack.Fault("chat.postMessage", SlackFault.Refused(error));

        await room.Answers("ana", "At 14:15");

        var question = await room.IsAsked("D0: Impact");
        var card = await room.CardAsync();
        Assert.NotEqual(first.Ts, card.Ts);
        Assert.Equal(card.Ts, question.ThreadTs);
        var left = Assert.Single(room.People.Posted("ops"), message => message.Ts == first.Ts);
        Assert.Contains("goes on in a new thread", left.Shown, StringComparison.Ordinal);
        Assert.Empty(left.Buttons);
        await room.Answers("ana", "Nobody can pay");
        await room.IsAsked("D3: Immediate actions taken");
        Assert.Equal(2, room.People.Posted("ops").Count(message => message.ThreadTs is null));
        await room.Publishes("ana");
        Assert.Contains("**Impact:** Nobody can pay\n", await room.ReportAsync("0001-checkout-is-down.md"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_card_that_somebody_deleted_is_posted_anew_once_and_the_8D_goes_on_in_its_thread()
    {
        await using var room = await SlackRoom.OpenAsync();
        await room.Starts();
        room.Slack.World.Remove(SlackRoom.Ops, (await room.CardAsync()).Ts);

        await room.People.Commands("ana", "ops", "/8d answer D0.problem At 14:15");
        room.Clock.Advance(TimeSpan.FromSeconds(3));

        var question = await room.IsAsked("D0: Impact");
        Assert.Equal((await room.CardAsync()).Ts, question.ThreadTs);
        await room.Publishes("ana");
        Assert.Single(room.People.Posted("ops"), message => message.ThreadTs is null && message.Shown.Contains("State", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_name_that_Slack_does_not_say_at_once_is_waited_for_before_it_is_written()
    {
        await using var room = await SlackRoom.OpenAsync();
        await room.Starts();
        room.Slack.Fault("users.info", SlackFault.Hang, times: 2);
        room.Slack.Fault("users.info", SlackFault.RateLimited());
        room.Slack.Fault("users.info", SlackFault.Down());

        var said = await room.People.Posts("maria", "ops", "At 14:15, says <@U0003>", (await room.CardAsync()).Ts);
        while (said.Answer!.Status != 200) said = said with { Answer = await room.People.Delivery.AgainAsync(said.Answer, attempt: 1) };
        var offer = await room.IsTold("maria", "Is it the answer to");
        await room.People.Presses("maria", offer, "Timeline");
        await room.IsTold("maria", "In the timeline");

        await room.Publishes("ana");
        Assert.Contains("Maria Garcia: At 14:15, says @Alex Chen", await room.ReportAsync("0001-checkout-is-down.md"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_waits_for_half_a_minute_is_told_once_that_Slack_does_not_answer_and_then_all_follows()
    {
        await using var room = await SlackRoom.OpenAsync();
        await room.Starts();
        room.Slack.Fault("chat.postMessage", SlackFault.Down(), times: 3);
        await room.Answers("ana", "At 14:15");
        await People.UntilAsync(() => Task.FromResult(room.Slack.CallsOf("chat.postMessage").Count > 2), "it is tried");
        Assert.DoesNotContain(room.People.IsTold("ana", "ops"), message => message.Shown.Contains("keep trying", StringComparison.Ordinal));

        room.Clock.Advance(TimeSpan.FromSeconds(31));

        await room.IsAsked("D0: Impact");
        Assert.Single(room.People.IsTold("ana", "ops"), message => message.Shown.Contains("keep trying", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("expired_trigger_id")]
    [InlineData("exchanged_trigger_id")]
    [InlineData("invalid_trigger_id")]
    [InlineData("invalid_arguments")]
    [InlineData("internal_error")]
    public async Task A_form_that_Slack_opens_no_more_is_offered_as_a_button_that_opens_it(string error)
    {
        await using var room = await SlackRoom.OpenAsync();
        room.Slack.Fault("views.open", SlackFault.Refused(error));
        await room.People.Commands("ana", "ops", "/8d start");

        var told = await room.IsTold("ana", "Open form");
        await room.People.Presses("ana", told, "Open form");
        await room.People.WaitsForView("ana", "Start an 8D");
        await room.People.Submits("ana", new Dictionary<string, string?> { ["title"] = "Checkout is down" });
        var question = await room.IsAsked("D0: Problem discovered");

        room.Slack.Fault("views.open", SlackFault.Refused(error));
        await room.People.Presses("ana", question, "Answer in a form");
        told = await room.People.WaitsFor("ana", "ops", message => message.IsEphemeral && message.ThreadTs is not null && message.Buttons.Any(button => button.Label == "Open form"), "the button once more");
        await room.People.Presses("ana", told, "Open form");
        await People.UntilAsync(() => Task.FromResult(room.People.ViewOf("ana") is not null), "the form is open");
        var saved = await room.People.Submits("ana", new Dictionary<string, string?> { [room.People.ViewOf("ana")!.Inputs[0].BlockId] = "At 14:15" });
        Assert.Empty(saved.Errors);
        room.Clock.Advance(TimeSpan.FromSeconds(3));
        await room.IsAsked("D0: Impact");
    }

    [Fact]
    public async Task A_trigger_that_grew_old_on_the_way_leads_to_the_button()
    {
        await using var room = await SlackRoom.OpenAsync();
        var late = room.Slack.World.NewTrigger(SlackStandIn.HomeTeam, "U0001");
        room.Clock.Advance(TimeSpan.FromSeconds(4));
        await room.People.Commands("ana", "ops", "/8d start", late);

        var told = await room.IsTold("ana", "took too long");
        Assert.Contains(told.Buttons, button => button.Label == "Open form");
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("500")]
    [InlineData("hangs")]
    [InlineData("429")]
    public async Task Where_Slack_does_not_say_at_the_first_request_whose_workspace_it_is_people_are_told_in_time(string fault)
    {
        await using var room = await SlackRoom.OpenAsync();
        room.Slack.Fault("auth.test", Faults[fault]);

        var answer = await room.People.Commands("ana", "ops", "/8d start Checkout is down");

        Assert.Equal(200, answer.Status);
        Assert.True(answer.IsInTime, $"{answer.Took}");
        await People.UntilAsync(() => Task.FromResult(room.People.IsTold("ana", "ops").Any(told => told.Shown.Contains("nothing was changed", StringComparison.Ordinal))), "ana is told that nothing was changed");
        while ((await room.People.Commands("ana", "ops", "/8d start Checkout is down")).Body.Contains("nothing was changed", StringComparison.Ordinal)) room.Clock.Advance(TimeSpan.FromSeconds(1));
        await room.CardAsync();
    }

    [Theory]
    [InlineData("500")]
    [InlineData("hangs")]
    public async Task Whoever_presses_a_button_before_Slack_said_whose_workspace_it_is_is_told_that_nothing_was_changed(string fault)
    {
        await using var room = await SlackRoom.OpenAsync();
        var question = await room.Starts();
        await room.RestartAsync();
        room.Slack.Fault("auth.test", Faults[fault], times: 2); // one of them for what a process looks after when it begins

        var pressed = await room.People.Presses("ana", question, "Skip");

        Assert.Equal(200, pressed.Status);
        Assert.True(pressed.IsInTime, $"{pressed.Took}");
        await room.IsTold("ana", "nothing was changed");
    }

    [Fact]
    public async Task A_name_that_Slack_does_not_say_any_more_is_the_one_it_said_last()
    {
        await using var room = await SlackRoom.OpenAsync();
        await room.People.Commands("maria", "ops", "/8d start Checkout is down");
        await room.IsAsked("D0: Problem discovered");
        room.Clock.Advance(TimeSpan.FromHours(2));
        room.Slack.Fault("users.info", SlackFault.Down(), times: 9);

        await room.Answers("maria", "At 14:15, says <@U0002>");

        await room.IsAsked("D0: Impact");
        await room.Publishes("maria");
        Assert.Contains("**Problem discovered:** At 14:15, says @Maria Garcia\n", await room.ReportAsync("0001-checkout-is-down.md"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_that_came_before_Slack_said_whose_workspace_it_is_comes_again_and_is_taken()
    {
        await using var room = await SlackRoom.OpenAsync();
        room.Slack.Fault("auth.test", SlackFault.Hang);

        var mentioned = await room.People.Mentions("ana", "ops", "start Checkout is down");
        Assert.True(mentioned.Answer!.IsInTime, $"{mentioned.Answer.Took}");
        Assert.Equal(503, mentioned.Answer.Status);
        await People.UntilAsync(async () => (await room.People.Delivery.AgainAsync(mentioned.Answer, attempt: 1)).Status == 200, "it is taken");

        await room.CardAsync();
    }

    private static async Task IsRefusedByGitAsync(SlackRoom room, string words)
    {
        var hooks = Directory.CreateDirectory(Path.Combine(room.Repository, "hooks"));
        var hook = Path.Combine(hooks.FullName, "pre-receive");
        await File.WriteAllTextAsync(hook, $"#!/bin/sh\necho '{words}' >&2\nexit 1\n", People.Cancel);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(hook, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await room.People.Commands("ana", "ops", "/8d publish");
    }
}
