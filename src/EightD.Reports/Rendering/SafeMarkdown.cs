using System.Buffers;
using System.Net;
using AngleSharp.Html.Dom;
using Ganss.Xss;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace EightD.Reports.Rendering;

/// <summary>
/// Markdown that people wrote as HTML that is safe to show: raw HTML is text, and what Markdig makes passes an allow-list. A piece that Markdig
/// would take long for, or cannot take, stands as text.
/// </summary>
public static class SafeMarkdown
{
    /// <summary>What one piece may have, so that it takes milliseconds: Markdig's time grows with the square of what opens something, the sanitiser's with that of lines.</summary>
    private const int LongestPiece = 16 * 1024, MostLines = 1000, MostBrackets = 400, MostMarks = 1000, DeepestNesting = 20;

    private static readonly SearchValues<char> Marks = SearchValues.Create("*_`");
    private static readonly MarkdownPipeline Report = new MarkdownPipelineBuilder().UsePipeTables().UseAutoLinks().DisableHtml().Build();
    private static readonly MarkdownPipeline Message = new MarkdownPipelineBuilder().UsePipeTables().UseAutoLinks().UseSoftlineBreakAsHardlineBreak().DisableHtml().Build();
    private static readonly HtmlSanitizer Sanitizer = AllowList();

    /// <summary>A piece of Markdown as Markdig reads it, line ends as in chat; null where that would take long, or cannot be.</summary>
    /// <param name="markdown">Any text.</param>
    public static MarkdownDocument? Read(string markdown)
    {
        if (!IsReadFast(markdown)) return null;
        try
        {
            return Markdown.Parse(markdown, Message);
        }
        catch (ArgumentException)
        {
            return null; // nested deeper than Markdig goes
        }
    }

    /// <summary>The HTML of a piece of Markdown.</summary>
    /// <param name="markdown">Any text.</param>
    /// <param name="isMessage">Whether a line end is one on the page too, as in chat.</param>
    internal static string ToHtml(string markdown, bool isMessage)
    {
        if (!IsReadFast(markdown)) return Opaque(markdown);
        var pipeline = isMessage ? Message : Report;
        try
        {
            var document = Markdown.Parse(markdown, pipeline);
            foreach (var link in document.Descendants<LinkInline>()) ShowAsLink(link);
            return Sanitizer.Sanitize(document.ToHtml(pipeline));
        }
        catch (ArgumentException)
        {
            // nested deeper than Markdig goes
            return Opaque(markdown);
        }
    }

    /// <summary>The page asks no other host for anything, so an image is a link to it.</summary>
    private static void ShowAsLink(LinkInline link)
    {
        if (!link.IsImage) return;
        link.IsImage = false;
        if (link.FirstChild is null) link.AppendChild(new LiteralInline(link.Url ?? ""));
    }

    private static string Opaque(string text) => $"<pre>{WebUtility.HtmlEncode(text)}</pre>\n";

    private static bool IsReadFast(string markdown) =>
        markdown.Length <= LongestPiece
        && markdown.AsSpan().Count('[') <= MostBrackets
        && markdown.AsSpan().CountAny(Marks) <= MostMarks
        && markdown.AsSpan().Count('\n') <= MostLines
        && Nesting(markdown) <= DeepestNesting;

    /// <summary>How many markers of quotes and list items the line with most of them begins with.</summary>
    private static int Nesting(string markdown)
    {
        var deepest = 0;
        foreach (var line in markdown.AsSpan().EnumerateLines())
        {
            var markers = 0;
            for (var at = 0; at < line.Length && (char.IsWhiteSpace(line[at]) || char.IsAsciiDigit(line[at]) || line[at] is '>' or '-' or '+' or '*' or '.' or ')'); at++)
            {
                var isMarker = line[at] == '>' || (!char.IsWhiteSpace(line[at]) && !char.IsAsciiDigit(line[at]) && (at + 1 == line.Length || char.IsWhiteSpace(line[at + 1])));
                if (isMarker) markers++;
            }

            deepest = Math.Max(deepest, markers);
        }

        return deepest;
    }

    private static HtmlSanitizer AllowList()
    {
        var sanitizer = new HtmlSanitizer(new HtmlSanitizerOptions
        {
            AllowedTags = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
            {
                "h1", "h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "ul", "ol", "li", "blockquote", "pre", "code", "em", "strong", "a",
                "table", "thead", "tbody", "tr", "th", "td",
            },
            AllowedAttributes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "href", "title", "start" },
            AllowedSchemes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "http", "https", "mailto" },
            UriAttributes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "href" },
        });
        sanitizer.PostProcessNode += (_, processed) =>
        {
            if (processed.Node is not IHtmlAnchorElement link || !link.HasAttribute("href")) return;
            link.SetAttribute("rel", "noopener noreferrer nofollow");
            link.SetAttribute("target", "_blank");
        };
        return sanitizer;
    }
}
