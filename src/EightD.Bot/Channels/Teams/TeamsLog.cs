namespace EightD.Bot.Channels.Teams;

/// <summary>What the Teams channel logs: Teams' own codes, and nothing that somebody wrote.</summary>
internal static partial class TeamsLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Teams did not do what it was asked.")]
    public static partial void TeamsFailed(this ILogger log, Exception cause);

    [LoggerMessage(Level = LogLevel.Error, Message = "A request from Teams failed.")]
    public static partial void TeamsRequestFailed(this ILogger log, Exception cause);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A request to Teams' address was refused: {Why}.")]
    public static partial void TeamsRefused(this ILogger log, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The keys with which Teams signs could not be fetched; those that are known are used.")]
    public static partial void TeamsKeysFailed(this ILogger log, Exception cause);
}
