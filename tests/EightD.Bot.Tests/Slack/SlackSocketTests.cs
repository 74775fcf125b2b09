using EightD.Bot.Tests.Conversations;

namespace EightD.Bot.Tests.Slack;

/// <summary>Socket Mode: nothing is lost while connections come and go.</summary>
public sealed class SlackSocketTests
{
    [Fact]
    public async Task A_new_connection_is_open_before_the_old_one_goes()
    {
        await using var room = await SlackRoom.OpenAsync(overSocket: true);
        await room.People.Commands("ana", "ops", "/8d start Checkout is down");
        await room.CardAsync();

        await room.Slack.Socket.DisconnectAsync("refresh_requested");
        await People.UntilAsync(() => Task.FromResult(room.Slack.Socket.Opened == 2), "a second one is open");
        Assert.Equal(2, room.Slack.Socket.Most);
        Assert.Equal(200, (await room.People.Commands("ana", "ops", "/8d note over either")).Status);

        await UntilAsync(room, () => room.Slack.Socket.Open.Count == 1, "the old one is closed");
        Assert.Equal(200, (await room.People.Commands("ana", "ops", "/8d note over the new one")).Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_connection_that_is_cut_or_falls_silent_is_replaced(bool isSilent)
    {
        await using var room = await SlackRoom.OpenAsync(overSocket: true);
        var first = room.Slack.Socket.Open[0];
        if (isSilent) first.GoSilent();
        else first.Drop();

        await UntilAsync(room, () => room.Slack.Socket.Opened >= 2 && room.Slack.Socket.Open.Any(connection => connection != first), "another one is open");

        Assert.Equal(200, (await room.People.Commands("ana", "ops", "/8d start Checkout is down")).Status);
    }

    [Fact]
    public async Task Where_there_are_too_many_it_waits_a_while()
    {
        await using var room = await SlackRoom.OpenAsync(overSocket: true);
        await room.Slack.Socket.DisconnectAsync("too_many_websockets");
        await room.Slack.Socket.Open[0].CloseAsync();
        await People.UntilAsync(() => Task.FromResult(room.Slack.Socket.Open.Count == 0), "it is closed");
        Assert.Equal(1, room.Slack.Socket.Opened);

        room.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(1, room.Slack.Socket.Opened);
        await UntilAsync(room, () => room.Slack.Socket.Opened == 2, "another one is open");
    }

    [Fact]
    public async Task Where_it_was_switched_off_nothing_is_opened_any_more()
    {
        await using var room = await SlackRoom.OpenAsync(overSocket: true);
        await room.Slack.Socket.DisconnectAsync("link_disabled");
        await UntilAsync(room, () => room.Slack.Socket.Open.Count == 0, "it is closed");
        for (var minute = 0; minute < 10; minute++) room.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, room.Slack.Socket.Opened);
        Assert.Single(room.Slack.CallsOf("apps.connections.open"));
    }

    [Fact]
    public async Task Where_Slack_opens_none_it_is_tried_again()
    {
        await using var room = await SlackRoom.OpenAsync(overSocket: true);
        room.Slack.Fault("apps.connections.open", SlackFault.Down(), times: 3);
        room.Slack.Socket.Open[0].Drop();
        await UntilAsync(room, () => room.Slack.Socket.Opened == 2, "another one is open");
        Assert.Equal(5, room.Slack.CallsOf("apps.connections.open").Count);
    }

    [Fact]
    public async Task What_comes_again_is_done_once_and_what_is_no_envelope_is_passed_over()
    {
        await using var room = await SlackRoom.OpenAsync(overSocket: true);
        await room.People.Commands("ana", "ops", "/8d start Checkout is down");
        await room.CardAsync();
        await room.Slack.Socket.Open[0].SendAsync("no JSON");
        await room.Slack.Socket.Open[0].SendAsync("""{"type":"something new"}""");

        var noted = await room.People.Commands("ana", "ops", "/8d note found it");
        var acks = room.Slack.Socket.Acks.Count;
        await room.Slack.Socket.RedeliverAsync(noted.Envelope!);
        await People.UntilAsync(() => Task.FromResult(room.Slack.Socket.Acks.Count == acks + 1), "it is acknowledged again");

        await room.Publishes("ana");
        Assert.Equal(2, (await room.ReportAsync("0001-checkout-is-down.md")).Split("found it").Length);
    }

    /// <summary>Waits while time passes by the bot's clock too.</summary>
    private static Task UntilAsync(SlackRoom room, Func<bool> isSo, string what) => People.UntilAsync(() =>
    {
        room.Clock.Advance(TimeSpan.FromSeconds(1));
        return Task.FromResult(isSo());
    }, what);
}
