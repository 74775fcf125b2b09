using EightD.Incidents;

namespace EightD.Bot.Channels.Slack;

/// <summary>Reads messages that people want in the report: from a shortcut, which brings them, or a reaction, for which Slack is asked.</summary>
internal sealed class SlackCapturing(SlackDirectory directory, SlackApi api, ILogger<SlackCapturing> log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>The reactions that file a message.</summary>
    public static bool Files(string? reaction) => reaction?.Split("::", 2)[0] is "8d" or "pushpin";

    /// <summary>A message as it is filed.</summary>
    public async Task<Deed.Capture> ReadAsync(SlackWorkspace workspace, string channel, SlackMessage message, bool mayWait, CancellationToken cancel)
    {
        var content = SlackContent.Of(message.Text, message.Blocks, message.Files);
        var link = LinkAsync(workspace, channel, message.Ts!, cancel);
        var names = await directory.NamesAsync(workspace, content.Mentioned, mayWait, cancel);
        var author = message.User is { } user ? await directory.PersonAsync(workspace, user, message.Username ?? (mayWait ? null : user), cancel) : new Person(message.BotId ?? "bot", message.Username ?? ChannelTexts.Get("SomeApp"));
        return new(author, SlackSaid.TimeOf(message.Ts!), content.Markdown(names), await link);
    }

    /// <summary>A message by its place; null where Slack has none there.</summary>
    /// <exception cref="SlackException">Slack did not show it.</exception>
    public async Task<SlackMessage?> FindAsync(SlackWorkspace workspace, string channel, string ts, CancellationToken cancel)
    {
        var answer = await api.CallAsync(workspace.Token, "conversations.history", [("channel", channel), ("latest", ts), ("oldest", ts), ("inclusive", "true"), ("limit", "1")], cancel);
        if (answer.Messages.FirstOrDefault(message => message.Ts == ts) is { } found) return found;
        answer = await api.CallAsync(workspace.Token, "conversations.replies", [("channel", channel), ("ts", ts), ("latest", ts), ("oldest", ts), ("inclusive", "true"), ("limit", "1")], cancel);
        return answer.Messages.FirstOrDefault(message => message.Ts == ts);
    }

    private async Task<string?> LinkAsync(SlackWorkspace workspace, string channel, string ts, CancellationToken cancel)
    {
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        soon.CancelAfter(Patience);
        try
        {
            return (await api.CallAsync(workspace.Token, "chat.getPermalink", [("channel", channel), ("message_ts", ts)], soon.Token)).Permalink;
        }
        catch (Exception cause) when (cause is SlackException || (cause is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            log.SlackFailed(cause); // it is filed without
            return null;
        }
    }
}
