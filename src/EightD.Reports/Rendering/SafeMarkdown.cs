using System.Net;
using Ganss.Xss;
using Markdig;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace EightD.Reports.Rendering;

/// <summary>
/// Markdown that people typed, as HTML that does nothing but show it. Markdig makes it, an allow-list of elements and addresses stands behind; text that
/// Markdig would take long for, or cannot take, is shown as it was typed.
/// </summary>
internal static class SafeMarkdown
{
    /// <summary>Characters; above it the text is shown as it was typed.</summary>
    private const int LongestText = 16 * 1024;

    /// <summary>Characters that can open something. Nested openings are what costs Markdig time that grows with their square.</summary>
    private const int MostOpenings = 600;

    private const int DeepestNesting = 30;

    private static readonly MarkdownPipeline Document = new MarkdownPipelineBuilder().UsePipeTables().UseAutoLinks().DisableHtml().Build();

    private static readonly MarkdownPipeline Message = new MarkdownPipelineBuilder().UsePipeTables().UseAutoLinks().UseSoftlineBreakAsHardlineBreak().DisableHtml().Build();

    private static readonly ThreadLocal<HtmlSanitizer> Sanitizer = new(() => new HtmlSanitizer(new HtmlSanitizerOptions
    {
        AllowedTags = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
        {
            "p", "br", "em", "strong", "del", "code", "pre", "ul", "ol", "li", "blockquote", "a", "h1", "h2", "h3", "h4", "h5", "h6", "table", "thead",
            "tbody", "tr", "th", "td", "hr",
        },
        AllowedAttributes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "href", "rel", "target", "start" },
        AllowedSchemes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "http", "https", "mailto" },
        UriAttributes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "href" },
    }));

    /// <summary>The HTML of some Markdown.</summary>
    /// <param name="markdown">Any text.</param>
    /// <param name="isMessage">Whether a line end is one, as in chat.</param>
    public static string ToHtml(string markdown, bool isMessage)
    {
        if (!IsTakenWell(markdown)) return AsTyped(markdown);
        try
        {
            var pipeline = isMessage ? Message : Document;
            var document = Markdown.Parse(markdown, pipeline);
            foreach (var link in document.Descendants<LinkInline>()) Tame(link);
            return Sanitizer.Value!.Sanitize(document.ToHtml(pipeline));
        }
        catch (ArgumentException)
        {
            return AsTyped(markdown); // nested more deeply than Markdig goes
        }
    }

    /// <summary>A link opens a tab of its own that learns nothing of this page; a picture is a link to it, since this page asks no other host.</summary>
    private static void Tame(LinkInline link)
    {
        link.IsImage = false;
        var attributes = link.GetAttributes();
        attributes.AddPropertyIfNotExist("rel", "noopener noreferrer nofollow");
        attributes.AddPropertyIfNotExist("target", "_blank");
    }

    private static bool IsTakenWell(string markdown)
    {
        if (markdown.Length > LongestText) return false;
        var (openings, depth, deepest) = (0, 0, 0);
        var isLineStart = true;
        foreach (var character in markdown)
        {
            if (character is '[' or '<' or '`' or '*' or '_' or '~' or '!') openings++;
            if (character == '\n') (isLineStart, depth) = (true, 0);
            else if (isLineStart && character is '>' or '-' or '+' or '*' or '.' or ')') deepest = Math.Max(deepest, ++depth);
            else if (character is not (' ' or '\t' or (>= '0' and <= '9'))) isLineStart = false;
        }

        return openings <= MostOpenings && deepest <= DeepestNesting;
    }

    private static string AsTyped(string text) => $"<pre>{WebUtility.HtmlEncode(text)}</pre>";
}
