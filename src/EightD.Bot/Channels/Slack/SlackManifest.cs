using System.Text.Json.Nodes;
using EightD.Incidents;
using EightD.Incidents.Commands;

namespace EightD.Bot.Channels.Slack;

/// <summary>What Slack makes the app from (Slack, "App manifest reference"): the commands, shortcuts, events and scopes that this build uses, and no others.</summary>
internal static class SlackManifest
{
    /// <summary>What is hinted at while somebody types the command; the rest is in its help.</summary>
    private static readonly HashSet<string> MostUsed = new(["start", "status", "next", "answer", "note", "team", "contained", "resolved", "action", "publish", "close", "help"], StringComparer.Ordinal);

    private static readonly string[] Events =
    [
        "app_home_opened", "app_mention", "app_uninstalled", "channel_id_changed", "channel_rename", "member_joined_channel", "message.channels", "message.groups", "message.im", "reaction_added", "tokens_revoked",
    ];

    /// <summary>What the bot may do in a workspace: the least with which all of it works.</summary>
    public static IReadOnlyList<string> Scopes { get; } =
    [
        "app_mentions:read", "channels:history", "channels:read", "chat:write", "commands", "files:write", "groups:history", "groups:read", "im:history", "im:write", "reactions:read", "users:read",
    ];

    /// <summary>The manifest as JSON with a line end at its end, the same each time.</summary>
    /// <param name="publicUrl">The address that Slack reaches the bot at; null: Socket Mode, which needs none.</param>
    public static string Draw(Uri? publicUrl)
    {
        JsonNode? At(string path) => publicUrl is null ? null : Address(publicUrl, path);
        return Of(
            ("_metadata", Of(("major_version", 1), ("minor_version", 1))),
            ("display_information", Of(("name", Person.Bot.Name), ("description", ChannelTexts.Get("AppAbout")), ("long_description", ChannelTexts.Get("SlackAppLong")))),
            ("features", Of(
                ("app_home", Of(("home_tab_enabled", true), ("messages_tab_enabled", true), ("messages_tab_read_only_enabled", false))),
                ("bot_user", Of(("display_name", Person.Bot.Name), ("always_online", true))),
                ("shortcuts", new JsonArray(Shortcut("message", SlackReception.CaptureShortcut, "ShortcutCapture"), Shortcut("global", SlackReception.StartShortcut, "ShortcutStart"))),
                ("slash_commands", new JsonArray(Of(
                    ("command", "/8d"), ("url", At(SlackEndpoints.Commands)), ("description", ChannelTexts.Get("SlackCommandAbout")), ("usage_hint", Hint()), ("should_escape", true)))))),
            ("oauth_config", Of(("redirect_urls", publicUrl is null ? null : List([Address(publicUrl, SlackInstall.Return)])), ("scopes", Of(("bot", List(Scopes)))))),
            ("settings", Of(
                ("event_subscriptions", Of(("request_url", At(SlackEndpoints.Events)), ("bot_events", List(Events)))),
                ("interactivity", Of(("is_enabled", true), ("request_url", At(SlackEndpoints.Interactivity)))),
                ("org_deploy_enabled", false), ("socket_mode_enabled", publicUrl is null), ("token_rotation_enabled", false)))).ToJsonString(JsonText.Indented) + "\n";
    }

    /// <summary>An address of the bot as Slack is told it.</summary>
    public static string Address(Uri publicUrl, string path) => publicUrl.AbsoluteUri.TrimEnd('/') + path;

    private static string Hint() => string.Join(" | ", CommandTable.All.Select(command => command.Name).Where(MostUsed.Contains));

    private static JsonObject Shortcut(string type, string id, string text) =>
        Of(("name", ChannelTexts.Get(text)), ("type", type), ("callback_id", id), ("description", ChannelTexts.Get(text + "About")));

    private static JsonArray List(IEnumerable<string> words) => new([.. words.Select(word => JsonValue.Create(word))]);

    /// <summary>An object; members without a value are left out, since Slack takes no null.</summary>
    private static JsonObject Of(params ReadOnlySpan<(string Name, JsonNode? Value)> members)
    {
        JsonObject made = [];
        foreach (var (name, value) in members)
        {
            if (value is not null) made[name] = value;
        }

        return made;
    }
}
