using System.Text.Json;
using System.Text.Json.Serialization;
using EightD.Incidents.Cards;

namespace EightD.Bot.Channels.Playground;

/// <summary>A message of the playground, as its API gives it and as a page of the store keeps it.</summary>
internal sealed record TalkMessage
{
    /// <summary>16 hexadecimal digits, made from the request or the effect: the same is never said twice.</summary>
    public required string Id { get; init; }

    /// <summary>The message under which it hangs; null at the top level.</summary>
    public required string? Thread { get; init; }

    /// <summary>Who said it.</summary>
    public required string From { get; init; }

    /// <summary>The one person who sees it; null for everybody.</summary>
    public required string? To { get; init; }

    /// <summary>Markdown.</summary>
    public required string Text { get; init; }

    /// <summary>The card, in no channel's words; null where there is none.</summary>
    public required Card? Card { get; init; }

    /// <summary>Whether it was changed after it was said.</summary>
    public required bool Edited { get; init; }

    /// <summary>When it was said, in UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Whom it mentions, where the conversation is private: they are in it from then on.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Mentioned { get; init; }

    /// <summary>Of a direct message the conversation whose 8D it is about: its buttons and forms go there. Null for any other.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Conversation { get; init; }

    /// <summary>Whether a person sees it.</summary>
    public bool IsSeenBy(string? person) => To is null || To == person;
}

/// <summary>A message with the HTML that the playground's own page shows.</summary>
internal sealed record ShownMessage(
    string Id, string? Thread, string From, string? To, string Text, ShownCard? Card, bool Edited, DateTimeOffset At,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Html,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Conversation);

/// <summary>A card with its body's HTML.</summary>
internal sealed record ShownCard(
    string Title, IReadOnlyList<Field> Fields, string? Body, IReadOnlyList<Button> Buttons,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? BodyHtml);

/// <summary>The playground's JSON.</summary>
[JsonSerializable(typeof(TalkMessage))]
[JsonSerializable(typeof(List<TalkMessage>))]
[JsonSerializable(typeof(MessagesAnswer))]
[JsonSerializable(typeof(ConversationsAnswer))]
[JsonSerializable(typeof(ShownMessage))]
[JsonSerializable(typeof(SaidAnswer))]
[JsonSerializable(typeof(FormAnswer))]
[JsonSerializable(typeof(ErrorsAnswer))]
[JsonSerializable(typeof(ErrorAnswer))]
[JsonSerializable(typeof(SayRequest))]
[JsonSerializable(typeof(PressRequest))]
[JsonSerializable(typeof(SubmitRequest))]
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
internal sealed partial class PlaygroundJson : JsonSerializerContext;

/// <summary>What a person sees of a conversation.</summary>
internal sealed record MessagesAnswer(IReadOnlyList<ShownMessage> Messages);

/// <summary>The conversations that a person may see.</summary>
internal sealed record ConversationsAnswer(IReadOnlyList<string> Conversations);

/// <summary>The id of what was said.</summary>
internal sealed record SaidAnswer(string Id);

/// <summary>A form to open; nothing where there is none.</summary>
internal sealed record FormAnswer([property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ShownForm? Form);

/// <summary>A form as the API gives it.</summary>
internal sealed record ShownForm(string Id, string Title, IReadOnlyList<ShownInput> Inputs);

/// <summary>An input as the API gives it.</summary>
internal sealed record ShownInput(string Id, string Label, string Kind, bool Required, string Value, IReadOnlyList<Option>? Options, string? Hint);

/// <summary>Why a form was refused, by input.</summary>
internal sealed record ErrorsAnswer(IReadOnlyDictionary<string, string> Errors);

/// <summary>Why a request was refused, in a sentence.</summary>
internal sealed record ErrorAnswer(string Error);

/// <summary>Somebody says something.</summary>
internal sealed record SayRequest(string? User, string? Text, string? Thread, string? RequestId);

/// <summary>Somebody presses a button.</summary>
internal sealed record PressRequest(string? User, string? Message, string? Action, string? Value, string? RequestId);

/// <summary>Somebody submits a form.</summary>
internal sealed record SubmitRequest(string? User, Dictionary<string, string?>? Values, string? Thread, string? RequestId);
