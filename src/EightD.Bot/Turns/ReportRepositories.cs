using EightD.Bot.Channels;
using EightD.Bot.Publishing;
using EightD.Incidents;

namespace EightD.Bot.Turns;

/// <summary>
/// The report repositories as each tenant sees them: the operator's folder, or one of its own below that, with numbers, contents and templates of its own. Private
/// 8Ds have a repository of their own, or none.
/// </summary>
internal sealed class ReportRepositories(RepositoryOptions options, IEnumerable<IChannel> channels) : IDisposable
{
    /// <summary>How long a turn waits for the repository, whose texts may have to come from a server; they go on coming, and are there the next time.</summary>
    public static readonly TimeSpan TurnPatience = TimeSpan.FromSeconds(5);

    /// <summary>The one that everybody of the organisation reads.</summary>
    public GitPlace Public { get; } = new(options);

    /// <summary>The one of private 8Ds; null: they are in none.</summary>
    public GitPlace? Private { get; } = options.ForPrivate is { } own ? new(own) : null;

    /// <summary>All of them.</summary>
    public IEnumerable<GitPlace> All => Private is null ? [Public] : [Public, Private];

    /// <summary>A tenant's folder.</summary>
    public ReportRepository Of(string tenant) => Public.In(FolderOf(tenant));

    /// <summary>The folder that an 8D's report goes to; null: it is private, and there is no repository for those.</summary>
    public ReportRepository? Of(Incident incident) => PlaceOf(incident)?.In(FolderOf(incident.Home.Tenant));

    /// <summary>The repository that an 8D's report goes to; null: it is private, and there is none for those.</summary>
    public GitPlace? PlaceOf(Incident incident) => incident.IsPrivate ? Private : Public;

    /// <summary>The folder that a tenant has of its own; null where it shares the operator's.</summary>
    public string? FolderOf(string tenant) => channels.Of(tenant)?.FolderOf(tenant);

    public void Dispose()
    {
        foreach (var place in All) place.Dispose();
    }
}
