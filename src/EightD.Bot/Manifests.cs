using EightD.Bot.Channels.Slack;
using EightD.Bot.Settings;

namespace EightD.Bot;

/// <summary>The verb <c>manifests</c>: writes the files from which a chat platform makes the app, the same bytes each time.</summary>
internal static class Manifests
{
    private const string Folder = "manifests";

    /// <summary>What stands in the place of an address that is not set, as in the files checked in.</summary>
    private static readonly Uri Example = new("https://8d.example.com");

    /// <summary>Writes them below the current folder. 0; or 1 with one sentence where they cannot be written.</summary>
    /// <param name="args">The command line after the verb.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            var address = PublicUrl(args);
            Directory.CreateDirectory(Folder);
            await WriteAsync("slack.json", SlackManifest.Draw(address ?? Example), "for Slack over HTTP");
            await WriteAsync("slack-socket.json", SlackManifest.Draw(publicUrl: null), "for Slack with Socket Mode");
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

    /// <summary>The address that is set; what else is set does not matter here.</summary>
    private static Uri? PublicUrl(string[] args)
    {
        var builder = Configuring.Builder(args);
        var read = new SettingReader(builder.Configuration);
        var settings = BotSettings.Read(read, builder.Environment.IsDevelopment());
        return read.Complaints.FirstOrDefault(complaint => complaint.Key == BotSettings.PublicKey) is { } wrong ? throw wrong : settings.PublicUrl;
    }

    private static async Task WriteAsync(string name, string json, string what)
    {
        var path = Path.Combine(Folder, name);
        await File.WriteAllTextAsync(path, json);
        Console.WriteLine($"{path}: {what}.");
    }
}
