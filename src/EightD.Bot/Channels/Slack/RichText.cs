using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace EightD.Bot.Channels.Slack;

/// <summary>
/// Reads the <c>rich_text</c> block that a person's message carries (Slack, "Blocks": rich text). What was typed as plain text stays as typed, for
/// people write Markdown by hand too; what was formatted becomes Markdown. Elements that are not known give their text, or nothing.
/// </summary>
internal static partial class RichText
{
    /// <summary>Slack goes to eight levels; no more indent than that can be asked for.</summary>
    private const int DeepestIndent = 8, HighestNumber = 999_999;

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
            JsonValueKind.String => Text(value),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };
    }

    private static IEnumerable<JsonElement> Blocks(JsonElement blocks) =>
        blocks.ValueKind == JsonValueKind.Array ? blocks.EnumerateArray().Where(block => Value(block, "type") == "rich_text") : [];

    /// <summary>Half a surrogate pair is a replacement character, as everywhere in an answer; the JSON reader would refuse the whole text.</summary>
    internal static string Text(JsonElement text)
    {
        try
        {
            return text.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            var whole = LoneSurrogate().Replace(text.GetRawText(), match => match.Groups["lone"].Success ? @"\ufffd" : match.Value);
            return JsonSerializer.Deserialize(whole, SlackJson.Default.String) ?? "";
        }
    }

    /// <summary>
    /// A line of text above a list or code reads on into it; below a list or a quote it would belong to their last line, so a blank line parts them.
    /// A blank line that somebody left stays: Slack has it as a line end more at the end of a section, or as a section of its own.
    /// </summary>
    private static string Block(JsonElement block, SlackNames names)
    {
        StringBuilder markdown = new();
        ListLevels levels = new();
        var above = "";
        var isParted = false;
        foreach (var element in Elements(block))
        {
            var kind = Value(element, "type") ?? "";
            if (kind != "rich_text_list") levels = new();
            var text = kind switch
            {
                "rich_text_list" => List(element, levels, names),
                "rich_text_preformatted" => MarkdownSpelling.Fenced(Unformatted(element, names)),
                "rich_text_quote" => Quoted(RichTextLine.ToMarkdown(element, names)),
                _ => RichTextLine.ToMarkdown(element, names),
            };
            var isText = kind is not ("rich_text_list" or "rich_text_preformatted" or "rich_text_quote");
            var parts = isText && (text.EndsWith("\n\n", StringComparison.Ordinal) || (text.StartsWith('\n') && text.AsSpan().Trim('\n').IsEmpty));
            if (isText) text = text.TrimEnd('\n');
            if (text.Length == 0)
            {
                isParted |= parts;
                continue;
            }

            var runsOn = above is "rich_text_list" or "rich_text_quote" && isText;
            if (markdown.Length > 0) markdown.Append((runsOn || isParted) && !text.StartsWith('\n') ? "\n\n" : "\n");
            markdown.Append(text);
            above = kind;
            isParted = parts;
        }

        return markdown.ToString();
    }

    private static string List(JsonElement list, ListLevels levels, SlackNames names)
    {
        var level = Math.Min(Count(list, "indent"), DeepestIndent);
        var isOrdered = Value(list, "style") == "ordered";
        var number = Math.Min(Count(list, "offset"), HighestNumber);
        List<string> items = [];
        foreach (var item in Elements(list))
        {
            number++;
            var marker = isOrdered ? $"{number}. " : "- ";
            var indent = levels.Indent(level, marker.Length);
            var below = "\n" + new string(' ', indent + marker.Length);
            items.Add(new string(' ', indent) + marker + RichTextLine.ToMarkdown(item, names).Trim('\n').Replace("\n", below, StringComparison.Ordinal));
        }

        var markdown = string.Join('\n', items);
        return Count(list, "border") > 0 ? Quoted(markdown) : markdown;
    }

    private static string Quoted(string markdown) =>
        string.Join('\n', markdown.Trim('\n').Split('\n').Select(line => line.Length == 0 ? ">" : "> " + line));

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

    [GeneratedRegex(@"\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?<lone>\\u[dD][89a-fA-F][0-9a-fA-F]{2})", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LoneSurrogate();

    /// <summary>How far the items of each level are indented: below the content of the item above, as wide as its marker is.</summary>
    private sealed class ListLevels
    {
        private readonly int[] _widths = new int[DeepestIndent + 1];

        public int Indent(int level, int width)
        {
            var indent = 0;
            for (var outer = 0; outer < level; outer++) indent += _widths[outer] > 0 ? _widths[outer] : width;
            _widths[level] = width;
            Array.Clear(_widths, level + 1, DeepestIndent - level);
            return indent;
        }
    }
}
