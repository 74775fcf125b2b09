namespace EightD.Bot.Channels.Slack;

/// <summary>What the Slack channel logs: Slack's own codes, and nothing that somebody wrote.</summary>
internal static partial class SlackLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Slack did not do what it was asked.")]
    public static partial void SlackFailed(this ILogger log, Exception cause);

    [LoggerMessage(Level = LogLevel.Error, Message = "Slack could not draw a message, so it was sent as text.")]
    public static partial void SlackUndrawable(this ILogger log, Exception cause);

    [LoggerMessage(Level = LogLevel.Error, Message = "A request from Slack failed.")]
    public static partial void SlackRequestFailed(this ILogger log, Exception cause);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A request to Slack's addresses was refused: {Why}.")]
    public static partial void SlackRefused(this ILogger log, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Socket Mode could not be opened; it is tried again.")]
    public static partial void SocketUnopened(this ILogger log, Exception cause);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A connection of Socket Mode was lost; another is opened.")]
    public static partial void SocketLost(this ILogger log, Exception cause);

    [LoggerMessage(Level = LogLevel.Error, Message = "Socket Mode is switched off for this Slack app, so nothing comes from Slack: switch it on on the app's page Socket Mode, and start the bot again.")]
    public static partial void SocketDisabled(this ILogger log);

    [LoggerMessage(Level = LogLevel.Error, Message = "A workspace's token cannot be decrypted, since its key is gone; the workspace has to add the app again.")]
    public static partial void SlackTokenUnreadable(this ILogger log, Exception cause);
}
