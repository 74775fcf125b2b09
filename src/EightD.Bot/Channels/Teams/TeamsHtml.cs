using System.Buffers;
using System.Globalization;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using EightD.Bot.Channels.Spelling;

namespace EightD.Bot.Channels.Teams;

/// <summary>
/// Reads the HTML that Teams' editor makes. What was typed as plain text stays as typed, for people write Markdown by hand too; what was formatted becomes
/// Markdown. Elements that are not known give their text.
/// </summary>
internal sealed class TeamsHtml
{
    /// <summary>Nested deeper than that an element is its text.</summary>
    private const int Deepest = 40;

    /// <summary>What HTML may have, so that it is read in a moment: a parser repeats at each block what was left open before it. Teams' editor stays far below.</summary>
    private const int MostTags = 10_000, MostLeftOpen = 50, MostNested = 200;

    private static readonly SearchValues<char> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
    private static readonly string[] Formatting = ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

    /// <summary>What shows a text as nothing but itself.</summary>
    private static readonly HashSet<string> Plain = new(["html", "head", "body", "p", "div", "br", "at", "span", "emoji", "attachment"], StringComparer.Ordinal);

    private static readonly HashSet<string> Blocks = new(
        ["p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "pre", "codeblock", "blockquote", "table", "hr", "body", "html", "section", "article"], StringComparer.Ordinal);

    private readonly MarkdownBlocks markdown = new();
    private readonly string? bot;
    private List<Span> line = [];
    private bool isBotLeftOut;

    private TeamsHtml(string? bot) => this.bot = bot;

    /// <summary>A message's Markdown, and whether it is shown in more than words; null where it is no HTML that an editor makes.</summary>
    /// <param name="html">Any HTML.</param>
    /// <param name="bot">What its mention of the bot says, which is left out; null where it has none.</param>
    public static (string Markdown, bool IsFormatted)? Read(string html, string? bot)
    {
        if (!IsParsedFast(html)) return null;
        using var document = new HtmlParser().ParseDocument(html);
        return document.Body is { } body && !IsDeep(body) ? (ToMarkdown(body, bot, depth: 0), document.All.Any(element => !Plain.Contains(element.LocalName) && !IsEmoji(element))) : null;
    }

    private static bool IsParsedFast(string html)
    {
        Dictionary<string, int> open = new(StringComparer.Ordinal);
        var tags = 0;
        for (var at = html.IndexOf('<', StringComparison.Ordinal); at >= 0; at = html.IndexOf('<', at + 1))
        {
            if (++tags > MostTags) return false;
            var isEnd = html.AsSpan(at + 1).StartsWith('/');
            var tag = html.AsSpan(at + (isEnd ? 2 : 1));
            var length = Math.Max(tag.IndexOfAnyExcept(Letters), 0);
            if (Array.Find(Formatting, name => name.Length == length && html.AsSpan(at + (isEnd ? 2 : 1), length).Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } formatting) continue;
            open[formatting] = Math.Max(0, open.GetValueOrDefault(formatting) + (isEnd ? -1 : 1));
        }

        return open.Values.Sum() <= MostLeftOpen;
    }

    private static bool IsDeep(INode body)
    {
        Stack<(INode Node, int Depth)> left = new([(body, 0)]);
        while (left.TryPop(out var next))
        {
            if (next.Depth > MostNested) return true;
            foreach (var child in next.Node.ChildNodes) left.Push((child, next.Depth + 1));
        }

        return false;
    }

    private static string ToMarkdown(IElement body, string? bot, int depth)
    {
        TeamsHtml reading = new(bot);
        reading.Within(body, Style.None, depth);
        reading.EndLine();
        return reading.markdown.ToString().Trim('\n', ' ');
    }

    private void Within(INode parent, Style style, int depth)
    {
        foreach (var node in parent.ChildNodes)
        {
            if (node is IText text) Say(text.Data, style);
            else if (node is IElement element && depth > Deepest) Say(element.TextContent, style);
            else if (node is IElement inner) Read(inner, style, depth + 1);
        }
    }

    private void Read(IElement element, Style style, int depth)
    {
        var name = element.LocalName;
        if (Blocks.Contains(name)) EndLine();
        switch (name)
        {
            case "br":
                line.Add(new("\n", Style.None));
                break;
            case "pre" or "codeblock":
                markdown.Add(MarkdownBlocks.Kind.Code, MarkdownSpelling.Fenced(Code(element).Trim('\n')));
                break;
            case "blockquote":
                markdown.Add(MarkdownBlocks.Kind.Quote, MarkdownBlocks.Quoted(ToMarkdown(element, bot: null, depth)));
                break;
            case "ul" or "ol":
                List(element, level: 0, depth);
                break;
            case "table":
                Table(element, depth);
                break;
            case "p" or "div" when IsBlank(element):
                markdown.Part();
                break;
            case "a" when element.GetAttribute("href") is { Length: > 0 } to:
                line.Add(Link(to, Text(element), style));
                break;
            case "img" or "emoji":
                Picture(element, style);
                break;
            case "at" or "span" when IsMention(element):
                Mention(element, style);
                break;
            case "script" or "style" or "attachment" or "hr":
                break;
            default:
                Within(element, style | StyleOf(name), depth);
                break;
        }

        if (Blocks.Contains(name)) EndLine();
    }

    private void EndLine()
    {
        var text = StyledLine.ToMarkdown(line);
        line = [];
        if (text.Trim(' ').Length > 0) markdown.Add(MarkdownBlocks.Kind.Text, text.Trim(' '));
    }

    /// <summary>Adds text as HTML shows it: white space is one blank, none at a line's beginning.</summary>
    private void Say(string text, Style style)
    {
        StringBuilder shown = new(text.Length);
        var isBlank = line.Count == 0 || line[^1].Text.EndsWith(' ') || line[^1].Text.EndsWith('\n');
        foreach (var character in text)
        {
            if (character is ' ' or '\t' or '\n' or '\r')
            {
                if (!isBlank) shown.Append(' ');
                isBlank = true;
                continue;
            }

            shown.Append(character == '\u00a0' ? ' ' : character);
            isBlank = false;
        }

        if (shown.Length > 0) line.Add(new(shown.ToString(), style));
    }

    /// <summary>A list, its items one by one, each followed by the lists in it.</summary>
    private void List(IElement list, int level, int depth)
    {
        int? number = list.LocalName == "ol" ? (int.TryParse(list.GetAttribute("start"), CultureInfo.InvariantCulture, out var start) ? Math.Max(start, 1) : 1) - 1 : null;
        foreach (var item in list.Children)
        {
            if (item.LocalName is "ul" or "ol" && depth < Deepest)
            {
                List(item, level + 1, depth + 1); // as editors nest them that do not nest them in an item
                continue;
            }

            var inner = depth < Deepest ? item.Children.Where(child => child.LocalName is "ul" or "ol").ToList() : [];
            foreach (var each in inner) each.Remove();
            markdown.AddList(level, number, [ToMarkdown(item, bot: null, depth + 1)], isQuoted: false);
            if (number is not null) number++;
            foreach (var each in inner) List(each, level + 1, depth + 1);
        }
    }

    private void Table(IElement table, int depth)
    {
        var rows = table.QuerySelectorAll("tr").Select(row => row.Children.Select(cell => ToMarkdown(cell, bot: null, depth + 1).Replace("\n", "<br>", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal)).ToList()).Where(row => row.Count > 0).ToList();
        if (rows.Count == 0) return;
        var width = rows.Max(row => row.Count);
        var lines = rows.Select(row => $"| {string.Join(" | ", row.Concat(Enumerable.Repeat("", width - row.Count)))} |").ToList();
        lines.Insert(1, $"|{string.Concat(Enumerable.Repeat(" --- |", width))}");
        markdown.Part();
        markdown.Add(MarkdownBlocks.Kind.Text, string.Join('\n', lines) + "\n\n");
    }

    private void Picture(IElement picture, Style style)
    {
        var alt = picture.GetAttribute("alt") ?? "";
        if (IsEmoji(picture)) Say(alt, style);
        else if (Uri.TryCreate(picture.GetAttribute("src"), UriKind.Absolute, out var source) && (source.Scheme == Uri.UriSchemeHttps || source.Scheme == Uri.UriSchemeHttp)) line.Add(Link(source.OriginalString, alt.Length > 0 ? alt : ChannelTexts.Get("TeamsPicture"), style));
        else Say(alt, style);
    }

    private void Mention(IElement mention, Style style)
    {
        var name = Text(mention);
        if (!isBotLeftOut && name.Equals(bot, StringComparison.OrdinalIgnoreCase)) isBotLeftOut = true;
        else line.Add(new("@" + name, style));
    }

    private static Span Link(string to, string text, Style style) => style.HasFlag(Style.Code)
        ? new(MarkdownSpelling.LinkAs(to, MarkdownSpelling.Code(text.Length > 0 ? text : to)), style & ~Style.Code, IsLink: true)
        : new(MarkdownSpelling.Link(to, text), style, IsLink: true);

    private static Style StyleOf(string name) => name switch
    {
        "b" or "strong" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" => Style.Bold,
        "i" or "em" => Style.Italic,
        "s" or "strike" or "del" => Style.Strike,
        "code" => Style.Code,
        _ => Style.None,
    };

    private static string Text(IElement element) => string.Join(' ', element.TextContent.Replace('\u00a0', ' ').Split([' ', '\n', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries));

    private static string Code(IElement element)
    {
        foreach (var end in element.QuerySelectorAll("br").ToList()) end.Replace(element.Owner!.CreateTextNode("\n"));
        return element.TextContent.Replace('\u00a0', ' ').ReplaceLineEndings("\n");
    }

    private static bool IsBlank(IElement element) => string.IsNullOrWhiteSpace(element.TextContent) && element.QuerySelector("img, emoji, br + br") is null;

    private static bool IsMention(IElement element) => element.LocalName == "at" || (element.GetAttribute("itemtype") ?? "").EndsWith("/Mention", StringComparison.Ordinal);

    private static bool IsEmoji(IElement element) => element.LocalName == "emoji" || (element.GetAttribute("itemtype") ?? "").EndsWith("/Emoji", StringComparison.Ordinal);
}
