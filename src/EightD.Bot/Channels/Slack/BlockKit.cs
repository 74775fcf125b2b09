using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using EightD.Incidents;
using EightD.Incidents.Cards;

namespace EightD.Bot.Channels.Slack;

/// <summary>
/// Cards and forms as Block Kit (Slack, "Block Kit"). What is longer than one block, one input or one message may be is split, never cut.
/// </summary>
internal static class BlockKit
{
    private const string About = "about";

    private const int Header = 150, Section = 3000, FieldText = 2000, Fields = 10, Buttons = 25, ButtonText = 75, ModalTitle = 24, InputText = 3000, Label = 2000, OptionText = 75, Options = 100;

    /// <summary>All blocks of a message together, in characters and in number; Slack refuses from about 13,200 characters on, and more than 50.</summary>
    private const int Message = 11_000, MostBlocks = 45;

    /// <summary>The text beside the blocks, which <c>chat.update</c> takes up to 4000 characters of. The blocks hold all of it.</summary>
    private const int Summary = 3000;

    /// <summary>The longest text of <c>chat.update</c>.</summary>
    public const int UpdateText = 4000;

    /// <summary>A message as Slack's messages: one, or several where it is too long for one.</summary>
    public static IReadOnlyList<SlackPost> Draw(Message message)
    {
        var text = (message.Mentions is { } who ? $"{MentionOf(who)} " : "") + Mrkdwn.FromMarkdown(message.Text);
        List<List<string>> pages = [[]];
        var length = 0;
        foreach (var block in message.Card is { } card ? Blocks(card) : Sections(text))
        {
            if (pages[^1].Count > 0 && (length + block.Length > Message || pages[^1].Count == MostBlocks))
            {
                pages.Add([]);
                length = 0;
            }

            pages[^1].Add(block);
            length += block.Length;
        }

        var summary = ChannelTexts.Shorter(text, Summary);
        return [.. pages.Select(page => new SlackPost(summary, List(page)))];
    }

    /// <summary>A mention, of which Slack tells that person; the name alone where it is none of Slack's.</summary>
    private static string MentionOf(Person who) => who.Id.Length > 1 && who.Id.All(char.IsAsciiLetterOrDigit) && who.Id[0] is 'U' or 'W' ? $"<@{who.Id}>" : Mrkdwn.FromMarkdown(who.Name);

    /// <summary>A form as a modal.</summary>
    /// <param name="form">The form.</param>
    /// <param name="place">Where it was opened: it is submitted there.</param>
    public static string Draw(Form form, SlackFormPlace place)
    {
        IEnumerable<string> blocks =
        [
            .. form.Title.Length > ModalTitle ? Sections(Mrkdwn.FromMarkdown($"**{form.Title}**")) : [],
            .. place.Channel is null ? [ChannelChoice()] : Array.Empty<string>(),
            .. form.Inputs.SelectMany(Draw),
        ];
        return $$"""
            {"type":"modal","callback_id":"{{SlackFormPlace.Callback}}","private_metadata":{{JsonText.Of(JsonSerializer.Serialize(place, SlackJson.Default.SlackFormPlace))}},"title":{{Plain(ChannelTexts.Shorter(form.Title, ModalTitle))}},
            "submit":{{Plain(ChannelTexts.Get("Save"))}},"close":{{Plain(ChannelTexts.Get("SlackCancel"))}},"blocks":{{List(blocks)}}}
            """;
    }

    /// <summary>The block of a modal that asks for the channel, where it was opened in none.</summary>
    public const string Channel = "channel";

    /// <summary>The <c>block_id</c> of buttons that stand elsewhere than what they are about.</summary>
    public static string AboutId(string channel, string? thread, int nth) => string.Create(CultureInfo.InvariantCulture, $"{About}{FormValues.Nth}{channel}{FormValues.Nth}{thread}{FormValues.Nth}{nth}");

    /// <summary>What buttons are about, by their <c>block_id</c>; null where that is where they stand.</summary>
    public static (string Channel, string? Thread)? AboutOf(string? blockId) =>
        blockId?.Split(FormValues.Nth) is [About, var channel, var thread, _] ? (channel, thread.Length > 0 ? thread : null) : null;

    /// <summary>What a button does, by its <c>action_id</c>.</summary>
    public static string ActionOf(string actionId) => FormValues.NameOf(actionId);

