using System.Text;
using EightD.Bot.ReadingBack;
using EightD.Bot.Tests.Conversations;
using EightD.Bot.Tests.Publishing;

namespace EightD.Bot.Tests.ReadingBack;

/// <summary>What colleagues do to a report's file in Git comes into the 8D, and what chat does goes on top of it.</summary>
public sealed class EditsInGitTests : IAsyncDisposable
{
    private const string File = "docs/8d/0001-checkout-is-down.md";

    private readonly TempFolder desk = new();
    private readonly GitHistory history = new();
    private Chat? opened;

    private Chat Chat => opened!;

    /// <summary>Whatever was done, no commit that was ever on the branch is lost.</summary>
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
    public async Task What_somebody_pushed_is_in_the_draft_at_the_next_look_and_one_line_says_who_changed_what()
    {
        await PublishedAsync();
        await EditAsync(text => text.Replace("**Impact:** Nobody can pay", "**Impact:** Nobody in Europe can pay", StringComparison.Ordinal).Replace("| Fix it | ana |", "| Fix it for good | ana |", StringComparison.Ordinal));

        Chat.Clock.Advance(TimeSpan.FromMinutes(1));

        var line = await Chat.ThreadSays("T changed this in Git");
        Assert.Equal($"T changed this in Git ({Head()[..10]}): D0, Impact; D6, Implementation plan.", line.Text);
        Assert.Equal(GitHere.Read(Chat.Repository, File), await Chat.ReportAsync());
        await Chat.Says("ana", "/8d action done 1");
        Assert.Contains("| Fix it for good | ana | Dec 30, 2024 | Completed |", await Chat.ReportAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_left_as_it_is_in_chat_and_in_Git_stays_left_on_both_sides()
    {
        await PublishedAsync();
        await EditAsync(text => text.Replace("## D2: Problem statement & description\n<!-- Describe the problem clearly and concisely -->\n", "## D2: Problem statement & description\n<!-- Describe the problem clearly and concisely -->\n<!-- 8d-check-disable D2.is-not-missing: it is everywhere -->\n", StringComparison.Ordinal).Replace("**Impact:** Nobody can pay", "**Impact:** Nobody in Europe can pay", StringComparison.Ordinal));
        await Chat.Says("ana", "/8d answer D4.root Human error");
        await Chat.Says("ana", "/8d check");
        var form = (await Chat.Presses("ana", (await Chat.IsTold("ana"))[^1], "Leave one as it is"))!;
        await Chat.Submits("ana", form, new() { ["finding"] = form.Inputs[0].Options!.Single(option => option.Label.EndsWith("ends at a person.", StringComparison.Ordinal)).Value, ["reason"] = "The customer says so" });

        await PublishAsync();

        var text = GitHere.Read(Chat.Repository, File);
        Assert.Equal(text, await Chat.ReportAsync());
        foreach (var words in (string[])["<!-- 8d-check-disable D2.is-not-missing: it is everywhere -->\n", "<!-- 8d-check-disable D4.ends-at-person: The customer says so -->\n", "Nobody in Europe can pay", "Human error"]) Assert.Contains(words, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_publish_goes_on_top_of_what_somebody_pushed_and_changes_its_own_lines_alone()
    {
        await PublishedAsync();
        await EditAsync(text => "\uFEFF" + text.Replace("**Impact:** Nobody can pay", "**Impact:** Nobody in Europe can pay", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal));
        await Chat.Says("ana", "/8d answer D4.factors No load test");

        await PublishAsync();

        var text = Encoding.UTF8.GetString(GitHere.ReadBytes(Chat.Repository, File));
        Assert.StartsWith("\uFEFF# 0001: Checkout is down\r\n", text, StringComparison.Ordinal);
        Assert.Contains("**Impact:** Nobody in Europe can pay\r\n", text, StringComparison.Ordinal);
        Assert.Contains("**Contributing factors:**\r\n- No load test\r\n", text, StringComparison.Ordinal);
        Assert.Equal("3\t0", GitHere.Run(Chat.Repository, "show", "--numstat", "--format=", "main", "--", File)[..3]);
    }

    [Fact]
    public async Task A_row_that_is_set_to_done_in_Git_is_done_in_chat_also_when_the_8D_is_closed()
    {
        await PublishedAsync();
        await Chat.Says("ana", "/8d close --anyway it is an exercise");
        await People.UntilAsync(() => Task.FromResult(GitHere.Read(Chat.Repository, File).Contains("**Status:** Completed", StringComparison.Ordinal)), "it is closed in Git");
        await EditAsync(text => text.Replace("| Dec 30, 2024 | Open |", "| 30.12.2024 | ✅ |", StringComparison.Ordinal));
        await LookAsync();

        await Chat.ThreadSays("T changed this in Git");
        await Chat.Says("bo", "/8d actions");
        Assert.DoesNotContain("Fix it", (await Chat.IsTold("bo"))[^1].Text, StringComparison.Ordinal);
        Assert.Equal(GitHere.Read(Chat.Repository, File), await Chat.ReportAsync());
    }

    [Theory]
    [InlineData("Keep Git's version", "Nobody in Europe can pay")]
    [InlineData("Keep chat's version", "Nobody at all can pay")]
    public async Task What_both_changed_is_kept_in_both_texts_until_somebody_decides_and_is_published_then(string button, string kept)
    {
        await PublishedAsync();
        await EditAsync(text => text.Replace("Nobody can pay", "Nobody in Europe can pay", StringComparison.Ordinal).Replace("**Stakeholders involved:** Sales", "**Stakeholders involved:** Sales, Support", StringComparison.Ordinal));
        await Chat.Says("ana", "/8d answer D0.impact --replace Nobody at all can pay");
        await Chat.Says("ana", "/8d publish");

        var asked = await Chat.ThreadSays("Changed here and in Git: D0, Impact");
        Assert.Contains("> Nobody at all can pay", asked.Card!.Body, StringComparison.Ordinal);
        Assert.Contains("> Nobody in Europe can pay", asked.Card!.Body, StringComparison.Ordinal);
        Assert.Equal(["Keep chat's version", "Keep Git's version"], asked.Card.Buttons.Select(each => each.Label));
        await People.UntilAsync(async () => (await Chat.CardAsync()).Text.Contains("queued", StringComparison.Ordinal), "the card says that it waits");
        Assert.Contains("**Impact:** Nobody at all can pay", await Chat.ReportAsync(), StringComparison.Ordinal);
        Assert.Contains("**Stakeholders involved:** Sales, Support", await Chat.ReportAsync(), StringComparison.Ordinal);
        Assert.Contains("Nobody in Europe can pay", GitHere.Read(Chat.Repository, File), StringComparison.Ordinal);

        await Chat.Says("bo", "/8d publish");
        Assert.Contains("until somebody decides", (await Chat.IsTold("bo"))[^1].Text, StringComparison.Ordinal);
        await Chat.Presses("bo", asked, button);

        await People.UntilAsync(async () => !(await Chat.CardAsync()).Text.Contains("queued", StringComparison.Ordinal), "it is published");
        Assert.Contains($"**Impact:** {kept}\n", GitHere.Read(Chat.Repository, File), StringComparison.Ordinal);
        Assert.Equal(GitHere.Read(Chat.Repository, File), await Chat.ReportAsync());
        await Chat.Presses("cy", asked, button);
        Assert.Contains("decided already", (await Chat.IsTold("cy"))[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_that_is_missing_in_Git_is_asked_about()
    {
        await PublishedAsync();
        await EditAsync(text => text.Replace("| Fix it | ana | Dec 30, 2024 | Open |\n", "", StringComparison.Ordinal));
        await LookAsync();

        var asked = await Chat.ThreadSays("row “Fix it”");
        Assert.Contains("| Fix it | ana |", await Chat.ReportAsync(), StringComparison.Ordinal);
        await Chat.Presses("ana", asked, "Keep Git's version");
        Assert.DoesNotContain("| Fix it | ana |", await Chat.ReportAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_was_renamed_is_followed()
    {
        await PublishedAsync();
        await AtDeskAsync(tree => System.IO.File.Move(Path.Combine(tree, File), Path.Combine(tree, "docs/8d/0001-shop-down.md")));
        await LookAsync();

        await Chat.ThreadSays("moved the file to docs/8d/0001-shop-down.md");
        await Chat.Says("ana", "/8d answer D4.factors No load test");
        await Chat.Says("ana", "/8d publish");
        await People.UntilAsync(() => Task.FromResult(GitHere.Read(Chat.Repository, "docs/8d/0001-shop-down.md").Contains("- No load test", StringComparison.Ordinal)), "it is published");
        Assert.Equal(["0001-shop-down.md"], Reports());
        Assert.Contains("(./0001-shop-down.md)", GitHere.Read(Chat.Repository, "docs/8d/README.md"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_report_with_its_number_is_not_taken_for_it()
    {
        await PublishedAsync();
        await AtDeskAsync(tree =>
        {
            System.IO.File.Delete(Path.Combine(tree, File));
            System.IO.File.WriteAllText(Path.Combine(tree, "docs/8d/0001-mail.md"), "# 0001: Mail is slow\n\n## D0: Planning\n\n**Impact:** No mail\n");
        });
        await LookAsync();

        await Chat.ThreadSays("was taken out of Git");
        Assert.Contains("**Impact:** Nobody can pay", await Chat.ReportAsync(), StringComparison.Ordinal);
        await Chat.Says("ana", "/8d publish");
        await Chat.ThreadSays("Number 1 was given to another report meanwhile. This one is now 2");
        await People.UntilAsync(() => Task.FromResult(GitHere.Run(Chat.Repository, "ls-tree", "--name-only", "main", "docs/8d/").Contains("0002-checkout-is-down.md", StringComparison.Ordinal)), "it is published with the next number");
        Assert.Contains("No mail", GitHere.Read(Chat.Repository, "docs/8d/0001-mail.md"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_was_deleted_is_said_and_comes_back_when_somebody_says_so()
    {
        await PublishedAsync();
        await AtDeskAsync(tree => System.IO.File.Delete(Path.Combine(tree, File)));
        await LookAsync();

        await Chat.ThreadSays("was taken out of Git");
        Assert.Empty(Reports());
        await LookAsync();
        Assert.Empty(Reports());
        await PublishAsync();
        Assert.Equal(await Chat.ReportAsync(), GitHere.Read(Chat.Repository, File));
    }

    [Theory]
    [InlineData("binary")]
    [InlineData("empty")]
    [InlineData("endless")]
    [InlineData("link")]
    public async Task A_file_that_is_no_report_any_more_is_said_and_not_overwritten(string how)
    {
        await PublishedAsync();
        await AtDeskAsync(tree =>
        {
            var file = Path.Combine(tree, File);
            System.IO.File.Delete(file);
            if (how == "link") System.IO.File.CreateSymbolicLink(file, "/etc/passwd");
            else System.IO.File.WriteAllBytes(file, how switch { "empty" => [], "endless" => Encoding.UTF8.GetBytes(Draft + new string('x', 1024 * 1024)), _ => [0xff, 0xfe, 0x00] });
        });
        var head = Head();
        await Chat.Says("ana", "/8d answer D4.factors No load test");
        await Chat.Says("ana", "/8d publish");

        await Chat.ThreadSays(how == "link" ? "was taken out of Git" : "cannot be read as this report any more");
        Assert.Equal(head, Head());
        Assert.Contains("- No load test", await Chat.ReportAsync(), StringComparison.Ordinal);
        if (how == "link") return;

        await EditAsync(_ => Draft);
        await LookAsync();
        await People.UntilAsync(() => Task.FromResult(GitHere.Read(Chat.Repository, File).Contains("- No load test", StringComparison.Ordinal)), "it goes on by itself once the file is mended");
    }

    [Fact]
    public async Task What_was_pushed_while_the_bot_was_stopped_is_read_back_at_its_start()
    {
        await PublishedAsync();
        await LookAsync();
        opened = await Chat.RestartAsync(async _ => await EditAsync(text => text.Replace("Nobody can pay", "Nobody in Europe can pay", StringComparison.Ordinal)));

        await Chat.ThreadSays("T changed this in Git");
        Assert.Contains("Nobody in Europe can pay", await Chat.ReportAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_history_was_rewritten_nothing_is_overwritten_and_it_is_said()
    {
        await PublishedAsync();
        var tree = desk["rewritten"];
        GitHere.Run(desk.Path, "clone", "-q", Chat.Repository, tree);
        GitHere.Run(tree, "checkout", "-q", "--orphan", "anew");
        GitHere.Run(tree, "commit", "-q", "-m", "All anew");
        GitHere.Run(tree, "push", "-q", "--force", "origin", "anew:main");
        GitHere.Run(Chat.Repository, "reflog", "expire", "--expire=now", "--all");
        GitHere.Run(Chat.Repository, "gc", "-q", "--prune=now");
        history.Forget();
        Remember();
        var head = Head();
        await Chat.Says("ana", "/8d answer D4.factors No load test");
        await Chat.Says("ana", "/8d publish");

        await Chat.ThreadSays("is in the repository no more");
        Assert.Equal(head, Head());
    }

    [Fact]
    public async Task An_8D_whose_history_was_rewritten_keeps_no_other_from_being_read_back()
    {
        await PublishedAsync();
        await LookAsync();
        var tree = desk["rewritten"];
        GitHere.Run(desk.Path, "clone", "-q", Chat.Repository, tree);
        GitHere.Run(tree, "checkout", "-q", "--orphan", "anew");
        System.IO.File.AppendAllText(Path.Combine(tree, File), "\nMore\n");
        GitHere.Run(tree, "commit", "-q", "-a", "-m", "All anew");
        GitHere.Run(tree, "push", "-q", "--force", "origin", "anew:main");
        GitHere.Run(Chat.Repository, "reflog", "expire", "--expire=now", "--all");
        GitHere.Run(Chat.Repository, "gc", "-q", "--prune=now");
        history.Forget();
        Remember();
        await Chat.Says("bo", "/8d start Mail is slow", "mail");
        await Chat.Says("bo", "/8d publish", "mail");
        await People.UntilAsync(() => Task.FromResult(GitHere.Run(Chat.Repository, "ls-tree", "--name-only", "main", "docs/8d/").Contains("0002-", StringComparison.Ordinal)), "the other one is published");
        Remember();
        await LookAsync();
        await AtDeskAsync(there =>
        {
            System.IO.File.AppendAllText(Path.Combine(there, File), "\nEven more\n");
            var other = Path.Combine(there, "docs/8d/0002-mail-is-slow.md");
            System.IO.File.WriteAllText(other, System.IO.File.ReadAllText(other).Replace("Mail is slow", "Mail is very slow", StringComparison.Ordinal));
        });

        await LookAsync();

        await People.UntilAsync(async () => (await Chat.ReportAsync("mail")).StartsWith("# 0002: Mail is very slow", StringComparison.Ordinal), "the other one is read back");
        Assert.Single(await Chat.Sees("anybody"), message => message.Thread is not null && message.Text.Contains("is in the repository no more", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_answer_that_Git_changed_since_can_be_undone_without_losing_what_Git_added()
    {
        await PublishedAsync();
        await Chat.Says("ana", "/8d answer D4.factors No load test");
        await PublishAsync();
        await EditAsync(text => text.Replace("- No load test\n", "- No load test\n- No alert\n", StringComparison.Ordinal));
        await LookAsync();

        await Chat.Says("ana", "/8d undo");

        var report = await Chat.ReportAsync();
        Assert.DoesNotContain("- No load test", report, StringComparison.Ordinal);
        Assert.Contains("**Contributing factors:**\n- No alert\n", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_8D_that_goes_on_with_somebodys_report_reads_back_too()
    {
        opened = await Chat.OpenAsync();
        await EditAsync(_ => "# 1: Checkout is down\n\n- **Date:** 2024-12-20\n- **Status:** Draft\n\n## D0: Planning\n\n**Impact:** Nobody can pay\n");
        await Chat.Says("ana", "/8d start --from 1");
        await EditAsync(text => text.Replace("Nobody", "Nobody in Europe", StringComparison.Ordinal));
        await Chat.Says("ana", "/8d answer D0.stakeholders Sales");
        await PublishAsync();

        Assert.Equal("# 1: Checkout is down\n\n- **Date:** 2024-12-20\n- **Status:** In Progress\n\n## D0: Planning\n\n**Impact:** Nobody in Europe can pay\n**Stakeholders involved:** Sales\n", GitHere.Read(Chat.Repository, File));
    }

    private string Draft { get; set; } = "";

    private async Task PublishedAsync()
    {
        opened = await Chat.OpenAsync();
        await Chat.Says("ana", "/8d start Checkout is down");
        await Chat.Says("ana", "/8d answer D0.impact Nobody can pay");
        await Chat.Says("ana", "/8d answer D0.stakeholders Sales");
        await Chat.Says("ana", "/8d action add Fix it @Ana by 2024-12-30");
        await PublishAsync();
        Draft = GitHere.Read(Chat.Repository, File);
    }

    private async Task PublishAsync()
    {
        await Chat.Says("ana", "/8d publish");
        await People.UntilAsync(async () => Exists() && GitHere.Read(Chat.Repository, File) == await Chat.ReportAsync(), "it is published");
        Remember();
    }

    private Task LookAsync() => Chat.Part<GitPolling>().LookAsync(People.Cancel);

    private Task EditAsync(Func<string, string> edit) => AtDeskAsync(tree =>
    {
        var file = Path.Combine(tree, File);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        System.IO.File.WriteAllBytes(file, Encoding.UTF8.GetBytes(edit(System.IO.File.Exists(file) ? Encoding.UTF8.GetString(System.IO.File.ReadAllBytes(file)) : "")));
    });

    /// <summary>Somebody clones the repository, changes something, commits and pushes.</summary>
    private Task AtDeskAsync(Action<string> change)
    {
        GitHere.AtDesk(desk, Chat.Repository, change);
        Remember();
        return Task.CompletedTask;
    }

    private void Remember() => history.Remember(Chat.Repository);

    private string Head() => GitHere.Run(Chat.Repository, "rev-parse", "main");

    private bool Exists() => GitHere.Run(Chat.Repository, "for-each-ref").Length > 0 && Reports().Contains("0001-checkout-is-down.md", StringComparer.Ordinal);

    private string[] Reports() => [.. GitHere.Run(Chat.Repository, "ls-tree", "--name-only", "main", "docs/8d/").Split('\n').Select(path => Path.GetFileName(path)!).Where(name => name.StartsWith("0001", StringComparison.Ordinal))];
}
