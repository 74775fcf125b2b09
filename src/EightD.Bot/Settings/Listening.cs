using System.Net;

namespace EightD.Bot.Settings;

/// <summary>The addresses that are listened on.</summary>
internal static class Listening
{
    private const string Urls = "urls";

    /// <summary>Whether each can be read; and, where the playground is served, whether it is this machine's own.</summary>
    public static void Check(SettingReader read, bool onlyLoopback)
    {
        if (read.IsBlank(Urls)) read.Complain("Urls", "no address is given to listen on; set one with --urls http://127.0.0.1:PORT, or leave it away.");
        foreach (var (key, address) in Addresses(read))
        {
            if (!IsAddress(address))
            {
                read.Complain(key, $"`{address}` is no address to listen on; write it like {(key == "Urls" ? "--urls " : "")}http://127.0.0.1:PORT.");
            }
            else if (onlyLoopback && !IsLoopback(address))
            {
                read.Complain("Playground:Enabled", $"the playground asks nobody who they are, so it is served on this machine alone, and {address} is reached by others; listen on 127.0.0.1, or set it to false.");
                onlyLoopback = false; // said once
            }
        }
    }

    /// <summary>Whether nobody but this machine reaches the bot.</summary>
    public static bool IsOnlyLoopback(SettingReader read) => Addresses(read).All(each => IsLoopback(each.Address));

    private static IEnumerable<(string Key, string Address)> Addresses(SettingReader read)
    {
        var urls = (read.Text(Urls) ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(url => (Key: "Urls", Address: url));
        return urls.Concat(read.Below("Kestrel:Endpoints").Select(endpoint => (Key: $"{endpoint.Path}:Url", Address: endpoint["Url"] ?? "")));
    }

    private static bool IsAddress(string address)
    {
        try
        {
            return BindingAddress.Parse(address) is { Scheme: "http" or "https", Port: >= 0 and <= IPEndPoint.MaxPort, PathBase: "" };
        }
        catch (Exception cause) when (cause is FormatException or ArgumentException)
        {
            return false;
        }
    }

    private static bool IsLoopback(string url) =>
        Uri.TryCreate(url.Replace("//*", "//0.0.0.0", StringComparison.Ordinal).Replace("//+", "//0.0.0.0", StringComparison.Ordinal), UriKind.Absolute, out var uri)
        && (uri.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address)));
}
