using System.Text.Json;
using EightD.Bot.Channels.Teams;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace EightD.Bot.Tests.Teams;

/// <summary>What people write in Teams, as Markdown (teams-protocol.md, sections 2 and 9).</summary>
public sealed class TeamsTextTests
{
    private static readonly string[] Pieces =
        ["<p>", "</p>", "<div>", "</div>", "<br>", "<b>", "</b>", "<i>", "</i>", "<code>", "</code>", "<pre>", "</pre>", "<ul>", "</ul>", "<ol start=\"3\">", "</ol>", "<li>", "</li>", "<blockquote>", "</blockquote>",
         "<table>", "<tr>", "<td>", "</table>", "<a href=\"https://a.example\">", "</a>", "<at>8D Bot</at>", "&nbsp;", "&amp;", "&lt;", "<img alt=\"x\" src=\"https://a.example/x.png\">", "word", " ", "*", "_", "`", "|", "#", "\n", "<", ">", "<h1>", "</h1>"];

    [Theory]
    [InlineData("<p>one</p><p>two</p>", "one\ntwo")]
    [InlineData("<p>one</p><p>&nbsp;</p><p>two</p>", "one\n\ntwo")]
    [InlineData("<p>one<br>two</p>", "one\ntwo")]
    [InlineData("<div>one</div><div>two</div>", "one\ntwo")]
    [InlineData("<p>The pool is <b>empty</b>, see <i>this</i> and <s>that</s></p>", "The pool is **empty**, see *this* and ~~that~~")]
    [InlineData("<p><strong>Fix: </strong>add</p>", "**Fix:** add")]
    [InlineData("<p>run <code>create index</code></p>", "run `create index`")]
    [InlineData("<pre>select *\n  from user</pre>", "```\nselect *\n  from user\n```")]
    [InlineData("<codeblock class=\"Sql\"><code>select *<br>&nbsp; from user</code></codeblock>", "```\nselect *\n  from user\n```")]
    [InlineData("<ul><li>one</li><li>two<ul><li>three</li></ul></li><li>four</li></ul>", "- one\n- two\n  - three\n- four")]
    [InlineData("<ol start=\"3\"><li>three</li><li>four</li></ol>", "3. three\n4. four")]
    [InlineData("<p>before</p><ul><li>one</li></ul><p>after</p>", "before\n- one\n\nafter")]
    [InlineData("<blockquote><p>said</p></blockquote><p>so</p>", "> said\n\nso")]
    [InlineData("<p>see <a href=\"https://plan.example/a_b\">the plan</a></p>", "see [the plan](https://plan.example/a_b)")]
    [InlineData("<p><a href=\"https://plan.example/\">https://plan.example/</a></p>", "https://plan.example/")]
    [InlineData("<p>well <emoji id=\"smile\" alt=\"🙂\" title=\"Smile\"></emoji></p>", "well 🙂")]
    [InlineData("<p>well <img itemscope itemtype=\"http://schema.skype.com/Emoji\" alt=\"🙂\" src=\"https://x.example/e.png\"></p>", "well 🙂")]
    [InlineData("<p><img src=\"https://x.example/graph.png\" alt=\"graph\"></p>", "[graph](https://x.example/graph.png)")]
    [InlineData("<table><tr><th>Name</th><th>Role</th></tr><tr><td>Ana</td><td>Lead</td></tr></table>", "| Name | Role |\n| --- | --- |\n| Ana | Lead |")]
    [InlineData("<p>a_b, 2*3 &lt;5 &amp; &gt;3</p>", "a_b, 2*3 <5 & >3")]
    [InlineData("<p>two&nbsp; blanks   are one</p>", "two  blanks are one")]
    [InlineData("<h2>Title</h2><p>text</p>", "**Title**\ntext")]
    [InlineData("<p></p>", "")]
    [InlineData("no tags", "no tags")]
    public void What_Teams_editor_makes(string html, string markdown) => Assert.Equal(markdown, TeamsHtml.Read(html, bot: null)!.Value.Markdown);

    [Fact]
    public void A_mention_of_the_bot_is_left_out_and_others_become_names()
    {
        var words = TeamsText.Read(Message(
            "<at>8D Bot</at>&nbsp;action add Create the index <at>Maria Garcia</at> by friday",
            $"<p>{TeamsPeople.HtmlMention("8D Bot", 0)}&nbsp;action add Create the index {TeamsPeople.HtmlMention("Maria Garcia", 1)} by friday</p>",
            ("<at>8D Bot</at>", TeamsStandIn.Bot), ("<at>Maria Garcia</at>", "29:maria")));

        Assert.Equal("action add Create the index @Maria Garcia by friday", words.Command);
        Assert.Equal(words.Command, words.Markdown);
        Assert.True(words.IsToBot);
        Assert.Equal([("29:maria", "Maria Garcia")], words.Mentioned.Select(person => (person.Id, person.Name)));
    }

    [Fact]
    public void What_looks_like_a_mention_and_is_none_was_typed()
    {
        var words = TeamsText.Read(Message("&lt;at&gt;8D Bot&lt;/at&gt; status", html: null));
        Assert.Equal("<at>8D Bot</at> status", words.Command);
        Assert.False(words.IsToBot);
    }

    [Fact]
    public void A_file_that_hangs_on_a_message_is_a_link()
    {
        var message = Message("see this", html: null);
        var words = TeamsText.Read(message with { Attachments = [new() { ContentType = "application/vnd.microsoft.teams.file.download.info", ContentUrl = "https://acme.sharepoint.example/log.txt", Name = "log.txt" }] });
        Assert.Equal("see this\n[log.txt](https://acme.sharepoint.example/log.txt)", words.Markdown);
    }

    /// <summary>Whatever is sent is read, soon and without a fault.</summary>
    [Property(MaxTest = 500)]
    public Property Any_HTML_can_be_read() => Prop.ForAll(Gen.Elements(Pieces).ListOf().Select(string.Concat).ToArbitrary(), html =>
    {
        var read = TeamsHtml.Read(html, "8D Bot");
        return read is null || !read.Value.Markdown.Contains('\u00a0', StringComparison.Ordinal);
    });

    [Theory]
    [InlineData("<div>")]
    [InlineData("<blockquote>")]
    [InlineData("<ul><li>")]
    [InlineData("<b>")]
    [InlineData("<b><p>")]
    [InlineData("<table><tr><td>")]
    public void What_no_editor_makes_is_read_from_the_text(string piece)
    {
        var html = string.Concat(Enumerable.Repeat(piece, 9000 / piece.Count(letter => letter == '<'))) + "deep";
        Assert.Equal("deep", TeamsText.Read(Message("deep", html)).Markdown);
    }

    private static TeamsActivity Message(string text, string? html, params (string Text, string Id)[] mentions) => new()
    {
        Type = "message",
        Text = text,
        Recipient = new(TeamsStandIn.Bot),
        Entities = [.. mentions.Select(mention => new TeamsEntity("mention", mention.Text, new(mention.Id)))],
        Attachments = html is null ? [] : [new() { ContentType = "text/html", Content = JsonSerializer.SerializeToElement(html) }],
    };
}
