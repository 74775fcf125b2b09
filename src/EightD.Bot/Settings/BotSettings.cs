using System.Globalization;
using System.Net;

namespace EightD.Bot.Settings;

/// <summary>What the operator may set (contract, "Settings"), read once and checked before anything starts.</summary>
internal sealed record BotSettings
{
    /// <summary>SQLite's file.</summary>
    public required string StoragePath { get; init; }

    /// <summary>How long after an answer the next question waits for more of it.</summary>
    public required TimeSpan Pause { get; init; }

    /// <summary>Whether the playground is served.</summary>
    public required bool Playground { get; init; }

    /// <summary>The report repository: a path.</summary>
    public required string GitRemote { get; init; }

    /// <summary>The branch that reports are committed to.</summary>
    public required string GitBranch { get; init; }

    /// <summary>The folder of the reports; null: as <c>.8d-dir</c> says, else <c>docs/8d</c>.</summary>
    public required string? GitFolder { get; init; }

    /// <summary>The committer's name.</summary>
    public required string GitAuthorName { get; init; }

    /// <summary>The committer's address.</summary>
    public required string GitAuthorEmail { get; init; }

    /// <summary>What holds where nobody set anything: quiet logs, the address that is listened on.</summary>
    public static IReadOnlyDictionary<string, string?> Defaults { get; } = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
    {
        ["urls"] = "http://127.0.0.1:3978",
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
        ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Warning",
    };

    /// <summary>Reads the settings.</summary>
    /// <exception cref="SettingException">One of them is missing or wrong.</exception>
    public static BotSettings Read(IConfiguration configuration, bool isDevelopment)
    {
        var provider = configuration["Storage:Provider"] ?? "Sqlite";
        if (!provider.Equals("Sqlite", StringComparison.OrdinalIgnoreCase))
        {
            throw new SettingException("Storage:Provider", $"`{provider}` is not known here; set it to Sqlite, or leave it away.");
        }

        return new()
        {
            StoragePath = Text(configuration, "Storage:Path") ?? "data/eightd.db",
            Pause = Duration(configuration, "Interview:Pause", TimeSpan.FromSeconds(2)),
            Playground = Switch(configuration, "Playground:Enabled", isDevelopment) && OnlyLoopback(configuration),
            GitRemote = Text(configuration, "Git:Remote") ?? "data/reports.git",
            GitBranch = Text(configuration, "Git:Branch") ?? "main",
            GitFolder = Text(configuration, "Git:Folder"),
            GitAuthorName = Text(configuration, "Git:AuthorName") ?? "8D Bot",
            GitAuthorEmail = Text(configuration, "Git:AuthorEmail") ?? "8d-bot@localhost",
        };
    }

    private static string? Text(IConfiguration configuration, string key) => configuration[key] is { } text && text.Trim().Length > 0 ? text.Trim() : null;

    private static TimeSpan Duration(IConfiguration configuration, string key, TimeSpan usual)
    {
        if (Text(configuration, key) is not { } text) return usual;
        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var read) && read >= TimeSpan.Zero && read <= TimeSpan.FromMinutes(10)
            ? read
            : throw new SettingException(key, $"`{text}` is no duration of at most ten minutes; write it like 00:00:02.");
    }

    private static bool Switch(IConfiguration configuration, string key, bool usual)
    {
        if (Text(configuration, key) is not { } text) return usual;
        return bool.TryParse(text, out var read) ? read : throw new SettingException(key, $"`{text}` is neither true nor false; write one of them.");
    }

    private static bool OnlyLoopback(IConfiguration configuration)
    {
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"] ?? "");
        foreach (var url in (configuration["urls"] ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Concat(endpoints))
        {
            if (!IsLoopback(url))
            {
                throw new SettingException("Playground:Enabled", $"the playground asks nobody who they are, so it is served on this machine alone, and {url} is reached by others; listen on 127.0.0.1, or set it to false.");
            }
        }

        return true;
    }

    private static bool IsLoopback(string url) =>
        Uri.TryCreate(url.Replace("//*", "//0.0.0.0", StringComparison.Ordinal).Replace("//+", "//0.0.0.0", StringComparison.Ordinal), UriKind.Absolute, out var uri)
        && (uri.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address)));
}
