namespace EightD.Bot.Settings;

/// <summary>How reports come to their branch (contract, <c>Git:Mode</c>).</summary>
internal enum GitMode
{
    /// <summary>They are committed to it.</summary>
    Commit,

    /// <summary>Each is committed to a branch of its own, which people merge.</summary>
    PullRequest,
}
