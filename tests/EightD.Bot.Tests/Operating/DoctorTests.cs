using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using EightD.Bot.Storage;
using EightD.Bot.Tests.Processes;
using EightD.Bot.Tests.Publishing;
using EightD.Bot.Tests.Storage;

namespace EightD.Bot.Tests.Operating;

/// <summary>What <c>doctor</c> says: a line a check, exit status 1 where one fails; and nothing is changed by it.</summary>
public sealed class DoctorTests(AzuriteServer azurite)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Before_the_first_start_all_is_well_and_nothing_is_made()
    {
        using var folder = new TempFolder();

        var (exit, lines) = await AskAsync(folder);

        Assert.All(lines, line => Assert.StartsWith("ok    ", line, StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("eightd.db is made at the start", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("reports.git is made at the start", StringComparison.Ordinal));
        Assert.Equal(0, exit);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task Beside_a_running_server_all_is_well_and_the_server_goes_on()
    {
        using var folder = new TempFolder();
        using var bot = await BotProcess.ServeAsync(folder.Path);
        await bot.People.Says("ana", "/8d start Checkout is down");

        var (exit, lines) = await AskAsync(folder);

        Assert.All(lines, line => Assert.StartsWith("ok    ", line, StringComparison.Ordinal));
        Assert.Contains("ok    8Ds: 1 open, all can be read.", lines);
        Assert.Equal(0, exit);
        await bot.People.Says("ana", "/8d answer D2 All customers");
        Assert.Contains("All customers", await bot.People.ReportAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_kill_it_reads_what_is_in_the_log_and_leaves_every_byte()
    {
        using var folder = new TempFolder();
        using var bot = await BotProcess.ServeAsync(folder.Path);
        await bot.People.Says("ana", "/8d start Checkout is down");
        await bot.KillAsync();

        Assert.Contains("ok    8Ds: 1 open, all can be read.", (await AskAsync(folder)).Lines);
    }

    [Theory]
    [InlineData("Interview:Pause=soon", "Interview:Pause: `soon`", "00:00:02")]
    [InlineData("Reminders:Interval=never", "Reminders:Interval: `never`", "00:01:00")]
    [InlineData("Urls=nonsense", "Urls: `nonsense`", "PORT")]
    [InlineData("Urls=http://0.0.0.0:3978", "Playground:Enabled: ", "127.0.0.1")]
    [InlineData("Storage:Provider=Mongo", "Storage:Provider: `Mongo`", "Sqlite")]
    [InlineData("Storage:Path=/proc/8d/eightd.db", "Storage:Path: /proc/8d/eightd.db", "name a file")]
    [InlineData("Storage:Path=a-file/eightd.db", "Storage:Path: ", "name a file")]
    [InlineData("Storage:Path=a-file", "Storage:Path: a-file is not a database", "another file")]
    [InlineData("Git:Remote=a-file", "Git:Remote: ", "another path")]
    [InlineData("Git:Remote=a-folder", "Git:Remote: ", "bare")]
    [InlineData("Git:Remote=https://example.com/reports.git", "Git:Remote: ", "path")]
    [InlineData("Git:Branch=a..b", "Git:Branch: `a..b`", "main")]
    [InlineData("Git:Folder=../up", "Git:Folder: `../up`", "docs/8d")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:1", "OTEL_EXPORTER_OTLP_ENDPOINT: ", "start the collector")]
    public async Task What_is_set_wrong_is_named_with_its_remedy(string setting, string what, string remedy)
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder["a-file"], "This is no database, and no folder either. " + new string('x', 200), Cancel);
        Directory.CreateDirectory(folder["a-folder/inside"]);

        await FailsAsync(folder, what, remedy, "--Playground:Enabled=true", $"--{setting}");
    }

    [Fact]
    public async Task Git_that_is_missing_is_named()
    {
        using var folder = new TempFolder();
        var (exit, lines) = await AskAsync(folder, [], ("PATH", folder.Path));
        Assert.Equal(1, exit);
        Assert.Contains(lines, line => line.StartsWith("fail  Git: it cannot be run; install it", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_full_or_locked_disk_is_named()
    {
        using var disk = SmallDisk.Mount("1m");
        using var folder = new TempFolder();
        await FailsAsync(folder, "Storage:Path: 1 MB are free", "make room", $"--Storage:Path={disk.Path}/eightd.db");
        disk.AllowNoWrites();
        await FailsAsync(folder, "Storage:Path: ", "cannot be written", $"--Storage:Path={disk.Path}/eightd.db");
        await FailsAsync(folder, "Git:Remote: ", "cannot be written", $"--Git:Remote={disk.Path}/reports.git");
    }

    [Fact]
    public async Task A_branch_that_holds_reports_is_read()
    {
        using var folder = new TempFolder();
        GitHere.Run(folder.Path, "init", "-q", "--bare", "--initial-branch=main", "data/reports.git");
        GitHere.Push(folder, folder["data/reports.git"], ("docs/8d/0001-checkout-is-down.md", "# 0001: Checkout is down\n"u8.ToArray()));
        Assert.Contains(await LinesAsync(folder), line => line.StartsWith("ok    Git:Remote: ", StringComparison.Ordinal) && line.EndsWith("1 reports on main.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_stands_badly_in_the_store_is_named()
    {
        using var folder = new TempFolder();
        using (var bot = await BotProcess.ServeAsync(folder.Path))
        {
            await bot.People.Says("ana", "/8d start Checkout is down");
            await bot.TerminateAsync();
            await bot.EndsAsync(TimeSpan.FromSeconds(20));
        }

        await using (var store = SqliteBlobStore.Open(folder["data/eightd.db"]))
        {
            var incident = await store.ListAsync("incident/", null, Cancel).FirstAsync(Cancel);
            await store.TryPutAsync(incident.Key, "{\"schema\":999,\"title\":\"canary\"\n"u8.ToArray(), PutIf.Any, Cancel);
            await store.TryPutAsync("dead/cGxheWdyb3VuZA/1", "{}"u8.ToArray(), PutIf.Any, Cancel);
            await store.TryPutAsync(Keys.DueMarker(new(2024, 12, 20, 9, 15, 0, TimeSpan.Zero), "playground", ["1", "0a1b-1"], "deliver"), default, PutIf.Any, Cancel);
        }

        var lines = await LinesAsync(folder);
        Assert.Contains(lines, line => line.StartsWith("fail  Dead letters: 1 ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("fail  Deliveries: the oldest has been due since 2024-12-20 09:15 UTC; start the bot", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("fail  8Ds: 1 of 1 open ones cannot be read: The blob incident/", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains("canary", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_collector_that_listens_is_well()
    {
        using var folder = new TempFolder();
        using var collector = new TcpListener(IPAddress.Loopback, 0);
        collector.Start();
        var port = ((IPEndPoint)collector.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        var (exit, lines) = await AskAsync(folder, [], ("OTEL_EXPORTER_OTLP_ENDPOINT", $"http://127.0.0.1:{port}"));
        Assert.Contains($"ok    OTEL_EXPORTER_OTLP_ENDPOINT: 127.0.0.1 listens on port {port}.", lines);
        Assert.Equal(0, exit);
    }

    [Fact]
    public async Task A_container_is_read_and_none_is_made()
    {
        using var folder = new TempFolder();
        var container = AzuriteServer.NewContainer();
        var settings = await azurite.SettingsAsync(container);
        Assert.Contains($"ok    Storage: the container `{container}` is made at the start.", (await AskAsync(folder, settings)).Lines);
        Assert.Contains($"ok    Storage: the container `{container}` is made at the start.", (await AskAsync(folder, settings)).Lines);

        var store = await azurite.OpenAsync(container);
        await store.TryPutAsync("dead/cGxheWdyb3VuZA/1", "{}"u8.ToArray(), PutIf.Any, Cancel);

        var (_, lines) = await AskAsync(folder, settings);
        Assert.Contains($"ok    Storage: the container `{container}` can be reached.", lines);
        Assert.Contains(lines, line => line.StartsWith("fail  Dead letters: 1 ", StringComparison.Ordinal));
        await FailsAsync(folder, "Storage:ConnectionString: the account does not let the bot into", "role", [.. settings.Select(setting => setting.Replace("AccountKey=E", "AccountKey=A", StringComparison.Ordinal))]);
        await FailsAsync(folder, "Storage:ConnectionString: the account cannot be reached", "network", "--Storage:Provider=AzureBlob", "--Storage:ConnectionString=AccountName=ours;AccountKey=aaaa;BlobEndpoint=http://127.0.0.1:1/ours");
    }

    private static async Task FailsAsync(TempFolder folder, string what, string remedy, params string[] settings)
    {
        var (exit, lines) = await AskAsync(folder, settings);
        Assert.Equal(1, exit);
        Assert.Contains(lines, line => line.StartsWith("fail  " + what, StringComparison.Ordinal) && line.Contains(remedy, StringComparison.Ordinal));
    }

    private static async Task<IReadOnlyList<string>> LinesAsync(TempFolder folder) => (await AskAsync(folder)).Lines;

    /// <summary>Runs it, and sees to it that no file in the folder was made or changed, unless somebody else works there.</summary>
    private static async Task<(int Exit, IReadOnlyList<string> Lines)> AskAsync(TempFolder folder, string[]? settings = null, params (string, string)[] environment)
    {
        var before = Files(folder);
        using var bot = BotProcess.Start(folder.Path, ["doctor", .. settings ?? []], environment);
        await bot.EndsAsync(TimeSpan.FromSeconds(60));
        if (!before.Contains("eightd.db-wal ", StringComparison.Ordinal) || !IsServed(folder)) Assert.Equal(before, Files(folder));
        Assert.Equal("", bot.Error);
        var lines = bot.Output.TrimEnd('\n').Split('\n');
        Assert.All(lines, line => Assert.Matches("^(ok|fail)  ", line));
        return (bot.ExitCode, lines);
    }

    private static bool IsServed(TempFolder folder)
    {
        try
        {
            using var claim = new FileStream(folder["data/eightd.db.lock"], FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static string Files(TempFolder folder)
    {
        var text = new StringBuilder();
        foreach (var file in new DirectoryInfo(folder.Path).EnumerateFileSystemInfos("*", SearchOption.AllDirectories).OrderBy(file => file.FullName, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"{file.FullName} {file.LastWriteTimeUtc:O}\n");
        }

        return text.ToString();
    }
}
