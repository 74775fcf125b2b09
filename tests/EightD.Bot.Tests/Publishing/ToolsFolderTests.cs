using System.Globalization;
using System.Text.RegularExpressions;
using EightD.Bot.Tests.Conversations;
using EightD.Reports;
using EightD.Reports.Templates;

namespace EightD.Bot.Tests.Publishing;

/// <summary>
/// One folder, 8d-tools and the bot by turns. The tool itself cannot be had here, so what it looks for is asked of the folder instead: the path in <c>.8d-dir</c>, a number in the
/// sequence file, the very line <c>## Reports</c> with entries <c>- [0003: …</c>, files that begin with their number, titles <c># 3: …</c>, and a place for its link lines.
/// </summary>
public sealed partial class ToolsFolderTests : DeskTests
{
    private const string First = """
        # 1: Disk is full

        - **Date:** 2024-11-02
        - **Status:** Draft

        ## D0: Plan and prepare
        <!-- Plan for solving the problem -->

        ### Emergency response actions
        <!-- What was done at once? -->

        ---

        ## D1: Form a team

        | Name | Role | Department | Responsibilities |
        |------|------|------------|------------------|
        |      |      |            |                  |

        ---

        ## D6: Implement corrective actions

        | Action | Responsible | Target Date | Status |
        |--------|-------------|-------------|--------|
        |        |             |             |        |

        ---

        ## Summary

        ---

        _Written with 8d-tools_

        """;

    private const string Second = """
        # 2: Queue is stuck

        - **Date:** 2024-11-20
        - **Status:** Draft

        ## Links

        - Related to: [1: Disk is full](./0001-disk-is-full.md)

        ## D0: Planning
        <!-- one line -->

        ## D2: Describe the problem

        """;

    [Fact]
    public async Task A_folder_of_the_tool_is_usable_by_both_after_each_of_them()
    {
        await OpenAsync();
        await Chat.Says("ana", "/8d start Checkout is down");
        await Chat.Says("ana", "/8d link 1 Supersedes");
        await Chat.Says("ana", "/8d answer D0.impact Nobody can pay");
        await PublishedAsync("0003-checkout-is-down.md");

        AssertUsable(3);
        Assert.Equal(First.Replace("- **Status:** Draft\n", "- **Status:** Draft\n\n## Links\n\n- Superseded by: [3: Checkout is down](./0003-checkout-is-down.md)\n", StringComparison.Ordinal), Read("0001-disk-is-full.md"));
        Assert.Equal(Second, Read("0002-queue-is-stuck.md"));
        Assert.Contains("- Supersedes: [0001: Disk is full](./0001-disk-is-full.md)", Read("0003-checkout-is-down.md"), StringComparison.Ordinal);

        // the tool makes number 4, which amends ours: it counts in the sequence file, sorts the entries, and puts its line first below the heading
        GitHere.AtDesk(Desk, Chat.Repository, tree =>
        {
            var folder = Path.Combine(tree, "docs/8d");
            Assert.Equal("3", File.ReadAllText(Path.Combine(folder, ".8d-sequence.lock")));
            File.WriteAllText(Path.Combine(folder, ".8d-sequence.lock"), "4");
            File.WriteAllText(Path.Combine(folder, "0004-more.md"), Second.Replace("# 2: Queue is stuck", "# 4: More", StringComparison.Ordinal));
            File.AppendAllText(Path.Combine(folder, "README.md"), "- [0004: More](./0004-more.md)\n");
            var own = Path.Combine(folder, "0003-checkout-is-down.md");
            File.WriteAllText(own, File.ReadAllText(own).Replace("## Links\n\n", "## Links\n\n- Amended by: [0004: More](./0004-more.md)\n", StringComparison.Ordinal));
        });
        await Chat.Says("ana", "/8d answer D2 All customers");
        await PublishedAsync("0003-checkout-is-down.md");

        AssertUsable(4);
        Assert.Contains("## Links\n\n- Amended by: [0004: More](./0004-more.md)\n- Supersedes: [0001: Disk is full](./0001-disk-is-full.md)\n", Read("0003-checkout-is-down.md"), StringComparison.Ordinal);
        await Chat.Says("ana", "/8d start Next", "elsewhere");
        Assert.StartsWith("# 0005: Next", await Chat.ReportAsync("elsewhere"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "0001-disk-is-full.md", "D6", "| Fix it | ana | 2024-12-30 | Open |")]
    [InlineData(2, "0002-queue-is-stuck.md", "D2", "All customers")]
    public async Task A_report_of_the_tool_is_gone_on_with_and_only_what_is_said_changes(int number, string file, string section, string said)
    {
        await OpenAsync();
        var before = Read(file);
        await Chat.Says("ana", $"/8d start --from {number}");
        await Chat.Says("ana", $"/8d answer {section} {said}");
        await PublishedAsync(file);

        var after = Read(file);
        var expected = before.Replace("- **Status:** Draft", "- **Status:** In Progress", StringComparison.Ordinal).Split('\n');
        Assert.Empty(expected.Where(line => line != "|        |             |             |        |").Except(after.Split('\n'), StringComparer.Ordinal));
        Assert.Contains(said.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)[0], after, StringComparison.Ordinal);
        AssertUsable(2);
    }

