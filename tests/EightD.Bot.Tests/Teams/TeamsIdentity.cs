using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace EightD.Bot.Tests.Teams;

/// <summary>A stand-in for what signs Teams' tokens and gives the bot its own (teams-protocol.md, sections 4 and 5).</summary>
internal sealed class TeamsIdentity(TimeProvider clock) : IDisposable
{
    public const string Issuer = "https://api.botframework.com";

    private readonly List<(RsaSecurityKey Key, string[] Endorsements)> keys = [];
    private int fetched, granted;

    /// <summary>How often the keys were asked for, and how many tokens the bot was given.</summary>
    public int Fetched => fetched;

    public int Granted => granted;

    /// <summary>Whether the keys cannot be had.</summary>
    public bool IsAway { get; set; }

    /// <summary>A key that is named from now on, and signs unless another is named.</summary>
    public RsaSecurityKey AddKey(params string[] endorsements)
    {
        RsaSecurityKey key = new(RSA.Create(2048)) { KeyId = string.Create(CultureInfo.InvariantCulture, $"key-{keys.Count + 1}") };
        lock (keys) keys.Add((key, endorsements));
        return key;
    }

    /// <summary>The latest key's public half as if it were a secret.</summary>
    public SymmetricSecurityKey PublicAsSecret() => new(keys[^1].Key.Rsa.ExportSubjectPublicKeyInfo()) { KeyId = keys[^1].Key.KeyId };

    /// <summary>A token as Teams signs it.</summary>
    /// <param name="audience">The bot's app id.</param>
    /// <param name="serviceUrl">The activity's address; null: it names none.</param>
    /// <param name="key">The key; null: the latest.</param>
    /// <param name="issuer">Who gave it.</param>
    /// <param name="from">When it begins to be valid, from now.</param>
    /// <param name="to">When it ends to be.</param>
    public string Token(string audience, string? serviceUrl, SecurityKey? key = null, string issuer = Issuer, TimeSpan? from = null, TimeSpan? to = null)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        SecurityTokenDescriptor said = new()
        {
            Issuer = issuer,
            Audience = audience,
            NotBefore = now + (from ?? TimeSpan.FromMinutes(-1)),
            IssuedAt = now + (from ?? TimeSpan.FromMinutes(-1)),
            Expires = now + (to ?? TimeSpan.FromHours(1)),
            Claims = serviceUrl is null ? [] : new Dictionary<string, object>(StringComparer.Ordinal) { ["serviceurl"] = serviceUrl },
            SigningCredentials = new(key ?? keys[^1].Key, key is SymmetricSecurityKey ? SecurityAlgorithms.HmacSha256 : SecurityAlgorithms.RsaSha256) { CryptoProviderFactory = new() { CacheSignatureProviders = false } },
        };
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(said);
    }

    public void Map(WebApplication app)
    {
        app.MapGet("/v1/.well-known/openidconfiguration", (HttpRequest request) =>
        {
            Interlocked.Increment(ref fetched);
            return IsAway
                ? Results.StatusCode(503)
                : Results.Json(new JsonObject { ["issuer"] = Issuer, ["jwks_uri"] = $"http://{request.Host}/v1/keys", ["id_token_signing_alg_values_supported"] = new JsonArray("RS256") });
        });
        app.MapGet("/v1/keys", () =>
        {
            lock (keys) return Results.Json(new JsonObject { ["keys"] = new JsonArray([.. keys.Select(each => Named(each.Key, each.Endorsements))]) });
        });
        app.MapPost("/{tenant}/oauth2/v2.0/token", async (HttpRequest request) =>
        {
            var form = await request.ReadFormAsync();
            if (form["grant_type"] != "client_credentials" || form["scope"] != "https://api.botframework.com/.default") return Results.Json(new JsonObject { ["error"] = "invalid_request" }, statusCode: 400);
            return Results.Json(new JsonObject { ["token_type"] = "Bearer", ["expires_in"] = 3600, ["access_token"] = string.Create(CultureInfo.InvariantCulture, $"bot-token-{Interlocked.Increment(ref granted)}") });
        });
    }

    public void Dispose()
    {
        foreach (var (key, _) in keys) key.Rsa.Dispose();
    }

    private static JsonObject Named(RsaSecurityKey key, string[] endorsements)
    {
        var numbers = key.Rsa.ExportParameters(includePrivateParameters: false);
        return new()
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["kid"] = key.KeyId,
            ["n"] = Base64UrlEncoder.Encode(numbers.Modulus),
            ["e"] = Base64UrlEncoder.Encode(numbers.Exponent),
            ["endorsements"] = new JsonArray([.. endorsements.Select(each => (JsonNode)each)]),
        };
    }
}
