using System.Text;
using System.Text.Json;

namespace EightD.Bot.Tests.Slack;

/// <summary>
/// What Slack holds a bot's messages and views to, and what this project holds itself to besides (slack-protocol.md, sections 4, 7 and 9).
/// Each gives its complaints; none where all is well.
/// </summary>
internal static class SlackLimits
{
    /// <summary>Characters of text that all blocks of a message stay under: Slack refuses from about 13,200 on and names no limit.</summary>
    public const int AllBlocks = 12_000;

    private const int RefusedBlocks = 13_200;

    private static readonly string[] Sent = ["token", "channel", "text", "blocks", "attachments", "metadata", "markdown_text", "parse", "link_names", "as_user", "username", "icon_emoji", "icon_url"];

    /// <summary>Of the arguments of <c>chat.postMessage</c>.</summary>
    public static List<SlackComplaint> OfPost(JsonElement message)
    {
        var look = new Inspection("invalid_blocks");
        Spot at = new(message, "");
        look.Closed(at, [.. Sent, "thread_ts", "reply_broadcast", "mrkdwn", "unfurl_links", "unfurl_media"], isOurs: true);
        look.String(at, "channel", 255, isRequired: true);
        look.String(at, "thread_ts", 255);
        look.Flag(at, "reply_broadcast");
        MustBeFalse(look, at, "unfurl_links");
        MustBeFalse(look, at, "unfurl_media");
        Content(look, at, 40_000, tooLong: null); // Slack cuts it without a word
        return look.Found;
    }

    /// <summary>Of the arguments of <c>chat.postEphemeral</c>.</summary>
    public static List<SlackComplaint> OfEphemeral(JsonElement message)
    {
        var look = new Inspection("invalid_blocks");
        Spot at = new(message, "");
        look.Closed(at, [.. Sent, "user", "thread_ts"], isOurs: true);
        look.String(at, "channel", 255, isRequired: true);
        look.String(at, "user", 255, isRequired: true);
        look.String(at, "thread_ts", 255);
        Content(look, at, 40_000, tooLong: null);
        return look.Found;
    }

    /// <summary>Of the arguments of <c>chat.update</c>.</summary>
    public static List<SlackComplaint> OfUpdate(JsonElement message)
    {
        var look = new Inspection("invalid_blocks");
        Spot at = new(message, "");
        look.Closed(at, [.. Sent, "ts", "reply_broadcast", "file_ids"], isOurs: true);
        look.String(at, "channel", 255, isRequired: true);
        look.String(at, "ts", 255, isRequired: true);
        if (at.Get("parse") is not { Json.ValueKind: JsonValueKind.String } parse || parse.Json.GetString() != "none") look.Remark(at.To("parse"), "must be \"none\": it falls back to \"client\"");
        Content(look, at, 4_000, tooLong: "msg_too_long");
        return look.Found;
    }

    /// <summary>Of what is posted to a <c>response_url</c>, and of a slash command's first answer.</summary>
    public static List<SlackComplaint> OfResponse(JsonElement message)
    {
        var look = new Inspection("invalid_blocks");
        Spot at = new(message, "");
        look.Closed(at, ["text", "blocks", "response_type", "replace_original", "delete_original", "thread_ts"], isOurs: true);
        look.OneOf(at, "response_type", "ephemeral", "in_channel");
        look.Flag(at, "replace_original");
        look.String(at, "thread_ts", 255);
        if (look.Flag(at, "delete_original") != true) Content(look, at, 40_000, tooLong: null);
        return look.Found;
    }

