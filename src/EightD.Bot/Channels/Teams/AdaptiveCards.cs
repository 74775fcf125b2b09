using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EightD.Incidents;
using EightD.Incidents.Cards;
using EightD.Reports.Rendering;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace EightD.Bot.Channels.Teams;

/// <summary>Cards and forms as Adaptive Cards 1.5 (Teams, "Cards reference"). What is longer than one message or input may be is split, never cut.</summary>
internal static class AdaptiveCards
{
    /// <summary>The contentType of a card.</summary>
    public const string ContentType = "application/vnd.microsoft.card.adaptive";

    /// <summary>The bytes of one card's elements, of one dialog's values, of one input; Teams draws 28,000 bytes of a message for sure.</summary>
    private const int Page = 18_000, Values = 16_000, InputText = 12_000;

    private const int Primary = 6, Summary = 2000;

    /// <summary>What Teams' Markdown might read in a text, so that it stands on a card instead.</summary>
    private static readonly System.Buffers.SearchValues<char> Read = System.Buffers.SearchValues.Create("*_~`[]<>#|&\\\n");

    /// <summary>A message as Teams' messages: one, or several where it is too long for one. Its buttons stand on the first, which is the one that is edited.</summary>
    /// <param name="message">The message.</param>
    /// <param name="isCard">Whether it is the 8D's one card: a press on it says which message it is.</param>
    public static IReadOnlyList<TeamsPost> Draw(Message message, bool isCard = false)
    {
        if (message.Card is null && message.Text.AsSpan().IndexOfAny(Read) < 0) return [new(message.Text, Card: null) { Mentions = message.Mentions }];
        var pages = Pages(message.Card is { } card ? Elements(card) : CardBody.Of(message.Text));
        var actions = (message.Card?.Buttons ?? []).Select(button => Draw(button, isCard)).ToList();
        var summary = ChannelTexts.Shorter(Plain(message.Text), Summary);
        return [.. pages.Select((page, at) => new TeamsPost(summary, CardOf(page, at == 0 ? actions : []).ToJsonString(JsonText.AsItIs)))];
    }

    /// <summary>A form as a dialog.</summary>
    /// <param name="form">The form.</param>
    /// <param name="place">What comes back with it.</param>
    /// <param name="kept">What was typed, where it comes back refused; null: what the form holds.</param>
    /// <param name="errors">Why it was refused, by input; null where it was not.</param>
    /// <returns>The value of a <c>task</c> response.</returns>
    public static JsonObject Draw(Form form, TeamsFormPlace place, IReadOnlyDictionary<string, string>? kept, IReadOnlyDictionary<string, string>? errors)
    {
        List<JsonObject> body = [.. (errors ?? new Dictionary<string, string>(StringComparer.Ordinal)).Where(error => form.Inputs.All(input => input.Id != error.Key)).Select(error => Error(error.Value))];
        var left = Values;
        foreach (var input in form.Inputs)
        {
            var value = kept?.GetValueOrDefault(input.Id) ?? input.Value;
            left -= Encoding.UTF8.GetByteCount(value);
            if (errors?.GetValueOrDefault(input.Id) is { } why) body.Add(Error(why));
            if (left < 0 && kept is null) body.Add(CardBody.Line(ChannelTexts.Get("TeamsTooLong", input.Label), isSubtle: true)); // an input that does not come back stays as it is
            else body.AddRange(Draw(input, value));
        }

        var submit = new JsonObject { ["type"] = "Action.Submit", ["title"] = ChannelTexts.Get("Save"), ["data"] = new TeamsData(Form: place).ToJson() };
        return new()
        {
            ["type"] = "continue",
            ["value"] = new JsonObject
            {
                ["title"] = form.Title,
                ["height"] = form.Inputs.Count > 2 ? "large" : "medium",
                ["width"] = "medium",
                ["card"] = new JsonObject { ["contentType"] = ContentType, ["content"] = CardOf(body, [submit]) },
            },
        };
    }

