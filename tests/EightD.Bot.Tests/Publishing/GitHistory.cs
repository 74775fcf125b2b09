namespace EightD.Bot.Tests.Publishing;

/// <summary>The commits that were ever on <c>main</c>: whatever is done, none of them may be lost.</summary>
internal sealed class GitHistory
{
    private readonly HashSet<string> commits = new(StringComparer.Ordinal);

    /// <summary>Remembers those that are there now.</summary>
    public void Remember(string repository) => commits.UnionWith(CommitsOf(repository));

    /// <summary>Forgets all: somebody rewrote the branch.</summary>
    public void Forget() => commits.Clear();

    /// <summary>Fails the test where one is there no more, or the repository is broken.</summary>
    public void AssertKept(string repository)
    {
        Assert.Superset(commits, CommitsOf(repository).ToHashSet(StringComparer.Ordinal));
        Assert.Equal("", GitHere.Run(repository, "fsck", "--strict", "--no-dangling"));
    }

    private static string[] CommitsOf(string repository) => GitHere.Run(repository, "rev-list", "main").Split('\n');
}
