using System.Text.Json.Nodes;
using EightD.Bot.Settings;
using EightD.Bot.Storage;
using EightD.Bot.Tests.Conversations;
using Microsoft.Extensions.DependencyInjection;

namespace EightD.Bot.Tests.Slack;

/// <summary>What Slack brings twice, late, or in a shape that means nothing (slack-protocol.md, section 5); and what it is answered while the store is slow or away.</summary>
public sealed class SlackEventTests
{
    private const string File = "0001-checkout-is-down.md";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_event_that_comes_again_does_nothing_twice(bool overSocket)
    {
        await using var room = await SlackRoom.OpenAsync(overSocket: overSocket);
        await room.Starts();
        var reply = await room.Answers("ana", "At 14:15");
        await room.IsAsked("D0: Impact");
        foreach (var attempt in Enumerable.Range(1, 3)) Assert.Equal(200, (await room.People.Delivery.AgainAsync(reply.Answer!, attempt)).Status);

        room.Clock.Advance(TimeSpan.FromSeconds(3));
        await room.Answers("ana", "Nobody can pay");
        await room.IsAsked("D3: Immediate actions taken");
        await room.Publishes("ana");
        var report = await room.ReportAsync(File);
        Assert.Contains("**Problem discovered:** At 14:15\n", report, StringComparison.Ordinal);
        Assert.Contains("**Impact:** Nobody can pay\n", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_retry_that_is_the_first_to_arrive_is_taken()
    {
        await using var room = await SlackRoom.OpenAsync();
        var question = await room.Starts();
        var said = room.Slack.World.Say(new(SlackRoom.Ops, room.Slack.World.NewTs()) { User = "U0001", Team = "T0001", Text = "At 14:15", ThreadTs = question.ThreadTs });

        var answer = await room.People.Delivery.SendAsync(Event(SlackJson.Of(new { type = "message", channel = SlackRoom.Ops, channel_type = "channel", user = "U0001", text = "At 14:15", ts = said.Ts, thread_ts = said.ThreadTs })) with { Retry = (2, "connection_failed") });
        room.Clock.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(200, answer.Status);
        await room.IsAsked("D0: Impact");
    }

    [Fact]
    public async Task A_mention_within_a_reply_comes_as_two_events_and_is_one_answer()
    {
        await using var room = await SlackRoom.OpenAsync();
        await room.Starts();
        var posted = await room.People.Posts("ana", "ops", $"At 14:15, says <@{room.Slack.Home.BotUser}>", (await room.CardAsync()).Ts);
        var mention = posted.Message.ToJson();
        (mention["type"], mention["channel"]) = ("app_mention", SlackRoom.Ops);
        await room.People.Happens("ops", mention);
        room.Clock.Advance(TimeSpan.FromSeconds(3));

        await room.IsAsked("D0: Impact");
        await room.Publishes("ana");
        Assert.Contains("**Problem discovered:** At 14:15, says @8D Bot\n", await room.ReportAsync(File), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_8D_goes_on_in_a_channel_that_has_another_id()
    {
        await using var room = await SlackRoom.OpenAsync();
        await room.Starts();
        await room.Answers("ana", "At 14:15");
        await room.IsAsked("D0: Impact");

        Assert.Equal(200, (await room.People.ChangesId("ops", "C0009"))!.Status);
        await room.Answers("ana", "Nobody can pay", "C0009");

        await room.IsAsked("D3: Immediate actions taken", "C0009");
        await room.Publishes("ana", "C0009");
        Assert.Contains("**Problem discovered:** At 14:15\n**Impact:** Nobody can pay\n", await room.ReportAsync(File), StringComparison.Ordinal);
        await room.RestartAsync();
        await room.People.Commands("ana", "C0009", "/8d status");
        await room.IsTold("ana", "Checkout is down", "C0009");
    }

    [Fact]
    public async Task A_reply_that_begins_with_somebody_whose_id_begins_like_the_bots_is_no_mention()
    {
        await using var room = await SlackRoom.OpenAsync(prepare: slack => slack.AddUser($"{slack.Home.BotUser}9", "bo", "Bo"));
        await room.Starts();

        await room.Answers("ana", "@bo looks at the logs");

        await room.IsTold("ana", "Is it the answer to");
    }

    [Theory]
    [InlineData("echo")]
    [InlineData("unfurl")]
    [InlineData("channel_join")]
    [InlineData("bot_message")]
    [InlineData("tombstone")]
    [InlineData("channel_topic")]
    [InlineData("reminder_add")]
    [InlineData("another bot")]
    [InlineData("another thread")]
    [InlineData("top level")]
    [InlineData("deleted by the bot")]
    [InlineData("no event")]
    [InlineData("of no kind")]
    public async Task What_is_no_word_of_a_person_to_the_question_changes_nothing(string what)
    {
        await using var room = await SlackRoom.OpenAsync();
        var question = await room.Starts();
        var talk = await room.People.Posts("maria", "ops", "Lunch?");
        var before = room.People.Sees("ana", "ops").Count;

        switch (what)
        {
            case "echo":
                foreach (var own in room.People.Posted("ops")) await room.People.Echoes(own);
                break;
            case "another thread":
                await room.People.Posts("ana", "ops", "At 14:15", talk.Ts);
                before++;
                break;
            case "top level":
                await room.People.Posts("ana", "ops", "At 14:15");
                before++;
                break;
            case "no event":
                Assert.Equal(200, (await room.People.Delivery.EventAsync(new JsonObject { ["type"] = "app_rate_limited", ["team_id"] = "T0001", ["minute_rate_limited"] = 1 })).Status);
                break;
            default:
                Assert.Equal(200, (await room.People.Happens("ops", Happening(what, room, question.ThreadTs!, question.Ts)))!.Status);
                break;
        }

        room.Clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(before, room.People.Sees("ana", "ops").Count);
        await room.Answers("ana", "At 14:20"); // it is still the question that stands
        await room.IsAsked("D0: Impact");
        await room.Publishes("ana");
        Assert.DoesNotContain("14:15", await room.ReportAsync(File), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unfurl_of_an_answer_changes_nothing()
    {
        await using var room = await SlackRoom.OpenAsync();
        await room.Starts();
        var reply = await room.Answers("ana", "See https://status.example.com");
        await room.IsAsked("D0: Impact");
        await room.People.Commands("ana", "ops", "/8d answer D0.problem --replace At 14:15");
        await room.IsTold("ana", "At 14:15");

        var with = reply.Message.ToJson();
        with["attachments"] = new JsonArray(new JsonObject { ["title"] = "Status" });
        await room.People.Happens("ops", SlackJson.Of(new
        {
            type = "message",
            subtype = "message_changed",
            hidden = true,
            channel = SlackRoom.Ops,
            channel_type = "channel",
            ts = room.Slack.World.NewTs(),
            message = with,
            previous_message = reply.Message.ToJson(),
        }));

        await room.Publishes("ana");
        Assert.Contains("**Problem discovered:** At 14:15\n", await room.ReportAsync(File), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reply_that_is_also_sent_to_the_channel_and_one_with_a_file_are_answers()
    {
        await using var room = await SlackRoom.OpenAsync();
        var question = await room.Starts();

        await room.People.Posts("ana", "ops", "At 14:15", question.ThreadTs, blocks: null, subtype: "thread_broadcast");
        room.Clock.Advance(TimeSpan.FromSeconds(3));
        await room.IsAsked("D0: Impact");
        await room.People.Posts("ana", "ops", "Nobody can pay", question.ThreadTs, blocks: null, files: [room.People.FileOf("orders.png", "x")]);
        room.Clock.Advance(TimeSpan.FromSeconds(3));
        await room.IsAsked("D3: Immediate actions taken");
        var odd = room.People.FileOf("log.txt", "x") with { Title = "a](http://evil.example) [b\nc" };
        await room.People.Posts("ana", "ops", "", question.ThreadTs, blocks: null, files: [odd]);
        room.Clock.Advance(TimeSpan.FromSeconds(3));

        await People.UntilAsync(() => Task.FromResult(room.People.Posted("ops").Count(message => message.Buttons.Any(button => button.Label == "Undo")) == 3), "the third is written");
        await room.Publishes("ana");
        var report = await room.ReportAsync(File);
        Assert.Contains("**Problem discovered:** At 14:15\n", report, StringComparison.Ordinal);
        Assert.Matches(@"Nobody can pay\n\[orders\.png\]\(https://t0001\.slack\.com/files/F\d+/orders\.png\)\n", report);
        Assert.Contains($@"[a\](http://evil.example) \[b c]({odd.Permalink})", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_reply_of_who_does_not_hold_the_interview_is_offered_to_its_author_alone()
    {
        await using var room = await SlackRoom.OpenAsync();
        await room.Starts();

        await room.Answers("maria", "The primary is read-only");

        var offer = await room.IsTold("maria", "Is it the answer to");
        Assert.DoesNotContain(room.People.IsTold("ana", "ops"), told => told.Shown.Contains("Is it the answer to", StringComparison.Ordinal));
        await room.People.Presses("maria", offer, "Answer to D0 Problem discovered");
        room.Clock.Advance(TimeSpan.FromSeconds(3));
        await room.IsAsked("D0: Impact");
        await room.Publishes("ana");
        Assert.Contains("**Problem discovered:** The primary is read-only\n", await room.ReportAsync(File), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Half_a_character_is_kept_as_a_sign_of_it()
    {
        await using var room = await SlackRoom.OpenAsync();
        var question = await room.Starts();
        var ts = room.Slack.World.NewTs();
        var sent = Event(SlackJson.Of(new
        {
            type = "message",
            channel = SlackRoom.Ops,
            channel_type = "channel",
            user = "U0001",
            text = "At 14:15 HALF",
            ts,
            thread_ts = question.ThreadTs,
            blocks = JsonNode.Parse("""[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"At 14:15 HALF"}]}]}]"""),
        }));

        var answer = await room.People.Delivery.SendAsync(sent with { Body = sent.Body.Replace("HALF", @"\ud83d", StringComparison.Ordinal) });
        room.Clock.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(200, answer.Status);
        await room.IsAsked("D0: Impact");
        await room.Publishes("ana");
        Assert.Contains("**Problem discovered:** At 14:15 \uFFFD\n", await room.ReportAsync(File), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task While_the_store_is_slow_each_request_is_answered_in_time_and_nothing_is_lost(bool overSocket)
    {
        StoppingStore? store = null;
        await using var room = await OpenAsync(made => store = made, overSocket);
        store!.Delay = TimeSpan.FromSeconds(2);

        var start = await room.People.Commands("ana", "ops", "/8d start Checkout is down");
        InTime(start);
        Assert.Equal(200, start.Status);
        var question = await room.IsAsked("D0: Problem discovered");
        var reply = await room.People.Posts("ana", "ops", "At 14:15", question.ThreadTs);
        InTime(reply.Answer!);
        for (var attempt = 1; (overSocket ? reply.Answer!.Status == 0 : reply.Answer!.Status != 200) && attempt < 4; attempt++)
        {
            InTime(await room.People.Delivery.AgainAsync(reply.Answer, attempt));
            if (overSocket) break;
        }

        room.Clock.Advance(TimeSpan.FromSeconds(3));
        InTime(await room.People.Presses("ana", await room.IsAsked("D0: Impact"), "Skip"));
        await room.IsAsked("D3: Immediate actions taken");
        InTime(await room.People.Commands("ana", "ops", "/8d edit D4"));
        await People.UntilAsync(() => Task.FromResult(room.People.ViewOf("ana") is not null), "the form is open");
        var submitted = await room.People.Submits("ana", new Dictionary<string, string?> { ["Contributing factors"] = "No load test" });
        InTime(submitted.Answer);
        while (submitted.Errors.Count > 0) submitted = await room.People.SubmitsAgain("ana", submitted.View); // it says so, and what was typed is still there

        store.Delay = TimeSpan.Zero;
        await room.Publishes("ana");
        var report = await room.ReportAsync(File);
        Assert.Equal(2, report.Split("At 14:15").Length);
        Assert.Equal(2, report.Split("No load test").Length);

        static void InTime(SlackAnswer answer) => Assert.True(answer.IsInTime, $"{answer.Sent.Path}: {answer.Took}");
    }

    [Fact]
    public async Task While_the_store_is_away_people_are_told_and_Slack_brings_events_again()
    {
        StoppingStore? store = null;
        await using var room = await OpenAsync(made => store = made);
        var question = await room.Starts();
        await room.People.Commands("ana", "ops", "/8d edit D4");
        await People.UntilAsync(() => Task.FromResult(room.People.ViewOf("ana") is not null), "the form is open");
        store!.IsAway = true;

        var command = await room.People.Commands("ana", "ops", "/8d answer D0.impact Nobody can pay");
        Assert.Equal(200, command.Status);
        await room.IsTold("ana", "could not be saved");
        Assert.DoesNotContain(room.People.Posted("ops"), message => message.Shown.Contains("could not be saved", StringComparison.Ordinal));

        var reply = await room.People.Posts("ana", "ops", "At 14:15", question.ThreadTs);
        Assert.Equal(503, reply.Answer!.Status);
        Assert.False(reply.Answer.NoRetry);

        var submitted = await room.People.Submits("ana", new Dictionary<string, string?> { ["Contributing factors"] = "No load test" });
        Assert.Contains("could not be saved", Assert.Single(submitted.Errors).Value, StringComparison.Ordinal);
        var form = room.People.ViewOf("ana")!;
        Assert.Contains(form.Inputs, input => SlackJson.String(form.ValueOf(input), "value") == "No load test");

        var told = room.People.IsTold("ana", "ops").Count;
        Assert.Equal(200, (await room.People.Presses("ana", question, "Skip")).Status);
        await People.UntilAsync(() => Task.FromResult(room.People.IsTold("ana", "ops").Count > told), "ana is told that the press was not saved");

        store.IsAway = false;
        await People.UntilAsync(async () => (await room.People.Delivery.AgainAsync(reply.Answer, attempt: 1)).Status == 200, "the store is back");
        room.Clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Empty((await room.People.SubmitsAgain("ana", submitted.View)).Errors);
        await room.People.Commands("ana", "ops", "/8d answer D0.impact Nobody can pay");
        await room.Publishes("ana");
        var report = await room.ReportAsync(File);
        Assert.Contains("**Problem discovered:** At 14:15\n", report, StringComparison.Ordinal);
        Assert.Contains("**Impact:** Nobody can pay\n", report, StringComparison.Ordinal);
        Assert.Contains("- No load test\n", report, StringComparison.Ordinal);
    }

    private static Task<SlackRoom> OpenAsync(Action<StoppingStore> made, bool overSocket = false) => SlackRoom.OpenAsync(overSocket: overSocket, adjust: builder => builder.Services.AddSingleton<IBlobStore>(services =>
    {
        var store = new StoppingStore(SqliteBlobStore.Open(services.GetRequiredService<BotSettings>().StoragePath));
        made(store);
        return store;
    }));

    private static JsonObject Happening(string what, SlackRoom room, string thread, string question)
    {
        var ts = room.Slack.World.NewTs();
        var said = SlackJson.Of(new { type = "message", channel = SlackRoom.Ops, channel_type = "channel", user = "U0001", text = "At 14:15", ts, thread_ts = thread });
        switch (what)
        {
            case "channel_join" or "bot_message" or "tombstone" or "channel_topic" or "reminder_add":
                said["subtype"] = what;
                break;
            case "another bot":
                said["bot_id"] = "B9999";
                break;
            case "unfurl":
                var own = room.Slack.World.Message(SlackRoom.Ops, question)!.ToJson();
                said = SlackJson.Of(new { type = "message", subtype = "message_changed", hidden = true, channel = SlackRoom.Ops, ts, message = own, previous_message = own });
                break;
            case "deleted by the bot":
                var gone = room.Slack.World.Message(SlackRoom.Ops, question)!.ToJson();
                said = SlackJson.Of(new { type = "message", subtype = "message_deleted", hidden = true, channel = SlackRoom.Ops, ts, deleted_ts = question, previous_message = gone });
                break;
            case "of no kind":
                said["type"] = "file_shared";
                break;
        }

        return said;
    }

    private static SlackSent Event(JsonObject what)
    {
        var whole = SlackJson.Of(new { type = "event_callback", team_id = "T0001", event_id = "Ev9999", authorizations = new[] { new { team_id = "T0001", user_id = "UBOTT0001" } } });
        whole["event"] = what;
        var body = whole.ToJsonString();
        return new() { Path = "/slack/events", ContentType = "application/json", Body = body, SocketType = "events_api", Payload = body };
    }
}
