namespace EightD.Bot.Publishing;

/// <summary>Git could not do its work now: it is not there, its files or its server cannot be reached, it took too long, or the server says no.</summary>
/// <param name="message">Why, in a sentence or in git's or the server's own words.</param>
/// <param name="cause">What the system said; null where git itself said it.</param>
internal sealed class RepositoryUnavailableException(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>What failed.</summary>
    public GitFailure Kind { get; init; } = GitFailure.Unreachable;
}

/// <summary>What failed.</summary>
internal enum GitFailure
{
    /// <summary>Something on the way: trying again may help.</summary>
    Unreachable,

    /// <summary>The server says no, and would say it again: a person has to mend it.</summary>
    Refused,

    /// <summary>The files of the repository on this machine.</summary>
    Here,
}
