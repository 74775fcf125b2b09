using System.Diagnostics;
using System.Globalization;
using EightD.Bot.Tests.Conversations;
using EightD.Bot.Tests.Storage;

namespace EightD.Bot.Tests.Replicas;

/// <summary>Several processes answer the same people at the same time.</summary>
public sealed class RaceTests(AzuriteServer azurite, ITestOutputHelper output)
{
    private const int Rooms = 10;
    private const int Messages = 1000;
    private const int Senders = 32;

    private static readonly string[] Targets = ["D0.stakeholders", "D2", "D3.temporary", "D4.findings", "D7.training"];

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public async Task A_thousand_messages_into_ten_conversations_are_there_once_each(int processes)
    {
        await using var proxy = await FaultProxy.StartAsync(azurite);
        using var replicas = await ReplicaSet.StartAsync(processes, await azurite.SettingsAsync(AzuriteServer.NewContainer(), proxy.Port));
        var rooms = Enumerable.Range(0, Rooms).Select(room => new Sent($"ops{room}")).ToList();
        foreach (var room in rooms) Assert.True(await room.SayAsync(replicas.People(0), "start", "/8d start Checkout is down", "ana"));
        var (writes, conflicts, watch) = (proxy.Writes, proxy.Conflicts, Stopwatch.StartNew());

        await Parallel.ForAsync(0, Messages, new ParallelOptions { MaxDegreeOfParallelism = Senders, CancellationToken = People.Cancel }, async (number, _) =>
        {
            var room = rooms[number % Rooms];
            var word = string.Create(CultureInfo.InvariantCulture, $"w{number:D4}");
            var isAnswer = number / Rooms % 4 != 0;
            await room.SayAsync(replicas.People(number / Rooms), word, isAnswer ? $"/8d answer {Targets[number % Targets.Length]} {word}" : $"I have seen {word}", $"person{number % Senders}", isAnswer: isAnswer);
        });

        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{processes} processes: {Messages} messages in {watch.Elapsed.TotalSeconds:F1} s, {proxy.Conflicts - conflicts} conflicts, {proxy.Writes - writes} writes, {rooms.Sum(room => room.Unavailable)} answered 503"));
        foreach (var room in rooms)
        {
            await room.RepeatAsync(() => replicas.People(1));
            for (var bot = 0; bot < processes; bot++) await room.IsThereAsync(replicas.People(bot));
            var seen = await replicas.People(0).Sees("anybody", room.Room);
            for (var bot = 1; bot < processes; bot++) Assert.Equal(seen.Select(message => message.Id), (await replicas.People(bot).Sees("anybody", room.Room)).Select(message => message.Id));
        }
    }

    [Fact]
    public async Task A_hundred_starts_at_once_over_four_processes_have_a_hundred_numbers_and_one_card_each()
    {
        const int starts = 100;
        using var replicas = await ReplicaSet.StartAsync(4, await azurite.SettingsAsync(AzuriteServer.NewContainer()));
        var rooms = Enumerable.Range(0, starts).Select(room => new Sent($"ops{room}")).ToList();

        await Task.WhenAll(rooms.Select((room, number) => room.SayAsync(replicas.People(number), "start", $"/8d start Title {number}", "ana")));

        var refused = rooms.Sum(room => room.Unavailable);
        foreach (var room in rooms) await room.RepeatAsync(() => replicas.People(0));
        output.WriteLine($"{refused} of {starts} starts at once were answered 503 and sent again");
        var numbers = await Task.WhenAll(rooms.Select(async (room, number) =>
        {
            var report = await replicas.People(number + 1).ReportAsync(room.Room); // another process than it was sent to
            Assert.EndsWith($": Title {number}", report.Split('\n')[0], StringComparison.Ordinal);
            return report[2..6];
        }));
        Assert.Equal(starts, numbers.Distinct(StringComparer.Ordinal).Count());
        foreach (var room in rooms) await room.IsThereAsync(replicas.People(3));
    }

    [Fact]
    public async Task Of_starts_at_once_in_one_conversation_on_four_processes_one_wins()
    {
        using var replicas = await ReplicaSet.StartAsync(4, await azurite.SettingsAsync(AzuriteServer.NewContainer()));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(person => replicas.People(person).Says($"person{person}", $"/8d start Title {person}")));

        var title = (await replicas.People(0).ReportAsync()).Split('\n')[0];
        for (var bot = 0; bot < 4; bot++)
        {
            Assert.StartsWith(title, await replicas.People(bot).ReportAsync(), StringComparison.Ordinal);
            await replicas.People(bot).CardAsync();
            Assert.Single(await replicas.People(bot).Posted());
        }
    }

    [Fact]
    public async Task The_same_request_sent_to_four_processes_at_once_is_taken_once()
    {
        using var replicas = await ReplicaSet.StartAsync(4, await azurite.SettingsAsync(AzuriteServer.NewContainer()));
        var room = new Sent("ops");

        await Task.WhenAll(Enumerable.Range(0, 12).Select(turn => room.SayAsync(replicas.People(turn), "start", "/8d start Checkout is down", "ana")));
        await room.RepeatAsync(() => replicas.People(0));
        await Task.WhenAll(Enumerable.Range(0, 12).Select(turn => room.SayAsync(replicas.People(turn), "w1", "/8d answer D3.temporary w1", "ana", isAnswer: true)));
        await room.RepeatAsync(() => replicas.People(0));
        await Task.WhenAll(Enumerable.Range(0, 12).Select(turn => room.SayAsync(replicas.People(turn), "w2", "I have seen w2", "ana")));
        await room.RepeatAsync(() => replicas.People(0));

        for (var bot = 0; bot < 4; bot++) await room.IsThereAsync(replicas.People(bot));
        Assert.Matches("^# 000[1-4]: Checkout is down\n", await replicas.People(0).ReportAsync()); // each that tried took a number, and one of them holds
    }
}
