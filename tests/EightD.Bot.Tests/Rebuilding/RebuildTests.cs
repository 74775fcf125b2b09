using EightD.Bot.Tests.Conversations;
using EightD.Bot.Tests.Processes;
using EightD.Bot.Tests.Publishing;

namespace EightD.Bot.Tests.Rebuilding;

/// <summary>A store that is lost comes back from the repository: what <c>rebuild</c> prints, and what people find after it.</summary>
public sealed class RebuildTests : IDisposable
{
    private readonly TempFolder folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Repository => folder["data/reports.git"];

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Closed_reports_and_published_drafts_are_there_again_with_their_actions_and_times_and_Git_stays_as_it_is()
    {
        using (var bot = await BotProcess.ServeAsync(folder.Path))
        {
            await bot.People.Says("ana", "/8d start Checkout is down");
            await bot.People.Says("ana", "/8d set severity SEV1");
            await bot.People.Says("ana", "/8d contained 2024-12-20 14:05");
            await bot.People.Says("ana", "/8d action add Fix it @bo by 2999-12-30");
            await bot.People.Says("ana", "/8d action add Drop it @ana by 2999-12-30");
            await bot.People.Says("ana", "/8d action drop 2 not needed");
            await bot.People.Says("ana", "/8d close --anyway it is an exercise");
            await bot.People.Says("cy", "/8d start Mail is slow", "mail");
            await bot.People.Says("cy", "/8d set severity SEV2", "mail");
            await bot.People.Says("cy", "/8d action add Wait less @bo by 2999-12-30", "mail");
            await bot.People.Says("cy", "/8d publish", "mail");
            await bot.People.Says("cy", "/8d answer D2 Only here", "mail");
            await bot.People.Says("dan", "/8d start Never published", "other");
            await People.UntilAsync(() => Task.FromResult(Files().Contains("0002-", StringComparison.Ordinal) && Files().Contains("0001-", StringComparison.Ordinal)), "both are in Git");
            await bot.TerminateAsync();
        }

        var before = GitHere.Run(Repository, "for-each-ref");
        foreach (var file in Directory.EnumerateFiles(folder["data"], "eightd.db*")) File.Delete(file);
        var lines = await RebuildAsync();

        Assert.Contains("docs/8d/0001-checkout-is-down.md: 8D 0001: Checkout is down: closed, open actions: 1.", lines);
        Assert.Contains("docs/8d/0002-mail-is-slow.md: 8D 0002: Mail is slow: open, open actions: 1.", lines);
        Assert.Contains("2 reports are back.", lines);
        Assert.Contains(lines, line => line.StartsWith("Lost with the store:", StringComparison.Ordinal));
        Assert.Equal(before, GitHere.Run(Repository, "for-each-ref"));
        Assert.Contains("docs/8d/0001-checkout-is-down.md: in the store already, as 8D 0001.", await RebuildAsync());

        using var again = await BotProcess.ServeAsync(folder.Path);
        await again.People.Says("bo", "/8d actions mine", "anywhere");
        var mine = (await again.People.IsTold("bo", "anywhere"))[^1].Text;
        Assert.Contains("1.1: Fix it", mine, StringComparison.Ordinal);
        Assert.Contains("2.1: Wait less", mine, StringComparison.Ordinal);
        await again.People.Says("bo", "/8d list", "anywhere");
        Assert.Contains("0002: Mail is slow", (await again.People.IsTold("bo", "anywhere"))[^1].Text, StringComparison.Ordinal);
        await again.People.Says("bo", "/8d start --from 2", "anywhere");
        await again.People.Says("bo", "/8d action done 1", "anywhere");
        await again.People.Says("bo", "/8d status", "anywhere");
        Assert.Contains("SEV2", (await again.People.CardAsync("anywhere")).Text, StringComparison.Ordinal);
        Assert.Contains("| Wait less | bo |", await again.People.ReportAsync("anywhere"), StringComparison.Ordinal);
        await again.People.Says("bo", "/8d list", "anywhere");
        Assert.Equal(2, (await again.People.IsTold("bo", "anywhere"))[^1].Text.Split("0002: Mail is slow").Length);
        await again.People.Says("bo", "/8d start Another one", "elsewhere");
        Assert.StartsWith("# 0003: Another one", await again.People.ReportAsync("elsewhere"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edit_in_Git_of_a_report_that_nobody_took_up_is_read_back_and_said_to_nobody()
    {
        using (var bot = await BotProcess.ServeAsync(folder.Path))
        {
            await bot.People.Says("ana", "/8d start Checkout is down");
            await bot.People.Says("ana", "/8d action add Fix it @bo by 2999-12-30");
            await bot.People.Says("ana", "/8d close --anyway it is an exercise");
            await People.UntilAsync(() => Task.FromResult(Files().Contains("0001-", StringComparison.Ordinal)), "it is in Git");
            await bot.TerminateAsync();
        }

        foreach (var file in Directory.EnumerateFiles(folder["data"], "eightd.db*")) File.Delete(file);
        await RebuildAsync();
        using var again = await BotProcess.ServeAsync(folder.Path, "--Git:Poll=00:00:00.2");
        await again.People.Says("bo", "/8d actions mine", "anywhere");
        Assert.Contains("Fix it", (await again.People.IsTold("bo", "anywhere"))[^1].Text, StringComparison.Ordinal);
        GitHere.AtDesk(folder, Repository, tree =>
        {
            var file = Path.Combine(tree, "docs/8d/0001-checkout-is-down.md");
            File.WriteAllText(file, File.ReadAllText(file).Replace("| Open |", "| Done |", StringComparison.Ordinal));
        });

        await People.UntilAsync(async () =>
        {
            await again.People.Says("bo", "/8d actions mine", "anywhere");
            return !(await again.People.IsTold("bo", "anywhere"))[^1].Text.Contains("Fix it", StringComparison.Ordinal);
        }, "the row that is done in Git is done here");
        await again.TerminateAsync();
        Assert.DoesNotContain("rror", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reports_of_others_private_ones_and_those_that_wait_in_pull_requests_come_back_too()
    {
        string[] settings = ["--Git:Mode=PullRequest", $"--Git:PrivateRemote={folder["data/private.git"]}"];
        using (var bot = await BotProcess.ServeAsync(folder.Path, settings))
        {
            await bot.People.Says("ana", "/8d start Checkout is down");
            await bot.People.Says("ana", "/8d publish");
            await bot.People.Says("ana", "/8d start A leak", "private-board");
            await bot.People.Says("ana", "/8d publish", "private-board");
            await People.UntilAsync(() => Task.FromResult(Directory.Exists(folder["data/private.git"]) && GitHere.Run(folder["data/private.git"], "branch", "--list", "8d/0002").Length > 0 && GitHere.Run(Repository, "branch", "--list", "8d/0001").Length > 0), "both wait in Git");
            await bot.TerminateAsync();
        }

        GitHere.Push(folder, Repository, ("docs/8d/0007-by-hand.md", "# 7: By hand\n\n- **Date:** 2024-12-20\n- **Status:** Draft\n\n## D0: Planning\n"u8.ToArray()), ("docs/8d/0008-binary.md", [0xff, 0xfe]));
        foreach (var file in Directory.EnumerateFiles(folder["data"], "eightd.db*")) File.Delete(file);
        var lines = await RebuildAsync(settings);

        Assert.Contains("docs/8d/0001-checkout-is-down.md: 8D 0001: Checkout is down: open, open actions: 0, waits on 8d/0001.", lines);
        Assert.Contains("docs/8d/0002-a-leak.md: 8D 0002 (private): open, open actions: 0, waits on 8d/0002.", lines);
        Assert.Contains("docs/8d/0007-by-hand.md: 8D 0007: By hand: open, open actions: 0.", lines);
        Assert.Contains("docs/8d/0008-binary.md: left out: it is no text that can be read.", lines);
        using var again = await BotProcess.ServeAsync(folder.Path, settings);
        await again.People.Says("bo", "/8d list all");
        Assert.DoesNotContain("leak", (await again.People.IsTold("bo"))[^1].Text, StringComparison.Ordinal);
        await again.People.Says("ana", "/8d list all");
        Assert.Contains("A leak", (await again.People.IsTold("ana"))[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_bot_serves_nothing_is_rebuilt()
    {
        using var bot = await BotProcess.ServeAsync(folder.Path);
        using var rebuild = BotProcess.Start(folder.Path, ["rebuild", "--Playground:Enabled=true"], []);
        await rebuild.EndsAsync(TimeSpan.FromSeconds(60));

        Assert.Equal(1, rebuild.ExitCode);
        Assert.Matches("^Storage:Path: .* is in use by another 8D Bot; stop that one", rebuild.Error);
    }

    [Fact]
    public async Task Where_there_is_nothing_it_says_so_and_makes_no_repository()
    {
        Assert.Equal(["Nothing was written: all reports that can be are in the store."], await RebuildAsync());
        Assert.False(Directory.Exists(Repository));
    }

    private async Task<string[]> RebuildAsync(params IEnumerable<string> settings)
    {
        using var rebuild = BotProcess.Start(folder.Path, ["rebuild", "--Playground:Enabled=true", .. settings], []);
        await rebuild.EndsAsync(TimeSpan.FromSeconds(60));
        Assert.Equal((0, ""), (rebuild.ExitCode, rebuild.Error));
        return rebuild.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private string Files() => Directory.Exists(Repository) && GitHere.Run(Repository, "for-each-ref").Length > 0 ? GitHere.Run(Repository, "ls-tree", "-r", "--name-only", "main") : "";
}
