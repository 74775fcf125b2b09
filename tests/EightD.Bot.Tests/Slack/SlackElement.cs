using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EightD.Bot.Tests.Slack;

/// <summary>Something in a block that people press, choose or fill in.</summary>
internal sealed record SlackElement(JsonElement Block, JsonElement Json)
{
    private static readonly string[] Stateless = ["button", "overflow", "image"];

    public string Type => Json.GetProperty("type").GetString()!;

    public string BlockId => SlackJson.String(Block, "block_id")!;

    public string ActionId => SlackJson.String(Json, "action_id")!;

    /// <summary>The label of its input block; of others their placeholder or id.</summary>
    public string Label =>
        Block.TryGetProperty("label", out var label) ? SlackJson.String(label, "text")!
        : Json.TryGetProperty("placeholder", out var placeholder) ? SlackJson.String(placeholder, "text")! : ActionId;

    /// <summary>Whether a form cannot be submitted while it is empty.</summary>
    public bool IsRequired => SlackJson.String(Block, "type") == "input" && !(Block.TryGetProperty("optional", out var optional) && optional.ValueKind == JsonValueKind.True);

    /// <summary>Whether payloads have its value.</summary>
    public bool IsStateful => !Stateless.Contains(Type);

    /// <summary>The property of <c>state.values</c> and of actions that has its value.</summary>
    public string ValueName => Type switch
    {
        "datepicker" => "selected_date",
        "timepicker" => "selected_time",
        "datetimepicker" => "selected_date_time",
        "static_select" or "external_select" or "radio_buttons" or "overflow" => "selected_option",
        "multi_static_select" or "multi_external_select" or "checkboxes" => "selected_options",
        "users_select" => "selected_user",
        "multi_users_select" => "selected_users",
        "conversations_select" => "selected_conversation",
        "multi_conversations_select" => "selected_conversations",
        "channels_select" => "selected_channel",
        "multi_channels_select" => "selected_channels",
        "rich_text_input" => "rich_text_value",
        "file_input" => "files",
        _ => "value",
    };

    private bool IsMany => ValueName is "selected_options" or "selected_users" or "selected_conversations" or "selected_channels" or "files";

    private bool HasOptions => ValueName is "selected_option" or "selected_options";

    /// <summary>The options of a select, of all its groups.</summary>
    public IReadOnlyList<JsonElement> Options
    {
        get
        {
            if (Json.TryGetProperty("options", out var options)) return [.. options.EnumerateArray()];
            return Json.TryGetProperty("option_groups", out var groups) ? [.. groups.EnumerateArray().SelectMany(group => group.GetProperty("options").EnumerateArray())] : [];
        }
    }

    /// <summary>All elements of blocks, in order.</summary>
    public static IEnumerable<SlackElement> In(JsonElement? blocks)
    {
        if (blocks is not { ValueKind: JsonValueKind.Array } all) yield break;
        foreach (var block in all.EnumerateArray())
        {
            if (block.TryGetProperty("accessory", out var accessory)) yield return new(block, accessory);
            if (block.TryGetProperty("element", out var element)) yield return new(block, element);
            if (SlackJson.String(block, "type") != "actions") continue;
            foreach (var one in block.GetProperty("elements").EnumerateArray()) yield return new(block, one);
        }
    }

    /// <summary>Blocks with the ids that Slack makes where a bot gives none.</summary>
    public static JsonElement Identified(JsonElement blocks, Func<string> newId)
    {
        var all = JsonArray.Create(blocks)!.DeepClone().AsArray();
        foreach (var block in all.Select(block => block!.AsObject()))
        {
            block["block_id"] ??= newId();
            List<JsonNode?> elements = [block["accessory"], block["element"], .. block["type"]!.GetValue<string>() == "actions" ? block["elements"]!.AsArray() : []];
            foreach (var element in elements.OfType<JsonObject>().Where(element => element["type"]?.GetValue<string>() != "image")) element["action_id"] ??= newId();
        }

        return SlackJson.Kept(all);
    }

    /// <summary>What it holds before anybody touched it.</summary>
    public JsonElement Initial()
    {
        var name = ValueName == "value" || Type == "rich_text_input" ? "initial_value" : ValueName.Replace("selected_", "initial_", StringComparison.Ordinal);
        return Holding(Json.TryGetProperty(name, out var initial) ? JsonNode.Parse(initial.GetRawText()) : null);
    }

    /// <summary>What it holds once a person wrote or chose this: the text, an option's value or label, an id; several with commas between them.</summary>
    public JsonElement Given(string? given)
    {
        if (string.IsNullOrEmpty(given)) return Holding(null);
        if (HasOptions) return Holding(IsMany ? new JsonArray([.. given.Split(',').Select(each => (JsonNode)OptionNamed(each))]) : OptionNamed(given));
        return Holding(this switch
        {
            { IsMany: true } => new JsonArray([.. given.Split(',').Select(each => (JsonNode)each)]),
            { Type: "datetimepicker" } => long.Parse(given, CultureInfo.InvariantCulture),
            { Type: "rich_text_input" } => JsonNode.Parse(given),
            _ => given,
        });
    }

    /// <summary>Why Slack's own form would not send this; null where it would.</summary>
    public string? RefusalOf(JsonElement held)
    {
        var value = held.GetProperty(ValueName);
        var isEmpty = value.ValueKind == JsonValueKind.Null || (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0);
        if (isEmpty) return IsRequired ? "it is needed" : null;
        if (value.ValueKind != JsonValueKind.String) return null;
        var length = value.GetString()!.Length;
        if (Type == "plain_text_input" && length > Number("max_length", 3_000)) return $"{length} characters are too many";
        return Type == "plain_text_input" && length < Number("min_length", 0) ? $"{length} characters are too few" : null;
    }

    private int Number(string name, int otherwise) => Json.TryGetProperty(name, out var number) ? number.GetInt32() : otherwise;

    private JsonObject OptionNamed(string name)
    {
        var option = Options.FirstOrDefault(each => SlackJson.String(each, "value") == name);
        if (option.ValueKind == JsonValueKind.Undefined) option = Options.FirstOrDefault(each => SlackJson.String(each.GetProperty("text"), "text") == name);
        if (option.ValueKind == JsonValueKind.Undefined) Assert.Fail($"{Label} has no option {name}, only {string.Join(", ", Options.Select(each => SlackJson.String(each, "value")))}.");
        return JsonNode.Parse(option.GetRawText())!.AsObject();
    }

    private JsonElement Holding(JsonNode? value) => SlackJson.Kept(new JsonObject { ["type"] = Type, [ValueName] = value ?? (IsMany ? new JsonArray() : null) });
}
