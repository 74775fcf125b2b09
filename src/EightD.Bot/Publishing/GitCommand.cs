using System.ComponentModel;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CliWrap;

namespace EightD.Bot.Publishing;

/// <summary>Runs git on one repository, with no setting of the machine or the user, and never through a shell.</summary>
/// <param name="options">Which program, and how long a command may take.</param>
/// <param name="directory">The repository's own directory, an absolute path.</param>
/// <param name="remote">The server that it is a clone of; null where it is the repository itself.</param>
internal sealed class GitCommand(RepositoryOptions options, string directory, GitRemote? remote)
{
    /// <summary>How long a command that shall end has for removing its lock files.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, string?> environment = new(remote?.Environment ?? GitRemote.With(GitRemote.Safe, "file"), StringComparer.Ordinal)
    {
        ["GIT_DIR"] = directory,
        ["GIT_TERMINAL_PROMPT"] = "0",
        ["GIT_CONFIG_GLOBAL"] = "/dev/null",
        ["GIT_CONFIG_NOSYSTEM"] = "1",
        ["LC_ALL"] = "C",
        ["GIT_LITERAL_PATHSPECS"] = "1", // a path is a path, whatever a file is called
        // what a process that was itself started by git would hand on
        ["GIT_WORK_TREE"] = null,
        ["GIT_INDEX_FILE"] = null,
        ["GIT_OBJECT_DIRECTORY"] = null,
        ["GIT_ALTERNATE_OBJECT_DIRECTORIES"] = null,
        ["GIT_NAMESPACE"] = null,
        ["GIT_CONFIG"] = null,
        ["GIT_CONFIG_PARAMETERS"] = null,
        // what would ask a person, or write down what is sent
        ["GIT_ASKPASS"] = null,
        ["SSH_ASKPASS"] = null,
        ["GIT_TRACE"] = null,
        ["GIT_TRACE_CURL"] = null,
        ["GIT_CURL_VERBOSE"] = null,
    };

    /// <summary>Runs a command, whatever its exit code is.</summary>
    /// <param name="arguments">The subcommand and its arguments.</param>
    /// <param name="cancel">Ends it.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="variables">Further environment variables.</param>
    /// <param name="patience">How long it may take; null: as long as any.</param>
    /// <param name="read">Reads what it prints while it prints it; null: it is kept.</param>
    /// <exception cref="RepositoryUnavailableException">It could not be started, or took too long.</exception>
    public async Task<GitResult> TryAsync(
        IReadOnlyList<string> arguments, CancellationToken cancel, ReadOnlyMemory<byte> input = default, IReadOnlyDictionary<string, string?>? variables = null,
        TimeSpan? patience = null, Func<Stream, CancellationToken, Task>? read = null)
    {
        using MemoryStream output = new();
        StringBuilder complaints = new();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using CancellationTokenSource killing = new();
        var longest = patience ?? options.Patience;
        ending.CancelAfter(longest);
        await using var farewell = ending.Token.Register(() => killing.CancelAfter(Farewell));
        Dictionary<string, string?> all = new(environment, StringComparer.Ordinal);
        foreach (var (name, value) in variables ?? environment) all[name] = value;
        var command = Cli.Wrap(options.Program)
            .WithArguments(arguments)
            .WithEnvironmentVariables(all)
            .WithStandardInputPipe(input.IsEmpty ? PipeSource.Null : PipeSource.FromBytes(input))
            .WithStandardOutputPipe(read is null ? PipeTarget.ToStream(output) : PipeTarget.Create(read))
            .WithStandardErrorPipe(PipeTarget.ToStringBuilder(complaints, Encoding.UTF8))
            .WithValidation(CommandResultValidation.None);
        try
        {
            var result = await command.ExecuteAsync(killing.Token, ending.Token);
            return new(result.ExitCode, output.ToArray(), remote?.Redacted(complaints.ToString()) ?? complaints.ToString());
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new RepositoryUnavailableException(string.Create(CultureInfo.InvariantCulture, $"git {arguments[0]} did not end within {longest.TotalSeconds:0.#} seconds."));
        }
        catch (Exception cause) when (cause is Win32Exception or IOException or InvalidOperationException)
        {
            throw new RepositoryUnavailableException("git could not be run; it is not installed, or not on the PATH.", cause);
        }
    }

