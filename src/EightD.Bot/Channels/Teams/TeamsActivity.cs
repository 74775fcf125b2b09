using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace EightD.Bot.Channels.Teams;

/// <summary>What Teams posts (Bot Framework, "Activity schema"), as far as it is used here; what else stands in it is passed over.</summary>
internal sealed record TeamsActivity
{
    public string Type { get => field ?? ""; init; } = "";

    /// <summary>Its id. Teams sends it again with the same one where it was not answered in time.</summary>
    public string? Id { get; init; }

    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>Where it is answered, and whatever else is said in its conversation.</summary>
    public Uri? ServiceUrl { get; init; }

    /// <summary><c>msteams</c>.</summary>
    public string? ChannelId { get; init; }

    public TeamsAccount? From { get; init; }

    /// <summary>The bot.</summary>
    public TeamsAccount? Recipient { get; init; }

    public TeamsConversation? Conversation { get; init; }

    /// <summary>A message's words, the bot's mention among them; null where a card's button sent it.</summary>
    public string? Text { get; init; }

    /// <summary><c>plain</c>, <c>markdown</c> or <c>xml</c>.</summary>
    public string? TextFormat { get; init; }

    /// <summary>The message that it is about: the card of a press.</summary>
    public string? ReplyToId { get; init; }

    public IReadOnlyList<TeamsAttachment> Attachments { get => field ?? []; init; } = [];

    public IReadOnlyList<TeamsEntity> Entities { get => field ?? []; init; } = [];

    public TeamsChannelData? ChannelData { get; init; }

    /// <summary>What an invoke or a press brings: its shape depends on <see cref="Name"/>.</summary>
    public JsonElement? Value { get; init; }

    /// <summary>The name of an invoke or event, for example <c>task/fetch</c>.</summary>
    public string? Name { get; init; }

    /// <summary>What an installation update did: <c>add</c> or <c>remove</c>.</summary>
    public string? Action { get; init; }

    public IReadOnlyList<TeamsAccount> MembersAdded { get => field ?? []; init; } = [];

    public IReadOnlyList<TeamsAccount> MembersRemoved { get => field ?? []; init; } = [];

    /// <summary>The time zone of whoever it is from, an IANA name.</summary>
    public string? LocalTimezone { get; init; }
}

/// <summary>A person or the bot.</summary>
/// <param name="Id"><c>29:…</c> for a person, of this bot alone; <c>28:…</c> for a bot.</param>
/// <param name="Name">The display name; null where Teams does not say it.</param>
/// <param name="AadObjectId">The person's id in the directory; null where Teams does not say it.</param>
/// <param name="IsTargeted">Of the bot, whether it alone was told: a slash command.</param>
internal sealed record TeamsAccount(string? Id, string? Name = null, string? AadObjectId = null, bool IsTargeted = false);

/// <summary>A conversation.</summary>
/// <param name="Id"><c>a:…</c> personal, <c>19:…@thread.v2</c> a group chat, <c>19:…@thread.tacv2;messageid=ROOT</c> a thread of a channel.</param>
/// <param name="TenantId">The tenant's id.</param>
/// <param name="ConversationType"><c>personal</c>, <c>groupChat</c> or <c>channel</c>.</param>
internal sealed record TeamsConversation(string? Id, string? TenantId = null, string? ConversationType = null);

/// <summary>What hangs on a message: its words as <c>text/html</c>, a file, a picture, a card.</summary>
internal sealed record TeamsAttachment
{
    public string? ContentType { get; init; }

    public string? ContentUrl { get; init; }

    public string? Name { get; init; }

    public JsonElement? Content { get; init; }
}

/// <summary>A mention, of a person or of the bot; or what is known of the sender's device.</summary>
/// <param name="Type"><c>mention</c> or <c>clientInfo</c>.</param>
/// <param name="Text">The mention as it stands in the message, <c>&lt;at&gt;…&lt;/at&gt;</c>.</param>
/// <param name="Mentioned">Who.</param>
internal sealed record TeamsEntity(string? Type, string? Text = null, TeamsAccount? Mentioned = null);

/// <summary>What Teams adds to an activity.</summary>
internal sealed record TeamsChannelData(TeamsId? Tenant = null, TeamsId? Team = null, TeamsId? Channel = null, string? EventType = null);

/// <summary>Something by its id.</summary>
internal sealed record TeamsId(string? Id, string? Name = null);

/// <summary>What Teams gets for a request.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Json">The body; null for none.</param>
internal sealed record TeamsReply(int Status, string? Json = null)
{
    /// <summary>It was taken.</summary>
    public static readonly TeamsReply Done = new(StatusCodes.Status200OK);

    /// <summary>A press was taken, and there is nothing to say.</summary>
    public static readonly TeamsReply Pressed = Toast(ChannelTexts.Get("TeamsDone"));

    /// <summary>Says a sentence to whoever pressed (Teams, "Universal Actions": response format).</summary>
    public static TeamsReply Toast(string text) => new(StatusCodes.Status200OK, $"{{\"statusCode\":200,\"type\":\"application/vnd.microsoft.activity.message\",\"value\":{JsonText.Of(text)}}}");

    /// <summary>Opens a dialog, or says in it what came of it (Teams, "Task modules").</summary>
    public static TeamsReply Dialog(JsonObject task) => new(StatusCodes.Status200OK, new JsonObject { ["task"] = task }.ToJsonString(JsonText.AsItIs));

    /// <summary>It is an invoke that nobody here knows.</summary>
    public static readonly TeamsReply Unknown = new(StatusCodes.Status501NotImplemented);

    /// <summary>It could not be kept; Teams sends it again.</summary>
    public static readonly TeamsReply NotKept = new(StatusCodes.Status503ServiceUnavailable);
}

/// <summary>The JSON of Teams. A member that is missing is set to null by the generated code, whatever it is initialised with: hence the members that fall back to none.</summary>
[JsonSerializable(typeof(TeamsActivity))]
[JsonSerializable(typeof(TeamsData))]
[JsonSerializable(typeof(TeamsReference))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(string))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class TeamsJson : JsonSerializerContext;
