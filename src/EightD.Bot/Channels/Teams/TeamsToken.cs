using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Azure.Core;
using Azure.Identity;
using EightD.Bot.Settings;
using Microsoft.Identity.Client;

namespace EightD.Bot.Channels.Teams;

/// <summary>The token with which the bot shows Teams that it is the app (Bot Framework, "Authentication": bot to channel). The libraries keep it while it lasts.</summary>
internal sealed class TeamsToken : IDisposable
{
    private const string Audience = "https://api.botframework.com/.default";

    private readonly TokenCredential? identity;
    private readonly IConfidentialClientApplication? app;
    private readonly Sender? sender;
    private readonly X509Certificate2? certificate;

    /// <summary>Reads what the settings name.</summary>
    /// <exception cref="SettingException">The certificate cannot be read.</exception>
    public TeamsToken(TeamsSettings settings)
    {
        if (settings.Credential is TeamsCredentialKind.None) return;
        if (settings.Credential is TeamsCredentialKind.ManagedIdentity)
        {
            identity = new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(settings.AppId));
            return;
        }

        sender = new(settings.Authority);
        var builder = ConfidentialClientApplicationBuilder.Create(settings.AppId).WithAuthority($"https://login.microsoftonline.com/{settings.TenantId}", validateAuthority: false).WithInstanceDiscovery(false).WithHttpClientFactory(sender);
        if (settings.Credential is TeamsCredentialKind.Certificate) certificate = Read(settings.CertificateFile!);
        app = (certificate is null ? builder.WithClientSecret(settings.ClientSecret) : builder.WithCertificate(certificate)).Build();
    }

    /// <summary>The token; null where none is sent.</summary>
    /// <param name="isRefused">Whether the one that is kept was refused, so that another is fetched.</param>
    /// <param name="cancel">Ends the attempt.</param>
    /// <exception cref="TeamsException">None could be had.</exception>
    public async ValueTask<string?> GetAsync(bool isRefused, CancellationToken cancel)
    {
        try
        {
            if (identity is not null) return (await identity.GetTokenAsync(new([Audience]), cancel)).Token;
            return app is null ? null : (await app.AcquireTokenForClient([Audience]).WithForceRefresh(isRefused).ExecuteAsync(cancel)).AccessToken;
        }
        catch (Exception cause) when (cause is MsalException or AuthenticationFailedException or HttpRequestException || (cause is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            throw TeamsException.Undone("token", "none could be had", cause);
        }
    }

    public void Dispose()
    {
        sender?.Dispose();
        certificate?.Dispose();
    }

    private static X509Certificate2 Read(string path)
    {
        try
        {
            return X509Certificate2.CreateFromPemFile(path);
        }
        catch (Exception cause) when (cause is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new SettingException(TeamsSettings.CertificateKey, $"{path} is no PEM file with a certificate and its private key that this user may read; name one that is.", cause);
        }
    }

    /// <summary>Asks at the address that is set: the library itself takes no other than Microsoft's, and none without https.</summary>
    private sealed class Sender(Uri authority) : DelegatingHandler(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), AllowAutoRedirect = false, ActivityHeadersPropagator = null }), IMsalHttpClientFactory
    {
        private HttpClient? client;

        public HttpClient GetHttpClient() => client ??= new(this, disposeHandler: false) { Timeout = TimeSpan.FromSeconds(10) };

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = new(authority, request.RequestUri!.PathAndQuery.TrimStart('/'));
            return base.SendAsync(request, cancellationToken);
        }
    }
}
