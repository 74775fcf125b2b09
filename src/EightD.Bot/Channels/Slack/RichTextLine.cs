using System.Globalization;
using System.Text;
using System.Text.Json;
using EightD.Bot.Channels.Spelling;

namespace EightD.Bot.Channels.Slack;

/// <summary>The inline elements of a rich text as Markdown.</summary>
internal static class RichTextLine
{
    /// <summary>The text of a section, a quote or a list's item.</summary>
    public static string ToMarkdown(JsonElement section, SlackNames names)
    {
        var elements = RichText.Elements(section).ToList();
        return StyledLine.ToMarkdown((elements.Count == 0 ? [section] : elements).Select(element => SpanOf(element, names)));
    }

    /// <summary>An element's text without marks, as it stands in a code block.</summary>
    public static string Plain(JsonElement element, SlackNames names) =>
        RichText.Value(element, "type") == "link" ? RichText.Value(element, "text") ?? RichText.Value(element, "url") ?? "" : Text(element, names);

    private static string Text(JsonElement element, SlackNames names) => RichText.Value(element, "type") switch
    {
        "link" => MarkdownSpelling.Link(RichText.Value(element, "url") ?? "", RichText.Value(element, "text")),
        "emoji" => Emoji(element),
        "user" when RichText.Value(element, "user_id") is { } id => "@" + names.User(id, null),
        "channel" when RichText.Value(element, "channel_id") is { } id => "#" + names.Channel(id, null),
        "usergroup" when RichText.Value(element, "usergroup_id") is { } id => "@" + names.Group(id, null),
        "broadcast" => "@" + RichText.Value(element, "range"),
        "date" => MarkdownSpelling.Time(RichText.Value(element, "timestamp")) ?? RichText.Value(element, "fallback") ?? "",
        "color" => RichText.Value(element, "value") ?? "",
        _ => RichText.Value(element, "text") ?? RichText.Value(element, "fallback") ?? "",
    };

    private static string Emoji(JsonElement emoji)
    {
        StringBuilder characters = new();
        foreach (var point in (RichText.Value(emoji, "unicode") ?? "").Split('-'))
        {
            var isPoint = int.TryParse(point, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) && Rune.IsValid(value);
            if (!isPoint) return $":{RichText.Value(emoji, "name")}:";
            characters.Append(new Rune(value).ToString());
        }

        return characters.ToString();
    }

    private static Span SpanOf(JsonElement element, SlackNames names)
    {
        var (style, isLink) = (StyleOf(element), RichText.Value(element, "type") == "link");
        return !isLink ? new(Text(element, names), style) : style.HasFlag(Style.Code) ? new(CodeLink(element), style & ~Style.Code, IsLink: true) : new(Text(element, names), style, IsLink: true);
    }

    private static string CodeLink(JsonElement link)
    {
        var url = RichText.Value(link, "url") ?? "";
        return MarkdownSpelling.LinkAs(url, MarkdownSpelling.Code(RichText.Value(link, "text") is { Length: > 0 } text ? text : url));
    }

    private static Style StyleOf(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty("style", out var style) || style.ValueKind != JsonValueKind.Object) return Style.None;
        return Is("bold", Style.Bold) | Is("italic", Style.Italic) | Is("strike", Style.Strike) | Is("code", Style.Code);

        Style Is(string name, Style flag) => style.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True ? flag : Style.None;
    }
}
