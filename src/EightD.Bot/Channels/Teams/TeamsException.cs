namespace EightD.Bot.Channels.Teams;

/// <summary>Teams did not do what it was asked (Bot Framework, "Connector": status codes).</summary>
internal sealed class TeamsException : Exception
{
    private TeamsException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }

    /// <summary>Teams' own code: <c>ConversationNotFound</c>; empty where it gave none.</summary>
    public string Code { get; private init; } = "";

    /// <summary>The HTTP status; 0 where none came.</summary>
    public int Status { get; private init; }

    /// <summary>Whether it may have been done all the same.</summary>
    public bool IsUnclear { get; private init; }

    /// <summary>When it wants to be asked again; null where it does not say.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    /// <summary>Whether the message or conversation is no more.</summary>
    public bool IsGone => Status == StatusCodes.Status404NotFound;

    /// <summary>Whether the bot may not write there any more.</summary>
    public bool IsBlocked => Status == StatusCodes.Status403Forbidden;

    /// <summary>What a person can do about it; null where it mends itself.</summary>
    public string? ToMend => (Code, Status) switch
    {
        ("BotDisabledByAdmin", _) => ChannelTexts.Get("TeamsDisabled"),
        ("ConversationBlockedByUser", _) => ChannelTexts.Get("TeamsBlocked"),
        (_, StatusCodes.Status403Forbidden) => ChannelTexts.Get("TeamsRemoved"),
        (_, StatusCodes.Status404NotFound) => ChannelTexts.Get("TeamsGone"),
        (_, StatusCodes.Status401Unauthorized) => ChannelTexts.Get("TeamsUnauthorized"),
        (_, StatusCodes.Status413PayloadTooLarge) => ChannelTexts.Get("TeamsTooBig"),
        (_, StatusCodes.Status400BadRequest) => ChannelTexts.Get("TeamsUndrawable"),
        _ => null,
    };

    /// <summary>It answered that it did not.</summary>
    public static TeamsException Refused(string call, int status, string code, TimeSpan? retryAfter) =>
        new($"{call}: {status} {code}") { Code = code, Status = status, RetryAfter = retryAfter };

    /// <summary>Nothing was heard of it. What does no harm twice is as good as not done; of anything else it is not known whether it was.</summary>
    public static TeamsException Unanswered(string call, string why, bool isRepeatable, Exception cause) => new($"{call}: {why}", cause) { IsUnclear = !isRepeatable };

    /// <summary>It did not, and can be asked again.</summary>
    public static TeamsException Undone(string call, string why, Exception? cause = null) => new($"{call}: {why}", cause);

    /// <summary>Nothing has come from the conversation yet, so that it is not known where to answer.</summary>
    public static TeamsException NotThere() => new("The conversation is not known.") { Status = StatusCodes.Status403Forbidden };
}
