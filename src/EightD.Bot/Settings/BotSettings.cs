using EightD.Bot.Telemetry;
using EightD.Incidents.Reminders;

namespace EightD.Bot.Settings;

/// <summary>What the operator may set (contract, "Settings"), read once and checked before anything starts.</summary>
internal sealed record BotSettings
{
    /// <summary>The setting of the address that others reach.</summary>
    public const string PublicKey = "PublicUrl";

    /// <summary>The https address that others reach, with a slash at its end; null where nobody has to.</summary>
    public required Uri? PublicUrl { get; init; }

    /// <summary>Where everything is kept.</summary>
    public required StorageProvider StorageProvider { get; init; }

    /// <summary>SQLite's file.</summary>
    public required string StoragePath { get; init; }

    /// <summary>How to reach the Azure storage account, a secret; null where <see cref="StorageServiceUri"/> says it, or with SQLite.</summary>
    public required string? StorageConnectionString { get; init; }

    /// <summary>The Azure storage account's blob address, reached with a managed identity; null where the connection string says it, or with SQLite.</summary>
    public required Uri? StorageServiceUri { get; init; }

    /// <summary>The container in the Azure storage account.</summary>
    public required string StorageContainer { get; init; }

    /// <summary>How long cancelled drafts that were never published, old talk of the playground and old log entries stay.</summary>
    public required TimeSpan StorageKeep { get; init; }

    /// <summary>How long after an answer the next question waits for more of it.</summary>
    public required TimeSpan Pause { get; init; }

    /// <summary>How often it is looked for what has fallen due.</summary>
    public required TimeSpan SweepInterval { get; init; }

    /// <summary>When people are reminded.</summary>
    public required ReminderRules Reminders { get; init; }

    /// <inheritdoc cref="ReminderSettings.HolidaysAddress"/>
    public Uri? HolidaysAddress { get; init; }

    /// <summary>The time zone of workspaces that decided none.</summary>
    public required string RemindersZone { get; init; }

    /// <summary>Whether the playground is served.</summary>
    public required bool Playground { get; init; }

    /// <summary>What Slack needs to be told; null where that channel is off.</summary>
    public required SlackSettings? Slack { get; init; }

    /// <summary>What Teams needs to be told; null where that channel is off.</summary>
    public required TeamsSettings? Teams { get; init; }

    /// <summary>Whether <c>/metrics</c> is served.</summary>
    public required bool Prometheus { get; init; }

    /// <summary>The report repository: a path, or an https or ssh address.</summary>
    public required string GitRemote { get; init; }

    /// <summary>The branch that reports are committed to.</summary>
    public required string GitBranch { get; init; }

    /// <summary>The folder of the reports; null: as <c>.8d-dir</c> says, else <c>docs/8d</c>.</summary>
    public required string? GitFolder { get; init; }

    /// <summary>The repository of private 8Ds, a path or an address; null: they are in none.</summary>
    public required string? GitPrivateRemote { get; init; }

    /// <summary>Whether reports are committed to the branch, or to branches of their own that people merge.</summary>
    public required GitMode GitMode { get; init; }

    /// <summary>The host whose pull requests are opened.</summary>
    public required GitHost GitHost { get; init; }

    /// <summary>The address of the host's API, with a slash at its end; null: the usual one of that host.</summary>
    public required Uri? GitHostApi { get; init; }

    /// <summary>The committer's name.</summary>
    public required string GitAuthorName { get; init; }

    /// <summary>The committer's address.</summary>
    public required string GitAuthorEmail { get; init; }

    /// <summary>How often edits made in Git are looked for; zero: before a publish only.</summary>
    public required TimeSpan GitPoll { get; init; }

    /// <summary>Who reaches an https address; null: what every host takes beside a token.</summary>
    public required string? GitUsername { get; init; }

    /// <summary>With which an https address is reached, a secret; null: without one.</summary>
    public required string? GitToken { get; init; }

    /// <summary>The file of the key for an ssh address; null: whatever ssh has.</summary>
    public required string? GitSshKeyFile { get; init; }

    /// <summary>The file of the servers that ssh trusts; null: the user's own.</summary>
    public required string? GitKnownHostsFile { get; init; }

    /// <summary>What holds where nobody set anything: quiet logs, read by machines unless somebody develops; the address that is listened on.</summary>
    public static IReadOnlyDictionary<string, string?> Defaults(bool isDevelopment) => new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
    {
        ["urls"] = "http://127.0.0.1:3978",
        ["OTEL_EXPORTER_OTLP_TIMEOUT"] = "2000", // three signals are sent off at the end, which shall take less than ten seconds where the collector is stuck
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
        ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Warning",
        ["Logging:LogLevel:Microsoft.AspNetCore.DataProtection"] = "Error", // that its keys are as safe as the store is known
        ["Logging:Console:FormatterName"] = isDevelopment ? "simple" : "json",
        ["Logging:Console:FormatterOptions:UseUtcTimestamp"] = "true",
        ["Logging:Console:FormatterOptions:TimestampFormat"] = isDevelopment ? "HH:mm:ss " : "yyyy-MM-ddTHH:mm:ss.fffZ",
    };