    /// <summary>A dialog that says something.</summary>
    /// <returns>The value of a <c>task</c> response.</returns>
    public static JsonObject Say(string text) => new() { ["type"] = "message", ["value"] = Plain(text) };

    /// <summary>What was pressed, by what a press brings; null where it is no press.</summary>
    /// <param name="value">An activity's value: of a message, of a dialog that opens, or of a card's action.</param>
    public static TeamsPress? PressOf(JsonElement value) => TeamsData.Of(value)?.Press;

    /// <summary>What the inputs of a form hold, by the inputs of the form: pieces of one are joined again.</summary>
    /// <param name="value">An activity's value.</param>
    public static IReadOnlyDictionary<string, string> ValuesOf(JsonElement value) => FormValues.Joined(
        from held in TeamsData.Within(value) is { ValueKind: JsonValueKind.Object } data ? data.EnumerateObject() : default
        where held.Name is not (TeamsData.Name or "msteams") && held.Value.ValueKind == JsonValueKind.String
        select (held.Name, held.Value.GetString()!));

    private static IEnumerable<JsonObject> Elements(Card card)
    {
        yield return CardBody.Line(card.Title, isBold: true, size: "Medium");
        foreach (var field in card.Fields) yield return CardBody.Columns("90px", [CardBody.Line(field.Name, isSubtle: true)], [.. field.Value.Split('\n').Select(line => CardBody.Line(line))]);
        foreach (var element in card.Body is { Length: > 0 } body ? CardBody.Of(body) : []) yield return element;
    }

    private static List<List<JsonObject>> Pages(IEnumerable<JsonObject> elements)
    {
        List<List<JsonObject>> pages = [[]];
        var length = 0;
        foreach (var element in elements)
        {
            var bytes = CardBody.SizeOf(element);
            if (pages[^1].Count > 0 && length + bytes > Page)
            {
                pages.Add([]);
                length = 0;
            }

            pages[^1].Add(element);
            length += bytes;
        }

        return pages;
    }

    private static JsonObject CardOf(IEnumerable<JsonObject> body, List<JsonObject> actions)
    {
        JsonObject card = new()
        {
            ["type"] = "AdaptiveCard",
            ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
            ["version"] = "1.5",
            ["msteams"] = new JsonObject { ["width"] = "Full" },
            ["body"] = new JsonArray([.. body]),
        };
        if (actions.Count > 0) card["actions"] = new JsonArray([.. actions.Select((action, at) => Ranked(action, isPrimary: at < Primary))]);
        return card;
    }

    private static JsonObject Ranked(JsonObject action, bool isPrimary)
    {
        if (!isPrimary) action["mode"] = "secondary";
        return action;
    }

    /// <summary>A button that opens a form asks for it; any other is executed, or, by an old client, sent as a message.</summary>
    private static JsonObject Draw(Button button, bool isCard)
    {
        TeamsPress press = new(button.Action, button.Value, IsOnCard: isCard);
        if (button.OpensForm) return Submit(button.Label, new TeamsData(press).ToJson(opensDialog: true));
        return new()
        {
            ["type"] = "Action.Execute",
            ["verb"] = button.Action,
            ["title"] = button.Label,
            ["data"] = new TeamsData(press).ToJson(),
            ["fallback"] = Submit(button.Label, new TeamsData(press).ToJson()),
        };
    }

    private static JsonObject Submit(string title, JsonObject data) => new() { ["type"] = "Action.Submit", ["title"] = title, ["data"] = data };

    private static JsonObject Error(string why) => new() { ["type"] = "Container", ["style"] = "attention", ["items"] = new JsonArray([.. CardBody.Of(why)]) };

