using EightD.Bot.Channels;
using EightD.Bot.Storage;
using EightD.Bot.Tests.Conversations;
using EightD.Bot.Turns;

namespace EightD.Bot.Tests.Turns;

public sealed class DeliveryTests
{
    private static readonly DeliveryFailure Away = new("The network is down.", IsFinal: false), Gone = new("His account is gone.", IsFinal: true);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_who_cannot_be_reached_holds_up_nobody_else_and_gets_all_in_order_later()
    {
        await using var chat = await Chat.OpenAsync(FailingChannel.In);
        var channel = await StartAsync(chat);
        channel.Failing["person/ben"] = Away;

        await chat.Says("ben", "/8d note first");
        await chat.Says("ben", "/8d note second");
        await chat.Says("ana", "/8d note third");

        await People.UntilAsync(async () => (await chat.Sees("ana")).Exists(message => message.Text == "/8d note third"), "Ana's note is shown");
        Assert.DoesNotContain(await chat.Sees("ben"), message => message.From == "ben");
        channel.Failing.Clear();
        await People.UntilAsync(async () => (await chat.Sees("ben")).Exists(message => message.Text == "/8d note second"), "Ben's notes are shown");
        Assert.Equal(["/8d note first", "/8d note second"], (await chat.Sees("ben")).Where(message => message.From == "ben").Select(message => message.Text));
        Assert.Empty(await KeysAsync(chat, Keys.AllDead));
    }

    [Fact]
    public async Task A_card_that_could_not_be_posted_follows_with_what_stands_behind_it()
    {
        await using var chat = await Chat.OpenAsync(FailingChannel.In);
        var channel = (FailingChannel)chat.Part<IChannel>();
        channel.Failing["conversation"] = Away;
        await chat.Says("ana", "/8d start Checkout is down");
        await People.UntilAsync(() => Task.FromResult(channel.Refused > 0), "the card could not be posted");

        channel.Failing.Clear();

        await chat.CardAsync();
        await chat.IsAsked("D0: Problem discovered");
    }

    [Fact]
    public async Task A_card_that_was_just_drawn_is_left_for_a_while_and_then_drawn_once_as_it_is_by_then()
    {
        await using var chat = await Chat.OpenAsync(FailingChannel.In);
        var channel = await StartAsync(chat);
        await chat.Says("ana", "/8d set title Nobody can pay");
        await People.UntilAsync(async () => (await chat.CardAsync()).Card!.Title.Contains("Nobody can pay", StringComparison.Ordinal), "the card has the new title");
        var drawn = channel.Drawn;
        channel.Rest = TimeSpan.FromSeconds(2);

        foreach (var title in (string[])["One", "Two", "Three", "Four", "Five", "Six"]) await chat.Says("ana", $"/8d set title {title}");

        await People.UntilAsync(async () => (await chat.CardAsync()).Card!.Title.Contains("Six", StringComparison.Ordinal), "the card has the last title");
        Assert.InRange(channel.Drawn - drawn, 1, 2);
        await People.UntilAsync(async () => await chat.Part<IncidentStore>().LatestAsync(new("playground", "ops"), Cancel) is { Incident.Outbox.IsEmpty: true }, "nothing is left to draw");
    }

    [Fact]
    public async Task A_card_that_waits_to_be_drawn_is_drawn_before_the_process_ends()
    {
        var chat = await Chat.OpenAsync(FailingChannel.In);
        var channel = await StartAsync(chat);
        channel.Rest = TimeSpan.FromHours(1);
        foreach (var title in (string[])["One", "Two", "Three"]) await chat.Says("ana", $"/8d set title {title}");

        await using var next = await chat.RestartAsync(async store =>
        {
            await foreach (var (key, _) in store.ListAsync("incident/", null, Cancel)) Assert.Empty(IncidentBlob.Read(key, (await store.GetAsync(key, Cancel))!.Value.Content).Outbox);
        });

        Assert.Contains("Three", (await next.CardAsync()).Card!.Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_of_no_use_to_try_again_waits_for_a_persons_word()
    {
        await using var chat = await Chat.OpenAsync(FailingChannel.In, settings: "--Metrics:Prometheus=true");
        var channel = await StartAsync(chat);
        channel.Failing["person/ben"] = Gone;
        await chat.Says("ben", "/8d note found it");
        await People.UntilAsync(async () => (await KeysAsync(chat, Keys.AllDead)).Count > 0, "it is given up");
        var refused = channel.Refused;

        await chat.Says("ana", "/8d status");
        Said? status = null;
        await People.UntilAsync(async () => (status = (await chat.IsTold("ana")).LastOrDefault()) is not null, "Ana is told the status");
        Assert.Contains("for ben: His account is gone.", status!.Text, StringComparison.Ordinal);
        chat.Clock.Advance(TimeSpan.FromMinutes(2));
        await People.UntilAsync(async () => (await chat.Http.GetStringAsync(new Uri(chat.Address, "/metrics"), Cancel)).Contains($"\neightd_dead_letters {refused}\n", StringComparison.Ordinal), "the metric counts it");
        Assert.Equal(refused, channel.Refused);

        channel.Failing.Clear();
        await chat.Presses("ana", status, "Try again");
        await People.UntilAsync(async () => (await chat.Sees("ben")).Exists(message => message.Text == "/8d note found it"), "Ben's note is shown");
        await People.UntilAsync(async () => (await KeysAsync(chat, Keys.AllDead)).Count == 0, "no note of it is left");
    }

    [Fact]
    public async Task After_a_day_it_is_given_up()
    {
        await using var chat = await Chat.OpenAsync(FailingChannel.In);
        var channel = await StartAsync(chat);
        channel.Failing["person/ben"] = Away;
        await chat.Says("ben", "/8d note found it");
        await People.UntilAsync(() => Task.FromResult(channel.Refused > 3), "it was tried more than once");
        Assert.Empty(await KeysAsync(chat, Keys.AllDead));

        chat.Clock.Advance(TimeSpan.FromHours(25));

        await People.UntilAsync(async () => (await KeysAsync(chat, Keys.AllDead)).Count > 0, "it is given up");
    }

    private static async Task<FailingChannel> StartAsync(Chat chat)
    {
        await chat.Says("ana", "/8d start Checkout is down");
        return (FailingChannel)chat.Part<IChannel>();
    }

    private static async Task<List<string>> KeysAsync(Chat chat, string prefix) =>
        await chat.Part<IBlobStore>().ListAsync(prefix, null, Cancel).Select(listed => listed.Key).ToListAsync(Cancel);
}
