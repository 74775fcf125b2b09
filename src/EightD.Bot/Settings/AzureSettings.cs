using System.Text.RegularExpressions;

namespace EightD.Bot.Settings;

/// <summary>The settings of Azure Blob Storage. No complaint repeats a value that may hold a key.</summary>
internal static partial class AzureSettings
{
    public const string ConnectionString = "Storage:ConnectionString";
    public const string ServiceUri = "Storage:ServiceUri";
    public const string Container = "Storage:Container";

    /// <summary>Whether they say where the account is and how to get in.</summary>
    public static void Check(SettingReader read)
    {
        switch (read.Text(ConnectionString), read.Text(ServiceUri))
        {
            case (null, null):
                read.Complain(ConnectionString, $"AzureBlob needs it, or {ServiceUri}; copy it from the storage account's access keys, or set {ServiceUri} to https://ACCOUNT.blob.core.windows.net for a managed identity.");
                break;
            case ({ }, { }):
                read.Complain(ServiceUri, $"it stands beside {ConnectionString}, and only one of them can hold, not both; leave one away.");
                break;
            case ({ } text, _):
                CheckConnectionString(read, text);
                break;
            case (_, { } uri) when !IsServiceUri(uri):
                read.Complain(ServiceUri, "it is no https address of a storage account; write it like https://ACCOUNT.blob.core.windows.net, without a key or signature.");
                break;
        }

        if (read.Text(Container) is { } name && !ContainerName().IsMatch(name))
        {
            read.Complain(Container, $"`{name}` cannot be a container's name; use 3 to 63 lower-case letters, digits and single hyphens, like eightd.");
        }
    }

    private static void CheckConnectionString(SettingReader read, string text)
    {
        var parts = text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=', 2, StringSplitOptions.TrimEntries)).ToList();
        var unreadable = parts.Exists(part => part is not [{ Length: > 0 }, { Length: > 0 }]);
        var values = parts.Where(part => part.Length == 2).GroupBy(part => part[0], StringComparer.OrdinalIgnoreCase).ToDictionary(same => same.Key, same => same.Last()[1], StringComparer.OrdinalIgnoreCase);
        if (!unreadable && values.TryGetValue("UseDevelopmentStorage", out var development) && development.Equals("true", StringComparison.OrdinalIgnoreCase)) return;
        var key = values.GetValueOrDefault("AccountKey");
        var complaint = true switch
        {
            _ when unreadable => "it is not made of Name=Value pairs with semicolons between them",
            _ when !values.ContainsKey("BlobEndpoint") && !values.ContainsKey("AccountName") => "it lacks AccountName or BlobEndpoint",
            _ when key is null && !values.ContainsKey("SharedAccessSignature") => "it lacks AccountKey or SharedAccessSignature",
            _ when key is not null && !values.ContainsKey("AccountName") => "it has an AccountKey and lacks the AccountName to it",
            _ when key is not null && !Convert.TryFromBase64String(key, new byte[key.Length], out var _) => "its AccountKey is cut or mistyped: it is no Base64",
            _ when values.TryGetValue("BlobEndpoint", out var endpoint) && !IsHttp(endpoint) => "its BlobEndpoint is no http or https address",
            _ => null,
        };
        if (complaint is not null) read.Complain(ConnectionString, $"{complaint}; copy it again from the storage account's access keys.");
    }

    private static bool IsServiceUri(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps && uri is { Query: "", Fragment: "", UserInfo: "" };

    private static bool IsHttp(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp);

    [GeneratedRegex("^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ContainerName();
}
