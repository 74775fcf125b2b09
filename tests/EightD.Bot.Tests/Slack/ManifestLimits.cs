using System.Text.Json;

namespace EightD.Bot.Tests.Slack;

/// <summary>What an app's manifest is held to: closed objects, lengths and counts (slack-protocol.md, section 9).</summary>
internal static class ManifestLimits
{
    public static List<SlackComplaint> Of(JsonElement manifest)
    {
        var look = new Inspection("invalid_manifest");
        Spot at = new(manifest, "");
        look.Closed(at, ["_metadata", "display_information", "features", "oauth_config", "settings"]);
        if (look.Object(at, "_metadata") is { } version) look.Closed(version, ["major_version", "minor_version"]);
        if (look.Object(at, "display_information", isRequired: true) is { } display)
        {
            look.Closed(display, ["name", "description", "long_description", "background_color"]);
            look.String(display, "name", 35, isRequired: true);
            look.String(display, "description", 140);
            look.String(display, "long_description", 4_000, least: 175);
        }

        if (look.Object(at, "features") is { } features) Features(look, features);
        if (look.Object(at, "oauth_config") is { } oauth) OAuth(look, oauth);
        if (look.Object(at, "settings") is { } settings) Settings(look, settings);
        return look.Found;
    }

    private static void Features(Inspection look, Spot features)
    {
        look.Closed(features, ["app_home", "bot_user", "shortcuts", "slash_commands", "unfurl_domains"]);
        if (look.Object(features, "app_home") is { } home)
        {
            look.Closed(home, ["home_tab_enabled", "messages_tab_enabled", "messages_tab_read_only_enabled"]);
        }

        if (look.Object(features, "bot_user") is { } bot)
        {
            look.Closed(bot, ["display_name", "always_online"]);
            look.String(bot, "display_name", 80, isRequired: true);
        }

        foreach (var shortcut in look.Array(features, "shortcuts", 0, 10))
        {
            look.Closed(shortcut, ["name", "type", "callback_id", "description"]);
            look.String(shortcut, "name", 24, isRequired: true);
            look.OneOf(shortcut, "type", "message", "global");
            look.String(shortcut, "callback_id", 255, isRequired: true);
            look.String(shortcut, "description", 150, isRequired: true);
        }

        foreach (var command in look.Array(features, "slash_commands", 0, 50))
        {
            look.Closed(command, ["command", "url", "description", "usage_hint", "should_escape"]);
            if (look.String(command, "command", 32, isRequired: true)?.StartsWith('/') == false) look.Refuse(command.To("command"), "does not begin with /");
            look.String(command, "description", 2_000, isRequired: true);
            look.String(command, "usage_hint", 1_000);
            if (look.Flag(command, "should_escape") != true) look.Remark(command.To("should_escape"), "must be true: else nobody who is mentioned can be found");
        }
    }

    private static void OAuth(Inspection look, Spot oauth)
    {
        look.Closed(oauth, ["redirect_urls", "scopes", "pkce_enabled"]);
        look.Array(oauth, "redirect_urls", 0, 1_000);
        if (look.Object(oauth, "scopes") is not { } scopes) return;
        look.Closed(scopes, ["bot", "bot_optional", "user", "user_optional"]);
        look.Array(scopes, "bot", 0, 255);
    }

    private static void Settings(Inspection look, Spot settings)
    {
        look.Closed(settings, ["event_subscriptions", "interactivity", "org_deploy_enabled", "socket_mode_enabled", "token_rotation_enabled", "allowed_ip_address_ranges", "is_hosted"]);
        if (look.Object(settings, "event_subscriptions") is { } events)
        {
            look.Closed(events, ["request_url", "bot_events", "user_events"]);
            look.Array(events, "bot_events", 0, 100);
        }

        if (look.Object(settings, "interactivity") is { } interactivity) look.Closed(interactivity, ["is_enabled", "request_url", "message_menu_options_url"]);
    }
}
