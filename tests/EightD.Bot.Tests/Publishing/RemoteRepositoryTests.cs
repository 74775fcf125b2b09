using System.Text;
using EightD.Bot.Publishing;
using EightD.Bot.Settings;
using EightD.Bot.Tests.Conversations;
using EightD.Incidents;
using EightD.Reports;
using EightD.Reports.Templates;
using Microsoft.AspNetCore.Http;

namespace EightD.Bot.Tests.Publishing;

/// <summary>Reports in a repository on a server: a real one over HTTP, and one over ssh.</summary>
public sealed class RemoteRepositoryTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const string Token = "s3cr3t-t0ken";
    private static readonly DateTimeOffset Noon = new(2024, 12, 20, 12, 0, 0, TimeSpan.Zero);

    private readonly TempFolder folder = new();
    private readonly List<GitRepository> gits = [];
    private GitHttpServer server = null!;
    private string url = "";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string There => folder["server/reports.git"];

    public async ValueTask InitializeAsync()
    {
        server = await GitHttpServer.StartAsync(folder["server"]);
        GitHere.Serve(There);
        url = $"{server.Address}/reports.git";
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var git in gits) git.Dispose();
        await server.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_report_is_published_and_what_a_colleague_pushes_is_seen_at_the_next_look()
    {
        var repository = await UsableAsync();
        Assert.Equal(0, await repository.HighestNumberAsync(Cancel));

        var done = Assert.IsType<PublishOutcome.Done>(await repository.PublishAsync(Request(Draft(1, "Checkout is down"), "e1"), Cancel));

        Assert.Equal(done.Commit, GitHere.Run(There, "rev-parse", "main"));
        Assert.Equal(Draft(1, "Checkout is down").Text, GitHere.Read(There, done.Path));
        Assert.Equal("", GitHere.Run(There, "fsck", "--strict", "--no-dangling"));
        GitHere.Push(folder, There, ("docs/8d/0002-by-hand.md", "# 0002: By hand\n"u8.ToArray()));
        Assert.Equal([1], (await repository.ListAsync(Cancel)).Select(entry => entry.Number));
        await gits[0].RefreshAsync(Cancel);
        Assert.Equal(["Checkout is down", "By hand"], (await repository.ListAsync(Cancel)).Select(entry => entry.Title));
        Assert.Equal("# 0002: By hand\n", (await repository.FindAsync(2, Cancel))!.Value.Text);
    }

    [Fact]
    public async Task Several_bots_and_a_colleague_publish_at_once_and_nothing_is_lost()
    {
        var unlucky = 0;
        var reports = Environment.GetEnvironmentVariable("EIGHTD_LONG") is null ? 20 : 100;
        var bots = await Task.WhenAll(Enumerable.Range(0, 4).Select(bot => UsableAsync(Options with { Clones = folder[$"bot{bot}"] })));
        var publishing = Enumerable.Range(1, reports).Select(number => PublishedAsync(bots[number % bots.Length], number)).ToList();
        var byHand = 0;
        while (publishing.Exists(publish => !publish.IsCompleted) && byHand < 5)
        {
            if (PushedByHand($"CHANGES{byHand}.md")) byHand++;
        }

        var outcomes = await Task.WhenAll(publishing);

        output.WriteLine($"{reports} reports by four bots and {byHand} pushes by hand: {server.Calls.Count(call => call.StartsWith("POST", StringComparison.Ordinal) && call.Contains("receive-pack", StringComparison.Ordinal))} pushes, {server.Calls.Count(call => call.Contains("service=git-receive-pack", StringComparison.Ordinal))} tries, {unlucky} put off.");
        Assert.All(outcomes, outcome => Assert.IsType<PublishOutcome.Done>(outcome));
        var names = GitHere.Run(There, "ls-tree", "--name-only", "main", "docs/8d/").Split('\n');
        Assert.Equal(Enumerable.Range(1, reports).Select(number => $"docs/8d/{number:0000}-report-{number}.md"), names.Where(name => name.Contains("-report-", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal(Enumerable.Range(1, reports).Select(number => $"- [{number:0000}: Report {number}](./{number:0000}-report-{number}.md)"), GitHere.Read(There, "docs/8d/README.md").Split('\n').Where(line => line.StartsWith("- [", StringComparison.Ordinal)));
        Assert.Equal($"{reports}", GitHere.Read(There, "docs/8d/.8d-sequence.lock"));
        Assert.Equal($"{reports + byHand}", GitHere.Run(There, "rev-list", "--count", "--no-merges", "main"));
        Assert.Equal("", GitHere.Run(There, "fsck", "--strict", "--no-dangling"));

        async Task<PublishOutcome> PublishedAsync(ReportRepository repository, int number)
        {
            while (true) // as deliveries do
            {
                if (await repository.PublishAsync(Request(Draft(number, $"Report {number}"), $"e{number}"), Cancel) is var outcome && outcome is not PublishOutcome.Waiting) return outcome;
                Assert.Equal(new PublishOutcome.Waiting("Others commit to the branch all the time."), outcome);
                Interlocked.Increment(ref unlucky);
            }
        }
    }

    [Fact]
    public async Task The_token_stands_in_no_argument_no_address_no_file_and_no_complaint()
    {
        server.Wants = ("x-access-token", Token);
        var arguments = folder["arguments"];
        var program = folder.Program("git-that-writes-down", $"printf '%s\\n' \"$@\" >> {arguments}\nexec git \"$@\"\n");
        var repository = await UsableAsync(Options with { Token = Token, Program = program });
        Assert.IsType<PublishOutcome.Done>(await repository.PublishAsync(Request(Draft(1, "A"), "e1"), Cancel));
        server.Meet = _ => new(StatusCodes.Status403Forbidden, $"{Token} may not");

        var refused = Assert.IsType<PublishOutcome.Refused>(await repository.PublishAsync(Request(Draft(2, "B"), "e2"), Cancel));

        var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes($"x-access-token:{Token}"));
        string[] places = [refused.Words, await File.ReadAllTextAsync(arguments, Cancel), string.Join('\n', server.Calls), .. Directory.EnumerateFiles(folder["data"], "*", SearchOption.AllDirectories).Select(file => Encoding.Latin1.GetString(File.ReadAllBytes(file)))];
        Assert.All(places, place => Assert.False(place.Contains(Token, StringComparison.Ordinal) || place.Contains(encoded, StringComparison.Ordinal), place));
        Assert.Contains($"Basic {encoded}", server.Shown);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    public async Task A_server_that_does_not_know_the_bot_is_asked_no_more(string? token)
    {
        server.Wants = ("x-access-token", Token);
        var repository = await UsableAsync(Options with { Token = token });
        server.Calls.Clear();

        var refused = Assert.IsType<PublishOutcome.Refused>(await repository.PublishAsync(Request(Draft(1, "A"), "e1"), Cancel));

        Assert.Contains($"Authentication failed for '{server.Address}': set Git:Token", refused.Words, StringComparison.Ordinal);
        Assert.InRange(server.Calls.Count, 1, 2);
    }

    [Theory]
    [InlineData(StatusCodes.Status403Forbidden, true)]
    [InlineData(StatusCodes.Status404NotFound, true)]
    [InlineData(StatusCodes.Status500InternalServerError, false)]
    [InlineData(StatusCodes.Status503ServiceUnavailable, false)]
    public async Task A_server_that_is_away_is_waited_for_and_one_that_says_no_is_not(int status, bool isRefusal)
    {
        var repository = await UsableAsync();
        server.Meet = _ => new(status, "not now");

        var outcome = await repository.PublishAsync(Request(Draft(1, "A"), "e1"), Cancel);

        if (isRefusal) Assert.NotEmpty(Assert.IsType<PublishOutcome.Refused>(outcome).Words);
        else Assert.Contains($"{status}", Assert.IsType<PublishOutcome.Waiting>(outcome).Reason, StringComparison.Ordinal);
        server.Meet = _ => null;
        Assert.IsType<PublishOutcome.Done>(await repository.PublishAsync(Request(Draft(1, "A"), "e1"), Cancel));
        Assert.Equal("1", GitHere.Run(There, "rev-list", "--count", "main"));
    }

    [Fact]
    public async Task A_server_that_does_not_answer_holds_up_neither_the_start_nor_a_publish_for_ever()
    {
        server.Meet = _ => new(Delay: TimeSpan.FromMinutes(5));
        var repository = await UsableAsync(Options with { Patience = TimeSpan.FromSeconds(1), ClonePatience = TimeSpan.FromSeconds(1) });

        Assert.Contains("did not end within 1 seconds", Assert.IsType<PublishOutcome.Waiting>(await repository.PublishAsync(Request(Draft(1, "A"), "e1"), Cancel)).Reason, StringComparison.Ordinal);

        server.Meet = _ => null;
        Assert.IsType<PublishOutcome.Done>(await repository.PublishAsync(Request(Draft(1, "A"), "e1"), Cancel));
    }

    [Theory]
    [InlineData("git-upload-pack")]
    [InlineData("git-receive-pack")]
    public async Task A_connection_that_breaks_off_in_the_middle_does_nothing_twice(string service)
    {
        var repository = await UsableAsync();
        await repository.PublishAsync(Request(Draft(1, "A"), "e1"), Cancel);
        GitHere.Push(folder, There, ("CHANGES.md", "by hand"u8.ToArray()));
        server.Meet = call => call.Request.Method == "POST" && call.Request.Path.Value!.EndsWith(service, StringComparison.Ordinal) ? new(CutAfter: 20) : null;

        Assert.IsType<PublishOutcome.Waiting>(await repository.PublishAsync(Request(Draft(2, "B"), "e2"), Cancel));

        server.Meet = _ => null;
        Assert.IsType<PublishOutcome.Done>(await repository.PublishAsync(Request(Draft(2, "B"), "e2"), Cancel));
        Assert.Equal("3", GitHere.Run(There, "rev-list", "--count", "main"));
    }

    [Theory]
    [InlineData("pre-receive", "GH006: Protected branch update failed for refs/heads/main.", "pre-receive hook declined")]
    [InlineData("update", "The owners of docs must say yes.", "hook declined")]
    public async Task What_the_server_declines_is_said_in_its_words(string hook, string words, string why)
    {
        folder.Program($"server/reports.git/hooks/{hook}", $"echo '{words}' >&2\nexit 1\n");
        var repository = await UsableAsync();

        var refused = Assert.IsType<PublishOutcome.Refused>(await repository.PublishAsync(Request(Draft(1, "A"), "e1"), Cancel));

        Assert.StartsWith(words, refused.Words, StringComparison.Ordinal);
        Assert.EndsWith($"({why})", refused.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_is_not_sent_on_to_where_the_server_redirects()
    {
        await using var other = await GitHttpServer.StartAsync(folder["other"]);
        GitHere.Serve(folder["other/reports.git"]);
        server.Meet = _ => new(Location: other.Address);
        var repository = await UsableAsync(Options with { Token = Token });

        var refused = Assert.IsType<PublishOutcome.Refused>(await repository.PublishAsync(Request(Draft(1, "A"), "e1"), Cancel));

        Assert.Contains("30", refused.Words, StringComparison.Ordinal);
        Assert.Empty(other.Calls);
    }

    [Theory]
    [InlineData("objects gone")]
    [InlineData("no repository")]
    [InlineData("a lock left behind")]
    public async Task A_clone_that_is_broken_is_made_anew(string how)
    {
        var repository = await UsableAsync();
        await repository.PublishAsync(Request(Draft(1, "A"), "e1"), Cancel);
        GitHere.Push(folder, There, ("CHANGES.md", "by hand"u8.ToArray()));
        var clone = Directory.GetDirectories(folder["data/git"]).Single();
        if (how == "objects gone") Directory.Delete(Path.Combine(clone, "objects"), recursive: true);
        else if (how == "no repository") await File.WriteAllTextAsync(Path.Combine(clone, "HEAD"), "nonsense", Cancel);
        else await File.WriteAllTextAsync(Path.Combine(clone, "refs/remotes/origin/main.lock"), "", Cancel);

        var done = Assert.IsType<PublishOutcome.Done>(await repository.PublishAsync(Request(Draft(2, "B"), "e2"), Cancel));

        Assert.Equal(done.Commit, GitHere.Run(There, "rev-parse", "main"));
        Assert.Equal("3", GitHere.Run(There, "rev-list", "--count", "main"));
        Assert.Single(Directory.GetDirectories(folder["data/git"]));
    }

    [Fact]
    public async Task A_clone_holds_no_text_before_it_is_asked_for_and_gets_them_all_at_once()
    {
        (string, byte[])[] files = [.. Enumerable.Range(1, 50).Select(number => ($"docs/8d/{number:0000}-report.md", Encoding.UTF8.GetBytes($"# {number:0000}: Report {number}\n")))];
        GitHere.Push(folder, There, files);
        var repository = await UsableAsync();
        var clone = Directory.GetDirectories(folder["data/git"]).Single();
        Assert.Equal("0", GitHere.Run(clone, "cat-file", "--batch-all-objects", "--batch-check=%(objecttype)").Split('\n').Count(type => type == "blob").ToString(System.Globalization.CultureInfo.InvariantCulture));
        server.Calls.Clear();

        Assert.Equal(50, (await repository.ListAsync(Cancel)).Count);

        Assert.InRange(server.Calls.Count(call => call.StartsWith("POST", StringComparison.Ordinal)), 1, 2); // README is not there
        server.Calls.Clear();
        Assert.Equal(50, (await repository.ListAsync(Cancel)).Count);
        Assert.Empty(server.Calls);
    }

    [Fact]
    public async Task What_is_no_report_is_neither_followed_nor_read()
    {
        GitHere.AtDesk(folder, There, tree =>
        {
            Directory.CreateDirectory(Path.Combine(tree, "docs/8d"));
            File.WriteAllText(Path.Combine(tree, "docs/8d/0001-fine.md"), "# 0001: Fine\n");
            File.CreateSymbolicLink(Path.Combine(tree, "docs/8d/0002-link.md"), "/etc/passwd");
            File.WriteAllBytes(Path.Combine(tree, "docs/8d/0003-huge.md"), new byte[50 * 1024 * 1024]);
            File.WriteAllText(Path.Combine(tree, "docs/8d/--upload-pack=touch x.md"), "# 0004: Option\n");
            File.WriteAllText(Path.Combine(tree, "docs/8d/0005-two\nlines.md"), "# 0005: Two lines\n");
            File.WriteAllText(Path.Combine(tree, ".gitattributes"), "* filter=evil\n");
        }, "Hostile");
        var repository = await UsableAsync();

        var listed = await repository.ListAsync(Cancel);

        Assert.Equal((1, "Fine"), (listed[0].Number, listed[0].Title));
        Assert.DoesNotContain(listed, entry => entry.Number == 2);
        Assert.Null(await repository.FindAsync(3, Cancel));
        Assert.IsType<PublishOutcome.Done>(await repository.PublishAsync(Request(Draft(7, "G"), "e1"), Cancel));
        Assert.Equal("Hostile", GitHere.Run(There, "log", "-1", "--format=%s", "main^"));
        Assert.Equal("", GitHere.Run(There, "diff", "--diff-filter=DM", "--name-only", "main^", "main"));
    }

    [Theory]
    [InlineData("https://ana:pass@git.example.com/r.git", "Git:Username")]
    [InlineData("http://git.example.com/r.git", "https")]
    [InlineData("file:///srv/r.git", "path alone")]
    [InlineData("ext::sh -c touch% x", "address")]
    [InlineData("git://git.example.com/r.git", "address")]
    [InlineData("--upload-pack=touch x", "path nor an address")]
    [InlineData("ssh://ana:pass@git.example.com/r.git", "Git:Username")]
    [InlineData("https://", "address")]
    public void An_address_that_is_not_used_is_named_with_the_remedy(string remote, string words)
    {
        var wrong = Record.Exception(() => Open(Options with { Remote = remote }).EnsureUsableAsync(Cancel).GetAwaiter().GetResult());

        Assert.Contains(words, Assert.IsType<SettingException>(wrong).Message, StringComparison.Ordinal);
        Assert.DoesNotContain("pass", wrong.Message.Replace("path", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Texts_come_over_ssh_also_from_a_server_that_speaks_the_old_protocol_alone(bool isPlain)
    {
        using var ssh = await GitSshServer.StartAsync(folder, isPlain);
        GitHere.Push(folder, There, ("docs/8d/0001-by-hand.md", "# 0001: By hand\n"u8.ToArray()), ("docs/8d/README.md", "# Ours\n\n## Reports\n\n- [0001: By hand](./0001-by-hand.md)\n"u8.ToArray()), ("docs/8d/.8d-sequence.lock", "1"u8.ToArray()));
        var repository = await UsableAsync(Options with { Remote = $"ssh://127.0.0.1:{ssh.Port}{There}", SshKeyFile = ssh.Key, KnownHostsFile = ssh.KnownHosts });

        Assert.Equal(1, await repository.HighestNumberAsync(Cancel));
        Assert.Equal("# 0001: By hand\n", (await repository.FindAsync(1, Cancel))!.Value.Text);
        var done = Assert.IsType<PublishOutcome.Done>(await repository.PublishAsync(Request(Draft(2, "Checkout is down"), "e1"), Cancel));
        GitHere.Push(folder, There, ("docs/8d/0003-more.md", "# 0003: More\n"u8.ToArray()));
        await gits[0].RefreshAsync(Cancel);

        Assert.Equal("# 0003: More\n", (await repository.FindAsync(3, Cancel))!.Value.Text);
        Assert.Equal(done.Commit, GitHere.Run(There, "rev-parse", "main~1"));
        Assert.Equal(Draft(2, "Checkout is down").Text, GitHere.Read(There, done.Path));
        var again = await UsableAsync(Options with { Remote = $"ssh://127.0.0.1:{ssh.Port}{There}", SshKeyFile = ssh.Key, KnownHostsFile = ssh.KnownHosts }); // as after a restart, on the clone that is there
        Assert.Equal("# 0003: More\n", (await again.FindAsync(3, Cancel))!.Value.Text);
    }

    [Fact]
    public async Task Over_ssh_the_right_key_publishes_and_a_wrong_one_or_an_unknown_server_is_said()
    {
        using var ssh = await GitSshServer.StartAsync(folder);
        var options = Options with { Remote = $"ssh://127.0.0.1:{ssh.Port}{There}", SshKeyFile = ssh.Key, KnownHostsFile = ssh.KnownHosts };
        var repository = await UsableAsync(options);
        Assert.IsType<PublishOutcome.Done>(await repository.PublishAsync(Request(Draft(1, "A"), "e1"), Cancel));
        Assert.Equal("0001-a.md", GitHere.Run(There, "ls-tree", "--name-only", "main:docs/8d").Split('\n').Single(name => name.StartsWith("0001", StringComparison.Ordinal)));

        var wrongKey = await UsableAsync(options with { SshKeyFile = ssh.OtherKey });
        Assert.Contains("Permission denied (publickey)", Assert.IsType<PublishOutcome.Refused>(await wrongKey.PublishAsync(Request(Draft(2, "B"), "e2"), Cancel)).Words, StringComparison.Ordinal);
        var wrongServer = await UsableAsync(options with { KnownHostsFile = ssh.OtherHosts });
        Assert.Contains("Host key verification failed", Assert.IsType<PublishOutcome.Refused>(await wrongServer.PublishAsync(Request(Draft(2, "B"), "e2"), Cancel)).Words, StringComparison.Ordinal);
        Assert.IsType<PublishOutcome.Done>(await repository.PublishAsync(Request(Draft(2, "B"), "e2"), Cancel));
    }

    [Fact]
    public async Task The_doctor_sees_whether_it_may_read_and_write_and_leaves_nothing_behind()
    {
        server.Wants = ("x-access-token", Token);
        Assert.Equal((true, null), await Open(Options with { Token = Token }).LookAsync(Cancel));
        Assert.Contains("Authentication failed", (await Assert.ThrowsAsync<SettingException>(() => Open(Options with { Token = "wrong" }).LookAsync(Cancel))).Message, StringComparison.Ordinal);
        server.Meet = call => call.Request.QueryString.Value!.Contains("receive-pack", StringComparison.Ordinal) ? new(StatusCodes.Status403Forbidden) : null;
        Assert.Contains("403", (await Assert.ThrowsAsync<SettingException>(() => Open(Options with { Token = Token }).LookAsync(Cancel))).Message, StringComparison.Ordinal);
        Assert.Equal("", GitHere.Run(There, "for-each-ref"));
        Assert.False(Directory.Exists(folder["data/git"]));
    }

    [Fact]
    public async Task While_the_server_is_away_an_8D_goes_on_and_is_published_by_itself_later()
    {
        server.Meet = _ => new(StatusCodes.Status503ServiceUnavailable);
        await using var chat = await Chat.OpenAsync(settings: $"--Git:Remote={url}");
        await chat.Says("ana", "/8d start Checkout is down");
        await chat.Says("ana", "/8d answer D0.impact Nobody can pay");
        await chat.Says("ana", "/8d publish");
        await People.UntilAsync(async () => (await chat.Sees("ana")).Any(message => message.Text.Contains("queued", StringComparison.Ordinal) && message.Text.Contains("503", StringComparison.Ordinal)), "it says that it is queued");
        await chat.Says("bo", "/8d status");
        Assert.Contains("queued", (await chat.IsTold("bo"))[^1].Text, StringComparison.Ordinal);

        server.Meet = _ => null;

        await People.UntilAsync(() =>
        {
            chat.Clock.Advance(TimeSpan.FromSeconds(30));
            return Task.FromResult(GitHere.Run(There, "for-each-ref").Length > 0);
        }, "it is published");
        Assert.Contains("**Impact:** Nobody can pay", GitHere.Read(There, "docs/8d/0001-checkout-is-down.md"), StringComparison.Ordinal);
    }

    /// <summary>A colleague clones, commits and pushes; false where a bot was faster.</summary>
    private bool PushedByHand(string name)
    {
        try
        {
            GitHere.Push(folder, There, (name, "by hand"u8.ToArray()));
            return true;
        }
        catch (Xunit.Sdk.XunitException)
        {
            return false;
        }
    }

    private RepositoryOptions Options => new(url, "main", null, "8D Bot", "8d-bot@localhost") { Clones = folder["data/git"] };

    private ReportRepository Open(RepositoryOptions options)
    {
        gits.Add(new(options)); // each as another process has it
        return new(gits[^1], options);
    }

    private async Task<ReportRepository> UsableAsync(RepositoryOptions? options = null)
    {
        var repository = Open(options ?? Options);
        await repository.EnsureUsableAsync(Cancel);
        return repository;
    }

    private static Report Draft(int number, string title) => Template.BuiltIn[0].Begin(title, number, new(2024, 12, 20), "In Progress", []);

    private static PublishRequest Request(Report report, string effect) => new(report, Published: null, new("ana", "Ana"), $"8D {report.Number:0000}", [], effect, Noon);
}
