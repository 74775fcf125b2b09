using EightD.Bot.Settings;

namespace EightD.Bot.Publishing.Reviews;

/// <summary>The hosts whose pull requests are known here.</summary>
internal static class Hosts
{
    /// <summary>The pull requests of a repository; null where reports are committed to their branch, or the host is none that is known.</summary>
    public static PullRequests? Of(RepositoryOptions options) =>
        options.Mode != GitMode.PullRequest || RepositoryAddress.Of(options.Remote) is not { } address ? null : options.Host switch
        {
            GitHost.GitHub => new GitHub(options, address),
            GitHost.GitLab => new GitLab(options, address),
            GitHost.AzureDevOps => new AzureDevOps(options, address),
            GitHost.Gitea => new Gitea(options, address),
            _ => null,
        };
}
