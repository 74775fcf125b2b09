using EightD.Bot.Doctor;
using EightD.Bot.Settings;

namespace EightD.Bot.Channels.Teams;

/// <summary>Looks whether Microsoft takes what is set for Teams. It asks only what posts nothing and changes nothing there.</summary>
internal static class TeamsExamination
{
    /// <summary>The findings; none where Teams is off.</summary>
    public static async Task<IReadOnlyList<Finding>> FindAsync(BotSettings settings, ILoggerFactory logs, CancellationToken cancel)
    {
        if (settings.Teams is not { } teams) return [];
        if (teams.Credential is TeamsCredentialKind.None) return [Finding.Ok("Teams: on, for this machine alone; nobody is asked who they are.")];
        return [Address(settings.PublicUrl), await KeysAsync(teams, logs), await TokenAsync(teams, cancel)];
    }

    private static Finding Address(Uri? publicUrl) => publicUrl is null
        ? Finding.Fail($"{BotSettings.PublicKey}: Teams needs it; set the https address at which Teams reaches the bot.")
        : Finding.Ok($"{BotSettings.PublicKey}: the Azure Bot has to be told {publicUrl.AbsoluteUri.TrimEnd('/')}{TeamsEndpoints.Messages} as its messaging endpoint.");

    private static async Task<Finding> KeysAsync(TeamsSettings settings, ILoggerFactory logs)
    {
        using TeamsKeys keys = new(settings, TimeProvider.System, logs.CreateLogger<TeamsKeys>());
        return await keys.AreThereAsync()
            ? Finding.Ok($"Teams keys: {settings.OpenIdMetadata.IdnHost} names those that Teams signs with.")
            : Finding.Fail($"Teams keys: {settings.OpenIdMetadata.IdnHost} names none, so that nobody can be believed; let this machine out to it, port 443, or correct {TeamsSettings.MetadataKey}.");
    }

    private static async Task<Finding> TokenAsync(TeamsSettings settings, CancellationToken cancel)
    {
        try
        {
            using TeamsToken token = new(settings);
            await token.GetAsync(isRefused: false, cancel);
            return Finding.Ok("Teams credential: Microsoft takes it.");
        }
        catch (SettingException wrong)
        {
            return Finding.Fail(wrong.Message);
        }
        catch (TeamsException failed)
        {
            return Finding.Fail($"Teams credential: no token could be had ({failed.InnerException?.Message.Split('\n')[0].Split(" Trace ID")[0].TrimEnd('.')}). " + (settings.Credential is TeamsCredentialKind.ManagedIdentity
                ? $"A managed identity works where the bot runs in Azure, and its client id is {TeamsSettings.AppKey}; elsewhere set {TeamsSettings.CredentialKey} to Certificate or ClientSecret."
                : $"See that {TeamsSettings.AppKey}, {TeamsSettings.TenantKey} and the credential are those of the app registration, and that the credential has not expired."));
        }
    }
}
