using System.Globalization;
using System.Net;

namespace EightD.Bot.Settings;

/// <summary>What the operator may set (contract, "Settings"), read once and checked before anything starts.</summary>
internal sealed record BotSettings
{
    /// <summary>Which store holds the 8Ds.</summary>
    public required StorageProvider StorageProvider { get; init; }

    /// <summary>Of Azure Blob Storage the connection string, a secret; null where an identity logs in.</summary>
    public required string? StorageConnectionString { get; init; }

    /// <summary>Of Azure Blob Storage the account's address; null where a connection string names it.</summary>
    public required Uri? StorageServiceUri { get; init; }

    /// <summary>Of Azure Blob Storage the container.</summary>
    public required string StorageContainer { get; init; }

    /// <summary>How often it is looked for what has fallen due.</summary>
    public required TimeSpan SweepInterval { get; init; }

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
        var provider = Provider(configuration);
        return new()
        {
            StorageProvider = provider,
            StorageConnectionString = provider is StorageProvider.AzureBlob ? ConnectionString(configuration) : null,
            StorageServiceUri = provider is StorageProvider.AzureBlob ? ServiceUri(configuration) : null,
            StorageContainer = Container(configuration),
            SweepInterval = Interval(configuration, "Reminders:Interval", TimeSpan.FromMinutes(1)),
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

    private static StorageProvider Provider(IConfiguration configuration) =>
        Text(configuration, "Storage:Provider") is not { } text ? StorageProvider.Sqlite
        : text.Equals("Sqlite", StringComparison.OrdinalIgnoreCase) ? StorageProvider.Sqlite
        : text.Equals("AzureBlob", StringComparison.OrdinalIgnoreCase) ? StorageProvider.AzureBlob
        : throw new SettingException("Storage:Provider", $"`{text}` is not known here; set it to Sqlite or AzureBlob.");

    /// <summary>The connection string is a secret: no complaint repeats it.</summary>
    private static string? ConnectionString(IConfiguration configuration)
    {
        const string key = "Storage:ConnectionString";
        var text = Text(configuration, key);
        if (text is null == Text(configuration, "Storage:ServiceUri") is null)
        {
            throw new SettingException(key, "AzureBlob needs either this or Storage:ServiceUri, and not both; a connection string is for Azurite or an account with keys, the address for a managed identity.");
        }

        if (text is null) return null;
        var names = text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(part => part.Split('=')[0]).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return names.Contains("UseDevelopmentStorage") || (names.Overlaps(["AccountName", "BlobEndpoint"]) && names.Overlaps(["AccountKey", "SharedAccessSignature"]))
            ? text
            : throw new SettingException(key, "it lacks the account (AccountName or BlobEndpoint) or its key (AccountKey or SharedAccessSignature); take it from the account's access keys.");
    }

    private static Uri? ServiceUri(IConfiguration configuration)
    {
        if (Text(configuration, "Storage:ServiceUri") is not { } text) return null;
        return Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps && uri.Query.Length == 0
            ? uri
            : throw new SettingException("Storage:ServiceUri", "it is no https address without a query; write it like https://ACCOUNT.blob.core.windows.net/.");
    }

    private static string Container(IConfiguration configuration)
    {
        var text = Text(configuration, "Storage:Container") ?? "eightd";
        return text.Length is >= 3 and <= 63 && text.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-')
            && text[0] != '-' && text[^1] != '-' && !text.Contains("--", StringComparison.Ordinal)
            ? text
            : throw new SettingException("Storage:Container", $"`{text}` is no container's name; use 3 to 63 lower-case letters, digits and single hyphens.");
    }

    private static TimeSpan Interval(IConfiguration configuration, string key, TimeSpan usual)
    {
        if (Text(configuration, key) is not { } text) return usual;
        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var read) && read > TimeSpan.Zero && read <= TimeSpan.FromDays(1)
            ? read
            : throw new SettingException(key, $"`{text}` is no interval between 00:00:00 and one day; write it like 00:01:00.");
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

/// <summary>The stores there are.</summary>
internal enum StorageProvider
{
    /// <summary>One file, one process.</summary>
    Sqlite,

    /// <summary>Azure Blob Storage, any number of processes.</summary>
    AzureBlob,
}
