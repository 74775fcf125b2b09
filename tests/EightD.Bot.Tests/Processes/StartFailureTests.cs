using System.Net;
using System.Net.Sockets;

namespace EightD.Bot.Tests.Processes;

/// <summary>A start that fails: exit 1, at most three lines that name the setting and the remedy, and nothing else.</summary>
public sealed class StartFailureTests
{
    [Theory]
    [InlineData("Interview:Pause", "soon", "00:00:02")]
    [InlineData("Interview:Pause", "-00:00:01", "00:00:02")]
    [InlineData("Storage:Provider", "Mongo", "Sqlite")]
    [InlineData("Playground:Enabled", "perhaps", "true")]
    [InlineData("Storage:Path", "/proc/8d/eightd.db", "folder")]
    [InlineData("Storage:Path", "a-file/eightd.db", "folder")]
    [InlineData("Storage:Path", "a-folder", "file")]
    [InlineData("Storage:Path", "a-file", "another file")]
    [InlineData("Git:Remote", "a-file", "another path")]
    [InlineData("Git:Remote", "a-folder", "bare")]
    [InlineData("Git:Remote", "/proc/8d/reports.git", "path")]
    [InlineData("Git:Branch", "a..b", "main")]
    [InlineData("Git:Folder", "../elsewhere", "docs/8d")]
    [InlineData("Git:AuthorName", "<>", "8D Bot")]
    [InlineData("Git:AuthorEmail", "eve@example.com>\n<", "8d-bot@localhost")]
    [InlineData("Metrics:Prometheus", "1", "true")]
    [InlineData("Reminders:Interval", "00:00:00", "00:01:00")]
    [InlineData("Reminders:Interval", "-00:01:00", "00:01:00")]
    [InlineData("Reminders:Interval", "30", "at most a day")]
    [InlineData("Logging:LogLevel:Default", "loud", "Information")]
    [InlineData("Kestrel:Endpoints:All:Url", "nonsense", "http://127.0.0.1:PORT")]
    public async Task A_wrong_setting_is_named_with_its_remedy(string key, string value, string remedy)
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder["a-file"], "This is no database, and no folder either. " + new string('x', 200), TestContext.Current.CancellationToken);
        Directory.CreateDirectory(folder["a-folder/inside"]);

        using var byArgument = BotProcess.Start(folder.Path, ["--urls=http://127.0.0.1:0", $"--{key}={value}"]);
        await Fails(byArgument, key, remedy);
    }

    [Fact]
    public async Task A_wrong_setting_of_the_environment_is_named_the_same()
    {
        using var folder = new TempFolder();
        using var bot = BotProcess.Start(folder.Path, ["--urls=http://127.0.0.1:0"], ("Interview__Pause", "soon"));
        await Fails(bot, "Interview:Pause", "00:00:02");
    }

    [Theory]
    [InlineData("--urls=http://0.0.0.0:0")]
    [InlineData("--urls=http://*:0")]
    [InlineData("--urls=http://[::]:0")]
    [InlineData("--urls=http://127.0.0.1:0;http://0.0.0.0:0")]
    [InlineData("--urls=http://8d.example.com:0")]
    [InlineData("--Kestrel:Endpoints:All:Url=http://0.0.0.0:0")]
    public async Task The_playground_is_refused_where_others_can_reach_it(string address)
    {
        using var folder = new TempFolder();
        using var bot = BotProcess.Start(folder.Path, [address, "--Playground:Enabled=true"]);
        await Fails(bot, "Playground:Enabled", "127.0.0.1");
    }

    [Theory]
    [InlineData("Storage:ConnectionString", "Storage:ServiceUri")]
    [InlineData("Storage:ConnectionString", "Name=Value", "--Storage:ConnectionString=canary-5b1f")]
    [InlineData("Storage:ConnectionString", "AccountName", "--Storage:ConnectionString=AccountKey=Y2FuYXJ5LTViMWY=")]
    [InlineData("Storage:ConnectionString", "AccountKey", "--Storage:ConnectionString=AccountName=canary-5b1f")]
    [InlineData("Storage:ConnectionString", "AccountName", "--Storage:ConnectionString=BlobEndpoint=https://canary-5b1f;AccountKey=Y2FuYXJ5LTViMWY=")]
    [InlineData("Storage:ConnectionString", "Base64", "--Storage:ConnectionString=AccountName=ours;AccountKey=canary-5b1f!")]
    [InlineData("Storage:ConnectionString", "BlobEndpoint", "--Storage:ConnectionString=AccountName=ours;AccountKey=Y2FuYXJ5LTViMWY=;BlobEndpoint=canary-5b1f")]
    [InlineData("Storage:ServiceUri", "leave one away", "--Storage:ServiceUri=https://ours.blob.core.windows.net", "--Storage:ConnectionString=canary-5b1f")]
    [InlineData("Storage:ServiceUri", "https", "--Storage:ServiceUri=http://ours.blob.core.windows.net")]
    [InlineData("Storage:ServiceUri", "signature", "--Storage:ServiceUri=https://ours.blob.core.windows.net/?sig=canary-5b1f")]
    [InlineData("Storage:Container", "eightd", "--Storage:ServiceUri=https://ours.blob.core.windows.net", "--Storage:Container=My_Reports")]
    [InlineData("Storage:Container", "eightd", "--Storage:ServiceUri=https://ours.blob.core.windows.net", "--Storage:Container=8d")]
    public async Task A_wrong_Azure_setting_is_named_and_no_secret_is_repeated(string key, string remedy, params string[] settings)
    {
        using var folder = new TempFolder();
        using var bot = BotProcess.Start(folder.Path, ["--urls=http://127.0.0.1:0", "--Storage:Provider=AzureBlob", .. settings]);
        await Fails(bot, key, remedy);
        Assert.DoesNotContain("canary-5b1f", bot.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Y2FuYXJ5LTViMWY=", bot.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_wrong_settings_are_named_at_once()
    {
        using var folder = new TempFolder();
        using var bot = BotProcess.Start(folder.Path, ["--urls=nonsense", "--Interview:Pause=soon", "--Metrics:Prometheus=perhaps", "--Playground:Enabled=perhaps"]);
        await Fails(bot, "Urls", "PORT");
        Assert.Contains("Playground:Enabled", bot.Error, StringComparison.Ordinal);
        Assert.Contains("Interview:Pause", bot.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_settings_file_that_is_no_JSON_is_named_with_its_line_alone()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder["appsettings.json"], "{\n  \"Storage\": { \"ConnectionString\": canary-5b1f }\n}", TestContext.Current.CancellationToken);
        using var bot = BotProcess.Start(folder.Path, []);
        await Fails(bot, "appsettings.json", "line 2");
        Assert.DoesNotContain("canary", bot.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_argument_that_cannot_be_read_is_said()
    {
        using var folder = new TempFolder();
        using var bot = BotProcess.Start(folder.Path, ["-p=1"]);
        await Fails(bot, "Arguments", "--Key=value");
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("")]
    [InlineData("http://127.0.0.1:99999")]
    [InlineData("https://127.0.0.1:0")]
    [InlineData("http://192.0.2.1:0")]
    public async Task An_address_that_cannot_be_listened_on_is_named(string url)
    {
        using var folder = new TempFolder();
        using var bot = BotProcess.Start(folder.Path, [$"--urls={url}"]);
        await Fails(bot, "Urls", "--urls");
    }

    [Fact]
    public async Task A_port_in_use_is_named()
    {
        using var folder = new TempFolder();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}";

        using var bot = BotProcess.Start(folder.Path, [$"--urls={address}"]);

        await Fails(bot, "Urls", address);
    }

    [Fact]
    public async Task A_second_process_on_the_same_file_is_told_so_and_the_first_goes_on()
    {
        using var folder = new TempFolder();
        using var first = await BotProcess.ServeAsync(folder.Path);

        using var second = BotProcess.Start(folder.Path, ["--urls=http://127.0.0.1:0"]);

        await Fails(second, "Storage:Path", "in use");
        await first.People.Says("ana", "/8d start Checkout is down");
        Assert.StartsWith("# 0001: Checkout is down\n", await first.People.ReportAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Storage:ConnectionString", "Storage:ServiceUri", "--Storage:Provider=AzureBlob")]
    [InlineData("Storage:ConnectionString", "not both", "--Storage:Provider=AzureBlob", "--Storage:ServiceUri=https://a.blob.core.windows.net", "--Storage:ConnectionString=AccountName=a;AccountKey=Y2FuYXJ5")]
    [InlineData("Storage:ConnectionString", "access keys", "--Storage:Provider=AzureBlob", "--Storage:ConnectionString=Y2FuYXJ5")]
    [InlineData("Storage:ConnectionString", "cannot be reached", "--Storage:Provider=AzureBlob", "--Storage:ConnectionString=AccountName=a;AccountKey=Y2FuYXJ5;BlobEndpoint=http://127.0.0.1:9/a;")]
    [InlineData("Storage:ServiceUri", "https", "--Storage:Provider=AzureBlob", "--Storage:ServiceUri=http://a.example.com")]
    [InlineData("Storage:Container", "lower-case", "--Storage:Provider=AzureBlob", "--Storage:ServiceUri=https://a.blob.core.windows.net", "--Storage:Container=A_B")]
    [InlineData("Storage:Provider", "AzureBlob", "--Storage:Provider=Files")]
    [InlineData("Reminders:Interval", "00:01:00", "--Reminders:Interval=-1")]
    public async Task A_store_that_is_set_wrong_is_said_in_a_sentence_without_its_secret(string key, string remedy, params string[] settings)
    {
        using var folder = new TempFolder();
        using var bot = BotProcess.Start(folder.Path, ["--urls=http://127.0.0.1:0", .. settings]);

        await Fails(bot, key, remedy);
        Assert.DoesNotContain("Y2FuYXJ5", bot.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_git_is_missing_it_says_so()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["empty"]);
        using var bot = BotProcess.Start(folder.Path, ["--urls=http://127.0.0.1:0"], ("PATH", folder["empty"]));
        await Fails(bot, "Git:Remote", "install it");
    }

    [Fact]
    public async Task A_verb_that_there_is_not_is_named()
    {
        using var folder = new TempFolder();
        using var bot = BotProcess.Start(folder.Path, ["serve"]);
        await Fails(bot, "`serve`", "--Key=value");
    }

    private static async Task Fails(BotProcess bot, string key, string remedy)
    {
        await bot.EndsAsync(TimeSpan.FromSeconds(30));

        Assert.Contains(key, bot.Error, StringComparison.Ordinal);
        Assert.Contains(remedy, bot.Error, StringComparison.Ordinal);
        Assert.InRange(bot.Error.TrimEnd('\n').Split('\n').Length, 1, 3);
        Assert.DoesNotContain("   at ", bot.Error, StringComparison.Ordinal);
        Assert.Equal("", bot.Output);
        Assert.Equal(1, bot.ExitCode);
    }
}
