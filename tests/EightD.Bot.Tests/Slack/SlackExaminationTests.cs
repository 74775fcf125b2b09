using System.Globalization;
using EightD.Bot.Channels.Slack;
using EightD.Bot.Settings;
using EightD.Bot.Tests.Processes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;

namespace EightD.Bot.Tests.Slack;

/// <summary>What <c>doctor</c> says of Slack: with a remedy, without a secret, and by asking alone.</summary>
public sealed class SlackExaminationTests : IAsyncLifetime
{
    private const string SigningSecret = "signing-secret-5b1f";

    /// <summary>What it may call: nothing here posts or changes anything.</summary>
    private static readonly string[] Asking = ["auth.test", "apps.connections.open", "conversations.info", "emoji.list"];

    private readonly TempFolder folder = new();
    private SlackStandIn slack = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        slack = await SlackStandIn.StartAsync();
        slack.AddWorkspace(slack.Home with { Name = "Acme" });
    }

    public async ValueTask DisposeAsync()
    {
        await slack.DisposeAsync();
        slack.AssertNoComplaints();
        folder.Dispose();
    }

    [Fact]
    public async Task Where_Slack_takes_all_every_line_is_well()
    {
        using var bot = BotProcess.Start(folder.Path, ["doctor", $"--Slack:ApiUrl={slack.ApiUrl}"], ("Slack__BotToken", slack.Home.BotToken), ("Slack__AppToken", SlackStandIn.AppToken));
        await bot.EndsAsync(TimeSpan.FromSeconds(60));

        var lines = bot.Output.TrimEnd().Split('\n');
        Assert.All(lines, line => Assert.StartsWith("ok    ", line, StringComparison.Ordinal));
        Assert.Contains("ok    Slack:BotToken: the bot is `bot-t0001` in the workspace Acme.", lines);
        Assert.Contains("ok    Slack:AppToken: Socket Mode can be opened.", lines);
        Assert.Contains("ok    Slack scopes: all that the bot needs.", lines);
        Assert.Contains("ok    Slack clock: this machine's agrees with Slack's.", lines);
        Assert.Contains("ok    Slack channels: none has an open 8D.", lines);
        Assert.Equal(0, bot.ExitCode);
        TellsNoSecret(bot.Output + bot.Error);
    }

    [Fact]
    public async Task Over_HTTP_it_names_the_addresses_that_Slack_has_to_be_told()
    {
        Fails(await FindAsync(OverHttp()), "PublicUrl: Slack over HTTP needs it; set the https address");
        Assert.Contains(
            "ok    PublicUrl: Slack has to be told https://8d.acme.test/slack/commands, https://8d.acme.test/slack/interactivity, https://8d.acme.test/slack/events, as `manifests` writes them.",
            await FindAsync(OverHttp("--PublicUrl=https://8d.acme.test")));
    }

    [Theory]
    [InlineData("token_revoked")]
    [InlineData("account_inactive")]
    [InlineData("invalid_auth")]
    public async Task A_token_that_is_dead_is_named_with_the_remedy(string error)
    {
        slack.World.Revoke((_, _) => true, error);
        Fails(await FindAsync(OverSocket()), $"Slack:BotToken: Slack refuses it ({error}); install the app on its page OAuth & Permissions");
    }

    [Fact]
    public async Task An_apps_token_that_is_not_taken_is_named_with_the_remedy() =>
        Fails(await FindAsync([$"--Slack:BotToken={slack.Home.BotToken}", "--Slack:AppToken=xapp-1-A0001-5b1f"]), "Slack:AppToken: Slack refuses it (invalid_auth); turn on Socket Mode");

    [Fact]
    public async Task Scopes_that_are_missing_are_named()
    {
        slack.Grant([.. SlackManifest.Scopes.Except(["files:write", "reactions:read"])]);
        Fails(await FindAsync(OverSocket()), "Slack scopes: the app lacks `files:write`, `reactions:read`; add what is missing on its page OAuth & Permissions, then reinstall the app there.");
    }

    [Theory]
    [InlineData(120, "ahead of")]
    [InlineData(-120, "behind")]
    [InlineData(50, null)]
    [InlineData(-50, null)]
    public async Task A_clock_that_is_off_is_named(int seconds, string? way)
    {
        var lines = await FindAsync(OverSocket(), new FakeTimeProvider(DateTimeOffset.UtcNow.AddSeconds(seconds)));
        if (way is null) Assert.Contains("ok    Slack clock: this machine's agrees with Slack's.", lines);
        else Assert.Matches($"^fail  Slack clock: this machine's is 1(19|20|21) s {way} Slack's, and what comes over HTTP is refused beyond 300 s; set the clock", Assert.Single(lines, line => line.StartsWith("fail", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Where_Slack_does_not_answer_nothing_else_is_asked()
    {
        slack.Fault("*", SlackFault.Down(), times: 2);
        var lines = await FindAsync(OverSocket());
        Assert.Equal(["Slack:BotToken", "Slack:AppToken"], lines.Select(line => line[6..20]));
        Assert.All(lines, line => Assert.Contains(": Slack does not answer; see that this machine reaches 127.0.0.1", line, StringComparison.Ordinal));

        slack.Fault("*", SlackFault.RateLimited(7), times: 2);
        Assert.All(await FindAsync(OverSocket()), line => Assert.EndsWith(": Slack answers no more questions for now; ask again in 7 s.", line, StringComparison.Ordinal));
        Assert.All(await FindAsync([.. OverSocket(), "--Slack:ApiUrl=http://127.0.0.1:1/api"]), line => Assert.Contains(": Slack does not answer", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_emoji_is_asked_for_where_that_is_allowed()
    {
        Assert.Contains("ok    Slack emoji: whether :8d: is there is told only with the scope `emoji:read`; upload an emoji of the name `8d` (Customize workspace), or react with :pushpin:.", await FindAsync(OverSocket()));
        slack.Grant([.. SlackManifest.Scopes, "emoji:read"]);
        Fails(await FindAsync(OverSocket()), "Slack emoji: there is no :8d: yet; upload");
        slack.World.Emoji.Add("8d");
        Assert.Contains("ok    Slack emoji: :8d: is there.", await FindAsync(OverSocket()));
    }

    [Fact]
    public async Task Channels_with_an_open_8D_that_the_bot_is_not_in_are_named()
    {
        TempFolder kept = new(); // the room removes it
        await using var room = await SlackRoom.OpenAsync(kept: kept, prepare: there =>
        {
            there.Grant([.. SlackManifest.Scopes]);
            there.AddChannel("C0003", "far", ["U0001"], withBot: false);
            there.AddChannel("C0004", "hidden", ["U0001"], isPrivate: true, withBot: false);
            there.AddChannel("C0005", "over", ["U0001"], withBot: false);
        });
        string[] settings = ["--PublicUrl=https://8d.acme.test", $"--Slack:SigningSecret={SigningSecret}", $"--Slack:BotToken={room.Slack.Home.BotToken}", $"--Slack:ApiUrl={room.Slack.ApiUrl}", $"--Storage:Path={kept["data/eightd.db"]}"];

        await room.People.Commands("ana", SlackRoom.Ops, "/8d start Checkout is down");
        Assert.Contains("ok    Slack channels: the bot is in each that has an open 8D (1).", await FindAsync(settings));

        foreach (var channel in (string[])["C0003", "C0004", "C0005"]) await room.People.Commands("ana", channel, "/8d start Checkout is down");
        room.Slack.World.Change("C0005", channel => channel with { IsArchived = true });
        Fails(await FindAsync(settings), "Slack channels: the bot is not in C0004, #far, where an 8D is open; type `/invite @8D Bot` there.");
    }

    [Fact]
    public async Task At_most_twenty_channels_are_asked_for()
    {
        TempFolder kept = new(); // the room removes it
        await using var room = await SlackRoom.OpenAsync(kept: kept, prepare: there =>
        {
            foreach (var number in Enumerable.Range(1, 21)) there.AddChannel(Channel(number), $"ops{number}", ["U0001"]);
        });
        foreach (var number in Enumerable.Range(1, 21)) await room.People.Commands("ana", Channel(number), "/8d start Checkout is down");
        var before = room.Slack.CallsOf("conversations.info").Count;

        var lines = await FindAsync([$"--Slack:AppToken={SlackStandIn.AppToken}", $"--Slack:BotToken={room.Slack.Home.BotToken}", $"--Slack:ApiUrl={room.Slack.ApiUrl}", $"--Storage:Path={kept["data/eightd.db"]}"]);

        Assert.Contains("ok    Slack channels: the bot is in the newest 20 of 21 that have an open 8D.", lines);
        Assert.Equal(20, room.Slack.CallsOf("conversations.info").Count - before);

        static string Channel(int number) => string.Create(CultureInfo.InvariantCulture, $"C1{number:D3}");
    }

    [Fact]
    public async Task An_app_for_many_workspaces_is_told_where_they_add_it() => Assert.Contains(
        "ok    Slack:ClientId: workspaces add the app at https://8d.acme.test/slack/install; each of their tokens is tried when it is used.",
        await FindAsync(["--PublicUrl=https://8d.acme.test", $"--Slack:SigningSecret={SigningSecret}", "--Slack:ClientId=1.2", "--Slack:ClientSecret=client-secret"]));

    [Fact]
    public async Task Without_its_settings_nothing_is_said_of_Slack() => Assert.Empty(await FindAsync(["--Slack:ApiUrl=https://slack.com/api/"]));

    private static void Fails(IReadOnlyList<string> lines, string beginning) =>
        Assert.StartsWith($"fail  {beginning}", Assert.Single(lines, line => line.StartsWith("fail", StringComparison.Ordinal)), StringComparison.Ordinal);

    private static void TellsNoSecret(string text) =>
        Assert.All((string[])[SlackStandIn.AppToken, "5b1f", "xoxb-T0001", "client-secret", "ticket"], secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));

    private string[] OverSocket() => [$"--Slack:BotToken={slack.Home.BotToken}", $"--Slack:AppToken={SlackStandIn.AppToken}"];

    private string[] OverHttp(params string[] settings) => [$"--Slack:BotToken={slack.Home.BotToken}", $"--Slack:SigningSecret={SigningSecret}", .. settings];

    /// <summary>The lines, none with a secret in it; and what Slack was asked for them.</summary>
    private async Task<IReadOnlyList<string>> FindAsync(string[] settings, TimeProvider? clock = null)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(BotSettings.Defaults(isDevelopment: false))
            .AddCommandLine([$"--Slack:ApiUrl={slack.ApiUrl}", $"--Storage:Path={folder["data/eightd.db"]}", .. settings]).Build();
        var lines = (await SlackExamination.FindAsync(BotSettings.Read(configuration, isDevelopment: false), clock ?? TimeProvider.System, Cancel)).Select(finding => finding.ToString()).ToList();
        TellsNoSecret(string.Join('\n', lines));
        Assert.All(slack.Calls, call => Assert.Contains(call.Method, Asking));
        return lines;
    }
}
