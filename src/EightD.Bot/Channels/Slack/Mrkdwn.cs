namespace EightD.Bot.Channels.Slack;

/// <summary>Slack's mrkdwn from Markdown and back (Slack, "Formatting text"). Any text can be given; the time grows with its length alone.</summary>
internal static class Mrkdwn
{
    /// <summary>A text that people wrote, so that Slack shows it as it is: nobody is called, nothing becomes a link.</summary>
    public static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>Our Markdown, which quotes what people wrote, as mrkdwn. Tokens and entities that were typed show as typed.</summary>
    public static string FromMarkdown(string markdown) => MarkdownToMrkdwn.Convert(markdown);

    /// <summary>A message's <c>text</c> as Markdown. Where the message has a <c>rich_text</c> block that is the better source: <see cref="RichText"/>.</summary>
    public static string ToMarkdown(string mrkdwn, SlackNames names) => MrkdwnToMarkdown.Convert(mrkdwn, names);

    /// <summary>Whom and what a message's or a command's text names.</summary>
    public static SlackIds Mentioned(string mrkdwn) => SlackIds.Of(SlackText.Tokens(mrkdwn).Select(found => found.Token.Named).OfType<(char, string)>());

    /// <summary>A slash command's text as it was typed: Slack's tokens and entities decoded, once; every mark stays.</summary>
    public static string DecodeCommand(string text, SlackNames names) => SlackText.Decode(text, token => token.ToMarkdown(names));

    /// <summary>A long text in pieces that each fit into a message; a code block that is cut goes on in the next piece.</summary>
    /// <param name="mrkdwn">What <see cref="FromMarkdown"/> gives.</param>
    /// <param name="most">UTF-16 units of a piece, at least 32.</param>
    /// <returns>Together the whole text but for the white space between them; none for a blank text.</returns>
    public static IReadOnlyList<string> Split(string mrkdwn, int most) => MrkdwnSplit.Split(mrkdwn, most);
}
