using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace EightD.Bot.Tests.Slack;

/// <summary>Markdown as a person makes it with Slack's editor: the <c>rich_text</c> block that comes of it. A blank line is a line end of its own in a section.</summary>
internal static partial class RichTyped
{
    /// <summary>The blocks of a message.</summary>
    public static string Of(string markdown)
    {
        JsonArray elements = [], section = [];
        var lines = markdown.Split('\n');
        for (var at = 0; at < lines.Length; at++)
        {
            var item = Item().Match(lines[at]);
            if (lines[at].StartsWith("```", StringComparison.Ordinal))
            {
                Flush(elements, ref section);
                var end = Array.FindIndex(lines, at + 1, line => line.StartsWith("```", StringComparison.Ordinal));
                elements.Add((JsonNode)SlackJson.Of(new { type = "rich_text_preformatted", border = 0, elements = new[] { new { type = "text", text = string.Join('\n', lines[(at + 1)..end]) } } }));
                at = end;
            }
            else if (item.Success)
            {
                Flush(elements, ref section);
                Add(elements, item);
            }
            else
            {
                foreach (var inline in Inlines(at < lines.Length - 1 ? lines[at] + "\n" : lines[at])) section.Add(inline);
            }
        }

        Flush(elements, ref section);
        return new JsonArray(new JsonObject { ["type"] = "rich_text", ["block_id"] = "typed", ["elements"] = elements }).ToJsonString();
    }

    private static void Flush(JsonArray elements, ref JsonArray section)
    {
        if (section.Count > 0) elements.Add((JsonNode)new JsonObject { ["type"] = "rich_text_section", ["elements"] = section });
        section = [];
    }

    /// <summary>An item goes into the list above it where that has the same style and level.</summary>
    private static void Add(JsonArray elements, Match item)
    {
        var (style, indent) = (item.Groups["number"].Success ? "ordered" : "bullet", item.Groups["indent"].Length > 0 ? 1 : 0);
        JsonNode content = new JsonObject { ["type"] = "rich_text_section", ["elements"] = new JsonArray([.. Inlines(item.Groups["text"].Value)]) };
        if (elements.LastOrDefault() is JsonObject last && last["style"]?.GetValue<string>() == style && last["indent"]!.GetValue<int>() == indent)
        {
            last["elements"]!.AsArray().Add(content);
            return;
        }

        var list = new JsonObject { ["type"] = "rich_text_list", ["style"] = style, ["indent"] = indent, ["border"] = 0, ["elements"] = new JsonArray(content) };
        if (style == "ordered" && int.Parse(item.Groups["number"].Value, CultureInfo.InvariantCulture) is > 1 and var number) list["offset"] = number - 1;
        elements.Add((JsonNode)list);
    }

    private static IEnumerable<JsonNode> Inlines(string line)
    {
        var from = 0;
        foreach (Match marked in Marked().Matches(line))
        {
            if (marked.Index > from) yield return Text(line[from..marked.Index], style: null);
            if (marked.Groups["url"].Success) yield return SlackJson.Of(new { type = "link", url = marked.Groups["url"].Value, text = marked.Groups["label"].Value });
            else yield return Text(marked.Groups["inner"].Value, marked.Value[0] switch { '`' => "code", '~' => "strike", _ when marked.Value.StartsWith("**", StringComparison.Ordinal) => "bold", _ => "italic" });
            from = marked.Index + marked.Length;
        }

        if (from < line.Length) yield return Text(line[from..], style: null);
    }

    private static JsonObject Text(string text, string? style)
    {
        var made = SlackJson.Of(new { type = "text", text });
        if (style is not null) made["style"] = new JsonObject { [style] = true };
        return made;
    }

    [GeneratedRegex(@"^(?<indent> *)(?:(?<number>\d+)\.|-) (?<text>.+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Item();

    [GeneratedRegex(@"\*\*(?<inner>[^*]+)\*\*|\*(?<inner>[^*\s][^*]*)\*|~~(?<inner>[^~]+)~~|`(?<inner>[^`]+)`|\[(?<label>[^\]]+)\]\((?<url>[^)]+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Marked();
}