    private static IEnumerable<JsonObject> Draw(Input input, string value)
    {
        if (input.Hint is { Length: > 0 } hint) yield return CardBody.Line(hint, isSubtle: true, size: "Small");
        if (input.Kind == InputKind.Choice)
        {
            if (input.Options is not { Count: > 0 } options) yield break;
            yield return Labelled(new()
            {
                ["type"] = "Input.ChoiceSet",
                ["id"] = input.Id,
                ["style"] = "compact",
                ["choices"] = new JsonArray([.. options.Select(option => new JsonObject { ["title"] = option.Label, ["value"] = option.Value })]),
            }, input, input.Label, value, input.Required);
            yield break;
        }

        var isMultiline = input.Kind == InputKind.Text || value.Contains('\n', StringComparison.Ordinal);
        foreach (var (at, piece) in FormValues.Pieces(input.Id, value, InputText).Index())
        {
            yield return Labelled(new() { ["type"] = "Input.Text", ["id"] = piece.Id, ["isMultiline"] = isMultiline }, input, at == 0 ? input.Label : ChannelTexts.Get("MoreOf", input.Label, at + 1), piece.Text, input.Required && at == 0);
        }
    }

    private static JsonObject Labelled(JsonObject drawn, Input input, string label, string value, bool isRequired)
    {
        drawn["label"] = label;
        if (value.Length > 0) drawn["value"] = value;
        if (!isRequired) return drawn;
        drawn["isRequired"] = true;
        drawn["errorMessage"] = ChannelTexts.Get("TeamsRequired", input.Label);
        return drawn;
    }

    /// <summary>What is read aloud, and shown in a notification.</summary>
    private static string Plain(string markdown)
    {
        if (SafeMarkdown.Read(CardBody.Spoken(markdown)) is not { } document) return markdown;
        StringBuilder plain = new();
        foreach (var block in document.Descendants<LeafBlock>())
        {
            if (plain.Length > 0) plain.Append('\n');
            if (block.Inline is null) plain.Append(block.Lines.ToString());
            foreach (var inline in block.Inline?.Descendants() ?? [])
            {
                plain.Append(inline switch
                {
                    LiteralInline literal => literal.Content.ToString(),
                    CodeInline code => code.Content,
                    HtmlEntityInline entity => entity.Transcoded.ToString(),
                    AutolinkInline link => link.Url,
                    HtmlInline html => html.Tag,
                    LineBreakInline => "\n",
                    _ => "",
                });
            }
        }

        return plain.ToString();
    }
}

/// <summary>A message as Teams takes it.</summary>
/// <param name="Text">Without a card the message, of nothing that Teams' Markdown reads; with one for notifications, and for whoever has it read aloud.</param>
/// <param name="Card">An Adaptive Card as JSON; null where it is text alone.</param>
internal sealed record TeamsPost(string Text, string? Card)
{
    /// <summary>Who is mentioned before the text; null: nobody.</summary>
    public Person? Mentions { get; init; }

    /// <summary>The same for another conversation than that which it is about: what is pressed there is pressed here.</summary>
    public TeamsPost About(string conversation, string? root)
    {
        if (Card is null) return this;
        var card = JsonNode.Parse(Card)!.AsObject();
        foreach (var data in (card["actions"]?.AsArray() ?? []).SelectMany(action => new[] { action!["data"], action["fallback"]?["data"] }.OfType<JsonObject>()))
        {
            var held = data[TeamsData.Name]!.Deserialize(TeamsJson.Default.TeamsData)!;
            data[TeamsData.Name] = JsonSerializer.SerializeToNode(held with { Press = held.Press! with { About = new(conversation, root) } }, TeamsJson.Default.TeamsData);
        }

        return this with { Card = card.ToJsonString(JsonText.AsItIs) };
    }

    /// <summary>The same with a link that opens in a browser.</summary>
    public TeamsPost Linked(string title, Uri to)
    {
        var card = JsonNode.Parse(Card!)!.AsObject();
        card["actions"] = new JsonArray([new JsonObject { ["type"] = "Action.OpenUrl", ["title"] = title, ["url"] = to.AbsoluteUri }, .. card["actions"]?.AsArray().Select(action => action!.DeepClone()) ?? []]);
        return this with { Card = card.ToJsonString(JsonText.AsItIs) };
    }
}
