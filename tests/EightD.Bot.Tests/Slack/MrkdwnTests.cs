using System.Text;
using System.Text.RegularExpressions;
using EightD.Bot.Channels.Slack;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace EightD.Bot.Tests.Slack;

/// <summary>Markdown as Slack's mrkdwn and back; and that nothing which people type calls anybody.</summary>
[Properties(Arbitrary = [typeof(Texts)], MaxTest = 1000)]
public sealed partial class MrkdwnTests
{
    private static readonly SlackNames Names = new(
        new Dictionary<string, string> { ["U012"] = "Dana Scott" },
        new Dictionary<string, string> { ["C012"] = "ops" },
        new Dictionary<string, string> { ["S1"] = "dba" });

    [Theory]
    [InlineData("**bold**", "*bold*")]
    [InlineData("__bold__", "*bold*")]
    [InlineData("*italic* and _italic_", "_italic_ and _italic_")]
    [InlineData("***both***", "*_both_*")]
    [InlineData("**bold *both***", "*bold _both_*")]
    [InlineData("***both** italic*", "_*both* italic_")]
    [InlineData("~~gone~~", "~gone~")]
    [InlineData("**2*3=6**", "*2*3=6*")]
    [InlineData("2 * 3 * 4, a_b_c, ~5, **", "2 * 3 * 4, a_b_c, ~5, **")]
    [InlineData("**Impact:** all", "*Impact:* all")]
    [InlineData("half**way**there", "half\u200B*way*\u200Bthere")]
    [InlineData("(**way**)", "(*way*)")]
    [InlineData("**a **b** c**", "*a b c*")]
    [InlineData(@"\*as typed\* 1\. \# C:\temp", "*as typed* 1. # C:\\temp")]
    [InlineData("**open\nnext**", "**open\nnext**")]
    public void Marks_become_Slacks(string markdown, string mrkdwn) => Assert.Equal(mrkdwn, Mrkdwn.FromMarkdown(markdown));

    [Theory]
    [InlineData("<!channel> <@U1> <#C1>", "&lt;!channel&gt; &lt;@U1&gt; &lt;#C1&gt;")]
    [InlineData("<http://x|y>", "&lt;http://x|y&gt;")]
    [InlineData("&lt;!here&gt; &amp;", "&amp;lt;!here&amp;gt; &amp;amp;")]
    [InlineData("`<!channel>`", "`&lt;!channel&gt;`")]
    [InlineData("<!-- a hint -->", "&lt;!-- a hint --&gt;")]
    [InlineData("(target: <60 minutes)", "(target: &lt;60 minutes)")]
    [InlineData("**<@U1>**", "*&lt;@U1&gt;*")]
    [InlineData("[<!here>](https://x.example)", "<https://x.example|&lt;!here&gt;>")]
    [InlineData("[x](https://x.example><!here>)", "<https://x.example%3E%3C!here%3E|x>")]
    [InlineData("```<!here>", "```\n&lt;!here&gt;\n```")]
    public void What_people_typed_calls_nobody_and_shows_as_typed(string typed, string mrkdwn) => Assert.Equal(mrkdwn, Mrkdwn.FromMarkdown(typed));

    [Theory]
    [InlineData("`a_b*c*`", "`a_b*c*`")]
    [InlineData("a`b`c", "a\u200B`b`\u200Bc")]
    [InlineData("``a`b``", "a`b")]
    [InlineData("`open", "`open")]
    [InlineData("a ``` b", "a ``\u200B` b")]
    [InlineData("```csharp\nif (a < b) **x**;\n```\nafter", "```\nif (a &lt; b) **x**;\n```\nafter")]
    [InlineData("```select *\nfrom a", "```\nselect *\nfrom a\n```")]
    [InlineData("```B\\\n\nopen", "```\nB\\\n\nopen\n```")]
    [InlineData("~~~\n```\n~~~", "```\n``\u200B`\n```")]
    [InlineData("```\nopen", "```\nopen\n```")]
    [InlineData("- item\n  ```\n  code\n  ```", "• item\n```\ncode\n```")]
    public void Code_stays_code(string markdown, string mrkdwn) => Assert.Equal(mrkdwn, Mrkdwn.FromMarkdown(markdown));

