using EightD.Bot.Settings;

namespace EightD.Bot.Channels.Teams;

/// <summary>Who may be shown the bot's token: Microsoft's connector, and where nobody but this machine reaches the bot, this machine.</summary>
internal static class TeamsHosts
{
    private static readonly string[] Known = ["smba.trafficmanager.net", "smba.infra.gcc.teams.microsoft.com", "smba.infra.gov.teams.microsoft.us", "smba.infra.dod.teams.microsoft.us"];

    private const string Framework = ".botframework.com";

    /// <summary>Whether an address that came with an activity is one of these.</summary>
    public static bool Allow(Uri address, TeamsSettings settings) =>
        address is { IsAbsoluteUri: true, UserInfo: "" } && (settings.IsLoopback && address.IsLoopback && address.Scheme is "http" or "https"
            || (address.Scheme == Uri.UriSchemeHttps && address.IsDefaultPort && (Known.Contains(address.IdnHost, StringComparer.OrdinalIgnoreCase) || address.IdnHost.EndsWith(Framework, StringComparison.OrdinalIgnoreCase))));
}
