using System.Globalization;
using EightD.Bot.Settings;
using EightD.Bot.Storage;
using EightD.Bot.Tests.Conversations;
using EightD.Bot.Tests.Publishing;
using EightD.Bot.Tests.Replicas;
using EightD.Bot.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace EightD.Bot.Tests.Processes;

/// <summary>
/// A small 8D from its start to Git, and the process ends at one point of it. Whoever was not answered sends again; at the end each word is there once, with
/// one card and one commit.
/// </summary>
public sealed class KillPointTests(AzuriteServer azurite, ITestOutputHelper output)
{
    private const int AtOnce = 4;

    /// <summary>What is done; false where it was not answered with 200.</summary>
    private static readonly Func<People, Sent, Task<bool>>[] Steps =
    [
        (people, sent) => sent.SayAsync(people, "start", "/8d start Checkout is down", "ana"),
        (people, sent) => sent.SayAsync(people, "word1", "/8d answer D3.temporary word1", "ben", isAnswer: true),
        async (people, sent) => (await people.Posted()) is [{ Id: var card }] && await sent.SayAsync(people, "word2", "At once: word2", "ana", card, isAnswer: true),
        (people, sent) => sent.SayAsync(people, "word3", "Has anybody looked at word3?", "eve"),
        async (people, sent) =>
        {
            using var opened = await people.PostAsync(people.In("ops", "/actions"), new { user = "dan", action = "form", value = "answer.D5.1.add" });
            return opened.IsSuccessStatusCode && await sent.SubmitAsync(people, "word4", (await People.OpenedAsync(opened))!, "dan");
        },
        (people, sent) => sent.SayAsync(people, "close", "/8d close --anyway The rest follows", "ana"),
    ];