    [Theory]
    [InlineData("[the page](https://x.example/a?b=1&c=2)", "<https://x.example/a?b=1&amp;c=2|the page>")]
    [InlineData("[a | b](https://x.example/a|b)", "<https://x.example/a%7Cb|a | b>")]
    [InlineData("[mail](mailto:a@b.example)", "<mailto:a@b.example|mail>")]
    [InlineData("**[bold](https://x.example/(a))**", "*<https://x.example/(a)|bold>*")]
    [InlineData("[**bold** `code`](https://x.example)", "<https://x.example|bold code>")]
    [InlineData("![picture](https://x.example/a.png)", "<https://x.example/a.png|picture>")]
    [InlineData("[](https://x.example)", "<https://x.example>")]
    [InlineData("[a [b] c](https://x.example) [d]", "<https://x.example|a [b] c> [d]")]
    [InlineData("[x](javascript:alert(1))", "[x](javascript:alert(1))")]
    [InlineData("[0001: A](./0001-a.md)", "[0001: A](./0001-a.md)")]
    [InlineData("https://x.example/_a_/*b*", "https://x.example/_a_/*b*")]
    [InlineData("**https://x.example**", "*https://x.example*")]
    public void Only_links_that_a_browser_opens_become_links(string markdown, string mrkdwn) => Assert.Equal(mrkdwn, Mrkdwn.FromMarkdown(markdown));

    [Theory]
    [InlineData("## D2: Problem", "*D2: Problem*")]
    [InlineData("# A **b** c #", "*A b c*")]
    [InlineData("#hash\n##", "#hash\n##")]
    [InlineData("- a\n  - b\n* c\n+ d", "• a\n  ◦ b\n• c\n• d")]
    [InlineData("1. **Fix:** x\n   - y\n2) z", "1. *Fix:* x\n   ◦ y\n2) z")]
    [InlineData("-", "-")]
    [InlineData("a\n\n---\n* * *", "a\n\n———\n———")]
    [InlineData("> quoted **b**\n>> twice\n> - item", "> quoted *b*\n>&gt; twice\n> • item")]
    [InlineData("a\r\nb", "a\nb")]
    [InlineData("", "")]
    public void Blocks_become_what_Slack_can_show(string markdown, string mrkdwn) => Assert.Equal(mrkdwn, Mrkdwn.FromMarkdown(markdown));

    [Fact]
    public void A_table_is_lined_up_in_a_code_block()
    {
        const string Markdown = "| Action | Responsible | Status |\n|--------|:---:|---|\n| Add **index** | Dana \\| Bo | <open> |\n| Tell | É |\nafter";

        Assert.Equal(
            """
            ```
            Action    | Responsible | Status
            ----------|-------------|-------
            Add index | Dana | Bo   | &lt;open&gt;
            Tell      | É
            ```
            after
            """,
            Mrkdwn.FromMarkdown(Markdown));
    }

