namespace EightD.Bot.Channels.Slack;

/// <summary>What the bot may do in a workspace: what it needs, and no more (Slack, "Permission scopes").</summary>
internal static class SlackScopes
{
    /// <summary>In the order in which they are asked for.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "commands", "chat:write", "app_mentions:read", "channels:history", "groups:history", "im:history", "im:write", "channels:read", "groups:read", "users:read", "files:write", "reactions:read",
    ];
}
