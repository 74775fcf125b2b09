using System.Collections.Concurrent;
using EightD.Bot.Channels;
using EightD.Bot.Publishing;

namespace EightD.Bot.Turns;

/// <summary>The report repository as each tenant sees it: the operator's folder, or one of its own below that, with numbers, contents and templates of its own.</summary>
internal sealed class ReportRepositories(RepositoryOptions options, GitRepository git, IEnumerable<IChannel> channels)
{
    /// <summary>How long a turn waits for the repository, whose texts may have to come from a server; they go on coming, and are there the next time.</summary>
    public static readonly TimeSpan TurnPatience = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, ReportRepository> repositories = new(StringComparer.Ordinal);

    /// <summary>The one that the operator's own people share.</summary>
    public ReportRepository Shared => In("");

    /// <summary>The one of a tenant.</summary>
    public ReportRepository Of(string tenant) => In(FolderOf(tenant) ?? "");

    /// <summary>The folder that a tenant has of its own; null where it shares the operator's.</summary>
    public string? FolderOf(string tenant) => channels.Of(tenant)?.FolderOf(tenant);

    private ReportRepository In(string folder) => repositories.GetOrAdd(folder, own => new(git, own.Length == 0 ? options : options with { Own = own }));
}
