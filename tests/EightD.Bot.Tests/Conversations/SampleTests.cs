namespace EightD.Bot.Tests.Conversations;

/// <summary>The sample report comes out of a conversation byte for byte, whichever way its content is given.</summary>
public sealed class SampleTests
{
    [Fact]
    public async Task As_twelve_messages()
    {
        await using var chat = await OpenAsync();
        await chat.Says("Alex Chen", $"/8d start {SampleContent.Title}");
        foreach (var (discipline, text) in SampleContent.Disciplines) await chat.Says("Alex Chen", $"/8d answer {discipline}\n{text}");
        await chat.Says("Alex Chen", "/8d link 1 Supersedes");
        await chat.Says("Alex Chen", "/8d close --anyway The rest follows");

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
        await chat.Says("Alex Chen", "/8d close --anyway The rest follows");

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
        await chat.Says("Alex Chen", "/8d close --anyway The rest follows");

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
        await chat.Says("Alex Chen", "/8d close --anyway The rest follows");

        await IsTheSample(chat);
    }

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 20)];

    /// <summary>A bot on 2024-12-20 whose repository has the reports 1 and 2 already.</summary>
    private static Task<Chat> OpenAsync() => Chat.OpenAsync("2024-12-20 19:15", SampleRepository.New());

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
        var (_, label, text) = SampleContent.Parts.Single(part => part.Discipline == title[..2] && (part.Label ?? SampleContent.HeadingOf(part.Discipline)) == title[4..]);
        await chat.Replies("Alex Chen", label is null && text.StartsWith('|') ? text : SampleContent.Typed(text));
        Assert.Null(await chat.QuestionAsync());
        chat.Pause();
        if (!title.Contains("Immediate", StringComparison.Ordinal)) await AskedAsync(chat);
    }

    /// <summary>The report in the conversation and in Git; what else the folder got; who committed it.</summary>
    private static async Task IsTheSample(Chat chat)
    {
        Assert.Equal(SampleContent.Text, SampleContent.WithoutFooter(await chat.ReportAsync()));
        await People.UntilAsync(async () => (await chat.Posted()).Exists(message => message.Card?.Fields.Exists(field => field.Name == "Git") == true), "the report is committed");

        Assert.Equal(await chat.ReportAsync(), SampleRepository.HasTheSample(chat.Repository, chat.Clock.GetUtcNow()));
        Assert.InRange((await chat.Posted()).Count, 1, 4);
    }
}
