using System.ComponentModel;
using System.Globalization;
using System.Text;
using CliWrap;

namespace EightD.Bot.Publishing;

/// <summary>Runs git on one repository, with no setting of the machine or the user, and never through a shell.</summary>
/// <param name="program">The git program.</param>
/// <param name="directory">The repository's own directory, an absolute path.</param>
/// <param name="patience">How long one command may take.</param>
internal sealed class GitCommand(string program, string directory, TimeSpan patience)
{
    /// <summary>How long a command that shall end has for removing its lock files.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, string?> environment = new(StringComparer.Ordinal)
    {
        ["GIT_DIR"] = directory,
        ["GIT_TERMINAL_PROMPT"] = "0",
        ["GIT_CONFIG_GLOBAL"] = "/dev/null",
        ["GIT_CONFIG_NOSYSTEM"] = "1",
        ["LC_ALL"] = "C",
        // what a process that was itself started by git would hand on
        ["GIT_WORK_TREE"] = null,
        ["GIT_INDEX_FILE"] = null,
        ["GIT_OBJECT_DIRECTORY"] = null,
        ["GIT_ALTERNATE_OBJECT_DIRECTORIES"] = null,
        ["GIT_NAMESPACE"] = null,
        ["GIT_CONFIG"] = null,
        ["GIT_CONFIG_PARAMETERS"] = null,
        ["GIT_CONFIG_COUNT"] = null,
    };

    /// <summary>Runs a command, whatever its exit code is.</summary>
    /// <param name="arguments">The subcommand and its arguments.</param>
    /// <param name="cancel">Ends it.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="variables">Further environment variables.</param>
    /// <exception cref="RepositoryUnavailableException">It could not be started, or took too long.</exception>
    public async Task<GitResult> TryAsync(
        IReadOnlyList<string> arguments, CancellationToken cancel, ReadOnlyMemory<byte> input = default, IReadOnlyDictionary<string, string?>? variables = null)
    {
        using MemoryStream output = new();
        StringBuilder complaints = new();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using CancellationTokenSource killing = new();
        ending.CancelAfter(patience);
        await using var farewell = ending.Token.Register(() => killing.CancelAfter(Farewell));
        Dictionary<string, string?> all = new(environment, StringComparer.Ordinal);
        foreach (var (name, value) in variables ?? environment) all[name] = value;
        var command = Cli.Wrap(program)
            .WithArguments(arguments)
            .WithEnvironmentVariables(all)
            .WithStandardInputPipe(input.IsEmpty ? PipeSource.Null : PipeSource.FromBytes(input))
            .WithStandardOutputPipe(PipeTarget.ToStream(output))
            .WithStandardErrorPipe(PipeTarget.ToStringBuilder(complaints, Encoding.UTF8))
            .WithValidation(CommandResultValidation.None);
        try
        {
            var result = await command.ExecuteAsync(killing.Token, ending.Token);
            return new(result.ExitCode, output.ToArray(), complaints.ToString());
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new RepositoryUnavailableException(string.Create(CultureInfo.InvariantCulture, $"git {arguments[0]} did not end within {patience.TotalSeconds:0.#} seconds."));
        }
        catch (Exception cause) when (cause is Win32Exception or IOException or InvalidOperationException)
        {
            throw new RepositoryUnavailableException("git could not be run; it is not installed, or not on the PATH.", cause);
        }
    }

    /// <summary>Runs a command that must succeed; what it printed.</summary>
    /// <param name="arguments">The subcommand and its arguments.</param>
    /// <param name="cancel">Ends it.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="variables">Further environment variables.</param>
    /// <exception cref="RepositoryUnavailableException">It could not be started, took too long, or failed.</exception>
    public async Task<GitResult> RunAsync(
        IReadOnlyList<string> arguments, CancellationToken cancel, ReadOnlyMemory<byte> input = default, IReadOnlyDictionary<string, string?>? variables = null)
    {
        var result = await TryAsync(arguments, cancel, input, variables);
        return result.Succeeded ? result : throw new RepositoryUnavailableException(result.Complaint(arguments[0]));
    }
}

/// <summary>What a git command left.</summary>
/// <param name="ExitCode">0 where it succeeded.</param>
/// <param name="Output">What it printed.</param>
/// <param name="Complaints">What it wrote to its error stream.</param>
internal sealed record GitResult(int ExitCode, byte[] Output, string Complaints)
{
    /// <summary>Whether it did what was asked.</summary>
    public bool Succeeded => ExitCode == 0;

    /// <summary>What it printed as text, without blanks at its ends.</summary>
    public string Text => Encoding.UTF8.GetString(Output).Trim();

    /// <summary>What it printed in pieces that end with NUL.</summary>
    public IEnumerable<string> Pieces => Encoding.UTF8.GetString(Output).Split('\0', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Its last complaint.</summary>
    public string Complaint(string command) =>
        Complaints.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is [.., var last]
            ? last
            : string.Create(CultureInfo.InvariantCulture, $"git {command} ended with {ExitCode}.");
}
