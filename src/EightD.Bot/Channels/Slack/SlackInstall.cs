using System.Security.Cryptography;
using System.Text;
using EightD.Bot.Settings;
using EightD.Bot.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace EightD.Bot.Channels.Slack;

/// <summary>
/// "Add to Slack" (Slack, "Installing with OAuth"): sends people to Slack and takes them back. What comes back counts once, within ten minutes, and in the
/// browser that was sent.
/// </summary>
internal sealed class SlackInstall(SlackSettings settings, BotSettings bot, SlackInstallations installations, SlackApi api, IBlobStore blobs, IDataProtectionProvider protection, ILogger<SlackInstall> log)
{
    /// <summary>Where people begin, and where Slack sends them back to.</summary>
    public const string Begin = "/slack/install", Return = "/slack/oauth";

    private const string Cookie = "eightd-slack-install", Here = "/slack";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly ITimeLimitedDataProtector protector = protection.CreateProtector("Slack install").ToTimeLimitedDataProtector();

    private string? ReturnTo => bot.PublicUrl is { } address ? SlackManifest.Address(address, Return) : null;

    public void Map(WebApplication app)
    {
        app.MapGet(Begin, (Delegate)Send);
        app.MapGet(Return, (Delegate)ReceiveAsync);
    }

    private IResult Send(HttpContext context)
    {
        var browser = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        context.Response.Cookies.Append(Cookie, browser, new CookieOptions
        {
            HttpOnly = true,
            Secure = context.Request.IsHttps || bot.PublicUrl?.Scheme == Uri.UriSchemeHttps,
            SameSite = SameSiteMode.Lax,
            MaxAge = Patience,
            Path = Here,
        });
        var state = protector.Protect($"{browser} {Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}", Patience);
        KeyValuePair<string, string?>[] asked = [new("client_id", settings.ClientId), new("scope", string.Join(',', SlackManifest.Scopes)), new("redirect_uri", ReturnTo), new("state", state)];
        return Results.Redirect(QueryHelpers.AddQueryString(new Uri(settings.ApiUrl, "/oauth/v2/authorize").AbsoluteUri, asked.Where(part => part.Value is not null)));
    }

    private async Task<IResult> ReceiveAsync(HttpContext context)
    {
        var query = context.Request.Query;
        context.Response.Cookies.Delete(Cookie, new CookieOptions { Path = Here });
        if (query["state"] is not [{ } state] || !await IsOursAsync(state, context.Request.Cookies[Cookie], context.RequestAborted)) return Page(StatusCodes.Status400BadRequest, "InstallStale");
        if (query["code"] is not [{ Length: > 0 } code]) return Page(StatusCodes.Status400BadRequest, "InstallDenied");
        try
        {
            var granted = await api.GrantAsync(settings.ClientId!, settings.ClientSecret!, [("code", code), ("redirect_uri", ReturnTo)], context.RequestAborted);
            await installations.AddAsync(granted, context.RequestAborted);
            return Page(StatusCodes.Status200OK, "InstallDone");
        }
        catch (Exception cause) when (cause is SlackException or SlackIncompleteException or StoreUnavailableException)
        {
            log.SlackFailed(cause);
            return Page(StatusCodes.Status502BadGateway, "InstallFailed");
        }
    }

    /// <summary>Whether this browser was sent with it a moment ago, and it did not come back yet.</summary>
    private async Task<bool> IsOursAsync(string state, string? browser, CancellationToken cancel)
    {
        try
        {
            if (browser is null || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(protector.Unprotect(state).Split(' ')[0]), Encoding.UTF8.GetBytes(browser))) return false;
        }
        catch (CryptographicException)
        {
            return false; // forged, or too old
        }

        return await blobs.TryPutAsync(Keys.Used(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(state)))), default, PutIf.Absent, cancel) is not null;
    }

    private static IResult Page(int status, string said) => Results.Content($"""
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>8D Bot</title>
        <h1>8D Bot</h1>
        <p>{ChannelTexts.Get(said)}</p>
        </html>
        """, "text/html; charset=utf-8", statusCode: status);
}
