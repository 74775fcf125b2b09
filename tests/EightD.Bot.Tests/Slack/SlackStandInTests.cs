using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;

namespace EightD.Bot.Tests.Slack;

/// <summary>The stand-in does what slack-protocol.md says of Slack: each call by hand, each expected value from there.</summary>
public sealed class SlackStandInTests : IAsyncLifetime
{
    private readonly FakeTimeProvider clock = new(new(2024, 12, 20, 9, 15, 0, TimeSpan.Zero));
    private readonly HttpClient http = new();
    private SlackStandIn slack = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        slack = await SlackStandIn.StartWithPeopleAsync(clock);
        slack.AddChannel("G1", "secret", ["ana"], isPrivate: true, withBot: false);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await slack.DisposeAsync();
    }

    [Theory]
    [InlineData(null, "not_authed")]
    [InlineData("xoxb-other", "invalid_auth")]
    [InlineData(SlackStandIn.AppToken, "not_allowed_token_type")]
    public async Task A_call_bears_the_bots_token(string? token, string error) => Assert.Equal(error, Error(await CallAsync("auth.test", new { }, token)));

    [Fact]
    public async Task A_revoked_token_is_dead()
    {
        Assert.True(Json(await FormAsync("auth.revoke", "")).GetProperty("revoked").GetBoolean());
        Assert.Equal("token_revoked", Error(await CallAsync("auth.test", new { })));
    }

    [Fact]
    public async Task The_bot_learns_who_it_is_and_what_it_may()
    {
        var answer = await CallAsync("auth.test", new { });
        Assert.Equal(("T0001", "UBOTT0001", "BT0001"), (String(answer, "team_id"), String(answer, "user_id"), String(answer, "bot_id")));
        Assert.Contains("chat:write", Assert.Single(answer.Headers.GetValues("x-oauth-scopes")), StringComparison.Ordinal);
        Assert.Single(answer.Headers.GetValues("x-slack-req-id"));
    }

    [Fact]
    public async Task Without_a_scope_a_call_is_refused_by_the_scopes_name()
    {
        slack.Grant("channels:read");
        var answer = await PostAsync("C1", "hello");
        Assert.Equal(("missing_scope", "chat:write", "channels:read"), (Error(answer), String(answer, "needed"), String(answer, "provided")));
    }

    [Theory]
    [InlineData("conversations.info", "channel")]
    [InlineData("conversations.members", "channel")]
    [InlineData("conversations.replies", "channel")]
    [InlineData("chat.getPermalink", "channel")]
    [InlineData("users.info", "user")]
    [InlineData("files.getUploadURLExternal", "filename")]
    public async Task Some_methods_read_no_json(string method, string field)
    {
        var answer = await CallAsync(method, new { channel = "C1", ts = "1.2", message_ts = "1.2", user = "U1", filename = "a.md", length = 1 });
        Assert.Equal("invalid_arguments", Error(answer));
        Assert.Contains(field, answer.Body, StringComparison.Ordinal);
        Assert.Contains(slack.Complaints, complaint => complaint == $"{method}: reads no JSON body");
    }

    [Fact]
    public async Task Json_without_its_charset_is_warned_of()
    {
        using StringContent body = new("{}", Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        Assert.Contains("missing_charset", (await SendAsync("auth.test", body, slack.Home.BotToken)).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("C2", "not_in_channel")]
    [InlineData("G1", "channel_not_found")]
    [InlineData("C9", "channel_not_found")]
    public async Task The_bot_writes_where_it_is_a_member(string channel, string error) => Assert.Equal(error, Error(await PostAsync(channel, "hello")));

    [Fact]
    public async Task Nothing_is_written_in_an_archived_channel()
    {
        slack.World.Change("C1", channel => channel with { IsArchived = true });
        Assert.Equal("is_archived", Error(await PostAsync("C1", "hello")));
    }

    [Fact]
    public async Task Times_of_messages_are_unique_and_rise()
    {
        List<string> all = [];
        for (var post = 0; post < 5; post++) all.Add(await TsOfAsync("hello"));
        Assert.Equal(5, all.Distinct().Count());
        Assert.Equal(all.Order(StringComparer.Ordinal), all);
        Assert.Matches("^17346861[0-9]{2}\\.[0-9]{6}$", all[0]);
    }

    [Fact]
    public async Task Blocks_that_slack_refuses_are_not_posted_and_are_complained_of()
    {
        var answer = await CallAsync("chat.postMessage", new { channel = "C1", text = "a", unfurl_links = false, unfurl_media = false, blocks = new[] { new { type = "section" } } });
        Assert.Equal("invalid_blocks", Error(answer));
        Assert.Contains("[json-pointer:/blocks/0]", Json(answer).GetProperty("response_metadata").GetProperty("messages")[0].GetString()!, StringComparison.Ordinal);
        Assert.StartsWith("chat.postMessage: /blocks/0", Assert.Single(slack.Complaints), StringComparison.Ordinal);
        Assert.Empty(slack.World.Messages("C1"));
    }

    [Fact]
    public async Task A_form_may_bring_blocks_as_json()
    {
        var blocks = Uri.EscapeDataString("""[{"type":"section","text":{"type":"mrkdwn","text":"hello"}}]""");
        Ok(await FormAsync("chat.postMessage", $"channel=C1&text=a&unfurl_links=false&unfurl_media=false&blocks={blocks}"));
        Assert.Equal("hello", Assert.Single(slack.World.Messages("C1")).Shown);
        slack.AssertNoComplaints();
    }

    [Fact]
    public async Task A_reply_needs_its_parent()
    {
        var parent = await TsOfAsync("card");
        var reply = await TsOfAsync("question", parent);
        Assert.Equal("thread_not_found", Error(await PostAsync("C1", "hello", "1.000000")));
        Assert.Equal("cannot_reply_to_message", Error(await PostAsync("C1", "hello", reply)));
    }

    [Fact]
    public async Task A_message_is_changed_by_whom_it_is_of()
    {
        var own = await TsOfAsync("hello");
        var other = Said("U1", "hi").Ts;
        Ok(await CallAsync("chat.update", new { channel = "C1", ts = own, text = "changed", parse = "none" }));
        Assert.Equal("changed", slack.World.Message("C1", own)!.Text);
        Assert.Equal("cant_update_message", Error(await CallAsync("chat.update", new { channel = "C1", ts = other, text = "a", parse = "none" })));
        Assert.Equal("message_not_found", Error(await CallAsync("chat.update", new { channel = "C1", ts = "1.2", text = "a", parse = "none" })));
        Assert.Equal("msg_too_long", Error(await CallAsync("chat.update", new { channel = "C1", ts = own, text = new string('a', 4_001), parse = "none" })));
        Assert.Equal("cant_delete_message", Error(await CallAsync("chat.delete", new { channel = "C1", ts = other })));
        Ok(await CallAsync("chat.delete", new { channel = "C1", ts = own }));
        Assert.Null(slack.World.Message("C1", own));
    }

    [Fact]
    public async Task An_update_without_blocks_leaves_the_old_ones_and_is_complained_of()
    {
        object[] blocks = [new { type = "section", text = new { type = "mrkdwn", text = "old" } }];
        var ts = String(Ok(await CallAsync("chat.postMessage", new { channel = "C1", text = "old", unfurl_links = false, unfurl_media = false, blocks })), "ts");
        Ok(await CallAsync("chat.update", new { channel = "C1", ts, text = "new", parse = "none" }));
        Assert.Equal("old", slack.World.Messages("C1")[0].Shown);
        Assert.Single(slack.Complaints);
    }

    [Fact]
    public async Task An_ephemeral_message_is_for_one_who_is_there_and_cannot_be_changed()
    {
        slack.AddUser("U3", "eve");
        Assert.Equal("user_not_in_channel", Error(await CallAsync("chat.postEphemeral", new { channel = "C1", user = "U3", text = "psst" })));
        var ts = String(Ok(await CallAsync("chat.postEphemeral", new { channel = "C1", user = "U1", text = "psst" })), "message_ts")!;
        Assert.Equal("message_not_found", Error(await CallAsync("chat.update", new { channel = "C1", ts, text = "a", parse = "none" })));
        Assert.Equal("U1", Assert.Single(slack.World.Messages("C1")).To);
        Assert.Empty(Json(await CallAsync("conversations.history", new { channel = "C1" })).GetProperty("messages").EnumerateArray());
    }

    [Fact]
    public async Task An_ephemeral_message_in_a_thread_without_replies_is_seen_by_nobody()
    {
        var parent = await TsOfAsync("card");
        Ok(await CallAsync("chat.postEphemeral", new { channel = "C1", user = "U1", text = "psst", thread_ts = parent }));
        Assert.Single(slack.World.Messages("C1"));
        Assert.Single(slack.Complaints);
    }

    [Fact]
    public async Task Metadata_comes_to_whom_asks_for_it()
    {
        Ok(await CallAsync("chat.postMessage", new { channel = "C1", text = "a", unfurl_links = false, unfurl_media = false, metadata = new { event_type = "8d", event_payload = new { id = "7" } } }));
        Assert.DoesNotContain("event_payload", (await CallAsync("conversations.history", new { channel = "C1" })).Body, StringComparison.Ordinal);
        Assert.Contains("\"id\":\"7\"", (await CallAsync("conversations.history", new { channel = "C1", include_all_metadata = true })).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task History_is_newest_first_paged_and_without_replies()
    {
        var parent = await TsOfAsync("first");
        await TsOfAsync("a reply", parent);
        await TsOfAsync("second");
        var third = await TsOfAsync("third");
        var page = Json(await CallAsync("conversations.history", new { channel = "C1", limit = 2 }));
        Assert.Equal(["third", "second"], Texts(page));
        Assert.True(page.GetProperty("has_more").GetBoolean());
        Assert.Equal(["first"], Texts(Json(await CallAsync("conversations.history", new { channel = "C1", limit = 2, cursor = page.GetProperty("response_metadata").GetProperty("next_cursor").GetString() }))));
        Assert.Equal(["third"], Texts(Json(await CallAsync("conversations.history", new { channel = "C1", latest = third, oldest = third, inclusive = true, limit = 1 }))));
        Assert.Equal(["third", "second"], Texts(Json(await CallAsync("conversations.history", new { channel = "C1", oldest = parent }))));
    }

    [Fact]
    public async Task Replies_are_oldest_first_after_their_parent_and_a_reply_is_found_by_its_time()
    {
        var parent = await TsOfAsync("card");
        var reply = await TsOfAsync("one", parent);
        await TsOfAsync("two", parent);
        Assert.Equal(["card", "one", "two"], Texts(Json(await FormAsync("conversations.replies", $"channel=C1&ts={parent}"))));
        Assert.Equal(["one"], Texts(Json(await FormAsync("conversations.replies", $"channel=C1&ts={reply}"))));
        Assert.Equal("thread_not_found", Error(await FormAsync("conversations.replies", "channel=C1&ts=1.2")));
    }

    [Fact]
    public async Task A_channel_tells_what_it_is_and_who_is_in_it()
    {
        var channel = Json(await FormAsync("conversations.info", "channel=C2")).GetProperty("channel");
        Assert.False(channel.GetProperty("is_private").GetBoolean() || channel.GetProperty("is_member").GetBoolean() || channel.GetProperty("is_archived").GetBoolean() || channel.GetProperty("is_ext_shared").GetBoolean());
        Assert.Equal("channel_not_found", Error(await FormAsync("conversations.info", "channel=G1")));
        var members = Json(await FormAsync("conversations.members", "channel=C1&limit=2"));
        Assert.Equal(["U1", "U2"], members.GetProperty("members").EnumerateArray().Select(member => member.GetString()));
        var next = members.GetProperty("response_metadata").GetProperty("next_cursor").GetString();
        Assert.Equal("UBOTT0001", Json(await FormAsync("conversations.members", $"channel=C1&limit=2&cursor={next}")).GetProperty("members")[0].GetString());
    }

    [Fact]
    public async Task The_bot_joins_public_channels_only()
    {
        Ok(await CallAsync("conversations.join", new { channel = "C2" }));
        Ok(await PostAsync("C2", "hello"));
        Assert.Equal("channel_not_found", Error(await CallAsync("conversations.join", new { channel = "G1" })));
    }

    [Fact]
    public async Task A_conversation_with_a_person_is_opened_once()
    {
        var first = Json(Ok(await CallAsync("conversations.open", new { users = "U1" }))).GetProperty("channel").GetProperty("id").GetString()!;
        Assert.StartsWith("D", first, StringComparison.Ordinal);
        Assert.Contains(first, (await CallAsync("conversations.open", new { users = "U1" })).Body, StringComparison.Ordinal);
        Ok(await PostAsync(first, "hello"));
        Assert.Equal("im:read", String(await FormAsync("conversations.info", $"channel={first}"), "needed"));
        Assert.Equal("user_not_found", Error(await CallAsync("conversations.open", new { users = "U9" })));
    }

    [Fact]
    public async Task A_person_has_names_a_time_zone_and_marks()
    {
        var user = Json(await FormAsync("users.info", "user=U1")).GetProperty("user");
        Assert.Equal(("Ana", "Europe/Berlin"), (user.GetProperty("profile").GetProperty("display_name").GetString(), user.GetProperty("tz").GetString()));
        Assert.False(user.GetProperty("deleted").GetBoolean() || user.GetProperty("is_bot").GetBoolean());
        Assert.Equal("user_not_found", Error(await FormAsync("users.info", "user=U9")));
    }

    [Fact]
    public async Task A_permalink_names_the_thread_of_a_reply()
    {
        var parent = await TsOfAsync("card");
        var reply = await TsOfAsync("one", parent);
        var link = String(await FormAsync("chat.getPermalink", $"channel=C1&message_ts={reply}"), "permalink");
        Assert.Equal($"https://t0001.slack.com/archives/C1/p{reply.Replace(".", "", StringComparison.Ordinal)}?thread_ts={parent}&cid=C1", link);
    }

    [Fact]
    public async Task What_is_there_already_is_said_to_be()
    {
        slack.Grant([.. SlackWorkspace.LeastScopes, .. SlackWorkspace.OptionalScopes, "reactions:write"]);
        var ts = await TsOfAsync("card");
        Ok(await CallAsync("reactions.add", new { channel = "C1", timestamp = ts, name = "eyes" }));
        Assert.Equal("already_reacted", Error(await CallAsync("reactions.add", new { channel = "C1", timestamp = ts, name = "eyes" })));
        Ok(await CallAsync("pins.add", new { channel = "C1", timestamp = ts }));
        Assert.Equal("already_pinned", Error(await CallAsync("pins.add", new { channel = "C1", timestamp = ts })));
        Ok(await CallAsync("bookmarks.add", new { channel_id = "C1", title = "8D", type = "link", link = "https://a.example" }));
    }

    [Fact]
    public async Task A_file_goes_up_in_three_steps_and_its_message_comes_after()
    {
        var bytes = "# 8D"u8.ToArray();
        var begun = Ok(await FormAsync("files.getUploadURLExternal", $"filename=8d.md&length={bytes.Length}"));
        var (url, id) = (String(begun, "upload_url")!, String(begun, "file_id")!);
        object complete = new { files = new[] { new { id, title = "8D 3" } }, channel_id = "C1", initial_comment = "The report" };
        Assert.Equal("file_not_found", Error(await CallAsync("files.completeUploadExternal", complete)));
        using (var up = await http.PostAsync(new Uri(url), new ByteArrayContent(bytes), Cancel)) Assert.Equal(HttpStatusCode.OK, up.StatusCode);
        Ok(await CallAsync("files.completeUploadExternal", complete));
        await EightD.Bot.Tests.Conversations.People.UntilAsync(() => Task.FromResult(slack.World.Messages("C1").Count == 1));
        var message = slack.World.Messages("C1")[0];
        Assert.Equal(("The report", "8D 3", "# 8D"), (message.Text, message.Files[0].Title, Encoding.UTF8.GetString([.. message.Files[0].Bytes])));
    }

    [Fact]
    public async Task A_trigger_opens_one_modal_within_three_seconds()
    {
        var late = slack.World.NewTrigger("T0001", "U1");
        clock.Advance(TimeSpan.FromSeconds(3.1));
        Assert.Equal("expired_trigger_id", Error(await OpenAsync(late)));
        var good = slack.World.NewTrigger("T0001", "U1");
        clock.Advance(TimeSpan.FromSeconds(3));
        Ok(await OpenAsync(good));
        Assert.Equal("exchanged_trigger_id", Error(await OpenAsync(good)));
        Assert.Equal("invalid_trigger_id", Error(await OpenAsync("1.2.3")));
        Assert.Equal("Skeleton", Assert.Single(slack.World.Stack("U1")).Title);
    }

    [Fact]
    public async Task A_view_is_updated_by_its_hash()
    {
        var view = Json(Ok(await OpenAsync(slack.World.NewTrigger("T0001", "U1")))).GetProperty("view");
        var (id, hash) = (view.GetProperty("id").GetString(), view.GetProperty("hash").GetString());
        Ok(await CallAsync("views.update", new { view_id = id, hash, view = Modal("Filled") }));
        Assert.Equal("hash_conflict", Error(await CallAsync("views.update", new { view_id = id, hash, view = Modal("Again") })));
        Assert.Equal("not_found", Error(await CallAsync("views.update", new { view_id = "V9", view = Modal("Again") })));
        Assert.Equal("Filled", slack.World.Stack("U1")[0].Title);
    }

    [Fact]
    public async Task At_most_three_modals_lie_on_each_other()
    {
        Ok(await OpenAsync(slack.World.NewTrigger("T0001", "U1")));
        Task<Answer> PushAsync() => CallAsync("views.push", new { trigger_id = slack.World.NewTrigger("T0001", "U1"), view = Modal("More") });
        Ok(await PushAsync());
        Ok(await PushAsync());
        Assert.Equal("push_limit_reached", Error(await PushAsync()));
    }

    [Fact]
    public async Task A_home_tab_is_published_for_a_person()
    {
        Ok(await CallAsync("views.publish", new { user_id = "U1", view = new { type = "home", blocks = Array.Empty<object>() } }));
        Assert.NotNull(slack.World.Home("T0001", "U1"));
        Assert.Equal("hash_conflict", Error(await CallAsync("views.publish", new { user_id = "U1", hash = "1.old", view = new { type = "home", blocks = Array.Empty<object>() } })));
        Assert.Equal("invalid_arguments", Error(await CallAsync("views.publish", new { user_id = "U1", view = Modal("No home") })));
    }

    [Fact]
    public async Task A_response_url_takes_five_posts()
    {
        var url = slack.NewResponseUrl(new("T0001", "G1", "U1", Source: null));
        for (var post = 0; post < 5; post++) Assert.Equal((HttpStatusCode.OK, "ok"), await RespondAsync(url, new { text = "hello" }));
        Assert.Equal((HttpStatusCode.NotFound, "used_url"), await RespondAsync(url, new { text = "hello" }));
        Assert.All(slack.World.Messages("G1"), message => Assert.Equal("U1", message.To));
        Assert.Equal(5, slack.World.Messages("G1").Count);
    }

    [Fact]
    public async Task A_response_url_lives_half_an_hour()
    {
        var url = slack.NewResponseUrl(new("T0001", "C1", "U1", Source: null));
        clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal((HttpStatusCode.OK, "ok"), await RespondAsync(url, new { text = "hello", response_type = "in_channel" }));
        Assert.Null(slack.World.Messages("C1")[0].To);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((HttpStatusCode.NotFound, "expired_url"), await RespondAsync(url, new { text = "hello" }));
    }

    [Fact]
    public async Task A_response_url_of_a_press_replaces_or_deletes_what_was_pressed()
    {
        Ok(await CallAsync("chat.postEphemeral", new { channel = "C1", user = "U1", text = "psst" }));
        var url = slack.NewResponseUrl(new("T0001", "C1", "U1", slack.World.Messages("C1")[0]));
        await RespondAsync(url, new { text = "done", replace_original = true });
        Assert.Equal(("done", "U1"), (slack.World.Messages("C1")[0].Text, slack.World.Messages("C1")[0].To));
        await RespondAsync(url, new { delete_original = true });
        Assert.Empty(slack.World.Messages("C1"));
    }

    [Fact]
    public async Task A_call_meets_the_faults_that_wait_for_it()
    {
        slack.Fault("chat.postMessage", SlackFault.RateLimited(7));
        slack.Fault("chat.postMessage", SlackFault.Down(503));
        slack.Fault("chat.postMessage", SlackFault.Refused("internal_error"));
        var limited = await PostAsync("C1", "hello");
        Assert.Equal((HttpStatusCode.TooManyRequests, "7"), (limited.Status, Assert.Single(limited.Headers.GetValues("Retry-After"))));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await PostAsync("C1", "hello")).Status);
        Assert.Equal("internal_error", Error(await PostAsync("C1", "hello")));
        Assert.Empty(slack.World.Messages("C1"));
        Ok(await PostAsync("C1", "hello"));
        Assert.Equal(4, slack.CallsOf("chat.postMessage").Count);
    }

    [Fact]
    public async Task An_answer_may_be_lost_after_the_message_is_there()
    {
        slack.Fault("chat.postMessage", SlackFault.AnswerLost);
        await Assert.ThrowsAsync<HttpRequestException>(() => PostAsync("C1", "hello"));
        Assert.Single(slack.World.Messages("C1"));
    }

    [Fact]
    public async Task A_call_may_hang_until_it_is_cut()
    {
        slack.Fault("chat.postMessage", SlackFault.Hang);
        using CancellationTokenSource impatience = new(TimeSpan.FromMilliseconds(200));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => http.PostAsJsonAsync(new Uri(slack.ApiUrl, "chat.postMessage"), new { }, impatience.Token));
        Assert.Empty(slack.World.Messages("C1"));
    }

    [Fact]
    public async Task Calls_are_kept_in_order_with_their_arguments()
    {
        await PostAsync("C1", "hello");
        await FormAsync("users.info", "user=U1");
        Assert.Equal(["chat.postMessage", "users.info"], slack.Calls.Select(call => call.Method));
        Assert.Equal(("hello", "U1", slack.Home.BotToken), (slack.Calls[0]["text"], slack.Calls[1]["user"], slack.Calls[1].Token));
    }

    [Fact]
    public async Task A_code_is_exchanged_once_by_the_client_with_its_redirect_uri()
    {
        slack.AddWorkspace(new("T2") { Name = "Two" });
        const string Uri = "https://8d.example.com/slack/oauth";
        var code = slack.NewCode("T2", Uri);
        Assert.Equal("bad_client_secret", Error(await AccessAsync($"code={code}&redirect_uri={Uri}", secret: "wrong")));
        Assert.Equal("invalid_client_id", Error(await AccessAsync($"code={code}&redirect_uri={Uri}", id: "wrong")));
        Assert.Equal("bad_redirect_uri", Error(await AccessAsync($"code={code}&redirect_uri=https://evil.example")));
        Assert.Equal("invalid_grant_type", Error(await AccessAsync($"code={code}&redirect_uri={Uri}&grant_type=password")));
        var given = Ok(await AccessAsync($"code={code}&redirect_uri={Uri}"));
        Assert.Equal(("bot", "UBOTT2", "T2"), (String(given, "token_type"), String(given, "bot_user_id"), Json(given).GetProperty("team").GetProperty("id").GetString()));
        Assert.Equal("T2", String(await CallAsync("auth.test", new { }, String(given, "access_token")), "team_id"));
        Assert.Equal("invalid_code", Error(await AccessAsync($"code={code}&redirect_uri={Uri}")));
        var old = slack.NewCode("T2", Uri);
        clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal("invalid_code", Error(await AccessAsync($"code={old}&redirect_uri={Uri}")));
    }

    [Fact]
    public async Task Tokens_that_rotate_end_after_twelve_hours_and_are_refreshed_once()
    {
        slack.RotatesTokens = true;
        var first = Ok(await AccessAsync($"code={slack.NewCode("T0001", null)}"));
        Assert.Equal(43_200, Json(first).GetProperty("expires_in").GetInt32());
        clock.Advance(TimeSpan.FromHours(12));
        Assert.Equal("token_expired", Error(await CallAsync("auth.test", new { }, String(first, "access_token"))));
        var refresh = $"grant_type=refresh_token&refresh_token={String(first, "refresh_token")}";
        Ok(await CallAsync("auth.test", new { }, String(Ok(await AccessAsync(refresh)), "access_token")));
        Assert.Equal("invalid_refresh_token", Error(await AccessAsync(refresh)));
    }

    [Fact]
    public async Task An_installation_for_an_organisation_names_no_team()
    {
        slack.AddWorkspace(new("T3") { Enterprise = "E1", IsEnterpriseInstall = true });
        var given = Json(Ok(await AccessAsync($"code={slack.NewCode("T3", null)}")));
        Assert.Equal((JsonValueKind.Null, "E1"), (given.GetProperty("team").ValueKind, given.GetProperty("enterprise").GetProperty("id").GetString()));
    }

    private static object Modal(string title) => new { type = "modal", title = new { type = "plain_text", text = title, emoji = false }, blocks = Array.Empty<object>() };

    private static JsonElement Json(Answer answer) => SlackJson.Parse(answer.Body);

    private static string? String(Answer answer, string name) => SlackJson.String(Json(answer), name);

    private static string? Error(Answer answer) => String(answer, "error");

    private static Answer Ok(Answer answer)
    {
        Assert.True(Json(answer).GetProperty("ok").GetBoolean(), answer.Body);
        return answer;
    }

    private static IEnumerable<string?> Texts(JsonElement answer) => answer.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("text").GetString());

    private SlackMessage Said(string user, string text) => slack.World.Say(new("C1", slack.World.NewTs()) { User = user, Team = "T0001", Text = text });

    private async Task<string> TsOfAsync(string text, string? thread = null) => String(Ok(await PostAsync("C1", text, thread)), "ts")!;

    private Task<Answer> PostAsync(string channel, string text, string? thread = null) => CallAsync(
        "chat.postMessage",
        thread is null ? new { channel, text, unfurl_links = false, unfurl_media = false } : new { channel, text, thread_ts = thread, unfurl_links = false, unfurl_media = false });

    private Task<Answer> OpenAsync(string trigger) => CallAsync("views.open", new { trigger_id = trigger, view = Modal("Skeleton") });

    private Task<Answer> CallAsync(string method, object arguments) => CallAsync(method, arguments, slack.Home.BotToken);

    private async Task<Answer> CallAsync(string method, object arguments, string? token)
    {
        using StringContent body = new(JsonSerializer.Serialize(arguments), Encoding.UTF8, "application/json");
        return await SendAsync(method, body, token);
    }

    private async Task<Answer> FormAsync(string method, string form)
    {
        using StringContent body = new(form, Encoding.UTF8, "application/x-www-form-urlencoded");
        return await SendAsync(method, body, slack.Home.BotToken);
    }

    private async Task<Answer> AccessAsync(string form, string id = SlackStandIn.ClientId, string secret = SlackStandIn.ClientSecret)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri(slack.ApiUrl, "oauth.v2.access")) { Content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded") };
        request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{id}:{secret}")));
        return await AnswerAsync(request);
    }

    private async Task<Answer> SendAsync(string method, HttpContent body, string? token)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri(slack.ApiUrl, method)) { Content = body };
        if (token is not null) request.Headers.Authorization = new("Bearer", token);
        return await AnswerAsync(request);
    }

    private async Task<Answer> AnswerAsync(HttpRequestMessage request)
    {
        using var answer = await http.SendAsync(request, Cancel);
        return new(answer.StatusCode, answer.Headers, await answer.Content.ReadAsStringAsync(Cancel));
    }

    private async Task<(HttpStatusCode Status, string Body)> RespondAsync(Uri url, object body)
    {
        using var answer = await http.PostAsJsonAsync(url, body, Cancel);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancel));
    }

    private sealed record Answer(HttpStatusCode Status, HttpResponseHeaders Headers, string Body);
}
