namespace EightD.Bot.Tests.Conversations;

/// <summary>What was learned before is there when it is needed: where an 8D begins, where its cause is asked, in the list.</summary>
public sealed class EarlierReportsTests : DeskTests
{
    [Fact]
    public async Task Who_starts_is_offered_what_looked_alike_before_and_links_it_by_a_button()
    {
        await EarlierAsync("Checkout fails: database pool exhausted");
        await Chat.Says("bo", "/8d start The database pool is exhausted", "shop");

        var offer = await ToldAsync("bo", "earlier reports that look alike");
        Assert.Equal("**8D 0002: earlier reports that look alike**\n\n- **0001 Checkout fails: database pool exhausted** is about the same words: database, pool, exhausted. Its cause: The new query held each connection for 9 s. Not caught by: Load test: runs on too little data.\n\n`/8d show NUMBER` shows one of them here.", offer.Text);
        Assert.DoesNotContain(await Chat.Sees("ana", "shop"), said => said.Text.Contains("look alike", StringComparison.Ordinal));
        await Chat.Presses("bo", offer, "Link 0001", "shop");

        Assert.Contains("- Related to: [0001: Checkout fails: database pool exhausted](./0001-checkout-fails-database-pool-exhausted.md)", await Chat.ReportAsync("shop"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_asked_for_the_cause_sees_once_what_was_found_when_it_looked_alike()
    {
        await EarlierAsync("Checkout fails");
        await Chat.Says("bo", "/8d start Nobody can order", "shop");
        await Chat.Says("bo", "/8d answer D2 Timeouts to the orders database, nobody can pay", "shop");
        await Chat.Says("bo", "/8d resolved", "shop");
        foreach (var _ in Enumerable.Range(0, 15))
        {
            var question = await Chat.QuestionAsync("shop");
            if (question!.Card!.Title.StartsWith("D4", StringComparison.Ordinal)) break;
            await Chat.Presses("bo", question, "Skip", "shop");
        }

        Assert.Contains("- **0001 Checkout fails** is about the same words: ", (await ToldAsync("bo", "what was found when it looked alike before")).Text, StringComparison.Ordinal);
        await Chat.Presses("bo", (await Chat.QuestionAsync("shop"))!, "Skip", "shop");
        Assert.StartsWith("D4", (await Chat.QuestionAsync("shop"))!.Card!.Title, StringComparison.Ordinal);
        Assert.Single(await Chat.IsTold("bo", "shop"), said => said.Text.Contains("looked alike before", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_may_not_see_a_private_one_is_not_offered_it()
    {
        Opened = await Chat.OpenAsync();
        await Chat.Says("ana", "/8d start The database pool is exhausted", "private-board");
        await Chat.Says("ana", "/8d close --anyway It is known", "private-board");
        await Chat.Says("bo", "/8d start The database pool is exhausted again", "shop");
        await Chat.Says("bo", "/8d answer D2 Since ten", "shop");
        Assert.DoesNotContain(await Chat.IsTold("bo", "shop"), said => said.Text.Contains("look alike", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_list_says_what_8Ds_took_and_which_have_one_cause()
    {
        await EarlierAsync("Checkout fails");
        await Chat.Says("bo", "/8d start Orders are late", "shop");
        await Chat.Says("bo", "/8d answer D4.root A query held a connection for 12 s", "shop");
        Chat.Clock.Advance(TimeSpan.FromHours(2));
        await Chat.Says("bo", "/8d contained", "shop");

        await Chat.Says("bo", "/8d list all", "shop");

        var lines = (await Chat.IsTold("bo", "shop"))[^1].Text.Split('\n');
        Assert.Contains("- 0002: Orders are late – In Progress; contained after 2 h 00 min", lines);
        Assert.Contains("- 0001: Checkout fails; contained after 20 min, resolved after 1 h 20 min, closed after 1 h 20 min, actions on time 1 of 2", lines);
        Assert.Contains("The middle of these: contained after 20 min, resolved after 1 h 20 min, closed after 1 h 20 min.", lines);
        Assert.Contains("Actions done on time: 1 of 2.", lines);
        Assert.Contains("The same cause again in 0001, 0002: The new query held each connection for 9 s.", lines);
    }

    [Fact]
    public async Task Whoever_starts_picks_how_deep_it_goes()
    {
        Opened = await Chat.OpenAsync();
        await Chat.Says("ana", "/8d start");
        var form = await Chat.Presses("ana", (await Chat.IsTold("ana"))[^1], "Open the form");
        Assert.Contains(form!.Inputs.Single(input => input.Id == "template").Options!, option => option.Label == "incident-deep (also is / is not, whys, evidence)");
        await Chat.Submits("ana", form, new() { ["title"] = "Checkout is down", ["template"] = "incident-deep" });
        Assert.Equal("D0: Problem discovered", (await Chat.IsAsked("D0: Problem discovered")).Card!.Title);

        await Chat.Says("ana", "/8d contained");
        Assert.DoesNotContain("D2: Is / is not", await TitlesAsync());
        await Chat.Says("ana", "/8d resolved");
        string[] deep = ["D2: Is / is not", "D4: 5 whys - occurrence", "D4: 5 whys - escape point", "D4: Evidence", "D5: Verification before roll-out", "D7: Read-across"];
        Assert.Equal(deep, (await TitlesAsync()).Where(title => deep.Contains(title, StringComparer.Ordinal)));

        await Chat.Says("ana", "/8d answer D2.is Where | orders from the web shop | orders from the app\nWhen | since 14:15 UTC | before the release");
        await Chat.Says("ana", "/8d answer D4.5 whys - occurrence - No connection was free\n  - Why? The new query held each for 9 s\n    - Why? It had no index");

        var report = await Chat.ReportAsync();
        Assert.Contains("**Is / is not:**\n\n| Question | Is | Is not |\n|----------|----|--------|\n| Where | orders from the web shop | orders from the app |\n| When | since 14:15 UTC | before the release |\n", report, StringComparison.Ordinal);
        Assert.Contains("**5 whys - occurrence:**\n- No connection was free\n  - Why? The new query held each for 9 s\n    - Why? It had no index\n", report, StringComparison.Ordinal);
    }

    /// <summary>The questions that come while each is skipped.</summary>
    private async Task<List<string>> TitlesAsync()
    {
        List<string> titles = [];
        while (await Chat.QuestionAsync() is { } question)
        {
            titles.Add(question.Card!.Title);
            await Chat.Presses("ana", question, "Skip");
        }

        return titles;
    }

    /// <summary>An 8D of before, closed and published.</summary>
    private async Task EarlierAsync(string title)
    {
        Opened = await Chat.OpenAsync();
        await Chat.Says("ana", $"/8d start {title}");
        await Chat.Says("ana", "/8d answer D2 Customers cannot pay; timeouts to the orders database");
        await Chat.Says("ana", "/8d answer D4.root The new query held each connection for 9 s.");
        await Chat.Says("ana", "/8d answer D4.escape Load test: runs on too little data.");
        await Chat.Says("ana", "/8d action add Add an index @ana by 2024-12-23");
        await Chat.Says("ana", "/8d action add Grow the load test @ana by 2024-12-19");
        Chat.Clock.Advance(TimeSpan.FromMinutes(20));
        await Chat.Says("ana", "/8d contained");
        Chat.Clock.Advance(TimeSpan.FromHours(1));
        await Chat.Says("ana", "/8d resolved");
        await Chat.Says("ana", "/8d action done 1");
        await Chat.Says("ana", "/8d action done 2");
        await Chat.Says("ana", "/8d close --anyway The rest follows");
        await People.UntilAsync(async () => (await Chat.Posted()).Exists(said => said.Text.Contains("In Git as ", StringComparison.Ordinal) || said.Card?.Fields.Any(field => field.Name == "Git") == true), "it is in Git");
    }

    private async Task<Said> ToldAsync(string who, string words)
    {
        Said? told = null;
        await People.UntilAsync(async () => (told = (await Chat.IsTold(who, "shop")).Find(said => said.Text.Contains(words, StringComparison.Ordinal))) is not null, $"{who} is told: {words}");
        return told!;
    }
}
