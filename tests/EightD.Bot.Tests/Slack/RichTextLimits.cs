namespace EightD.Bot.Tests.Slack;

/// <summary>What <c>rich_text</c> and <c>table</c> blocks are held to.</summary>
internal sealed class RichTextLimits(Inspection look)
{
    public void Block(Spot block)
    {
        look.Closed(block, ["type", "block_id", "elements"]);
        foreach (var part in look.Array(block, "elements", 0, int.MaxValue, isRequired: true)) Part(part);
    }

    public void Table(Spot block)
    {
        look.Closed(block, ["type", "block_id", "rows", "column_settings"]);
        foreach (var row in look.Array(block, "rows", 1, 100, isRequired: true)) Row(row);
        foreach (var column in look.Array(block, "column_settings", 0, 20))
        {
            look.Closed(column, ["align", "is_wrapped"]);
            look.OneOf(column, "align", "left", "center", "right");
            look.Flag(column, "is_wrapped");
        }
    }

    private void Row(Spot row)
    {
        if (row.Json.ValueKind != System.Text.Json.JsonValueKind.Array)
        {
            look.Refuse(row, "is not an array");
            return;
        }

        if (row.Json.GetArrayLength() is < 1 or > 20) look.Refuse(row, $"has {row.Json.GetArrayLength()} cells, 20 are allowed");
        foreach (var (index, json) in row.Json.EnumerateArray().Index()) Cell(new(json, $"{row.Pointer}/{index}"));
    }

    private void Cell(Spot cell)
    {
        switch (cell.Type)
        {
            case "rich_text": Block(cell); break;
            case "raw_text":
                look.Closed(cell, ["type", "text"]);
                look.String(cell, "text", 3_000, isRequired: true);
                break;
            case "raw_number": look.Closed(cell, ["type", "value", "text"]); break;
            default: look.Refuse(cell.To("type"), $"is no cell of a table: {cell.Type}"); break;
        }
    }

    private void Part(Spot part)
    {
        switch (part.Type)
        {
            case "rich_text_section" or "rich_text_quote":
                look.Closed(part, part.Type == "rich_text_section" ? ["type", "elements"] : ["type", "elements", "border"]);
                Runs(part);
                break;
            case "rich_text_preformatted":
                look.Closed(part, ["type", "elements", "border", "language"]);
                Runs(part);
                break;
            case "rich_text_list":
                look.Closed(part, ["type", "elements", "style", "indent", "offset", "border"]);
                look.OneOf(part, "style", "bullet", "ordered");
                if (part.Get("style") is null) look.Refuse(part.To("style"), "is missing");
                foreach (var item in look.Array(part, "elements", 1, int.MaxValue, isRequired: true)) Part(item);
                break;
            default: look.Refuse(part.To("type"), $"is no part of rich text: {part.Type}"); break;
        }
    }

    private void Runs(Spot part)
    {
        foreach (var run in look.Array(part, "elements", 0, int.MaxValue, isRequired: true)) Run(run);
    }

    private void Run(Spot run)
    {
        string[] known = run.Type switch
        {
            "text" => ["text"],
            "link" => ["url", "text", "unsafe"],
            "user" => ["user_id"],
            "usergroup" => ["usergroup_id"],
            "channel" => ["channel_id"],
            "emoji" => ["name", "unicode", "skin_tone", "url"],
            "broadcast" => ["range"],
            "color" => ["value"],
            "date" => ["timestamp", "format", "url", "fallback"],
            _ => [],
        };
        if (known.Length == 0)
        {
            look.Refuse(run.To("type"), $"is nothing that rich text holds: {run.Type}");
            return;
        }

        look.Closed(run, ["type", "style", .. known]);
        if (run.Get(known[0]) is null) look.Refuse(run.To(known[0]), "is missing");
        if (run.Type == "text") look.String(run, "text", int.MaxValue);
        if (look.Object(run, "style") is { } style) look.Closed(style, ["bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink"]);
    }
}
