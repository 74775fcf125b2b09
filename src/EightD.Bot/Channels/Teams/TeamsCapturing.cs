using System.Globalization;
using System.Text.Json;

namespace EightD.Bot.Channels.Teams;

/// <summary>Reads what a message action brings (Teams, "Action commands").</summary>
internal static class TeamsCapturing
{
    /// <summary>Which of the manifest's message commands was chosen.</summary>
    public static string? CommandOf(JsonElement value) => value.Text("commandId");

    /// <summary>The message that somebody chose the command of (<c>messagePayload</c>), and what it says, as Markdown; null where there is none.</summary>
    public static (CapturedMessage Whose, string Text)? Of(JsonElement value)
    {
        if (In(value, "messagePayload") is not { ValueKind: JsonValueKind.Object } message) return null;
        var from = In(In(message, "from"), "user") is { ValueKind: JsonValueKind.Object } user ? user : In(In(message, "from"), "application");
        var (body, name) = (In(message, "body"), from.Text("displayName") ?? ChannelTexts.Get("SomeApp"));
        var content = body.Text("content") ?? "";
        var text = body.Text("contentType") == "text" ? content : TeamsHtml.Read(content, bot: null)?.Markdown ?? content;
        var at = DateTimeOffset.TryParse(message.Text("createdDateTime"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var said) ? said.ToString("O", CultureInfo.InvariantCulture) : "";
        return (new(from.Text("id") ?? name, name, at, message.Text("linkToMessage")), text);
    }

    private static JsonElement In(JsonElement element, string name) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var inner) ? inner : default;
}
