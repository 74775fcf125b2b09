using EightD.Bot.Channels;
using EightD.Bot.Storage;
using EightD.Bot.Tests.Conversations;
using EightD.Bot.Tests.Storage;
using EightD.Bot.Turns;
using EightD.Incidents;
using Microsoft.Extensions.Time.Testing;

namespace EightD.Bot.Tests.Turns;

/// <summary>As long as a process has something to deliver, a marker of its stands in the store; who lives keeps what it claimed.</summary>
public sealed class BusyMarkersTests(AzuriteServer azurite)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_marker_that_is_filed_anew_in_its_own_minute_stays()
    {
        await using var chat = await OpenAsync();
        var process = new Process(chat);
        var busy = await BusyAsync(chat, process);
        process.Clock.Advance(TimeSpan.FromSeconds(5)); // five past the minute: due at 35 past it
        await process.Markers.MarkAsync(busy, Cancel);
        process.Clock.Advance(TimeSpan.FromSeconds(5));
        process.Markers.Note(busy with { Outbox = [] });
        await process.Markers.MarkAsync(busy, Cancel);

        for (var second = 0; second < 120; second++)
        {
            process.Clock.Advance(TimeSpan.FromSeconds(1));
            await process.Markers.TidyAsync(Cancel);
            Assert.Single(await MarkersAsync(chat, process));
        }
    }

    [Fact]
    public async Task A_marker_that_others_took_away_while_a_process_was_silent_stands_again_before_it_claims_more()
    {
        await using var chat = await OpenAsync();
        var process = new Process(chat);
        var busy = await BusyAsync(chat, process);
        await process.Replicas.ShowAsync(Cancel);
        await process.Markers.MarkAsync(busy, Cancel);
        foreach (var key in await MarkersAsync(chat, process)) await chat.Part<IBlobStore>().DeleteAsync(key, Cancel);

        process.Clock.Advance(TimeSpan.FromSeconds(25));
        await process.Replicas.ShowAsync(Cancel);
        await process.Markers.MarkAsync(busy, Cancel);

        Assert.Single(await MarkersAsync(chat, process));
    }

    [Fact]
    public async Task What_was_left_of_a_silent_process_is_marked_again_though_nobody_speaks()
    {
        await using var chat = await OpenAsync();
        var process = new Process(chat);
        var busy = await BusyAsync(chat, process);
        await process.Replicas.ShowAsync(Cancel);
        await process.Markers.MarkAsync(busy, Cancel);
        foreach (var key in await MarkersAsync(chat, process)) await chat.Part<IBlobStore>().DeleteAsync(key, Cancel);

        process.Clock.Advance(TimeSpan.FromSeconds(25));
        await process.Replicas.ShowAsync(Cancel);
        await process.Markers.TidyAsync(Cancel);

        Assert.Single(await MarkersAsync(chat, process));
    }

    [Fact]
    public async Task Who_did_not_look_for_a_while_takes_nobody_for_dead()
    {
        await using var chat = await OpenAsync();
        Process looking = new(chat), living = new(chat);
        await living.Replicas.ShowAsync(Cancel);
        await looking.Replicas.ShowAsync(Cancel);

        looking.Clock.Advance(TimeSpan.FromSeconds(60)); // the storage was away for it alone
        Assert.True(looking.Replicas.IsLive(living.Replicas.Own));

        await living.Replicas.ShowAsync(Cancel);
        await looking.Replicas.ShowAsync(Cancel);
        Assert.True(looking.Replicas.IsLive(living.Replicas.Own));
        for (var beat = 0; beat < 5; beat++)
        {
            looking.Clock.Advance(TimeSpan.FromSeconds(4));
            await looking.Replicas.ShowAsync(Cancel);
            Assert.Equal(beat < 4, looking.Replicas.IsLive(living.Replicas.Own));
        }
    }

    private async Task<Chat> OpenAsync()
    {
        var chat = await Chat.OpenAsync(settings: await azurite.SettingsAsync(AzuriteServer.NewContainer()));
        await chat.Says("ana", "/8d start Checkout is down");
        return chat;
    }

    private static async Task<Incident> BusyAsync(Chat chat, Process process)
    {
        var stored = await chat.Part<IncidentStore>().LatestAsync(new Conversation("playground", "ops"), Cancel);
        return stored!.Incident with { Outbox = [new("1", new Effect.Redraw(MessageKey.Card), chat.Clock.GetUtcNow(), process.Replicas.Own)] };
    }

    private static async Task<List<string>> MarkersAsync(Chat chat, Process process) => await chat.Part<IBlobStore>().ListAsync(Keys.Due, null, Cancel)
        .Select(listed => listed.Key).Where(key => BusyMarkers.Read(Keys.ReadDueMarker(key)!)?.Process == process.Replicas.Own).ToListAsync(Cancel);

    /// <summary>A further process on the store of a chat, with a watch of its own.</summary>
    private sealed class Process
    {
        public Process(Chat chat)
        {
            Clock = new(chat.Clock.GetUtcNow());
            Replicas = new(chat.Part<IBlobStore>(), Clock);
            Markers = new(chat.Part<IBlobStore>(), Replicas, Clock);
        }

        public FakeTimeProvider Clock { get; }

        public Bot.Turns.Replicas Replicas { get; }

        public BusyMarkers Markers { get; }
    }
}
