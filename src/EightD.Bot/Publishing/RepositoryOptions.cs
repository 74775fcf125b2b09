using EightD.Bot.Settings;

namespace EightD.Bot.Publishing;

/// <summary>Which repository reports go to (contract, "Settings").</summary>
/// <param name="Remote">A path; one that is absent becomes a new bare repository.</param>
/// <param name="Branch">The branch that reports are committed to, without <c>refs/heads/</c>.</param>
/// <param name="Folder">The folder of the reports; null: as <c>.8d-dir</c> says, else <c>docs/8d</c>.</param>
/// <param name="AuthorName">The committer's name.</param>
/// <param name="AuthorEmail">The committer's address.</param>
internal sealed record RepositoryOptions(string Remote, string Branch, string? Folder, string AuthorName, string AuthorEmail)
{
    /// <summary>As the operator set it.</summary>
    public static RepositoryOptions Of(BotSettings settings) =>
        new(settings.GitRemote, settings.GitBranch, settings.GitFolder, settings.GitAuthorName, settings.GitAuthorEmail);

    /// <summary>The folder below that of the reports which a workspace has of its own; null: it shares the operator's.</summary>
    public string? Own { get; init; }

    /// <summary>The git program: a name that is looked for on the PATH, or a path.</summary>
    public string Program { get; init; } = "git";

    /// <summary>How long one git command may take.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);
}
