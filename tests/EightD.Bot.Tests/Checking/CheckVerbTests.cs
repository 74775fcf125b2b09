using System.Text.Json;
using System.Xml.Linq;
using EightD.Bot.Tests.Conversations;
using EightD.CheckTool;

namespace EightD.Bot.Tests.Checking;

/// <summary>The verb <c>check</c>, as somebody types it, or a repository's CI.</summary>
public sealed class CheckVerbTests : IDisposable
{
    private const string Good = "# 1: Pump\n\n**Status:** In Progress\n\n## D4: Root cause\n**Root cause analysis:**\nThe bearing was dry, which was reproduced on the bench\n\n**Escape points:**\n- The oil level has no sensor\n";
    private const string Bad = "# 2: Pump\n\n**Status:** In Progress\n\n## D4: Root cause\n**Root cause analysis:**\nHuman error, 100 % sure: \u0001 <b>\n\n**Escape points:**\n- None existed\n";

    private readonly TempFolder folder = new();
    private readonly StringWriter output = new(), errors = new();

    public void Dispose()
    {
        output.Dispose();
        errors.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task A_finding_is_a_line_with_what_is_wrong_and_what_mends_it_and_below_it_the_line_and_why_it_matters()
    {
        var file = Write("0002-pump.md", Bad);

        Assert.Equal(1, await ChecksAsync(file));

        var lines = output.ToString().Split('\n');
        Assert.Equal($"{file}:7: error D4.ends-at-person D4: The cause ends at a person. Ask what made the mistake possible, and what should have caught it: `answer D4.cause --replace`.", lines[0]);
        Assert.StartsWith("    > Human error, 100 % sure", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("    People err everywhere", lines[2], StringComparison.Ordinal);
        Assert.Equal("1 report: 1 error, 0 warnings, 0 hints.", lines[3]);
    }

    [Fact]
    public async Task A_folder_is_looked_through_with_what_is_below_it_and_what_is_no_report_or_hidden_is_left_out()
    {
        Write("docs/8d/0001-pump.md", Good);
        Write("docs/8d/deep/0002-pump.md", Bad);
        Write("docs/8d/README.md", "# Reports\n");
        Write("docs/8d/.templates/own.md", Bad);

        Assert.Equal(1, await ChecksAsync(folder["docs"]));

        Assert.Contains("2 reports: 1 error,", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(".templates", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hints_do_not_change_the_exit_status_and_severity_leaves_out_what_is_less()
    {
        var file = Write("0001-pump.md", "# 1: Pump\n\n## D2: Problem\nSince December 20 three pumps of 40 leak\n");

        Assert.Equal(0, await ChecksAsync(file));
        Assert.Contains("hint D2.is-not-missing", output.ToString(), StringComparison.Ordinal);
        output.GetStringBuilder().Clear();

        Assert.Equal(0, await ChecksAsync("--severity", "warning", file));
        Assert.Equal("1 report: 0 errors, 0 warnings, 0 hints.\n", output.ToString());
    }

    [Fact]
    public async Task A_repository_turns_rules_off_or_has_them_worse()
    {
        var file = Write("docs/8d/0002-pump.md", Bad);
        Write("docs/.8d-check.json", "{ \"rules\": { \"D4.ends-at-person\": \"off\" } }");
        Assert.Equal(0, await ChecksAsync(file));
        Write("docs/8d/.8d-check.json", "{ \"rules\": { \"D4.ends-at-person\": \"warning\" } }");
        Assert.Equal(1, await ChecksAsync(file));

        Assert.Contains("warning D4.ends-at-person", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_has_all_of_a_finding()
    {
        var file = Write("0002-pump.md", Bad);
        Assert.Equal(1, await ChecksAsync("--format=json", file));

        var finding = Assert.Single(JsonDocument.Parse(output.ToString()).RootElement.EnumerateArray());
        Assert.Equal((file, 7, "D4.ends-at-person", "D4", "error"), (finding.GetProperty("file").GetString(), finding.GetProperty("line").GetInt32(), finding.GetProperty("rule").GetString(), finding.GetProperty("discipline").GetString(), finding.GetProperty("severity").GetString()));
        Assert.All(["quote", "what", "why", "mend"], name => Assert.NotEmpty(finding.GetProperty(name).GetString()!));
    }

    [Fact]
    public async Task Sarif_names_the_rule_the_level_and_the_place()
    {
        Assert.Equal(1, await ChecksAsync("--format", "sarif", Write("0002 pump.md", Bad)));

        var json = JsonDocument.Parse(output.ToString()).RootElement;
        Assert.Equal("2.1.0", json.GetProperty("version").GetString());
        var run = Assert.Single(json.GetProperty("runs").EnumerateArray());
        Assert.Contains(run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray(), rule => rule.GetProperty("id").GetString() == "D4.ends-at-person");
        var result = Assert.Single(run.GetProperty("results").EnumerateArray());
        var place = result.GetProperty("locations")[0].GetProperty("physicalLocation");
        Assert.Equal(("D4.ends-at-person", "error", 7), (result.GetProperty("ruleId").GetString(), result.GetProperty("level").GetString(), place.GetProperty("region").GetProperty("startLine").GetInt32()));
        Assert.EndsWith("/0002%20pump.md", place.GetProperty("artifactLocation").GetProperty("uri").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sarif_is_what_its_schema_asks_for()
    {
        Write("8d/0001-pump.md", Good);
        Write("8d/0002-pump.md", Bad);
        Assert.Equal(1, await ChecksAsync("--format", "sarif", folder["8d"]));

        await using var judge = NodeJudge.Start("sarif-judge", "sarif.mjs");
        Assert.Empty((await judge.AsksAsync(JsonDocument.Parse(output.ToString()).RootElement)).EnumerateArray().Select(fault => fault.GetString()));
        Assert.NotEmpty((await judge.AsksAsync(new { version = "2.1.0", runs = new[] { new { results = new[] { new { level = "bad" } } } } })).EnumerateArray());
    }

    [Fact]
    public async Task Github_shows_it_beside_the_line()
    {
        Assert.Equal(1, await ChecksAsync("--format", "github", Write("a,b/0002-pump.md", Bad)));

        Assert.Matches(@"^::error file=[^,]*a%2Cb/0002-pump\.md,line=7,title=D4\.ends-at-person::The cause ends at a person\. ", output.ToString());
    }

    [Fact]
    public async Task Junit_is_a_suite_a_file_and_a_failure_a_finding()
    {
        Write("8d/0001-pump.md", Good);
        Write("8d/0002-pump.md", Bad);
        Assert.Equal(1, await ChecksAsync("--format", "junit", folder["8d"]));

        var suites = XDocument.Parse(output.ToString()).Root!.Elements("testsuite").ToList();
        Assert.Equal(["0", "1"], suites.Select(suite => suite.Attribute("failures")!.Value));
        Assert.Equal("The cause ends at a person.", suites[1].Descendants("failure").Single().Attribute("message")!.Value);
    }

    [Theory]
    [InlineData("nowhere.md", "There is no file and no folder")]
    [InlineData("notes.md", "is no 8D report: it has no heading like `## D4: Root cause`.")]
    [InlineData("picture.md", "is no text.")]
    [InlineData("huge.md", "has 50 MB; a report has at most 8.")]
    [InlineData("empty", "There is no report in")]
    [InlineData("strict/0001-pump.md", "there is no rule `D4.unheard-of`; docs/check.md has all of them.")]
    [InlineData("broken/0001-pump.md", "cannot be read")]
    public async Task What_cannot_be_checked_is_said_in_a_sentence(string path, string sentence)
    {
        Write("notes.md", "# Notes\n\n## Agenda\n");
        Write("picture.md", "PNG\0\0");
        Directory.CreateDirectory(folder["empty"]);
        Write("strict/0001-pump.md", Good);
        Write("strict/.8d-check.json", "{ \"rules\": { \"D4.unheard-of\": \"off\" } }");
        Write("broken/0001-pump.md", Good);
        Write("broken/.8d-check.json", "{ rules");
        await using (var huge = File.Create(folder["huge.md"])) huge.SetLength(50L << 20);

        Assert.Equal(2, await ChecksAsync(folder[path]));

        Assert.Contains(sentence, errors.ToString(), StringComparison.Ordinal);
        Assert.Single(errors.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Empty(output.ToString());
    }

    [Theory]
    [InlineData("Nothing is named")]
    [InlineData("There is no option `--what`", "--what", "x.md")]
    [InlineData("`--format` takes text, json, sarif, github, junit, and not `pdf`", "--format", "pdf", "x.md")]
    [InlineData("`--severity` takes hint, warning, error, and not `2`", "--severity=2", "x.md")]
    [InlineData("`--format` takes text", "x.md", "--format")]
    public async Task What_was_mistyped_is_said_too(string sentence, params string[] typed)
    {
        Assert.Equal(2, await ChecksAsync(typed));

        Assert.Contains(sentence, errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_of_the_rules_is_what_the_rules_say()
    {
        Assert.Equal(0, await ChecksAsync("--rules"));

        Assert.EndsWith($"## The rules\n\n{output}", await File.ReadAllTextAsync(Path.Combine(Checkout.Root, "docs", "check.md"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private Task<int> ChecksAsync(params string[] typed) => CheckVerb.RunAsync(typed, output, errors);

    private string Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder[name])!);
        File.WriteAllText(folder[name], text);
        return folder[name];
    }
}
