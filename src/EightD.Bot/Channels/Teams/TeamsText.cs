using System.Net;
using System.Text.Json;
using EightD.Bot.Channels.Spelling;
using EightD.Incidents;

namespace EightD.Bot.Channels.Teams;

/// <summary>What a message says.</summary>
/// <param name="Command">Its words as typed, without the bot's mention.</param>
/// <param name="Markdown">The same as it is shown, as Markdown, with links to the files that hang on it.</param>
/// <param name="IsToBot">Whether it mentions the bot.</param>
/// <param name="IsFormatted">Whether it is shown in more than words: bold, lists, code, links.</param>
/// <param name="Mentioned">Whom it mentions beside the bot.</param>
internal sealed record TeamsWords(string Command, string Markdown, bool IsToBot, bool IsFormatted, IReadOnlyList<Person> Mentioned);

/// <summary>Reads messages (Teams, "Channel and group conversations"). Who is mentioned is told by the entities alone: what looks like a mention in the text was typed.</summary>
internal static class TeamsText
{
    private const string Html = "text/html", File = "application/vnd.microsoft.teams.file.download.info";

    public static TeamsWords Read(TeamsActivity activity)
    {
        var mentions = activity.Entities.Where(entity => entity is { Type: "mention", Text: { Length: > 0 }, Mentioned: not null }).ToList();
        var bot = mentions.Find(mention => mention.Mentioned!.Id == activity.Recipient?.Id);
        var command = Command(activity.Text ?? "", mentions, bot);
        var html = activity.Attachments.FirstOrDefault(each => each is { ContentType: Html, Content.ValueKind: JsonValueKind.String })?.Content!.Value.GetString()
            ?? (activity.TextFormat == "xml" ? activity.Text : null);
        var read = html is null ? null : TeamsHtml.Read(html, bot is null ? null : NameOf(bot));
        var links = activity.Attachments.Where(each => each.ContentType == File && each.ContentUrl is not null).Select(each => MarkdownSpelling.Link(each.ContentUrl!, each.Name));
        var markdown = string.Join('\n', links.Prepend(read?.Markdown ?? command).Where(line => line.Length > 0));
        List<Person> people = [.. mentions.Where(mention => mention.Mentioned!.Id is not null && mention.Mentioned.Id != activity.Recipient?.Id).Select(mention => new Person(mention.Mentioned!.Id!, NameOf(mention)))];
        return new(command, markdown, bot is not null, read?.IsFormatted == true, people);
    }

    private static string Command(string text, List<TeamsEntity> mentions, TeamsEntity? bot)
    {
        foreach (var mention in mentions)
        {
            var at = text.IndexOf(mention.Text!, StringComparison.OrdinalIgnoreCase);
            if (at >= 0) text = text[..at] + (mention.Mentioned!.Id == bot?.Mentioned!.Id ? "" : "@" + WebUtility.HtmlEncode(NameOf(mention))) + text[(at + mention.Text!.Length)..];
        }

        return WebUtility.HtmlDecode(text).Replace('\u00a0', ' ').ReplaceLineEndings("\n").Trim();
    }

    /// <summary>What a mention calls somebody: as it stands in the message, else by name.</summary>
    private static string NameOf(TeamsEntity mention)
    {
        var name = WebUtility.HtmlDecode(mention.Text!);
        var (begin, end) = (name.IndexOf('>', StringComparison.Ordinal), name.LastIndexOf("</", StringComparison.Ordinal));
        return (begin >= 0 && end > begin ? name[(begin + 1)..end] : mention.Mentioned!.Name ?? name).Trim();
    }
}
