using System.Globalization;
using System.Text.Json;

namespace EightD.Bot.Tests.Slack;

/// <summary>What the elements of blocks are held to: buttons, selects, pickers and inputs.</summary>
internal sealed class ElementLimits(Inspection look)
{
    private const int OptionValue = 150;

    public void Check(Spot element)
    {
        if (element.Type != "image") look.String(element, "action_id", 255);
        Confirm(element);
        look.PlainText(element, "placeholder", 150);
        switch (element.Type!)
        {
            case "button": Button(element); break;
            case "image":
                look.Closed(element, ["type", "image_url", "slack_file", "alt_text"]);
                Picture(element);
                break;
            case "overflow":
                look.Closed(element, ["type", "action_id", "options", "confirm"]);
                var options = look.Array(element, "options", 1, 5, isRequired: true);
                foreach (var option in options) Option(option, allowsMarks: false, allowsUrl: true);
                Distinct(options);
                break;
            case "checkboxes" or "radio_buttons": Boxes(element); break;
            case "plain_text_input": PlainTextInput(element); break;
            case "number_input": NumberInput(element); break;
            case "rich_text_input": RichTextInput(element); break;
            case "email_text_input" or "url_text_input":
                look.Closed(element, ["type", "action_id", "initial_value", "dispatch_action_config", "focus_on_load", "placeholder"]);
                look.String(element, "initial_value", 3_000);
                DispatchConfig(element);
                break;
            case "file_input":
                look.Closed(element, ["type", "action_id", "filetypes", "max_files"]);
                look.Whole(element, "max_files", 1, 10);
                break;
            case "datepicker" or "timepicker" or "datetimepicker": Picker(element); break;
            case var select: Select(element, select); break;
        }
    }

    /// <summary>The address and the words of a picture, in a block or as an element.</summary>
    public void Picture(Spot at)
    {
        if (at.Get("image_url") is null == at.Get("slack_file") is null) look.Refuse(at, "has not one of image_url and slack_file");
        look.String(at, "image_url", 3_000);
        look.String(at, "alt_text", 2_000, isRequired: true);
    }

    private void Button(Spot element)
    {
        look.Closed(element, ["type", "action_id", "text", "url", "value", "style", "confirm", "accessibility_label"]);
        look.PlainText(element, "text", 75, isRequired: true);
        look.String(element, "url", 3_000);
        look.String(element, "value", 2_000);
        look.OneOf(element, "style", "primary", "danger");
        if (look.String(element, "accessibility_label", 75) is null) look.Remark(element.To("accessibility_label"), "is missing");
    }

    private void Confirm(Spot element)
    {
        if (look.Object(element, "confirm") is not { } confirm) return;
        look.Closed(confirm, ["title", "text", "confirm", "deny", "style"]);
        look.PlainText(confirm, "title", 100, isRequired: true);
        look.AnyText(confirm, "text", 300, isRequired: true);
        look.PlainText(confirm, "confirm", 30, isRequired: true);
        look.PlainText(confirm, "deny", 30, isRequired: true);
        look.OneOf(confirm, "style", "primary", "danger");
    }

    private void Boxes(Spot element)
    {
        var several = element.Type == "checkboxes";
        look.Closed(element, ["type", "action_id", "options", several ? "initial_options" : "initial_option", "confirm", "focus_on_load"]);
        var options = look.Array(element, "options", 1, 10, isRequired: true);
        foreach (var option in options) Option(option, allowsMarks: true, allowsUrl: false);
        Distinct(options);
        Initial(element, options);
    }

    private void Select(Spot element, string type)
    {
        var isMulti = type.StartsWith("multi_", StringComparison.Ordinal);
        string[] own = (isMulti ? type["multi_".Length..] : type) switch
        {
            "static_select" => ["options", "option_groups", isMulti ? "initial_options" : "initial_option"],
            "external_select" => ["min_query_length", isMulti ? "initial_options" : "initial_option"],
            "users_select" => [isMulti ? "initial_users" : "initial_user"],
            "channels_select" => isMulti ? ["initial_channels"] : ["initial_channel", "response_url_enabled"],
            _ => isMulti
                ? ["initial_conversations", "default_to_current_conversation", "filter"]
                : ["initial_conversation", "default_to_current_conversation", "response_url_enabled", "filter"],
        };
        look.Closed(element, ["type", "action_id", "placeholder", "confirm", "focus_on_load", .. isMulti ? (string[])["max_selected_items"] : [], .. own]);
        look.Whole(element, "max_selected_items", 1, int.MaxValue);
        if (type is "static_select" or "multi_static_select") StaticSelect(element);
    }

