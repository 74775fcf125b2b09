using System.Diagnostics;

namespace EightD.Bot.Tests;

/// <summary>Runs the real git.</summary>
internal static class Git
{
    /// <summary>What a git command printed; it fails where git does.</summary>
    public static async Task<string> RunAsync(string folder, params string[] arguments)
    {
        var cancel = TestContext.Current.CancellationToken;
        using var git = new Process
        {
            StartInfo = new("git", ["-C", folder, "-c", "user.name=A team", "-c", "user.email=team@localhost", .. arguments])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["GIT_CONFIG_GLOBAL"] = "/dev/null", ["GIT_CONFIG_NOSYSTEM"] = "1", ["LC_ALL"] = "C" },
            },
        };
        git.Start();
        var (output, error) = (git.StandardOutput.ReadToEndAsync(cancel), git.StandardError.ReadToEndAsync(cancel));
        await git.WaitForExitAsync(cancel);
        Assert.True(git.ExitCode == 0, $"git {string.Join(' ', arguments)}: {await error}");
        return await output;
    }

    /// <summary>A bare repository at <paramref name="bare"/> with these files in one commit on <c>main</c>.</summary>
    public static async Task MakeAsync(string bare, params IEnumerable<(string Path, string Text)> files)
    {
        using var work = new TempFolder();
        await RunAsync(work.Path, "init", "--quiet", "--initial-branch=main");
        foreach (var (path, text) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(work[path])!);
            await File.WriteAllTextAsync(work[path], text, TestContext.Current.CancellationToken);
        }

        await RunAsync(work.Path, "add", "--all");
        await RunAsync(work.Path, "commit", "--quiet", "--message=Earlier reports");
        Directory.CreateDirectory(Path.GetDirectoryName(bare)!);
        await RunAsync(work.Path, "clone", "--quiet", "--bare", work.Path, bare);
    }

    /// <summary>A file as <c>main</c> has it.</summary>
    public static Task<string> ReadAsync(string bare, string path) => RunAsync(bare, "cat-file", "blob", $"main:{path}");
}
