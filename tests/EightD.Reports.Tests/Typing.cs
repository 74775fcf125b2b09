using FsCheck;
using FsCheck.Fluent;

namespace EightD.Reports.Tests;

/// <summary>What somebody may type: pieces of Markdown's structure in any order, with words that can be found again.</summary>
/// <param name="Text">The text.</param>
public sealed record Typing(string Text)
{
    private static readonly string[] Lines =
    [
        "", "", "plain words", "a_b and **bold** and [link](https://example.com)", "# heading", "## D4: Root cause", "   ## D5: three blanks", "###### six", "#nothing", "#",
        "===", "---", "- - -", "***", "* * *", "___", "-", "=", "--", "- item", "* star", "+ plus", "1. one", "7) seven", "10. ten", "  - under", "   - under three", "    deep", "\tindented", "  continued",
        "```", "```cs", "~~~", "````", "- ```", "  ```", "1. ~~~", "    ```", "> quoted", "> # quoted heading", "> ```", "- # item heading", "- > - # deep", "-\t# tabbed", "1. - ---",
        "<b>tag</b>", "<!-- comment -->", "<!--", "-->", "<script>alert(1)</script>", "</div>", "<?php", "<![CDATA[", "a < b and b > c", "(target: <60 minutes)", "<https://example.com>", "`<b>`", "`` `<b> ``", "\\<b>", "`open <b>", "<b",
        "**Business impact:**", "**Symptoms observed:** text", "- **Business impact:** 40 users", "**impact:** x", "### Business impact", "Business impact: 40 users", "**Root cause analysis:**", "**Escape points - Why wasn't this caught earlier?**", "**Is / is not:** x",
        "a | b", "| a | b | c | d |", "|---|---|---|---|", "| - |", "a\tb\tc", "x \\| y", "| x \\| y | z |", "|", "||", "\\", "a\\", "| a\\", "`a|b`",
        "{{title}}", "{{links}}", "nul\0nul", "lone \uD83D surrogate", "\uDC00", "emoji 🎉", "עברית", "trailing   ", "Title\n===", "text\n---", "[ref]: https://example.com", "![x](y.png)", "&lt;b&gt;", "\u2028", "\u000b", "\u0085",
    ];

    private static readonly string[] Ends = ["\n", "\n", "\n", "\r\n", "\r", "\n\n"];

    /// <summary>Several such lines.</summary>
    public static Arbitrary<Typing> Typings() =>
        Arb.From(
            from count in Gen.Choose(1, 9)
            from lines in Gen.Elements(Lines).ArrayOf(count)
            from ends in Gen.Elements(Ends).ArrayOf(count)
            select new Typing(string.Concat(lines.Zip(ends, (line, end) => line + end))),
            typing => Shorter(typing.Text));

    /// <summary>Text of words alone.</summary>
    public static Arbitrary<Words> WordsOnly() =>
        Arb.From(
            from count in Gen.Choose(1, 12)
            from words in Gen.Elements("database", "restarted", "at", "14:35", "because", "(user_id,", "95%+)", "**fast**", "$3,500", "✅", "can't", "a<b", "Über", "x").ArrayOf(count)
            select new Words(string.Join(' ', words)));

    private static IEnumerable<Typing> Shorter(string text)
    {
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length && lines.Length > 1; i++) yield return new(string.Join('\n', lines.Where((_, index) => index != i)));
    }
}

/// <summary>One line of words without structure.</summary>
/// <param name="Text">The line.</param>
public sealed record Words(string Text);

/// <summary>One part of the incident template.</summary>
/// <param name="Name">Which.</param>
public sealed record AnyPart(PartName Name)
{
    /// <summary>Each part, optional ones too.</summary>
    public static Arbitrary<AnyPart> Parts() =>
        Arb.From(Gen.Elements(Templates.Template.BuiltIn[0].Sections.SelectMany(section => section.Parts).Select(question => new AnyPart(question.Part)).ToArray()));
}
