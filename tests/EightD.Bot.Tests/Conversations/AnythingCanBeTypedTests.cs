using System.Text;
using EightD.Bot.Tests.Publishing;
using Markdig.Syntax;
using Markdig;

namespace EightD.Bot.Tests.Conversations;

/// <summary>Whatever is typed: the report keeps its headings in order and every word, and the next turn works.</summary>
public sealed class AnythingCanBeTypedTests
{
    private static readonly (string Name, string Text, string[] Words)[] Typed =
    [
        ("headings", "# one\n## D5: two\n### three\n#four", ["one", "D5: two", "three", "four"]),
        ("setext underlines", "alpha\n===\nbeta\n---\ngamma\n-", ["alpha", "beta", "gamma"]),
        ("rules", "alpha\n***\n- - -\n___\nomega", ["alpha", "omega"]),
        ("comments", "<!-- hidden --> shown\n<!-- open", ["hidden", "shown", "open"]),
        ("HTML", "<script>alert(1)</script>\n<img src=x onerror=alert(2)>\n<div>\n\n## D6: in\n\n</div>", ["alert(1)", "onerror=alert(2)", "D6: in"]),
        ("open fences", "```\n## D5: code\n**Impact:** fenced", ["D5: code", "fenced"]),
        ("open tildes", "~~~~ info\n```\n## D7: more", ["info", "D7: more"]),
        ("pipes", "a | b \\| c || d", ["a", "b", "c", "d"]),
        ("placeholders", "{{title}} {{sequence}} {{links}}", ["{{title}}", "{{sequence}}", "{{links}}"]),
        ("a label's own text", "**Contributing factors:** mine\nContributing factors\n**Impact:** other", ["mine", "other"]),
        ("emoji and RTL", "😀👩‍👩‍👧 שלום عالم \u202Eevil\u202C e\u0301", ["😀👩‍👩‍👧", "שלום", "عالم", "evil"]),
        ("line separators", "one\u2028two\u2029three\u0085four\vfive\fsix", ["one", "two", "three", "four", "five", "six"]),
        ("front matter and math", "---\ntitle: x\n---\n$$\n\\begin{x}\n$$", ["title: x", "begin{x}"]),
        ("links and references", "[a]: http://x.example\n[^1]: note\n[x](javascript:alert(1))", ["http://x.example", "note", "javascript:alert(1)"]),
        ("indented code", "    ## D8: indented\n\ttabbed", ["D8: indented", "tabbed"]),
        ("quotes", "> ## D1: quoted\n> - item\n>", ["D1: quoted", "item"]),
        ("slack tokens", "<!channel> <@U123|ana> &lt;b&gt; &amp;", ["channel", "U123"]),
        ("the footer", "---\n\n*This 8D report was written with 8D Bot.*", ["written with 8D Bot"]),
        ("100 KB", string.Join(' ', Enumerable.Range(0, 14_000).Select(word => $"w{word:D5}")), ["w00000", "w13999"]),
    ];

