using System.Text.Json;
using System.Text.Json.Serialization;

namespace EightD.Bot.Channels.Slack;

/// <summary>A slash command (Slack, "Enabling interactivity with slash commands").</summary>
/// <param name="Enterprise">The organisation's id; null outside one.</param>
/// <param name="Team">The workspace's id.</param>
/// <param name="Channel">The channel's id.</param>
/// <param name="ChannelName"><c>directmessage</c> in a direct message, <c>privategroup</c> in a private channel.</param>
/// <param name="User">Who typed it.</param>
/// <param name="UserName">What that person is called where nothing better is known.</param>
/// <param name="Text">What stands after the command, in Slack's escapes.</param>
/// <param name="Trigger">Opens a form within three seconds, once; and tells one command from another.</param>
/// <param name="ResponseUrl">Where it may be answered, a secret.</param>
internal sealed record SlackCommand(
    string? Enterprise, string? Team, string Channel, string ChannelName, string User, string UserName, string Text, string Trigger, Uri? ResponseUrl);

/// <summary>A press, a submitted form, a shortcut (Slack, "Interaction payloads").</summary>
internal sealed record SlackInteraction
{
    public string Type { get => field ?? ""; init; } = "";

    [JsonConverter(typeof(SlackIdConverter))]
    public string? Team { get; init; }

    [JsonConverter(typeof(SlackIdConverter))]
    public string? Enterprise { get; init; }

    public SlackUser? User { get; init; }

    public string? TriggerId { get; init; }

    public Uri? ResponseUrl { get; init; }

    [JsonConverter(typeof(SlackIdConverter))]
    public string? Channel { get; init; }

    public SlackContainer? Container { get; init; }

    public SlackMessage? Message { get; init; }

    public string? MessageTs { get; init; }

    public string? CallbackId { get; init; }

    public string? ActionTs { get; init; }

    public IReadOnlyList<SlackAction> Actions { get => field ?? []; init; } = [];

    public SlackView? View { get; init; }

    public IReadOnlyList<SlackResponseUrl> ResponseUrls { get => field ?? []; init; } = [];
}

/// <summary>Where a submitted form may be answered: in the channel that was chosen in it.</summary>
internal sealed record SlackResponseUrl(string? ChannelId, Uri? ResponseUrl);

/// <summary>Who pressed.</summary>
internal sealed record SlackUser(string Id, string? Username, string? Name, string? TeamId);

/// <summary>Where the pressed button is.</summary>
internal sealed record SlackContainer(string? Type, string? MessageTs, string? ChannelId, bool IsEphemeral, string? ThreadTs, string? ViewId);

/// <summary>What was pressed or chosen.</summary>
internal sealed record SlackAction(string? Type, string? BlockId, string? ActionId, string? ActionTs, string? Value, SlackOption? SelectedOption);

/// <summary>An option that was chosen.</summary>
internal sealed record SlackOption(string? Value);

/// <summary>A modal, as it comes back.</summary>
internal sealed record SlackView
{
    public string Id { get => field ?? ""; init; } = "";

    public string Hash { get => field ?? ""; init; } = "";

    public string? CallbackId { get; init; }

    public string? PrivateMetadata { get; init; }

    public SlackState? State { get; init; }

    public IReadOnlyList<SlackInputBlock> Blocks { get => field ?? []; init; } = [];

    public string? AppInstalledTeamId { get; init; }
}

/// <summary>A block of a modal that came back: its place is what is read of it.</summary>
internal sealed record SlackInputBlock(string? Type, string? BlockId);

/// <summary>What a modal's inputs hold, by block and action.</summary>
internal sealed record SlackState(IReadOnlyDictionary<string, IReadOnlyDictionary<string, SlackInput>> Values);

/// <summary>What an input holds.</summary>
internal sealed record SlackInput(string? Type, string? Value, SlackOption? SelectedOption, string? SelectedConversation);

/// <summary>A message as a payload or an answer of the Web API holds it.</summary>
internal sealed record SlackMessage
{
    public string? Ts { get; init; }

