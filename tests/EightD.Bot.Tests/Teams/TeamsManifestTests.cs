using EightD.Bot.Tests.Conversations;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using EightD.Bot.Channels.Teams;
using EightD.Bot.Tests.Processes;
using EightD.Incidents.Commands;

namespace EightD.Bot.Tests.Teams;

/// <summary>What Teams makes the app from (teams-protocol.md, section 12), and the verb that writes it.</summary>
public sealed class TeamsManifestTests
{
    private static readonly Uri Address = new("https://8d.example.com");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_verb_writes_what_is_checked_in_and_says_which_app_id_is_missing()
    {
        using var folder = new TempFolder();

        var (exit, output, error) = await WriteAsync(folder);

        Assert.Equal((0, ""), (exit, error));
        Assert.Contains("Teams:AppId is not set", output, StringComparison.Ordinal);
        foreach (var name in (string[])["teams/manifest.json", "teams/color.png", "teams/outline.png", "teams.zip", "teams-slash/manifest.json", "teams-slash/color.png", "teams-slash/outline.png", "teams-slash.zip"])
        {
            Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(Checkout.Root, "manifests", name), Cancel), await File.ReadAllBytesAsync(folder[$"manifests/{name}"], Cancel));
        }
    }

    [Fact]
    public async Task The_app_id_and_the_address_stand_where_Teams_looks_for_them()
    {
        using var folder = new TempFolder();
        var (exit, output, error) = await WriteAsync(folder, "--PublicUrl=https://bot.acme.test/8d", $"--Teams:AppId={TeamsStandIn.AppId}");

        Assert.Equal((0, ""), (exit, error));
        Assert.DoesNotContain("is not set", output, StringComparison.Ordinal);
        var manifest = JsonNode.Parse(await File.ReadAllTextAsync(folder["manifests/teams/manifest.json"], Cancel))!;
        Assert.Equal((TeamsStandIn.AppId, TeamsStandIn.AppId, "bot.acme.test"), ((string)manifest["id"]!, (string)manifest["bots"]![0]!["botId"]!, (string)manifest["validDomains"]![0]!));
    }

    [Fact]
    public async Task An_app_id_that_is_none_is_named_with_the_remedy()
    {
        using var folder = new TempFolder();
        var (exit, _, error) = await WriteAsync(folder, "--Teams:AppId=our-bot");
        Assert.Equal(1, exit);
        Assert.StartsWith("Teams:AppId: it is no app id; copy the Microsoft App ID", Assert.Single(error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_schema_that_Microsoft_publishes_has_nothing_against_it_and_something_against_a_typo(bool withSlash)
    {
        await using var judge = NodeJudge.Start("teams-judges", "manifest.mjs");
        var manifest = TeamsManifest.Draw(TeamsStandIn.AppId, Address, withSlash);
        var typo = JsonNode.Parse(manifest)!;
        typo["bots"]![0]!["scopes"] = new JsonArray("groupchat");
        var tooMany = JsonNode.Parse(manifest)!;
        tooMany["bots"]![0]!["commandLists"]![0]!["commands"]!.AsArray().Add(new JsonObject { ["title"] = "thirteenth", ["description"] = "too many" });

        var found = (await judge.AsksAsync((string[])[manifest, typo.ToJsonString(), tooMany.ToJsonString()])).Deserialize<string[][]>()!;

        Assert.Empty(found[0]);
        Assert.NotEmpty(found[1]);
        Assert.NotEmpty(found[2]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void It_offers_commands_of_the_table(bool withSlash)
    {
        var lists = JsonNode.Parse(TeamsManifest.Draw(TeamsStandIn.AppId, Address, withSlash))!["bots"]![0]!["commandLists"]!.AsArray();
        foreach (var list in lists)
        {
            var offered = list!["commands"]!.AsArray().ToDictionary(command => (string)command!["title"]!, command => (string)command!["description"]!, StringComparer.Ordinal);
            Assert.InRange(offered.Count, 9, 12);
            Assert.All(offered, each => Assert.Equal(CommandTable.All.Single(command => command.Name == each.Key).Summary, each.Value));
            Assert.Subset(offered.Keys.ToHashSet(StringComparer.Ordinal), new HashSet<string>(["start", "status", "answer", "resolved", "action", "publish", "close", "help"], StringComparer.Ordinal));
        }
    }

    [Fact]
    public void The_package_is_the_manifest_and_its_icons_with_the_same_bytes_each_time()
    {
        var manifest = TeamsManifest.Draw(TeamsStandIn.AppId, Address, withSlash: false);
        var package = TeamsManifest.Pack(manifest);
        Assert.Equal(package, TeamsManifest.Pack(manifest));
        using ZipArchive zip = new(new MemoryStream(package));
        Assert.Equal(["manifest.json", "color.png", "outline.png"], zip.Entries.Select(entry => entry.FullName));
        Assert.All(zip.Entries, entry => Assert.Equal(1980, entry.LastWriteTime.Year));
    }

    /// <summary>192 by 192; 32 by 32, white on nothing.</summary>
    [Theory]
    [InlineData("color.png", 192, 2)]
    [InlineData("outline.png", 32, 6)]
    public void An_icon_has_the_size_and_colours_that_Teams_wants(string name, int size, int colours)
    {
        var png = TeamsManifest.Icon(name).AsSpan();
        Assert.Equal((size, size, colours), (BinaryPrimitives.ReadInt32BigEndian(png[16..]), BinaryPrimitives.ReadInt32BigEndian(png[20..]), png[25]));
    }

    private static async Task<(int Exit, string Output, string Error)> WriteAsync(TempFolder folder, params string[] settings)
    {
        using var bot = BotProcess.Start(folder.Path, ["manifests", .. settings]);
        await bot.EndsAsync(TimeSpan.FromSeconds(60));
        return (bot.ExitCode, bot.Output, bot.Error);
    }
}
