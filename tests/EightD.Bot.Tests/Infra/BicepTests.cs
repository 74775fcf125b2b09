using System.Text.Json;
using EightD.Bot.Doctor;
using EightD.Bot.Settings;
using Microsoft.Extensions.Configuration;

namespace EightD.Bot.Tests.Infra;

/// <summary>What <c>infra/</c> makes on Azure: it compiles without a warning, and keeps what is promised of it.</summary>
public sealed class BicepTests
{
    private const string Account = "Microsoft.Storage/storageAccounts";
    private const string App = "Microsoft.App/containerApps";
    private const string Job = "Microsoft.App/jobs";

    private const string Bare = "using 'main.bicep'\nparam image = 'example.azurecr.io/bot:1'\nparam alertEmail = 'operators@example.com'\n";

    private static readonly Lazy<Task<Deployed>> Production = new(() => Bicep.DeployAsync(File.ReadAllText(Path.Combine(Bicep.Folder, "prod.bicepparam"))));

    [Theory]
    [InlineData("main.bicep")]
    [InlineData("dev.bicepparam")]
    [InlineData("prod.bicepparam")]
    public async Task Compiles_without_a_warning(string file) => Assert.NotEmpty(await Bicep.BuildAsync(file));

    [Fact]
    public async Task Nobody_reaches_the_storage_with_a_key_or_from_outside() => Assert.All((await Production.Value).All(Account), account =>
    {
        var properties = account.GetProperty("properties");
        Assert.False(properties.GetProperty("allowSharedKeyAccess").GetBoolean());
        Assert.False(properties.GetProperty("allowBlobPublicAccess").GetBoolean());
        Assert.Equal("TLS1_2", properties.GetProperty("minimumTlsVersion").GetString());
        Assert.Equal("Disabled", properties.GetProperty("publicNetworkAccess").GetString());
        Assert.Equal("Deny", properties.GetProperty("networkAcls").GetProperty("defaultAction").GetString());
    });

    [Fact]
    public async Task What_was_overwritten_or_deleted_can_be_brought_back()
    {
        var blobs = (await Production.Value).Only($"{Account}/blobServices");
        Assert.True(blobs.GetProperty("isVersioningEnabled").GetBoolean());
        Assert.True(blobs.GetProperty("deleteRetentionPolicy").GetProperty("enabled").GetBoolean());
        Assert.True(blobs.GetProperty("containerDeleteRetentionPolicy").GetProperty("enabled").GetBoolean());
        var vault = (await Production.Value).Only("Microsoft.KeyVault/vaults");
        Assert.True(vault.GetProperty("enableSoftDelete").GetBoolean());
        Assert.True(vault.GetProperty("enablePurgeProtection").GetBoolean());
    }

    [Fact]
    public async Task The_identity_may_do_three_things_and_each_in_one_place()
    {
        var roles = (await Production.Value).All("Microsoft.Authorization/roleAssignments")
            .Select(role => (Role: role.GetProperty("properties").GetProperty("roleDefinitionId").GetString()!.Split('/')[^1], On: role.GetProperty("id").GetString()!.Split("/providers/Microsoft.Authorization/")[0]))
            .ToDictionary(each => each.Role, each => each.On, StringComparer.Ordinal);
        Assert.Equal(3, roles.Count);
        Assert.Matches("/blobServices/default/containers/eightd$", roles["ba92f5b4-2d11-453d-a403-e96b0029c9fe"]); // Storage Blob Data Contributor
        Assert.Matches("/Microsoft.KeyVault/vaults/[^/]+$", roles["4633458b-17de-408a-b874-0445c86b69e6"]); // Key Vault Secrets User
        Assert.Matches("/Microsoft.ContainerRegistry/registries/[^/]+$", roles["7f951dda-4ed3-4680-a7ca-43fe172d538d"]); // AcrPull
    }

    [Fact]
    public async Task Two_replicas_serve_and_are_asked_how_they_are()
    {
        var app = (await Production.Value).Only(App);
        var template = app.GetProperty("template");
        Assert.True(template.GetProperty("scale").GetProperty("minReplicas").GetInt32() >= 2);
        Assert.True(template.GetProperty("terminationGracePeriodSeconds").GetInt32() >= 30);
        Assert.False(app.GetProperty("configuration").GetProperty("ingress").GetProperty("allowInsecure").GetBoolean());
        Assert.Equal(["Startup /healthz", "Liveness /healthz", "Readiness /readyz"], template.GetProperty("containers")[0].GetProperty("probes").EnumerateArray()
            .Select(probe => $"{probe.GetProperty("type").GetString()} {probe.GetProperty("httpGet").GetProperty("path").GetString()}"));
    }

