namespace EightD.Incidents;

/// <summary>What the bot writes into a report's status line; any other word that stands there is kept.</summary>
public static class Status
{
    /// <summary>From <c>start</c> on.</summary>
    public const string InProgress = "In Progress";

    /// <summary>While the champion has not accepted it.</summary>
    public const string InReview = "In Review";

    /// <summary>From <c>close</c> on.</summary>
    public const string Completed = "Completed";

    /// <summary>From <c>cancel</c> on.</summary>
    public const string Cancelled = "Cancelled";
}
