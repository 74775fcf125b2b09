using System.Text;
using EightD.Bot.Tests.Publishing;

namespace EightD.Bot.Tests.Conversations;

/// <summary>The sample report comes out of a conversation byte for byte, whichever way its content is given.</summary>
public sealed class SampleTests
{
    private const string First = """
        # 0001: Product Quality Issue - Manufacturing Defect

        **Date:** 2024-11-04
        **Status:** Completed

        ## D0: Planning

        **Impact:** 300 units

        """;

    private const string FirstSuperseded = """
        # 0001: Product Quality Issue - Manufacturing Defect

        **Date:** 2024-11-04
        **Status:** Completed

        ## Links

        - Superseded by: [0003: Server Downtime Incident - Database Connection Failure](./0003-server-downtime-incident-database-connection-failure.md)

        ## D0: Planning

        **Impact:** 300 units

        """;

    private const string Contents = """
        # Our reports

        Ask Maria before you change anything here.

        ## Reports

        - [0001: Product Quality Issue - Manufacturing Defect](./0001-product-quality-issue-manufacturing-defect.md)
        - [0002: Late Delivery](./0002-late-delivery.md)

        ## See also

        The wiki.

        """;

    [Fact]
    public async Task As_twelve_messages()
    {
        await using var chat = await OpenAsync();
        await chat.Says("Alex Chen", $"/8d start {SampleContent.Title}");
        foreach (var (discipline, text) in SampleContent.Disciplines) await chat.Says("Alex Chen", $"/8d answer {discipline}\n{text}");
        await chat.Says("Alex Chen", "/8d link 1 Supersedes");
        await chat.Says("Alex Chen", "/8d close");

        Assert.Equal(12, (await chat.Sees("anybody")).Count(message => message.From == "Alex Chen"));
        await IsTheSample(chat);
    }

