using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EightD.Bot.Tests.Conversations;

namespace EightD.Bot.Tests.Slack;

/// <summary>
/// A bot that Slack's own framework makes understands what the stand-in's people do, and refuses what is not signed: so the stand-in's signatures, payloads
/// and envelopes are Slack's.
/// </summary>
public sealed class SlackBoltTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_hears_commands_and_what_it_answers_is_seen(bool overSocket)
    {
        await using var bolt = await BoltBot.StartAsync(overSocket);
        await bolt.People.Commands("ana", "ops", "/8d note <db> & @ben in #ops");
        await bolt.Hears("command", """{"name":"/8d","text":"note &lt;db&gt; &amp; <@U2|ben> in <#C1|ops>","user_id":"U1","channel_id":"C1","team_id":"T0001","api_app_id":"A0001","is_enterprise_install":"false"}""");
        Assert.Equal(["At once"], bolt.People.IsTold("ana", "ops").Select(message => message.Text));

        await bolt.People.Commands("ana", "ops", "/8d start");
        await bolt.People.WaitsFor("ana", "ops", message => message is { IsEphemeral: true, Text: "Later" }, "what was sent to the response_url");
        await bolt.People.WaitsFor("ben", "ops", message => message is { IsEphemeral: false, Text: "8D 0001" }, "what was posted");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_hears_what_is_pressed_and_chosen(bool overSocket)
    {
        await using var bolt = await BoltBot.StartAsync(overSocket);
        await bolt.People.Commands("ana", "ops", "/8d start");
        await bolt.Hears("command");
        var card = await bolt.People.WaitsFor("ben", "ops", message => message.Text == "8D 0001", "the card");

        await bolt.People.Chooses("ben", card, "part", "D0.1");
        await bolt.Hears("select", """{"value":"D0.1","label":"Impact","team":"T0001"}""");
        await bolt.People.Presses("ben", card, "Skip");
        await bolt.Hears("button", $$"""{"action_id":"skip","block_id":"deeds","value":"7","user":"U2","channel":"C1","ts":"{{card.Ts}}","text":"8D 0001","container":"message"}""");
        await bolt.People.WaitsFor("ana", "ops", message => message.Ts == card.Ts && message.Text == "Skipped", "the card is replaced");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_opens_a_form_and_hears_what_is_filled_in(bool overSocket)
    {
        await using var bolt = await BoltBot.StartAsync(overSocket);
        await bolt.People.Commands("ana", "ops", "/8d edit");
        await bolt.Hears("command");
        var form = await bolt.People.WaitsForView("ana", "D2");

        var suggested = await bolt.People.Suggests("ana", "report", "check");
        await bolt.Hears("options", """{"action_id":"report","block_id":"link","value":"check"}""");
        Assert.Equal("1", suggested.Json!.Value.GetProperty("options")[0].GetProperty("value").GetString());

        var refused = await bolt.People.Submits("ana", new Dictionary<string, string?> { ["Impact"] = "?" });
        await bolt.Hears("submitted");
        Assert.Equal("Say it in words.", refused.Errors["impact"]);
        await bolt.People.Submits("ana", new Dictionary<string, string?> { ["Impact"] = "Nobody can <pay>", ["Due"] = "2024-12-27" });
        await bolt.Hears("submitted", """
            {"user":"U1","private_metadata":"D2","values":{"impact":{"text":{"type":"plain_text_input","value":"Nobody can <pay>"}},
            "due":{"date":{"type":"datepicker","selected_date":"2024-12-27"}},"link":{"report":{"type":"external_select","selected_option":null}}}}
            """);
        Assert.Null(bolt.People.ViewOf("ana"));

        await bolt.People.GlobalShortcut("ben", "start_8d");
        await bolt.Hears("shortcut", """{"user":"U2","team":"T0001"}""");
        form = await bolt.People.WaitsForView("ben", "D2");
        await bolt.People.Closes("ben");
        await bolt.Hears("closed", $$"""{"user":"U2","view":"{{form.Id}}","is_cleared":false}""");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_hears_the_message_shortcut(bool overSocket)
    {
        await using var bolt = await BoltBot.StartAsync(overSocket);
        var said = await bolt.People.Posts("ben", "ops", "The primary is read-only");
        await bolt.Hears("message");
        await bolt.People.Shortcut("ana", "ops", said.Ts, "add_to_8d");
        await bolt.Hears("message shortcut", $$"""{"user":"U1","channel":"C1","ts":"{{said.Ts}}","text":"The primary is read-only","author":"U2"}""");
        await bolt.People.WaitsFor("ana", "ops", message => message is { IsEphemeral: true, Text: "Filed" }, "what was sent to the response_url");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_hears_what_happens_in_channels(bool overSocket)
    {
        await using var bolt = await BoltBot.StartAsync(overSocket);
        var said = await bolt.People.Posts("ana", "ops", "Checkout is down");
        await bolt.Hears("message", $$"""{"type":"message","user":"U1","team":"T0001","text":"Checkout is down","ts":"{{said.Ts}}","channel":"C1","channel_type":"channel","bot":"UBOTT0001"}""");
        var reply = await bolt.People.Posts("ben", "ops", "Since 14:15", said.Ts);
        await bolt.Hears("message", $$"""{"user":"U2","text":"Since 14:15","ts":"{{reply.Ts}}","thread_ts":"{{said.Ts}}"}""");
        await bolt.People.Delivery.AgainAsync(reply.Answer!, attempt: 1);
        await bolt.Hears("message", $$"""{"event_id":"{{reply.Answer!.Sent.EventId}}","retry":1}""");
        await bolt.People.Edits("ben", reply.Message, "Since 14:18");
        await bolt.Hears("message", $$$"""{"subtype":"message_changed","message":{"text":"Since 14:18","ts":"{{{reply.Ts}}}"},"previous_message":{"text":"Since 14:15"}}""");
        await bolt.People.Deletes("ben", reply.Message);
        await bolt.Hears("message", $$"""{"subtype":"message_deleted","deleted_ts":"{{reply.Ts}}"}""");
        await bolt.People.Reacts("ben", "ops", said.Ts, "8d");
        await bolt.Hears("reaction_added", $$$"""{"user":"U2","reaction":"8d","item_user":"U1","item":{"type":"message","channel":"C1","ts":"{{{said.Ts}}}"}}""");
        await bolt.People.OpensHome("ana");
        await bolt.Hears("app_home_opened", """{"user":"U1","tab":"home"}""");
        await bolt.People.Joins("ben", "ops", "ana");
        await bolt.Hears("member_joined_channel", """{"user":"U2","channel":"C1","channel_type":"C","team":"T0001","inviter":"U1"}""");
        await bolt.People.Archives("ana", "ops");
        await bolt.Hears("channel_archive", """{"channel":"C1","user":"U1"}""");
        await bolt.People.Uninstalls();
        await bolt.Hears("tokens_revoked", """{"tokens":{"oauth":[],"bot":["UBOTT0001"]}}""");
        await bolt.Hears("app_uninstalled");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_hears_a_mention_and_not_itself(bool overSocket)
    {
        await using var bolt = await BoltBot.StartAsync(overSocket);
        await bolt.People.Commands("ana", "ops", "/8d start");
        await bolt.Hears("command");
        await bolt.People.Echoes(await bolt.People.WaitsFor("ana", "ops", message => message.Text == "8D 0001", "the card"));

        var mention = await bolt.People.Mentions("ana", "ops", "status");
        await bolt.Hears("message", $$"""{"text":"<@UBOTT0001> status","ts":"{{mention.Ts}}"}""");
        await bolt.Hears("app_mention", $$"""{"text":"<@UBOTT0001> status","user":"U1","channel":"C1","ts":"{{mention.Ts}}"}""");
    }

    [Fact]
    public async Task Its_socket_is_refreshed()
    {
        await using var bolt = await BoltBot.StartAsync(overSocket: true);
        var first = Assert.Single(bolt.Slack.Socket.Open);
        await bolt.Slack.Socket.DisconnectAsync("refresh_requested");
        await People.UntilAsync(() => Task.FromResult(bolt.Slack.Socket.Open is [var now] && now != first), "it has another connection");

        await bolt.People.Commands("ana", "ops", "/8d note");
        await bolt.Hears("command", """{"text":"note"}""");
        bolt.Slack.AssertNoComplaints();
    }

    [Theory]
    [InlineData("as it is", HttpStatusCode.OK)]
    [InlineData("wrong signature", HttpStatusCode.Unauthorized)]
    [InlineData("no signature", HttpStatusCode.Unauthorized)]
    [InlineData("no time", HttpStatusCode.Unauthorized)]
    [InlineData("another time", HttpStatusCode.Unauthorized)]
    [InlineData("one byte more", HttpStatusCode.Unauthorized)]
    [InlineData("301 seconds old", HttpStatusCode.Unauthorized)]
    [InlineData("299 seconds old", HttpStatusCode.OK)]
    public async Task It_and_our_bot_accept_and_refuse_the_same(string how, HttpStatusCode status)
    {
        await using var bolt = await BoltBot.StartAsync(overSocket: false);
        await using var room = await SlackRoom.OpenAsync();
        Assert.Equal(status, await SendAsync(bolt.People, bolt.Slack, how));
        Assert.Equal(status, await SendAsync(room.People, room.Slack, how));
    }

    private static async Task<HttpStatusCode> SendAsync(SlackPeople people, SlackStandIn slack, string how)
    {
        var body = $"command=%2F8d&text=note&team_id=T0001&channel_id=C0001&user_id=U0001&api_app_id={SlackStandIn.AppId}&trigger_id=1.2.3&response_url={Uri.EscapeDataString(new Uri(slack.Address, "/responses/none").AbsoluteUri)}";
        SlackSent sent = new() { Path = "/slack/commands", ContentType = "application/x-www-form-urlencoded", Body = body, SocketType = "slash_commands", Payload = "{}" };
        var now = slack.World.Clock.GetUtcNow();
        var at = how.EndsWith("seconds old", StringComparison.Ordinal) ? now.AddSeconds(-int.Parse(how[..3], CultureInfo.InvariantCulture)) : now;
        using var request = people.Delivery.Signed(sent, at);
        var (signature, time) = ("X-Slack-Signature", "X-Slack-Request-Timestamp");
        switch (how)
        {
            case "wrong signature": Replace(signature, $"v0={new string('0', 64)}"); break;
            case "no signature": request.Headers.Remove(signature); break;
            case "no time": request.Headers.Remove(time); break;
            case "another time": Replace(time, (at.ToUnixTimeSeconds() - 1).ToString(CultureInfo.InvariantCulture)); break;
            case "one byte more":
                var type = request.Content!.Headers.ContentType;
                request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body + "&")) { Headers = { ContentType = type } };
                break;
        }

        using var http = new HttpClient();
        using var answer = await http.SendAsync(request, People.Cancel);
        return answer.StatusCode;

        void Replace(string name, string value)
        {
            request.Headers.Remove(name);
            request.Headers.Add(name, value);
        }
    }

    /// <summary>A bot of Bolt's in a stand-in Slack, with the people there.</summary>
    private sealed class BoltBot(SlackStandIn slack, NodeJudge bot, SlackPeople people) : IAsyncDisposable
    {
        private const string SigningSecret = "signing-secret";

        public SlackStandIn Slack => slack;

        public SlackPeople People => people;

        public static async Task<BoltBot> StartAsync(bool overSocket)
        {
            var slack = await SlackStandIn.StartAsync();
            slack.AddUser("U1", "ana", "Ana");
            slack.AddUser("U2", "ben", "Ben");
            slack.AddChannel("C1", "ops", ["ana", "ben"]);
            var bot = NodeJudge.Start("slack-judges", "bot.mjs", overSocket ? "socket" : "http", slack.ApiUrl.AbsoluteUri, slack.Home.BotToken, overSocket ? SlackStandIn.AppToken : SigningSecret);
            var ready = await bot.SaysAsync();
            if (overSocket) return new(slack, bot, new SlackPeople(slack, slack.Address, SigningSecret).OverTheSocket());
            return new(slack, bot, new(slack, new($"http://127.0.0.1:{ready.GetProperty("port").GetInt32()}"), SigningSecret));
        }

        /// <summary>The next that it hears is this, and has at least these fields.</summary>
        public async Task Hears(string listener, string fields = "{}")
        {
            var heard = await bot.SaysAsync();
            Assert.Equal(listener, SlackJson.String(heard, "listener"));
            var expected = SlackJson.Parse(fields);
            Assert.Equal(JsonSerializer.Serialize(expected), JsonSerializer.Serialize(Cut(heard, expected)));
        }

        public async ValueTask DisposeAsync()
        {
            people.Dispose();
            await bot.DisposeAsync();
            await slack.DisposeAsync();
        }

        /// <summary>Of JSON what another has too.</summary>
        private static JsonElement Cut(JsonElement json, JsonElement like) => json.ValueKind == JsonValueKind.Object && like.ValueKind == JsonValueKind.Object
            ? SlackJson.Kept(new JsonObject(like.EnumerateObject().Where(property => json.TryGetProperty(property.Name, out _))
                .Select(property => KeyValuePair.Create<string, JsonNode?>(property.Name, JsonNode.Parse(Cut(json.GetProperty(property.Name), property.Value).GetRawText())))))
            : json;
    }
}