    /// <summary>Of a modal or a Home tab.</summary>
    public static List<SlackComplaint> OfView(JsonElement view)
    {
        var look = new Inspection("invalid_arguments");
        Spot at = new(view, "");
        var isHome = at.Type == "home";
        if (Encoding.UTF8.GetByteCount(view.GetRawText()) > 250 * 1024) look.Refuse(at, "is over 250 KB", "view_too_large");
        look.OneOf(at, "type", "modal", "home");
        look.Closed(at, ["type", "title", "submit", "close", "blocks", "private_metadata", "callback_id", "external_id", "clear_on_close", "notify_on_close", "submit_disabled"]);
        foreach (var name in (string[])["title", "submit", "close", "clear_on_close", "notify_on_close", "submit_disabled"])
        {
            if (isHome && at.Get(name) is { } here) look.Refuse(here, "has no place on a Home tab");
        }

        look.PlainText(at, "title", 24, isRequired: !isHome);
        look.PlainText(at, "submit", 24);
        look.PlainText(at, "close", 24);
        look.String(at, "private_metadata", 3_000, least: 0);
        look.String(at, "callback_id", 255, least: 0);
        look.String(at, "external_id", 255, least: 0);
        look.Flag(at, "clear_on_close");
        look.Flag(at, "notify_on_close");
        var blocks = look.Array(at, "blocks", 0, 100, isRequired: true);
        new BlockLimits(look, isHome ? SlackSurface.Home : SlackSurface.Modal).Check(blocks);
        if (!isHome && blocks.Any(block => block.Type == "input") && at.Get("submit") is null) look.Refuse(at.To("submit"), "is needed beside an input block");
        return look.Found;
    }

    /// <summary>Characters of text in blocks, wherever in them it stands.</summary>
    public static int Characters(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Array => json.EnumerateArray().Sum(Characters),
        JsonValueKind.Object => json.EnumerateObject().Sum(property =>
            property.Value.ValueKind == JsonValueKind.String ? property.Name is "text" or "alt_text" ? property.Value.GetString()!.Length : 0 : Characters(property.Value)),
        _ => 0,
    };

    private static void MustBeFalse(Inspection look, Spot at, string name)
    {
        if (at.Get(name) is not { Json.ValueKind: JsonValueKind.False }) look.Remark(at.To(name), "must be false");
    }

    private static void Content(Inspection look, Spot at, int most, string? tooLong)
    {
        Words(look, at, most, tooLong);
        Blocks(look, at);
        Metadata(look, at);
        look.Array(at, "attachments", 0, 100);
    }

    private static void Words(Inspection look, Spot at, int most, string? tooLong)
    {
        var text = at.Get("text");
        if (at.Get("markdown_text") is { } markdown)
        {
            if (text is not null || at.Get("blocks") is not null) look.Refuse(markdown, "stands beside text or blocks", "markdown_text_conflict");
            look.String(at, "markdown_text", 12_000);
            return;
        }

        if (text is not { Json.ValueKind: JsonValueKind.String } || string.IsNullOrWhiteSpace(text.Value.Json.GetString())) look.Refuse(at.To("text"), "is missing or blank", "no_text");
        else if (text.Value.Json.GetString()!.Length is var length && length > most) look.Say(text.Value, $"has {length} characters, {most} are allowed", tooLong);
    }

    private static void Blocks(Inspection look, Spot at)
    {
        if (at.Get("blocks") is not { } given) return;
        if (given.Json.ValueKind != JsonValueKind.Array)
        {
            look.Refuse(given, "is not an array", "invalid_blocks_format");
            return;
        }

        new BlockLimits(look, SlackSurface.Message).Check(look.Array(at, "blocks", 0, 50));
        var characters = Characters(given.Json);
        if (characters >= AllBlocks) look.Say(given, $"have {characters} characters together, they must stay under {AllBlocks}", characters > RefusedBlocks ? "msg_blocks_too_long" : null);
    }

    private static void Metadata(Inspection look, Spot at)
    {
        if (at.Get("metadata") is not { } metadata) return;
        var strict = look.For("invalid_metadata_format");
        strict.Closed(metadata, ["event_type", "event_payload"]);
        strict.String(metadata, "event_type", 255, isRequired: true);
        strict.Object(metadata, "event_payload", isRequired: true);
    }
}

/// <summary>Where blocks are shown.</summary>
internal enum SlackSurface
{
    Message,
    Modal,
    Home,
}

/// <summary>Something wrong with what a bot sent.</summary>
/// <param name="Pointer">Where, as a JSON pointer into what was checked.</param>
/// <param name="What">What is wrong there, to be read after the pointer.</param>
/// <param name="Error">The code with which Slack refuses it; null where Slack takes it and only this project does not.</param>
internal sealed record SlackComplaint(string Pointer, string What, string? Error)
{
    public override string ToString() => $"{Pointer} {What}{(Error is null ? "" : $" ({Error})")}";
}
