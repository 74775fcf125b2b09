using System.Text.Json;
using System.Text.Json.Nodes;

namespace EightD.Bot.Tests.Slack;

/// <summary>JSON as it goes over Slack's wire.</summary>
internal static class SlackJson
{
    private static readonly JsonSerializerOptions WithoutNulls = new() { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };

    /// <summary>An object with the properties that are not null.</summary>
    public static JsonObject Of(object properties) => JsonSerializer.SerializeToNode(properties, WithoutNulls)!.AsObject();

    /// <summary>To be kept: it can be read by several at once, which a node cannot.</summary>
    public static JsonElement Kept(JsonNode node) => JsonSerializer.SerializeToElement(node);

    public static JsonElement Parse(string json) => JsonSerializer.Deserialize<JsonElement>(json);

    public static string? String(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>Every text of text objects and rich text, in order.</summary>
    public static IEnumerable<string> TextsIn(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Array => json.EnumerateArray().SelectMany(TextsIn),
        JsonValueKind.Object => json.EnumerateObject().SelectMany(property =>
            property.Name == "text" && property.Value.ValueKind == JsonValueKind.String ? [property.Value.GetString()!] : TextsIn(property.Value)),
        _ => [],
    };
}
