using System.Diagnostics;
using System.Globalization;
using System.Net;
using EightD.Bot.Tests.Conversations;
using EightD.Bot.Tests.Storage;

namespace EightD.Bot.Tests.Replicas;

/// <summary>The network between the bot and its storage fails.</summary>
public sealed class FaultTests(AzuriteServer azurite, ITestOutputHelper output)
{
    private static readonly string[] Targets = ["D0.stakeholders", "D2", "D3.temporary", "D4.findings", "D7.training"];

    [Theory]
    [InlineData("slow")]
    [InlineData("cut")]
    [InlineData("500")]
    [InlineData("503")]
    [InlineData("412")]
    [InlineData("answer lost")]
    [InlineData("said to fail")]
    [InlineData("all of these")]
    public async Task Where_every_third_call_of_the_storage_fails_nothing_accepted_is_lost_or_doubled(string how)
    {
        await using var proxy = await FaultProxy.StartAsync(azurite);
        using var replicas = await ReplicaSet.StartAsync(2, await azurite.SettingsAsync(AzuriteServer.NewContainer(), proxy.Port));
        var rooms = new[] { new Sent("ops"), new Sent("dev") };
        proxy.Meet(EveryThird(how, new Random(8)));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async sender =>
        {
            var room = rooms[sender % rooms.Length];
            await room.SayAsync(replicas.People(sender), "start", "/8d start Checkout is down", "ana");
            for (var number = 0; number < 10; number++)
            {
                var word = $"w{sender}x{number:D4}";
                if (number % 3 == 0) await room.SayAsync(replicas.People(number), word, $"I have seen {word}", $"person{sender}");
                else await room.SayAsync(replicas.People(number), word, $"/8d answer {Targets[number % Targets.Length]} {word}", $"person{sender}", isAnswer: room.IsAnswered("start"));
            }
        }));

        output.WriteLine($"{how}: {rooms.Sum(room => room.Answered)} answered, {rooms.Sum(room => room.Unavailable)} answered 503; {string.Join(", ", proxy.Answers.Select(answer => $"{answer.Value} {answer.Key.Method} {answer.Key.Status}"))}");
        proxy.Mend();
        foreach (var room in rooms)
        {
            await room.HoldsAsync(replicas.People(0));
            await room.RepeatAsync(() => replicas.People(1), alsoAnswered: 20);
            for (var bot = 0; bot < replicas.Count; bot++) await room.IsThereAsync(replicas.People(bot));
        }
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("500")]
    [InlineData("503")]
    [InlineData("412")]
    [InlineData("dark")]
    public async Task What_could_not_be_saved_is_answered_503_and_changes_nothing(string how)
    {
        await using var proxy = await FaultProxy.StartAsync(azurite);
        using var replicas = await ReplicaSet.StartAsync(1, await azurite.SettingsAsync(AzuriteServer.NewContainer(), proxy.Port));
        var room = new Sent("ops");
        Assert.True(await room.SayAsync(replicas.People(0), "start", "/8d start Checkout is down", "ana"));
        await room.IsThereAsync(replicas.People(0));
        var question = await replicas.People(0).IsAsked("D0: Problem discovered");
        var seen = await replicas.People(0).Sees("ana");
        if (how == "dark") proxy.GoDark();
        else proxy.Meet(call => call.Method == "PUT" ? One(how) : Fault.None);

        var people = replicas.People(0);
        var answers = await Task.WhenAll(
            people.PostAsync(people.In("ops", "/messages"), new { user = "ana", text = "/8d answer D3.temporary lost1", requestId = "lost1" }),
            people.PostAsync(people.In("ops", "/messages"), new { user = "ana", text = "I have seen lost2", requestId = "lost2" }),
            people.PostAsync(people.In("ops", "/messages"), new { user = "ana", text = "lost3", thread = question.Thread, requestId = "lost3" }),
            people.PostAsync(people.In("ops", "/actions"), new { user = "ana", message = question.Id, action = "skip", value = question.Card!.Buttons.Find(button => button.Action == "skip")!.Value, requestId = "lost4" }),
            people.PostAsync(people.In("ops", "/forms/answer.D5.1.add"), new { user = "ana", values = new { answer = "lost5" }, requestId = "lost5" }),
            people.PostAsync(people.In("dev", "/messages"), new { user = "ana", text = "/8d start lost6", requestId = "lost6" }));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode));
        foreach (var answer in answers) Assert.Matches(@"^\{""error"":""[A-Z].*\.""\}$", await answer.Content.ReadAsStringAsync(People.Cancel));
        proxy.Mend();
        Assert.True(await room.SayAsync(people, "w1", "/8d answer D3.temporary w1", "ana", isAnswer: true));
        await NothingIsChangedAsync();
        await replicas[0].KillAsync(); // what it had in mind is gone, and what the store has is the same
        await replicas.RestartAsync(0);
        await NothingIsChangedAsync();

        async Task NothingIsChangedAsync()
        {
            await room.IsThereAsync(replicas.People(0));
            Assert.DoesNotContain("lost", await replicas.People(0).ReportAsync(), StringComparison.Ordinal);
            Assert.Equal("D0: Problem discovered", (await replicas.People(0).QuestionAsync())!.Card!.Title);
            var after = await replicas.People(0).Sees("ana");
            Assert.Equal(seen.Select(message => message.Id), after.Take(seen.Count).Select(message => message.Id));
            Assert.DoesNotContain(after.Select(message => message.Text), text => text.Contains("lost", StringComparison.Ordinal));
            using var dev = await replicas.People(0).Http.GetAsync(replicas.People(0).In("dev", "/report?user=ana"), People.Cancel);
            Assert.Equal(HttpStatusCode.NotFound, dev.StatusCode);
        }
    }

    [Theory]
    [InlineData("dark")]
    [InlineData("cut")]
    [InlineData("503")]
    public async Task It_says_within_ten_seconds_that_it_is_not_ready_and_by_itself_that_it_is_again(string how)
    {
        await using var proxy = await FaultProxy.StartAsync(azurite);
        using var replicas = await ReplicaSet.StartAsync(1, await azurite.SettingsAsync(AzuriteServer.NewContainer(), proxy.Port));
        Assert.Equal(HttpStatusCode.OK, await ReadyAsync());
        if (how == "dark") proxy.GoDark();
        else proxy.Meet(_ => One(how));

        var watch = Stopwatch.StartNew();
        while (await ReadyAsync() != HttpStatusCode.ServiceUnavailable) Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), "It says that it is ready after ten seconds.");
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"It took {watch.Elapsed} to say that it is not ready.");
        using var alive = await replicas.People(0).Http.GetAsync(new Uri("/healthz", UriKind.Relative), People.Cancel);
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);

        proxy.Mend();
        await People.UntilAsync(async () => await ReadyAsync() == HttpStatusCode.OK, "it is ready again");

        async Task<HttpStatusCode> ReadyAsync()
        {
            using var answer = await replicas.People(0).Http.GetAsync(new Uri("/readyz", UriKind.Relative), People.Cancel);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task While_the_storage_is_away_memory_stays_bounded_and_whoever_comes_too_many_is_told()
    {
        const int waves = 3, senders = 1500, bytes = 60_000;
        await using var proxy = await FaultProxy.StartAsync(azurite);
        using var replicas = await ReplicaSet.StartAsync(1, await azurite.SettingsAsync(AzuriteServer.NewContainer(), proxy.Port));
        var people = replicas.People(0);
        var rooms = Enumerable.Range(0, 10).Select(room => new Sent($"ops{room}")).ToList();
        foreach (var room in rooms) Assert.True(await room.SayAsync(people, "start", "/8d start Checkout is down", "ana"));
        foreach (var room in rooms) await room.IsThereAsync(people);
        var text = new string('x', bytes);
        var before = replicas[0].Memory;
        proxy.GoDark();

        List<long> memory = [];
        for (var wave = 0; wave < waves; wave++)
        {
            var answers = Task.WhenAll(Enumerable.Range(0, senders).Select(async sender =>
            {
                using var answer = await people.PostAsync(people.In(rooms[sender % rooms.Count].Room, "/messages"), new { user = $"person{sender}", text = $"/8d answer D4.findings {text}", requestId = $"lost{wave}x{sender}" });
                return answer.StatusCode;
            }));
            long most = 0;
            while (!answers.IsCompleted)
            {
                most = Math.Max(most, replicas[0].Memory);
                await Task.WhenAny(answers, Task.Delay(50, People.Cancel));
            }

            Assert.All(await answers, status => Assert.Equal(HttpStatusCode.ServiceUnavailable, status));
            memory.Add(most - before);
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{before >> 20} MB; more while it was away: {string.Join(", ", memory.Select(each => $"{each >> 20} MB"))}"));
        Assert.All(memory, more => Assert.InRange(more, long.MinValue, 400 << 20));
        proxy.Mend();
        await People.UntilAsync(async () =>
        {
            using var answer = await people.Http.GetAsync(new Uri("/readyz", UriKind.Relative), People.Cancel);
            return answer.IsSuccessStatusCode;
        }, "it reaches its storage again");
        foreach (var room in rooms)
        {
            await People.UntilAsync(() => room.SayAsync(people, "w1", "/8d answer D3.temporary w1", "ana", isAnswer: true), "it takes answers again");
            await room.IsThereAsync(people);
            Assert.DoesNotContain("xxx", await people.ReportAsync(room.Room), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_replica_that_is_cut_off_from_the_storage_harms_nobody()
    {
        await using var proxy = await FaultProxy.StartAsync(azurite);
        var container = AzuriteServer.NewContainer();
        using var replicas = await ReplicaSet.StartAsync([await azurite.SettingsAsync(container, proxy.Port), await azurite.SettingsAsync(container)]);
        var room = new Sent("ops");
        Assert.True(await room.SayAsync(replicas.People(0), "start", "/8d start Checkout is down", "ana"));
        await room.IsThereAsync(replicas.People(0));

        for (var phase = 0; phase < 3; phase++)
        {
            var cutOff = Enumerable.Range(0, 8).Select(number => room.SayAsync(replicas.People(0), $"a{phase}x{number}", $"/8d answer {Targets[number % Targets.Length]} a{phase}x{number}", "ana", isAnswer: true)).ToList();
            proxy.GoDark();
            await Task.WhenAll(Enumerable.Range(0, 8).Select(async number => Assert.True(await room.SayAsync(replicas.People(1), $"b{phase}x{number}", $"/8d answer {Targets[number % Targets.Length]} b{phase}x{number}", "ben", isAnswer: true))));
            proxy.Mend();
            await Task.WhenAll(cutOff);
        }

        await room.HoldsAsync(replicas.People(0));
        await room.RepeatAsync(() => replicas.People(1), alsoAnswered: 20);
        for (var bot = 0; bot < 2; bot++) await room.IsThereAsync(replicas.People(bot));
    }

    private static Fault One(string how) => how switch
    {
        "slow" => Fault.Slow(TimeSpan.FromMilliseconds(300)),
        "cut" => Fault.Cut,
        "answer lost" => Fault.AnswerLost,
        "said to fail" => Fault.SaidToFail(500),
        _ => Fault.Refused(int.Parse(how, CultureInfo.InvariantCulture)),
    };

    private static Func<StorageCall, Fault> EveryThird(string how, Random chance)
    {
        string[] all = ["slow", "cut", "500", "503", "412", "answer lost", "said to fail"];
        return call =>
        {
            lock (chance)
            {
                if (chance.Next(3) != 0) return Fault.None;
                var kind = how == "all of these" ? all[chance.Next(all.Length)] : how;
                return kind == "412" && call.Method != "PUT" ? Fault.None : One(kind);
            }
        };
    }
}
