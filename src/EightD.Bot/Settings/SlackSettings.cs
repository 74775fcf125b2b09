namespace EightD.Bot.Settings;

/// <summary>What Slack needs to be told (contract, "Settings"): a token for one workspace, over HTTP or Socket Mode, or an app that many workspaces add.</summary>
internal sealed record SlackSettings
{
    private const string SecretKey = "Slack:SigningSecret", BotKey = "Slack:BotToken", AppKey = "Slack:AppToken", ClientKey = "Slack:ClientId", ClientSecretKey = "Slack:ClientSecret",
        ApiKey = "Slack:ApiUrl";

    private static readonly Uri Slack = new("https://slack.com/api/");

    /// <summary>With which Slack signs its requests, a secret; null where Socket Mode brings them.</summary>
    public required string? SigningSecret { get; init; }

    /// <summary>The token of the one workspace, a secret; null where workspaces add the app themselves.</summary>
    public required string? BotToken { get; init; }

    /// <summary>With which Socket Mode is opened, a secret; null: requests come over HTTP.</summary>
    public required string? AppToken { get; init; }

    /// <summary>The app that many workspaces may add; null: one workspace, by its token.</summary>
    public required string? ClientId { get; init; }

    /// <summary>The secret to it.</summary>
    public required string? ClientSecret { get; init; }

    /// <summary>Slack's Web API, with a slash at its end.</summary>
    public required Uri ApiUrl { get; init; }

    /// <summary>Reads the settings; null where none of them is there: the channel is off.</summary>
    public static SlackSettings? Read(SettingReader read)
    {
        var settings = new SlackSettings
        {
            SigningSecret = read.Text(SecretKey),
            BotToken = read.Text(BotKey),
            AppToken = read.Text(AppKey),
            ClientId = read.Text(ClientKey),
            ClientSecret = read.Text(ClientSecretKey),
            ApiUrl = read.Address(ApiKey, Slack.AbsoluteUri) ?? Slack,
        };
        if (settings is { SigningSecret: null, BotToken: null, AppToken: null, ClientId: null, ClientSecret: null }) return null;
        foreach (var (key, complaint) in settings.Complaints()) read.Complain(key, complaint);
        return settings;
    }

    /// <summary>No values: most are secret.</summary>
    public override string ToString() => nameof(SlackSettings);

    private IEnumerable<(string Key, string Complaint)> Complaints()
    {
        if (AppToken is null && SigningSecret is null) yield return (SecretKey, $"Slack's requests cannot be checked without it; copy the signing secret from your Slack app's page Basic Information, or set {AppKey} for Socket Mode.");
        if (BotToken is null && ClientId is null && ClientSecret is null) yield return (BotKey, $"there is no workspace to write to; copy the bot token (xoxb-) from your Slack app's page OAuth & Permissions, or set {ClientKey} and {ClientSecretKey} for \"Add to Slack\".");
        if (ClientId is null && ClientSecret is not null) yield return (ClientKey, $"{ClientSecretKey} is of no use without it; copy both from your Slack app's page Basic Information, or leave both away.");
        if (ClientId is not null && ClientSecret is null) yield return (ClientSecretKey, $"{ClientKey} is of no use without it; copy both from your Slack app's page Basic Information, or leave both away.");
        if (BotToken is not null && ClientId is not null) yield return (BotKey, $"it stands beside {ClientKey}: one workspace by its token, or many by \"Add to Slack\"; leave one of them away.");
        if (BotToken?.StartsWith("xapp-", StringComparison.Ordinal) == true) yield return (BotKey, $"it is an app-level token, which belongs to {AppKey}; the bot token begins with xoxb-.");
        if (AppToken?.StartsWith("xoxb-", StringComparison.Ordinal) == true) yield return (AppKey, $"it is a bot token, which belongs to {BotKey}; the app-level token begins with xapp-.");
    }
}
