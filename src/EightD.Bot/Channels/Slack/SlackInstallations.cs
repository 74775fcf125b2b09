using System.Security.Cryptography;
using System.Text.Json;
using EightD.Bot.Settings;
using EightD.Bot.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Caching.Memory;

namespace EightD.Bot.Channels.Slack;

/// <summary>
/// The workspaces that added the app themselves, in the store: their tokens encrypted by ASP.NET Core's data protection. A token that expires is renewed
/// two hours before (Slack, "Token rotation"). After an uninstall the tokens are gone, and the drafts stay.
/// </summary>
internal sealed class SlackInstallations(SlackSettings settings, SlackApi api, IBlobStore blobs, IDataProtectionProvider protection, TimeProvider clock, ILogger<SlackInstallations> log) : IDisposable
{
    private const int MostKept = 10_000;
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1), RenewedBefore = TimeSpan.FromHours(2);

    private readonly IDataProtector protector = protection.CreateProtector("Slack tokens");
    private readonly MemoryCache kept = new(new MemoryCacheOptions { SizeLimit = MostKept });
    private readonly SemaphoreSlim renewing = new(1);

    /// <summary>A workspace by its id; null where the app is not installed (any more).</summary>
    /// <exception cref="SlackException">Its token had to be renewed, and could not be.</exception>
    public async ValueTask<SlackWorkspace?> FindAsync(string id, CancellationToken cancel)
    {
        if (kept.TryGetValue(id, out SlackWorkspace? known)) return known;
        var read = await ReadAsync(id, cancel);
        if (read?.Installed.ExpiresAt is { } ends && ends - clock.GetUtcNow() < RenewedBefore) read = await RenewAsync(id, cancel);
        return Keep(id, read is { Token: { } token, Installed: var installed } ? new(id, token, installed.BotUser, installed.BotId) : null);
    }

    /// <summary>Keeps what Slack gave for an installation, in the place of what was there.</summary>
    /// <returns>The workspace's or organisation's id.</returns>
    public async Task<string> AddAsync(SlackAnswer granted, CancellationToken cancel)
    {
        var id = (granted.IsEnterpriseInstall ? granted.Enterprise : granted.TeamGranted) ?? throw new SlackIncompleteException();
        await blobs.TryPutAsync(Keys.SlackWorkspace(id), Written(granted, granted.BotUserId ?? throw new SlackIncompleteException(), granted.BotId), PutIf.Any, cancel);
        kept.Remove(id);
        return id;
    }

    /// <summary>Slack says that the app was taken away, or its token. Where the token still works it was given anew since.</summary>
    public async Task RemoveAsync(string id, CancellationToken cancel)
    {
        if (await ReadAsync(id, cancel) is not { Token: { } token, ETag: var etag, Installed: var installed }) return;
        try
        {
            await api.CallAsync(token, "auth.test", [], cancel);
        }
        catch (SlackException dead) when (dead.IsDead)
        {
            await blobs.TryPutAsync(Keys.SlackWorkspace(id), JsonSerializer.SerializeToUtf8Bytes(installed with { Token = null, Refresh = null }, SlackJson.Default.SlackInstalled), PutIf.Unchanged(etag), cancel);
            kept.Remove(id);
        }
    }

    public void Dispose()
    {
        kept.Dispose();
        renewing.Dispose();
    }

    /// <summary>A new token for one that ends soon. Where another process was faster, Slack refuses the old key and the store has the new token.</summary>
    private async Task<Found?> RenewAsync(string id, CancellationToken cancel)
    {
        await renewing.WaitAsync(cancel);
        try
        {
            var found = await ReadAsync(id, cancel);
            if (found?.Installed is not { Refresh: { } refresh, ExpiresAt: { } ends } installed || ends - clock.GetUtcNow() >= RenewedBefore) return found;
            var granted = await api.GrantAsync(settings.ClientId!, settings.ClientSecret!, [("grant_type", "refresh_token"), ("refresh_token", protector.Unprotect(refresh))], cancel);
            await blobs.TryPutAsync(Keys.SlackWorkspace(id), Written(granted, installed.BotUser, installed.BotId), PutIf.Any, cancel);
            return await ReadAsync(id, cancel);
        }
        catch (SlackException refused) when (!refused.IsUnclear)
        {
            log.SlackFailed(refused);
            return await ReadAsync(id, cancel); // the token at hand is good until it ends
        }
        finally
        {
            renewing.Release();
        }
    }

    private byte[] Written(SlackAnswer granted, string botUser, string? botId) => JsonSerializer.SerializeToUtf8Bytes(new SlackInstalled(
        protector.Protect(granted.AccessToken ?? throw new SlackIncompleteException()), granted.RefreshToken is { } refresh ? protector.Protect(refresh) : null,
        granted.ExpiresIn is { } seconds ? clock.GetUtcNow().AddSeconds(seconds) : null, botUser, botId), SlackJson.Default.SlackInstalled);

    private async ValueTask<Found?> ReadAsync(string id, CancellationToken cancel)
    {
        if (await blobs.GetAsync(Keys.SlackWorkspace(id), cancel) is not { } blob || JsonSerializer.Deserialize(blob.Content.Span, SlackJson.Default.SlackInstalled) is not { } installed) return null;
        try
        {
            return new(installed, installed.Token is { } token ? protector.Unprotect(token) : null, blob.ETag);
        }
        catch (CryptographicException cause)
        {
            log.SlackTokenUnreadable(cause); // its key is gone: the workspace adds the app again
            return new(installed, Token: null, blob.ETag);
        }
    }

    private SlackWorkspace? Keep(string id, SlackWorkspace? workspace) => kept.Set(id, workspace, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Kept });

    private sealed record Found(SlackInstalled Installed, string? Token, string ETag);
}

/// <summary>An installation as it stands in the store.</summary>
/// <param name="Token">The bot's token, encrypted; null after an uninstall.</param>
/// <param name="Refresh">What renews it, encrypted; null where tokens do not expire.</param>
/// <param name="ExpiresAt">When the token ends; null where it does not.</param>
/// <param name="BotUser">The bot as a user.</param>
/// <param name="BotId">The bot as an author; null where Slack did not say it.</param>
internal sealed record SlackInstalled(string? Token, string? Refresh, DateTimeOffset? ExpiresAt, string BotUser, string? BotId);

/// <summary>Slack gave less for an installation than it takes.</summary>
internal sealed class SlackIncompleteException() : Exception("Slack's answer to an installation lacks the token or the workspace.");
