using System.Diagnostics;

namespace EightD.Bot.Tests.Checking;

/// <summary>The package <c>8d-check</c>, as a repository's CI gets it.</summary>
public sealed class ToolPackageTests
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    [Fact]
    public async Task The_tool_is_packed_installed_and_finds_what_the_bot_finds()
    {
        using TempFolder folder = new();
        var report = Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "EightD.Reports.Tests", "Fixtures", "judged", "11-refused.md");
        await File.WriteAllTextAsync(folder["nuget.config"], $"<configuration><packageSources><clear/><add key=\"here\" value=\"{folder["packages"]}\"/></packageSources></configuration>", TestContext.Current.CancellationToken);

        Assert.Equal(0, (await RunAsync("dotnet", "pack", Path.Combine(Checkout.Root, "src", "EightD.CheckTool"), "--no-build", "-c", Configuration, "-o", folder["packages"])).Status);
        Assert.Equal(0, (await RunAsync("dotnet", "tool", "install", "8d-check", "--tool-path", folder["tools"], "--configfile", folder["nuget.config"])).Status);
        var (status, output) = await RunAsync(folder["tools/8d-check"], report, "--format", "github");

        Assert.Equal(1, status);
        Assert.Contains("title=D4.ends-at-person::The cause ends at a person.", output, StringComparison.Ordinal);
    }

    private static async Task<(int Status, string Output)> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output + await errors);
    }
}