    [Theory]
    [InlineData("*bold* _italic_ ~gone~", "**bold** *italic* ~~gone~~")]
    [InlineData("*_both_*", "***both***")]
    [InlineData("2*3*4 a_b_c ~5 * x *", "2*3*4 a_b_c ~5 * x *")]
    [InlineData("**by hand**", "**by hand**")]
    [InlineData("`a *b* &lt;c&gt;`", "`a *b* <c>`")]
    [InlineData("`<https://x.example>`", "`https://x.example`")]
    [InlineData("```a &amp; b\n*c*```", "```\na & b\n*c*\n```")]
    [InlineData("see ```x``` there", "see\n```\nx\n```\n there")]
    [InlineData("```open", "```open")]
    [InlineData("<@U012> <@U013|bo> <@U014>", "@Dana Scott @bo @U014")]
    [InlineData("<#C012> <#C013|dev>", "#ops #dev")]
    [InlineData("<!subteam^S1|@old> <!subteam^S2|@web>", "@dba @web")]
    [InlineData("<!here> <!channel> <!everyone> <!here|here>", "@here @channel @everyone @here")]
    [InlineData("<!date^1700000000^{date_short_pretty} {time}|2023-11-14 22:13 UTC>", "2023-11-14 22:13 UTC")]
    [InlineData("<!date^x^{time}|noon>", "noon")]
    [InlineData("<https://x.example/a?b=1&amp;c=2|the page>", "[the page](https://x.example/a?b=1&c=2)")]
    [InlineData("<https://x.example> <http://x.example|x.example>", "https://x.example http://x.example")]
    [InlineData("<mailto:a@b.example|a@b.example>", "a@b.example")]
    [InlineData("*<https://x.example|bold>*", "**[bold](https://x.example)**")]
    [InlineData("&amp;lt; &lt;!here&gt;", "&lt; <!here>")]
    [InlineData("• a\n    ◦ b\n1. c", "- a\n    - b\n1. c")]
    [InlineData("&gt; quoted *b*\n&gt;\nnot", "> quoted **b**\n>\nnot")]
    [InlineData("&gt;&gt;&gt; all\nof it", "> all\n> of it")]
    [InlineData("a < b <60 minutes>", "a < b <60 minutes>")]
    public void A_message_without_rich_text_is_read_from_its_text(string mrkdwn, string markdown) => Assert.Equal(markdown, Mrkdwn.ToMarkdown(mrkdwn, Names));

    [Theory]
    [InlineData("answer D4 *x* _x_ ~x~ `x`", "answer D4 *x* _x_ ~x~ `x`")]
    [InlineData("team add <@U012|dana> Lead", "team add @Dana Scott Lead")]
    [InlineData("<#C012|ops> <!subteam^S1|@dba> <!here>", "#ops @dba @here")]
    [InlineData("<https://x.example|text> <https://x.example> <https://x.example|https://x.example>", "[text](https://x.example) https://x.example https://x.example")]
    [InlineData("&lt;@U012&gt; &amp;lt; 1 &lt; 2 &amp; 3", "<@U012> &lt; 1 < 2 & 3")]
    [InlineData("• as typed\n&gt; too", "• as typed\n> too")]
    [InlineData("<https://x.example/a_(b)|one ] two>", @"[one \] two](https://x.example/a_(b))")]
    [InlineData("<https://x.example/a)b|one>", "[one](https://x.example/a%29b)")]
    public void A_command_keeps_its_marks(string text, string typed) => Assert.Equal(typed, Mrkdwn.DecodeCommand(text, Names));

    [Fact]
    public void Whom_a_text_names_is_listed_once_and_in_order()
    {
        var named = Mrkdwn.Mentioned("<@U2|bo> <@U1> <#C1|ops> <@U2> <!subteam^S1> &lt;@U3&gt; <!here> <https://x.example>");

        Assert.Equal(["U2", "U1"], named.Users);
        Assert.Equal(["C1"], named.Channels);
        Assert.Equal(["S1"], named.Groups);
        Assert.Equal(50, Mrkdwn.Mentioned(string.Concat(Enumerable.Range(0, 99).Select(number => $"<@U{number}>"))).Users.Count);
    }

    [Theory]
    [InlineData("**Impact:** Customer-facing web application unavailable for 45 minutes")]
    [InlineData("**Symptoms observed:**\n- Application returning HTTP 500 (95%+)\n- High CPU\n")]
    [InlineData("1. **Immediate fix:** Add index\n   - Create composite index on (user_id, created_date, status)\n   - Deploy\n\n2. **Process:**")]
    [InlineData("- **Incident duration:** 45 minutes (target: <60 minutes) ✅")]
    [InlineData("*This 8D report was generated using [8d-tools](https://github.com/zanozbot/8d-tools).*")]
    [InlineData("half**way**there, `code`s, ~~gone~~, *it*self & <b>, https://x.example/_a_?b=1&c=2.")]
    [InlineData("```\nselect * from users where a < 1 && b_c_d;\n```")]
    [InlineData("````\n```\n````")]
    [InlineData("> quoted **b**\n>\n> - item")]
    [InlineData("***both*** and **bold *both***")]
    public void What_a_report_is_made_of_comes_back_from_Slack(string markdown) => Assert.Equal(markdown, Mrkdwn.ToMarkdown(Mrkdwn.FromMarkdown(markdown), Names));

