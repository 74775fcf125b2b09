using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using EightD.Bot.Tests.Conversations;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace EightD.Bot.Tests.Slack;

/// <summary>Requests that are not Slack's, or are bent: they are refused without a word, change nothing, and none of what they hold is logged (slack-protocol.md, section 1).</summary>
public sealed class SlackAttackTests
{
    private const string Signature = "X-Slack-Signature", Time = "X-Slack-Request-Timestamp", Form = "application/x-www-form-urlencoded", Json = "application/json";

    /// <summary>What stands in each body, and nowhere else.</summary>
    private const string Canary = "canary";

    public static TheoryData<string> Bent =>
    [
        "wrong signature", "no signature", "empty signature", "two signatures in one line", "no time", "empty time", "time with a sign", "time with a fraction", "time in words", "time with a blank", "time beyond a long",
        "301 seconds old", "301 seconds ahead", "v1", "no version", "upper case", "one byte more", "one byte else", "another time", "another secret",
    ];

    [Theory]
    [MemberData(nameof(Bent))]
    public async Task What_is_not_signed_by_Slack_just_now_is_refused_at_every_address(string how)
    {
        using var log = new KeptLog();
        await using var room = await OpenAsync(log);
        foreach (var sent in All())
        {
            using var request = Bend(room, sent, how);
            await IsRefusedAsync(room, request, HttpStatusCode.Unauthorized);
        }

        NothingHappened(room, log);
    }

