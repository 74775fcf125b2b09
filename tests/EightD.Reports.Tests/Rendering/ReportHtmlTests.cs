using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using EightD.Reports.Rendering;
using EightD.Reports.Templates;

namespace EightD.Reports.Tests.Rendering;

public sealed class ReportHtmlTests
{
    private static readonly string[] Elements =
        ["h1", "h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "ul", "ol", "li", "blockquote", "pre", "code", "em", "strong", "a", "table", "thead", "tbody", "tr", "th", "td"];

    private static readonly string[] Attributes = ["href", "title", "start", "rel", "target"];

    public static TheoryData<string> Attacks =>
    [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>", "<iframe src=javascript:alert(1)>", "<body onload=alert(1)>",
        "<style>*{background:url(//evil)}</style>", "<link rel=stylesheet href=//evil>", "<base href=//evil>", "<meta http-equiv=refresh content='0;url=//evil'>",
        "<form action=//evil><input name=p></form>", "<object data=//evil>", "<embed src=//evil>", "<video src=//evil onerror=alert(1)>", "<math><mi xlink:href=javascript:alert(1)>x",
        "<a href=javascript:alert(1)>x</a>", "<p style='background:url(//evil)'>x</p>", "<!--><script>alert(1)</script>-->", "<![CDATA[<script>alert(1)</script>]]>",
        "[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))", "[x](java\tscript:alert(1))", "[x](&#106;avascript:alert(1))", "[x](javascript&colon;alert(1))",
        "[x](<javascript:alert(1)>)", "[x](data:text/html;base64,PHNjcmlwdD4=)", "[x](vbscript:msgbox(1))", "[x](file:///etc/passwd)", "<javascript:alert(1)>",
        "![x](https://evil.example/pixel.png)", "![x](javascript:alert(1))", "![x](data:image/svg+xml;base64,PHN2Zz4=)", "[![x](//evil/p)](javascript:alert(1))",
        "[x](https://ok.example \"\\\" onmouseover=alert(1)\")", "[x]: javascript:alert(1)\n\n[x]", "`<script>alert(1)</script>`", "```html onload=x\n<script>alert(1)</script>\n```",
        "| a |\n|---|\n| <img src=x onerror=alert(1)> |", "**<b onclick=alert(1)>x</b>**", "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>", "\"><script>alert(1)</script>", "<scr<script>ipt>alert(1)</scr</script>ipt>", "&lt;script&gt;alert(1)&lt;/script&gt;",
        "<svg><animate onbegin=alert(1) attributeName=x>", "<details open ontoggle=alert(1)>", "javascript:alert(1)", "\u0001javascript:alert(1)", "[x](\u0001javascript:alert(1))",
    ];

    [Theory]
    [MemberData(nameof(Attacks))]
    public void Nothing_that_is_typed_runs(string attack)
    {
        var incident = Template.BuiltIn[0];
        AssertHarmless(ReportHtml.RenderMessage(attack));
        AssertHarmless(ReportHtml.RenderMessage($"before {attack} after\n> {attack}\n- {attack}"));
        AssertHarmless(ReportHtml.Render(Report.Read(attack, incident)));
        AssertHarmless(ReportHtml.Render(incident.Begin(attack, 1, new(2024, 12, 20), attack, [new(attack, 2, attack, "0002-x.md")])
            .Add(new("D2"), attack).Add(new("D0", "Impact"), attack)));
        AssertHarmless(ReportHtml.Render(Report.Read($"# 1: {attack}\n\n## D2: {attack}\n\n**Impact:** {attack}\n\n| {attack} | b |\n|---|---|\n| {attack} | [y]({attack}) |\n", incident)));

        var page = ReportHtml.Page(incident.Begin(attack, 1, new(2024, 12, 20), "Draft", []));
        var document = new HtmlParser().ParseDocument(page);
        Assert.Equal(["meta", "meta", "meta", "title", "style"], document.Head!.Children.Select(child => child.LocalName));
        AssertHarmless(document.QuerySelector("main")!.InnerHtml);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void The_sample_has_its_headings_tables_and_lists_and_no_hints()
    {
        var body = Parse(ReportHtml.Render(Report.Read(Sample.Text, Template.BuiltIn[0])));
        Assert.Equal("0003: Server Downtime Incident - Database Connection Failure", Assert.Single(body.QuerySelectorAll("h1")).TextContent);
        Assert.Equal(
            ["Links", "D0: Planning", "D1: Team members", "D2: Problem statement & description", "D3: Interim containment action", "D4: Root cause & escape points",
                "D5: Permanent corrective action", "D6: Implementation plan", "D7: Preventive measures", "D8: Review & closure"],
            body.QuerySelectorAll("h2").Select(heading => heading.TextContent));
        Assert.Equal(2, body.QuerySelectorAll("table").Length);
        Assert.Equal(7, body.QuerySelectorAll("table")[1].QuerySelectorAll("tbody tr").Length);
        Assert.Contains("(target: <60 minutes)", body.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("List team members and their roles", body.TextContent, StringComparison.Ordinal);
        Assert.Empty(body.QuerySelectorAll("pre"));
        Assert.Single(body.QuerySelectorAll("hr"));
        var link = body.QuerySelector("a")!;
        Assert.Equal(("./0001-product-quality-issue-manufacturing-defect.md", "noopener noreferrer nofollow", "_blank"),
            (link.GetAttribute("href"), link.GetAttribute("rel"), link.GetAttribute("target")));
    }

    [Fact]
    public void A_page_stands_alone()
    {
        var page = ReportHtml.Page(Report.Read(Sample.Text, Template.BuiltIn[0]));
        var document = new HtmlParser().ParseDocument(page);
        Assert.Equal("8D 0003: Server Downtime Incident - Database Connection Failure", document.Title);
        Assert.Empty(document.QuerySelectorAll("[src], link, script, img, iframe"));
        Assert.DoesNotContain("url(", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("one\ntwo", "<p>one<br>two</p>")]
    [InlineData("a **b** `c`", "<p>a <strong>b</strong> <code>c</code></p>")]
    [InlineData("1 < 2 & 3", "<p>1 &lt; 2 &amp; 3</p>")]
    [InlineData("", "")]
    [InlineData("![cat](https://x.example/c.png)", "<p><a href=\"https://x.example/c.png\" rel=\"noopener noreferrer nofollow\" target=\"_blank\">cat</a></p>")]
    public void A_message_is_its_Markdown(string markdown, string html) =>
        Assert.Equal(html, ReportHtml.RenderMessage(markdown).ReplaceLineEndings("").Trim());

    [Theory]
    [InlineData(">", 200)]
    [InlineData("[", 20_000)]
    [InlineData("- ", 5_000)]
    [InlineData("*a_ ", 25_000)]
    [InlineData("[a](", 25_000)]
    [InlineData("[a](", 4_000)]
    [InlineData("*a_ ", 4_000)]
    [InlineData("![", 4_000)]
    [InlineData("`a", 4_000)]
    [InlineData("<a ", 4_000)]
    [InlineData("a|", 8_000)]
    [InlineData("|a\n", 5_000)]
    [InlineData("> a\n", 4_000)]
    [InlineData("1. ", 5_000)]
    [InlineData("\\", 16_000)]
    [InlineData("~~~\n", 4_000)]
    [InlineData("http://a ", 1_800)]
    [InlineData("&a;", 5_000)]
    public void Text_that_is_hard_to_read_is_there(string unit, int times)
    {
        var text = string.Concat(Enumerable.Repeat(unit, times)) + " end";
        Assert.Contains("end", Parse(ReportHtml.RenderMessage(text)).TextContent, StringComparison.Ordinal);
        var report = Template.BuiltIn[0].Begin("T", 1, new(2024, 12, 20), "Draft", []).Add(new("D2"), text);
        Assert.Contains("end", Parse(ReportHtml.Render(report)).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void What_Markdig_cannot_take_stands_as_it_was_typed()
    {
        var text = string.Concat(Enumerable.Range(0, 140).Select(depth => new string(' ', depth * 2 % 200) + "- a<b>\n"));
        var deep = new string('>', 200) + " <b>deep</b>";
        Assert.Equal($"<pre>{deep.Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal)}</pre>", ReportHtml.RenderMessage(deep).Trim());
        Assert.Contains("a<b>", Parse(ReportHtml.RenderMessage(text)).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_at_once_get_the_same_as_one()
    {
        var alone = ReportHtml.Render(Report.Read(Sample.Text, Template.BuiltIn[0]));
        var together = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => ReportHtml.Render(Report.Read(Sample.Text, Template.BuiltIn[0])))));
        Assert.All(together, html => Assert.Equal(alone, html));
    }

    private static IElement Parse(string html) => new HtmlParser().ParseDocument($"<body>{html}</body>").Body!;

    private static void AssertHarmless(string html)
    {
        foreach (var element in Parse(html).QuerySelectorAll("*"))
        {
            Assert.Contains(element.LocalName, Elements);
            Assert.All(element.Attributes, attribute => Assert.Contains(attribute.Name, Attributes));
            // as a browser reads it: blanks and control characters count for nothing
            var href = string.Concat((element.GetAttribute("href") ?? "").Where(character => character > ' '));
            var scheme = Regex.Match(href, "^[A-Za-z][A-Za-z0-9+.-]*(?=:)", RegexOptions.None, TimeSpan.FromSeconds(1)).Value.ToLowerInvariant();
            Assert.Contains(scheme, (string[])["", "http", "https", "mailto"]);
        }
    }
}
