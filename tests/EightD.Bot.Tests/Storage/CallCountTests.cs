using System.Globalization;
using EightD.Bot.Due;
using EightD.Bot.Settings;
using EightD.Bot.Storage;
using EightD.Bot.Tests.Conversations;
using EightD.Bot.Turns;
using EightD.Reports.Templates;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace EightD.Bot.Tests.Storage;

/// <summary>What the bot asks of its store, by count: on Azure each call costs time and money.</summary>
public sealed class CallCountTests(AzuriteServer azurite, ITestOutputHelper output)
{
    private static readonly string[] Two = ["ana", "ben"];
    private static readonly DateTimeOffset Long = new(2034, 12, 20, 9, 15, 0, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_turn_alone_costs_at_most_two_reads_and_three_writes()
    {
        await using var chat = await OnAzureAsync();
        var store = Store(chat);
        await chat.Says("ana", "/8d start Checkout is down");
        await chat.CardAsync();
        foreach (var text in new[] { "first", "second", "third" })
        {
            await IdleAsync(chat);
            store.Reset();
            await chat.Says("ana", $"/8d note {text}");
            await IdleAsync(chat);

            output.WriteLine($"{text}: {store.Asked}; {store.TalkWrites} writes of talk");
            Assert.InRange(store.Reads, 0, 2);
            Assert.InRange(store.Writes, 1, 3);
        }
    }

    [Fact]
    public async Task Under_load_a_turn_costs_at_most_one_and_a_half_writes()
    {
        const int conversations = 16, turns = 40;
        await using var chat = await OnAzureAsync();
        foreach (var room in Enumerable.Range(0, conversations)) await chat.Says("ana", "/8d start Checkout is down", $"room{room}");
        foreach (var room in Enumerable.Range(0, conversations)) await IdleAsync(chat, $"room{room}");
        var store = Store(chat);
        store.Reset();

        await Task.WhenAll(Enumerable.Range(0, conversations).SelectMany(room => Two, (room, who) => Task.Run(async () =>
        {
            for (var turn = 0; turn < turns / 2; turn++) await chat.Says(who, $"/8d note {turn}", $"room{room}");
        })));

        output.WriteLine($"{conversations * turns} turns: {store.Asked}; {(double)store.Writes / (conversations * turns):0.00} writes a turn and {(double)store.TalkWrites / (conversations * turns):0.00} of talk");
        Assert.InRange((double)store.Writes / (conversations * turns), 0.01, 1.5);
        Assert.InRange(store.Reads, 0, conversations * turns * 2);
    }

    [Fact]
    public async Task An_idle_sweep_costs_the_same_however_many_8Ds_and_markers_there_are()
    {
        var (few, many) = (1000, Environment.GetEnvironmentVariable("EIGHTD_LONG") is null ? 30_000 : 1_000_000);
        await using var chat = await Chat.OpenAsync(Counted);
        var store = Store(chat);
        var sweep = chat.Part<IEnumerable<IHostedService>>().OfType<DueSweep>().Single();

        await FillAsync(chat, 0, few);
        var cheap = await AskedAsync(store, () => sweep.SweepAsync(chat.Clock.GetUtcNow(), Cancel));
        await FillAsync(chat, few, many);
        var dear = await AskedAsync(store, () => sweep.SweepAsync(chat.Clock.GetUtcNow(), Cancel));

        output.WriteLine($"{few}: {cheap}\n{many}: {dear}");
        Assert.Equal(cheap, dear);
        Assert.Equal((2, 1), store.Listed); // what is due, of which the first is later; what was given up
    }

    [Fact]
    public async Task List_show_link_and_my_actions_cost_the_same_at_a_hundred_and_at_a_hundred_thousand_8Ds()
    {
        var (few, many) = (100, Environment.GetEnvironmentVariable("EIGHTD_LONG") is null ? 5_000 : 100_000);
        await using var chat = await Chat.OpenAsync(Counted);
        await chat.Says("ana", "/8d start Checkout is down");
        await chat.Says("ana", "/8d action add Restart it @ana by 2024-12-24");
        await chat.CardAsync();

        await FillAsync(chat, 1, few);
        var cheap = await AskedAsync("/8d show 7", "/8d link 17", "/8d actions mine", "/8d list");
        await FillAsync(chat, few, many);
        var dear = await AskedAsync($"/8d show {many / 2}", $"/8d link {many / 3}", "/8d actions mine", "/8d list");

        output.WriteLine($"{few}: {string.Join(" | ", cheap)}\n{many}: {string.Join(" | ", dear)}");
        Assert.Equal(cheap, dear);

        async Task<List<string>> AskedAsync(params string[] commands)
        {
            List<string> asked = [];
            foreach (var command in commands)
            {
                await IdleAsync(chat);
                asked.Add(await CallCountTests.AskedAsync(Store(chat), async () =>
                {
                    await chat.Says("ana", command);
                    await IdleAsync(chat);
                    if (command.StartsWith("/8d link ", StringComparison.Ordinal)) await IsSavedAsync(chat, incidents => incidents.ByNumberAsync("playground", int.Parse(command.Split(' ')[2], CultureInfo.InvariantCulture), Cancel));
                }));
            }

            return asked;
        }
    }

    private static CountingStore Store(Chat chat) => (CountingStore)chat.Part<IBlobStore>();

    private static void Counted(WebApplicationBuilder builder) =>
        builder.Services.AddSingleton<IBlobStore>(services => new CountingStore(SqliteBlobStore.Open(services.GetRequiredService<BotSettings>().StoragePath)));

    private async Task<Chat> OnAzureAsync()
    {
        var container = AzuriteServer.NewContainer();
        var store = await azurite.OpenAsync(container);
        return await Chat.OpenAsync(builder => builder.Services.AddSingleton<IBlobStore>(new CountingStore(store)), settings: await azurite.SettingsAsync(container));
    }

    private static async Task<string> AskedAsync(CountingStore store, Func<Task> what)
    {
        store.Reset();
        await what();
        return store.Asked;
    }

    /// <summary>Waits until an 8D has delivered everything and its outcomes are saved.</summary>
    private static async Task IdleAsync(Chat chat, string room = "ops")
    {
        await chat.Part<TurnHandler>().SettledAsync(new("playground", room));
        await IsSavedAsync(chat, incidents => incidents.LatestAsync(new("playground", room), Cancel));
    }

    /// <summary>Waits until the outcomes of an 8D's deliveries are saved.</summary>
    private static Task IsSavedAsync(Chat chat, Func<IncidentStore, ValueTask<StoredIncident?>> of) => People.UntilAsync(async () =>
    {
        using var incidents = new IncidentStore(Store(chat).Uncounted, NullLogger<IncidentStore>.Instance, new(), TimeProvider.System);
        return await of(incidents) is { Incident.Outbox.IsEmpty: true };
    }, "all is delivered");

    /// <summary>Writes 8Ds with a marker each that is due in years.</summary>
    private static Task FillAsync(Chat chat, int after, int until)
    {
        var store = Store(chat).Uncounted;
        return FilledStore.FillAsync(store, after, until, Template.BuiltIn[0].Text, async incident =>
            await store.TryPutAsync(Keys.DueMarker(Long.AddMinutes(incident.Number), incident.Home.Tenant, [incident.Id], "ring"), default, PutIf.Any, Cancel));
    }
}
