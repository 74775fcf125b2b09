using EightD.Bot.ReadingBack;
using EightD.Bot.Tests.Conversations;
using EightD.Bot.Tests.Publishing;

namespace EightD.Bot.Tests.PullRequests;

/// <summary>Reports that wait on branches of their own until people merge them; here in a repository on no host, whose branches people merge with git.</summary>
public sealed class BranchesTests : IAsyncDisposable
{
    private const string File = "docs/8d/0001-checkout-is-down.md", Contents = "docs/8d/README.md", Branch = "8d/0001";

    private readonly TempFolder desk = new();
    private readonly GitHistory history = new();
    private Chat? opened;

    private Chat Chat => opened!;

    /// <summary>Whatever was done, no commit that was ever on <c>main</c> is lost.</summary>
    public async ValueTask DisposeAsync()
    {
        if (opened is not null)
        {
            history.AssertKept(Chat.Repository);
            await Chat.DisposeAsync();
        }

        desk.Dispose();
    }

    [Fact]
    public async Task A_report_goes_to_a_branch_of_its_own_and_later_edits_are_commits_on_it()
    {
        await PublishedAsync();

        await Chat.ThreadSays("The report is on the branch `8d/0001` and waits to be merged.");
        Assert.Contains("Pull request: branch 8d/0001", (await Chat.CardAsync()).Text, StringComparison.Ordinal);
        Assert.Equal([".8d-dir"], Files("main"));
        Assert.Equal([".8d-dir", "docs/8d/.8d-sequence.lock", File, Contents], Files(Branch));
        await Chat.Says("ana", "/8d answer D4.factors No load test");
        await PublishAsync();

        Assert.Equal("2", GitHere.Run(Chat.Repository, "rev-list", "--count", $"main..{Branch}"));
        Assert.Equal("3\t0", GitHere.Run(Chat.Repository, "show", "--numstat", "--format=", Branch, "--", File)[..3]);
        Assert.Equal(1, await Chat.CountInThreads("waits to be merged"));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task When_it_was_merged_it_is_said_and_the_next_edit_waits_on_a_branch_again(bool squash, bool delete)
    {
        await PublishedAsync();
        GitHere.Merge(desk, Chat.Repository, Branch, squash, delete);
        Remember();
        await LookAsync();

        await Chat.ThreadSays($"The report was merged: {File}");
        Assert.DoesNotContain("Pull request", (await Chat.CardAsync()).Text, StringComparison.Ordinal);
        Assert.Equal(await Chat.ReportAsync(), GitHere.Read(Chat.Repository, File));
        await Chat.Says("ana", "/8d answer D4.factors No load test");
        await PublishAsync();

        Assert.DoesNotContain("No load test", GitHere.Read(Chat.Repository, File), StringComparison.Ordinal);
        Assert.Equal(2, await Chat.CountInThreads("waits to be merged"));
        GitHere.Merge(desk, Chat.Repository, Branch, squash, delete);
        Remember();
        await LookAsync();
        await People.UntilAsync(async () => await Chat.CountInThreads("The report was merged") == 2, "it says that it was merged again");
        Assert.Equal(await Chat.ReportAsync(), GitHere.Read(Chat.Repository, File));
        Assert.Equal(0, await Chat.CountInThreads("changed this in Git"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_somebody_changed_right_after_the_merge_comes_back_with_it(bool squash)
    {
        await PublishedAsync();
        GitHere.Merge(desk, Chat.Repository, Branch, squash, delete: true);
        GitHere.AtDesk(desk, Chat.Repository, tree => Edit(tree, "Nobody can pay", "Nobody in Europe can pay"));
        Remember();
        await Chat.Says("ana", "/8d answer D4.factors No load test");
        await Chat.Says("ana", "/8d publish");

        await Chat.ThreadSays("The report was merged");
        await Chat.ThreadSays("changed this in Git");
        await WaitsInGitAsync();
        Assert.Contains("Nobody in Europe can pay", await Chat.ReportAsync(), StringComparison.Ordinal);
        Assert.Contains("- No load test", GitHere.Read(Chat.Repository, File, Branch), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_reviewer_changes_on_the_branch_comes_into_the_8D_and_stays_on_the_branch()
    {
        await PublishedAsync();
        GitHere.AtDesk(desk, Chat.Repository, tree =>
        {
            Edit(tree, "Nobody can pay", "Nobody in Europe can pay");
            System.IO.File.WriteAllText(Path.Combine(tree, "docs/8d/graph.txt"), "a graph\n");
        }, branch: Branch);
        await LookAsync();

        await Chat.ThreadSays("T changed this in Git");
        Assert.Contains("Nobody in Europe can pay", await Chat.ReportAsync(), StringComparison.Ordinal);
        await Chat.Says("ana", "/8d answer D4.factors No load test");
        await PublishAsync();
        Assert.Equal("a graph", GitHere.Run(Chat.Repository, "show", $"{Branch}:docs/8d/graph.txt"));
    }

    [Fact]
    public async Task A_branch_that_was_deleted_unmerged_is_said_and_the_next_publish_makes_it_anew()
    {
        await PublishedAsync();
        GitHere.Run(Chat.Repository, "branch", "-D", Branch);
        await LookAsync();

        await Chat.ThreadSays("The branch `8d/0001` was deleted without being merged. The report is safe here");
        Assert.Contains("deleted without being merged", (await Chat.CardAsync()).Text, StringComparison.Ordinal);
        await LookAsync();
        Assert.Equal([".8d-dir"], Files("main"));
        await PublishAsync();
        Assert.Equal(1, await Chat.CountInThreads("was deleted"));
        Assert.Equal(2, await Chat.CountInThreads("waits to be merged"));
    }

    [Fact]
    public async Task A_branch_of_a_report_that_was_merged_before_may_be_deleted_unmerged_too()
    {
        await PublishedAsync();
        GitHere.Merge(desk, Chat.Repository, Branch, delete: true);
        Remember();
        await LookAsync();
        await Chat.Says("ana", "/8d answer D4.factors No load test");
        await PublishAsync();
        GitHere.Run(Chat.Repository, "branch", "-D", Branch);
        await Chat.Says("ana", "/8d publish");

        await Chat.ThreadSays("was deleted without being merged");
        Assert.Contains("- No load test", await Chat.ReportAsync(), StringComparison.Ordinal);
        await PublishAsync();
        Assert.Contains("- No load test", GitHere.Read(Chat.Repository, File, Branch), StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_another_report_is_merged_this_ones_branch_is_made_to_fit()
    {
        await PublishedAsync();
        GitHere.AtDesk(desk, Chat.Repository, tree =>
        {
            Directory.CreateDirectory(Path.Combine(tree, "docs/8d"));
            System.IO.File.WriteAllText(Path.Combine(tree, "docs/8d/0002-mail-is-slow.md"), "# 0002: Mail is slow\n");
            System.IO.File.WriteAllText(Path.Combine(tree, Contents), "# Our reports\n\n## Reports\n\n- [0002: Mail is slow](./0002-mail-is-slow.md)\n");
            System.IO.File.WriteAllText(Path.Combine(tree, "docs/8d/.8d-sequence.lock"), "2");
        });
        Remember();
        await LookAsync();

        Assert.Equal("# Our reports\n\n## Reports\n\n- [0001: Checkout is down](./0001-checkout-is-down.md)\n- [0002: Mail is slow](./0002-mail-is-slow.md)\n", GitHere.Read(Chat.Repository, Contents, Branch));
        GitHere.Merge(desk, Chat.Repository, Branch);
        Remember();
        Assert.Equal("2", GitHere.Read(Chat.Repository, "docs/8d/.8d-sequence.lock"));
        await LookAsync();
        await Chat.ThreadSays("The report was merged");
    }

    [Fact]
    public async Task What_happens_elsewhere_in_the_repository_is_merged_in_and_nothing_more()
    {
        await PublishedAsync();
        var before = GitHere.Run(Chat.Repository, "rev-parse", $"{Branch}:docs");
        GitHere.Push(desk, Chat.Repository, ("src/main.c", "int main;\n"u8.ToArray()));
        Remember();
        await LookAsync();

        Assert.Equal("int main;", GitHere.Run(Chat.Repository, "show", $"{Branch}:src/main.c"));
        Assert.Equal("", GitHere.Run(Chat.Repository, "log", "--format=%h", $"{Branch}..main"));
        Assert.Equal(before, GitHere.Run(Chat.Repository, "rev-parse", $"{Branch}:docs"));
        var merged = GitHere.Run(Chat.Repository, "rev-parse", Branch);
        await LookAsync();
        Assert.Equal(merged, GitHere.Run(Chat.Repository, "rev-parse", Branch));
        Assert.Equal(0, await Chat.CountInThreads("changed this in Git"));
    }

    [Fact]
    public async Task A_number_that_was_published_meanwhile_becomes_the_next_free_one_also_while_it_waits()
    {
        await PublishedAsync();
        GitHere.Push(desk, Chat.Repository, ("docs/8d/0001-mail-is-slow.md", "# 0001: Mail is slow\n"u8.ToArray()));
        Remember();
        await LookAsync();

        await Chat.ThreadSays("Number 1 was given to another report meanwhile. This one is now 2");
        await People.UntilAsync(() => Task.FromResult(GitHere.Run(Chat.Repository, "branch", "--list", "8d/0002").Length > 0), "it has a branch with its new number");
        Assert.StartsWith("# 0002: Checkout is down\n", GitHere.Read(Chat.Repository, "docs/8d/0002-checkout-is-down.md", "8d/0002"), StringComparison.Ordinal);
        Assert.DoesNotContain(File, Files("8d/0002"));
        GitHere.Merge(desk, Chat.Repository, "8d/0002");
        Remember();
    }

    [Fact]
    public async Task The_branches_of_others_count_when_a_number_is_given()
    {
        opened = await OpenAsync();
        GitHere.Push(desk, Chat.Repository, ("docs/8d/.8d-sequence.lock", "6"u8.ToArray()));
        GitHere.Run(Chat.Repository, "branch", "8d/0007", "main");
        GitHere.Run(Chat.Repository, "branch", "8d/elsewhere/0100", "main");
        Remember();

        await Chat.Says("ana", "/8d start Checkout is down");

        Assert.StartsWith("# 0008: ", await Chat.ReportAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_bot_that_was_first_with_the_branch_has_the_number()
    {
        opened = await OpenAsync();
        await Chat.Says("ana", "/8d start Checkout is down");
        GitHere.Push(desk, Chat.Repository, ("other.md", "x"u8.ToArray()));
        GitHere.Run(Chat.Repository, "branch", Branch, "main");
        Remember();
        await Chat.Says("ana", "/8d publish");

        await Chat.ThreadSays("This one is now 2");
        await WaitsInGitAsync("0002-checkout-is-down.md", "8d/0002");
        Assert.Equal("other.md", Assert.Single(Files(Branch)));
    }

    [Fact]
    public async Task A_file_that_people_changed_on_both_branches_is_theirs_to_merge()
    {
        await PublishedAsync();
        GitHere.AtDesk(desk, Chat.Repository, tree => System.IO.File.WriteAllText(Path.Combine(tree, "notes.txt"), "on the branch\n"), branch: Branch);
        GitHere.Push(desk, Chat.Repository, ("notes.txt", "on main\n"u8.ToArray()));
        Remember();
        await Chat.Says("ana", "/8d answer D4.factors No load test");
        await Chat.Says("ana", "/8d publish");

        await Chat.ThreadSays("main and 8d/0001 both changed notes.txt; merge main into 8d/0001 by hand");
        Assert.Contains("- No load test", await Chat.ReportAsync(), StringComparison.Ordinal);
        var tree = desk["merging"];
        GitHere.Run(desk.Path, "clone", "-q", Chat.Repository, tree);
        GitHere.Run(tree, "checkout", "-q", Branch);
        GitHere.Run(tree, "merge", "-q", "-X", "ours", "-m", "Merged by hand", "origin/main");
        GitHere.Run(tree, "push", "-q", "origin", Branch);
        await PublishAsync();
        Assert.Equal("on the branch", GitHere.Run(Chat.Repository, "show", $"{Branch}:notes.txt"));
    }

    [Fact]
    public async Task What_both_changed_waits_for_a_decision_here_too()
    {
        await PublishedAsync();
        GitHere.AtDesk(desk, Chat.Repository, tree => Edit(tree, "Nobody can pay", "Nobody in Europe can pay"), branch: Branch);
        await Chat.Says("ana", "/8d answer D0.impact --replace Nobody at all can pay");
        await Chat.Says("ana", "/8d publish");

        var asked = await Chat.ThreadSays("Changed here and in Git: D0, Impact");
        await Chat.Presses("bo", asked, "Keep Git's version");
        await People.UntilAsync(async () => !(await Chat.CardAsync()).Text.Contains("queued", StringComparison.Ordinal), "it is published");
        Assert.Contains("**Impact:** Nobody in Europe can pay\n", GitHere.Read(Chat.Repository, File, Branch), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_bot_that_starts_again_notices_what_became_of_the_branch()
    {
        await PublishedAsync();
        await LookAsync();
        opened = await Chat.RestartAsync(_ =>
        {
            GitHere.Merge(desk, Chat.Repository, Branch, squash: true, delete: true);
            Remember();
            return Task.CompletedTask;
        });
        await LookAsync();

        await Chat.ThreadSays("The report was merged");
    }

    private static void Edit(string tree, string was, string now)
    {
        var file = Path.Combine(tree, File);
        var text = System.IO.File.ReadAllText(file);
        Assert.Contains(was, text, StringComparison.Ordinal);
        System.IO.File.WriteAllText(file, text.Replace(was, now, StringComparison.Ordinal));
    }

    private static Task<Chat> OpenAsync() => Chat.OpenAsync("2024-12-20 09:15", null, "--Git:Mode=PullRequest", "--Git:Poll=00:00:00");

    private async Task PublishedAsync()
    {
        opened = await OpenAsync();
        await Chat.Says("ana", "/8d start Checkout is down");
        await Chat.Says("ana", "/8d answer D0.impact Nobody can pay");
        await PublishAsync();
        Remember();
        await LookAsync();
    }

    private async Task PublishAsync()
    {
        await Chat.Says("ana", "/8d publish");
        await WaitsInGitAsync();
    }

    private Task WaitsInGitAsync(string file = "0001-checkout-is-down.md", string branch = Branch) => People.UntilAsync(
        async () => GitHere.Run(Chat.Repository, "branch", "--list", branch).Length > 0 && Files(branch).Contains($"docs/8d/{file}") && GitHere.Read(Chat.Repository, $"docs/8d/{file}", branch) == await Chat.ReportAsync() && (await Chat.CardAsync()).Text.Contains("Pull request", StringComparison.Ordinal), "it waits in Git");

    private Task LookAsync() => Chat.Part<GitPolling>().LookAsync(People.Cancel);

    private void Remember() => history.Remember(Chat.Repository);

    private string[] Files(string branch) => GitHere.Run(Chat.Repository, "ls-tree", "-r", "--name-only", branch).Split('\n');
}