    [Fact]
    public async Task On_SQLite_an_end_before_any_write_loses_and_doubles_nothing()
    {
        var (next, last) = (0, int.MaxValue);
        List<string> points = [];
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) is var point && point <= last)
            {
                if (await EndsBeforeAsync(point) is not { } key) last = Math.Min(last, point);
                else lock (points) points.Add(key[..key.IndexOf('/', StringComparison.Ordinal)]);
            }
        }));

        output.WriteLine($"{points.Count} points: {string.Join(", ", points.CountBy(kind => kind).Select(kind => $"{kind.Value} before {kind.Key}"))}");
        Assert.Superset(new HashSet<string>(["number", "due", "report", "opened", "incident", "open", "talk"], StringComparer.Ordinal), points.ToHashSet(StringComparer.Ordinal));
    }

    [Fact]
    public Task On_Azure_Blob_Storage_a_kill_at_a_named_point_loses_and_doubles_nothing() => Task.WhenAll(
        IsKilledAsync("before the number is taken", call => call.Puts("number"), 1, Fault.Cut),
        IsKilledAsync("after the number was taken", call => call.Puts("number"), 1, Fault.AnswerLost),
        IsKilledAsync("before the marker of the start", call => call.Puts("due"), 1, Fault.Cut),
        IsKilledAsync("between the marker and the note of the number", call => call.Puts("report"), 1, Fault.Cut),
        IsKilledAsync("between the notes and the 8D", call => call.Puts("incident"), 1, Fault.Cut),
        IsKilledAsync("between the 8D and the pointer to it", call => call.Puts("open"), 1, Fault.Cut),
        IsKilledAsync("after the start", call => call.Puts("open"), 1, Fault.AnswerLost),
        IsKilledAsync("before an answer is written", call => call.Puts("incident"), 3, Fault.Cut),
        IsKilledAsync("after an answer was written", call => call.Puts("incident"), 3, Fault.AnswerLost),
        IsKilledAsync("before a send", call => call.Puts("talk"), 3, Fault.Cut),
        IsKilledAsync("after a send", call => call.Puts("talk"), 3, Fault.AnswerLost),
        IsKilledAsync("after the push", call => call.Puts("incident"), 1, Fault.Cut, isPushed: true),
        IsKilledAsync("after the end, before its note goes", call => call is { Method: "DELETE" } && call.Target.Contains("/opened/", StringComparison.Ordinal), 1, Fault.Cut));

    private async Task IsKilledAsync(string where, Func<StorageCall, bool> isThere, int time, Fault fault, bool isPushed = false)
    {
        await using var proxy = await FaultProxy.StartAsync(azurite);
        using var replicas = await ReplicaSet.StartAsync(1, await azurite.SettingsAsync(AzuriteServer.NewContainer(), proxy.Port));
        var passed = 0;
        var isKilled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        proxy.Meet(call =>
        {
            if (!isThere(call) || (isPushed && Commits(replicas.Repository) == 0) || Interlocked.Increment(ref passed) != time) return Fault.None;
            replicas[0].Kill();
            isKilled.SetResult();
            return fault;
        });
        var sent = new Sent("ops");
        foreach (var step in Steps) await UntilAsync(() => AttemptAsync(step, replicas.People(0), sent), "it is answered");
        await UntilAsync(() => Task.FromResult(isKilled.Task.IsCompleted), "the point is reached");
        await UntilAsync(() => Task.FromResult(!replicas[0].HasEnded), "it runs");
        await IsWholeAsync(replicas.People(0), sent, replicas.Repository);

        Task UntilAsync(Func<Task<bool>> isSo, string what) => People.UntilAsync(async () =>
        {
            if (replicas[0].HasEnded) await replicas.RestartAsync(0);
            return await isSo();
        }, () => $"killed {where}: {what}", TimeSpan.FromSeconds(90));
    }

    /// <summary>Ends before a write; the key of that, null where there are not so many.</summary>
    private static async Task<string?> EndsBeforeAsync(int write)
    {
        var life = new DyingStore.Life(write);
        var chat = await OpenAsync(life);
        try
        {
            var sent = new Sent("ops");
            foreach (var step in Steps)
            {
                await People.UntilAsync(async () => await AttemptAsync(step, chat = await GoOnAsync(chat), sent), $"it is answered, though it ended before {life.Ended}");
            }

            await People.UntilAsync(async () => IsDead(chat) || await IsSettledAsync(chat), "all is delivered");
            chat = await GoOnAsync(chat);
            await IsWholeAsync(chat, sent, chat.Repository);
            return life.Ended;
        }
        finally
        {
            await chat.DisposeAsync();
        }
    }

    private static Task<Chat> OpenAsync(DyingStore.Life life) => Chat.OpenAsync(
        builder => builder.Services.AddSingleton<IBlobStore>(services => new DyingStore(SqliteBlobStore.Open(services.GetRequiredService<BotSettings>().StoragePath), life)),
        settings: ["--Interview:Pause=00:00:00", "--Logging:LogLevel:Default=None"]);

    private static async Task<Chat> GoOnAsync(Chat chat) => IsDead(chat) ? await chat.RestartAsync() : chat;

    private static bool IsDead(Chat chat) => ((DyingStore)chat.Part<IBlobStore>()).IsDead;

    private static async Task<bool> IsSettledAsync(Chat chat) =>
        await chat.Part<Bot.Turns.IncidentStore>().LatestAsync(new("playground", "ops"), People.Cancel) is { Incident.Outbox.IsEmpty: true };

    private static async Task<bool> AttemptAsync(Func<People, Sent, Task<bool>> step, People people, Sent sent)
    {
        try
        {
            return await step(people, sent);
        }
        catch (HttpRequestException)
        {
            return false; // it has ended
        }
    }

    private static async Task IsWholeAsync(People people, Sent sent, string repository)
    {
        await sent.IsThereAsync(people);
        List<Said> posted = [];
        await People.UntilAsync(
            async () => (posted = await people.Posted()) is [_, { Card: { } card }, _] && card.Fields.Exists(field => field.Name == "Git" && field.Value.Contains("commit", StringComparison.Ordinal)),
            () => $"the report is committed; posted: {string.Join(" // ", posted.Select(message => message.Text))}", TimeSpan.FromSeconds(60));
        await sent.HoldsAsync(people);
        Assert.Equal(1, Commits(repository));
        var report = await people.ReportAsync();
        Assert.Equal(report, GitHere.Read(repository, $"docs/8d/{report[2..6]}-checkout-is-down.md")); // a number whose start was killed is a gap
    }

    private static int Commits(string repository) => int.Parse(GitHere.Run(repository, "rev-list", "--count", "--all"), CultureInfo.InvariantCulture);
}