    private void StaticSelect(Spot element)
    {
        if (element.Get("options") is null == element.Get("option_groups") is null) look.Refuse(element, "has not one of options and option_groups");
        var options = look.Array(element, "options", 1, 100);
        foreach (var group in look.Array(element, "option_groups", 1, 100))
        {
            look.Closed(group, ["label", "options"]);
            look.PlainText(group, "label", 75, isRequired: true);
            options.AddRange(look.Array(group, "options", 1, 100, isRequired: true));
        }

        foreach (var option in options) Option(option, allowsMarks: false, allowsUrl: false);
        Distinct(options);
        Initial(element, options);
    }

    private void Option(Spot option, bool allowsMarks, bool allowsUrl)
    {
        look.Closed(option, ["text", "value", "description", .. allowsUrl ? (string[])["url"] : []]);
        string[] kinds = allowsMarks ? ["plain_text", "mrkdwn"] : ["plain_text"];
        if (option.Get("text") is { } text) look.TextObject(text, 75, kinds);
        else look.Refuse(option.To("text"), "is missing");
        if (option.Get("description") is { } description) look.TextObject(description, 75, kinds);
        look.String(option, "value", OptionValue, isRequired: true);
        look.String(option, "url", 3_000);
    }

    private void Distinct(List<Spot> options)
    {
        foreach (var twice in options.GroupBy(option => option.StringOf("value"), StringComparer.Ordinal).Where(same => same.Count() > 1))
        {
            look.Remark(twice.Last().To("value"), $"is there twice: {twice.Key}");
        }
    }

    private void Initial(Spot element, List<Spot> options)
    {
        List<Spot> initial = look.Array(element, "initial_options", 1, 100);
        if (look.Object(element, "initial_option") is { } one) initial.Add(one);
        foreach (var chosen in initial.Where(chosen => !options.Exists(option => JsonElement.DeepEquals(option.Json, chosen.Json)))) look.Refuse(chosen, "equals no option exactly");
    }

    private void PlainTextInput(Spot element)
    {
        look.Closed(element, ["type", "action_id", "initial_value", "multiline", "min_length", "max_length", "dispatch_action_config", "focus_on_load", "placeholder"]);
        look.Flag(element, "multiline");
        var least = look.Whole(element, "min_length", 0, 3_000) ?? 0;
        var most = look.Whole(element, "max_length", 1, 3_000) ?? 3_000;
        if (least > most) look.Refuse(element.To("min_length"), "is over max_length");
        if (look.String(element, "initial_value", most, least: 0) is { Length: > 0 } initial && initial.Length < least) look.Refuse(element.To("initial_value"), "is under min_length");
        DispatchConfig(element);
    }

    private void NumberInput(Spot element)
    {
        look.Closed(element, ["type", "action_id", "is_decimal_allowed", "initial_value", "min_value", "max_value", "dispatch_action_config", "focus_on_load", "placeholder"]);
        if (look.Flag(element, "is_decimal_allowed") is null) look.Refuse(element.To("is_decimal_allowed"), "is missing");
        foreach (var name in (string[])["initial_value", "min_value", "max_value"])
        {
            if (look.String(element, name, 50) is { } number && !decimal.TryParse(number, NumberStyles.Number, CultureInfo.InvariantCulture, out _)) look.Refuse(element.To(name), "is no number");
        }

        DispatchConfig(element);
    }

    private void RichTextInput(Spot element)
    {
        look.Closed(element, ["type", "action_id", "initial_value", "dispatch_action_config", "focus_on_load", "placeholder"]);
        if (look.Object(element, "initial_value") is { } initial) new RichTextLimits(look).Block(initial);
        DispatchConfig(element);
    }

    private void Picker(Spot element)
    {
        switch (element.Type)
        {
            case "datepicker":
                look.Closed(element, ["type", "action_id", "initial_date", "confirm", "focus_on_load", "placeholder"]);
                if (look.String(element, "initial_date", 10) is { } date && !DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)) look.Refuse(element.To("initial_date"), "is not YYYY-MM-DD");
                break;
            case "timepicker":
                look.Closed(element, ["type", "action_id", "initial_time", "confirm", "focus_on_load", "placeholder", "timezone"]);
                if (look.String(element, "initial_time", 5) is { } time && !TimeOnly.TryParseExact(time, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)) look.Refuse(element.To("initial_time"), "is not HH:mm");
                break;
            default:
                look.Closed(element, ["type", "action_id", "initial_date_time", "confirm", "focus_on_load"]);
                look.Whole(element, "initial_date_time", 1_000_000_000, int.MaxValue);
                break;
        }
    }

    private void DispatchConfig(Spot element)
    {
        if (look.Object(element, "dispatch_action_config") is not { } config) return;
        look.Closed(config, ["trigger_actions_on"]);
        look.Array(config, "trigger_actions_on", 1, 2, isRequired: true);
    }
}
