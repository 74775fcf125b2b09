using System.Text;
using System.Text.Json;
using EightD.Bot.Tests.Conversations;
using Microsoft.Extensions.Time.Testing;

namespace EightD.Bot.Tests.Slack;

/// <summary>Slack's own client understands the stand-in: each method that the bot calls, and how each failure is said.</summary>
public sealed class SlackWebClientTests : IAsyncLifetime
{
    private readonly FakeTimeProvider clock = new(new(2024, 12, 20, 9, 15, 0, TimeSpan.Zero));
    private SlackStandIn slack = null!;
    private NodeJudge client = null!;

    public async ValueTask InitializeAsync()
    {
        slack = await SlackStandIn.StartWithPeopleAsync(clock);
        client = NodeJudge.Start("slack-judges", "client.mjs", slack.ApiUrl.AbsoluteUri, slack.Home.BotToken);
    }

    public async ValueTask DisposeAsync()
    {
        await client.DisposeAsync();
        await slack.DisposeAsync();
    }

    [Fact]
    public async Task It_posts_changes_reads_and_deletes_messages()
    {
        var card = String(await DoesAsync("chat.postMessage", new { channel = "C1", text = "8D 0001", blocks = Section("8D 0001"), metadata = new { event_type = "8d", event_payload = new { id = "7" } }, unfurl_links = false, unfurl_media = false }), "ts");
        await DoesAsync("chat.postMessage", new { channel = "C1", text = "Impact?", thread_ts = card, unfurl_links = false, unfurl_media = false });
        await DoesAsync("chat.update", new { channel = "C1", ts = card, text = "8D 0001, resolved", blocks = Section("8D 0001, resolved"), parse = "none" });
        await DoesAsync("chat.postEphemeral", new { channel = "C1", user = "U1", text = "For you alone" });
        await DoesAsync("reactions.add", new { channel = "C1", timestamp = card, name = "8d" }, scope: "reactions:write");

        Assert.Equal(["8D 0001, resolved", "Impact?", "For you alone"], slack.World.Messages("C1").Select(message => message.Text));
        Assert.Equal("8D 0001, resolved", slack.World.Message("C1", card)!.Shown);
        var history = (await DoesAsync("conversations.history", new { channel = "C1", latest = card, oldest = card, inclusive = true, limit = 1, include_all_metadata = true })).GetProperty("messages");
        Assert.Equal("7", String(Assert.Single(history.EnumerateArray()).GetProperty("metadata").GetProperty("event_payload"), "id"));
        var replies = (await DoesAsync("conversations.replies", new { channel = "C1", ts = card })).GetProperty("messages");
        Assert.Equal(["8D 0001, resolved", "Impact?"], replies.EnumerateArray().Select(message => String(message, "text")));
        Assert.StartsWith("https://t0001.slack.com/archives/C1/p", String(await DoesAsync("chat.getPermalink", new { channel = "C1", message_ts = card }), "permalink"), StringComparison.Ordinal);
        await DoesAsync("chat.delete", new { channel = "C1", ts = card });
        Assert.Null(slack.World.Message("C1", card));
    }

    [Fact]
    public async Task It_learns_who_and_where_people_are()
    {
        Assert.Equal("UBOTT0001", String(await DoesAsync("auth.test", new { }), "user_id"));
        Assert.True((await DoesAsync("conversations.info", new { channel = "C1" })).GetProperty("channel").GetProperty("is_member").GetBoolean());
        var first = await DoesAsync("conversations.members", new { channel = "C1", limit = 2 });
        var rest = await DoesAsync("conversations.members", new { channel = "C1", limit = 2, cursor = String(first.GetProperty("response_metadata"), "next_cursor") });
        Assert.Equal(["U1", "U2", "UBOTT0001"], new[] { first, rest }.SelectMany(page => page.GetProperty("members").EnumerateArray()).Select(member => member.GetString()));
        Assert.Equal("Ana", String((await DoesAsync("users.info", new { user = "U1" })).GetProperty("user").GetProperty("profile"), "display_name"));
        Assert.Equal(slack.World.Direct("T0001", "U1").Id, String((await DoesAsync("conversations.open", new { users = "U1" })).GetProperty("channel"), "id"));
        await DoesAsync("conversations.join", new { channel = "C2" }, scope: "channels:join");
        Assert.Contains("UBOTT0001", slack.World.Channel("C2")!.Members);
    }

    [Fact]
    public async Task It_opens_pushes_changes_and_publishes_views()
    {
        var opened = (await DoesAsync("views.open", new { trigger_id = slack.World.NewTrigger("T0001", "U1"), view = Modal("D2") })).GetProperty("view");
        await DoesAsync("views.update", new { view_id = String(opened, "id"), hash = String(opened, "hash"), view = Modal("D3") });
        Assert.Equal("D3", Assert.Single(slack.World.Stack("U1")).Title);
        await DoesAsync("views.push", new { trigger_id = slack.World.NewTrigger("T0001", "U1"), view = Modal("D4") });
        Assert.Equal(["D3", "D4"], slack.World.Stack("U1").Select(view => view.Title));
        await DoesAsync("views.publish", new { user_id = "U1", view = new { type = "home", blocks = Section("My actions") } });
        Assert.Equal("My actions", slack.World.Home("T0001", "U1")!.Shown);

        await FailsAsync("views.update", new { view_id = String(opened, "id"), hash = String(opened, "hash"), view = Modal("D5") }, "hash_conflict");
        var trigger = slack.World.NewTrigger("T0001", "U1");
        clock.Advance(TimeSpan.FromSeconds(4));
        await FailsAsync("views.open", new { trigger_id = trigger, view = Modal("D2") }, "expired_trigger_id");
    }

