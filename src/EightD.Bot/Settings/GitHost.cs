namespace EightD.Bot.Settings;

/// <summary>The hosts whose pull requests are known here (contract, <c>Git:Host</c>).</summary>
internal enum GitHost
{
    /// <summary>None: a branch is pushed, and people merge it themselves.</summary>
    None,

    /// <summary>github.com, or a company's own server.</summary>
    GitHub,

    /// <summary>gitlab.com, or one's own.</summary>
    GitLab,

    /// <summary>Azure DevOps Services, or a company's own server.</summary>
    AzureDevOps,

    /// <summary>Gitea, Forgejo, Codeberg.</summary>
    Gitea,
}

/// <summary>Which host a repository is on.</summary>
internal static class GitHosts
{
    /// <summary>The host that an address shows by its name; none where it shows none.</summary>
    public static GitHost Guess(string remote)
    {
        var host = RepositoryAddress.Of(remote)?.Host.Host ?? "";
        bool Has(string name) => host.Contains(name, StringComparison.OrdinalIgnoreCase);
        return Has("github") ? GitHost.GitHub
            : Has("gitlab") ? GitHost.GitLab
            : Has("dev.azure.com") || Has("visualstudio.com") ? GitHost.AzureDevOps
            : Has("gitea") || Has("forgejo") || Has("codeberg") ? GitHost.Gitea
            : GitHost.None;
    }
}
