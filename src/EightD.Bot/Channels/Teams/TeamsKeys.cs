using System.Text.Json;
using EightD.Bot.Settings;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace EightD.Bot.Channels.Teams;

/// <summary>
/// The keys with which Teams signs its tokens (Bot Framework, "Authentication": connector to bot). They are fetched when first needed, once a day, and for a
/// key that is not known: that at most once in half a minute, however many such tokens come.
/// </summary>
internal sealed class TeamsKeys(TeamsSettings settings, TimeProvider clock, ILogger<TeamsKeys> log) : IDisposable
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(30), Day = TimeSpan.FromDays(1), Patience = TimeSpan.FromSeconds(5);

    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, ActivityHeadersPropagator = null, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = Patience, MaxResponseContentBufferSize = 1024 * 1024 };
    private readonly Lock gate = new();
    private Dictionary<string, TeamsKey> keys = new(StringComparer.Ordinal);
    private Task fetching = Task.CompletedTask;
    private DateTimeOffset? askedAt;

    /// <summary>The key with an id; null where Teams names none.</summary>
    public async ValueTask<TeamsKey?> OfAsync(string id)
    {
        if (keys.TryGetValue(id, out var known) && clock.GetUtcNow() - askedAt < Day) return known;
        await FetchAsync();
        return keys.GetValueOrDefault(id);
    }

    /// <summary>Whether some can be had that are for Teams.</summary>
    public async Task<bool> AreThereAsync()
    {
        await FetchAsync();
        return keys.Values.Any(key => key.Endorsements.Contains("msteams", StringComparer.Ordinal));
    }

    public void Dispose() => http.Dispose();

    private Task FetchAsync()
    {
        lock (gate)
        {
            if (!fetching.IsCompleted || clock.GetUtcNow() - askedAt < Guard) return fetching;
            askedAt = clock.GetUtcNow();
            return fetching = ReadAsync();
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            var retriever = new HttpDocumentRetriever(http) { RequireHttps = !settings.OpenIdMetadata.IsLoopback };
            var configuration = await OpenIdConnectConfigurationRetriever.GetAsync(settings.OpenIdMetadata.AbsoluteUri, retriever, CancellationToken.None);
            keys = configuration.JsonWebKeySet.Keys.Where(key => key.Kid is not null).ToLookup(key => key.Kid, StringComparer.Ordinal).ToDictionary(same => same.Key, same => new TeamsKey(same.First(), EndorsementsOf(same.First())), StringComparer.Ordinal);
        }
        catch (Exception cause) when (cause is IOException or InvalidOperationException or HttpRequestException or OperationCanceledException or ArgumentException or JsonException)
        {
            log.TeamsKeysFailed(cause);
        }
    }

    private static string[] EndorsementsOf(JsonWebKey key) =>
        key.AdditionalData.TryGetValue("endorsements", out var named) && named is JsonElement { ValueKind: JsonValueKind.Array } list
            ? [.. list.EnumerateArray().Where(each => each.ValueKind == JsonValueKind.String).Select(each => each.GetString()!)]
            : [];
}

/// <summary>A key.</summary>
/// <param name="Key">With which tokens are signed.</param>
/// <param name="Endorsements">For which channels: <c>msteams</c>.</param>
internal sealed record TeamsKey(JsonWebKey Key, IReadOnlyList<string> Endorsements);
