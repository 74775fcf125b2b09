namespace EightD.Bot.Settings;

/// <summary>What Teams needs to be told (contract, "Settings"): which app the bot is, in which tenant, and how it shows that it is that app.</summary>
internal sealed record TeamsSettings
{
    /// <summary>The settings by which a person is told what to mend.</summary>
    public const string AppKey = "Teams:AppId", TenantKey = "Teams:TenantId", CredentialKey = "Teams:Credential", CertificateKey = "Teams:CertificateFile", MetadataKey = "Teams:OpenIdMetadata";

    private const string SecretKey = "Teams:ClientSecret", AllowedKey = "Teams:AllowedTenants", AuthorityKey = "Teams:Authority";

    private static readonly Uri Metadata = new("https://login.botframework.com/v1/.well-known/openidconfiguration"), Microsoft = new("https://login.microsoftonline.com/");

    /// <summary>The bot's app id, a GUID: the audience of every token that Teams sends.</summary>
    public required string AppId { get; init; }

    /// <summary>The tenant in which the app is registered.</summary>
    public required string TenantId { get; init; }

    /// <summary>How the bot shows who it is.</summary>
    public required TeamsCredentialKind Credential { get; init; }

    /// <summary>The secret of <see cref="TeamsCredentialKind.ClientSecret"/>.</summary>
    public required string? ClientSecret { get; init; }

    /// <summary>The PEM file, with its private key, of <see cref="TeamsCredentialKind.Certificate"/>.</summary>
    public required string? CertificateFile { get; init; }

    /// <summary>The tenants whose people are answered; none: of any, on this machine alone.</summary>
    public required IReadOnlyList<string> AllowedTenants { get; init; }

    /// <summary>Where the keys are named with which Teams signs its tokens.</summary>
    public required Uri OpenIdMetadata { get; init; }

    /// <summary>Where the bot's own tokens come from, with a slash at its end: the tenant's id and <c>/oauth2/v2.0/token</c> follow.</summary>
    public required Uri Authority { get; init; }

    /// <summary>Whether every address that is listened on is this machine's own, so that a service address may be that too.</summary>
    public required bool IsLoopback { get; init; }

    /// <summary>Reads the settings; null where none of them is there: the channel is off.</summary>
    public static TeamsSettings? Read(SettingReader read)
    {
        string?[] any = [read.Text(AppKey), read.Text(TenantKey), read.Text(CredentialKey), read.Text(SecretKey), read.Text(CertificateKey)];
        if (any.All(each => each is null)) return null;
        var settings = new TeamsSettings
        {
            AppId = read.Text(AppKey) ?? "",
            TenantId = read.Text(TenantKey) ?? "",
            Credential = read.OneOf(CredentialKey, TeamsCredentialKind.ManagedIdentity),
            ClientSecret = read.Text(SecretKey),
            CertificateFile = read.Text(CertificateKey),
            AllowedTenants = (read.Text(AllowedKey) ?? read.Text(TenantKey) ?? "").Split([',', ';', ' '], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            OpenIdMetadata = read.Address(MetadataKey, Metadata.AbsoluteUri) is { } given ? new(given.AbsoluteUri.TrimEnd('/')) : Metadata,
            Authority = read.Address(AuthorityKey, Microsoft.AbsoluteUri) ?? Microsoft,
            IsLoopback = Listening.IsOnlyLoopback(read),
        };
        foreach (var (key, complaint) in settings.Complaints()) read.Complain(key, complaint);
        return settings;
    }

    /// <summary>No values: one is secret.</summary>
    public override string ToString() => nameof(TeamsSettings);

    private IEnumerable<(string Key, string Complaint)> Complaints()
    {
        if (Credential is not TeamsCredentialKind.None && !Guid.TryParse(AppId, out _)) yield return (AppKey, "it is no app id; copy the Microsoft App ID from your Azure Bot's page Configuration: a GUID.");
        if (Credential is not TeamsCredentialKind.None && !Guid.TryParse(TenantId, out _)) yield return (TenantKey, "it is no tenant id; copy the App Tenant ID from your Azure Bot's page Configuration: a GUID.");
        if (Credential is TeamsCredentialKind.ClientSecret && ClientSecret is null) yield return (SecretKey, $"{CredentialKey} is ClientSecret, and there is none; make one on the app registration's page Certificates & secrets, and copy its value.");
        if (Credential is TeamsCredentialKind.Certificate && CertificateFile is null) yield return (CertificateKey, $"{CredentialKey} is Certificate, and there is none; name the PEM file that holds the certificate and its private key.");
        if (Credential is not TeamsCredentialKind.ClientSecret && ClientSecret is not null) yield return (SecretKey, $"it is of no use with {CredentialKey}={Credential}; set {CredentialKey} to ClientSecret, or leave it away.");
        if (Credential is TeamsCredentialKind.None && !IsLoopback) yield return (CredentialKey, "None asks nobody who they are, so it is for this machine alone; listen on 127.0.0.1, or set ManagedIdentity, ClientSecret or Certificate.");
    }
}

/// <summary>How the bot shows Microsoft who it is.</summary>
internal enum TeamsCredentialKind
{
    /// <summary>By the user-assigned managed identity that is the bot's app: no secret.</summary>
    ManagedIdentity,

    /// <summary>By a secret of its app registration.</summary>
    ClientSecret,

    /// <summary>By a certificate of its app registration.</summary>
    Certificate,

    /// <summary>Not at all, and neither do those who post: on this machine alone, for the Agents Playground.</summary>
    None,
}
