using EightD.Reports.Folder;

namespace EightD.Reports.Tests.Folder;

/// <summary>Reports by the words that they hold.</summary>
public sealed class ReportSearchTests
{
    private static readonly SearchedReport?[] All =
    [
        SearchedReport.Of("README.md", "# Reports\n\npool"),
        SearchedReport.Of("0001-checkout.md", "# 0001: Checkout is down\n\n- The Connection pool was empty\n"),
        SearchedReport.Of("0002-pool.md", "# 0002: Connection pool too small\r\n\r\n**Impact:** none\r\n"),
        SearchedReport.Of("0003-mail.md", "# 3: Mail is slow\n\n| Resize the pool | Ana |\n"),
        SearchedReport.Of("0004-empty.md", ""),
    ];

    private static IEnumerable<SearchedReport> Files => All.OfType<SearchedReport>();

    [Theory]
    [InlineData("pool", "0002-pool.md 0003-mail.md 0001-checkout.md")] // in the title first, then the newest
    [InlineData("POOL connection", "0002-pool.md 0001-checkout.md")]
    [InlineData("pool ana", "0003-mail.md")]
    [InlineData("nothing", "")]
    public void All_words_must_be_there(string words, string files) => Assert.Equal(files, string.Join(' ', ReportSearch.Find(Files, words).Select(found => found.Report.Entry.FileName)));

    [Theory]
    [InlineData("empty", "The Connection pool was empty")]
    [InlineData("resize", "Resize the pool | Ana")]
    [InlineData("checkout", "0001: Checkout is down")]
    [InlineData("none", "**Impact:** none")]
    public void The_line_that_holds_a_word_is_shown(string words, string line) => Assert.Equal(line, ReportSearch.Find(Files, words).First().Line.Trim());

    [Fact]
    public void Of_a_long_line_what_stands_around_the_word()
    {
        var line = Assert.Single(ReportSearch.Find([SearchedReport.Of("0001-a.md", $"# 1: A\n{new string('x', 1000)}🧯word🧯{new string('y', 1000)}")!], "word")).Line;

        Assert.Contains("🧯word🧯", line, StringComparison.Ordinal);
        Assert.InRange(line.Length, 100, FoundReport.LongestLine);
    }
}
