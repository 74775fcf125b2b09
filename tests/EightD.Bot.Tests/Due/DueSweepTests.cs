using EightD.Bot.Channels;
using EightD.Bot.Due;
using EightD.Bot.Storage;
using EightD.Bot.Tests.Conversations;
using EightD.Bot.Tests.Storage;
using EightD.Bot.Tests.Turns;
using EightD.Bot.Turns;
using EightD.Incidents;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace EightD.Bot.Tests.Due;

/// <summary>Things that have a time, with a kind that stands for those to come: at its time it notes a line in its 8D.</summary>
public sealed class DueSweepTests(AzuriteServer azurite)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_two_processes_find_due_happens_once()
    {
        const int bells = 12;
        var settings = await azurite.SettingsAsync(AzuriteServer.NewContainer());
        await using var one = await Chat.OpenAsync(Ringing, settings: settings);
        await using var other = await Chat.OpenAsync(Ringing, settings: settings);
        await one.Says("ana", "/8d start Checkout is down");
        foreach (var bell in Enumerable.Range(1, bells)) await HangAsync(one, $"bell {bell} rang", one.Clock.GetUtcNow());

        await Task.WhenAll(one.SweepAsync(), other.SweepAsync(), one.SweepAsync(), other.SweepAsync());
        await other.SweepAsync();

        var report = await one.ReportAsync();
        Assert.All(Enumerable.Range(1, bells), bell => Assert.Equal(1, Count(report, $"bell {bell} rang")));
        Assert.Empty(await MarkersAsync(one));
    }

    [Fact]
    public async Task A_marker_that_fires_early_is_filed_again()
    {
        await using var chat = await Chat.OpenAsync(Ringing);
        await chat.Says("ana", "/8d start Checkout is down");
        var at = chat.Clock.GetUtcNow().AddMinutes(7);
        await HangAsync(chat, "the bell rang", at, filedAt: chat.Clock.GetUtcNow());

        await chat.SweepAsync();

        Assert.DoesNotContain("the bell rang", await chat.ReportAsync(), StringComparison.Ordinal);
        Assert.Equal(at, (await MarkersAsync(chat)).Single().At);
        chat.Clock.Advance(TimeSpan.FromMinutes(8));
        await chat.SweepAsync();
        Assert.Equal(1, Count(await chat.ReportAsync(), "the bell rang"));
        Assert.Empty(await MarkersAsync(chat));
    }

    [Fact]
    public async Task A_clock_that_goes_back_repeats_nothing()
    {
        await using var chat = await Chat.OpenAsync(Ringing);
        await chat.Says("ana", "/8d start Checkout is down");
        await HangAsync(chat, "the bell rang", chat.Clock.GetUtcNow());
        await chat.SweepAsync();

        chat.Clock.AdjustTime(chat.Clock.GetUtcNow().AddHours(-2));
        await chat.SweepAsync();
        chat.Clock.Advance(TimeSpan.FromHours(3));
        await chat.SweepAsync();

        Assert.Equal(1, Count(await chat.ReportAsync(), "the bell rang"));
    }

    [Fact]
    public async Task A_process_that_died_between_the_turn_and_the_marker_is_not_heard_twice()
    {
        await using var chat = await Chat.OpenAsync(Ringing);
        await chat.Says("ana", "/8d start Checkout is down");
        await HangAsync(chat, "the bell rang", chat.Clock.GetUtcNow());
        var marker = (await MarkersAsync(chat)).Single();
        await chat.SweepAsync();
        await chat.Part<IBlobStore>().TryPutAsync(marker.Key, default, PutIf.Any, Cancel); // as if it had not been removed

        await chat.SweepAsync();

        Assert.Equal(1, Count(await chat.ReportAsync(), "the bell rang"));
        Assert.Empty(await MarkersAsync(chat));
    }

    [Fact]
    public async Task A_platform_that_takes_its_time_holds_up_nothing_else_and_gets_everything_once()
    {
        await using var chat = await Chat.OpenAsync(builder =>
        {
            Ringing(builder);
            FailingChannel.In(builder);
        }, "2024-12-20 08:58");
        var platform = (FailingChannel)chat.Part<IChannel>();
        TaskCompletionSource takes = new();
        platform.Takes = takes.Task;
        await chat.Says("ana", "/8d start Checkout is down");
        await chat.Says("ana", "/8d action add Fix it @bo by 2024-12-23");
        await chat.Says("ana", "/8d action add Check it @cy by 2024-12-23");
        await HangAsync(chat, "the bell rang", chat.Clock.GetUtcNow().AddMinutes(3));

        await People.UntilAsync(async () =>
        {
            if (chat.Clock.GetUtcNow().Hour < 10) chat.Clock.Advance(TimeSpan.FromSeconds(20)); // the bot looks once a minute
            return (await chat.ReportAsync()).Contains("the bell rang", StringComparison.Ordinal);
        }, "the bell rang while Bo's message was on its way");

        Assert.Empty(await chat.DirectAsync("bo"));
        takes.SetResult();
        await People.UntilAsync(async () => (await chat.DirectAsync("bo")).Count > 0 && (await chat.DirectAsync("cy")).Count > 0, "both are told");
        Assert.Single(await chat.DirectAsync("bo"));
        Assert.Single(await chat.DirectAsync("cy"));
    }

    [Fact]
    public async Task What_a_newer_version_filed_is_left_alone()
    {
        await using var chat = await Chat.OpenAsync();
        var key = Keys.DueMarker(chat.Clock.GetUtcNow(), "playground", ["1"], "unheard-of");
        await chat.Part<IBlobStore>().TryPutAsync(key, default, PutIf.Any, Cancel);

        await chat.SweepAsync();

        Assert.NotNull(await chat.Part<IBlobStore>().GetAsync(key, Cancel));
    }

    private static void Ringing(WebApplicationBuilder builder) => builder.Services.AddSingleton<IDueKind, Bell>();

    private static async Task HangAsync(Chat chat, string text, DateTimeOffset at, DateTimeOffset? filedAt = null)
    {
        var pointer = await chat.Part<IncidentStore>().PointerAsync(new("playground", "ops"), Cancel);
        var key = Keys.DueMarker(filedAt ?? at, "playground", [pointer!.Id, $"{at.UtcTicks}", Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(text))], "bell");
        await chat.Part<IBlobStore>().TryPutAsync(key, default, PutIf.Any, Cancel);
    }

    private static async Task<List<DueMarker>> MarkersAsync(Chat chat) => await chat.Part<IBlobStore>().ListAsync(Keys.Due, null, Cancel)
        .Select(listed => Keys.ReadDueMarker(listed.Key)!).Where(marker => marker.What == "bell").ToListAsync(Cancel);

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private sealed class Bell(IncidentStore incidents, TurnHandler turns, TimeProvider clock) : IDueKind
    {
        public string What => "bell";

        public async Task<DateTimeOffset?> TakeAsync(DueMarker marker, CancellationToken cancel)
        {
            var at = new DateTimeOffset(long.Parse(marker.Words[1], System.Globalization.CultureInfo.InvariantCulture), TimeSpan.Zero);
            if (at > clock.GetUtcNow()) return at;
            if (await incidents.ReadAsync(marker.Tenant, marker.Words[0], cancel) is not { Incident: var incident }) return null;
            var text = System.Text.Encoding.UTF8.GetString(Convert.FromHexString(marker.Words[2]));
            await turns.HandleAsync(new(marker.Key, Person.Bot, incident.Home, clock.GetUtcNow(), new Deed.Note(text)), incident: incident.Id);
            return null;
        }
    }
}
