using EightD.Bot.Channels.Slack;
using EightD.Bot.Channels.Teams;
using EightD.Bot.Settings;

namespace EightD.Bot;

/// <summary>The verb <c>manifests</c>: writes the files from which a chat platform makes the app, the same bytes each time.</summary>
internal static class Manifests
{
    private const string Folder = "manifests";

    /// <summary>What stands in the place of an address that is not set, as in the files checked in.</summary>
    private static readonly Uri Example = new("https://8d.example.com");

    /// <summary>What stands in the place of an app id that is not set.</summary>
    private const string NoApp = "00000000-0000-0000-0000-000000000000";

    /// <summary>Writes them below the current folder. 0; or 1 with one sentence where they cannot be written.</summary>
    /// <param name="args">The command line after the verb.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            var (address, appId) = Read(args);
            Directory.CreateDirectory(Folder);
            await WriteAsync("slack.json", SlackManifest.Draw(address ?? Example), "for Slack over HTTP");
            await WriteAsync("slack-socket.json", SlackManifest.Draw(publicUrl: null), "for Slack with Socket Mode");
            await WritePackageAsync("teams", TeamsManifest.Draw(appId ?? NoApp, address ?? Example, withSlash: false), "for Teams");
            await WritePackageAsync("teams-slash", TeamsManifest.Draw(appId ?? NoApp, address ?? Example, withSlash: true), "for Teams where slash commands are shown");
            if (appId is null) Console.WriteLine($"{TeamsSettings.AppKey} is not set, so {NoApp} stands in its place. Give yours with --{TeamsSettings.AppKey}=APP-ID; Slack needs none.");
            if (address is null) Console.WriteLine($"{BotSettings.PublicKey} is not set, so {Example.Scheme}://{Example.Host} stands in its place. Give yours with --{BotSettings.PublicKey}=https://YOUR.HOST; Socket Mode needs none.");
            return 0;
        }
        catch (SettingException wrong)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"{Path.GetFullPath(Folder)} cannot be written; let this user write it, or run this in another folder.");
        }

        return 1;
    }

    /// <summary>The address and the app id that are set; what else is set does not matter here.</summary>
    private static (Uri? Address, string? AppId) Read(string[] args)
    {
        var builder = Configuring.Builder(args);
        var read = new SettingReader(builder.Configuration);
        var settings = BotSettings.Read(read, builder.Environment.IsDevelopment());
        if (read.Complaints.FirstOrDefault(complaint => complaint.Key is BotSettings.PublicKey or TeamsSettings.AppKey) is { } wrong) throw wrong;
        return (settings.PublicUrl, settings.Teams is { AppId.Length: > 0 } teams ? teams.AppId : null);
    }

    private static async Task WriteAsync(string name, string json, string what)
    {
        var path = Path.Combine(Folder, name);
        await File.WriteAllTextAsync(path, json);
        Console.WriteLine($"{path}: {what}.");
    }

    private static async Task WritePackageAsync(string name, string manifest, string what)
    {
        Directory.CreateDirectory(Path.Combine(Folder, name));
        await File.WriteAllTextAsync(Path.Combine(Folder, name, "manifest.json"), manifest);
        foreach (var icon in TeamsManifest.Icons) await File.WriteAllBytesAsync(Path.Combine(Folder, name, icon), TeamsManifest.Icon(icon));
        var package = Path.Combine(Folder, $"{name}.zip");
        await File.WriteAllBytesAsync(package, TeamsManifest.Pack(manifest));
        Console.WriteLine($"{package}: {what}.");
    }
}
