using EightD.Bot.Settings;
using EightD.Bot.Tests.Processes;
using Microsoft.Extensions.Configuration;

namespace EightD.Bot.Tests.Teams;

/// <summary>What is said of the settings of Teams, at the start and by <c>doctor</c>: what is wrong and what mends it, without a secret.</summary>
public sealed class TeamsSettingsTests
{
    private const string App = "Teams:AppId=" + TeamsStandIn.AppId, Tenant = "Teams:TenantId=" + TeamsStandIn.Tenant, Local = "urls=http://127.0.0.1:0";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Without_any_of_them_the_channel_is_off() => Assert.Null(Read(Local).Teams);

    [Fact]
    public void A_managed_identity_is_meant_where_nothing_else_is_said()
    {
        var teams = Read(Local, App, Tenant).Teams!;
        Assert.Equal((TeamsCredentialKind.ManagedIdentity, "https://login.botframework.com/v1/.well-known/openidconfiguration", "https://login.microsoftonline.com/"), (teams.Credential, teams.OpenIdMetadata.AbsoluteUri, teams.Authority.AbsoluteUri));
        Assert.Equal([TeamsStandIn.Tenant], teams.AllowedTenants);
    }

    [Theory]
    [InlineData("Teams:AppId", "it is no app id", Local, Tenant)]
    [InlineData("Teams:TenantId", "it is no tenant id", Local, App)]
    [InlineData("Teams:AppId", "it is no app id", Local, Tenant, "Teams:AppId=our bot")]
    [InlineData("Teams:Credential", "`Password` is not known here", Local, App, Tenant, "Teams:Credential=Password")]
    [InlineData("Teams:ClientSecret", "there is none; make one", Local, App, Tenant, "Teams:Credential=ClientSecret")]
    [InlineData("Teams:ClientSecret", "it is of no use with", Local, App, Tenant, "Teams:ClientSecret=s3cret")]
    [InlineData("Teams:CertificateFile", "name the PEM file", Local, App, Tenant, "Teams:Credential=Certificate")]
    [InlineData("Teams:Credential", "None asks nobody who they are", "urls=http://0.0.0.0:8080", "Teams:Credential=None")]
    [InlineData("Teams:Authority", "is no https address", Local, App, Tenant, "Teams:Authority=http://login.example")]
    public void What_is_wrong_is_said_with_the_remedy(string key, string words, params string[] settings)
    {
        var wrong = Assert.Throws<SettingException>(() => Read(settings));
        Assert.StartsWith($"{key}: ", wrong.Message, StringComparison.Ordinal);
        Assert.Contains(words, wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_is_none_is_said_at_the_start()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder["bot.pem"], "not a certificate", Cancel);
        using var bot = BotProcess.Start(folder.Path, ["--urls=http://127.0.0.1:0", $"--{App}", $"--{Tenant}", "--Teams:Credential=Certificate", $"--Teams:CertificateFile={folder["bot.pem"]}"]);
        await bot.EndsAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(1, bot.ExitCode);
        Assert.Contains("is no PEM file with a certificate and its private key", Assert.Single(bot.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_says_whether_Microsoft_takes_it()
    {
        await using var teams = await TeamsStandIn.StartAsync(TimeProvider.System);
        using var folder = new TempFolder();
        string[] settings = ["doctor", $"--{App}", $"--{Tenant}", "--Teams:Credential=ClientSecret", $"--Teams:OpenIdMetadata={teams.Address}v1/.well-known/openidconfiguration"];

        var well = await RunAsync([.. settings, $"--Teams:Authority={teams.Address}", "--PublicUrl=https://8d.acme.test"]);
        Assert.Contains("ok    PublicUrl: the Azure Bot has to be told https://8d.acme.test/api/messages as its messaging endpoint.", well);
        Assert.Contains("ok    Teams keys: 127.0.0.1 names those that Teams signs with.", well);
        Assert.Contains("ok    Teams credential: Microsoft takes it.", well);

        teams.Identity.IsAway = true;
        var ill = await RunAsync([.. settings, $"--Teams:Authority={teams.Address}nowhere/"]);
        Assert.Contains(ill, line => line.StartsWith("fail  PublicUrl: Teams needs it", StringComparison.Ordinal));
        Assert.Contains(ill, line => line.StartsWith("fail  Teams keys: 127.0.0.1 names none", StringComparison.Ordinal));
        Assert.Contains(ill, line => line.StartsWith("fail  Teams credential: no token could be had", StringComparison.Ordinal) && line.Contains("has not expired", StringComparison.Ordinal));
        Assert.DoesNotContain("s3cret", string.Join('\n', [.. well, .. ill]), StringComparison.Ordinal);

        async Task<string[]> RunAsync(string[] arguments)
        {
            using var bot = BotProcess.Start(folder.Path, arguments, ("Teams__ClientSecret", "s3cret"));
            await bot.EndsAsync(TimeSpan.FromSeconds(60));
            return bot.Output.TrimEnd().Split('\n');
        }
    }

    private static BotSettings Read(params string[] settings) => BotSettings.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => setting.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0], (string?)pair[1]))).Build(), isDevelopment: false);
}
