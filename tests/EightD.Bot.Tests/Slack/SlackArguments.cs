using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace EightD.Bot.Tests.Slack;

/// <summary>The arguments of a call, whether they came as JSON, as a form or in the address.</summary>
internal sealed class SlackArguments
{
    private static readonly string[] Nested = ["blocks", "attachments", "metadata", "view", "files", "file_ids"];

    private static readonly string[] Flags =
    [
        "unfurl_links", "unfurl_media", "reply_broadcast", "mrkdwn", "link_names", "as_user", "inclusive", "include_all_metadata", "return_im",
        "include_users", "include_disabled", "exclude_archived", "replace_original", "delete_original",
    ];

    private SlackArguments(JsonElement json) => Json = json;

    /// <summary>All, as one object.</summary>
    public JsonElement Json { get; }

    /// <summary>Whether they came as JSON.</summary>
    public bool IsJson { get; private init; }

    /// <summary>Whether JSON came without its charset, which Slack warns of.</summary>
    public bool LacksCharset { get; private init; }

    public string? this[string name] => Json.TryGetProperty(name, out var value) ? value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        _ => value.GetRawText(),
    } : null;

    public static async Task<SlackArguments> ReadAsync(HttpRequest request)
    {
        JsonObject all = [];
        foreach (var (name, value) in request.Query) all[name] = OfForm(name, value.ToString());
        if (request.HasFormContentType)
        {
            foreach (var (name, value) in await request.ReadFormAsync(request.HttpContext.RequestAborted)) all[name] = OfForm(name, value.ToString());
            return new(SlackJson.Kept(all));
        }

        using StreamReader reader = new(request.Body);
        var body = await reader.ReadToEndAsync(request.HttpContext.RequestAborted);
        if (body.Length == 0 || request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) != true) return new(SlackJson.Kept(all));
        if (Parsed(body) is not JsonObject sent) throw new SlackRefusalException("invalid_json");
        foreach (var (name, value) in sent.Where(property => property.Value is not null)) all[name] = OfJson(name, value!.DeepClone());
        return new(SlackJson.Kept(all)) { IsJson = true, LacksCharset = !request.ContentType.Contains("charset", StringComparison.OrdinalIgnoreCase) };
    }

    /// <summary>Of JSON that is there already.</summary>
    public static SlackArguments Of(JsonElement json) => new(json) { IsJson = true };

    /// <summary>The same, seen by a method that reads no JSON.</summary>
    public SlackArguments Unseen() => new(SlackJson.Kept(new JsonObject())) { IsJson = true, LacksCharset = LacksCharset };

    /// <exception cref="SlackRefusalException">It is missing.</exception>
    public string Needed(string name) => this[name] is { Length: > 0 } value
        ? value
        : throw new SlackRefusalException("invalid_arguments") { Messages = [$"[ERROR] missing required field: {name}"] };

    public JsonElement? Nest(string name) => Json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? value : null;

    public bool Is(string name) => this[name] is "true" or "1";

    public int Number(string name, int otherwise) => int.TryParse(this[name], CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    private static JsonNode? OfForm(string name, string value) => name switch
    {
        _ when Nested.Contains(name) => Parsed(value) ?? value,
        _ when Flags.Contains(name) && value is "true" or "1" => true,
        _ when Flags.Contains(name) && value is "false" or "0" => false,
        _ => value,
    };

    private static JsonNode OfJson(string name, JsonNode value) =>
        Nested.Contains(name) && value.GetValueKind() == JsonValueKind.String ? Parsed(value.GetValue<string>()) ?? value : value;

    private static JsonNode? Parsed(string json)
    {
        try
        {
            return JsonNode.Parse(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
