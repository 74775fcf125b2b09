using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace EightD.Bot.Tests.Slack;

/// <summary>
/// What a person typed, as Slack hands it on: <c>@name</c> and <c>#name</c> (or <c>&lt;@U1&gt;</c>, <c>&lt;#C1&gt;</c>, <c>&lt;!here&gt;</c>) become ids, addresses links, and three
/// characters entities.
/// </summary>
internal sealed partial class Typed(SlackWorld world, string typed)
{
    /// <summary>As a command has it with <c>should_escape</c>: with labels.</summary>
    public string ForCommand => Written(withLabels: true);

    /// <summary>As a message's <c>text</c> has it.</summary>
    public string ForMessage => Written(withLabels: false);

    /// <summary>The block that comes with a person's message: exact, where the text is a rendering.</summary>
    public JsonElement RichText => SlackJson.Kept(new JsonArray(new JsonObject
    {
        ["type"] = "rich_text",
        ["block_id"] = world.NewId("rt"),
        ["elements"] = new JsonArray(new JsonObject { ["type"] = "rich_text_section", ["elements"] = new JsonArray([.. Parts().Select(part => (JsonNode)Element(part))]) }),
    }));

    private static JsonObject Element((string Kind, string Text) part) => part.Kind switch
    {
        "user" => SlackJson.Of(new { type = "user", user_id = part.Text }),
        "channel" => SlackJson.Of(new { type = "channel", channel_id = part.Text }),
        "link" => SlackJson.Of(new { type = "link", url = part.Text }),
        "special" when part.Text.StartsWith("subteam^", StringComparison.Ordinal) => SlackJson.Of(new { type = "usergroup", usergroup_id = part.Text["subteam^".Length..].Split('|')[0] }),
        "special" => SlackJson.Of(new { type = "broadcast", range = part.Text.Split('|')[0] }),
        _ => SlackJson.Of(new { type = "text", text = part.Text }),
    };

    private string Written(bool withLabels) => string.Concat(Parts().Select(part => part.Kind switch
    {
        "user" => $"<@{part.Text}{(withLabels ? $"|{world.User(part.Text)?.Name}" : "")}>",
        "channel" => $"<#{part.Text}|{(withLabels ? world.Channel(part.Text)?.Name : "")}>",
        "link" => $"<{Escaped(part.Text)}>",
        "special" => $"<!{part.Text}>",
        _ => Escaped(part.Text),
    }));

    private static string Escaped(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    private IEnumerable<(string Kind, string Text)> Parts()
    {
        var from = 0;
        foreach (Match token in Tokens().Matches(typed))
        {
            if (Meant(token.Value) is not { } meant) continue;
            if (token.Index > from) yield return ("text", typed[from..token.Index]);
            yield return meant;
            from = token.Index + token.Length;
        }

        if (from < typed.Length) yield return ("text", typed[from..]);
    }

    private (string Kind, string Id)? Meant(string token) => token switch
    {
        ['<', '@', .. var id, '>'] => ("user", id.Split('|')[0]),
        ['<', '#', .. var id, '>'] => ("channel", id.Split('|')[0]),
        ['<', '!', .. var special, '>'] => ("special", special),
        ['@', .. var name] => world.User(name) is { } user ? ("user", user.Id) : null,
        ['#', .. var name] => world.Channel(name) is { } channel ? ("channel", channel.Id) : null,
        _ => ("link", token),
    };

    [GeneratedRegex(@"<[@#][A-Z0-9]+(\|[^>]*)?>|<![^<>]+>|https?://[^\s<>]+|(?<![\w.])[@#][A-Za-z0-9][\w-]*", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Tokens();
}