    [Fact]
    public void The_sample_report_comes_back_from_Slack_but_for_its_headings_rules_and_tables()
    {
        var lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Fixtures", "sample.md")).Where(line => line is not (['#', ..] or ['|', ..] or "---"));
        var sample = string.Join('\n', lines);

        Assert.Equal(sample, Mrkdwn.ToMarkdown(Mrkdwn.FromMarkdown(sample), Names));
    }

    [Fact]
    public void A_long_text_is_cut_at_line_ends_and_code_goes_on()
    {
        const string Text = "first line of it\n\nsecond line\n```\ncode 1\ncode 2 is long\ncode 3\n```\nlast";

        Assert.Equal(["first line of it", "second line\n```\ncode 1\n```", "```\ncode 2 is long\ncode 3\n```", "last"], Mrkdwn.Split(Text, 32));
        Assert.Equal(["one two three four five", "```\ncode 1\ncode 2\n```\nsix"], Mrkdwn.Split("one two three four five\n```\ncode 1\ncode 2\n```\nsix", 32));
        Assert.Equal([Text], Mrkdwn.Split(Text, 3000));
        Assert.Empty(Mrkdwn.Split(" \n", 32));
    }

    [Theory]
    [InlineData("xxxxxxxxxxxxxxxxxxxxxxxxxx&amp;xxxxxxxx", "xxxxxxxxxxxxxxxxxxxxxxxxxx", "&amp;xxxxxxxx")]
    [InlineData("xxxxxxxxxxxxxxxxxx <https://x.example|a b>", "xxxxxxxxxxxxxxxxxx", "<https://x.example|a b>")]
    [InlineData("xxxxxxxxxxxxxxxxxxxxxxxxxxx😀xxxxxxxx", "xxxxxxxxxxxxxxxxxxxxxxxxxxx", "😀xxxxxxxx")]
    public void No_cut_goes_through_what_belongs_together(string text, string first, string second) => Assert.Equal([first, second], Mrkdwn.Split(text, 32));

    [Property]
    public bool Whatever_is_typed_only_our_own_markup_comes_out(Typed typed)
    {
        var mrkdwn = Mrkdwn.FromMarkdown(typed.Text);
        var rest = OurMarkup().Replace(mrkdwn, "");
        return !rest.AsSpan().ContainsAny("<>&") && !mrkdwn.Contains("<!", StringComparison.Ordinal) && !mrkdwn.Contains("<@", StringComparison.Ordinal) && !mrkdwn.Contains("<#", StringComparison.Ordinal);
    }

    [Property]
    public bool No_letter_that_was_typed_is_lost(Typed typed)
    {
        var shown = Mrkdwn.DecodeCommand(Mrkdwn.FromMarkdown(typed.Text), Names);
        return Letters(Language().Replace(typed.Text.Replace('\r', '\n'), "")).All(letter => shown.Contains(letter, StringComparison.Ordinal));
    }

    [Property]
    public bool What_is_escaped_is_read_back_as_it_was(Typed typed) => Mrkdwn.DecodeCommand(Mrkdwn.Escape(typed.Text), Names) == typed.Text;

    [Property]
    public bool What_is_escaped_names_nobody(Typed typed) => Mrkdwn.Mentioned(Mrkdwn.Escape(typed.Text)) is { Users.Count: 0, Channels.Count: 0, Groups.Count: 0 };

    [Property]
    public bool Pieces_keep_the_limit_and_lose_nothing(Typed typed, PositiveInt most)
    {
        var mrkdwn = Mrkdwn.FromMarkdown(typed.Text);
        var limit = 32 + (most.Get % 100);
        var pieces = Mrkdwn.Split(mrkdwn, limit);
        return pieces.All(piece => piece.Length <= limit && !string.IsNullOrWhiteSpace(piece))
            && Bare(string.Concat(pieces)) == Bare(mrkdwn)
            && pieces.All(piece => piece.AsSpan().Count("```") % 2 == 0);
    }

