using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EightD.Bot.Tests.Slack;

/// <summary>A workspace with the bot in it, or an organisation that the bot is installed for.</summary>
/// <param name="Id">Such as <c>T0001</c>.</param>
internal sealed record SlackWorkspace(string Id)
{
    /// <summary>The scopes without which the bot does not do its work, and those that it may have.</summary>
    public static readonly ImmutableArray<string> AllScopes =
    [
        "commands", "chat:write", "app_mentions:read", "channels:history", "groups:history", "im:history", "im:read", "im:write", "channels:read", "groups:read",
        "users:read", "files:write", "reactions:read", "reactions:write", "users:read.email", "pins:write", "bookmarks:write", "channels:join", "usergroups:read",
    ];

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

    public ImmutableArray<string> Scopes { get; init; } = AllScopes;
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
    public string Shown => Blocks is { } blocks ? string.Join('\n', SlackJson.TextsIn(blocks)) : Text;

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

/// <summary>An open modal, or a Home tab, as it is now.</summary>
internal sealed record SlackView(string Id, string User, string Team)
{
    /// <summary>As the bot sent it, with the ids filled in that Slack makes.</summary>
    public required JsonElement Json { get; init; }

    public required string Hash { get; init; }

    public required string Root { get; init; }

    public string? Previous { get; init; }

    /// <summary>What has been typed and chosen since it was opened, by block and action.</summary>
    public ImmutableDictionary<(string Block, string Action), JsonElement> Typed { get; init; } = ImmutableDictionary<(string, string), JsonElement>.Empty;

    public string Title => SlackJson.String(Json.TryGetProperty("title", out var title) ? title : default, "text") ?? "";

    public string? CallbackId => SlackJson.String(Json, "callback_id");

    public string? ExternalId => SlackJson.String(Json, "external_id");

    public string PrivateMetadata => SlackJson.String(Json, "private_metadata") ?? "";

    public JsonElement Blocks => Json.GetProperty("blocks");

    public IReadOnlyList<SlackElement> Elements => [.. SlackElement.In(Blocks)];

    /// <summary>What can be filled in, in order.</summary>
    public IReadOnlyList<SlackElement> Inputs => [.. Elements.Where(element => element.IsStateful)];

    public IReadOnlyList<SlackButton> Buttons => [.. Elements.Where(element => element.Type == "button").Select(SlackButton.Of)];

    /// <summary>All text of the blocks, a line each.</summary>
    public string Shown => string.Join('\n', SlackJson.TextsIn(Blocks));

    /// <summary>What stands in an input now, as <c>state.values</c> has it.</summary>
    public JsonElement ValueOf(SlackElement input) => Typed.TryGetValue((input.BlockId, input.ActionId), out var typed) ? typed : input.Initial();

    /// <summary>As payloads and answers have it.</summary>
    public JsonObject ToJson()
    {
        var view = JsonObject.Create(Json)!.DeepClone().AsObject();
        foreach (var (name, value) in SlackJson.Of(new { id = Id, team_id = Team, hash = Hash, root_view_id = Root, app_id = SlackStandIn.AppId, app_installed_team_id = Team, bot_id = $"B{Team}" }).ToList()) view[name] = value!.DeepClone();
        view["previous_view_id"] = Previous;
        view["private_metadata"] ??= "";
        view["callback_id"] ??= "";
        view["external_id"] ??= "";
        view["state"] = new JsonObject { ["values"] = Values() };
        return view;
    }

    private JsonObject Values()
    {
        var values = new JsonObject();
        foreach (var block in Inputs.GroupBy(input => input.BlockId))
        {
            values[block.Key] = new JsonObject(block.Select(input => KeyValuePair.Create<string, JsonNode?>(input.ActionId, JsonObject.Create(ValueOf(input)))));
        }

        return values;
    }
}

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
