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

    /// <summary>A file as <c>main</c> has it, to the byte.</summary>
    public static string Read(string repository, string path) => Print(repository, ["cat-file", "blob", $"main:{path}"]);

    /// <summary>The bytes of a file as <c>main</c> has it.</summary>
    public static byte[] ReadBytes(string repository, string path)
    {
        using var process = Process.Start(new ProcessStartInfo("git", ["cat-file", "blob", $"main:{path}"]) { WorkingDirectory = repository, UseShellExecute = false, RedirectStandardOutput = true })!;
        using MemoryStream bytes = new();
        process.StandardOutput.BaseStream.CopyTo(bytes);
        process.WaitForExit();
        return bytes.ToArray();
    }

    /// <summary>Commits files by a work tree beside the repository, as a colleague would.</summary>
    public static void Push(TempFolder folder, string repository, params (string Path, byte[] Content)[] files)
    {
        var tree = folder[$"tree-{Guid.NewGuid():N}"];
        Run(folder.Path, "clone", "-q", repository, tree);
        Run(tree, "checkout", "-q", "-B", "main");
        foreach (var (path, content) in files)
        {
            var file = Path.Combine(tree, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, content);
        }

        Run(tree, "add", "-A");
        Run(tree, "commit", "-q", "-m", "By hand");
        Run(tree, "push", "-q", "origin", "main");
    }

    private static string Print(string directory, string[] arguments)
    {
        ProcessStartInfo start = new("git", arguments) { WorkingDirectory = directory, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in new[] { ("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_AUTHOR_NAME", "T"), ("GIT_AUTHOR_EMAIL", "t@t"), ("GIT_COMMITTER_NAME", "T"), ("GIT_COMMITTER_EMAIL", "t@t") })
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var complaints = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"git {string.Join(' ', arguments)}: {complaints.Result}");
        return output;
    }
}
