using System.Text;
using EightD.Bot.Tests.Conversations;
using EightD.Bot.Tests.Publishing;

namespace EightD.Bot.Tests.Slack;

/// <summary>A whole 8D in a channel, from start to close, as people go through it: what they are told to do again they do again.</summary>
internal sealed class SlackWhole(SlackRoom room)
{
    private const string File = "0001-checkout-is-down.md";

    private static readonly string[] Answers =
    [
        "**Problem discovered:** At 14:15 by **monitoring**\n", "**Impact:** Nobody can pay\n", "1. Restarted the database\n", "- Timeouts in the log\n", "- No load test\n", "- Index creation: low risk\n",
        "| Create the index | Maria Garcia | Dec 27, 2024 | Open |\n", "Maria Garcia: I look at the logs", "**Status:** Completed\n",
    ];

    private static readonly string[] Questions = ["D0: Problem discovered", "D0: Impact", "D3: Immediate actions taken"];

    /// <summary>Goes through it.</summary>
    public async Task GoesAsync()
    {
        await TypesAsync("/8d start Checkout is down");
        await AnswersAsync(Questions[0], "At 14:15 by monitoring", """
            [{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"At 14:15 by "},{"type":"text","text":"monitoring","style":{"bold":true}}]}]}]
            """);
        await SaysAsync("maria", "I look at the logs", await IsAskedAsync(Questions[1]), blocks: null);
        var offer = await room.IsTold("maria", "Is it the answer to");
        await room.People.Presses("maria", offer, "Timeline");
        await AnswersAsync(Questions[1], "Nobody can pay", blocks: null);
        await AnswersAsync(Questions[2], "Restarted the database", blocks: null);
        await TypesAsync("/8d answer D2.symptoms Timeouts in the log");
        await TypesAsync("/8d answer D4.contributing No load test");
        await FillsInAsync();
        await TypesAsync("/8d action add Create the index @maria by 2024-12-27");
        await TypesAsync("/8d answer D7.process Wrong");
        await TypesAsync("/8d undo");
        await TypesAsync("/8d publish");
        await People.UntilAsync(() => Task.FromResult(IsInGit()), "it is published");
        await TypesAsync("/8d close --anyway It is enough");
        await EndsAsync();
    }

    /// <summary>Waits until all is there, and looks at each thing.</summary>
    public async Task EndsAsync()
    {
        await People.UntilAsync(() => Task.FromResult(IsInGit() && Report().Contains("**Status:** Completed\n", StringComparison.Ordinal)), "it is closed and published");
        await room.People.WaitsFor("ana", "ops", message => message is { ThreadTs: null, BotId: not null } && message.Shown.Contains("is closed, says", StringComparison.Ordinal), "the closing line");
        await room.People.WaitsFor("ana", "ops", message => message.Files.Any(file => Encoding.UTF8.GetString([.. file.Bytes]) == Report()), "the file of the report as it was published last");
        foreach (var answer in Answers) Assert.Contains(answer, Report(), StringComparison.Ordinal);
        Assert.DoesNotContain("Wrong", Report(), StringComparison.Ordinal);
        NothingIsDoubled();
    }

    /// <summary>One card, one report, one closing line; each question and each version of the file once; each commit its own.</summary>
    public void NothingIsDoubled()
    {
        var said = room.People.Posted("ops");
        var marks = said.Select(message => message.Metadata is { } metadata ? SlackJson.String(metadata.GetProperty("event_payload"), "id") : null).Where(mark => mark is not null).ToList();
        Assert.Distinct(marks);
        Assert.Equal(3, said.Count(message => message.ThreadTs is null)); // the card, the report, the closing line
        foreach (var question in Questions) Assert.InRange(said.Count(message => message.ThreadTs is not null && message.Shown.StartsWith(question, StringComparison.Ordinal)), 0, 1);
        Assert.Distinct(said.SelectMany(message => message.Files).Select(file => file.Title));
        var effects = GitHere.Run(room.Repository, "log", "--format=%(trailers:key=8D-Effect,valueonly)", "main").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Distinct(effects);
        Assert.Equal(2, effects.Length);
    }

    /// <summary>Types a command, and once more where the bot says that it was not taken.</summary>
    private async Task TypesAsync(string command)
    {
        for (var attempt = 0; attempt < 3; attempt++)
        {
            var told = room.People.IsTold("ana", "ops").Count;
            var answer = await room.People.Commands("ana", "ops", command);
            Assert.Equal(200, answer.Status);
            if (answer.Body.Contains("still saving", StringComparison.Ordinal) && command.Contains("start", StringComparison.Ordinal))
            {
                await People.UntilAsync(() => Task.FromResult(room.People.Posted("ops").Count > 0 || TriesAgain(told)), "it is saved, or not");
            }

            if (!TriesAgain(told)) return;
        }
    }

    private bool TriesAgain(int told) => room.People.IsTold("ana", "ops").Skip(told).Any(message => message.Shown.Contains("nothing was changed", StringComparison.Ordinal));

    private async Task AnswersAsync(string question, string text, string? blocks)
    {
        await SaysAsync("ana", text, await IsAskedAsync(question), blocks);
        room.Clock.Advance(TimeSpan.FromSeconds(3));
    }

    /// <summary>A question, also where it is drawn as text and without buttons.</summary>
    private Task<SlackMessage> IsAskedAsync(string question) =>
        room.People.WaitsFor("ana", "ops", message => message is { BotId: not null, ThreadTs: not null, IsEphemeral: false } && message.Shown.Contains(question, StringComparison.Ordinal), $"the question {question}");

    /// <summary>Says something in the thread; Slack brings it again where it was not taken.</summary>
    private async Task SaysAsync(string user, string text, SlackMessage question, string? blocks)
    {
        var posted = await room.People.Posts(user, "ops", text, question.ThreadTs, blocks);
        var answer = posted.Answer!;
        for (var attempt = 1; answer.Status != 200; attempt++)
        {
            Assert.InRange(attempt, 1, 3);
            answer = await room.People.Delivery.AgainAsync(answer, attempt);
        }
    }

    /// <summary>Opens a form, by the button where Slack did not open it, and fills it in.</summary>
    private async Task FillsInAsync()
    {
        await TypesAsync("/8d edit D5");
        await People.UntilAsync(() => Task.FromResult(room.People.ViewOf("ana") is not null || Offer() is not null), "the form is open, or its button there");
        if (room.People.ViewOf("ana") is null) await room.People.Presses("ana", Offer()!, "Open form");
        await room.People.WaitsForView("ana", "D5, Permanent correctiv…");
        var saved = await room.People.Submits("ana", new Dictionary<string, string?> { ["Risk assessment"] = "Index creation: low risk" });
        Assert.Empty(saved.Errors);
    }

    private SlackMessage? Offer() => room.People.IsTold("ana", "ops").FirstOrDefault(message => message.Buttons.Any(button => button.Label == "Open form"));

    private bool IsInGit() => GitHere.Run(room.Repository, "rev-list", "--count", "--all") != "0";

    private string Report() => GitHere.Read(room.Repository, $"docs/8d/{File}");
}
