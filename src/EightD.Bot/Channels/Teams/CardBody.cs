using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EightD.Incidents;
using EightD.Reports.Rendering;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace EightD.Bot.Channels.Teams;

/// <summary>
/// Markdown as elements of an Adaptive Card. Teams reads Markdown in a card's texts, so what people wrote stands in runs (<c>TextRun</c>), in which nothing is
/// read: it mentions nobody, and looks as it does in the report. Headings, tables and quotes, which Teams' own Markdown lacks, are elements.
/// </summary>
internal static partial class CardBody
{
    /// <summary>One run's text, and one piece of Markdown that is read at once, in characters; one element of a card, in bytes.</summary>
    private const int LongestRun = 2000, LongestPiece = 8000, LongestElement = 12_000;

    private static readonly string[] Schemes = ["http", "https", "mailto"];

    /// <summary>The elements of a text, each a card's own.</summary>
    public static IEnumerable<JsonObject> Of(string markdown) => Pieces(Spoken(markdown).ReplaceLineEndings("\n")).SelectMany(Drawn);

    /// <summary>A piece as it reads; as it was typed where Markdown would leave words of it out, as the cells of a row that has more than its table.</summary>
    private static IEnumerable<JsonObject> Drawn(string piece)
    {
        if (SafeMarkdown.Read(piece) is not { } document) return Lines(piece, isCode: false);
        List<JsonObject> blocks = [.. Blocks(document)];
        var seen = blocks.SelectMany(Said).SelectMany(Words).ToHashSet(StringComparer.Ordinal);
        return piece.Split('\n').Where(line => !line.TrimStart().StartsWith("```", StringComparison.Ordinal)).SelectMany(Words).All(seen.Contains) ? blocks : Lines(piece, isCode: false);
    }

    /// <summary>All that an element shows, and where its links lead.</summary>
    private static IEnumerable<string> Said(JsonNode? node) => node switch
    {
        JsonObject element => element.SelectMany(member => member is { Key: "text" or "url", Value: JsonValue value } ? [value.ToString()] : Said(member.Value)),
        JsonArray list => list.SelectMany(Said),
        _ => [],
    };

    private static IEnumerable<string> Words(string text) => Word().Matches(WebUtility.HtmlDecode(text)).Select(word => word.Value);

