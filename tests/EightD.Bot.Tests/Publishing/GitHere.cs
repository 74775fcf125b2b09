using System.Diagnostics;

namespace EightD.Bot.Tests.Publishing;

/// <summary>The real git, as a person would use it on a repository.</summary>
internal static class GitHere
{
    /// <summary>What a git command prints, without the line end after it; fails the test where git fails.</summary>
    public static string Run(string directory, params string[] arguments) => Print(directory, arguments).TrimEnd('\n');

    /// <summary>Makes a repository that a server can show.</summary>
    public static void Serve(string repository)
    {
        Directory.CreateDirectory(repository);
        Run(repository, "init", "-q", "--bare", "--initial-branch=main");
        foreach (var (key, value) in GitHttpServer.Needed) Run(repository, "config", key, value);
    }

    /// <summary>A file as a branch has it, to the byte.</summary>
    public static string Read(string repository, string path, string branch = "main") => Print(repository, ["cat-file", "blob", $"{branch}:{path}"]);

    /// <summary>The bytes of a file as <c>main</c> has it.</summary>
    public static byte[] ReadBytes(string repository, string path) => Bytes(repository, ["cat-file", "blob", $"main:{path}"]);

    /// <summary>Commits files by a work tree beside the repository, as a colleague would.</summary>
    public static void Push(TempFolder folder, string repository, params (string Path, byte[] Content)[] files)
    {
        AtDesk(folder, repository, tree =>
        {
            foreach (var (path, content) in files)
            {
                var file = Path.Combine(tree, path);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                File.WriteAllBytes(file, content);
            }
        });
    }

    /// <summary>A colleague clones the repository, changes something in the work tree, commits all of it and pushes.</summary>
    public static void AtDesk(TempFolder folder, string repository, Action<string> change, string subject = "By hand", string branch = "main")
    {
        var tree = Clone(folder, repository);
        Run(tree, branch == "main" ? ["checkout", "-q", "-B", "main"] : ["checkout", "-q", branch]);
        change(tree);
        Run(tree, "add", "-A");
        Run(tree, "commit", "-q", "-m", subject);
        Run(tree, "push", "-q", "origin", branch);
    }

    /// <summary>A colleague merges a branch into <c>main</c> and pushes that; fails the test where the two conflict.</summary>
    /// <param name="folder">Where the work tree is.</param>
    /// <param name="repository">The repository.</param>
    /// <param name="branch">The branch.</param>
    /// <param name="squash">Whether its commits become one.</param>
    /// <param name="delete">Whether it is deleted after that.</param>
    public static void Merge(TempFolder folder, string repository, string branch, bool squash = false, bool delete = false)
    {
        var tree = Clone(folder, repository);
        Run(tree, "checkout", "-q", "main");
        Run(tree, squash ? ["merge", "-q", "--squash", $"origin/{branch}"] : ["merge", "-q", "--no-ff", "-m", $"Merge {branch}", $"origin/{branch}"]);
        if (squash) Run(tree, "commit", "-q", "-m", $"Squashed {branch}");
        Run(tree, ["push", "-q", "origin", "main", .. delete ? [$":{branch}"] : Array.Empty<string>()]);
    }

    private static string Clone(TempFolder folder, string repository)
    {
        var tree = folder[$"tree-{Guid.NewGuid():N}"];
        Run(folder.Path, "clone", "-q", repository, tree);
        return tree;
    }

    private static string Print(string directory, string[] arguments)
    {
        using StreamReader reader = new(new MemoryStream(Bytes(directory, arguments)));
        return reader.ReadToEnd();
    }

    private static byte[] Bytes(string directory, string[] arguments)
    {
        ProcessStartInfo start = new("git", arguments) { WorkingDirectory = directory, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in new[] { ("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_AUTHOR_NAME", "T"), ("GIT_AUTHOR_EMAIL", "t@t"), ("GIT_COMMITTER_NAME", "T"), ("GIT_COMMITTER_EMAIL", "t@t") })
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var complaints = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        using MemoryStream output = new();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"git {string.Join(' ', arguments)}: {complaints.Result}");
        return output.ToArray();
    }
}
