using System.Text.Json;
using EightD.Bot.Channels.Slack;
using EightD.Bot.Tests.Processes;
using EightD.Incidents.Commands;

namespace EightD.Bot.Tests.Slack;

/// <summary>What Slack makes the app from, and the verb that writes it.</summary>
public sealed class SlackManifestTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_verb_writes_what_is_checked_in_and_says_whose_address_is_missing()
    {
        using var folder = new TempFolder();

        var (exit, output, error) = await WriteAsync(folder);

        Assert.Equal((0, ""), (exit, error));
        Assert.Contains("PublicUrl is not set, so https://8d.example.com stands in its place", output, StringComparison.Ordinal);
        foreach (var name in (string[])["manifests/slack.json", "manifests/slack-socket.json"])
        {
            Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(Checkout.Root, name), Cancel), await File.ReadAllBytesAsync(folder[name], Cancel));
        }
    }

    [Theory]
    [InlineData("https://bot.acme.test")]
    [InlineData("https://bot.acme.test/")]
    [InlineData("https://acme.test/8d")]
    public async Task An_address_stands_where_Slack_posts_to_and_nowhere_for_Socket_Mode(string address)
    {
        using var folder = new TempFolder();

        var (exit, output, error) = await WriteAsync(folder, $"--PublicUrl={address}", "--Slack:SigningSecret=half-set");

        Assert.Equal((0, ""), (exit, error));
        Assert.DoesNotContain("PublicUrl", output, StringComparison.Ordinal);
        var manifest = Json(await File.ReadAllTextAsync(folder["manifests/slack.json"], Cancel));
        var settings = manifest.GetProperty("settings");
        Assert.Equal(
            [$"{address.TrimEnd('/')}/slack/commands", $"{address.TrimEnd('/')}/slack/events", $"{address.TrimEnd('/')}/slack/interactivity"],
            [Text(manifest.GetProperty("features").GetProperty("slash_commands")[0], "url"), Text(settings.GetProperty("event_subscriptions"), "request_url"), Text(settings.GetProperty("interactivity"), "request_url")]);
        Assert.DoesNotContain("http", await File.ReadAllTextAsync(folder["manifests/slack-socket.json"], Cancel), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://bot.acme.test")]
    [InlineData("bot.acme.test")]
    [InlineData("https://bot.acme.test/?team=1")]
    public async Task An_address_that_Slack_would_not_take_is_named_with_the_remedy(string address)
    {
        using var folder = new TempFolder();
        var (exit, _, error) = await WriteAsync(folder, $"--PublicUrl={address}");
        Assert.Equal((1, $"PublicUrl: `{address}` is no https address; leave it away, or write it like https://8d.example.com.\n"), (exit, error));
        Assert.False(Directory.Exists(folder["manifests"]));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_said_in_a_sentence()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder["manifests"], "a file", Cancel);
        var (exit, _, error) = await WriteAsync(folder);
        Assert.Equal(1, exit);
        Assert.Contains("manifests cannot be written; let this user write it", Assert.Single(error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://8d.example.com", false)]
    [InlineData(null, true)]
    public void Slack_takes_it(string? address, bool isSocket)
    {
        var text = SlackManifest.Draw(address is null ? null : new Uri(address));
        Assert.Empty(ManifestLimits.Of(Json(text)));
        Assert.Equal(isSocket, Json(text).GetProperty("settings").GetProperty("socket_mode_enabled").GetBoolean());
        Assert.EndsWith("}\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("null", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_hint_names_commands_that_there_are()
    {
        var hint = Text(Json(SlackManifest.Draw(null)).GetProperty("features").GetProperty("slash_commands")[0], "usage_hint")!.Split(" | ");
        Assert.Equal(12, hint.Length);
        Assert.All(hint, name => Assert.Contains(CommandTable.All, command => command.Name == name));
    }

    [Fact]
    public void The_stand_in_gives_the_bot_the_scopes_that_it_asks_for() => Assert.Equal(SlackWorkspace.LeastScopes.Order(StringComparer.Ordinal), SlackManifest.Scopes);

    [Fact]
    public async Task What_each_scope_is_for_is_written_down()
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Checkout.Root, "docs/slack.md"), Cancel);
        Assert.All(SlackManifest.Scopes, scope => Assert.Contains($"`{scope}`", text, StringComparison.Ordinal));
    }

    private static async Task<(int Exit, string Output, string Error)> WriteAsync(TempFolder folder, params string[] settings)
    {
        using var bot = BotProcess.Start(folder.Path, ["manifests", .. settings]);
        await bot.EndsAsync(TimeSpan.FromSeconds(60));
        return (bot.ExitCode, bot.Output, bot.Error);
    }

    private static JsonElement Json(string text) => SlackJson.Parse(text);

    private static string? Text(JsonElement of, string name) => SlackJson.String(of, name);
}