    [GeneratedRegex(@"\p{L}[\p{L}\p{Nd}]*", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();

    /// <summary>Markdown with its commands as they are given here: by mentioning the bot.</summary>
    public static string Spoken(string markdown) => Command().Replace(markdown, $"`@{Person.Bot.Name}");

    [GeneratedRegex("`/8d(?=[ `])", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Command();

    /// <summary>A line of plain text.</summary>
    /// <param name="text">What it says; nothing in it is read.</param>
    /// <param name="isBold">Whether it stands out.</param>
    /// <param name="size">Adaptive Cards' name of a size.</param>
    /// <param name="color">Adaptive Cards' name of a colour.</param>
    /// <param name="isSubtle">Whether it steps back.</param>
    public static JsonObject Line(string text, bool isBold = false, string size = "Default", string color = "Default", bool isSubtle = false) =>
        Block(Cut(text).Select(piece => Run(piece, isBold ? Look.Bold : Look.None, size: size, color: color, isSubtle: isSubtle)));

    [Flags]
    private enum Look
    {
        None = 0,
        Bold = 1,
        Italic = 2,
        Strike = 4,
        Code = 8,
    }

    /// <summary>A text in pieces that are read fast, parted where a blank line is, outside code.</summary>
    private static IEnumerable<string> Pieces(string markdown)
    {
        StringBuilder piece = new();
        var isCode = false;
        foreach (var line in markdown.Split('\n'))
        {
            if (line.TrimStart().StartsWith("```", StringComparison.Ordinal)) isCode = !isCode;
            if (line.Length == 0 && !isCode && piece.Length > LongestPiece)
            {
                yield return piece.ToString();
                piece.Clear();
            }

            piece.Append(line).Append('\n');
        }

        yield return piece.ToString();
    }

    private static IEnumerable<JsonObject> Blocks(IEnumerable<Block> blocks) => blocks.SelectMany(block => block switch
    {
        HeadingBlock heading => Paragraph(heading.Inline, Look.Bold, heading.Level <= 2 ? "Large" : "Medium"),
        Table table => Tables(table),
        ListBlock list => List(list),
        QuoteBlock quote => Boxed(Blocks(quote), "accent"),
        CodeBlock code => Boxed(Lines(code.Lines.ToString(), isCode: true), "emphasis"),
        ThematicBreakBlock => [],
        LeafBlock { Inline: { } inline } => Paragraph(inline, Look.None),
        ContainerBlock container => Blocks(container),
        LeafBlock leaf => Lines(leaf.Lines.ToString(), isCode: false),
        _ => [],
    });

    /// <summary>The bytes that an element takes.</summary>
    public static int SizeOf(JsonObject element) => Encoding.UTF8.GetByteCount(element.ToJsonString(JsonText.AsItIs));

    private static IEnumerable<JsonObject> Boxed(IEnumerable<JsonObject> items, string style) =>
        Grouped(items).Select(group => new JsonObject { ["type"] = "Container", ["style"] = style, ["items"] = new JsonArray([.. group]) });

    /// <summary>Elements in groups, each as long as one element may be.</summary>
    private static IEnumerable<List<JsonObject>> Grouped(IEnumerable<JsonObject> elements)
    {
        List<JsonObject> group = [];
        var length = 0;
        foreach (var element in elements)
        {
            var size = SizeOf(element);
            if (group.Count > 0 && length + size > LongestElement)
            {
                yield return group;
                (group, length) = ([], 0);
            }

            group.Add(element);
            length += size;
        }

        if (group.Count > 0) yield return group;
    }

    private static IEnumerable<JsonObject> Lines(string text, bool isCode) =>
        text.TrimEnd('\n').Split('\n').SelectMany((line, at) => Line(Cut(line).Select(piece => Run(isCode ? piece.Replace(' ', '\u00a0') : piece, isCode ? Look.Code : Look.None)), isNext: at > 0));

    /// <summary>The items of a list, their markers in a column of their own.</summary>
    private static IEnumerable<JsonObject> List(ListBlock list)
    {
        var number = list.IsOrdered && int.TryParse(list.OrderedStart, NumberStyles.None, CultureInfo.InvariantCulture, out var start) ? start : 1;
        foreach (var item in list.OfType<ListItemBlock>())
        {
            var marker = list.IsOrdered ? string.Create(CultureInfo.InvariantCulture, $"{number++}.") : "•";
            List<JsonObject> blocks = [.. Blocks(item).DefaultIfEmpty(Line(" "))];
            if (blocks.Sum(SizeOf) <= LongestElement)
            {
                yield return Columns("auto", [Line(marker)], [.. blocks]);
                continue;
            }

            yield return Line(marker);
            foreach (var block in blocks) yield return block;
        }
    }

    /// <summary>Two columns, the second as wide as there is room.</summary>
    public static JsonObject Columns(string width, JsonNode[] first, JsonNode[] second) => new()
    {
        ["type"] = "ColumnSet",
        ["spacing"] = "Small",
        ["columns"] = new JsonArray(
            new JsonObject { ["type"] = "Column", ["width"] = width, ["items"] = new JsonArray(first) },
            new JsonObject { ["type"] = "Column", ["width"] = "stretch", ["items"] = new JsonArray(second) }),
    };

    /// <summary>A table, as many rows at a time as one element may have; a row that is longer by itself has its cells below each other.</summary>
    private static IEnumerable<JsonObject> Tables(Table table)
    {
        var rows = table.OfType<TableRow>().ToList();
        var width = rows.Max(row => row.Count);
        var head = rows.Find(row => row.IsHeader);
        List<JsonObject> some = [];
        var length = 0;
        foreach (var row in rows.Where(row => !row.IsHeader))
        {
            var drawn = Row(row, width);
            var size = SizeOf(drawn);
            if (some.Count > 0 && length + size > LongestElement / 2)
            {
                yield return Grid(head, some, width);
                (some, length) = ([], 0);
            }

            if (size <= LongestElement / 2)
            {
                some.Add(drawn);
                length += size;
                continue;
            }

            foreach (var block in Enumerable.Range(0, width).SelectMany(at => Cell(row, at))) yield return block;
        }

        if (some.Count > 0 || rows.TrueForAll(row => row.IsHeader)) yield return Grid(head, some, width);
    }

    private static JsonObject Grid(TableRow? head, List<JsonObject> rows, int width) => new()
    {
        ["type"] = "Table",
        ["firstRowAsHeaders"] = head is not null,
        ["columns"] = new JsonArray([.. Enumerable.Range(0, width).Select(_ => new JsonObject { ["width"] = 1 })]),
        ["rows"] = new JsonArray([.. head is not null && Row(head, width) is var drawn && SizeOf(drawn) <= LongestElement / 2 ? rows.Prepend(drawn) : rows]),
    };

    private static JsonObject Row(TableRow row, int width) => new()
    {
        ["type"] = "TableRow",
        ["cells"] = new JsonArray([.. Enumerable.Range(0, width).Select(at => new JsonObject { ["type"] = "TableCell", ["items"] = new JsonArray([.. Cell(row, at)]) })]),
    };

    private static IEnumerable<JsonObject> Cell(TableRow row, int at)
    {
        var inline = at < row.Count && row[at] is TableCell cell ? cell.OfType<LeafBlock>().FirstOrDefault()?.Inline : null;
        return inline is null ? [Line(" ")] : Paragraph(inline, row.IsHeader ? Look.Bold : Look.None);
    }

    /// <summary>A paragraph, each of its lines a block: runs know no line ends.</summary>
    private static IEnumerable<JsonObject> Paragraph(ContainerInline? inline, Look look, string size = "Default")
    {
        List<List<JsonObject>> lines = [[]];
        Add(lines, inline, look, size, link: null);
        return lines.Where(line => line.Count > 0).SelectMany((line, at) => Line(line, isNext: at > 0));
    }

    private static void Add(List<List<JsonObject>> lines, ContainerInline? inlines, Look look, string size, string? link)
    {
        foreach (var inline in inlines ?? Enumerable.Empty<Inline>())
        {
            switch (inline)
            {
                case LineBreakInline:
                    lines.Add([]);
                    break;
                case CodeInline code:
                    Text(code.Content, look | Look.Code, link);
                    break;
                case AutolinkInline auto:
                    Text(auto.Url, look, auto.IsEmail ? $"mailto:{auto.Url}" : auto.Url);
                    break;
                case LinkInline to:
                    if (to.FirstChild is null) Text(to.Url ?? "", look, to.Url);
                    else Add(lines, to, look, size, to.Url);
                    break;
                case EmphasisInline emphasis:
                    Add(lines, emphasis, look | (emphasis.DelimiterChar == '~' ? Look.Strike : emphasis.DelimiterCount > 1 ? Look.Bold : Look.Italic), size, link);
                    break;
                case ContainerInline container:
                    Add(lines, container, look, size, link);
                    break;
                case HtmlEntityInline entity:
                    Text(entity.Transcoded.ToString(), look, link);
                    break;
                case HtmlInline html:
                    Text(html.Tag, look, link);
                    break;
                case LiteralInline literal:
                    Text(literal.Content.ToString(), look, link);
                    break;
            }
        }

        void Text(string text, Look shown, string? to) => lines[^1].AddRange(Cut(text).Select(piece => Run(piece, shown, to, size)));
    }

    private static JsonObject Block(IEnumerable<JsonObject> runs) => new() { ["type"] = "RichTextBlock", ["inlines"] = new JsonArray([.. runs.DefaultIfEmpty(Run(" ", Look.None))]) };

    /// <summary>A line of runs: one block, or several where it is too long for one.</summary>
    private static IEnumerable<JsonObject> Line(IEnumerable<JsonObject> runs, bool isNext)
    {
        foreach (var group in Grouped(runs).DefaultIfEmpty([]))
        {
            var block = Block(group);
            if (isNext) block["spacing"] = "None";
            isNext = true;
            yield return block;
        }
    }

    private static JsonObject Run(string text, Look look, string? link = null, string size = "Default", string color = "Default", bool isSubtle = false)
    {
        JsonObject run = new() { ["type"] = "TextRun", ["text"] = text };
        if (look.HasFlag(Look.Bold)) run["weight"] = "Bolder";
        if (look.HasFlag(Look.Italic)) run["italic"] = true;
        if (look.HasFlag(Look.Strike)) run["strikethrough"] = true;
        if (look.HasFlag(Look.Code)) run["fontType"] = "Monospace";
        if (size != "Default") run["size"] = size;
        if (color != "Default") run["color"] = color;
        if (isSubtle) run["isSubtle"] = true;
        if (link is not null && Uri.TryCreate(link, UriKind.Absolute, out var to) && Schemes.Contains(to.Scheme, StringComparer.Ordinal)) run["selectAction"] = new JsonObject { ["type"] = "Action.OpenUrl", ["url"] = to.AbsoluteUri };
        return run;
    }

    /// <summary>A text in pieces that one run may have.</summary>
    private static IEnumerable<string> Cut(string text)
    {
        while (text.Length > LongestRun)
        {
            var end = char.IsHighSurrogate(text[LongestRun - 1]) ? LongestRun - 1 : LongestRun;
            yield return text[..end];
            text = text[end..];
        }

        if (text.Length > 0) yield return text;
    }
}
