using EightD.Reports.Checking;

namespace EightD.CheckTool;

/// <summary>What is to be checked, and how the findings are printed.</summary>
/// <param name="Paths">Files and folders.</param>
/// <param name="Format">How they are printed.</param>
/// <param name="Least">The least severity that counts.</param>
internal sealed record CheckOptions(IReadOnlyList<string> Paths, OutputFormat Format, Severity Least)
{
    private const string Usage = "Write `check FILE…`, or `check FOLDER`, with `--format text|json|sarif|github|junit` and `--severity hint|warning|error` where you want.";

    /// <summary>Reads a command line.</summary>
    /// <exception cref="CheckException">It names no file, or cannot be read.</exception>
    public static CheckOptions Read(string[] args)
    {
        List<string> paths = [];
        var (format, least) = (OutputFormat.Text, Severity.Hint);
        for (var at = 0; at < args.Length; at++)
        {
            var (option, value) = args[at].Split('=', 2) is [var name, var said] ? (name, said) : (args[at], at + 1 < args.Length ? args[at + 1] : "");
            if (!option.StartsWith("--", StringComparison.Ordinal))
            {
                paths.Add(args[at]);
                continue;
            }

            if (option == "--format") format = One<OutputFormat>(option, value);
            else if (option == "--severity") least = One<Severity>(option, value);
            else throw new CheckException($"There is no option `{option}`. {Usage}");
            if (!args[at].Contains('=', StringComparison.Ordinal)) at++;
        }

        return paths.Count > 0 ? new(paths, format, least) : throw new CheckException($"Nothing is named that is to be checked. {Usage}");
    }

    /// <summary>What a word means, upper or lower case; null where it is none of them. A number is none.</summary>
    internal static T? Word<T>(string? word)
        where T : struct, Enum => Enum.TryParse<T>(word, ignoreCase: true, out var one) && one.ToString().Equals(word, StringComparison.OrdinalIgnoreCase) ? one : null;

    private static T One<T>(string option, string value)
        where T : struct, Enum =>
        Word<T>(value) ?? throw new CheckException($"`{option}` takes {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}, and not `{value}`.");
}

/// <summary>How findings are printed.</summary>
internal enum OutputFormat
{
    /// <summary>A line a finding, for people.</summary>
    Text,

    /// <summary>An array, for scripts.</summary>
    Json,

    /// <summary>SARIF 2.1.0 (OASIS), which code hosts show beside the lines.</summary>
    Sarif,

    /// <summary>GitHub's workflow commands.</summary>
    Github,

    /// <summary>A test a file, which most servers show.</summary>
    Junit,
}
