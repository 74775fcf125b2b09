using System.Text;
using System.Text.Json;

namespace EightD.Bot.Tests.Teams;

/// <summary>What Teams takes in a message and on a card (teams-protocol.md, sections 8 to 10). What it does not know it shows as nothing, so that counts as wrong too.</summary>
internal static class CardLimits
{
    private const int MostBytes = 28_000, MostPrimary = 6;

    private static readonly Dictionary<string, string[]> Elements = new(StringComparer.Ordinal)
    {
        ["AdaptiveCard"] = ["type", "$schema", "version", "msteams", "body", "actions", "fallbackText", "speak"],
        ["RichTextBlock"] = ["type", "inlines", "spacing", "separator", "id", "horizontalAlignment"],
        ["TextRun"] = ["type", "text", "weight", "italic", "strikethrough", "fontType", "size", "color", "isSubtle", "selectAction"],
        ["TextBlock"] = ["type", "text", "wrap", "weight", "size", "color", "isSubtle", "spacing", "style", "fontType"],
        ["Container"] = ["type", "style", "items", "spacing", "separator"],
        ["ColumnSet"] = ["type", "columns", "spacing", "separator"],
        ["Column"] = ["type", "width", "items"],
        ["Table"] = ["type", "columns", "rows", "firstRowAsHeaders", "showGridLines", "spacing"],
        ["TableRow"] = ["type", "cells"],
        ["TableCell"] = ["type", "items"],
        ["Input.Text"] = ["type", "id", "isMultiline", "label", "value", "isRequired", "errorMessage", "maxLength", "placeholder"],
        ["Input.ChoiceSet"] = ["type", "id", "style", "choices", "label", "value", "isRequired", "errorMessage"],
        ["Action.Execute"] = ["type", "verb", "title", "data", "fallback", "mode"],
        ["Action.Submit"] = ["type", "title", "data", "mode"],
        ["Action.OpenUrl"] = ["type", "title", "url", "mode"],
    };

    /// <summary>What is wrong with an activity.</summary>
    public static IEnumerable<string> Of(JsonElement activity)
    {
        var raw = activity.GetRawText();
        if (Encoding.UTF8.GetByteCount(raw) > MostBytes) yield return $"An activity of {Encoding.UTF8.GetByteCount(raw)} bytes.";
        if (activity.GetProperty("type").GetString() != "message") yield return "It is no message.";
        var hasText = activity.TryGetProperty("text", out var text);
        var hasCards = activity.TryGetProperty("attachments", out var attachments);
        if (!hasText && !hasCards) yield return "It says nothing.";
        if (hasText && text.GetString()!.AsSpan().ContainsAny("<>&")) yield return $"Teams reads `{text}` as more than words.";
        if (!hasCards) yield break;
        foreach (var attachment in attachments.EnumerateArray().Where(each => each.GetProperty("contentType").GetString() == "application/vnd.microsoft.card.adaptive"))
        {
            if (!activity.TryGetProperty("summary", out var summary) || string.IsNullOrWhiteSpace(summary.GetString())) yield return "A card has nothing that is read aloud.";
            foreach (var complaint in OfCard(attachment.GetProperty("content"))) yield return complaint;
        }
    }

    /// <summary>What is wrong with a dialog: the answer to <c>task/fetch</c>.</summary>
    public static IEnumerable<string> OfDialog(JsonElement task)
    {
        if (task.GetProperty("type").GetString() == "message")
        {
            if (string.IsNullOrWhiteSpace(task.GetProperty("value").GetString())) yield return "A dialog says nothing.";
            yield break;
        }

        var value = task.GetProperty("value");
        if (Encoding.UTF8.GetByteCount(task.GetRawText()) > MostBytes) yield return "A dialog is too long.";
        if (string.IsNullOrWhiteSpace(value.GetProperty("title").GetString())) yield return "A dialog has no title.";
        foreach (var complaint in OfCard(value.GetProperty("card").GetProperty("content"))) yield return complaint;
    }

    private static IEnumerable<string> OfCard(JsonElement card)
    {
        if (card.GetProperty("version").GetString() != "1.5") yield return "A card of another version.";
        if (card.TryGetProperty("actions", out var actions) && actions.EnumerateArray().Count(action => !action.TryGetProperty("mode", out _)) > MostPrimary) yield return "Too many buttons.";
        List<string> ids = [];
        foreach (var complaint in Within(card, ids)) yield return complaint;
        foreach (var twice in ids.GroupBy(id => id, StringComparer.Ordinal).Where(same => same.Count() > 1)) yield return $"Two inputs are called {twice.Key}.";
    }

    private static IEnumerable<string> Within(JsonElement element, List<string> ids)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var complaint in element.EnumerateArray().SelectMany(each => Within(each, ids))) yield return complaint;
            yield break;
        }

        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty("type", out var named) || named.ValueKind != JsonValueKind.String) yield break;
        var type = named.GetString()!;
        if (!Elements.TryGetValue(type, out var known))
        {
            yield return $"{type} is no element of a card.";
            yield break;
        }

        foreach (var member in element.EnumerateObject().Where(member => !known.Contains(member.Name, StringComparer.Ordinal))) yield return $"{type} has no {member.Name}.";
        if (type == "TextRun" && string.IsNullOrEmpty(element.GetProperty("text").GetString())) yield return "A run without text.";
        if (type == "RichTextBlock" && element.GetProperty("inlines").GetArrayLength() == 0) yield return "A block without runs.";
        if (type.StartsWith("Input.", StringComparison.Ordinal))
        {
            ids.Add(element.GetProperty("id").GetString()!);
            if (string.IsNullOrWhiteSpace(element.GetProperty("label").GetString())) yield return "An input without a label.";
        }

        if (type.StartsWith("Action.", StringComparison.Ordinal) && type != "Action.OpenUrl" && string.IsNullOrWhiteSpace(element.GetProperty("title").GetString())) yield return "A button without a title.";
        if (type == "Action.Execute" && !element.TryGetProperty("fallback", out _)) yield return "A button that old clients do not show.";
        if (type == "Action.OpenUrl" && (!Uri.TryCreate(element.GetProperty("url").GetString(), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https" or "mailto"))) yield return "A link that is none.";
        foreach (var member in element.EnumerateObject().Where(member => member.Name is not ("data" or "msteams"))) foreach (var complaint in Within(member.Value, ids)) yield return complaint;
    }
}
