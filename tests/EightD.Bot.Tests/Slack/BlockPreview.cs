using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace EightD.Bot.Tests.Slack;

/// <summary>Blocks as a page, to look at: near enough to Slack to see what is too long, missing or out of order.</summary>
internal static partial class BlockPreview
{
    private const string Style = """
        body { font: 15px/1.47 Lato, "Segoe UI", sans-serif; color: #1d1c1d; background: #f8f8f8; margin: 0; padding: 24px; display: flex; gap: 24px; align-items: flex-start }
        article { background: #fff; border: 1px solid #ddd; border-radius: 8px; padding: 16px 20px; width: 460px } article.reply { margin-left: 24px }
        h1 { font-size: 18px; margin: 0 0 8px } h2 { font-size: 13px; color: #616061; margin: 0 0 12px; font-weight: 400 } p { margin: 8px 0; white-space: pre-wrap }
        .fields { display: grid; grid-template-columns: 1fr 1fr; gap: 8px 16px } .fields p { margin: 0 }
        button { font: inherit; font-weight: 700; font-size: 13px; background: #fff; border: 1px solid #bbb; border-radius: 4px; padding: 4px 12px; margin: 4px 8px 4px 0 }
        label { display: block; font-weight: 700; margin: 14px 0 4px } small { display: block; color: #616061; margin-top: 4px }
        .input { border: 1px solid #868686; border-radius: 4px; padding: 6px 10px; min-height: 22px; white-space: pre-wrap } .many { min-height: 66px }
        code { background: #eee; border-radius: 3px; padding: 1px 4px } .quote { border-left: 4px solid #ddd; padding-left: 10px; display: block }
        """;

    /// <summary>A page with some surfaces beside each other.</summary>
    public static string Page(params IEnumerable<string> surfaces) => $"<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Slack</title><style>{Style}</style><body>{string.Concat(surfaces)}</body></html>";

    /// <summary>Messages below each other.</summary>
    public static string Of(string name, IEnumerable<SlackMessage> messages) =>
        $"<div>{string.Concat(messages.Select(message => $"<article class=\"{(message.ThreadTs is null ? "" : "reply")}\"><h2>{Encoded(name)}{(message.IsEphemeral ? " · only you see this" : "")}</h2>{Blocks(message.Blocks!.Value)}{string.Concat(message.Files.Select(file => $"<p>📄 {Encoded(file.Name)}</p>"))}</article><br>"))}</div>";

    /// <summary>A modal or a home view.</summary>
    public static string Of(SlackView view) => $"<article>{(view.Title.Length > 0 ? $"<h1>{Encoded(view.Title)}</h1>" : "")}{Blocks(view.Blocks)}</article>";

    private static string Blocks(JsonElement blocks) => string.Concat(blocks.EnumerateArray().Select(Block));

    private static string Block(JsonElement block) => SlackJson.String(block, "type") switch
    {
        "header" => $"<h1>{Text(block.GetProperty("text"))}</h1>",
        "section" => (block.TryGetProperty("text", out var text) ? $"<p>{Text(text)}</p>" : "")
            + (block.TryGetProperty("fields", out var fields) ? $"<div class=\"fields\">{string.Concat(fields.EnumerateArray().Select(field => $"<p>{Text(field)}</p>"))}</div>" : ""),
        "actions" => string.Concat(block.GetProperty("elements").EnumerateArray().Select(element => $"<button>{Text(element.GetProperty("text"))}</button>")),
        "input" => $"<label>{Text(block.GetProperty("label"))}{(block.TryGetProperty("optional", out var optional) && optional.GetBoolean() ? " (optional)" : "")}</label>{Element(block.GetProperty("element"))}"
            + (block.TryGetProperty("hint", out var hint) ? $"<small>{Text(hint)}</small>" : ""),
        var other => $"<p>[{other}]</p>",
    };

    private static string Element(JsonElement element)
    {
        var isMany = element.TryGetProperty("multiline", out var multiline) && multiline.GetBoolean();
        var value = element.TryGetProperty("initial_option", out var option) ? Text(option.GetProperty("text")) + " ▾" : Encoded(SlackJson.String(element, "initial_value") ?? "");
        return $"<div class=\"input{(isMany ? " many" : "")}\">{value}</div>";
    }

    private static string Text(JsonElement text)
    {
        var said = SlackJson.String(text, "text") ?? "";
        if (SlackJson.String(text, "type") == "plain_text") return Encoded(said);
        said = Link().Replace(said, "<u>${text}</u>"); // what people wrote is escaped already
        said = Bold().Replace(said, "<b>${text}</b>");
        said = Code().Replace(said, "<code>${text}</code>");
        return string.Join('\n', said.Split('\n').Select(line => line.StartsWith('>') ? $"<span class=\"quote\">{line[1..].TrimStart()}</span>" : line));
    }

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);

    [GeneratedRegex(@"<[^|>]+\|(?<text>[^>]+)>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();

    [GeneratedRegex(@"(?<![\w*])\*(?<text>[^*\n]+)\*(?![\w*])", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Bold();

    [GeneratedRegex("`(?<text>[^`\n]+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();
}
