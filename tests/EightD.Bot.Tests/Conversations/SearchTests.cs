using EightD.Bot.Tests.Publishing;

namespace EightD.Bot.Tests.Conversations;

/// <summary>Finding earlier reports by their words.</summary>
public sealed class SearchTests
{
    [Fact]
    public async Task A_report_is_found_by_what_it_says_whoever_wrote_it()
    {
        await using var chat = await Chat.OpenAsync();
        using var desk = new TempFolder();
        GitHere.Push(desk, chat.Repository, ("docs/8d/0004-mail.md", "# 4: Mail is slow\n\n## D4: Root cause\n\nThe connection pool was too small\n"u8.ToArray()));
        await chat.Says("ana", "/8d start Checkout is down");
        await chat.Says("ana", "/8d answer D0.impact The connection pool is empty");
        await chat.Says("ana", "/8d publish");
        await People.UntilAsync(() => Task.FromResult(GitHere.Run(chat.Repository, "ls-tree", "--name-only", "main", "docs/8d/").Contains("0005", StringComparison.Ordinal)), "it is published");

        Assert.Equal("Reports that hold “connection POOL”:\n\n- 0005: Checkout is down – **Impact:** The connection pool is empty\n- 0004: Mail is slow – The connection pool was too small", await ToldAsync("connection POOL"));
        Assert.Equal("No report that you can see here holds all of “nobody wrote this”. `/8d list all` shows those there are.", await ToldAsync("nobody wrote this"));

        async Task<string> ToldAsync(string words)
        {
            await chat.Says("bo", $"/8d search {words}");
            return (await chat.IsTold("bo"))[^1].Text;
        }
    }

    [Fact]
    public async Task What_was_published_before_it_became_private_is_found_by_its_own_people_alone()
    {
        await using var chat = await Chat.OpenAsync();
        using var desk = new TempFolder();
        await chat.Says("ana", "/8d start Payroll is wrong", "private-hr");
        GitHere.Push(desk, chat.Repository, ("docs/8d/0001-payroll.md", "# 0001: Payroll\n\nsalaries\n"u8.ToArray()));

        await chat.Says("bo", "/8d search salaries", "dev");
        Assert.StartsWith("No report that you can see", (await chat.IsTold("bo", "dev"))[^1].Text, StringComparison.Ordinal);
        await chat.Says("ana", "/8d search salaries", "private-hr");
        Assert.Contains("0001: Payroll", (await chat.IsTold("ana", "private-hr"))[^1].Text, StringComparison.Ordinal);
    }
}