    [Property]
    public bool Pieces_of_any_text_keep_the_limit(Typed typed, PositiveInt most)
    {
        var limit = 32 + (most.Get % 100);
        var pieces = Mrkdwn.Split(typed.Text, limit);
        return pieces.All(piece => piece.Length <= limit) && Bare(string.Concat(pieces)) == Bare(typed.Text);
    }

    [Property]
    public bool Any_text_of_Slacks_is_read(Typed typed) => Mrkdwn.ToMarkdown(typed.Text, Names) is not null && Mrkdwn.DecodeCommand(typed.Text, Names) is not null && Mrkdwn.Mentioned(typed.Text) is not null;

    [Theory]
    [InlineData("[a](", 25_000)]
    [InlineData("[a](http://", 9_000)]
    [InlineData("[", 100_000)]
    [InlineData("](", 50_000)]
    [InlineData(">", 100_000)]
    [InlineData("> ", 200)]
    [InlineData("*a_ ", 25_000)]
    [InlineData("*a **b ", 14_000)]
    [InlineData("_a*b~~", 16_000)]
    [InlineData("***", 33_000)]
    [InlineData("`a``b```", 12_500)]
    [InlineData("- ", 50_000)]
    [InlineData("# ", 50_000)]
    [InlineData("a|\n-|\n", 16_000)]
    [InlineData("|", 100_000)]
    [InlineData("<", 100_000)]
    [InlineData("<a:", 33_000)]
    [InlineData("```\n", 25_000)]
    [InlineData("\\", 100_000)]
    [InlineData("https://", 12_500)]
    [InlineData("&amp;", 20_000)]
    [InlineData("\n", 100_000)]
    public void What_drives_Markdown_parsers_mad_is_text_like_any_other(string piece, int times)
    {
        var text = new StringBuilder().Insert(0, piece, times).ToString();

        foreach (var whole in new[] { text, text + ")", text + "`", "| a | b |\n|---|---|\n" + text })
        {
            var mrkdwn = Mrkdwn.FromMarkdown(whole);
            Assert.All(Mrkdwn.Split(mrkdwn, 3000), part => Assert.InRange(part.Length, 1, 3000));
            Assert.NotNull(Mrkdwn.ToMarkdown(whole, Names));
            Assert.NotNull(Mrkdwn.ToMarkdown(mrkdwn, Names));
            Assert.NotNull(Mrkdwn.DecodeCommand(whole, Names));
        }
    }

    private static string Letters(string text) => new([.. text.Where(char.IsAsciiLetterUpper)]);

    private static string Bare(string text) => new([.. text.Where(character => !char.IsWhiteSpace(character) && character != '`')]);

    [GeneratedRegex("<(?:https?://|mailto:)[^<>|]*(?:\\|[^<>]*)?>|^> ?|&(?:amp|lt|gt);", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex OurMarkup();

    /// <summary>The language beside a fence, which Slack knows none of.</summary>
    [GeneratedRegex("(?<=^[ \t]*(```+|~~~+)[ \t]*)[A-Za-z0-9+#._-]+[ \t]*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Language();

    /// <summary>What may be typed: FsCheck's own texts would hardly ever hit a mark.</summary>
    public sealed record Typed(string Text);

    public static class Texts
    {
        private static readonly string[] Pieces =
        [
            "*", "**", "_", "~~", "`", "```", "\n", "\n", "\n\n", " ", " ", "a", "B", "word", "é", "😀", "\uD83D", "\0", "\t", "\r\n", "<", ">", "&", "&amp;", "&lt;", "<!here>", "<@U012>", "<#C012|x>",
            "<https://x.example|", "[", "]", "(", ")", "](", "[a](https://x.example)", "https://x.example/a_b", "mailto:a@b.example", "- ", "1. ", "# ", "> ", "|", "|-|", "a | b", "---", "\\", "!", ":", "• ", "\u200B",
        ];

        public static Arbitrary<Typed> Typed()
        {
            var pieces = Gen.ListOf(Gen.Elements(Pieces)).Select(some => string.Concat(some));
            var anything = ArbMap.Default.GeneratorFor<string>().Select(text => text ?? "");
            return Gen.Frequency((4, pieces), (1, anything)).Select(text => new MrkdwnTests.Typed(text)).ToArbitrary();
        }
    }
}