    [Fact]
    public async Task It_uploads_a_file_in_three_steps()
    {
        await DoesAsync("filesUploadV2", new { channel_id = "C1", filename = "0001-checkout.md", title = "8D 0001", content = "# 0001: Größe\n", initial_comment = "The report" });
        await People.UntilAsync(() => Task.FromResult(slack.World.Messages("C1").Any(message => message.Files.Count == 1)), "the file's message is there");
        var message = Assert.Single(slack.World.Messages("C1"));
        Assert.Equal(("The report", "0001-checkout.md", "8D 0001", "# 0001: Größe\n"), (message.Text, message.Files[0].Name, message.Files[0].Title, Encoding.UTF8.GetString([.. message.Files[0].Bytes])));
    }

    [Fact]
    public async Task It_installs_the_app_and_gets_an_address_for_a_socket()
    {
        var code = slack.NewCode("T0001", "https://bot.example.com/slack/oauth");
        object Exchange(string secret) => new { client_id = SlackStandIn.ClientId, client_secret = secret, code, redirect_uri = "https://bot.example.com/slack/oauth" };
        await FailsAsync("oauth.v2.access", Exchange("other"), "bad_client_secret");
        var installed = await DoesAsync("oauth.v2.access", Exchange(SlackStandIn.ClientSecret));
        Assert.Equal(("T0001", "bot"), (String(installed.GetProperty("team"), "id"), String(installed, "token_type")));
        Assert.Equal("T0001", String(await DoesAsync("auth.test", new { }, String(installed, "access_token")), "team_id"));
        await FailsAsync("oauth.v2.access", Exchange(SlackStandIn.ClientSecret), "invalid_code");

        Assert.StartsWith("ws://", String(await DoesAsync("apps.connections.open", new { }, SlackStandIn.AppToken), "url"), StringComparison.Ordinal);
        await FailsAsync("apps.connections.open", new { }, "not_allowed_token_type");
        await FailsAsync("auth.test", new { }, "invalid_auth", "xoxb-other");
    }

    [Fact]
    public async Task It_knows_the_failures_for_what_they_are()
    {
        object hello = new { channel = "C1", text = "Hello", unfurl_links = false, unfurl_media = false };
        await FailsAsync("chat.postMessage", new { channel = "C2", text = "Hello", unfurl_links = false, unfurl_media = false }, "not_in_channel");
        var blocks = await FailsAsync("chat.postMessage", new { channel = "C1", text = "Hello", blocks = new[] { new { type = "section" } }, unfurl_links = false, unfurl_media = false }, "invalid_blocks");
        Assert.Contains("[json-pointer:/blocks/0]", blocks.GetProperty("messages")[0].GetString(), StringComparison.Ordinal);
        slack.Fault("chat.postMessage", SlackFault.Refused("missing_scope", "chat:write"));
        Assert.Equal("chat:write", String(await FailsAsync("chat.postMessage", hello, "missing_scope"), "needed"));
        slack.Fault("chat.postMessage", SlackFault.RateLimited(30));
        var limited = await AsksAsync("chat.postMessage", hello);
        Assert.Equal(("slack_webapi_rate_limited_error", 30), (String(limited, "code"), limited.GetProperty("retryAfter").GetInt32()));
        slack.Fault("chat.postMessage", SlackFault.Down(503));
        var down = await AsksAsync("chat.postMessage", hello);
        Assert.Equal(("slack_webapi_http_error", 503), (String(down, "code"), down.GetProperty("statusCode").GetInt32()));
        slack.Fault("chat.postMessage", SlackFault.Cut);
        Assert.Equal("slack_webapi_request_error", String(await AsksAsync("chat.postMessage", hello), "code"));
        Assert.Empty(slack.World.Messages("C1"));

        slack.Fault("chat.postMessage", SlackFault.RateLimited());
        Assert.True((await client.AsksAsync(new { call = "chat.postMessage", arguments = hello, waits = true })).GetProperty("ok").GetBoolean());
        Assert.Single(slack.World.Messages("C1"));
    }

    private static object[] Section(string text) => [new { type = "section", text = new { type = "mrkdwn", text } }];

    private static object Modal(string title) => new { type = "modal", title = new { type = "plain_text", text = title, emoji = false }, blocks = Section("Impact") };

    private static string String(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private Task<JsonElement> AsksAsync(string call, object arguments, string? token = null) => client.AsksAsync(new { call, arguments, token });

    private async Task<JsonElement> DoesAsync(string call, object arguments, string? token = null, string? scope = null)
    {
        if (scope is not null) slack.Grant([.. slack.Home.Scopes, scope]);
        var answer = await AsksAsync(call, arguments, token);
        Assert.True(answer.GetProperty("ok").GetBoolean(), $"{call}: {answer}");
        return answer;
    }

    private async Task<JsonElement> FailsAsync(string call, object arguments, string error, string? token = null)
    {
        var answer = await AsksAsync(call, arguments, token);
        Assert.Equal(("slack_webapi_platform_error", error), (String(answer, "code"), String(answer, "error")));
        return answer;
    }
}