    public string? ThreadTs { get; init; }

    public string? Subtype { get; init; }

    [JsonConverter(typeof(SlackIdConverter))]
    public string? User { get; init; }

    public string? BotId { get; init; }

    public string? Username { get; init; }

    public string? Text { get; init; }

    public JsonElement? Blocks { get; init; }

    public IReadOnlyList<SlackFile> Files { get => field ?? []; init; } = [];

    public SlackEdit? Edited { get; init; }

    public SlackMetadata? Metadata { get; init; }
}

/// <summary>A file that hangs on a message.</summary>
internal sealed record SlackFile(
    string? Id, string? Name, string? Title, string? Permalink);

/// <summary>When a message was edited last.</summary>
internal sealed record SlackEdit(string? Ts);

/// <summary>What the bot marked its message with: the id of the effect that it is.</summary>
internal sealed record SlackMetadata(string? EventType, SlackMark? EventPayload);

/// <summary>The id of an effect.</summary>
internal sealed record SlackMark(string? Id);

/// <summary>What the Events API sends (Slack, "Events API").</summary>
internal sealed record SlackEnvelope
{
    public string Type { get => field ?? ""; init; } = "";

    public string? Challenge { get; init; }

    public string? TeamId { get; init; }

    public string? EnterpriseId { get; init; }

    public string? EventId { get; init; }

    public IReadOnlyList<SlackAuthorization> Authorizations { get => field ?? []; init; } = [];

    public SlackEvent? Event { get; init; }
}

/// <summary>For which installation an event is.</summary>
internal sealed record SlackAuthorization(string? EnterpriseId, string? TeamId, string? UserId);

/// <summary>An event: a message, a mention, a reaction, a change of a channel.</summary>
internal sealed record SlackEvent
{
    public string Type { get => field ?? ""; init; } = "";

    public string? Subtype { get; init; }

    [JsonConverter(typeof(SlackIdConverter))]
    public string? Channel { get; init; }

    public string? ChannelType { get; init; }

    [JsonConverter(typeof(SlackIdConverter))]
    public string? User { get; init; }

    public string? BotId { get; init; }

    public bool Hidden { get; init; }

    public string? Text { get; init; }

    public string? Ts { get; init; }

    public string? ThreadTs { get; init; }

    public string? EventTs { get; init; }

    public JsonElement? Blocks { get; init; }

    public IReadOnlyList<SlackFile> Files { get => field ?? []; init; } = [];

    public SlackMessage? Message { get; init; }

    public SlackMessage? PreviousMessage { get; init; }

    public string? DeletedTs { get; init; }

    public string? Reaction { get; init; }

    public SlackItem? Item { get; init; }

    public string? Tab { get; init; }

    public string? OldChannelId { get; init; }

    public string? NewChannelId { get; init; }
}

/// <summary>What somebody reacted to.</summary>
internal sealed record SlackItem(string? Type, string? Channel, string? Ts);

/// <summary>An id that stands alone, or as the <c>id</c> of an object: Slack writes both.</summary>
internal sealed class SlackIdConverter : JsonConverter<string>
{
    /// <inheritdoc/>
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String) return reader.GetString();
        using var found = JsonDocument.ParseValue(ref reader);
        return found.RootElement.ValueKind == JsonValueKind.Object && found.RootElement.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String ? id.GetString() : null;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}

/// <summary>
/// The JSON of Slack, as far as it is used here; what else stands in it is passed over. A member that is missing is set to null by the generated code, whatever
/// it is initialised with: hence the members that fall back to none.
/// </summary>
[JsonSerializable(typeof(SlackInteraction))]
[JsonSerializable(typeof(SlackEnvelope))]
[JsonSerializable(typeof(SlackAnswer))]
[JsonSerializable(typeof(SlackFormPlace))]
[JsonSerializable(typeof(SlackProfile))]
[JsonSerializable(typeof(SlackInstalled))]
[JsonSerializable(typeof(JsonElement))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class SlackJson : JsonSerializerContext;
