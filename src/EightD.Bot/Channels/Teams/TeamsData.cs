using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace EightD.Bot.Channels.Teams;

/// <summary>What a card's buttons and dialogs carry, and bring back.</summary>
/// <param name="Press">What a button does.</param>
/// <param name="Form">Which form it is.</param>
internal sealed record TeamsData(TeamsPress? Press = null, TeamsFormPlace? Form = null)
{
    /// <summary>The name that it stands under, beside what people typed.</summary>
    public const string Name = "eightd";

    /// <summary>What an activity's value carries; null where it carries nothing of ours.</summary>
    public static TeamsData? Of(JsonElement value)
    {
        try
        {
            return Within(value) is { ValueKind: JsonValueKind.Object } data && data.TryGetProperty(Name, out var own) ? own.Deserialize(TeamsJson.Default.TeamsData) : null;
        }
        catch (JsonException)
        {
            return null; // somebody else's
        }
    }

    /// <summary>The data of an activity's value: its own, a dialog's, or a card's action's (Teams, "Universal Actions"; "Task modules").</summary>
    public static JsonElement Within(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object) return value;
        if (value.TryGetProperty("action", out var action) && action.ValueKind == JsonValueKind.Object && action.TryGetProperty("data", out var executed)) return executed;
        return value.TryGetProperty("data", out var data) ? data : value;
    }

    /// <summary>As it stands in a button.</summary>
    public JsonObject ToJson(bool opensDialog = false)
    {
        JsonObject data = new() { [Name] = JsonSerializer.SerializeToNode(this, TeamsJson.Default.TeamsData) };
        if (opensDialog) data["msteams"] = new JsonObject { ["type"] = "task/fetch" };
        return data;
    }
}

/// <summary>What a button does.</summary>
/// <param name="Action">Its action.</param>
/// <param name="Value">To what.</param>
/// <param name="About">Where it belongs, where it is shown elsewhere; null: where it is shown.</param>
/// <param name="IsOnCard">Whether it is on the one card of the 8D.</param>
internal sealed record TeamsPress(string Action, string Value, TeamsAbout? About = null, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool IsOnCard = false);

/// <summary>A conversation and a thread of it.</summary>
internal sealed record TeamsAbout(string Conversation, string? Root);

/// <summary>Which form a dialog is.</summary>
/// <param name="Form">The form's id.</param>
/// <param name="Opener">The button that opened it.</param>
/// <param name="Captured">The message that it files; null where it files none.</param>
/// <param name="Dialog">Tells one dialog from another.</param>
/// <param name="Attempt">How often it came back refused: the same words submitted once more are another request.</param>
internal sealed record TeamsFormPlace(string Form, TeamsPress Opener, CapturedMessage? Captured, string Dialog, int Attempt)
{
    /// <summary>The form that an activity's value submits; null where it submits none.</summary>
    public static TeamsFormPlace? Of(JsonElement value) => TeamsData.Of(value)?.Form;
}
