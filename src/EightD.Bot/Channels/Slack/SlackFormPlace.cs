using System.Text.Json;

namespace EightD.Bot.Channels.Slack;

/// <summary>Where a form was opened, and which it is: what a modal carries and brings back.</summary>
/// <param name="Form">The form's id.</param>
/// <param name="Channel">The channel's id; null where it is chosen in the form.</param>
/// <param name="Thread">The thread's; null at the top level.</param>
/// <param name="Captured">The message that the form files; null where it files none.</param>
internal sealed record SlackFormPlace(string Form, string? Channel, string? Thread, CapturedMessage? Captured = null)
{
    /// <summary>The <c>callback_id</c> of every modal that is a form.</summary>
    public const string Callback = "form";

    /// <summary>As it stands in a modal that came back; null where it cannot be read.</summary>
    public static SlackFormPlace? Read(string? metadata)
    {
        try
        {
            return JsonSerializer.Deserialize(metadata ?? "null", SlackJson.Default.SlackFormPlace);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
