using System.Text;
using EightD.Bot.Tests.Publishing;

namespace EightD.Bot.Tests.Conversations;

/// <summary>The report repository that the sample report is published to, and what stands there afterwards.</summary>
internal static class SampleRepository
{
    private const string First = """
        # 0001: Product Quality Issue - Manufacturing Defect

        **Date:** 2024-11-04
        **Status:** Completed

        ## D0: Planning

        **Impact:** 300 units

        """;

    private const string FirstSuperseded = """
        # 0001: Product Quality Issue - Manufacturing Defect

        **Date:** 2024-11-04
        **Status:** Completed

        ## Links

        - Superseded by: [0003: Server Downtime Incident - Database Connection Failure](./0003-server-downtime-incident-database-connection-failure.md)

        ## D0: Planning

        **Impact:** 300 units

        """;

    private const string Contents = """
        # Our reports

        Ask Maria before you change anything here.

        ## Reports

        - [0001: Product Quality Issue - Manufacturing Defect](./0001-product-quality-issue-manufacturing-defect.md)
        - [0002: Late Delivery](./0002-late-delivery.md)

        ## See also

        The wiki.

        """;

    /// <summary>A bot's folder whose repository has the reports 1 and 2 already.</summary>
    public static TempFolder New()
    {
        var folder = new TempFolder();
        GitHere.Run(folder.Path, "init", "-q", "--bare", "--initial-branch=main", "data/reports.git");
        GitHere.Push(folder, folder["data/reports.git"],
            (".8d-dir", "docs/8d\n"u8.ToArray()),
            ("README.md", "# Our product\n"u8.ToArray()),
            ("docs/8d/.8d-sequence.lock", "2"u8.ToArray()),
            ("docs/8d/README.md", Encoding.UTF8.GetBytes(Contents)),
            ("docs/8d/0001-product-quality-issue-manufacturing-defect.md", Encoding.UTF8.GetBytes(First)),
            ("docs/8d/0002-late-delivery.md", "# 0002: Late Delivery\n\n**Date:** 2024-11-20\n**Status:** Completed\n"u8.ToArray()));
        return folder;
    }

    /// <summary>The report as it was published; what else the folder got, and who committed it, is as it must be.</summary>
    public static string HasTheSample(string repository, DateTimeOffset at)
    {
        var published = GitHere.Read(repository, $"docs/8d/{SampleContent.FileName}");
        Assert.Equal(SampleContent.Text, SampleContent.WithoutFooter(published));
        Assert.Matches(@"\n---\n\n\*[^\n]*8D Bot[^\n]*\*\n$", published);
        Assert.Equal(FirstSuperseded, GitHere.Read(repository, "docs/8d/0001-product-quality-issue-manufacturing-defect.md"));
        Assert.Equal(Contents.Replace("(./0002-late-delivery.md)\n", $"(./0002-late-delivery.md)\n- [0003: {SampleContent.Title}](./{SampleContent.FileName})\n", StringComparison.Ordinal),
            GitHere.Read(repository, "docs/8d/README.md"));
        Assert.Equal("3", GitHere.Read(repository, "docs/8d/.8d-sequence.lock").TrimEnd('\n'));
        Assert.Equal("2", GitHere.Run(repository, "rev-list", "--count", "main"));
        Assert.Equal($"Alex Chen|8D Bot|{at:yyyy-MM-ddTHH:mm:ss}+00:00", GitHere.Run(repository, "log", "-1", "--format=%an|%cn|%aI", "main"));
        Assert.Equal(
            ["docs/8d/.8d-sequence.lock", "docs/8d/0001-product-quality-issue-manufacturing-defect.md", $"docs/8d/{SampleContent.FileName}", "docs/8d/README.md"],
            GitHere.Run(repository, "diff", "--name-only", "main~1", "main").Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal("", GitHere.Run(repository, "fsck", "--full", "--strict"));
        return published;
    }
}
