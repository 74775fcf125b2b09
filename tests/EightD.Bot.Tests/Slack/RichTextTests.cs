using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EightD.Bot.Channels;
using EightD.Bot.Channels.Slack;
using FsCheck.Xunit;

namespace EightD.Bot.Tests.Slack;

/// <summary>What a person formatted in Slack's composer, as Markdown.</summary>
[Properties(Arbitrary = [typeof(MrkdwnTests.Texts)], MaxTest = 500)]
public sealed class RichTextTests
{
    private static readonly SlackNames Names = new(
        new Dictionary<string, string> { ["U012"] = "Dana Scott" },
        new Dictionary<string, string> { ["C012"] = "ops" },
        new Dictionary<string, string> { ["S1"] = "dba" });

    [Theory]
    [InlineData("""{"type":"text","text":"as typed: *a* _b_ # c | <d> &amp; - e"}""", "as typed: *a* _b_ # c | <d> &amp; - e")]
    [InlineData("""{"type":"text","text":"two\nlines\n"}""", "two\nlines")]
    [InlineData("""{"type":"link","url":"https://x.example"}""", "https://x.example")]
    [InlineData("""{"type":"link","url":"https://x.example","text":"https://x.example"}""", "https://x.example")]
    [InlineData("""{"type":"link","url":"https://x.example/(a","text":"the [page"}""", @"[the \[page](https://x.example/%28a)")]
    [InlineData("""{"type":"link","url":"https://x.example","text":"page","style":{"bold":true}}""", "**[page](https://x.example)**")]
    [InlineData("""{"type":"link","url":"https://x.example","text":"page","style":{"code":true}}""", "[`page`](https://x.example)")]
    [InlineData("""{"type":"link","url":"mailto:a@b.example","text":"a@b.example"}""", "a@b.example")]
    [InlineData("""{"type":"emoji","name":"+1","unicode":"1f44d-1f3fd"}""", "👍🏽")]
    [InlineData("""{"type":"emoji","name":"ours"}""", ":ours:")]
    [InlineData("""{"type":"emoji","name":"odd","unicode":"d800"}""", ":odd:")]
    [InlineData("""{"type":"user","user_id":"U012"}""", "@Dana Scott")]
    [InlineData("""{"type":"user","user_id":"U013"}""", "@U013")]
    [InlineData("""{"type":"channel","channel_id":"C012"}""", "#ops")]
    [InlineData("""{"type":"usergroup","usergroup_id":"S1"}""", "@dba")]
    [InlineData("""{"type":"broadcast","range":"channel"}""", "@channel")]
    [InlineData("""{"type":"date","timestamp":1700000000,"format":"{date}"}""", "2023-11-14 22:13 UTC")]
    [InlineData("""{"type":"date","timestamp":99999999999999999,"format":"{date}","fallback":"some day"}""", "some day")]
    [InlineData("""{"type":"color","value":"#ff0000"}""", "#ff0000")]
    [InlineData("""{"type":"new","text":"known by its text"}""", "known by its text")]
    [InlineData("""{"type":"new","fallback":"known by its fallback"}""", "known by its fallback")]
    [InlineData("""{"type":"new","wonder":1},7,null""", "")]
    [InlineData("""{"type":"text","text":"half \ud83d a pair, \\ud83d, \ud83d\ude00"}""", "half \uFFFD a pair, \\ud83d, 😀")]
    public void Each_element_has_its_Markdown(string elements, string markdown) => Assert.Equal(markdown, Read(Section(elements)));

    [Theory]
    [InlineData("b:bold", "**bold**")]
    [InlineData("i:italic", "*italic*")]
    [InlineData("s:gone", "~~gone~~")]
    [InlineData("c:a_b", "`a_b`")]
    [InlineData("c:a`b", "``a`b``")]
    [InlineData("c:`a`", "`` `a` ``")]
    [InlineData("bc:code", "**`code`**")]
    [InlineData("bi:both", "***both***")]
    [InlineData("b:Impact: |:all", "**Impact:** all")]
    [InlineData("b:Impact:|:all", "**Impact**:all")]
    [InlineData(":see| b: this |:now", "see **this** now")]
    [InlineData("b: |:x", " x")]
    [InlineData("b:one|b: two", "**one two**")]
    [InlineData("b:one |bi:two|b: three", "**one *two* three**")]
    [InlineData("b:one |bi:two", "**one *two***")]
    [InlineData("bi:one|i: two", "***one** two*")]
    [InlineData("bi:one |b:two", "***one* two**")]
    [InlineData("b:one\ntwo\n|:three", "**one**\n**two**\nthree")]
    [InlineData("b:half|:way", "**half**way")]
    [InlineData(":a|b:(b)", "a(b)")]
    [InlineData(":a|bc:b", "a`b`")]
    [InlineData("b:one|i:two", "**one**two")]
    [InlineData(":(|b:b|:)", "(**b**)")]
    public void Marks_stand_where_Markdown_reads_them(string runs, string markdown)
    {
        var elements = runs.Split('|').Select(run => run.Split(':', 2)).Select(run => new JsonObject
        {
            ["type"] = "text",
            ["text"] = run[1],
            ["style"] = new JsonObject { ["bold"] = run[0].Contains('b'), ["italic"] = run[0].Contains('i'), ["strike"] = run[0].Contains('s'), ["code"] = run[0].Contains('c') },
        });

        Assert.Equal(markdown, Read(Section(string.Join(',', elements.Select(element => element.ToJsonString())))));
    }