    [Theory]
    [InlineData(Signature)]
    [InlineData(Time)]
    public async Task A_header_that_stands_there_twice_is_refused(string header)
    {
        using var log = new KeptLog();
        await using var room = await OpenAsync(log);
        using var request = room.People.Delivery.Signed(Command());

        Assert.StartsWith("HTTP/1.1 401 ", await RawAsync(room, request, Command().Body, twice: header), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200 ", await RawAsync(room, request, Command().Body, twice: null), StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, log.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(-300)]
    [InlineData(300)]
    public async Task Three_hundred_seconds_are_accepted(int seconds)
    {
        await using var room = await SlackRoom.OpenAsync();
        using var request = room.People.Delivery.Signed(Command(), room.Clock.GetUtcNow().AddSeconds(seconds));
        using var http = new HttpClient();
        using var answer = await http.SendAsync(request, People.Cancel);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains(Canary, (await room.CardAsync()).Shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_is_sent_once_more_with_its_signature_does_nothing_twice()
    {
        await using var room = await SlackRoom.OpenAsync();
        using var http = new HttpClient();
        using var start = room.People.Delivery.Signed(Command());
        using var again = room.People.Delivery.Signed(Command());
        Assert.Equal(HttpStatusCode.OK, (await http.SendAsync(start, People.Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.SendAsync(again, People.Cancel)).StatusCode);

        var question = await room.IsAsked("D0: Problem discovered");
        var noted = await room.People.Commands("ana", "ops", "/8d note The primary is read-only");
        await room.People.Delivery.AgainAsync(noted);
        var skipped = await room.People.Presses("ana", question, "Skip");
        await room.People.Delivery.AgainAsync(skipped);
        await room.IsAsked("D0: Impact");
        var reply = await room.Answers("ana", "Nobody can pay");
        await room.People.Delivery.AgainAsync(reply.Answer!);

        await room.IsAsked("D3: Immediate actions taken");
        await room.Publishes("ana");
        var report = await room.ReportAsync("0001-canary.md");
        Assert.Equal(2, report.Split("The primary is read-only").Length);
        Assert.Equal(2, report.Split("Nobody can pay").Length);
        Assert.DoesNotContain(room.People.IsTold("ana", "ops"), told => told.Shown.Contains("open already", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/slack/commands", "ssl_check=1&team_id=T0001&channel_id=C0001&user_id=U0001&command=%2F8d&text=start+canary&trigger_id=1.2.3&response_url=http%3A%2F%2F127.0.0.1%3A9%2Fcanary", 200)]
    [InlineData("/slack/commands", "token=canary&ssl_check=1", 200)]
    [InlineData("/slack/commands", "ssl_check=0&text=canary", 401)]
    [InlineData("/slack/commands", "ssl_check=true&text=canary", 401)]
    [InlineData("/slack/commands", "ssl_check=11&text=canary", 401)]
    [InlineData("/slack/commands", "ssl_check=&text=canary", 401)]
    [InlineData("/slack/commands?ssl_check=1", "text=canary", 401)]
    [InlineData("/slack/interactivity", "ssl_check=1&payload=%7B%22type%22%3A%22canary%22%7D", 401)]
    [InlineData("/slack/events", "ssl_check=1&text=canary", 401)]
    [InlineData("/slack/events", """{"ssl_check":1,"type":"url_verification","challenge":"canary"}""", 401)]
    public async Task A_check_of_the_certificate_is_answered_and_opens_no_way_round_the_signature(string path, string body, int status)
    {
        using var log = new KeptLog();
        await using var room = await OpenAsync(log);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(room.Address, path)) { Content = new StringContent(body, Encoding.UTF8, path == "/slack/events" ? Json : Form) };

        await IsRefusedAsync(room, request, (HttpStatusCode)status);
        NothingHappened(room, log);
    }

    [Fact]
    public async Task A_check_of_the_certificate_that_is_signed_wrongly_is_refused()
    {
        using var log = new KeptLog();
        await using var room = await OpenAsync(log);
        using var request = Bend(room, Command() with { Body = $"ssl_check=1&{Command().Body}" }, "wrong signature");

        await IsRefusedAsync(room, request, HttpStatusCode.Unauthorized);
        NothingHappened(room, log);
    }

    [Fact]
    public async Task Content_of_another_kind_than_the_address_takes_is_refused()
    {
        using var log = new KeptLog();
        await using var room = await OpenAsync(log);
        foreach (var sent in All())
        {
            using var request = room.People.Delivery.Signed(sent with { ContentType = sent.ContentType == Json ? Form : Json });
            await IsRefusedAsync(room, request, HttpStatusCode.BadRequest);
        }

        NothingHappened(room, log);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_of_ten_megabytes_is_refused_and_the_bot_goes_on(bool inChunks)
    {
        using var log = new KeptLog();
        await using var room = await OpenAsync(log);
        foreach (var sent in All())
        {
            using var request = room.People.Delivery.Signed(sent with { Body = sent.Body + new string('x', 10 * 1024 * 1024) });
            request.Headers.TransferEncodingChunked = inChunks;
            await IsRefusedAsync(room, request, HttpStatusCode.RequestEntityTooLarge);
        }

        NothingHappened(room, log);
        await room.People.Commands("ana", "ops", "/8d start Checkout is down");
        await room.CardAsync();
    }

    [Theory]
    [InlineData("deep")]
    [InlineData("deep in what is not read")]
    [InlineData("deep in blocks")]
    [InlineData("no JSON")]
    [InlineData("half of it")]
    [InlineData("nothing")]
    [InlineData("null")]
    [InlineData("a list")]
    [InlineData("another type")]
    public async Task What_cannot_be_read_is_refused(string how)
    {
        using var log = new KeptLog();
        await using var room = await OpenAsync(log);
        var deep = string.Concat(Enumerable.Repeat("[", 10_000)) + "\"canary\"" + new string(']', 10_000);
        var body = how switch
        {
            "deep" => deep,
            "deep in what is not read" => $$"""{"type":"event_callback","canary":{{deep}} }""",
            "deep in blocks" => $$"""{"type":"event_callback","event":{"type":"message","blocks":{{deep}} } }""",
            "no JSON" => "canary",
            "half of it" => """{"type":"canary""",
            "nothing" => "",
            "null" => "null",
            "a list" => """["canary"]""",
            _ => """{"type":{"canary":1}}""",
        };
        foreach (var sent in (SlackSent[])[Event() with { Body = body }, Interaction() with { Body = $"payload={Uri.EscapeDataString(body)}" }])
        {
            using var request = room.People.Delivery.Signed(sent);
            await IsRefusedAsync(room, request, HttpStatusCode.BadRequest);
        }

        NothingHappened(room, log);
    }

    [Theory]
    [InlineData("text=canary")]
    [InlineData("team_id=T0001&channel_id=C0001&user_id=U0001&command=%2F8d&text=start+canary")]
    [InlineData("")]
    [InlineData("%")]
    [InlineData("many fields")]
    public async Task A_command_that_lacks_something_is_refused(string body)
    {
        using var log = new KeptLog();
        await using var room = await OpenAsync(log);
        using var request = room.People.Delivery.Signed(Command() with { Body = body == "many fields" ? string.Join('&', Enumerable.Range(0, 10_000).Select(number => $"canary{number}=1")) : body });

        await IsRefusedAsync(room, request, HttpStatusCode.BadRequest);
        NothingHappened(room, log);
    }

    [Fact]
    public async Task What_is_for_another_workspace_is_refused()
    {
        using var log = new KeptLog();
        await using var room = await OpenAsync(log);
        foreach (var sent in All())
        {
            using var request = room.People.Delivery.Signed(sent with { Body = sent.Body.Replace("T0001", "T9999", StringComparison.Ordinal) });
            await IsRefusedAsync(room, request, HttpStatusCode.Unauthorized);
        }

        NothingHappened(room, log);
    }

    [Fact]
    public async Task A_form_that_another_workspaces_app_opened_is_refused()
    {
        using var log = new KeptLog();
        await using var room = await OpenAsync(log);
        var payload = new JsonObject
        {
            ["type"] = "view_submission",
            ["team"] = new JsonObject { ["id"] = "T0001" },
            ["user"] = new JsonObject { ["id"] = "U0001", ["team_id"] = "T0001" },
            ["trigger_id"] = "1.2.3",
            ["view"] = new JsonObject { ["id"] = "V1", ["hash"] = "h", ["callback_id"] = "form", ["app_installed_team_id"] = "T9999", ["private_metadata"] = """{"form":"start","channel":"C0001"}""" },
        };
        using var request = room.People.Delivery.Signed(Interaction() with { Body = $"payload={Uri.EscapeDataString(payload.ToJsonString())}" });

        await IsRefusedAsync(room, request, HttpStatusCode.Unauthorized);
        NothingHappened(room, log);
    }

    [Theory]
    [InlineData(true, 200)]
    [InlineData(false, 401)]
    public async Task The_address_of_events_is_proved_where_Slack_asks_for_it_with_its_signature(bool isSigned, int status)
    {
        await using var room = await SlackRoom.OpenAsync();
        using var request = Bend(room, Event() with { Body = """{"token":"x","type":"url_verification","challenge":"3eZ \" ä"}""" }, isSigned ? "nothing" : "no signature");
        using var http = new HttpClient();
        using var answer = await http.SendAsync(request, People.Cancel);
        var body = await answer.Content.ReadAsStringAsync(People.Cancel);

        Assert.Equal(status, (int)answer.StatusCode);
        if (isSigned) Assert.Equal("3eZ \" ä", JsonNode.Parse(body)!["challenge"]!.GetValue<string>());
        else Assert.Empty(body);
    }

    private static Task<SlackRoom> OpenAsync(KeptLog log) => SlackRoom.OpenAsync(adjust: builder => Keep(builder, log), settings: "--Logging:LogLevel:Default=Trace");

    private static void Keep(WebApplicationBuilder builder, KeptLog log) => builder.Logging.AddProvider(log);

    private static IEnumerable<SlackSent> All() => [Command(), Interaction(), Event()];

    private static SlackSent Command() => Sent("/slack/commands", Form,
        "team_id=T0001&team_domain=t0001&channel_id=C0001&channel_name=ops&user_id=U0001&user_name=ana&command=%2F8d&text=start+canary&trigger_id=1.2.3");

    private static SlackSent Interaction() => Sent("/slack/interactivity", Form, $"payload={Uri.EscapeDataString("""
        {"type":"block_actions","team":{"id":"T0001"},"user":{"id":"U0001","team_id":"T0001","username":"canary"},"trigger_id":"1.2.3","channel":{"id":"C0001"},
        "container":{"type":"message","message_ts":"1.2","channel_id":"C0001"},"actions":[{"type":"button","action_id":"note~0","value":"canary"}]}
        """)}");

    private static SlackSent Event() => Sent("/slack/events", Json, """
        {"type":"event_callback","team_id":"T0001","event_id":"Ev1","authorizations":[{"team_id":"T0001","user_id":"UBOTT0001"}],
        "event":{"type":"app_mention","channel":"C0001","user":"U0001","ts":"1734686100.000100","text":"<@UBOTT0001> start canary"}}
        """);

    private static SlackSent Sent(string path, string type, string body) => new() { Path = path, ContentType = type, Body = body, SocketType = "", Payload = "{}" };

    private static HttpRequestMessage Bend(SlackRoom room, SlackSent sent, string how)
    {
        var now = room.Clock.GetUtcNow();
        var request = how == "another secret"
            ? new SlackDelivery(room.Slack, room.Address, "another-secret").Signed(sent)
            : room.People.Delivery.Signed(sent, how switch { "301 seconds old" => now.AddSeconds(-301), "301 seconds ahead" => now.AddSeconds(301), _ => now });
        var signature = request.Headers.GetValues(Signature).Single();
        switch (how)
        {
            case "wrong signature": Put(Signature, "v0=" + new string('0', 64)); break;
            case "no signature": Put(Signature, null); break;
            case "empty signature": Put(Signature, ""); break;
            case "two signatures in one line": Put(Signature, $"{signature}, {signature}"); break;
            case "v1": Put(Signature, "v1" + signature[2..]); break;
            case "no version": Put(Signature, signature[3..]); break;
            case "upper case": Put(Signature, "v0=" + signature[3..].ToUpperInvariant()); break;
            case "no time": Put(Time, null); break;
            case "empty time": Resign(""); break;
            case "time with a sign": Resign($"+{now.ToUnixTimeSeconds()}"); break;
            case "time with a fraction": Resign($"{now.ToUnixTimeSeconds()}.0"); break;
            case "time in words": Resign("now"); break;
            case "time with a blank": Resign($"{now.ToUnixTimeSeconds()} 0"); break;
            case "time beyond a long": Resign($"{now.ToUnixTimeSeconds()}0000000000000"); break;
            case "another time": Put(Time, (now.ToUnixTimeSeconds() + 1).ToString(CultureInfo.InvariantCulture)); break;
            case "one byte more": PutBytes([.. Encoding.UTF8.GetBytes(sent.Body), (byte)' ']); break;
            case "one byte else": PutBytes([(byte)'x', .. Encoding.UTF8.GetBytes(sent.Body)[1..]]); break;
        }

        return request;

        void Put(string header, string? value)
        {
            request.Headers.Remove(header);
            if (value is not null) request.Headers.TryAddWithoutValidation(header, value);
        }

        void Resign(string time)
        {
            Put(Time, time);
            byte[] signed = [.. Encoding.ASCII.GetBytes($"v0:{time}:"), .. Encoding.UTF8.GetBytes(sent.Body)];
            Put(Signature, $"v0={Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData(Encoding.UTF8.GetBytes(SlackRoom.SigningSecret), signed))}");
        }

        void PutBytes(byte[] body)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(sent.ContentType);
        }
    }

    /// <summary>Sends a request by hand, with one header doubled.</summary>
    private static async Task<string> RawAsync(SlackRoom room, HttpRequestMessage request, string body, string? twice)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(room.Address.Host, room.Address.Port, People.Cancel);
        StringBuilder head = new($"POST {request.RequestUri!.AbsolutePath} HTTP/1.1\r\nHost: {room.Address.Authority}\r\nConnection: close\r\nContent-Type: {Form}\r\nContent-Length: {body.Length}\r\n");
        foreach (var (name, values) in request.Headers)
        {
            var line = $"{name}: {values.Single()}\r\n";
            head.Append(line).Append(name == twice ? line : "");
        }

        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes($"{head}\r\n{body}"), People.Cancel);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(People.Cancel);
    }

    private static async Task IsRefusedAsync(SlackRoom room, HttpRequestMessage request, HttpStatusCode status)
    {
        using var http = new HttpClient();
        using var answer = await http.SendAsync(request, People.Cancel);

        Assert.Equal((status, ""), (answer.StatusCode, await answer.Content.ReadAsStringAsync(People.Cancel)));
        Assert.Empty(room.People.Sees("ana", "ops"));
    }

    /// <summary>Nothing was said, opened or asked for, and none of it is logged.</summary>
    private static void NothingHappened(SlackRoom room, KeptLog log)
    {
        Assert.DoesNotContain(room.Slack.Calls, call => call.Method is not "auth.test");
        Assert.Empty(room.People.Sees("ana", "ops"));
        Assert.NotEmpty(log.Text);
        Assert.DoesNotContain(Canary, log.Text, StringComparison.OrdinalIgnoreCase);
    }
}
