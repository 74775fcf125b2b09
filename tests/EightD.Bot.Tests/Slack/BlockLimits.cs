using System.Text.Json;

namespace EightD.Bot.Tests.Slack;

/// <summary>What blocks are held to on one surface: counts, lengths, ids, and shapes without unknown properties.</summary>
internal sealed class BlockLimits(Inspection look, SlackSurface surface)
{
    private static readonly string[] Pickers = ["static_select", "external_select", "users_select", "conversations_select", "channels_select"];
    private static readonly string[] MultiPickers = [.. Pickers.Select(picker => $"multi_{picker}")];
    private static readonly string[] Accessories = ["button", "image", "overflow", "checkboxes", "radio_buttons", "datepicker", "timepicker", .. Pickers, .. MultiPickers];
    private static readonly string[] Actions = ["button", "overflow", "checkboxes", "radio_buttons", "datepicker", "timepicker", "datetimepicker", .. Pickers];
    private static readonly string[] Inputs =
    [
        "plain_text_input", "rich_text_input", "number_input", "email_text_input", "url_text_input", "file_input",
        "checkboxes", "radio_buttons", "datepicker", "timepicker", "datetimepicker", .. Pickers, .. MultiPickers,
    ];

    private readonly ElementLimits elements = new(look);
    private readonly HashSet<string> blockIds = new(StringComparer.Ordinal);
    private int markdownCharacters;
    private int tables;
    private int focused;

    /// <summary>Checks all blocks of a surface.</summary>
    public void Check(IEnumerable<Spot> blocks)
    {
        foreach (var block in blocks)
        {
            if (look.String(block, "block_id", 255) is { } id && !blockIds.Add(id)) look.Refuse(block.To("block_id"), $"is there twice: {id}");
            Block(block);
            ActionIds(block);
        }

        if (markdownCharacters > 12_000) look.Refuse(new(default, "/blocks"), $"have {markdownCharacters} characters of markdown together, 12000 are allowed");
        if (tables > 1) look.Refuse(new(default, "/blocks"), "have more than one table", "only_one_table_allowed");
        if (focused > 1) look.Refuse(new(default, "/blocks"), "have more than one element with focus_on_load");
    }

    private void Block(Spot block)
    {
        switch (block.Type)
        {
            case "section": Section(block); break;
            case "header":
                look.Closed(block, ["type", "block_id", "text"]);
                look.PlainText(block, "text", 150, isRequired: true);
                break;
            case "divider": look.Closed(block, ["type", "block_id"]); break;
            case "context": Context(block); break;
            case "actions":
                look.Closed(block, ["type", "block_id", "elements"]);
                foreach (var element in look.Array(block, "elements", 1, 25, isRequired: true)) Element(element, Actions);
                break;
            case "image":
                look.Closed(block, ["type", "block_id", "image_url", "slack_file", "alt_text", "title"]);
                look.PlainText(block, "title", 2_000);
                elements.Picture(block);
                break;
            case "input": Input(block); break;
            case "rich_text": new RichTextLimits(look).Block(block); break;
            case "markdown" when surface == SlackSurface.Message:
                look.Closed(block, ["type", "block_id", "text"]);
                markdownCharacters += look.String(block, "text", 12_000, isRequired: true)?.Length ?? 0;
                break;
            case "table" when surface == SlackSurface.Message:
                tables++;
                new RichTextLimits(look).Table(block);
                break;
            default: look.Refuse(block.To("type"), $"is no block of a {surface}: {block.Type}"); break;
        }
    }

    private void Section(Spot block)
    {
        look.Closed(block, ["type", "block_id", "text", "fields", "accessory", "expand"]);
        look.AnyText(block, "text", 3_000);
        foreach (var field in look.Array(block, "fields", 1, 10)) look.TextObject(field, 2_000, "plain_text", "mrkdwn");
        if (block.Get("text") is null && block.Get("fields") is null) look.Refuse(block, "has neither text nor fields");
        if (look.Object(block, "accessory") is { } accessory) Element(accessory, Accessories);
        look.Flag(block, "expand");
    }

    private void Context(Spot block)
    {
        look.Closed(block, ["type", "block_id", "elements"]);
        foreach (var element in look.Array(block, "elements", 1, 10, isRequired: true))
        {
            if (element.Type == "image") elements.Check(element);
            else look.TextObject(element, 3_000, "plain_text", "mrkdwn");
        }
    }

    private void Input(Spot block)
    {
        if (surface == SlackSurface.Message) look.Remark(block, "is an input block: none in messages");
        look.Closed(block, ["type", "block_id", "label", "element", "dispatch_action", "hint", "optional"]);
        look.PlainText(block, "label", 2_000, isRequired: true);
        look.PlainText(block, "hint", 2_000);
        look.Flag(block, "dispatch_action");
        look.Flag(block, "optional");
        if (look.Object(block, "element", isRequired: true) is { } element) Element(element, Inputs);
        if (block.Get("block_id") is null) look.Remark(block.To("block_id"), "is missing: no error could be put to it");
    }

    private void Element(Spot element, string[] allowed)
    {
        if (element.Type is not { } type || !allowed.Contains(type))
        {
            look.Refuse(element.To("type"), $"is no element of this block: {element.Type}");
            return;
        }

        if (type is "number_input" or "email_text_input" or "url_text_input" or "file_input" && surface != SlackSurface.Modal) look.Refuse(element.To("type"), $"is for modals only: {type}");
        if (element.Get("response_url_enabled") is { } enabled && surface != SlackSurface.Modal) look.Refuse(enabled, "is for modals only");
        if (look.Flag(element, "focus_on_load") == true) focused++;
        elements.Check(element);
    }

    private void ActionIds(Spot block)
    {
        HashSet<string> ids = new(StringComparer.Ordinal);
        List<Spot?> within = [block.Get("accessory"), block.Get("element")];
        if (block.Get("elements") is { Json.ValueKind: JsonValueKind.Array } several)
        {
            within.AddRange(several.Json.EnumerateArray().Select((json, index) => (Spot?)new Spot(json, $"{several.Pointer}/{index}")));
        }

        foreach (var element in within.OfType<Spot>())
        {
            if (element.StringOf("action_id") is { } id && !ids.Add(id)) look.Refuse(element.To("action_id"), $"is there twice in its block: {id}");
        }
    }
}