    [Theory]
    [InlineData("default")]
    [InlineData("simple")]
    public async Task A_report_from_the_tools_own_templates_stands_there_as_the_tool_would_have_it(string template)
    {
        await OpenAsync();
        await Chat.Says("ana", $"/8d start Checkout is down --template {template}");
        await PublishedAsync("0003-checkout-is-down.md");

        Assert.StartsWith("# 3: Checkout is down\n\n- **Date:** 2024-12-20\n- **Status:** In Progress\n", Read("0003-checkout-is-down.md"), StringComparison.Ordinal);
        Assert.Contains("- [3: Checkout is down](./0003-checkout-is-down.md)", Read("README.md"), StringComparison.Ordinal);
        AssertUsable(3);
    }

    /// <summary>What the tool needs to go on in a folder.</summary>
    private void AssertUsable(int last)
    {
        Assert.Equal("docs/8d", GitHere.Read(Chat.Repository, ".8d-dir").Trim());
        Assert.Equal(last, int.Parse(Read(".8d-sequence.lock"), NumberStyles.None, CultureInfo.InvariantCulture));
        var page = Read("README.md").Split('\n');
        Assert.Contains("## Reports", page);
        var entries = page.SkipWhile(line => line != "## Reports").Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal)).Where(line => line.Length > 0).ToList();
        Assert.All(entries, entry => Assert.Matches(Entry(), entry));
        Assert.Equal(Enumerable.Range(1, last), entries.Select(entry => int.Parse(Entry().Match(entry).Groups["number"].Value, CultureInfo.InvariantCulture)));
        foreach (var entry in entries)
        {
            var (number, file) = (Entry().Match(entry).Groups["number"].Value, Entry().Match(entry).Groups["file"].Value);
            Assert.StartsWith($"{int.Parse(number, CultureInfo.InvariantCulture):0000}-", file, StringComparison.Ordinal);
            Assert.Matches("^# [0-9]+: .+", Read(file).Split('\n')[0]);
            Assert.Contains(Read(file).Split('\n'), line => line.Contains("**Status:**", StringComparison.Ordinal));
            Assert.Equal(int.Parse(number, CultureInfo.InvariantCulture), Report.Read(Read(file), Template.BuiltIn[0]).Number);
        }
    }

    private async Task OpenAsync()
    {
        Opened = await Chat.OpenAsync("2024-12-20 09:15", null, "--Git:Poll=00:00:00");
        GitHere.AtDesk(Desk, Chat.Repository, tree =>
        {
            var folder = Path.Combine(tree, "docs/8d");
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(tree, ".8d-dir"), "docs/8d");
            File.WriteAllText(Path.Combine(folder, ".8d-sequence.lock"), "2");
            File.WriteAllText(Path.Combine(folder, "README.md"), "# 8D Reports\n\n## About\n\nOurs.\n\n## Reports\n\n- [0001: Disk is full](./0001-disk-is-full.md)\n- [0002: Queue is stuck](./0002-queue-is-stuck.md)\n");
            File.WriteAllText(Path.Combine(folder, "0001-disk-is-full.md"), First);
            File.WriteAllText(Path.Combine(folder, "0002-queue-is-stuck.md"), Second);
        });
    }

    private async Task PublishedAsync(string file)
    {
        await Chat.Says("ana", "/8d publish");
        await People.UntilAsync(async () => GitHere.Run(Chat.Repository, "ls-tree", "--name-only", "main", "docs/8d/").Contains(file, StringComparison.Ordinal) && Read(file) == await Chat.ReportAsync(), "it is published");
    }

    private string Read(string file) => GitHere.Read(Chat.Repository, $"docs/8d/{file}");

    [GeneratedRegex(@"^- \[(?<number>\d+): .+\]\(\./(?<file>.+\.md)\)$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Entry();
}
