using EightD.Bot.Tests.Conversations;
using EightD.Bot.Tests.Publishing;

namespace EightD.Bot.Tests.Teams;

/// <summary>The sample report comes out of a conversation in Teams byte for byte, whichever way its content is given.</summary>
public sealed class TeamsSampleTests
{
    private const string Commander = "alex";

    [Theory]
    [InlineData(TeamsRoom.Ops)]
    [InlineData(TeamsRoom.Group)]
    [InlineData(TeamsRoom.AnasChat)]
    public async Task By_commands(string conversation)
    {
        await using var room = await OpenAsync();
        var (post, _) = await CommandsAsync(room, conversation, $"start {SampleContent.Title}");
        foreach (var (discipline, text) in SampleContent.Disciplines) await CommandsAsync(room, conversation, $"answer {discipline}\n{text}", post);

        await ClosesAsync(room, conversation, post);
    }

    [Theory]
    [InlineData(TeamsRoom.Ops)]
    [InlineData(TeamsRoom.AnasChat)]
    public async Task By_replies_as_Teams_editor_makes_them(string conversation)
    {
        await using var room = await OpenAsync();
        var (post, _) = await CommandsAsync(room, conversation, $"start {SampleContent.Title}");
        var answered = 0;
        for (; answered < 3; answered++) await AnswerAsync(room, conversation, post, answered);
        await CommandsAsync(room, conversation, "resolved", post);
        for (; answered < SampleContent.Parts.Count; answered++) await AnswerAsync(room, conversation, post, answered);

        await ClosesAsync(room, conversation, post);
    }

    [Fact]
    public async Task Through_dialogs()
    {
        await using var room = await OpenAsync();
        var (post, _) = await CommandsAsync(room, TeamsRoom.Ops, "start");
        var offer = await room.IsTold(Commander, "@8D Bot start Checkout is down");
        var form = await room.People.Presses(Commander, offer, "Open the form");
        Assert.Equal(200, (await room.People.Submits(Commander, offer, form, ("What is going on?", SampleContent.Title))).Status);
        await room.CardAsync();
        foreach (var (discipline, _) in SampleContent.Disciplines)
        {
            await CommandsAsync(room, TeamsRoom.Ops, $"edit {discipline}", post);
            offer = await room.People.WaitsFor(TeamsRoom.Ops, message => message.To == "29:alex" && message.Shown.Contains($"{discipline}, ", StringComparison.Ordinal), $"the form of {discipline} is offered");
            var dialog = await room.People.Presses(Commander, offer, "Open the form");
            var parts = SampleContent.Parts.Where(part => part.Discipline == discipline).Select(part => (part.Label ?? SampleContent.HeadingOf(discipline), part.Text)).ToArray();
            Assert.Null((await room.People.Submits(Commander, offer, dialog, parts)).Task);
        }

        await ClosesAsync(room, TeamsRoom.Ops, post);
    }

    private static Task<TeamsRoom> OpenAsync() => TeamsRoom.OpenAsync("2024-12-20 19:15", kept: SampleRepository.New());

    private static async Task<(string Id, TeamsAnswer Answer)> CommandsAsync(TeamsRoom room, string conversation, string command, string? post = null, string? html = null)
    {
        var said = conversation == TeamsRoom.AnasChat ? await room.People.Says(Commander, command, conversation, html: html) : await room.People.Mentions(Commander, command, conversation, post, html);
        Assert.Equal(200, said.Answer.Status);
        return said;
    }

    private static List<TeamsShown> Questions(TeamsRoom room, string conversation) =>
        [.. room.Teams.Sees(conversation).Where(message => message.To is null && message.Buttons.Any(button => button.Label is "Skip" or "Undo"))];

    private static async Task AnswerAsync(TeamsRoom room, string conversation, string post, int answered)
    {
        TeamsShown? question = null;
        await People.UntilAsync(() => Task.FromResult(Questions(room, conversation).Count == answered + 1 && (question = Questions(room, conversation).SingleOrDefault(message => message.Buttons.Any(button => button.Label == "Skip"))) is not null), $"question {answered + 1} stands");
        var title = question!.Shown.Split('\n')[0];
        var (_, label, text) = SampleContent.Parts.Single(part => part.Discipline == title[..2] && (part.Label ?? SampleContent.HeadingOf(part.Discipline)) == title[4..]);
        await CommandsAsync(room, conversation, text.ReplaceLineEndings(" "), post, HtmlTyped.Of(text));
        await People.UntilAsync(() => Task.FromResult(room.Teams.Sees(conversation).Single(message => message.Id == question.Id).Buttons.Any(button => button.Label == "Undo")), $"{title} is confirmed");
        room.Clock.Advance(TimeSpan.FromSeconds(3));
    }

    private static async Task ClosesAsync(TeamsRoom room, string conversation, string post)
    {
        await CommandsAsync(room, conversation, "link 1 Supersedes", post);
        await CommandsAsync(room, conversation, "close --anyway The rest follows", post);
        if (conversation != TeamsRoom.Ops)
        {
            await StaysAsync(room, conversation);
            return;
        }

        await People.UntilAsync(() => Task.FromResult(GitHere.Run(room.Repository, "rev-list", "--count", "main") == "2"), "the report is committed");
        SampleRepository.HasTheSample(room.Repository, room.Clock.GetUtcNow());
        await room.People.WaitsFor(conversation, message => message.To is null && message.Buttons.Any(button => button.Label == "Download the report"), "the report is there");
        await room.People.WaitsFor(conversation, message => message.Shown.Contains("is closed, says", StringComparison.Ordinal), "the closing line");
        Assert.Single(room.Teams.Sees(conversation), message => message.To is null && message.Buttons.Any(button => button.Label == "Preview"));
        Assert.All(room.Teams.Sees(conversation).Where(message => message.To is null), message => Assert.Equal(conversation == TeamsRoom.Ops ? $"{conversation};messageid={post}" : conversation, message.Conversation));
    }

    /// <summary>What is said in a chat stays there: the report is handed over, and not committed.</summary>
    private static async Task StaysAsync(TeamsRoom room, string conversation)
    {
        await room.People.WaitsFor(conversation, message => message.Shown.Contains("is closed, says", StringComparison.Ordinal), "the closing line");
        var report = await room.People.WaitsFor(conversation, message => message.To is null && message.Buttons.Any(button => button.Label == "Download the report"), "the report is there");
        Assert.Equal(SampleContent.Text, SampleContent.WithoutFooter(await room.HandedOverAsync(Commander, report)));
        Assert.Equal("1", GitHere.Run(room.Repository, "rev-list", "--count", "main"));
    }
}
