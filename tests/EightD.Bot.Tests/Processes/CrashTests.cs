using System.Collections.Concurrent;
using System.Diagnostics;
using EightD.Bot.Tests.Conversations;
using EightD.Bot.Tests.Publishing;

namespace EightD.Bot.Tests.Processes;

/// <summary>What was answered survives the end of the process, and what was not is done by asking again.</summary>
public sealed class CrashTests
{
    private const int Rounds = 5; // with two kills each; fewer on a machine that is busy
    private const int Senders = 4;

    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(25);

    private static readonly string[] Targets = ["D0.stakeholders", "D2", "D3.temporary", "D4.findings", "D7.training"]; // not what is asked in the thread

    [Fact]
    public async Task What_was_answered_survives_a_kill_at_any_moment()
    {
        using var folder = new TempFolder();
        var chance = new Random(8);
        var bot = await ServeAsync(folder);
        try
        {
            var watch = Stopwatch.StartNew();
            for (var round = 0; round < Rounds && watch.Elapsed < Enough; round++)
            {
                var room = $"ops{round}";
                var sent = new Sent(room);
                var killAfter = TimeSpan.FromMilliseconds(chance.Next(5, 600));
                var senders = Enumerable.Range(0, Senders).Select(sender => SendAsync(bot.People, sent, sender)).Append(ReplyAsync(bot.People, sent)).ToList();
                await Task.Delay(killAfter, People.Cancel);
                await bot.KillAsync();
                await Task.WhenAll(senders);
                bot.Dispose();

                bot = await ServeAsync(folder);
                if (sent.Answered.ContainsKey("start")) await HoldsOnceAsync(bot.People, room, sent.Answered.Keys);
                await sent.RepeatAsync(bot.People, sent.Unanswered.OrderBy(request => request.Key == "start" ? 0 : 1));
                await sent.RepeatAsync(bot.People, sent.Answered.Take(20));
                await HoldsOnceAsync(bot.People, room, sent.All);

                // The end of the 8D is killed too, and the report still reaches Git and the conversation, once.
                await bot.People.Says("ana", "/8d close", room, requestId: "close");
                await Task.Delay(chance.Next(0, 60), People.Cancel);
                await bot.KillAsync();
                bot.Dispose();
                bot = await ServeAsync(folder);
                await IsPublishedOnceAsync(bot.People, folder, room);
            }
        }
        finally
        {
            bot.Dispose();
        }
    }

    [Fact]
    public async Task A_stop_takes_less_than_ten_seconds_and_loses_nothing()
    {
        using var folder = new TempFolder();
        var bot = await ServeAsync(folder);
        var sent = new Sent("ops");
        var senders = Enumerable.Range(0, Senders).Select(sender => SendAsync(bot.People, sent, sender)).ToList();
        using var listening = await bot.People.Http.GetAsync(bot.People.In("ops", "/events?user=ana"), HttpCompletionOption.ResponseHeadersRead, People.Cancel);
        await People.UntilAsync(() => Task.FromResult(sent.Answered.Count > 40), "some answers are taken");

        await bot.TerminateAsync();
        await bot.EndsAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(0, bot.ExitCode);
        Assert.Equal("", bot.Error);
        await Task.WhenAll(senders);
        bot.Dispose();
        using var again = await ServeAsync(folder);
        await HoldsOnceAsync(again.People, "ops", sent.Answered.Keys);
        await sent.RepeatAsync(again.People, sent.Unanswered);
        await HoldsOnceAsync(again.People, "ops", sent.All);
    }

    [Fact]
    public async Task A_question_that_waited_for_its_pause_is_asked_after_a_kill()
    {
        using var folder = new TempFolder();
        using (var bot = await ServeAsync(folder, "--Interview:Pause=00:00:03"))
        {
            await bot.People.Says("ana", "/8d start Checkout is down");
            await bot.People.IsAsked("D0: Problem discovered");
            await bot.People.Replies("ana", "At 14:15");
            await bot.KillAsync();
        }

        using var again = await ServeAsync(folder, "--Interview:Pause=00:00:03");
        await again.People.IsAsked("D0: Impact");
        Assert.Contains("**Problem discovered:** At 14:15\n", await again.People.ReportAsync(), StringComparison.Ordinal);
    }

    private static Task<BotProcess> ServeAsync(TempFolder folder, string pause = "--Interview:Pause=00:00:00") => BotProcess.ServeAsync(folder.Path, pause, "--Logging:LogLevel:Default=None");