    /// <summary>Runs a command that must succeed; what it printed.</summary>
    /// <inheritdoc cref="TryAsync"/>
    /// <exception cref="RepositoryUnavailableException">It could not be started, took too long, or failed.</exception>
    public async Task<GitResult> RunAsync(
        IReadOnlyList<string> arguments, CancellationToken cancel, ReadOnlyMemory<byte> input = default, IReadOnlyDictionary<string, string?>? variables = null,
        TimeSpan? patience = null, Func<Stream, CancellationToken, Task>? read = null)
    {
        var result = await TryAsync(arguments, cancel, input, variables, patience, read);
        return result.Succeeded ? result : throw result.Failure(arguments[0]);
    }
}

/// <summary>What a git command left.</summary>
/// <param name="ExitCode">0 where it succeeded.</param>
/// <param name="Output">What it printed.</param>
/// <param name="Complaints">What it wrote to its error stream.</param>
internal sealed partial record GitResult(int ExitCode, byte[] Output, string Complaints)
{
    /// <summary>Whether it did what was asked.</summary>
    public bool Succeeded => ExitCode == 0;

    /// <summary>What it printed as text, without blanks at its ends.</summary>
    public string Text => Encoding.UTF8.GetString(Output).Trim();

    /// <summary>What it printed in pieces that end with NUL.</summary>
    public IEnumerable<string> Pieces => Encoding.UTF8.GetString(Output).Split('\0', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>What a server said of it, in its own words; empty where it said nothing.</summary>
    public string Remote => string.Join(' ', Complaints.Split('\n').Where(line => line.StartsWith("remote: ", StringComparison.Ordinal)).Select(line => line["remote: ".Length..].Trim()).Where(line => line.Length > 0));

    /// <summary>Its failure.</summary>
    /// <param name="command">The subcommand.</param>
    public RepositoryUnavailableException Failure(string command)
    {
        var kind = Refusal().IsMatch(Complaints) ? GitFailure.Refused : Journey().IsMatch(Complaints) ? GitFailure.Unreachable : GitFailure.Here;
        var lines = Complaints.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(line => !line.StartsWith("remote:", StringComparison.Ordinal)).ToList();
        var said = lines.Find(line => line.StartsWith("fatal: ", StringComparison.Ordinal) && Telling(line)) ?? lines.FindLast(Refusal().IsMatch) ?? lines.Find(line => Journey().IsMatch(line) && Telling(line)) ?? lines.LastOrDefault() ?? string.Create(CultureInfo.InvariantCulture, $"git {command} ended with {ExitCode}.");
        said = NobodyToAsk().Replace(said, "Authentication failed for ${server}: set Git:Token (and Git:Username, where the server wants one) to what may read and write there");
        return new(Remote.Length > 0 ? $"{Remote} ({said})" : said) { Kind = kind };
    }

    /// <summary>Whether a line says more than that it did not work.</summary>
    private static bool Telling(string line) => !line.Contains("Could not read from remote repository", StringComparison.Ordinal) && !line.Contains("the remote end hung up", StringComparison.Ordinal);

    /// <summary>That the server says no: git's own words and ssh's, in English, as <c>LC_ALL=C</c> has them.</summary>
    [GeneratedRegex(@"Authentication failed|could not read (Username|Password)|returned error: 4(01|03|04)\b|Permission denied|Host key verification failed|repository '.*' not found|unable to update url base from redirection|returned error: 30\d|does not appear to be a git repository|REMOTE HOST IDENTIFICATION HAS CHANGED", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Refusal();

    /// <summary>That git would ask a person who it is.</summary>
    [GeneratedRegex("could not read (Username|Password) for (?<server>'[^']*'): .*", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex NobodyToAsk();

    /// <summary>That it failed on the way to the server or back.</summary>
    [GeneratedRegex(@"unable to access|Could not read from remote repository|the remote end hung up|early EOF|RPC failed|expected flush|invalid server response|bad line length|protocol error|could not fetch|unexpected disconnect|ssh: connect|curl \d+|remote error|expected 'packfile'|index-pack failed|HTTP \d", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Journey();
}
