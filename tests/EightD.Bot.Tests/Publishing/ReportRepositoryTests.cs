using System.Text;
using EightD.Bot.Publishing;
using EightD.Bot.Settings;
using EightD.Incidents;
using EightD.Reports;
using EightD.Reports.Templates;

namespace EightD.Bot.Tests.Publishing;

public sealed class ReportRepositoryTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2024, 12, 20, 12, 0, 0, TimeSpan.FromHours(-5));
    private static readonly Person Ana = new("ana", "Ana Díaz");
    private readonly TempFolder folder = new();
    private readonly List<GitRepository> gits = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Path => folder["data/reports.git"];

    public void Dispose()
    {
        foreach (var git in gits) git.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task A_path_that_is_absent_becomes_a_bare_repository_and_the_first_publish_its_first_commit()
    {
        var repository = await UsableAsync();
        Assert.Equal(0, await repository.HighestNumberAsync(Cancel));
        Assert.Empty(await repository.ListAsync(Cancel));
        var report = Draft(1, "Checkout is down");

        var done = Assert.IsType<PublishOutcome.Done>(await repository.PublishAsync(
            Request(report, "e1") with { Trailers = ["8D-Severity: high", "8D-Closed-Anyway: no\nSneaky: yes"] }, Cancel));

        Assert.Equal(("docs/8d/0001-checkout-is-down.md", "0001-checkout-is-down.md", report.Text), (done.Path, done.FileName, done.Text));
        Assert.Equal(done.Commit, Git("rev-parse", "main"));
        Assert.Equal(
            [".8d-dir", "docs/8d/.8d-sequence.lock", "docs/8d/0001-checkout-is-down.md", "docs/8d/README.md"], Git("ls-tree", "-r", "--name-only", "main").Split('\n'));
        Assert.Equal("docs/8d", Git("show", "main:.8d-dir"));
        Assert.Equal("1", Git("show", "main:docs/8d/.8d-sequence.lock"));
        Assert.Equal("# 8D reports\n\n## Reports\n\n- [0001: Checkout is down](./0001-checkout-is-down.md)", Git("show", "main:docs/8d/README.md"));
        Assert.Equal("Ana Díaz <ana@localhost> 8D Bot <8d-bot@localhost> 2024-12-20T12:00:00-05:00", Git("log", "-1", "--format=%an <%ae> %cn <%ce> %aI"));
        Assert.Equal(
            "8D 0001: Checkout is down\n\n8D-Severity: high\n8D-Closed-Anyway: no Sneaky: yes\n8D-Effect: e1", Git("log", "-1", "--format=%B").TrimEnd());
        Assert.Equal("e1", Git("log", "-1", "--format=%(trailers:key=8D-Effect,valueonly)").TrimEnd());
        Assert.Equal("", Git("fsck", "--strict", "--no-dangling"));
        Assert.Equal(1, await repository.HighestNumberAsync(Cancel));
    }

    [Fact]
    public async Task The_bytes_committed_are_those_of_the_draft()
    {
        var repository = await UsableAsync();
        var text = "\uFEFF# 0007: Zwölf 🙂\r\n\r\n**Status:** Completed\r\n\r\ntrailing  \r\n\ttab";
        await repository.PublishAsync(Request(Report.Read(text, Template.BuiltIn[0]), "e"), Cancel);
        GitHere.Run(folder.Path, "clone", "-q", Path, "clone");
        Assert.Equal(Encoding.UTF8.GetBytes(text), await File.ReadAllBytesAsync(Directory.GetFiles(folder["clone/docs/8d"], "0007-*.md").Single(), Cancel));
    }

    [Fact]
    public async Task A_publish_that_was_done_before_a_crash_is_found_and_not_done_again()
    {
        var first = Assert.IsType<PublishOutcome.Done>(await (await UsableAsync()).PublishAsync(Request(Draft(1, "A"), "e 1"), Cancel));
        await (await UsableAsync()).PublishAsync(Request(Draft(2, "B"), "e 12"), Cancel);

        var again = await (await UsableAsync()).PublishAsync(Request(Draft(1, "A").WithStatus("Completed"), "e 1"), Cancel);

        Assert.Equal(first, again);
        Assert.Equal("2", Git("rev-list", "--count", "main"));
    }

    [Fact]
    public async Task Where_nothing_changes_there_is_no_commit()
    {
        var repository = await UsableAsync();
        var first = Assert.IsType<PublishOutcome.Done>(await repository.PublishAsync(Request(Draft(1, "A"), "e1"), Cancel));
        Assert.Equal(first, await repository.PublishAsync(Request(Draft(1, "A"), "e2", first), Cancel));
        Assert.Equal("1", Git("rev-list", "--count", "main"));
    }

    [Fact]
    public async Task A_number_that_another_file_has_is_refused_with_the_next_free_one()
    {
        var repository = await UsableAsync();
        await repository.PublishAsync(Request(Draft(1, "A"), "e1"), Cancel);
        GitHere.Push(folder, Path, ("docs/8d/.8d-sequence.lock", "4"u8.ToArray()));
        Assert.Equal(new PublishOutcome.NumberTaken(5), await repository.PublishAsync(Request(Draft(1, "Other"), "e2"), Cancel));
        Assert.Equal(4, await repository.HighestNumberAsync(Cancel));
    }

    [Fact]
    public async Task Another_title_moves_the_file_and_its_contents_entry()
    {
        var repository = await UsableAsync();
        var first = Assert.IsType<PublishOutcome.Done>(await repository.PublishAsync(Request(Draft(1, "Old"), "e1"), Cancel));
        await repository.PublishAsync(Request(Draft(1, "New"), "e2", first), Cancel);
        Assert.Equal("docs/8d/0001-new.md", Git("ls-tree", "-r", "--name-only", "main", "docs/8d/0001-new.md", "docs/8d/0001-old.md"));
        Assert.EndsWith("\n- [0001: New](./0001-new.md)", Git("show", "main:docs/8d/README.md"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_is_answered_in_the_other_report_in_the_same_commit()
    {
        var repository = await UsableAsync();
        GitHere.Push(folder, Path, ("docs/8d/0001-defect.md", "# 1: Defect\r\n\r\n- **Date:** 2024-11-02\r\n- **Status:** Done\r\n\r\n## D0: Planning\r\n\r\nText"u8.ToArray()));
        await repository.PublishAsync(Request(Draft(2, "Again").WithLink(new("Supersedes", 1, "Defect", "0001-defect.md")), "e1"), Cancel);
        Assert.Equal(
            "# 1: Defect\r\n\r\n- **Date:** 2024-11-02\r\n- **Status:** Done\r\n\r\n## Links\r\n\r\n- Superseded by: [2: Again](./0002-again.md)\r\n\r\n## D0: Planning\r\n\r\nText",
            Git("show", "main:docs/8d/0001-defect.md"));
        Assert.Equal("2", Git("rev-list", "--count", "main"));
    }

    [Fact]
    public async Task Eight_publishers_at_once_each_get_their_commit()
    {
        ReportRepository[] repositories = [await UsableAsync(), Open(Options), Open(Options), Open(Options)];
        var outcomes = await Task.WhenAll(Enumerable.Range(1, 8).Select(number =>
            repositories[number % 4].PublishAsync(Request(Draft(number, $"Report {number}"), $"e{number}"), Cancel)));

        Assert.All(outcomes, outcome => Assert.IsType<PublishOutcome.Done>(outcome));
        Assert.Equal("8", Git("rev-list", "--count", "main"));
        Assert.Equal("8", Git("show", "main:docs/8d/.8d-sequence.lock"));
        Assert.Equal(Enumerable.Range(1, 8), (await repositories[0].ListAsync(Cancel)).Select(entry => entry.Number));
        Assert.Equal(8, Git("show", "main:docs/8d/README.md").Split("\n- [").Length - 1);
        Assert.Equal("", Git("fsck", "--strict", "--no-dangling"));
        Assert.Empty(Directory.GetFiles(Path, "8d-*"));
    }

    [Fact]
    public async Task One_number_for_two_at_once_is_given_to_one()
    {
        var (one, two) = (await UsableAsync(), await UsableAsync());
        var outcomes = await Task.WhenAll(one.PublishAsync(Request(Draft(1, "A"), "e1"), Cancel), two.PublishAsync(Request(Draft(1, "B"), "e2"), Cancel));
        Assert.Single(outcomes.OfType<PublishOutcome.Done>());
        Assert.Equal(new PublishOutcome.NumberTaken(2), Assert.Single(outcomes.OfType<PublishOutcome.NumberTaken>()));
    }

    [Theory]
    [InlineData("pre-receive")]
    [InlineData("update")]
    public async Task What_a_hook_declines_is_said_in_its_words_and_nothing_is_committed(string hook)
    {
        var repository = await UsableAsync();
        Directory.CreateDirectory(System.IO.Path.Combine(Path, "hooks"));
        var file = System.IO.Path.Combine(Path, "hooks", hook);
        await File.WriteAllTextAsync(file, "#!/bin/sh\necho 'Reports are frozen until Monday.' >&2\nexit 1\n", Cancel);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        var refused = Assert.IsType<PublishOutcome.Refused>(await repository.PublishAsync(Request(Draft(1, "A"), "e1"), Cancel));

        Assert.Contains("Reports are frozen until Monday.", refused.Words, StringComparison.Ordinal);
        Assert.Equal("", Git("for-each-ref"));
    }

    [Fact]
    public async Task A_repository_that_went_away_makes_a_publish_wait()
    {
        var repository = await UsableAsync();
        Directory.Move(Path, folder["elsewhere"]);
        Assert.IsType<PublishOutcome.Waiting>(await repository.PublishAsync(Request(Draft(1, "A"), "e1"), Cancel));
        await Assert.ThrowsAsync<RepositoryUnavailableException>(() => repository.HighestNumberAsync(Cancel));
        Assert.Empty(await repository.TemplatesAsync(Cancel));
        Directory.Move(folder["elsewhere"], Path);
        Assert.IsType<PublishOutcome.Done>(await repository.PublishAsync(Request(Draft(1, "A"), "e1"), Cancel));
    }

    [Fact]
    public async Task Own_templates_are_read_and_those_that_cannot_be_are_left_out()
    {
        var repository = await UsableAsync();
        Assert.Empty(await repository.TemplatesAsync(Cancel));
        GitHere.Push(folder, Path,
            (".8d-dir", "quality/8d\n"u8.ToArray()),
            ("quality/8d/.templates/short.md", "# {{sequence}}: {{title}}\n\n## What happened\n"u8.ToArray()),
            ("quality/8d/.templates/not a name.md", "# x\n"u8.ToArray()),
            ("quality/8d/.templates/latin.md", [0x23, 0x20, 0xE4, 0xF6]),
            ("quality/8d/.templates/deep/er.md", "# x\n"u8.ToArray()));
        Assert.Equal("short", Assert.Single(await repository.TemplatesAsync(Cancel)).Name);
        Assert.Same(await repository.TemplatesAsync(Cancel), await repository.TemplatesAsync(Cancel));

        var done = Assert.IsType<PublishOutcome.Done>(await repository.PublishAsync(Request(Draft(1, "A"), "e1"), Cancel));
        Assert.Equal("quality/8d/0001-a.md", done.Path);
    }

    [Fact]
    public async Task Reports_are_listed_with_their_titles_and_found_by_number()
    {
        var repository = await UsableAsync();
        GitHere.Push(folder, Path,
            ("docs/8d/README.md", "## Reports\n\n- [3: From the page](./0003-x.md)\n"u8.ToArray()),
            ("docs/8d/0003-x.md", "# 3: In the file\n"u8.ToArray()),
            ("docs/8d/0012-y.md", "# 12: Only here\n"u8.ToArray()),
            ("docs/8d/notes.md", "# Notes\n"u8.ToArray()));
        Assert.Equal([new(3, "From the page", "0003-x.md"), new(12, "Only here", "0012-y.md")], await repository.ListAsync(Cancel));
        var (entry, text, published) = (await repository.FindAsync(12, Cancel))!.Value;
        Assert.Equal((new(12, "Only here", "0012-y.md"), "# 12: Only here\n", Git("rev-parse", "main"), "docs/8d/0012-y.md"), (entry, text, published.Commit, published.Path));
        Assert.Null(await repository.FindAsync(4, Cancel));
    }

    [Fact]
    public async Task A_contents_page_that_is_no_text_is_not_overwritten()
    {
        var repository = await UsableAsync();
        GitHere.Push(folder, Path, ("docs/8d/README.md", [0x23, 0x20, 0xE4, 0x0A]));
        Assert.IsType<PublishOutcome.Refused>(await repository.PublishAsync(Request(Draft(1, "A"), "e1"), Cancel));
    }

    [Theory]
    [InlineData("", "\n <>,;", "Somebody <somebody@localhost>")]
    [InlineData("U+1 <x>\n@", "Eve <eve@corp>\nTo: you", "Eve eve@corp To: you <U+1--x@localhost>")]
    public async Task Any_name_can_be_an_author(string id, string name, string author)
    {
        var repository = await UsableAsync();
        var request = Request(Draft(1, "A"), "e1") with { By = new(id, name), Subject = "Two\nlines" };
        Assert.IsType<PublishOutcome.Done>(await repository.PublishAsync(request, Cancel));
        Assert.Equal(author, Git("log", "-1", "--format=%an <%ae>"));
        Assert.Equal("Two lines", Git("log", "-1", "--format=%s"));
    }

    [Fact]
    public async Task Without_git_the_start_ends_with_a_sentence()
    {
        var wrong = await Assert.ThrowsAsync<SettingException>(() => Open(Options with { Program = folder["no/git"] }).EnsureUsableAsync(Cancel));
        Assert.Equal("Git:Remote: git cannot be run; install it (https://git-scm.com), and see that it is on the PATH.", wrong.Message);
        Assert.IsType<PublishOutcome.Waiting>(await Open(Options with { Program = folder["no/git"] }).PublishAsync(Request(Draft(1, "A"), "e1"), Cancel));
    }

    [Theory]
    [InlineData("file", "main", null, "Git:Remote")]
    [InlineData("tree", "main", null, "Git:Remote")]
    [InlineData("data/reports.git", "a..b", null, "Git:Branch")]
    [InlineData("data/reports.git", "main", "../out", "Git:Folder")]
    [InlineData("data/reports.git", "main", "docs/.git", "Git:Folder")]
    public async Task What_cannot_be_used_is_named(string remote, string branch, string? reports, string key)
    {
        await File.WriteAllTextAsync(folder["file"], "", Cancel);
        GitHere.Run(folder.Path, "init", "-q", "tree");
        var wrong = await Assert.ThrowsAsync<SettingException>(() =>
            Open(Options with { Remote = folder[remote], Branch = branch, Folder = reports }).EnsureUsableAsync(Cancel));
        Assert.Equal(key, wrong.Key);
    }

    private RepositoryOptions Options => new(Path, "main", null, "8D Bot", "8d-bot@localhost");

    private ReportRepository Open(RepositoryOptions options)
    {
        gits.Add(new(options)); // each as another process has it
        return new(gits[^1], options);
    }

    private async Task<ReportRepository> UsableAsync()
    {
        var repository = Open(Options);
        await repository.EnsureUsableAsync(Cancel);
        return repository;
    }

    private string Git(params string[] arguments) => GitHere.Run(Path, arguments);

    private static Report Draft(int number, string title) => Template.BuiltIn[0].Begin(title, number, new(2024, 12, 20), "In Progress", []);

    private static PublishRequest Request(Report report, string effect, PublishOutcome.Done? before = null) =>
        new(report, before is null ? null : new(before.Commit, before.Path, before.FileName, Version: 0), Ana, $"8D {report.Number:0000}: {report.Title}", [], effect, Noon);
}
