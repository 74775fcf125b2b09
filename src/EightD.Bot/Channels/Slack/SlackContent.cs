using System.Text.Json;
using EightD.Bot.Channels.Spelling;

namespace EightD.Bot.Channels.Slack;

/// <summary>What a message holds: its rich text where it has one, which is exact, else its mrkdwn; and the files on it, as links.</summary>
internal sealed record SlackContent
{
    private readonly string text;
    private readonly JsonElement? blocks;
    private readonly IReadOnlyList<SlackFile> files;

    private SlackContent(string text, JsonElement? blocks, IReadOnlyList<SlackFile> files) => (this.text, this.blocks, this.files) = (text, blocks, files);

    /// <summary>Who and what it names.</summary>
    public SlackIds Mentioned => blocks is { } rich && RichText.IsIn(rich) ? RichText.Mentioned(rich) : Mrkdwn.Mentioned(text);

    public static SlackContent Of(string? text, JsonElement? blocks, IReadOnlyList<SlackFile> files) => new(text ?? "", blocks is { ValueKind: JsonValueKind.Array } ? blocks : null, files);

    /// <summary>Its Markdown, with names where ids stood.</summary>
    public string Markdown(SlackNames names)
    {
        var said = (blocks is { } rich ? RichText.ToMarkdown(rich, names) : null) ?? Mrkdwn.ToMarkdown(text, names);
        var links = files.Where(file => file.Permalink is not null).Select(file => MarkdownSpelling.Link(file.Permalink!, file.Title ?? file.Name ?? file.Id));
        return string.Join('\n', links.Prepend(said).Where(line => line.Length > 0));
    }
}
