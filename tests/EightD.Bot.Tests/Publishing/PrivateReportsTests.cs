using EightD.Bot.ReadingBack;
using EightD.Bot.Tests.Conversations;

namespace EightD.Bot.Tests.Publishing;

/// <summary>A private 8D goes to the repository of private ones, or to none, and nothing of it comes out anywhere else.</summary>
public sealed class PrivateReportsTests : DeskTests
{
    private const string Room = "private-board", Secret = "Zanzibar";

    private string There => Desk["private.git"];

    [Fact]
    public async Task It_is_published_in_the_private_repository_and_edits_there_come_back()
    {
        await OpenAsync();
        await Chat.Says("ana", $"/8d start {Secret} leaked", Room);
        await Chat.Says("ana", "/8d answer D0.impact Nobody can pay", Room);
        await Chat.Says("ana", "/8d publish", Room);
        await People.UntilAsync(() => Task.FromResult(Reports(There).Contains("0001-zanzibar-leaked.md", StringComparison.Ordinal)), "it is in the private repository");
        await LookAsync();
        GitHere.AtDesk(Desk, There, tree =>
        {
            var file = Path.Combine(tree, "docs/8d/0001-zanzibar-leaked.md");
            File.WriteAllText(file, File.ReadAllText(file).Replace("Nobody can pay", "Nobody in Europe can pay", StringComparison.Ordinal));
        });
        await LookAsync();

        await People.UntilAsync(async () => (await Chat.ReportAsync(Room, "ana")).Contains("Nobody in Europe can pay", StringComparison.Ordinal), "it is read back");
        AssertNothingIn(Chat.Repository);
    }

    [Fact]
    public async Task Numbers_are_shared_so_that_one_is_never_two_reports()
    {
        await OpenAsync();
        GitHere.Push(Desk, There, ("docs/8d/.8d-sequence.lock", "6"u8.ToArray()));
        await Chat.Says("ana", $"/8d start {Secret} leaked", Room);
        await Chat.Says("bo", "/8d start Checkout is down");

        Assert.StartsWith("# 0007:", await Chat.ReportAsync(Room, "ana"), StringComparison.Ordinal);
        Assert.StartsWith("# 0008:", await Chat.ReportAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_of_it_is_found_listed_or_linked_outside(bool hasRepository)
    {
        await OpenAsync(hasRepository);
        await Chat.Says("ana", $"/8d start {Secret} leaked", Room);
        await Chat.Says("ana", "/8d action add Call the board @Bo by 2024-12-30", Room);
        await Chat.Says("ana", "/8d publish", Room);
        await Chat.Says("ana", "/8d start Checkout is down");
        foreach (var command in new[] { "list all", "search leaked", "show 1", "link 1", "actions mine", "status", "publish" })
        {
            await Chat.Says("ana", $"/8d {command}"); // who may see it, where others read along
            await Chat.Says("cy", $"/8d {command}");
        }

        await Chat.Says("cy", "/8d start Another --supersedes 1", "elsewhere");
        await Chat.Says("cy", "/8d start --from 1", "elsewhere");
        await Chat.Says("ana", "/8d start Another --supersedes 1", "elsewhere");
        await Chat.Says("ana", "/8d start --from 1", "elsewhere");
        await People.UntilAsync(() => Task.FromResult(Reports(Chat.Repository).Contains("0002-checkout-is-down.md", StringComparison.Ordinal)), "the public one is published");

        foreach (var conversation in new[] { "ops", "elsewhere" })
        {
            Assert.DoesNotContain(await Chat.Sees("cy", conversation), message => Holds(message));
            Assert.DoesNotContain(await Chat.Sees("ana", conversation), message => message.To is null && Holds(message));
        }

        AssertNothingIn(Chat.Repository);
        Assert.DoesNotContain(Secret, await Chat.ReportAsync(), StringComparison.Ordinal);
        if (!hasRepository) Assert.Contains((await Chat.IsTold("ana", Room)), message => message.Text.Contains("is private, and there is no private repository", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_private_8Ds_of_different_conversations_are_not_linked()
    {
        await OpenAsync();
        await Chat.Says("ana", $"/8d start {Secret} leaked", Room);
        await Chat.Says("ana", "/8d start The other thing", "private-legal");

        await Chat.Says("ana", "/8d link 1", "private-legal");

        Assert.Contains("a link would show its title", (await Chat.IsTold("ana", "private-legal"))[^1].Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, await Chat.ReportAsync("private-legal", "ana"), StringComparison.Ordinal);
        Assert.DoesNotContain("other thing", await Chat.ReportAsync(Room, "ana"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_private_one_that_supersedes_a_public_one_leaves_that_as_it_is()
    {
        await OpenAsync();
        await Chat.Says("ana", "/8d start Checkout is down");
        await Chat.Says("ana", $"/8d start {Secret} leaked --supersedes 1", Room);

        Assert.Contains("- Supersedes: [0001: Checkout is down]", await Chat.ReportAsync(Room, "ana"), StringComparison.Ordinal);
        await Chat.Says("ana", "/8d answer D0.impact Nobody can pay");
        Assert.DoesNotContain(Secret, await Chat.ReportAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_was_started_as_private_among_others_shows_them_its_number_alone()
    {
        await OpenAsync();
        await Chat.Says("ana", $"/8d start {Secret} leaked --private");
        await Chat.Says("ana", "/8d publish");
        await Chat.Says("ana", "/8d close --anyway it is an exercise");
        await People.UntilAsync(async () => (await Chat.Posted()).Exists(message => message.Text.Contains("8D 0001 (private) is closed", StringComparison.Ordinal)), "it is closed");
        await Chat.Says("ana", "/8d reopen there is more");

        Assert.DoesNotContain(await Chat.Sees("cy"), message => message.From != "ana" && Holds(message));
        Assert.Contains(Secret, Reports(There), StringComparison.OrdinalIgnoreCase);
        AssertNothingIn(Chat.Repository);
    }

    private static bool Holds(Said message) => $"{message.Text} {message.Card?.Title} {message.Card?.Body}".Contains(Secret, StringComparison.OrdinalIgnoreCase);

    private static string Reports(string repository) => GitHere.Run(repository, "for-each-ref").Length == 0 ? "" : GitHere.Run(repository, "ls-tree", "-r", "--name-only", "main");

    /// <summary>No object of the repository, on whatever branch or none, holds the secret.</summary>
    private static void AssertNothingIn(string repository)
    {
        foreach (var line in GitHere.Run(repository, "cat-file", "--batch-all-objects", "--batch-check=%(objectname) %(objecttype)").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Split(' ') is [var hash, var kind]) Assert.DoesNotContain(Secret, GitHere.Run(repository, "cat-file", kind == "tree" ? "-p" : kind, hash), StringComparison.OrdinalIgnoreCase);
        }
    }

    private async Task OpenAsync(bool hasRepository = true)
    {
        string[] settings = hasRepository ? [$"--Git:PrivateRemote={There}"] : [];
        Opened = await Chat.OpenAsync("2024-12-20 09:15", null, ["--Git:Poll=00:00:00", .. settings]);
    }

    private Task LookAsync() => Chat.Part<GitPolling>().LookAsync(People.Cancel);
}
