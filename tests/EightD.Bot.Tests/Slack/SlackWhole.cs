using System.Text;
using EightD.Bot.Tests.Conversations;
using EightD.Bot.Tests.Publishing;

namespace EightD.Bot.Tests.Slack;

/// <summary>A whole 8D in a channel, from start to close, as people go through it: what they are told to do again they do again, and what they are told to mend they mend.</summary>
internal sealed class SlackWhole(SlackRoom room, SlackTrouble? trouble = null)
{
    private const string File = "0001-checkout-is-down.md";

    private static readonly string[] Answers =
    [
        "**Problem discovered:** At 14:15 by **monitoring**\n", "**Impact:** Nobody can pay\n", "1. Restarted the database\n", "- Timeouts in the log\n", "- No load test\n", "- Index creation: low risk\n",
        "| Create the index | Maria Garcia | Dec 27, 2024 | Open |\n", "Maria Garcia: I look at the logs", "Maria Garcia: The primary is read-only", "Maria Garcia: Payments are back", "**Status:** Completed\n",
    ];

    private static readonly string[] Questions = ["D0: Problem discovered", "D0: Impact", "D3: Immediate actions taken"];

    /// <summary>What people are told of what they did, each once.</summary>
    private static readonly string[] Told = ["Written to D", "In the timeline", "Is it the answer to"];

    /// <summary>Goes through it.</summary>
    public async Task GoesAsync()
    {
        await TypesAsync("/8d start Checkout is down");
        await AnswersAsync(Questions[0], "At 14:15 by monitoring", """
            [{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"At 14:15 by "},{"type":"text","text":"monitoring","style":{"bold":true}}]}]}]
            """);
        await SaysAsync("maria", "I look at the logs", await IsAskedAsync(Questions[1]), blocks: null);
        await PressesAsync("maria", "Is it the answer to", "Timeline");
        await AnswersAsync(Questions[1], "Nobody can pay", blocks: null);
        await AnswersAsync(Questions[2], "Restarted the database", blocks: null);
        await TypesAsync("/8d answer D2.symptoms Timeouts in the log");
        await TypesAsync("/8d answer D4.contributing No load test");
        await FillsInAsync();
        await TypesAsync("/8d action add Create the index @maria by 2024-12-27");
        await FilesByReactionAsync("The primary is read-only");
        await FilesByShortcutAsync("Payments are back");
        await LooksAtHomeAsync();
        await TypesAsync("/8d answer D7.process Wrong");
        await TypesAsync("/8d undo");
        await TypesAsync("/8d publish");
        await UntilAsync(IsInGit, "it is published");
        await TypesAsync("/8d close --anyway It is enough");
        await EndsAsync();
    }

    /// <summary>Waits until all is there, and looks at each thing.</summary>
    public async Task EndsAsync()
    {
        await UntilAsync(() => IsInGit() && Report().Contains("**Status:** Completed\n", StringComparison.Ordinal), "it is closed and published");
        await SeesAsync("ana", message => message is { ThreadTs: null, BotId: not null } && message.Shown.Contains("is closed, says", StringComparison.Ordinal), "the closing line");
        await SeesAsync("ana", IsReport, "the file of the report as it was published last");
        if (trouble is not null) await trouble.EndsAsync(room);
        foreach (var answer in Answers) Assert.Contains(trouble?.HidesNames == true ? answer.Split("Garcia: ")[^1] : answer, Report(), StringComparison.Ordinal);
        Assert.DoesNotContain("Wrong", Report(), StringComparison.Ordinal);
        NothingIsDoubled();
    }

