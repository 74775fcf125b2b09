using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EightD.Bot.Tests.Slack;

/// <summary>A message as it is now; an older one may be what somebody still sees.</summary>
internal sealed record SlackMessage(string Channel, string Ts)
{
    public required string User { get; init; }

    public required string Team { get; init; }

    /// <summary>The bot that posted it; null where a person did.</summary>
    public string? BotId { get; init; }

    public string Text { get; init; } = "";

    public JsonElement? Blocks { get; init; }

    public string? ThreadTs { get; init; }

    /// <summary>Whether a reply stands in the channel as well.</summary>
    public bool IsBroadcast { get; init; }

    public JsonElement? Metadata { get; init; }

    public string? EditedTs { get; init; }

    public string? Subtype { get; init; }

    public ImmutableList<SlackFile> Files { get; init; } = [];

    /// <summary>Reactions as <c>name by user</c>.</summary>
    public ImmutableList<(string Name, string User)> Reactions { get; init; } = [];

    /// <summary>The only person who sees it; null where all do.</summary>
    public string? To { get; init; }

    public bool IsEphemeral => To is not null;

    /// <summary>Whether it is no reply.</summary>
    public bool IsTopLevel => ThreadTs is null || ThreadTs == Ts;

    /// <summary>What can be pressed, in order.</summary>
    public IReadOnlyList<SlackButton> Buttons => [.. SlackElement.In(Blocks).Where(element => element.Type == "button").Select(SlackButton.Of)];

    /// <summary>All text of the blocks, a line each: what is read on a screen.</summary>
    public string Shown => Blocks is { } blocks && blocks.GetArrayLength() > 0 ? string.Join('\n', SlackJson.TextsIn(blocks)) : Text;

    /// <summary>As the Web API and events give it.</summary>
    public JsonObject ToJson(bool withMetadata = false) => SlackJson.Of(new
    {
        type = "message",
        subtype = Subtype,
        user = User,
        bot_id = BotId,
        app_id = BotId is null ? null : SlackStandIn.AppId,
        team = Team,
        text = Text,
        ts = Ts,
        thread_ts = ThreadTs,
        blocks = Blocks,
        files = Files.IsEmpty ? null : Files.Select(file => file.ToJson()),
        metadata = withMetadata ? Metadata : null,
        edited = EditedTs is null ? null : new { user = User, ts = EditedTs },
        reactions = Reactions.IsEmpty ? null : Reactions.GroupBy(reaction => reaction.Name).Select(group => new { name = group.Key, users = group.Select(reaction => reaction.User), count = group.Count() }),
    });
}

/// <summary>A button of a message or a view.</summary>
internal sealed record SlackButton(string Label, string ActionId, string BlockId, string? Value, string? Url)
{
    public static SlackButton Of(SlackElement element) => new(
        element.Json.GetProperty("text").GetProperty("text").GetString()!, element.ActionId, element.BlockId, SlackJson.String(element.Json, "value"), SlackJson.String(element.Json, "url"));
}

/// <summary>A file that a person or the bot uploaded.</summary>
internal sealed record SlackFile(string Id, string Name)
{
    public string Title { get; init; } = Name;

    public string MimeType { get; init; } = "text/plain";

    public ImmutableArray<byte> Bytes { get; init; } = [];

    /// <summary>Where its bytes are, for a bearer of the bot's token.</summary>
    public Uri? Private { get; init; }

    public string Permalink => $"https://{SlackStandIn.HomeTeam.ToLowerInvariant()}.slack.com/files/{Id}/{Uri.EscapeDataString(Name)}";

    public JsonObject ToJson() => SlackJson.Of(new
    {
        id = Id,
        name = Name,
        title = Title,
        mimetype = MimeType,
        size = Bytes.Length,
        mode = "hosted",
        url_private = Private?.AbsoluteUri,
        url_private_download = Private?.AbsoluteUri,
        permalink = Permalink,
    });
}
