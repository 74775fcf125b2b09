using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace EightD.Bot.Tests.Infra;

/// <summary>The compiler of <c>infra/</c>, which needs no network and no account.</summary>
internal static class Bicep
{
    private static readonly string Program = typeof(Bicep).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(each => each.Key == "Bicep").Value!;

    /// <summary>The folder with the templates.</summary>
    public static string Folder { get; } = Path.Combine(Checkout.Root, "infra");

    /// <summary>What is compiled of a file in that folder; fails the test where the compiler has anything to say, be it a warning.</summary>
    /// <param name="file">The name of a template or of a file of parameters.</param>
    public static async Task<string> BuildAsync(string file) =>
        await RunAsync(Folder, file.EndsWith(".bicepparam", StringComparison.Ordinal) ? "build-params" : "build", file, "--stdout", "--no-restore");

    /// <summary>All that a deployment makes, with what is known before it in place; what only Azure knows stays an expression in brackets.</summary>
    /// <param name="parameters">The text of a file of parameters.</param>
    public static async Task<Deployed> DeployAsync(string parameters)
    {
        using var folder = new TempFolder(); // the prediction is written beside its parameters
        foreach (var file in Directory.GetFiles(Folder, "*.bicep").Append(Path.Combine(Folder, "bicepconfig.json"))) File.Copy(file, folder[Path.GetFileName(file)]);
        await File.WriteAllTextAsync(folder["test.bicepparam"], parameters, TestContext.Current.CancellationToken);
        await RunAsync(folder.Path, "snapshot", "test.bicepparam", "--mode", "overwrite", "--subscription-id", Guid.Empty.ToString(), "--resource-group", "bot", "--location", "westeurope");
        using var made = JsonDocument.Parse(await File.ReadAllTextAsync(folder["test.snapshot.json"], TestContext.Current.CancellationToken));
        return new([.. made.RootElement.GetProperty("predictedResources").EnumerateArray().Select(each => each.Clone())]);
    }

    private static async Task<string> RunAsync(string folder, params string[] arguments)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture is Architecture.X64, "The compiler is one for Linux on x64.");
        using var process = Process.Start(new ProcessStartInfo(Program, arguments) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var complaints = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal("", await complaints);
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}

/// <summary>What a deployment makes.</summary>
/// <param name="Resources">Each with its <c>type</c>, <c>name</c> and <c>properties</c>.</param>
internal sealed record Deployed(IReadOnlyList<JsonElement> Resources)
{
    /// <summary>Those of a type.</summary>
    public IReadOnlyList<JsonElement> All(string type) => [.. Resources.Where(each => each.GetProperty("type").GetString() == type)];

    /// <summary>The properties of the only one of a type.</summary>
    public JsonElement Only(string type) => Assert.Single(All(type)).GetProperty("properties");
}
