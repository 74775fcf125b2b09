using System.Diagnostics;
using System.Text.Json;
using EightD.Bot.Tests.Conversations;

namespace EightD.Bot.Tests.Slack;

/// <summary>A script in <c>tests/slack-judges</c>: what Slack's own packages for Node say. It is asked, and answers, in JSON, a line each.</summary>
internal sealed class SlackJudge : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly Task<string> errors;

    private SlackJudge(Process process)
    {
        this.process = process;
        errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Starts a script.</summary>
    public static SlackJudge Start(string script, params IEnumerable<string> arguments) => In("slack-judges", script, arguments);

    /// <summary>Starts a script in another folder of packages.</summary>
    public static SlackJudge In(string packages, string script, params IEnumerable<string> arguments)
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
            ? SlackJson.Parse(line)
            : throw new InvalidOperationException($"It ended: {await errors}");

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
    }
}
