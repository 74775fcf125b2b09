using EightD.Reports.Merging;

namespace EightD.Incidents.ReadingBack;

/// <summary>What was done to an 8D's file in Git since it was published last.</summary>
/// <param name="Commit">The commit that has it.</param>
/// <param name="Authors">Who made the commits that touched it since, each once.</param>
/// <param name="Path">The file's path in the repository now; null where it is gone.</param>
/// <param name="FileName">Its name in its folder; null where it is gone.</param>
/// <param name="Base">Its text as it was published last.</param>
/// <param name="Text">Its text now; null where it is gone, is no UTF-8 text, or is too long for a report.</param>
public sealed record GitEdit(string Commit, IReadOnlyList<string> Authors, string? Path, string? FileName, string? Base, string? Text)
{
    /// <summary>The branch on which it waits to be merged from now on; null where it does not.</summary>
    public Review? Review { get; init; }

    /// <summary>What became of the branch on which it waited.</summary>
    public ReviewFate Fate { get; init; }
}

/// <summary>What became of a branch on which a report waited to be merged.</summary>
public enum ReviewFate
{
    /// <summary>Nothing new.</summary>
    Same,

    /// <summary>It was merged.</summary>
    Merged,

    /// <summary>It was deleted, and not merged.</summary>
    Deleted,

    /// <summary>Its pull request was closed, and not merged.</summary>
    Closed,
}

/// <summary>What chat and Git changed differently, until somebody decides.</summary>
/// <param name="Id">By which its buttons find it; the key of its message too.</param>
/// <param name="What">What it is, with both texts.</param>
public sealed record OpenClash(string Id, ReportClash What);
