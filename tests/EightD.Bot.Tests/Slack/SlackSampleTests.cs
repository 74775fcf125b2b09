using System.Text;
using EightD.Bot.Tests.Conversations;
using EightD.Bot.Tests.Publishing;

namespace EightD.Bot.Tests.Slack;

/// <summary>The sample report comes out of a conversation in Slack byte for byte, whichever way its content is given.</summary>
public sealed class SlackSampleTests
{
    private const string Commander = "alex";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task By_commands(bool overSocket)
    {
        await using var room = await OpenAsync(overSocket);
        await room.People.Commands(Commander, "ops", $"/8d start {SampleContent.Title}");
        foreach (var (discipline, text) in SampleContent.Disciplines) await room.People.Commands(Commander, "ops", $"/8d answer {discipline}\n{text}");

        await ClosesAsync(room);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task By_replies_in_the_thread_as_Slacks_editor_makes_them(bool withListsAsTyped)
    {
        await using var room = await OpenAsync();
        await room.People.Commands(Commander, "ops", $"/8d start {SampleContent.Title}");
        var answered = 0;
        for (; answered < 3; answered++) await AnswerAsync(room, withListsAsTyped, answered);
        await room.People.Commands(Commander, "ops", "/8d resolved");
        for (; answered < SampleContent.Parts.Count; answered++) await AnswerAsync(room, withListsAsTyped, answered);

        var questions = Questions(room);
        Assert.Equal(SampleContent.Parts.Count, questions.Count); // each answer's confirmation stands where its question stood
        Assert.InRange(room.People.Posted("ops").Count(message => message.ThreadTs is not null), questions.Count, questions.Count + 3);
        await ClosesAsync(room);
    }

    [Fact]
    public async Task By_a_mention_for_each_discipline_with_all_its_parts()
    {
        await using var room = await OpenAsync();
        await room.People.Commands(Commander, "ops", $"/8d start {SampleContent.Title}");
        var card = await room.CardAsync();
        foreach (var (discipline, text) in SampleContent.Disciplines)
        {
            await room.People.Posts(Commander, "ops", $"<@{room.Slack.Home.BotUser}> answer {discipline}\n{text}", card.Ts, Mentioning(room, $"answer {discipline}\n{text}"));
            await MentionAsync(room);
        }

        await ClosesAsync(room);
    }

    [Fact]
    public async Task Through_modals()
    {
        await using var room = await OpenAsync();
        await room.People.Commands(Commander, "ops", "/8d start");
        await room.People.WaitsForView(Commander, "Start an 8D");
        await room.People.Submits(Commander, new Dictionary<string, string?> { ["title"] = SampleContent.Title });
        await room.CardAsync();
        foreach (var (discipline, _) in SampleContent.Disciplines)
        {
            await room.People.Commands(Commander, "ops", $"/8d edit {discipline}");
            await People.UntilAsync(() => Task.FromResult(room.People.ViewOf(Commander) is not null), $"the form of {discipline} is open");
            var parts = SampleContent.Parts.Where(part => part.Discipline == discipline).ToDictionary(part => part.Label ?? SampleContent.HeadingOf(discipline), string? (part) => part.Text);
            Assert.Empty((await room.People.Submits(Commander, parts)).Errors);
        }

        await ClosesAsync(room);
    }

    /// <summary>Whatever Slack's editor can make survives the way into the report.</summary>
    [Theory]
    [InlineData("one\n\ntwo")]
    [InlineData("1. **Fix:** add an index\n   - `create index` on *user*\n   - see [the plan](https://plan.example/a_b)\n\n2. ~~Blame~~ learn")]
    [InlineData("before\n\n- one\n- two\n\nafter")]
    [InlineData("before\n- one\n\nafter")]
    [InlineData("```\nselect *\n  from user\n```")]
    [InlineData("See:\n\n```\nx = 1\n```\n\nand then **that**.")]
    [InlineData("a_b, 2*3*4, #1 and <5 & >3")]
    public async Task What_Slacks_editor_can_make_survives(string markdown)
    {
        await using var room = await SlackRoom.OpenAsync();
        await room.People.Commands(Commander, "ops", "/8d start Checkout is down");
        await room.IsAsked("D0: Problem discovered");
        await room.People.Posts(Commander, "ops", markdown, (await room.CardAsync()).Ts, RichTyped.Of(markdown));
        room.Clock.Advance(TimeSpan.FromSeconds(3));
        await room.IsAsked("D0: Impact");
        await room.Publishes(Commander);

        Assert.Contains($"**Problem discovered:**{(markdown.Contains('\n', StringComparison.Ordinal) ? "\n\n" : " ")}{markdown}\n", await room.ReportAsync("0001-checkout-is-down.md"), StringComparison.Ordinal);
    }

    private static Task<SlackRoom> OpenAsync(bool overSocket = false) => SlackRoom.OpenAsync("2024-12-20 19:15", overSocket, kept: SampleRepository.New());

    /// <summary>The message as its author's editor made it: the mention, then what follows.</summary>
    private static string Mentioning(SlackRoom room, string text)
    {
        const string Begin = "\"type\":\"rich_text_section\",\"elements\":[";
        var typed = RichTyped.Of(text);
        var at = typed.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        return typed.Insert(at, $$"""{"type":"user","user_id":"{{room.Slack.Home.BotUser}}"},{"type":"text","text":" "},""");
    }

    /// <summary>The newest message comes as a mention too.</summary>
    private static async Task MentionAsync(SlackRoom room)
    {
        var said = room.People.Sees(Commander, "ops").Last(message => message.BotId is null).ToJson();
        (said["type"], said["channel"]) = ("app_mention", SlackRoom.Ops);
        Assert.Equal(200, (await room.People.Happens("ops", said))!.Status);
    }

    private static List<SlackMessage> Questions(SlackRoom room) =>
        [.. room.People.Posted("ops").Where(message => message.ThreadTs is not null && message.Buttons.Any(button => button.Label is "Skip" or "Undo"))];

    private static async Task AnswerAsync(SlackRoom room, bool withListsAsTyped, int answered)
    {
        SlackMessage? question = null;
        await People.UntilAsync(() => Task.FromResult(Questions(room).Count == answered + 1 && (question = Questions(room).SingleOrDefault(message => message.Buttons.Any(button => button.Label == "Skip"))) is not null), $"question {answered + 1} stands");
        var title = question!.Shown.Split('\n')[0];
        var (_, label, text) = SampleContent.Parts.Single(part => part.Discipline == title[..2] && (part.Label ?? SampleContent.HeadingOf(part.Discipline)) == title[4..]);
        var typed = withListsAsTyped && !(label is null && text.StartsWith('|')) ? SampleContent.Typed(text) : text;
        var posted = await room.People.Posts(Commander, "ops", typed, question.ThreadTs, RichTyped.Of(typed));
        Assert.Equal(200, posted.Answer!.Status);
        await People.UntilAsync(() => Task.FromResult(room.People.Now(question)!.Buttons.Any(button => button.Label == "Undo")), $"{title} is confirmed");
        room.Clock.Advance(TimeSpan.FromSeconds(3));
    }

    private static async Task ClosesAsync(SlackRoom room)
    {
        await room.People.Commands(Commander, "ops", "/8d link 1 Supersedes");
        await room.People.Commands(Commander, "ops", "/8d close --anyway The rest follows");
        await People.UntilAsync(() => Task.FromResult(GitHere.Run(room.Repository, "rev-list", "--count", "main") == "2"), "the report is committed");
        var published = SampleRepository.HasTheSample(room.Repository, room.Clock.GetUtcNow());
        var file = await room.People.WaitsFor(Commander, "ops", message => message.Files.Count == 2, "the files are there");
        Assert.Equal(published, Encoding.UTF8.GetString([.. file.Files[0].Bytes]));
        await room.People.WaitsFor(Commander, "ops", message => message.ThreadTs is null && message.Shown.Contains("is closed, says", StringComparison.Ordinal), "the closing line");
        Assert.InRange(room.People.Posted("ops").Count(message => message.ThreadTs is null), 1, 4);
    }
}