    /// <summary>One card, one report, one closing line; each question, each confirmation and each version of the file once; each commit its own.</summary>
    public void NothingIsDoubled()
    {
        var said = room.People.Posted("ops");
        var marks = said.Select(message => message.Metadata is { } metadata ? SlackJson.String(metadata.GetProperty("event_payload"), "id") : null).Where(mark => mark is not null).ToList();
        Assert.Distinct(marks);
        Assert.Equal(3, said.Count(message => message.ThreadTs is null)); // the card, the report, the closing line
        foreach (var question in Questions) Assert.InRange(said.Count(message => message.ThreadTs is not null && message.Shown.StartsWith(question, StringComparison.Ordinal)), 0, 1);
        foreach (var question in Questions) Assert.Single(said, message => message.ThreadTs is not null && message.Shown.Contains($"Written to {question.Replace(":", ",", StringComparison.Ordinal)}", StringComparison.Ordinal));
        Assert.Distinct(said.SelectMany(message => message.Files).Select(file => file.Title));
        var told = ((string[])["ana", "maria"]).SelectMany(who => room.People.IsTold(who, "ops").Concat(room.People.SeesInPerson(who))).Select(message => message.Shown);
        if (trouble is not { MayRepeat: true }) Assert.Distinct(told.Where(words => Told.Any(begin => words.Contains(begin, StringComparison.Ordinal))));
        var effects = GitHere.Run(room.Repository, "log", "--format=%(trailers:key=8D-Effect,valueonly)", "main").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Distinct(effects);
        Assert.Equal(2, effects.Length);
    }

    /// <summary>Does what people do once they are told, and waits until they are where that is all that can happen next.</summary>
    private Task IsCalmAsync() => trouble?.ActsAsync(room) ?? Task.CompletedTask;

    private Task UntilAsync(Func<bool> isSo, string what) => People.UntilAsync(
        async () =>
        {
            var isThere = isSo();
            if (!isThere && trouble is not null) await trouble.IsOverAsync(room, isWaitedFor: true);
            return isThere;
        },
        what);

    private async Task<SlackMessage> SeesAsync(string user, Func<SlackMessage, bool> such, string what)
    {
        SlackMessage? found = null;
        await UntilAsync(() => (found = room.People.Sees(user, "ops").LastOrDefault(such)) is not null, $"{user} sees {what}");
        return found!;
    }

    /// <summary>Types a command, and once more where the bot says that it was not taken.</summary>
    private async Task TypesAsync(string command)
    {
        for (var attempt = 1; ; attempt++)
        {
            Assert.InRange(attempt, 1, 9);
            await IsCalmAsync();
            var told = room.People.IsTold("ana", "ops").Count;
            var answer = await room.People.Commands("ana", "ops", command);
            Assert.Equal(200, answer.Status);
            if (answer.Body.Contains("still saving", StringComparison.Ordinal) && command.Contains("start", StringComparison.Ordinal))
            {
                await UntilAsync(() => room.People.Posted("ops").Count > 0 || TriesAgain(told), "it is saved, or not");
            }

            if (!TriesAgain(told)) return;
        }
    }

    private bool TriesAgain(int told) => room.People.IsTold("ana", "ops").Skip(told).Any(message => message.Shown.Contains("othing was changed", StringComparison.Ordinal));

    private async Task AnswersAsync(string question, string text, string? blocks)
    {
        await SaysAsync("ana", text, await IsAskedAsync(question), blocks);
        room.Clock.Advance(TimeSpan.FromSeconds(3));
    }

    /// <summary>A question, also where it is drawn as text and without buttons.</summary>
    private Task<SlackMessage> IsAskedAsync(string question) =>
        SeesAsync("ana", message => message is { BotId: not null, ThreadTs: not null, IsEphemeral: false } && message.Shown.Contains(question, StringComparison.Ordinal), $"the question {question}");

    /// <summary>Says something in the thread, and once more where the bot was not in the channel to hear it.</summary>
    private async Task SaysAsync(string user, string text, SlackMessage question, string? blocks)
    {
        await IsCalmAsync();
        await IsHeardAsync(async () => (await room.People.Posts(user, "ops", text, question.ThreadTs, blocks)).Answer);
    }

    /// <summary>Does something that the bot hears of, and once more where it was not in the channel, which people see.</summary>
    private async Task IsHeardAsync(Func<Task<SlackAnswer?>> does)
    {
        SlackAnswer? heard;
        while ((heard = await does()) is null) await trouble!.MendAsync(room);
        await IsTakenAsync(heard);
    }