    private static readonly string[] Headings =
    [
        "## D0: Planning", "## D1: Team members", "## D2: Problem statement & description", "## D3: Interim containment action", "## D4: Root cause & escape points",
        "## D5: Permanent corrective action", "## D6: Implementation plan", "## D7: Preventive measures", "## D8: Review & closure",
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task By_command_into_every_kind_of_part(string name)
    {
        var (_, text, words) = Typed.Single(typed => typed.Name == name);
        await using var chat = await Chat.OpenAsync();
        await chat.Says("ana", "/8d start Checkout is down");
        string[] targets = ["D0.impact", "D2", "D3", "D4", "D4.contributing", "D5.risk"];

        foreach (var target in targets) await chat.Says("ana", $"/8d answer {target}\n{text}");
        await chat.Says("bo", "/8d answer D8 The next turn works");

        await IsSound(chat, targets.Length, words);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task By_a_reply_a_form_and_a_note(string name)
    {
        var (_, text, words) = Typed.Single(typed => typed.Name == name);
        await using var chat = await Chat.OpenAsync();
        await chat.Says("ana", "/8d start Checkout is down");
        await chat.IsAsked("D0: Problem discovered");
        await chat.Answers("ana", text);
        await chat.IsAsked("D0: Impact");
        await chat.Says("ana", "/8d edit D7");
        var form = (await chat.Presses("ana", (await chat.IsTold("ana"))[^1], "Open the form"))!;
        Assert.Null(await chat.Submits("ana", form, form.Inputs.Take(2).ToDictionary(input => input.Id, _ => text)));
        await chat.Says("ana", $"/8d note {text}");
        await chat.Says("bo", "/8d answer D8 The next turn works");

        var report = await IsSound(chat, 4, words);
        Assert.EndsWith("\n## Timeline", string.Join('\n', HeadingsOf(report)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("# D4: <script>alert(1)</script> | `x` **y** {{title}}")]
    [InlineData("???")]
    [InlineData("😀 שלום עולם")]
    [InlineData("<!-- x -->")]
    [InlineData("../../etc/passwd")]
    public async Task As_a_title(string title)
    {
        await using var chat = await Chat.OpenAsync();
        await chat.Says("ana", $"/8d start {title}");
        await chat.Says("ana", "/8d answer D8 The next turn works");
        await chat.Says("ana", "/8d close --anyway The rest follows");
        await People.UntilAsync(async () => (await chat.Posted()).Exists(message => message.Card?.Fields.Exists(field => field.Name == "Git") == true), "it is committed");

        Assert.Equal($"8D 0001: {title}", (await chat.CardAsync()).Card!.Title);
        Assert.Equal(Headings, HeadingsOf(await chat.ReportAsync()));
        var files = GitHere.Run(chat.Repository, "ls-tree", "--name-only", "main", "docs/8d/");
        Assert.Matches(@"(^|\n)docs/8d/0001-[a-z0-9-]+\.md\n", files);
    }

    [Theory]
    [InlineData(">", 200)]
    [InlineData("[", 20_000)]
    [InlineData("- ", 5_000)]
    [InlineData("*a_ ", 25_000)]
    [InlineData("[a](", 25_000)]
    public async Task Even_what_drives_Markdown_parsers_mad(string piece, int times)
    {
        await using var chat = await Chat.OpenAsync();
        var text = new StringBuilder().Insert(0, piece, times).ToString();
        await chat.Says("ana", "/8d start Checkout is down");
        foreach (var target in new[] { "D0.impact", "D2", "D3", "D4" }) await chat.Says("ana", $"/8d answer {target} {text}");
        await chat.Says("ana", $"/8d answer D6 {text}");
        await chat.IsAsked("D0: Problem discovered");
        await chat.Replies("ana", text);

        await chat.Says("bo", "/8d answer D8 The next turn works");

        Assert.Equal(Headings, (await chat.ReportAsync()).Split('\n').Where(line => line.StartsWith("## ", StringComparison.Ordinal)));
        Assert.Contains("**Incident resolution summary:**\nThe next turn works\n", await chat.ReportAsync(), StringComparison.Ordinal);
        using var shown = await chat.Http.GetAsync(chat.In("ops", "/report.html?user=ana"), People.Cancel);
        Assert.True(shown.IsSuccessStatusCode);
        await chat.Sees("ana");
    }

    [Fact]
    public async Task More_than_100_KB_is_refused_and_nothing_is_lost()
    {
        await using var chat = await Chat.OpenAsync();
        await chat.Says("ana", "/8d start Checkout is down");
        var before = await chat.ReportAsync();

        await chat.Says("ana", "/8d answer D4 " + new string('x', (100 * 1024) + 1));

        Assert.Contains("100 KB", Assert.Single(await chat.IsTold("ana")).Text, StringComparison.Ordinal);
        Assert.Equal(before, await chat.ReportAsync());
    }

    public static TheoryData<string> Names() => [.. Typed.Select(typed => typed.Name)];

    private static async Task<string> IsSound(Chat chat, int times, string[] words)
    {
        var report = await chat.ReportAsync();
        Assert.Equal(Headings, HeadingsOf(report).Where(heading => heading != "## Timeline"));
        Assert.Contains("**Incident resolution summary:**\nThe next turn works\n", report, StringComparison.Ordinal);
        var plain = report.Replace("\\", "", StringComparison.Ordinal);
        foreach (var word in words) Assert.InRange(plain.Split(word).Length - 1, times, int.MaxValue);
        return report;
    }

    /// <summary>The headings of the second level, as a Markdown reader sees them.</summary>
    private static List<string> HeadingsOf(string report) =>
        [.. Markdown.Parse(report).OfType<HeadingBlock>().Where(heading => heading.Level <= 2).Skip(1).Select(heading => report.Substring(heading.Span.Start, heading.Span.Length))];
}
