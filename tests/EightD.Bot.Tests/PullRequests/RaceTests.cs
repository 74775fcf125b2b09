using EightD.Bot.ReadingBack;
using EightD.Bot.Tests.Conversations;
using EightD.Bot.Tests.Publishing;

namespace EightD.Bot.Tests.PullRequests;

/// <summary>Four bots on one repository over HTTP, whose reports wait side by side and are merged in any order.</summary>
public sealed class RaceTests(ITestOutputHelper output) : IAsyncDisposable
{
    private const int Bots = 4, Reports = 20;

    private readonly TempFolder folder = new();
    private readonly List<Chat> chats = [];
    private GitHttpServer? server;

    private string There => folder["server/reports.git"];

    public async ValueTask DisposeAsync()
    {
        foreach (var chat in chats) await chat.DisposeAsync();
        if (server is not null) await server.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Twenty_reports_of_four_bots_are_merged_in_random_order_without_a_conflict_and_no_number_is_given_twice()
    {
        server = await GitHttpServer.StartAsync(folder["server"]);
        GitHere.Serve(There);
        for (var bot = 0; bot < Bots; bot++) chats.Add(await Chat.OpenAsync("2024-12-20 09:15", null, $"--Git:Remote={server.Address}/reports.git", "--Git:Mode=PullRequest", "--Git:Poll=00:00:00"));

        await Task.WhenAll(Enumerable.Range(0, Reports).Select(async report =>
        {
            var (chat, where) = (chats[report % Bots], $"ops{report}");
            await chat.Says("ana", $"/8d start Trouble {report}", where); // each bot counts for itself, so all begin with the same numbers
            await chat.Says("ana", "/8d publish", where);
            await People.UntilAsync(async () => (await chat.CardAsync(where)).Text.Contains("Pull request: branch", StringComparison.Ordinal), () => $"report {report} waits in Git", TimeSpan.FromMinutes(3));
        }));

        var branches = GitHere.Run(There, "for-each-ref", "--format=%(refname:short)", "refs/heads/8d/").Split('\n');
        Assert.Equal(Reports, branches.Length);
        var seed = Random.Shared.Next();
        output.WriteLine($"Seed {seed}; {server.Calls.Count(call => call.Contains("service=git-receive-pack", StringComparison.Ordinal))} tries to push {Reports} reports.");
        var order = branches.ToArray();
        new Random(seed).Shuffle(order);
        foreach (var branch in order)
        {
            foreach (var chat in chats) await chat.Part<GitPolling>().LookAsync(People.Cancel);
            GitHere.Merge(folder, There, branch, squash: branch.GetHashCode(StringComparison.Ordinal) % 2 == 0); // fails where it conflicts
        }

        var titles = GitHere.Run(There, "ls-tree", "--name-only", "main", "docs/8d/").Split('\n').Where(name => name.Contains("-trouble-", StringComparison.Ordinal)).Select(name => GitHere.Read(There, name).Split('\n')[0]).ToList();
        Assert.Equal(Reports, titles.Select(title => title[..7]).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(Enumerable.Range(0, Reports).Select(report => $"Trouble {report}").Order(StringComparer.Ordinal), titles.Select(title => title[8..]).Order(StringComparer.Ordinal));
        var contents = GitHere.Read(There, "docs/8d/README.md").Split('\n').Where(line => line.StartsWith("- [", StringComparison.Ordinal)).ToList();
        Assert.Equal(titles.Select(title => title[2..]).Order(StringComparer.Ordinal), contents.Select(line => line[3..line.IndexOf(']', StringComparison.Ordinal)]));
        Assert.Equal(int.Parse(branches.Max()![3..], System.Globalization.CultureInfo.InvariantCulture), int.Parse(GitHere.Read(There, "docs/8d/.8d-sequence.lock"), System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal("", GitHere.Run(There, "fsck", "--strict", "--no-dangling"));
    }
}