    /// <summary>Slack brings an event again that was not taken, the third time after five minutes: here it is brought at once, so more often.</summary>
    private async Task IsTakenAsync(SlackAnswer answer)
    {
        for (var attempt = 1; answer.Status != 200; attempt++)
        {
            Assert.InRange(attempt, 1, 9);
            if (trouble is not null) await trouble.IsOverAsync(room);
            if (attempt == 4 && trouble is { Stays: true }) await trouble.MendAsync(room); // nobody wrote anything, and whoever looks after the app sees it
            answer = await room.People.Delivery.AgainAsync(answer, attempt);
        }
    }

    /// <summary>Presses a button of what somebody was told alone, in the channel or, where the bot could not say it there, in person.</summary>
    private async Task PressesAsync(string user, string words, string button)
    {
        SlackMessage? told = null;
        await UntilAsync(() => (told = room.People.IsTold(user, "ops").Concat(room.People.SeesInPerson(user)).LastOrDefault(message => message.Shown.Contains(words, StringComparison.Ordinal))) is not null, $"{user} is told: {words}");
        await IsCalmAsync();
        await room.People.Presses(user, told!, button);
    }

    /// <summary>Opens a form, by the button where Slack did not open it, and fills it in.</summary>
    private async Task FillsInAsync()
    {
        await TypesAsync("/8d edit D5");
        await OpensAsync("Open form", offer => room.People.Presses("ana", offer, "Open form"));
        await room.People.WaitsForView("ana", "D5, Permanent correctiv…");
        await SubmitsAsync(new Dictionary<string, string?> { ["Risk assessment"] = "Index creation: low risk" });
    }

    private async Task FilesByReactionAsync(string text)
    {
        await IsCalmAsync();
        var said = await room.People.Posts("maria", "ops", text);
        await IsHeardAsync(() => room.People.Reacts("ana", "ops", said.Ts, "pushpin"));
    }

    /// <summary>Files a message by its shortcut, and once more where Slack did not open the form.</summary>
    private async Task FilesByShortcutAsync(string text)
    {
        await IsCalmAsync();
        var said = await room.People.Posts("maria", "ops", text);
        await room.People.Shortcut("ana", "ops", said.Ts, "add_to_8d");
        await OpensAsync("Add to the 8D report", _ => room.People.Shortcut("ana", "ops", said.Ts, "add_to_8d"));
        await room.People.WaitsForView("ana", "Add to the 8D report");
        await SubmitsAsync([]);
    }

    /// <summary>Submits the form, and once more where it was not saved.</summary>
    private async Task SubmitsAsync(Dictionary<string, string?> values)
    {
        while ((await room.People.Submits("ana", values)).Errors.Values.FirstOrDefault() is { } why)
        {
            Assert.Contains("press the button again", why, StringComparison.Ordinal);
            await IsCalmAsync();
        }
    }

    /// <summary>Waits until a form is open; tries again each time that it is said that Slack does not open it.</summary>
    private async Task OpensAsync(string unopened, Func<SlackMessage, Task> again)
    {
        for (var tried = 0; ;)
        {
            await UntilAsync(() => room.People.ViewOf("ana") is not null || Unopened().Count > tried, "the form is open, or it is said why not");
            if (room.People.ViewOf("ana") is not null) return;
            await IsCalmAsync();
            tried = Unopened().Count;
            await again(Unopened()[^1]);
        }

        IReadOnlyList<SlackMessage> Unopened() => [.. room.People.IsTold("ana", "ops").Where(message => message.Shown.Contains(unopened, StringComparison.Ordinal))];
    }

    private async Task LooksAtHomeAsync()
    {
        await IsCalmAsync();
        await IsHeardAsync(() => room.People.OpensHome("ana"));
        await UntilAsync(() => room.People.HomeOf("ana")?.Shown.Contains("Checkout is down", StringComparison.Ordinal) == true, "ana's home shows the 8D");
    }

    private bool IsReport(SlackMessage message) => message.Files.Any(file => Encoding.UTF8.GetString([.. file.Bytes]) == Report()) || (trouble?.LeavesText == true && message.Shown.Contains("as text:", StringComparison.Ordinal));

    private bool IsInGit() => GitHere.Run(room.Repository, "rev-list", "--count", "--all") != "0";

    private string Report() => GitHere.Read(room.Repository, $"docs/8d/{File}");
}
