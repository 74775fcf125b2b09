using System.Text;
using CliWrap;

namespace EightD.Bot.Publishing;

/// <summary>
/// Runs the git command line on one repository: arguments as a list, no shell, nobody's configuration, nobody asked for a password. A process that takes
/// too long is ended.
/// </summary>
internal sealed class GitCommand(string repository, string program = "git")
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private static readonly Dictionary<string, string?> Surroundings = new(StringComparer.Ordinal)
    {
        ["GIT_TERMINAL_PROMPT"] = "0",
        ["GIT_CONFIG_GLOBAL"] = "/dev/null",
        ["GIT_CONFIG_NOSYSTEM"] = "1",
        ["GIT_DIR"] = null,
        ["GIT_WORK_TREE"] = null,
        ["LC_ALL"] = "C",
    };

    /// <summary>The output of a command that must succeed.</summary>
    /// <exception cref="GitFailedException">It did not.</exception>
    public async Task<string> RunAsync(IEnumerable<string> arguments, CancellationToken cancel, string? input = null, IReadOnlyDictionary<string, string?>? surroundings = null)
    {
        var (exit, output, error) = await TryAsync(arguments, cancel, input, surroundings);
        return exit == 0 ? output : throw new GitFailedException(error);
    }

    /// <summary>A command's exit code, its output as UTF-8 and its errors.</summary>
    /// <exception cref="GitFailedException">It could not be started, or took too long.</exception>
    public async Task<(int Exit, string Output, string Error)> TryAsync(
        IEnumerable<string> arguments, CancellationToken cancel, string? input = null, IReadOnlyDictionary<string, string?>? surroundings = null)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        ended.CancelAfter(Longest);
        using MemoryStream output = new();
        var error = new StringBuilder();
        try
        {
            var result = await Cli.Wrap(program)
                .WithArguments([$"--git-dir={repository}", .. arguments])
                .WithEnvironmentVariables(Surroundings.Concat(surroundings ?? new Dictionary<string, string?>(StringComparer.Ordinal)).ToDictionary(StringComparer.Ordinal))
                .WithStandardInputPipe(input is null ? PipeSource.Null : PipeSource.FromBytes(Encoding.UTF8.GetBytes(input)))
                .WithStandardOutputPipe(PipeTarget.ToStream(output))
                .WithStandardErrorPipe(PipeTarget.ToStringBuilder(error, Encoding.UTF8))
                .WithValidation(CommandResultValidation.None)
                .ExecuteAsync(ended.Token);
            return (result.ExitCode, Encoding.UTF8.GetString(output.GetBuffer().AsSpan(0, (int)output.Length)), error.ToString());
        }
        catch (OperationCanceledException cause) when (!cancel.IsCancellationRequested)
        {
            throw new GitFailedException("git took longer than a minute and was ended.", cause);
        }
        catch (System.ComponentModel.Win32Exception cause)
        {
            throw new GitFailedException("git is not installed, or not on the PATH.", cause) { IsMissing = true };
        }
    }
}

/// <summary>git did not do what it was told.</summary>
/// <param name="error">What it wrote to its standard error.</param>
/// <param name="cause">What the system said; null when nothing did.</param>
internal sealed class GitFailedException(string error, Exception? cause = null) : Exception(FirstWords(error), cause)
{
    /// <summary>Whether there is no git at all.</summary>
    public bool IsMissing { get; init; }

    private static string FirstWords(string error)
    {
        var line = error.Split('\n').Select(each => each.Trim()).FirstOrDefault(each => each.Length > 0) ?? "git failed without a word.";
        return line.Length <= 300 ? line : line[..300];
    }
}
