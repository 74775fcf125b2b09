using System.Text.Json;
using EightD.Bot.Channels.Spelling;

namespace EightD.Bot.Channels.Slack;

/// <summary>
/// Reads the <c>rich_text</c> block that a person's message carries (Slack, "Blocks": rich text). What was typed as plain text stays as typed, for
/// people write Markdown by hand too; what was formatted becomes Markdown. Elements that are not known give their text, or nothing.
/// </summary>
internal static class RichText
{
    /// <summary>Whether a <c>rich_text</c> block is among a message's blocks.</summary>
    public static bool IsIn(JsonElement blocks) => Blocks(blocks).Any();

    /// <summary>The Markdown of a message's blocks; null where no <c>rich_text</c> block is among them.</summary>
    public static string? ToMarkdown(JsonElement blocks, SlackNames names)
    {
        var read = Blocks(blocks).Select(block => Block(block, names)).ToList();
        return read.Count == 0 ? null : string.Join('\n', read);
    }

    /// <summary>Whom and what the <c>rich_text</c> blocks name.</summary>
    public static SlackIds Mentioned(JsonElement blocks) => SlackIds.Of(Blocks(blocks).SelectMany(Named));

    /// <summary>An element's array; none where it has no such array.</summary>
    internal static IEnumerable<JsonElement> Elements(JsonElement element, string name = "elements") =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var elements) && elements.ValueKind == JsonValueKind.Array ? elements.EnumerateArray() : [];

    /// <summary>An element's text or number by name; null where it has none.</summary>
    internal static string? Value(JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out var value)) return null;
        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };
    }

    private static IEnumerable<JsonElement> Blocks(JsonElement blocks) =>
        blocks.ValueKind == JsonValueKind.Array ? blocks.EnumerateArray().Where(block => Value(block, "type") == "rich_text") : [];

    private static string Block(JsonElement block, SlackNames names)
    {
        MarkdownBlocks markdown = new();
        foreach (var element in Elements(block))
        {
            switch (Value(element, "type"))
            {
                case "rich_text_list":
                    List(markdown, element, names);
                    break;
                case "rich_text_preformatted":
                    markdown.Add(MarkdownBlocks.Kind.Code, MarkdownSpelling.Fenced(Unformatted(element, names)));
                    break;
                case "rich_text_quote":
                    markdown.Add(MarkdownBlocks.Kind.Quote, MarkdownBlocks.Quoted(RichTextLine.ToMarkdown(element, names)));
                    break;
                default:
                    markdown.Add(MarkdownBlocks.Kind.Text, RichTextLine.ToMarkdown(element, names));
                    break;
            }
        }

        return markdown.ToString();
    }

    private static void List(MarkdownBlocks markdown, JsonElement list, SlackNames names)
    {
        int? offset = Value(list, "style") == "ordered" ? Count(list, "offset") : null;
        markdown.AddList(Count(list, "indent"), offset, Elements(list).Select(item => RichTextLine.ToMarkdown(item, names)), isQuoted: Count(list, "border") > 0);
    }

    private static string Unformatted(JsonElement element, SlackNames names)
    {
        var text = string.Concat(Elements(element).Select(inline => RichTextLine.Plain(inline, names)));
        return text.EndsWith('\n') ? text[..^1] : text;
    }

    private static int Count(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var count) ? Math.Max(0, count) : 0;

    private static IEnumerable<(char Kind, string Id)> Named(JsonElement element)
    {
        var (kind, id) = Value(element, "type") switch
        {
            "user" => ('@', Value(element, "user_id")),
            "channel" => ('#', Value(element, "channel_id")),
            "usergroup" => ('!', Value(element, "usergroup_id")),
            _ => (' ', null),
        };
        var inside = Elements(element).SelectMany(Named);
        return id is { Length: > 0 } ? inside.Prepend((kind, id)) : inside;
    }
}
