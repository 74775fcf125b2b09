namespace EightD.Bot.Turns;

/// <summary>What the turns log: for the operator, without what people wrote.</summary>
internal static partial class TurnLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} turns could not be taken.")]
    public static partial void TurnsFailed(this ILogger log, Exception cause, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "An answer could not be delivered; its sender was told.")]
    public static partial void AnswerFailed(this ILogger log, Exception cause);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What was to be said could not be delivered yet; it is tried again.")]
    public static partial void DeliveryFailed(this ILogger log, Exception cause);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} messages could not be delivered and were set aside.")]
    public static partial void DeliverySetAside(this ILogger log, Exception cause, int count);

    [LoggerMessage(Level = LogLevel.Information, Message = "A publish waits for the next start.")]
    public static partial void PublishWaits(this ILogger log);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A publish could not be recorded; it is looked for again at the next start.")]
    public static partial void PublishUnrecorded(this ILogger log, Exception cause);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The other side of a link could not be written; it is written after the next start.")]
    public static partial void LinkFailed(this ILogger log, Exception cause);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The report repository could not be asked.")]
    public static partial void RepositoryFailed(this ILogger log, Exception cause);

    [LoggerMessage(Level = LogLevel.Error, Message = "The 8D of {Key} was left as it is.")]
    public static partial void LeftAlone(this ILogger log, Exception cause, string key);
}
