using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace EightD.Bot.Tests.Slack;

/// <summary>What people do reaches a bot in the shapes of slack-protocol.md, and what the bot answers is what they see.</summary>
public sealed class SlackPeopleTests : IAsyncLifetime
{
    private const string Secret = "signing-secret";
    private const string Button = /*lang=json*/ """{"type":"button","action_id":"skip","value":"7","text":{"type":"plain_text","text":"Skip","emoji":false},"accessibility_label":"Skip: Impact"}""";

    private SlackStandIn slack = null!;
    private Listener bot = null!;
    private SlackPeople people = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        slack = await SlackStandIn.StartAsync();
        slack.AddUser("U1", "ana", "Ana");
        slack.AddUser("U2", "ben", "Ben");
        slack.AddChannel("C1", "ops", ["ana", "ben"]);
        slack.AddChannel("G1", "secret", ["ana"], isPrivate: true, withBot: false);
        bot = await Listener.StartAsync();
        people = new(slack, bot.Address, Secret);
    }

    public async ValueTask DisposeAsync()
    {
        people.Dispose();
        await bot.DisposeAsync();
        await slack.DisposeAsync();
    }

    [Fact]
    public async Task A_command_comes_signed_as_a_form_with_names_as_ids()
    {
        await people.Commands("ana", "ops", "/8d action add restart <db> & rest @ben by friday in #ops");
        var form = bot.Form("/slack/commands");
        Assert.Equal(
            ("T0001", "C1", "ops", "U1", "/8d", "false"),
            (form["team_id"], form["channel_id"], form["channel_name"], form["user_id"], form["command"], form["is_enterprise_install"]));
        Assert.Equal("action add restart &lt;db&gt; &amp; rest <@U2|ben> by friday in <#C1|ops>", form["text"]);
        Assert.StartsWith(slack.Address.AbsoluteUri, form["response_url"], StringComparison.Ordinal);
        Assert.NotEmpty(form["trigger_id"]);
    }

    [Fact]
    public async Task A_bare_command_has_an_empty_text_and_a_private_channel_no_name()
    {
        await people.Commands("ana", "secret", "/8d");
        Assert.Equal(("", "privategroup"), (bot.Form("/slack/commands")["text"], bot.Form("/slack/commands")["channel_name"]));
    }

    [Fact]
    public async Task The_first_answer_of_a_command_is_seen_by_who_typed_it()
    {
        bot.Answers = """{"text":"No 8D is open here."}""";
        await people.Commands("ana", "secret", "/8d");
        Assert.Equal("No 8D is open here.", Assert.Single(people.IsTold("ana", "secret")).Text);
        bot.Answers = """{"text":" "}""";
        await people.Commands("ana", "secret", "/8d");
        Assert.Contains("no_text", Assert.Single(slack.Complaints), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_post_comes_as_an_event_where_the_bot_is()
    {
        var posted = await people.Posts("ana", "ops", "a < b, see https://a.example @ben");
        var whole = bot.Json("/slack/events");
        var said = whole.GetProperty("event");
        Assert.Equal(("event_callback", "message", "channel", "C1", "U1"), (String(whole, "type"), String(said, "type"), String(said, "channel_type"), String(said, "channel"), String(said, "user")));
        Assert.Equal(("a &lt; b, see <https://a.example> <@U2>", posted.Ts), (String(said, "text"), String(said, "ts")));
        Assert.Equal(["text", "link", "text", "user"], said.GetProperty("blocks")[0].GetProperty("elements")[0].GetProperty("elements").EnumerateArray().Select(run => String(run, "type")));
        Assert.Equal("T0001", String(whole.GetProperty("authorizations")[0], "team_id"));
        Assert.Null((await people.Posts("ana", "secret", "unheard")).Answer);
        Assert.Single(bot.Heard);
    }

    [Fact]
    public async Task A_guests_post_in_a_shared_channel_has_the_guests_team_at_the_top()
    {
        slack.AddUser("U9", "guest", team: "T9");
        slack.World.Change("C1", channel => channel with { IsShared = true, Members = channel.Members.Add("U9") });
        await people.Posts("guest", "ops", "hello");
        var whole = bot.Json("/slack/events");
        Assert.Equal(("T9", "T0001"), (String(whole, "team_id"), String(whole.GetProperty("authorizations")[0], "team_id")));
        Assert.True(whole.GetProperty("is_ext_shared_channel").GetBoolean());
    }

    [Fact]
    public async Task A_mention_comes_as_two_events_of_one_message()
    {
        var posted = await people.Mentions("ana", "ops", "resolved");
        var events = bot.Heard.Select(heard => SlackJson.Parse(heard.Body)).ToList();
        Assert.Equal(["message", "app_mention"], events.Select(each => String(each.GetProperty("event"), "type")));
        Assert.All(events, each => Assert.Equal(posted.Ts, String(each.GetProperty("event"), "ts")));
        Assert.Equal(2, events.Select(each => String(each, "event_id")).Distinct().Count());
        Assert.Equal("<@UBOTT0001> resolved", String(events[1].GetProperty("event"), "text"));
    }

    [Fact]
    public async Task An_edit_and_a_deletion_nest_what_was_said()
    {
        var posted = await people.Posts("ana", "ops", "before");
        await people.Edits("ana", posted.Message, "after");
        var changed = bot.Json("/slack/events").GetProperty("event");
        Assert.Equal(("message_changed", "after", "before"), (String(changed, "subtype"), String(changed.GetProperty("message"), "text"), String(changed.GetProperty("previous_message"), "text")));
        await people.Deletes("ana", posted.Message);
        Assert.Equal(("message_deleted", posted.Ts), (String(bot.Json("/slack/events").GetProperty("event"), "subtype"), String(bot.Json("/slack/events").GetProperty("event"), "deleted_ts")));
        Assert.Empty(people.Sees("ana", "ops"));
    }

    [Fact]
    public async Task A_retry_has_its_number_and_the_same_event()
    {
        bot.Status = 503;
        var posted = await people.Posts("ana", "ops", "hello");
        Assert.Equal(503, posted.Answer!.Status);
        await people.Delivery.AgainAsync(posted.Answer, attempt: 1, reason: "http_error");
        Assert.Equal(bot.Heard.First().Body, bot.Heard.Last().Body);
        Assert.Equal(("1", "http_error"), (bot.Heard.Last().Retry, bot.Heard.Last().RetryReason));
    }

    [Fact]
    public async Task A_file_comes_with_its_share_and_is_fetched_by_the_bots_token()
    {
        await people.Posts("ana", "ops", "the log", thread: null, blocks: null, files: [people.FileOf("db.log", "went down")]);
        var said = bot.Json("/slack/events").GetProperty("event");
        Assert.Equal("file_share", String(said, "subtype"));
        using HttpClient http = new();
        var address = new Uri(String(said.GetProperty("files")[0], "url_private")!);
        using (var refused = await http.GetAsync(address, Cancel)) Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        http.DefaultRequestHeaders.Authorization = new("Bearer", slack.Home.BotToken);
        Assert.Equal("went down", await http.GetStringAsync(address, Cancel));
    }

    [Fact]
    public async Task Reactions_the_home_tab_and_joining_are_heard()
    {
        var posted = await people.Posts("ana", "ops", "hello");
        await people.Reacts("ben", "ops", posted.Ts, "8d");
        var reaction = bot.Json("/slack/events").GetProperty("event");
        Assert.Equal(("reaction_added", "8d", "U1", posted.Ts), (String(reaction, "type"), String(reaction, "reaction"), String(reaction, "item_user"), String(reaction.GetProperty("item"), "ts")));
        await people.OpensHome("ana");
        Assert.Equal(("app_home_opened", "home"), (String(bot.Json("/slack/events").GetProperty("event"), "type"), String(bot.Json("/slack/events").GetProperty("event"), "tab")));
        await people.Joins(slack.Home.BotUser, "secret", inviter: "ana");
        var joined = bot.Json("/slack/events").GetProperty("event");
        Assert.Equal(("member_joined_channel", "UBOTT0001", "G1", "U1"), (String(joined, "type"), String(joined, "user"), String(joined, "channel"), String(joined, "inviter")));
    }

    [Fact]
    public async Task A_press_comes_with_the_message_and_what_the_button_holds()
    {
        var card = await BotSaysAsync();
        await people.Presses("ana", card, "Skip");
        var payload = bot.Payload();
        Assert.Equal(("block_actions", "U1", "T0001"), (String(payload, "type"), String(payload.GetProperty("user"), "id"), String(payload.GetProperty("team"), "id")));
        Assert.Equal(("message", card.Ts), (String(payload.GetProperty("container"), "type"), String(payload.GetProperty("container"), "message_ts")));
        var action = payload.GetProperty("actions")[0];
        Assert.Equal(("button", "skip", "7"), (String(action, "type"), String(action, "action_id"), String(action, "value")));
        Assert.Equal(card.Ts, String(payload.GetProperty("message"), "ts"));
        using HttpClient http = new();
        using var answer = await http.PostAsJsonAsync(new Uri(String(payload, "response_url")!), new { text = "skipped", replace_original = true }, Cancel);
        Assert.Equal("skipped", people.Now(card)!.Text);
    }

    [Fact]
    public async Task A_press_on_an_ephemeral_message_comes_without_it()
    {
        await people.Commands("ana", "ops", "/8d");
        using HttpClient http = new();
        await http.PostAsync(new Uri(bot.Form("/slack/commands")["response_url"]), JsonContent.Create(SlackJson.Parse($$$"""{"text":"Which?","blocks":[{"type":"actions","elements":[{{{Button}}}]}]}""")), Cancel);
        Assert.Empty(people.IsTold("ben", "ops"));
        await people.Presses("ana", Assert.Single(people.IsTold("ana", "ops")), "skip");
        Assert.False(bot.Payload().TryGetProperty("message", out _));
        Assert.True(bot.Payload().GetProperty("container").GetProperty("is_ephemeral").GetBoolean());
    }

    [Fact]
    public async Task A_form_comes_with_what_stands_in_it_and_closes_on_an_empty_answer()
    {
        await OpensAsync("Start");
        await people.Submits("ana", new Dictionary<string, string?> { ["title"] = "Database down", ["Severity"] = "SEV1" });
        var view = bot.Payload().GetProperty("view");
        var values = view.GetProperty("state").GetProperty("values");
        Assert.Equal(("view_submission", "start", "T0001"), (String(bot.Payload(), "type"), String(view, "callback_id"), String(view, "app_installed_team_id")));
        Assert.Equal("Database down", String(values.GetProperty("title").GetProperty("value"), "value"));
        Assert.Equal("sev1", String(values.GetProperty("severity").GetProperty("choice").GetProperty("selected_option"), "value"));
        Assert.Equal(JsonValueKind.Null, values.GetProperty("day").GetProperty("date").GetProperty("selected_date").ValueKind);
        Assert.Null(people.ViewOf("ana"));
    }

    [Fact]
    public async Task A_form_that_is_refused_stays_with_its_errors_and_what_was_typed()
    {
        await OpensAsync("Start");
        bot.Answers = """{"response_action":"errors","errors":{"title":"It is blank."}}""";
        var submitted = await people.Submits("ana", new Dictionary<string, string?> { ["title"] = " " });
        Assert.Equal("It is blank.", submitted.Errors["title"]);
        Assert.Equal(" ", String(people.ViewOf("ana")!.ValueOf(people.ViewOf("ana")!.Inputs[0]), "value"));
        slack.AssertNoComplaints();
        bot.Answers = """{"response_action":"errors","errors":{"nowhere":"It is blank."}}""";
        await people.Submits("ana");
        Assert.Single(slack.Complaints);
    }

    [Fact]
    public async Task A_form_may_be_changed_or_followed_by_another()
    {
        await OpensAsync("Start");
        bot.Answers = $$$"""{"response_action":"push","view":{{{Form("More")}}}}""";
        await people.Submits("ana", new Dictionary<string, string?> { ["title"] = "a" });
        Assert.Equal("More", people.ViewOf("ana")!.Title);
        bot.Answers = $$$"""{"response_action":"update","view":{{{Form("Changed")}}}}""";
        await people.Submits("ana", new Dictionary<string, string?> { ["title"] = "a" });
        Assert.Equal("Changed", people.ViewOf("ana")!.Title);
        bot.Answers = """{"response_action":"clear"}""";
        await people.Submits("ana");
        Assert.Null(people.ViewOf("ana"));
        slack.AssertNoComplaints();
    }

    [Fact]
    public async Task What_was_typed_stays_in_an_update_where_block_and_action_stay()
    {
        await OpensAsync("Start");
        people.Types("ana", new Dictionary<string, string?> { ["title"] = "Database down", ["day"] = "2024-12-30" });
        var id = people.ViewOf("ana")!.Id;
        await CallAsync("views.update", $$$"""{"view_id":"{{{id}}}","view":{{{Form("Filled").Replace("\"block_id\":\"day\"", "\"block_id\":\"day2\"", StringComparison.Ordinal)}}}}""");
        var view = people.ViewOf("ana")!;
        Assert.Equal(["Database down", null, null], view.Inputs.Select(input => String(view.ValueOf(input), input.ValueName)));
    }

    [Fact]
    public async Task A_modal_that_asked_to_hear_of_it_is_heard_to_close()
    {
        await OpensAsync("Start");
        Assert.Null(await people.Closes("ana"));
        await people.GlobalShortcut("ana", "start_8d");
        var form = Form("Start").Replace("\"callback_id\"", "\"notify_on_close\":true,\"callback_id\"", StringComparison.Ordinal);
        await CallAsync("views.open", $$$"""{"trigger_id":"{{{String(bot.Payload(), "trigger_id")}}}","view":{{{form}}}}""");
        await people.Closes("ana");
        Assert.Equal("view_closed", String(bot.Payload(), "type"));
        Assert.False(bot.Payload().TryGetProperty("trigger_id", out _));
        Assert.Null(people.ViewOf("ana"));
    }

    [Fact]
    public async Task A_choice_in_a_message_comes_with_its_option()
    {
        await CallAsync("chat.postMessage", """
            {"channel":"C1","text":"8D 3","unfurl_links":false,"unfurl_media":false,"blocks":[{"type":"actions","elements":[
             {"type":"overflow","action_id":"more","options":[{"text":{"type":"plain_text","text":"Log","emoji":false},"value":"log"}]},
             {"type":"users_select","action_id":"who"}]}]}
            """);
        var card = Assert.Single(people.Posted("ops"));
        await people.Chooses("ana", card, "more", "Log");
        Assert.Equal("log", String(bot.Payload().GetProperty("actions")[0].GetProperty("selected_option"), "value"));
        await people.Chooses("ana", card, "who", "U2");
        Assert.Equal("U2", String(bot.Payload().GetProperty("actions")[0], "selected_user"));
    }

    [Fact]
    public async Task A_button_that_is_not_there_cannot_be_pressed()
    {
        var card = await BotSaysAsync();
        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => people.Presses("ana", card, "Undo"));
    }

    [Fact]
    public async Task What_a_bot_should_not_answer_is_complained_of()
    {
        var card = await BotSaysAsync();
        bot.Answers = """{"text":"unread"}""";
        await people.Presses("ana", card, "Skip");
        Assert.StartsWith("/slack/interactivity: is answered with a body", Assert.Single(slack.Complaints), StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_here_and_a_group_are_broadcasts_and_user_groups()
    {
        await people.Posts("ana", "ops", "<!here> <!subteam^S1|@db>");
        var said = bot.Json("/slack/events").GetProperty("event");
        Assert.Equal("<!here> <!subteam^S1|@db>", String(said, "text"));
        Assert.Equal(["broadcast", "text", "usergroup"], said.GetProperty("blocks")[0].GetProperty("elements")[0].GetProperty("elements").EnumerateArray().Select(run => String(run, "type")));
    }

    [Fact]
    public async Task A_form_is_not_sent_where_slack_would_not_send_it()
    {
        await OpensAsync("Start");
        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => people.Submits("ana"));
        Assert.DoesNotContain(bot.Heard, heard => heard.Body.Contains("view_submission", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Shortcuts_come_with_their_callback_and_a_trigger()
    {
        var posted = await people.Posts("ben", "ops", "it broke");
        await people.Shortcut("ana", "ops", posted.Ts, "add_to_8d");
        Assert.Equal(("message_action", "add_to_8d", posted.Ts), (String(bot.Payload(), "type"), String(bot.Payload(), "callback_id"), String(bot.Payload(), "message_ts")));
        await people.GlobalShortcut("ana", "start_8d");
        Assert.Equal(("shortcut", "start_8d"), (String(bot.Payload(), "type"), String(bot.Payload(), "callback_id")));
        Assert.False(bot.Payload().TryGetProperty("channel", out _));
    }

    [Fact]
    public async Task After_an_uninstall_the_token_is_dead_and_two_events_say_so()
    {
        await people.Uninstalls();
        Assert.Equal(["tokens_revoked", "app_uninstalled"], bot.Heard.Select(heard => String(SlackJson.Parse(heard.Body).GetProperty("event"), "type")));
        Assert.Equal("account_inactive", slack.World.Token(slack.Home.BotToken)!.DeadBecause);
    }

    private static string? String(JsonElement json, string name) => SlackJson.String(json, name);

    private static string Form(string title) => $$$"""
        {"type":"modal","callback_id":"start","title":{"type":"plain_text","text":"{{{title}}}","emoji":false},"submit":{"type":"plain_text","text":"Save","emoji":false},"blocks":[
         {"type":"input","block_id":"title","label":{"type":"plain_text","text":"Title","emoji":false},"element":{"type":"plain_text_input","action_id":"value"}},
         {"type":"input","block_id":"severity","optional":true,"label":{"type":"plain_text","text":"Severity","emoji":false},"element":{"type":"static_select","action_id":"choice","options":[{"text":{"type":"plain_text","text":"SEV1","emoji":false},"value":"sev1"}]}},
         {"type":"input","block_id":"day","optional":true,"label":{"type":"plain_text","text":"Day","emoji":false},"element":{"type":"datepicker","action_id":"date"}}]}
        """;

    private async Task OpensAsync(string title)
    {
        await people.GlobalShortcut("ana", "start_8d");
        await CallAsync("views.open", $$$"""{"trigger_id":"{{{String(bot.Payload(), "trigger_id")}}}","view":{{{Form(title)}}}}""");
        slack.AssertNoComplaints();
    }

    private async Task<SlackMessage> BotSaysAsync()
    {
        await CallAsync("chat.postMessage", $$$"""{"channel":"C1","text":"8D 3. Skip","unfurl_links":false,"unfurl_media":false,"blocks":[{"type":"actions","elements":[{{{Button}}}]}]}""");
        return Assert.Single(people.Posted("ops"));
    }

    private async Task CallAsync(string method, string json)
    {
        using HttpClient http = new();
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri(slack.ApiUrl, method)) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new("Bearer", slack.Home.BotToken);
        using var answer = await http.SendAsync(request, Cancel);
        Assert.Contains("\"ok\":true", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    /// <summary>A bot that only listens, and checks each signature by itself.</summary>
    private sealed class Listener : IAsyncDisposable
    {
        private readonly WebApplication app;

        private Listener(WebApplication app) => this.app = app;

        public Uri Address => new(app.Urls.First());

        public ConcurrentQueue<Request> Heard { get; } = new();

        public string Answers { get; set; } = "";

        public int Status { get; set; } = 200;

        public static async Task<Listener> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            Listener listener = new(builder.Build());
            listener.app.Run(listener.HearAsync);
            await listener.app.StartAsync(Cancel);
            return listener;
        }

        public Dictionary<string, string> Form(string path) =>
            QueryHelpers.ParseQuery(Heard.Last(heard => heard.Path == path).Body).ToDictionary(field => field.Key, field => field.Value.ToString(), StringComparer.Ordinal);

        public JsonElement Json(string path) => SlackJson.Parse(Heard.Last(heard => heard.Path == path).Body);

        public JsonElement Payload() => SlackJson.Parse(Form("/slack/interactivity")["payload"]);

        public ValueTask DisposeAsync() => app.DisposeAsync();

        private async Task HearAsync(HttpContext context)
        {
            using StreamReader reader = new(context.Request.Body);
            var body = await reader.ReadToEndAsync(context.RequestAborted);
            var signed = Encoding.UTF8.GetBytes($"v0:{context.Request.Headers["X-Slack-Request-Timestamp"]}:{body}");
            var expected = $"v0={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), signed))}";
            Heard.Enqueue(new(context.Request.Path, body, context.Request.Headers["X-Slack-Retry-Num"].ToString(), context.Request.Headers["X-Slack-Retry-Reason"].ToString()));
            context.Response.StatusCode = expected == context.Request.Headers["X-Slack-Signature"].ToString() ? Status : 401;
            if (Answers.Length == 0) return;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(Answers);
        }
    }

    private sealed record Request(string Path, string Body, string Retry, string RetryReason);
}