    /// <summary>Reads the settings.</summary>
    /// <exception cref="SettingException">Some of them are missing or wrong.</exception>
    public static BotSettings Read(IConfiguration configuration, bool isDevelopment)
    {
        var read = new SettingReader(configuration);
        var settings = Read(read, isDevelopment);
        return read.Complaints.Count == 0 ? settings : throw SettingException.Of(read.Complaints);
    }

    /// <summary>Reads the settings; what is wrong is in the reader's complaints, and its usual value stands here.</summary>
    public static BotSettings Read(SettingReader read, bool isDevelopment)
    {
        var provider = read.OneOf("Storage:Provider", StorageProvider.Sqlite);
        if (provider == StorageProvider.AzureBlob) AzureSettings.Check(read);
        var playground = read.Switch("Playground:Enabled", isDevelopment);
        Listening.Check(read, onlyLoopback: playground);
        read.CheckLogLevels();
        TelemetryRegistration.Check(read);
        return new()
        {
            PublicUrl = read.Address(PublicKey, "https://8d.example.com"),
            StorageProvider = provider,
            StoragePath = read.Text("Storage:Path") ?? "data/eightd.db",
            StorageConnectionString = provider is StorageProvider.AzureBlob ? read.Text(AzureSettings.ConnectionString) : null,
            StorageServiceUri = provider is StorageProvider.AzureBlob && Uri.TryCreate(read.Text(AzureSettings.ServiceUri), UriKind.Absolute, out var uri) ? uri : null,
            StorageContainer = read.Text(AzureSettings.Container) ?? "eightd",
            StorageKeep = read.Duration("Storage:Keep", TimeSpan.FromDays(90), least: TimeSpan.FromSeconds(1), most: TimeSpan.FromDays(36500), "a duration of at least a second"),
            Pause = read.Duration("Interview:Pause", TimeSpan.FromSeconds(2), least: TimeSpan.Zero, most: TimeSpan.FromMinutes(10), "a duration of at most ten minutes"),
            SweepInterval = read.Duration("Reminders:Interval", TimeSpan.FromMinutes(1), least: TimeSpan.FromMilliseconds(1), most: TimeSpan.FromDays(1), "a duration above zero of at most a day"),
            Reminders = ReminderSettings.Read(read, TimeProvider.System),
            HolidaysAddress = ReminderSettings.HolidaysAddress(read),
            RemindersZone = ReminderSettings.Zone(read),
            Playground = playground,
            Slack = SlackSettings.Read(read),
            Teams = TeamsSettings.Read(read),
            Prometheus = read.Switch("Metrics:Prometheus", usual: false),
            GitRemote = read.Text("Git:Remote") ?? "data/reports.git",
            GitBranch = read.Text("Git:Branch") ?? "main",
            GitFolder = read.Text("Git:Folder"),
            GitPrivateRemote = read.Text("Git:PrivateRemote"),
            GitMode = read.OneOf("Git:Mode", GitMode.Commit),
            GitHost = read.OneOf("Git:Host", GitHosts.Guess(read.Text("Git:Remote") ?? "")),
            GitHostApi = read.Address("Git:HostApi", "https://git.example.com/api/v3"),
            GitAuthorName = read.Identity("Git:AuthorName", "8D Bot"),
            GitAuthorEmail = read.Identity("Git:AuthorEmail", "8d-bot@localhost"),
            GitPoll = read.Duration("Git:Poll", TimeSpan.FromMinutes(1), least: TimeSpan.Zero, most: TimeSpan.FromDays(1), "a duration of at most a day, or zero"),
            GitUsername = read.Text("Git:Username"),
            GitToken = read.Text("Git:Token"),
            GitSshKeyFile = read.File("Git:SshKeyFile", "the file of a private key"),
            GitKnownHostsFile = read.File("Git:KnownHostsFile", "the file that ssh-keyscan writes"),
        };
    }

    /// <summary>No values: some are secret.</summary>
    public override string ToString() => nameof(BotSettings);
}

/// <summary>Where everything is kept.</summary>
internal enum StorageProvider
{
    /// <summary>One file, one process, no server.</summary>
    Sqlite,

    /// <summary>Azure Blob Storage, any number of processes.</summary>
    AzureBlob,
}