    [Fact]
    public async Task The_bot_starts_with_the_settings_that_it_is_given()
    {
        var variables = Variables((await Production.Value).Only(App)).ToDictionary(each => each.Name.Replace("__", ":", StringComparison.Ordinal), each => each.Value, StringComparer.Ordinal);
        variables["urls"] = variables["ASPNETCORE_URLS"];
        var settings = BotSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(variables).Build(), isDevelopment: false);
        Assert.Equal(StorageProvider.AzureBlob, settings.StorageProvider);
        Assert.NotNull(settings.StorageServiceUri);
        Assert.Null(settings.StorageConnectionString);
        Assert.Equal("eightd", settings.StorageContainer);
        Assert.False(settings.Playground);
        Assert.Equal("/reports/reports.git", settings.GitRemote); // below the share that all replicas mount
        Assert.Equal(Variables((await Production.Value).Only(App)), Variables((await Production.Value).Only(Job)));
    }

    [Fact]
    public async Task Secrets_come_from_the_vault_and_stand_nowhere_else()
    {
        var made = await Bicep.DeployAsync(Bare + "param secretSettings = ['Slack:BotToken', 'Git:Token']\nparam gitRemote = 'https://git.example.com/reports.git'");
        Assert.All([made.Only(App), made.Only(Job)], each =>
        {
            var secrets = each.GetProperty("configuration").GetProperty("secrets").EnumerateArray().ToDictionary(secret => secret.GetProperty("name").GetString()!, StringComparer.Ordinal);
            Assert.Equal(["slack-bottoken", "git-token"], secrets.Keys);
            Assert.All(secrets.Values, secret => Assert.False(secret.TryGetProperty("value", out var _)));
            Assert.Matches("secrets/.*'Slack--BotToken'", secrets["slack-bottoken"].GetProperty("keyVaultUrl").GetString());
            Assert.Contains(("Slack__BotToken", "slack-bottoken"), Variables(each));
            Assert.Contains(("Git__Token", "git-token"), Variables(each));
        });
        Assert.Single(made.All(Account)); // no share where the repository is an address
        var template = await Bicep.BuildAsync("main.bicep");
        Assert.All(["listKeys", "listAccountSas", "listCredentials", "\"sharedKey\"", "\"securestring\"", "\"secureObject\""], each => Assert.DoesNotContain(each, template, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Teams_reaches_the_bot_where_that_is_wanted_and_it_shows_itself_by_its_own_identity()
    {
        var made = await Bicep.DeployAsync(Bare + "param teams = true\nparam publicUrl = 'https://8d.example.com'");
        var bot = made.Only("Microsoft.BotService/botServices");
        Assert.Equal("https://8d.example.com/api/messages", bot.GetProperty("endpoint").GetString());
        Assert.Equal("UserAssignedMSI", bot.GetProperty("msaAppType").GetString());
        Assert.True(bot.GetProperty("disableLocalAuth").GetBoolean());
        Assert.True(made.Only("Microsoft.BotService/botServices/channels").GetProperty("properties").GetProperty("isEnabled").GetBoolean());
        Assert.Contains(("Teams__Credential", "ManagedIdentity"), Variables(made.Only(App)));
        Assert.Contains(Variables(made.Only(App)), each => each.Name == "Teams__AppId");
        Assert.Empty((await Production.Value).All("Microsoft.BotService/botServices"));
        Assert.DoesNotContain(Variables((await Production.Value).Only(App)), each => each.Name.StartsWith("Teams__", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_alerts_wait_for_what_doctor_says()
    {
        var made = await Production.Value;
        Assert.Equal("doctor", made.Only(Job).GetProperty("template").GetProperty("containers")[0].GetProperty("args")[0].GetString());
        var queries = made.All("Microsoft.Insights/scheduledQueryRules").ToDictionary(
            rule => rule.GetProperty("name").GetString()!, rule => rule.GetProperty("properties").GetProperty("criteria").GetProperty("allOf")[0].GetProperty("query").GetString()!, StringComparer.Ordinal);
        Assert.Contains($"\"{Finding.Fail("Deliveries:")}\"", queries["eightd-outbox-age"], StringComparison.Ordinal);
        Assert.Contains($"\"{Finding.Fail("Dead letters:")}\"", queries["eightd-dead-letters"], StringComparison.Ordinal);
        Assert.All(queries.Values, query => Assert.Contains("ContainerName == \"doctor\"", query, StringComparison.Ordinal));
    }

    /// <summary>What a container is told: a value, or the name of a secret. An address stands for what only Azure knows.</summary>
    private static IEnumerable<(string Name, string? Value)> Variables(JsonElement container) =>
        from each in container.GetProperty("template").GetProperty("containers")[0].GetProperty("env").EnumerateArray()
        let value = (each.TryGetProperty("value", out var plain) ? plain : each.GetProperty("secretRef")).GetString()
        select (each.GetProperty("name").GetString()!, value.StartsWith('[') ? "https://known-later.example.com/" : value);
}
