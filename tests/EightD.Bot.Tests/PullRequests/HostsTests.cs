using EightD.Bot.Publishing;
using EightD.Bot.ReadingBack;
using EightD.Bot.Settings;
using EightD.Bot.Tests.Conversations;
using EightD.Bot.Tests.Publishing;
using Microsoft.AspNetCore.Http;

namespace EightD.Bot.Tests.PullRequests;

/// <summary>Reports in pull requests on the four hosts whose API is spoken here, each a stand-in beside a real git server.</summary>
public sealed class HostsTests : IAsyncDisposable
{
    private readonly TempFolder folder = new();
    private GitHttpServer? git;
    private PullRequestServer? host;
    private Chat? opened;

    public static TheoryData<string> Hosts => [nameof(GitHost.GitHub), nameof(GitHost.GitLab), nameof(GitHost.AzureDevOps), nameof(GitHost.Gitea)];

    private Chat Chat => opened!;

    private PullRequestServer Host => host!;

    private string There { get; set; } = "";

    public async ValueTask DisposeAsync()
    {
        if (opened is not null) await opened.DisposeAsync();
        if (host is not null) await host.DisposeAsync();
        if (git is not null) await git.DisposeAsync();
        folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task A_pull_request_is_opened_once_and_its_link_is_on_the_card(string name)
    {
        await OpenAsync(name);
        await Chat.Says("ana", "/8d start Checkout & basket are down <now>");
        await Chat.Says("ana", "/8d set severity SEV1");
        await Chat.Says("ana", "/8d publish");

        await Chat.ThreadSays($"The report waits in a pull request to be merged: {LinkOf(name, 1)}");
        await People.UntilAsync(async () => (await Chat.CardAsync()).Card!.Fields.Any(field => field.Name == "Pull request" && field.Value == LinkOf(name, 1)), "the card has the link");
        var pull = Assert.Single(Host.Pulls);
        Assert.Equal(("8d/0001", "main", "8D 0001: Checkout & basket are down <now>"), (pull.Branch, pull.Target, pull.Title));
        Assert.Contains("`docs/8d/0001-checkout-basket-are-down-now.md`", pull.Body, StringComparison.Ordinal);
        Assert.Contains("`8D-Severity: SEV1`", pull.Body, StringComparison.Ordinal);
        await Chat.Says("ana", "/8d answer D0.impact Nobody can pay");
        await Chat.Says("ana", "/8d publish");
        await People.UntilAsync(() => Task.FromResult(GitHere.Run(There, "rev-list", "--count", "main..8d/0001") == "2"), "it is published again");

        Assert.Single(Host.Pulls);
        Assert.Equal(1, await Chat.CountInThreads("waits in a pull request"));
        Assert.All(Host.Calls, call => Assert.DoesNotContain(PullRequestServer.Token, call, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task One_that_was_closed_unmerged_is_said_once_and_the_next_publish_opens_another(string name)
    {
        await OpenAsync(name);
        await PublishedAsync();
        Host.End("8d/0001");
        await LookAsync();
        await LookAsync();

        await Chat.ThreadSays($"The pull request was closed without being merged: {LinkOf(name, 1)} The report is safe here");
        Assert.Contains("closed without being merged", (await Chat.CardAsync()).Text, StringComparison.Ordinal);
        await Chat.Says("ana", "/8d publish");
        await People.UntilAsync(() => Task.FromResult(Host.Pulls.Count == 1), "another one is opened");
        await People.UntilAsync(async () => await Chat.CountInThreads("waits in a pull request") == 2, "and said");
        Assert.Equal(1, await Chat.CountInThreads("closed without being merged"));
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task One_that_was_merged_is_not_taken_for_closed(string name)
    {
        await OpenAsync(name);
        await PublishedAsync();
        GitHere.Merge(folder, There, "8d/0001", squash: true, delete: true);
        Host.End("8d/0001");
        await LookAsync();

        await Chat.ThreadSays("The report was merged");
        Assert.Equal(0, await Chat.CountInThreads("closed without"));
        Host.Calls.Clear();
        await LookAsync();
        Assert.Empty(Host.Calls);
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task One_that_somebody_opened_already_is_that_one_and_those_of_others_are_not(string name)
    {
        await OpenAsync(name);
        Host.Open("8d/0001", isFork: true);
        Host.Open("8d/0001", target: "release");
        for (var other = 0; other < 120; other++) Host.Open($"feature/{other}");
        Host.Open("8d/0001");
        await PublishedAsync();

        Assert.Equal(123, Host.Pulls.Count);
        await Chat.ThreadSays(LinkOf(name, 123));
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task A_host_that_says_no_is_shown_in_its_own_words_with_the_page_to_open_one_by_hand(string name)
    {
        await OpenAsync(name);
        Host.Meets = (StatusCodes.Status403Forbidden, $"{PullRequestServer.Token} has no scope for this");
        await Chat.Says("ana", "/8d start Checkout is down");
        await Chat.Says("ana", "/8d publish");

        var line = await Chat.ThreadSays("no pull request could be opened: 127.0.0.1 answered 403: *** has no scope for this");
        Assert.Contains(CompareOf(name), line.Text, StringComparison.Ordinal);
        Assert.Contains("# 0001: Checkout is down", GitHere.Read(There, "docs/8d/0001-checkout-is-down.md", "8d/0001"), StringComparison.Ordinal);
        Host.Meets = null;
        await Chat.Says("ana", "/8d publish");
        await Chat.ThreadSays("The report waits in a pull request");
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task A_host_that_is_away_is_waited_for_and_nothing_is_committed_twice(string name)
    {
        await OpenAsync(name);
        Host.Meets = (StatusCodes.Status503ServiceUnavailable, "later");
        await Chat.Says("ana", "/8d start Checkout is down");
        await Chat.Says("ana", "/8d publish");

        await Chat.ThreadSays("queued for Git: It is on the branch 8d/0001, and its pull request is not opened yet");
        Host.Meets = null;
        await Chat.ThreadSays("The report waits in a pull request");
        Assert.Equal("1", GitHere.Run(There, "rev-list", "--count", "main..8d/0001"));
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task Without_a_token_people_get_the_page_on_which_they_open_it(string name)
    {
        await OpenAsync(name, token: null);
        await PublishedAsync();

        await Chat.ThreadSays($"The report is on the branch `8d/0001` and waits to be merged. {CompareOf(name)}");
        Assert.Empty(Host.Calls);
    }

    [Theory]
    [InlineData("https://github.com/acme/reports.git", nameof(GitHost.GitHub), "https://github.com/acme/reports/compare/main...8d/0001?expand=1")]
    [InlineData("git@github.com:acme/reports.git", nameof(GitHost.GitHub), "https://github.com/acme/reports/compare/main...8d/0001?expand=1")]
    [InlineData("ssh://git@gitlab.example.com:2222/group/sub/reports.git", nameof(GitHost.GitLab), "https://gitlab.example.com/group/sub/reports/-/merge_requests/new?merge_request%5Bsource_branch%5D=8d%2F0001&merge_request%5Btarget_branch%5D=main")]
    [InlineData("https://dev.azure.com/acme/My%20Shop/_git/reports", nameof(GitHost.AzureDevOps), "https://dev.azure.com/acme/My%20Shop/_git/reports/pullrequestcreate?sourceRef=8d%2F0001&targetRef=main")]
    [InlineData("https://dev.azure.com/acme/_git/reports", nameof(GitHost.AzureDevOps), "https://dev.azure.com/acme/reports/_git/reports/pullrequestcreate?sourceRef=8d%2F0001&targetRef=main")]
    [InlineData("https://acme.visualstudio.com/shop/_git/reports", nameof(GitHost.AzureDevOps), "https://acme.visualstudio.com/shop/_git/reports/pullrequestcreate?sourceRef=8d%2F0001&targetRef=main")]
    [InlineData("git@ssh.dev.azure.com:v3/acme/shop/reports", nameof(GitHost.AzureDevOps), "https://dev.azure.com/acme/shop/_git/reports/pullrequestcreate?sourceRef=8d%2F0001&targetRef=main")]
    [InlineData("https://codeberg.org/acme/reports.git", nameof(GitHost.Gitea), "https://codeberg.org/acme/reports/compare/main...8d/0001")]
    [InlineData("https://git.example.com/acme/reports.git", nameof(GitHost.None), null)]
    [InlineData("data/reports.git", nameof(GitHost.None), null)]
    [InlineData("/srv/github/reports.git", nameof(GitHost.None), null)]
    public void The_host_and_its_page_are_read_from_the_address(string remote, string name, string? page)
    {
        var guessed = GitHosts.Guess(remote);
        Assert.Equal(name, $"{guessed}");
        using var requests = Bot.Publishing.Reviews.Hosts.Of(new RepositoryOptions(remote, "main", null, "n", "e") { Mode = GitMode.PullRequest, Host = guessed });
        Assert.Equal(page, requests?.CompareLink("8d/0001"));
    }

    private string LinkOf(string name, int number) => name == nameof(GitHost.AzureDevOps) ? $"{git!.Address}/acme/shop/_git/reports/pullrequest/{number}" : $"https://git.example.com/acme/reports/{number}";

    private string CompareOf(string name) => git!.Address + name switch
    {
        nameof(GitHost.GitLab) => "/acme/reports/-/merge_requests/new?merge_request%5Bsource_branch%5D=8d%2F0001",
        nameof(GitHost.AzureDevOps) => "/acme/shop/_git/reports/pullrequestcreate?sourceRef=8d%2F0001",
        _ => "/acme/reports/compare/main...8d/0001",
    };

    private async Task OpenAsync(string name, string? token = "t0ken-of-the-host")
    {
        var which = Enum.Parse<GitHost>(name);
        git = await GitHttpServer.StartAsync(folder["server"]);
        There = folder[$"server/{PullRequestServer.PathOf(which)}"];
        GitHere.Serve(There);
        host = await PullRequestServer.StartAsync(which);
        string[] secret = token is null ? [] : [$"--Git:Token={token}"];
        opened = await Chat.OpenAsync("2024-12-20 09:15", null, [$"--Git:Remote={git.Address}/{PullRequestServer.PathOf(which)}", "--Git:Mode=PullRequest", $"--Git:Host={name}", $"--Git:HostApi={host.Api}", "--Git:Poll=00:00:00", .. secret]);
    }

    private async Task PublishedAsync()
    {
        await Chat.Says("ana", "/8d start Checkout is down");
        await Chat.Says("ana", "/8d publish");
        await Chat.ThreadSays("to be merged");
        await LookAsync();
    }

    private Task LookAsync() => Chat.Part<GitPolling>().LookAsync(People.Cancel);
}
