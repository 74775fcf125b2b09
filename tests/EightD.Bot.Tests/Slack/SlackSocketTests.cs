using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using EightD.Bot.Tests.Conversations;

namespace EightD.Bot.Tests.Slack;

/// <summary>Socket Mode as slack-protocol.md, section 6, has it.</summary>
public sealed class SlackSocketTests : IAsyncLifetime
{
    private SlackStandIn slack = null!;
    private SlackPeople people = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        slack = await SlackStandIn.StartAsync();
        slack.AddUser("U1", "ana", "Ana");
        slack.AddChannel("C1", "ops", ["ana"]);
        people = new SlackPeople(slack, slack.Address, "no secret").OverTheSocket();
    }

    public async ValueTask DisposeAsync()
    {
        people.Dispose();
        await slack.DisposeAsync();
    }

    [Theory]
    [InlineData(null, "not_authed")]
    [InlineData("xoxb-T0001-1", "not_allowed_token_type")]
    [InlineData("xapp-other", "invalid_auth")]
    public async Task A_connection_is_for_the_apps_token(string? token, string error) => Assert.Equal(error, SlackJson.String(await OpenAsync(token), "error"));

    [Fact]
    public async Task A_ticket_is_good_for_one_connection_that_is_greeted()
    {
        var address = new Uri(SlackJson.String(await OpenAsync(SlackStandIn.AppToken), "url")!);
        using var socket = await ConnectAsync(address);
        var hello = await HearAsync(socket);
        Assert.Equal(("hello", "A0001", 1), (SlackJson.String(hello, "type"), SlackJson.String(hello.GetProperty("connection_info"), "app_id"), hello.GetProperty("num_connections").GetInt32()));
        await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync(address));
    }

    [Fact]
    public async Task A_command_is_an_envelope_whose_ack_may_answer()
    {
        using var socket = await GreetedAsync();
        var typing = people.Commands("ana", "ops", "/8d status");
        var envelope = await HearAsync(socket);
        Assert.Equal(("slash_commands", "/8d"), (SlackJson.String(envelope, "type"), SlackJson.String(envelope.GetProperty("payload"), "command")));
        Assert.True(envelope.GetProperty("accepts_response_payload").GetBoolean());
        await SayAsync(socket, $$$"""{"envelope_id":"{{{SlackJson.String(envelope, "envelope_id")}}}","payload":{"text":"None."}}""");
        Assert.Equal(200, (await typing).Status);
        Assert.Equal("None.", Assert.Single(people.IsTold("ana", "ops")).Text);
        Assert.Single(slack.Socket.Acks);
        slack.AssertNoComplaints();
    }

    [Fact]
    public async Task An_event_accepts_no_payload_and_comes_again_as_it_was()
    {
        using var socket = await GreetedAsync();
        var posting = people.Posts("ana", "ops", "hello");
        var first = await HearAsync(socket);
        Assert.Equal("events_api", SlackJson.String(first, "type"));
        await SayAsync(socket, $$$"""{"envelope_id":"{{{SlackJson.String(first, "envelope_id")}}}","payload":{"text":"a"}}""");
        var answer = (await posting).Answer!;
        Assert.Single(slack.Complaints);
        Assert.True(await slack.Socket.RedeliverAsync(answer.Envelope!));
        Assert.Equal(first.GetRawText(), (await HearAsync(socket)).GetRawText());
    }

    [Fact]
    public async Task A_retry_of_an_event_says_so_in_another_envelope()
    {
        using var socket = await GreetedAsync();
        var posting = people.Posts("ana", "ops", "hello");
        var first = await HearAsync(socket);
        await AckAsync(socket, first);
        var again = people.Delivery.AgainAsync((await posting).Answer!, attempt: 1, reason: "timeout");
        var second = await HearAsync(socket);
        await AckAsync(socket, second);
        await again;
        Assert.Equal((1, "timeout"), (second.GetProperty("retry_attempt").GetInt32(), SlackJson.String(second, "retry_reason")));
        Assert.Equal(first.GetProperty("payload").GetRawText(), second.GetProperty("payload").GetRawText());
        Assert.NotEqual(SlackJson.String(first, "envelope_id"), SlackJson.String(second, "envelope_id"));
    }

    [Fact]
    public async Task Nothing_is_delivered_while_nothing_is_connected() => Assert.Equal(0, (await people.Commands("ana", "ops", "/8d")).Status);

    [Theory]
    [InlineData("warning")]
    [InlineData("refresh_requested")]
    [InlineData("link_disabled")]
    [InlineData("too_many_websockets")]
    public async Task The_bot_is_told_to_go(string reason)
    {
        using var socket = await GreetedAsync();
        await slack.Socket.DisconnectAsync(reason);
        var told = await HearAsync(socket);
        Assert.Equal(("disconnect", reason), (SlackJson.String(told, "type"), SlackJson.String(told, "reason")));
    }

    [Fact]
    public async Task Connections_are_counted()
    {
        using (var first = await GreetedAsync())
        using (var second = await GreetedAsync())
        {
            Assert.Equal(2, slack.Socket.Open.Count);
            await first.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Cancel);
        }

        await People.UntilAsync(() => Task.FromResult(slack.Socket.Open.Count == 0));
        Assert.Equal((2, 2), (slack.Socket.Most, slack.Socket.Opened));
    }

    [Fact]
    public async Task A_connection_may_be_dropped()
    {
        using var socket = await GreetedAsync();
        slack.Socket.Open[0].Drop();
        await Assert.ThrowsAnyAsync<WebSocketException>(() => HearAsync(socket));
    }

    [Fact]
    public async Task A_silent_connection_answers_no_ping_and_a_live_one_does()
    {
        using var live = await GreetedAsync(ping: TimeSpan.FromMilliseconds(200));
        var hearing = HearAsync(live);
        await Task.Delay(1_000, Cancel);
        Assert.False(hearing.IsCompleted);
        slack.Socket.Open[0].GoSilent();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hearing.WaitAsync(TimeSpan.FromSeconds(20), Cancel));
    }

    private static async Task<ClientWebSocket> ConnectAsync(Uri address, TimeSpan? ping = null)
    {
        ClientWebSocket socket = new();
        if (ping is { } interval)
        {
            socket.Options.KeepAliveInterval = interval;
            socket.Options.KeepAliveTimeout = interval * 2;
        }

        await socket.ConnectAsync(address, Cancel);
        return socket;
    }

    private static async Task<JsonElement> HearAsync(ClientWebSocket socket)
    {
        using MemoryStream all = new();
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var got = await socket.ReceiveAsync(buffer, Cancel);
            await all.WriteAsync(buffer.AsMemory(0, got.Count), Cancel);
            if (got.EndOfMessage) return SlackJson.Parse(Encoding.UTF8.GetString(all.ToArray()));
        }
    }

    private static Task SayAsync(ClientWebSocket socket, string text) => socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, Cancel);

    private static Task AckAsync(ClientWebSocket socket, JsonElement envelope) => SayAsync(socket, $$"""{"envelope_id":"{{SlackJson.String(envelope, "envelope_id")}}"}""");

    private async Task<ClientWebSocket> GreetedAsync(TimeSpan? ping = null)
    {
        var socket = await ConnectAsync(new(SlackJson.String(await OpenAsync(SlackStandIn.AppToken), "url")!), ping);
        await HearAsync(socket);
        return socket;
    }

    private async Task<JsonElement> OpenAsync(string? token)
    {
        using HttpClient http = new();
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri(slack.ApiUrl, "apps.connections.open"));
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await http.SendAsync(request, Cancel);
        return SlackJson.Parse(await answer.Content.ReadAsStringAsync(Cancel));
    }
}
