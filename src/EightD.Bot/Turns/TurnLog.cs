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

    [LoggerMessage(Level = LogLevel.Warning, Message = "What was delivered could not be saved yet; it is tried again.")]
    public static partial void OutcomesUnsaved(this ILogger log, Exception cause);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The report repository could not be asked.")]
    public static partial void RepositoryFailed(this ILogger log, Exception cause);

    [LoggerMessage(Level = LogLevel.Error, Message = "An 8D was left out of a list, since it cannot be read.")]
    public static partial void LeftOut(this ILogger log, Exception cause);
}
