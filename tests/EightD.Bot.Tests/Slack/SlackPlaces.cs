using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace EightD.Bot.Tests.Slack;

/// <summary>A workspace with the bot in it, or an organisation that the bot is installed for.</summary>
/// <param name="Id">Such as <c>T0001</c>.</param>
internal sealed record SlackWorkspace(string Id)
{
    /// <summary>The scopes without which the bot does not do its work.</summary>
    public static readonly ImmutableArray<string> LeastScopes =
    [
        "commands", "chat:write", "app_mentions:read", "channels:history", "groups:history", "im:history", "im:write", "channels:read", "groups:read", "users:read",
        "files:write", "reactions:read",
    ];

    /// <summary>Scopes that it may have besides; not <c>chat:write.public</c>, with which it would need to be in no channel.</summary>
    public static readonly ImmutableArray<string> OptionalScopes = ["users:read.email", "pins:write", "bookmarks:write", "channels:join", "usergroups:read"];

    public string Name { get; init; } = Id;

    public string Domain => Id.ToLowerInvariant();

    /// <summary>The organisation that it belongs to, if any.</summary>
    public string? Enterprise { get; init; }

    /// <summary>Whether the app is installed for the whole organisation: payloads then name no team.</summary>
    public bool IsEnterpriseInstall { get; init; }

    /// <summary>The token that the bot was given at first.</summary>
    public string BotToken { get; init; } = $"xoxb-{Id}-1";

    /// <summary>The bot's user.</summary>
    public string BotUser { get; init; } = $"UBOT{Id}";

    public string BotId { get; init; } = $"B{Id}";

    public ImmutableArray<string> Scopes { get; init; } = [.. LeastScopes, .. OptionalScopes];
}

/// <summary>A person, or a bot's user.</summary>
/// <param name="Id">Such as <c>U0012</c>.</param>
/// <param name="Name">The user name, which tests call people by.</param>
internal sealed record SlackUser(string Id, string Name)
{
    public string DisplayName { get; init; } = Name;

    public string RealName { get; init; } = Name;

    public string TimeZone { get; init; } = "Europe/Berlin";

    public string? Email { get; init; }

    public bool IsDeleted { get; init; }

    public bool IsBot { get; init; }

    public string Team { get; init; } = SlackStandIn.HomeTeam;

    /// <summary>As <c>users.info</c> gives it.</summary>
    public JsonObject ToJson() => SlackJson.Of(new
    {
        id = Id,
        team_id = Team,
        name = Name,
        deleted = IsDeleted,
        real_name = RealName,
        tz = TimeZone,
        is_bot = IsBot,
        is_app_user = false,
        profile = new { real_name = RealName, display_name = DisplayName, email = Email, team = Team },
    });
}

/// <summary>A channel, public or private, or the conversation of one person with the bot.</summary>
/// <param name="Id">Such as <c>C0001</c>, <c>D0001</c>.</param>
/// <param name="Name">Without the <c>#</c>.</param>
internal sealed record SlackChannel(string Id, string Name)
{
    public bool IsPrivate { get; init; }

    /// <summary>The person in a direct conversation with the bot; null in a channel.</summary>
    public string? With { get; init; }

    public bool IsIm => With is not null;

    public bool IsArchived { get; init; }

    /// <summary>Whether another company is in it (Slack Connect).</summary>
    public bool IsShared { get; init; }

    public string Team { get; init; } = SlackStandIn.HomeTeam;

    public ImmutableList<string> Members { get; init; } = [];

    /// <summary>How events name its kind.</summary>
    public string Kind => IsIm ? "im" : IsPrivate ? "group" : "channel";

    /// <summary>How commands name it.</summary>
    public string CommandName => IsIm ? "directmessage" : IsPrivate ? "privategroup" : Name;

    /// <summary>As <c>conversations.info</c> gives it to a bot.</summary>
    public JsonObject ToJson(string botUser) => SlackJson.Of(new
    {
        id = Id,
        name = IsIm ? null : Name,
        is_channel = !IsIm && !IsPrivate,
        is_group = !IsIm && IsPrivate,
        is_im = IsIm,
        is_mpim = false,
        is_private = IsPrivate || IsIm,
        is_archived = IsArchived,
        is_member = IsIm ? (bool?)null : Members.Contains(botUser),
        is_ext_shared = IsShared,
        context_team_id = Team,
        user = With,
    });
}