    private static async Task SendAsync(People people, Sent sent, int sender)
    {
        if (!await sent.SayAsync(people, "start", "/8d start Checkout is down", who: "ana")) return;
        for (var number = 0; ; number++)
        {
            var word = $"w{sender}x{number:D4}";
            if (!await sent.SayAsync(people, word, $"/8d answer {Targets[number % Targets.Length]} {word}", $"person{sender}")) return;
        }
    }

    /// <summary>Answers the questions in the thread.</summary>
    private static async Task ReplyAsync(People people, Sent sent)
    {
        try
        {
            if (!await sent.SayAsync(people, "start", "/8d start Checkout is down", who: "ana")) return;
            var card = (await people.CardAsync(sent.Room)).Id;
            for (var number = 0; number < 3; number++)
            {
                var word = $"reply{number:D4}";
                if (!await sent.SayAsync(people, word, $"At once: {word}", "ana", card)) return;
            }
        }
        catch (HttpRequestException)
        {
            // it was killed
        }
    }

    private static async Task HoldsOnceAsync(People people, string room, IEnumerable<string> requests)
    {
        var report = await people.ReportAsync(room);
        foreach (var word in requests.Where(request => request is not "start")) Assert.True(report.Split(word).Length == 2, $"{word} stands {report.Split(word).Length - 1} times in the report");

        var seen = await people.Sees("anybody", room);
        Assert.Equal(seen.Count, seen.Select(message => message.Id).Distinct(StringComparer.Ordinal).Count());
        foreach (var text in seen.Where(message => message.From != "8D Bot").GroupBy(message => message.Text)) Assert.Single(text);
        Assert.Single(await people.Posted(room));
        Assert.InRange(seen.Count(message => message.Card?.Buttons.Exists(button => button.Label == "Skip") == true), 0, 1);
        foreach (var question in seen.Where(message => message is { From: "8D Bot", Thread: not null }).GroupBy(message => message.Card?.Title ?? message.Text)) Assert.Single(question);
    }

    private static async Task IsPublishedOnceAsync(People people, TempFolder folder, string room)
    {
        await People.UntilAsync(async () => await people.Posted(room) is [_, { Card: { } card }, _] && card.Fields.Exists(field => field.Name == "Git"), "the report is committed");
        var posted = await people.Posted(room);
        var report = await people.ReportAsync(room);
        Assert.Equal(report, posted[1].Card!.Body);
        var file = $"docs/8d/{report[2..6]}-checkout-is-down.md"; // a start that was killed may have left a gap
        Assert.Equal(report, GitHere.Read(folder["data/reports.git"], file));
        Assert.Equal("1", GitHere.Run(folder["data/reports.git"], "rev-list", "--count", "main", "--", file));
        Assert.Equal("", GitHere.Run(folder["data/reports.git"], "fsck", "--full", "--strict", "--no-dangling")); // a publish that was killed leaves objects that no commit holds
    }

    /// <summary>What was sent to a room, by request id.</summary>
    private sealed class Sent(string room)
    {
        public string Room => room;

        public ConcurrentDictionary<string, (string Text, string Who, string? Thread)> Answered { get; } = new(StringComparer.Ordinal);

        public ConcurrentDictionary<string, (string Text, string Who, string? Thread)> Unanswered { get; } = new(StringComparer.Ordinal);

        public IEnumerable<string> All => Answered.Keys.Concat(Unanswered.Keys).Distinct(StringComparer.Ordinal);

        /// <summary>Whether it was answered with 200.</summary>
        public async Task<bool> SayAsync(People people, string request, string text, string who, string? thread = null)
        {
            try
            {
                using var answer = await people.PostAsync(people.In(room, "/messages"), new { user = who, text, thread, requestId = request });
                if (!answer.IsSuccessStatusCode)
                {
                    Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, answer.StatusCode);
                    Unanswered[request] = (text, who, thread);
                    return false;
                }

                Answered[request] = (text, who, thread);
                return true;
            }
            catch (HttpRequestException)
            {
                Unanswered[request] = (text, who, thread);
                return false;
            }
        }

        public async Task RepeatAsync(People people, IEnumerable<KeyValuePair<string, (string Text, string Who, string? Thread)>> requests)
        {
            foreach (var (request, (text, who, thread)) in requests.ToList()) Assert.True(await SayAsync(people, request, text, who, thread));
        }
    }
}