    /// <summary>What the inputs of a modal hold, by the inputs of the form: pieces of one are joined again.</summary>
    public static IReadOnlyDictionary<string, string> ValuesOf(SlackView view) => FormValues.Joined(
        from block in view.Blocks
        where block is { Type: "input", BlockId: not null }
        let held = view.State?.Values.GetValueOrDefault(block.BlockId!)?.Values.FirstOrDefault()
        where held is not null
        select (block.BlockId!, held.SelectedOption?.Value ?? held.SelectedConversation ?? held.Value ?? ""));

    /// <summary>Why a form is refused, beside the inputs of the modal; what is about none of them stands at the first.</summary>
    public static IReadOnlyDictionary<string, string> Errors(SlackView view, IReadOnlyDictionary<string, string> errors)
    {
        var inputs = view.Blocks.Where(block => block is { Type: "input", BlockId: not null }).Select(block => block.BlockId!).ToList();
        return errors.GroupBy(error => inputs.Find(id => FormValues.NameOf(id) == error.Key) ?? inputs.FirstOrDefault() ?? "", StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => ChannelTexts.Shorter(string.Join(' ', group.Select(error => error.Value)), Label), StringComparer.Ordinal);
    }

    /// <summary>A list as JSON.</summary>
    /// <param name="items">JSON, each.</param>
    public static string List(IEnumerable<string> items) => $"[{string.Join(',', items)}]";

    /// <summary>A card as blocks, each as JSON.</summary>
    public static IEnumerable<string> Blocks(Card card)
    {
        if (card.Title.Length <= Header) yield return $$"""{"type":"header","text":{{Plain(card.Title)}}}""";
        else foreach (var block in Sections(Mrkdwn.FromMarkdown($"**{card.Title}**"))) yield return block;
        var fields = card.Fields.Select(field => $"*{Mrkdwn.Escape(field.Name)}*\n{Mrkdwn.Escape(field.Value)}").ToList();
        foreach (var chunk in fields.Where(field => field.Length <= FieldText).Chunk(Fields)) yield return $$"""{"type":"section","fields":{{List(chunk.Select(Marked))}}}""";
        foreach (var block in fields.Where(field => field.Length > FieldText).SelectMany(Sections)) yield return block;
        foreach (var block in card.Body is { Length: > 0 } body ? Sections(Mrkdwn.FromMarkdown(body)) : []) yield return block;
        foreach (var row in card.Buttons.Select(Draw).Chunk(Buttons)) yield return $$"""{"type":"actions","elements":{{List(row)}}}""";
    }

    private static string Draw(Button button, int place)
    {
        var label = ChannelTexts.Shorter(button.Label, ButtonText);
        var value = button.Value.Length > 0 ? $",\"value\":{JsonText.Of(button.Value)}" : "";
        return $$"""{"type":"button","action_id":{{JsonText.Of(FormValues.Numbered(button.Action, place))}},"text":{{Plain(label)}},"accessibility_label":{{JsonText.Of(label)}}{{value}}}""";
    }

    private static IEnumerable<string> Sections(string mrkdwn) => Mrkdwn.Split(mrkdwn, Section).Select(part => $$"""{"type":"section","text":{{Marked(part)}}}""");

    /// <summary>mrkdwn as it is written, each piece as JSON, where Slack cannot draw it.</summary>
    public static IEnumerable<string> PlainSections(string mrkdwn) => Mrkdwn.Split(mrkdwn, Section).Select(piece => $$"""{"type":"section","text":{{Plain(SlackToken.Decode(piece))}}}""");

    private static IEnumerable<string> Draw(Input input)
    {
        if (input.Kind == InputKind.Choice)
        {
            if (input.Options is { Count: > 0 } options) yield return Block(input, input.Id, input.Label, Select(input, options));
            yield break;
        }

        var multiline = Json(input.Kind == InputKind.Text || input.Value.Contains('\n', StringComparison.Ordinal));
        foreach (var (at, piece) in FormValues.Pieces(input.Id, input.Value, InputText).Index())
        {
            var initial = piece.Text.Length > 0 ? $",\"initial_value\":{JsonText.Of(piece.Text)}" : "";
            var element = $$"""{"type":"plain_text_input","action_id":"value","multiline":{{multiline}},"max_length":{{InputText}}{{initial}}}""";
            yield return at == 0
                ? Block(input, piece.Id, input.Label, element)
                : Block(input with { Required = false }, piece.Id, ChannelTexts.Get("MoreOf", input.Label, at + 1), element);
        }
    }

