using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using EightD.Bot.Tests.Conversations;

namespace EightD.Bot.Tests.Infra;

/// <summary>What is deployed to Azure compiles without a warning and keeps what docs/operations.md promises.</summary>
public sealed class BicepTests
{
    private static readonly string Bicep = typeof(BicepTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(each => each.Key == "BicepPath").Value!;

    private static readonly Lazy<Task<(string Output, string Complaints)>> Compiled = new(() => RunAsync("build", "main.bicep"));

    [Fact]
    public async Task It_compiles_without_a_warning()
    {
        var (template, complaints) = await Compiled.Value;

        Assert.Equal("", complaints);
        Assert.NotEmpty(Resources(JsonDocument.Parse(template).RootElement));
    }

    [Theory]
    [InlineData("dev")]
    [InlineData("prod")]
    public async Task Its_parameters_fit(string which)
    {
        var (_, complaints) = await RunAsync("build-params", $"{which}.bicepparam");

        Assert.Equal("", complaints);
    }

    [Fact]
    public async Task The_storage_takes_no_key_and_no_stranger_and_gives_back_what_was_removed()
    {
        var all = await ResourcesAsync();
        var account = Single(all, "Microsoft.Storage/storageAccounts");
        Assert.False(account.GetProperty("allowSharedKeyAccess").GetBoolean());
        Assert.False(account.GetProperty("allowBlobPublicAccess").GetBoolean());
        Assert.Equal("Disabled", account.GetProperty("publicNetworkAccess").GetString());
        var blobs = Single(all, "Microsoft.Storage/storageAccounts/blobServices");
        Assert.True(blobs.GetProperty("isVersioningEnabled").GetBoolean());
        Assert.True(blobs.GetProperty("deleteRetentionPolicy").GetProperty("enabled").GetBoolean());
        Assert.True(blobs.GetProperty("containerDeleteRetentionPolicy").GetProperty("enabled").GetBoolean());
    }

    [Fact]
    public async Task At_least_two_replicas_serve_and_are_asked_whether_they_can()
    {
        var (template, _) = await Compiled.Value;
        Assert.Equal(2, JsonDocument.Parse(template).RootElement.GetProperty("parameters").GetProperty("replicas").GetProperty("minValue").GetInt32());
        var pod = Single(await ResourcesAsync(), "Microsoft.App/containerApps").GetProperty("template");
        var probes = pod.GetProperty("containers")[0].GetProperty("probes").EnumerateArray().ToDictionary(probe => probe.GetProperty("type").GetString()!, probe => probe.GetProperty("httpGet").GetProperty("path").GetString());
        Assert.Equal("/readyz", probes["Readiness"]);
        Assert.Equal("/healthz", probes["Liveness"]);
    }

    [Fact]
    public async Task The_bot_is_given_three_roles_and_none_above_what_it_needs()
    {
        string[] least = ["ba92f5b4-2d11-453d-a403-e96b0029c9fe", "4633458b-17de-408a-b874-0445c86b69e6", "7f951dda-4ed3-4680-a7ca-43fe172d538d"]; // Storage Blob Data Contributor, Key Vault Secrets User, AcrPull
        var (template, _) = await Compiled.Value;

        var roles = System.Text.RegularExpressions.Regex.Matches(template, @"'Microsoft\.Authorization/roleDefinitions', '(?<role>[0-9a-f-]+)'", System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10)).Select(match => match.Groups["role"].Value).Distinct(StringComparer.Ordinal);

        Assert.Equal(least.Order(StringComparer.Ordinal), roles.Order(StringComparer.Ordinal));
        var assignments = Resources(JsonDocument.Parse(template).RootElement).Where(each => each.GetProperty("type").GetString() == "Microsoft.Authorization/roleAssignments").ToList();
        Assert.Equal(3, assignments.Count);
        Assert.Contains(assignments, each => each.GetProperty("scope").GetString()!.Contains("/blobServices/", StringComparison.Ordinal)); // the container alone
        Assert.All(assignments, each => Assert.True(each.TryGetProperty("scope", out _), "A role is given for the whole resource group."));
    }

    private static async Task<List<JsonElement>> ResourcesAsync() => [.. Resources(JsonDocument.Parse((await Compiled.Value).Output).RootElement)];

    private static JsonElement Single(IEnumerable<JsonElement> resources, string type) => Assert.Single(resources, each => each.GetProperty("type").GetString() == type).GetProperty("properties");

    /// <summary>The resources of a template and of those that are nested in it.</summary>
    private static IEnumerable<JsonElement> Resources(JsonElement template)
    {
        var resources = template.GetProperty("resources");
        foreach (var resource in resources.ValueKind == JsonValueKind.Array ? resources.EnumerateArray() : resources.EnumerateObject().Select(each => each.Value))
        {
            yield return resource;
            if (resource.GetProperty("type").GetString() != "Microsoft.Resources/deployments") continue;
            foreach (var nested in Resources(resource.GetProperty("properties").GetProperty("template"))) yield return nested;
        }
    }

    private static async Task<(string Output, string Complaints)> RunAsync(string command, string file)
    {
        using var process = Process.Start(new ProcessStartInfo(Bicep, [command, Path.Combine(Checkout.Root, "infra", file), "--stdout"]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(People.Cancel), process.StandardError.ReadToEndAsync(People.Cancel));
        await process.WaitForExitAsync(People.Cancel);
        Assert.True(process.ExitCode == 0, said[1]);
        return (said[0], said[1]);
    }
}