    [Theory]
    [InlineData("bullet", 0, 0, "- a\n- b\n  c")]
    [InlineData("ordered", 0, 0, "1. a\n2. b\n   c")]
    [InlineData("ordered", 0, 4, "5. a\n6. b\n   c")]
    [InlineData("bullet", 1, 0, "  - a\n  - b\n    c")]
    [InlineData("ordered", 2, 0, "      1. a\n      2. b\n         c")]
    [InlineData("bullet", int.MaxValue, -1, "                - a\n                - b\n                  c")]
    public void A_list_is_indented_and_numbered(string style, int indent, int offset, string markdown) =>
        Assert.Equal(markdown, Read(List(style, indent, offset, "a", "b\nc")));

    [Fact]
    public void A_list_within_a_list_stands_below_its_items_text()
    {
        Assert.Equal(
            "Two things:\n1. Fix\n   - index\n   - deploy\n     1. now\n2. Learn\n- other\n  - inner\n\nDone.",
            Read(
                Section("""{"type":"text","text":"Two things:\n"}"""), List("ordered", 0, 0, "Fix"), List("bullet", 1, 0, "index", "deploy"), List("ordered", 2, 0, "now"),
                List("ordered", 0, 1, "Learn"), List("bullet", 0, 0, "other"), List("bullet", 1, 0, "inner"), Section("""{"type":"text","text":"Done."}""")));
    }

    [Fact]
    public void Code_is_fenced_and_a_quote_is_marked_in_each_line()
    {
        Assert.Equal(
            "See:\n````\n```\nselect * https://x.example\n````\n> one\n>\n> **two**\n> - item\n\nafter",
            Read(
                Section("""{"type":"text","text":"See:"}"""),
                """{"type":"rich_text_preformatted","border":0,"elements":[{"type":"text","text":"```\nselect * "},{"type":"link","url":"https://x.example"}]}""",
                """{"type":"rich_text_quote","elements":[{"type":"text","text":"one\n\n"},{"type":"text","text":"two","style":{"bold":true}}]}""",
                """{"type":"rich_text_list","style":"bullet","indent":0,"border":1,"elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"item"}]}]}""",
                Section("""{"type":"text","text":"after"}""")));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"type":"rich_text"}""")]
    [InlineData("""[{"type":"section","text":{"type":"mrkdwn","text":"a"}},1]""")]
    public void Without_a_rich_text_block_there_is_nothing_to_read(string blocks)
    {
        Assert.Null(RichText.ToMarkdown(Json(blocks), Names));
        Assert.Empty(RichText.Mentioned(Json(blocks)).Users);
    }

    [Fact]
    public void Whom_it_names_is_listed_once_and_in_order()
    {
        var section = Section("""{"type":"user","user_id":"U2"},{"type":"user","user_id":"U1"},{"type":"usergroup","usergroup_id":"S1"},{"type":"user"}""");
        var item = Section("""{"type":"user","user_id":"U2"},{"type":"channel","channel_id":"C1"}""");
        var list = $$"""{"type":"rich_text_list","style":"bullet","elements":[{{item}}]}""";

        var named = RichText.Mentioned(Json($$"""[{"type":"rich_text","elements":[{{section}},{{list}}]}]"""));

        Assert.Equal(["U2", "U1"], named.Users);
        Assert.Equal(["C1"], named.Channels);
        Assert.Equal(["S1"], named.Groups);
    }

    [Property]
    public bool What_is_typed_without_any_format_stays_as_it_is(MrkdwnTests.Typed typed)
    {
        var text = JsonSerializer.Deserialize<string>(JsonSerializer.Serialize(typed.Text))!;
        return Read(Section(new JsonObject { ["type"] = "text", ["text"] = text }.ToJsonString())) == text.TrimEnd('\n');
    }

    [Property]
    public bool Bold_text_is_the_text_with_marks(MrkdwnTests.Typed typed)
    {
        var text = JsonSerializer.Deserialize<string>(JsonSerializer.Serialize(typed.Text))!;
        var read = Read(Section(new JsonObject { ["type"] = "text", ["text"] = text, ["style"] = new JsonObject { ["bold"] = true } }.ToJsonString()));
        return read.Replace("**", "", StringComparison.Ordinal) == text.TrimEnd('\n').Replace("**", "", StringComparison.Ordinal) || text.Contains('*', StringComparison.Ordinal);
    }

    private static string Section(string elements) => $$"""{"type":"rich_text_section","elements":[{{elements}}]}""";

    private static string List(string style, int indent, int offset, params string[] items) =>
        new JsonObject
        {
            ["type"] = "rich_text_list",
            ["style"] = style,
            ["indent"] = indent,
            ["offset"] = offset,
            ["elements"] = new JsonArray([.. items.Select(item => JsonNode.Parse(Section(new JsonObject { ["type"] = "text", ["text"] = item }.ToJsonString())))]),
        }.ToJsonString();

    private static string Read(params string[] elements) =>
        RichText.ToMarkdown(Json($$"""[{"type":"rich_text","block_id":"b","elements":[{{string.Join(',', elements)}}]}]"""), Names)!;

    private static JsonElement Json(string json) => JsonText.Read(Encoding.UTF8.GetBytes(json), EightD.Bot.Channels.Slack.SlackJson.Default.JsonElement);
}
