using System.Collections.Concurrent;
using EightD.Bot.Publishing.Reviews;

namespace EightD.Bot.Publishing;

/// <summary>A repository with the folders of reports in it: the operator's, and those that workspaces have of their own.</summary>
/// <param name="options">Which repository.</param>
internal sealed class GitPlace(RepositoryOptions options) : IDisposable
{
    private readonly ConcurrentDictionary<string, ReportRepository> folders = new(StringComparer.Ordinal);

    /// <summary>Which it is.</summary>
    public RepositoryOptions Options => options;

    /// <summary>The repository.</summary>
    public GitRepository Git { get; } = new(options);

    /// <summary>Its pull requests on its host; null where there are none.</summary>
    public PullRequests? PullRequests { get; } = Hosts.Of(options);

    /// <summary>One of its folders.</summary>
    /// <param name="own">That of a workspace below the operator's; null: the operator's.</param>
    public ReportRepository In(string? own) => folders.GetOrAdd(own ?? "", name => new(Git, name.Length == 0 ? options : options with { Own = name }, PullRequests));

    public void Dispose()
    {
        Git.Dispose();
        PullRequests?.Dispose();
    }
}
