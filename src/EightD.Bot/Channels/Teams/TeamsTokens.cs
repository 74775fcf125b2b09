using EightD.Bot.Settings;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace EightD.Bot.Channels.Teams;

/// <summary>
/// Whether a request is from Teams (Bot Framework, "Authentication": connector to bot). Its token is checked before anything of the request is read; that it
/// is about this very activity once that is read.
/// </summary>
internal sealed class TeamsTokens(TeamsKeys keys, TeamsSettings settings, TimeProvider clock)
{
    private const string Issuer = "https://api.botframework.com", Scheme = "Bearer ";

    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    private readonly JsonWebTokenHandler handler = new() { MapInboundClaims = false };

    /// <summary>What a header's token says; null where it is not Teams'.</summary>
    public async ValueTask<TeamsCaller?> ReadAsync(string? header)
    {
        if (settings.Credential is TeamsCredentialKind.None) return TeamsCaller.Anybody;
        if (header is null || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || header[Scheme.Length..].Trim() is not { Length: > 0 } text || !handler.CanReadToken(text)) return null;
        JsonWebToken token;
        try
        {
            token = handler.ReadJsonWebToken(text);
        }
        catch (ArgumentException)
        {
            return null; // it has the shape of one, and is none
        }

        if (token.Alg != SecurityAlgorithms.RsaSha256 || string.IsNullOrEmpty(token.Kid) || await keys.OfAsync(token.Kid) is not { } key) return null;
        var result = await handler.ValidateTokenAsync(text, new()
        {
            ValidIssuer = Issuer,
            ValidAudience = settings.AppId,
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            IssuerSigningKey = key.Key,
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            LifetimeValidator = (from, to, _, _) => clock.GetUtcNow().UtcDateTime is var now && (from is null || now >= from - Skew) && to is { } end && now <= end + Skew,
        });
        return result.IsValid ? new(token.TryGetPayloadValue<string>("serviceurl", out var url) ? url : null, key.Endorsements) : null;
    }

    /// <summary>Whether an activity is what its caller's token is for, from a tenant whose people are answered, and from where the bot may answer.</summary>
    public bool Allows(TeamsCaller caller, TeamsActivity activity)
    {
        if (activity.ServiceUrl is not { } address || !TeamsHosts.Allow(address, settings)) return false;
        string?[] tenants = [activity.Conversation?.TenantId, activity.ChannelData?.Tenant?.Id];
        var named = tenants.OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (settings.AllowedTenants.Count > 0 && (named.Count != 1 || !settings.AllowedTenants.Contains(named[0], StringComparer.OrdinalIgnoreCase))) return false;
        return caller == TeamsCaller.Anybody
            || (caller.ServiceUrl is { Length: > 0 } url && url == address.OriginalString && activity.ChannelId is { } channel && caller.Endorsements.Contains(channel, StringComparer.Ordinal));
    }
}

/// <summary>Who called.</summary>
/// <param name="ServiceUrl">The address that the token is for; null where it names none.</param>
/// <param name="Endorsements">The channels that its key may speak for.</param>
internal sealed record TeamsCaller(string? ServiceUrl, IReadOnlyList<string> Endorsements)
{
    /// <summary>Whoever is on this machine, where nobody is asked.</summary>
    public static readonly TeamsCaller Anybody = new(ServiceUrl: null, []);
}
