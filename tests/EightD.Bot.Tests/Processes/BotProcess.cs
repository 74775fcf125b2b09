using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using EightD.Bot.Tests.Conversations;

namespace EightD.Bot.Tests.Processes;

/// <summary>The bot as a process of its own, as an operator starts it: <c>dotnet EightD.Bot.dll</c>.</summary>
internal sealed partial class BotProcess : IDisposable
{
    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder error = new();
    private readonly TaskCompletionSource<Uri?> ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool isDisposed;
    private People? people;

    private BotProcess(Process process) => this.process = process;

    /// <summary>The people who talk to it, once it is ready.</summary>
    public People People => people ?? throw new InvalidOperationException("It is not ready.");

    public string Output => Locked(output);

    public string Error => Locked(error);

    public int ExitCode => process.ExitCode;

    /// <summary>The memory that it has now, in bytes.</summary>
    public long Memory
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Starts it in a folder; it may end at once.</summary>
    public static BotProcess Start(string folder, IEnumerable<string> arguments, params IEnumerable<(string Name, string Value)> environment) =>
        Start(AppContext.BaseDirectory, folder, arguments, environment);

    /// <summary>Starts the one that was built into a folder, with the playground, and waits until it serves.</summary>
    public static async Task<BotProcess> ServeFromAsync(string build, string folder, params IEnumerable<string> settings)
    {
        var bot = Start(build, folder, ["--urls=http://127.0.0.1:0", "--Playground:Enabled=true", .. settings], []);
        await bot.ReadyAsync();
        return bot;
    }

    /// <summary>Starts it with the playground and waits until it serves.</summary>
    public static Task<BotProcess> ServeAsync(string folder, params IEnumerable<string> settings) => ServeFromAsync(AppContext.BaseDirectory, folder, settings);

    /// <summary>Waits until it serves.</summary>
    public async Task ReadyAsync()
    {
        if (await ready.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancel) is not { } address) throw new InvalidOperationException($"It did not start: {Error}");
        people = new People(address);
    }

    public bool HasEnded => process.HasExited;

    /// <summary>Ends it at once, as a power cut does.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    /// <inheritdoc cref="Kill"/>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync(Cancel);
    }

    /// <summary>Asks it to end.</summary>
    public async Task TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(Cancel);
    }

    /// <summary>Waits until it has ended by itself.</summary>
    public Task EndsAsync(TimeSpan within) => process.WaitForExitAsync(Cancel).WaitAsync(within, Cancel);

    /// <summary>Ends it where it still runs; a second time does nothing, where it could not be started again.</summary>
    public void Dispose()
    {
        if (isDisposed) return;
        isDisposed = true;
        people?.Dispose();
        if (!process.HasExited) process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    /// <summary>Starts the one that was built into a folder.</summary>
    public static BotProcess Start(string build, string folder, IEnumerable<string> arguments, IEnumerable<(string Name, string Value)> environment)
    {
        var host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? Environment.ProcessPath!;
        if (Path.GetFileNameWithoutExtension(host) != "dotnet") host = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "../../../dotnet"));
        var start = new ProcessStartInfo(host, [Path.Combine(build, "EightD.Bot.dll"), .. arguments])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(key => key.StartsWith("ASPNETCORE_", StringComparison.Ordinal) || key.StartsWith("DOTNET_ENV", StringComparison.Ordinal)).ToList()) start.Environment.Remove(name);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        var bot = new BotProcess(new Process { StartInfo = start, EnableRaisingEvents = true });
        bot.process.OutputDataReceived += (_, line) => bot.Hear(bot.output, line.Data);
        bot.process.ErrorDataReceived += (_, line) => bot.Hear(bot.error, line.Data);
        bot.process.Exited += (_, _) => bot.ready.TrySetResult(null);
        bot.process.Start();
        bot.process.BeginOutputReadLine();
        bot.process.BeginErrorReadLine();
        return bot;
    }

    private static string Locked(StringBuilder text)
    {
        lock (text) return text.ToString();
    }

    private void Hear(StringBuilder text, string? line)
    {
        if (line is null) return;
        lock (text) text.Append(line).Append('\n');
        if (text == output && Address().Match(line) is { Success: true } found) ready.TrySetResult(new(found.Value));
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+", RegexOptions.NonBacktracking)]
    private static partial Regex Address();
}