    [Fact]
    public async Task One_prompt_at_a_time_in_at_most_40_messages()
    {
        await using var chat = await OpenAsync();
        await chat.Says("Alex Chen", $"/8d start {SampleContent.Title}");
        for (var i = 0; i < 3; i++) await AnswerAsync(chat);
        Assert.Null(await chat.QuestionAsync());
        await chat.Says("Alex Chen", "/8d resolved");
        while (await AskedAsync(chat)) await AnswerAsync(chat);
        await chat.Says("Alex Chen", "/8d link 1 Supersedes");
        await chat.Says("Alex Chen", "/8d close");

        Assert.InRange((await chat.Sees("anybody")).Count(message => message.From == "Alex Chen"), 30, 40);
        await IsTheSample(chat);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task By_four_people_in_any_order(int seed)
    {
        await using var chat = await OpenAsync();
        var chance = new Random(seed);
        string[] people = ["Alex Chen", "Maria Santos", "Tom Wilson", "Jennifer Lee"];
        List<string> commands =
        [
            "/8d link 1 Supersedes",
            .. SampleContent.Parts.Select(part => $"/8d answer {part.Discipline}{(part.Label is null ? "" : $".{part.Label}")}\n{(chance.Next(2) == 0 ? part.Text : SampleContent.Typed(part.Text))}"),
        ];
        await chat.Says("Alex Chen", $"/8d start {SampleContent.Title}");
        var shuffled = commands.ToArray();
        chance.Shuffle(shuffled);
        foreach (var command in shuffled) await chat.Says(people[chance.Next(people.Length)], command);
        await chat.Says("Alex Chen", "/8d close");

        await IsTheSample(chat);
    }

    [Fact]
    public async Task Through_forms()
    {
        await using var chat = await OpenAsync();
        await chat.Says("Alex Chen", "/8d start");
        var start = (await chat.Presses("Alex Chen", (await chat.IsTold("Alex Chen"))[^1], "Open the form"))!;
        Assert.Null(await chat.Submits("Alex Chen", start, start.Inputs.ToDictionary(input => input.Id, input => input.Required ? SampleContent.Title : input.Value)));
        foreach (var (discipline, _) in SampleContent.Disciplines)
        {
            await chat.Says("Alex Chen", $"/8d edit {discipline}");
            var form = (await chat.Presses("Alex Chen", (await chat.IsTold("Alex Chen"))[^1], "Open the form"))!;
            var parts = SampleContent.Parts.Where(part => part.Discipline == discipline).ToList();
            var values = form.Inputs.ToDictionary(input => input.Id, input => parts.Find(part => (part.Label ?? form.Title[4..]) == input.Label).Text ?? input.Value);
            Assert.Equal(parts.Count, values.Values.Count(value => value.Length > 0));
            Assert.Null(await chat.Submits("Alex Chen", form, values));
        }

        await chat.Says("Alex Chen", "/8d link 1 Supersedes");
        await chat.Says("Alex Chen", "/8d close");

        await IsTheSample(chat);
    }

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 20)];

    /// <summary>A bot on 2024-12-20 whose repository has the reports 1 and 2 already.</summary>
    private static async Task<Chat> OpenAsync()
    {
        var folder = new TempFolder();
        GitHere.Run(folder.Path, "init", "-q", "--bare", "--initial-branch=main", "data/reports.git");
        GitHere.Push(folder, folder["data/reports.git"],
            (".8d-dir", "docs/8d\n"u8.ToArray()),
            ("README.md", "# Our product\n"u8.ToArray()),
            ("docs/8d/.8d-sequence.lock", "2"u8.ToArray()),
            ("docs/8d/README.md", Encoding.UTF8.GetBytes(Contents)),
            ("docs/8d/0001-product-quality-issue-manufacturing-defect.md", Encoding.UTF8.GetBytes(First)),
            ("docs/8d/0002-late-delivery.md", "# 0002: Late Delivery\n\n**Date:** 2024-11-20\n**Status:** Completed\n"u8.ToArray()));
        return await Chat.OpenAsync("2024-12-20 19:15", folder);
    }

    private static async Task<bool> AskedAsync(Chat chat)
    {
        // After the last question's answer none is asked any more, and its confirmation says so.
        await People.UntilAsync(async () => await chat.QuestionAsync() is not null || (await chat.Sees("anybody")).Exists(message => message.Text.Contains("/8d close", StringComparison.Ordinal)), "the next question is there");
        return await chat.QuestionAsync() is not null;
    }

    private static async Task AnswerAsync(Chat chat)
    {
        Said? question = null;
        await People.UntilAsync(async () => (question = await chat.QuestionAsync()) is not null, "a question is there");
        var title = question!.Card!.Title;
        var (_, label, text) = SampleContent.Parts.Single(part => part.Discipline == title[..2] && (part.Label ?? HeadingOf(part.Discipline)) == title[4..]);
        await chat.Replies("Alex Chen", label is null && text.StartsWith('|') ? text : SampleContent.Typed(text));
        Assert.Null(await chat.QuestionAsync());
        chat.Pause();
        if (!title.Contains("Immediate", StringComparison.Ordinal)) await AskedAsync(chat);
    }

    private static string HeadingOf(string discipline) =>
        SampleContent.Text.Split('\n').Single(line => line.StartsWith($"## {discipline}: ", StringComparison.Ordinal))[7..];

    /// <summary>The report in the conversation and in Git; what else the folder got; who committed it.</summary>
    private static async Task IsTheSample(Chat chat)
    {
        Assert.Equal(SampleContent.Text, SampleContent.WithoutFooter(await chat.ReportAsync()));
        await People.UntilAsync(async () => (await chat.Posted()).Exists(message => message.Card?.Fields.Exists(field => field.Name == "Git") == true), "the report is committed");

        var published = GitHere.Read(chat.Repository, $"docs/8d/{SampleContent.FileName}");
        Assert.Equal(SampleContent.Text, SampleContent.WithoutFooter(published));
        Assert.Equal(await chat.ReportAsync(), published);
        Assert.Matches(@"\n---\n\n\*[^\n]*8D Bot[^\n]*\*\n$", published);
        Assert.Equal(FirstSuperseded, GitHere.Read(chat.Repository, "docs/8d/0001-product-quality-issue-manufacturing-defect.md"));
        Assert.Equal(Contents.Replace("(./0002-late-delivery.md)\n", $"(./0002-late-delivery.md)\n- [0003: {SampleContent.Title}](./{SampleContent.FileName})\n", StringComparison.Ordinal),
            GitHere.Read(chat.Repository, "docs/8d/README.md"));
        Assert.Equal("3", GitHere.Read(chat.Repository, "docs/8d/.8d-sequence.lock").TrimEnd('\n'));
        Assert.Equal("2", GitHere.Run(chat.Repository, "rev-list", "--count", "main"));
        Assert.Equal($"Alex Chen|8D Bot|{chat.Clock.GetUtcNow():yyyy-MM-ddTHH:mm:ss}+00:00", GitHere.Run(chat.Repository, "log", "-1", "--format=%an|%cn|%aI", "main"));
        Assert.Equal(
            ["docs/8d/.8d-sequence.lock", "docs/8d/0001-product-quality-issue-manufacturing-defect.md", $"docs/8d/{SampleContent.FileName}", "docs/8d/README.md"],
            GitHere.Run(chat.Repository, "diff", "--name-only", "main~1", "main").Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal("", GitHere.Run(chat.Repository, "fsck", "--full", "--strict"));
        Assert.InRange((await chat.Posted()).Count, 1, 4);
    }
}