    private static string ChannelChoice() => $$"""
        {"type":"input","block_id":"{{Channel}}","element":{"type":"conversations_select","action_id":"value","filter":{"include":["public","private"],"exclude_bot_users":true},
        "default_to_current_conversation":true,"response_url_enabled":true},"label":{{Plain(ChannelTexts.Get("SlackWhere"))}}}
        """;

    private static string Block(Input input, string id, string label, string element)
    {
        var hint = input.Hint is { Length: > 0 } about ? $",\"hint\":{Plain(ChannelTexts.Shorter(about, Label))}" : "";
        return $$"""{"type":"input","block_id":{{JsonText.Of(id)}},"optional":{{Json(!input.Required)}},"label":{{Plain(ChannelTexts.Shorter(label, Label))}},"element":{{element}}{{hint}}}""";
    }

    private static string Select(Input input, IReadOnlyList<Option> options)
    {
        var initial = options.FirstOrDefault(option => option.Value == input.Value) is { } chosen ? $",\"initial_option\":{Draw(chosen)}" : "";
        var drawn = options.Count <= Options
            ? $"\"options\":{List(options.Select(Draw))}"
            : $"\"option_groups\":{List(options.Chunk(Options).Select((chunk, group) => $$"""{"label":{{Plain(ChannelTexts.Get("SlackOptions", (group * Options) + 1, (group * Options) + chunk.Length))}},"options":{{List(chunk.Select(Draw))}}}"""))}";
        return $$"""{"type":"static_select","action_id":"value",{{drawn}}{{initial}}}""";
    }

    private static string Draw(Option option) => $$"""{"text":{{Plain(ChannelTexts.Shorter(option.Label, OptionText))}},"value":{{JsonText.Of(option.Value)}}}""";

    private static string Plain(string text) => $$"""{"type":"plain_text","text":{{JsonText.Of(text)}},"emoji":false}""";

    private static string Marked(string mrkdwn) => $$"""{"type":"mrkdwn","text":{{JsonText.Of(mrkdwn)}}}""";

    private static string Json(bool holds) => holds ? "true" : "false";
}

/// <summary>A message as Slack takes it.</summary>
/// <param name="Text">For notifications and for whoever has it read aloud, mrkdwn.</param>
/// <param name="Blocks">A JSON array; empty where it is text alone.</param>
internal sealed record SlackPost(string Text, string Blocks)
{
    private bool isPlain;

    /// <summary>The same for where Slack cannot draw it: its words as plain text above its buttons; where it is so already, text alone, in which buttons say nothing.</summary>
    public SlackPost Plainer()
    {
        var blocks = JsonNode.Parse(Blocks)!.AsArray();
        var words = string.Join("\n\n", blocks.SelectMany(block => WordsOf(block!)).DefaultIfEmpty(Text));
        if (isPlain) return new(words, "");
        var buttons = blocks.Where(block => (string?)block!["type"] == "actions").Select(block => block!.ToJsonString(JsonText.AsItIs));
        return new(Text, BlockKit.List([.. BlockKit.PlainSections($"{ChannelTexts.Get("SlackAsText")}\n\n{words}"), .. buttons])) { isPlain = true };
    }

    /// <summary>The same for another conversation than that which it is about: what is pressed there is pressed here.</summary>
    public SlackPost About(string channel, string? thread)
    {
        if (Blocks.Length == 0) return this;
        var blocks = JsonNode.Parse(Blocks)!.AsArray();
        foreach (var (block, nth) in blocks.Where(block => (string?)block!["type"] == "actions").Select((block, nth) => (block, nth))) block!["block_id"] = BlockKit.AboutId(channel, thread, nth);
        return this with { Blocks = blocks.ToJsonString(JsonText.AsItIs) };
    }

    private static IEnumerable<string> WordsOf(JsonNode block) => (string?)block["type"] switch
    {
        "header" => [$"*{Mrkdwn.Escape((string)block["text"]!["text"]!)}*"],
        "section" when block["fields"] is JsonArray fields => fields.Select(field => (string)field!["text"]!),
        "section" => [(string)block["text"]!["text"]!],
        _ => [],
    };
}
