using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using EightD.Bot.Settings;
using EightD.Bot.Storage;
using EightD.Bot.Tests.Storage;
using Microsoft.Extensions.Configuration;

[assembly: AssemblyFixture(typeof(AzuriteServer))]

namespace EightD.Bot.Tests.Storage;

/// <summary>Azure Blob Storage on this machine: one server for all tests, started by the first that asks, a container of its own for each.</summary>
public sealed class AzuriteServer : IAsyncDisposable
{
    /// <summary>The account that every Azurite has, with its published key.</summary>
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private readonly Lazy<Task<(Process Process, int Port)>> running = new(StartAsync);

    /// <summary>What a bot is told, to keep its 8Ds there.</summary>
    /// <param name="container">The container.</param>
    /// <param name="port">The port of a proxy before it; null: its own.</param>
    public async Task<string[]> SettingsAsync(string container, int? port = null) =>
    [
        "--Storage:Provider=AzureBlob", $"--Storage:ConnectionString={ConnectionString(port ?? (await running.Value).Port)}", $"--Storage:Container={container}",
    ];

    /// <summary>Where it listens.</summary>
    public async Task<int> PortAsync() => (await running.Value).Port;

    /// <summary>A container's name that no other test has.</summary>
    public static string NewContainer() => "t" + Guid.NewGuid().ToString("N");

    /// <summary>A store in a container.</summary>
    internal async Task<IBlobStore> OpenAsync(string container, int? port = null)
    {
        var configuration = new ConfigurationBuilder().AddCommandLine(await SettingsAsync(container, port)).Build();
        var store = AzureBlobStore.Open(BotSettings.Read(configuration, isDevelopment: false));
        await store.EnsureUsableAsync(TestContext.Current.CancellationToken);
        return store;
    }

    public async ValueTask DisposeAsync()
    {
        if (!running.IsValueCreated) return;
        var (process, _) = await running.Value;
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static string ConnectionString(int port) => string.Create(CultureInfo.InvariantCulture,
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};BlobEndpoint=http://127.0.0.1:{port}/{Account};");

    private static async Task<(Process Process, int Port)> StartAsync()
    {
        var folder = Path.Combine(Checkout.Root, "tests", "azurite");
        var main = Path.Combine(folder, "node_modules", "azurite", "dist", "src", "blob", "main.js");
        if (!File.Exists(main)) throw new InvalidOperationException("Azurite is not installed; `bash tests/run.sh` does that, or `npm ci` in tests/azurite.");
        var port = FreePort.Next();
        var process = Process.Start(new ProcessStartInfo("node",
            ["--require", Path.Combine(folder, "uncollected.cjs"), main, "--blobHost", "127.0.0.1", "--blobPort", port.ToString(CultureInfo.InvariantCulture), "--inMemoryPersistence", "--silent", "--disableTelemetry"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        if (Environment.IsPrivilegedProcess) process.PriorityClass = ProcessPriorityClass.AboveNormal; // many bots at once talk to this one, each with a patience of seconds
        var complaints = new ConcurrentQueue<string>();
        process.ErrorDataReceived += (_, line) => complaints.Enqueue(line.Data ?? "");
        process.BeginErrorReadLine(); // a pipe that nobody reads would hold it up once it is full
        process.BeginOutputReadLine();
        using var http = new HttpClient();
        for (var watch = Stopwatch.StartNew(); ; await Task.Delay(50))
        {
            if (process.HasExited) throw new InvalidOperationException($"Azurite ended: {string.Join('\n', complaints)}");
            try
            {
                using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{port}/{Account}"));
                return (process, port);
            }
            catch (HttpRequestException) when (watch.Elapsed < TimeSpan.FromSeconds(60))
            {
                // not yet
            }
        }
    }
}
