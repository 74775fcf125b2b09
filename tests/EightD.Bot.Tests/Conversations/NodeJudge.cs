using System.Diagnostics;
using System.Text.Json;

namespace EightD.Bot.Tests.Conversations;

/// <summary>A script for Node: what a platform's own packages say. It is asked, and answers, in JSON, a line each.</summary>
internal sealed class NodeJudge : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly Task<string> errors;

    private NodeJudge(Process process)
    {
        this.process = process;
        errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Starts a script.</summary>
    /// <param name="packages">The folder of <c>tests</c> that names the packages which it uses.</param>
    /// <param name="script">Its file there.</param>
    /// <param name="arguments">What it is told at its start.</param>
    public static NodeJudge Start(string packages, string script, params IEnumerable<string> arguments)
    {
        var folder = Path.Combine(Checkout.Root, "tests", packages);
        if (!Directory.Exists(Path.Combine(folder, "node_modules"))) throw new InvalidOperationException($"The packages of tests/{packages} are not installed; `bash tests/run.sh` does that, or `npm ci --ignore-scripts` there.");
        return new(Process.Start(new ProcessStartInfo("node", [Path.Combine(folder, script), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!);
    }

    /// <summary>Asks it something, and gives its answer.</summary>
    public async Task<JsonElement> AsksAsync(object question)
    {
        await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(question));
        await process.StandardInput.FlushAsync(People.Cancel);
        return await SaysAsync();
    }

    /// <summary>What it says next.</summary>
    public async Task<JsonElement> SaysAsync() =>
        await process.StandardOutput.ReadLineAsync(People.Cancel).AsTask().WaitAsync(Patience, People.Cancel) is { } line
            ? JsonSerializer.Deserialize<JsonElement>(line)
            : throw new InvalidOperationException($"It ended: {await errors}");

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
    }
}
