using EightD.Bot.Settings;

namespace EightD.Bot.Publishing;

/// <summary>Which repository reports go to (contract, "Settings").</summary>
/// <param name="Remote">A path; one that is absent becomes a new bare repository. Or an address, https or ssh.</param>
/// <param name="Branch">The branch that reports are committed to, without <c>refs/heads/</c>.</param>
/// <param name="Folder">The folder of the reports; null: as <c>.8d-dir</c> says, else <c>docs/8d</c>.</param>
/// <param name="AuthorName">The committer's name.</param>
/// <param name="AuthorEmail">The committer's address.</param>
internal sealed record RepositoryOptions(string Remote, string Branch, string? Folder, string AuthorName, string AuthorEmail)
{
    /// <summary>As the operator set it.</summary>
    public static RepositoryOptions Of(BotSettings settings) =>
        new(settings.GitRemote, settings.GitBranch, settings.GitFolder, settings.GitAuthorName, settings.GitAuthorEmail)
        {
            PrivateRemote = settings.GitPrivateRemote,
            Mode = settings.GitMode,
            Host = settings.GitHost,
            HostApi = settings.GitHostApi,
            Username = settings.GitUsername,
            Token = settings.GitToken,
            SshKeyFile = settings.GitSshKeyFile,
            KnownHostsFile = settings.GitKnownHostsFile,
            Clones = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(settings.StoragePath))!, "git"),
        };

    /// <summary>The path or address of the repository of private 8Ds; null: they are in none.</summary>
    public string? PrivateRemote { get; init; }

    /// <summary>The repository of private 8Ds, reached as this one is; null: there is none.</summary>
    public RepositoryOptions? ForPrivate => PrivateRemote is { } remote ? this with { Remote = remote, RemoteKey = "Git:PrivateRemote", PrivateRemote = null, Host = GitHosts.Guess(remote) is var host && host == GitHost.None && HostApi is not null ? Host : host } : null;

    /// <summary>The setting that holds <see cref="Remote"/>.</summary>
    public string RemoteKey { get; init; } = "Git:Remote";

    /// <summary>Whether reports are committed to the branch, or to branches of their own that people merge.</summary>
    public GitMode Mode { get; init; }

    /// <summary>The host whose pull requests are opened.</summary>
    public GitHost Host { get; init; }

    /// <summary>The address of the host's API, with a slash at its end; null: the usual one of that host.</summary>
    public Uri? HostApi { get; init; }

    /// <summary>The folder below that of the reports which a workspace has of its own; null: it shares the operator's.</summary>
    public string? Own { get; init; }

    /// <summary>Who reaches an https address; null: what every host takes beside a token.</summary>
    public string? Username { get; init; }

    /// <summary>With which an https address is reached, a secret; null: without one.</summary>
    public string? Token { get; init; }

    /// <summary>The file of the key with which an ssh address is reached; null: whatever ssh has.</summary>
    public string? SshKeyFile { get; init; }

    /// <summary>The file of the servers that ssh trusts; null: the user's own.</summary>
    public string? KnownHostsFile { get; init; }

    /// <summary>The folder in which clones of servers' repositories are kept; they can be made anew at any time.</summary>
    public string Clones { get; init; } = "data/git";

    /// <summary>The git program: a name that is looked for on the PATH, or a path.</summary>
    public string Program { get; init; } = "git";

    /// <summary>How long one git command may take.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a server's first clone may take: an old repository has much to send.</summary>
    public TimeSpan ClonePatience { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>No values: one is secret.</summary>
    public override string ToString() => nameof(RepositoryOptions);
}
