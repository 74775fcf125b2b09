using EightD.Bot.Settings;
using EightD.Bot.Tests.Conversations;
using EightD.Bot.Tests.Processes;
using Microsoft.Extensions.Configuration;

namespace EightD.Bot.Tests.Operating;

/// <summary>A secret stands in no log, no metric, no line of <c>doctor</c>, no complaint.</summary>
public sealed class SecretTests
{
    private const string Canary = "Y2FuYXJ5LTViMWYtY2FuYXJ5LTViMWYtY2FuYXJ5LTViMWY="; // as an account's key is written

    /// <summary>Every secret setting there is, with the canary in it.</summary>
    private static readonly (string Name, string Value)[] Secrets =
    [
        ("Storage__ConnectionString", $"AccountName=ours;AccountKey={Canary};BlobEndpoint=http://127.0.0.1:1/ours;SharedAccessSignature=sig={Canary}"),
        ("Slack__BotToken", $"xoxb-{Canary}"),
        ("Slack__AppToken", $"xapp-{Canary}"),
        ("Slack__SigningSecret", Canary),
        ("Slack__ApiUrl", "http://127.0.0.1:1/api/"),
        ("OTEL_EXPORTER_OTLP_HEADERS", $"api-key={Canary}"),
    ];

    [Fact]
    public async Task Serving_tells_none()
    {
        using var folder = new TempFolder();
        await using var collector = await Collector.StartAsync();
        using var bot = BotProcess.Start(folder.Path, ["--urls=http://127.0.0.1:0", "--Playground:Enabled=true", "--Metrics:Prometheus=true", "--Logging:LogLevel:Default=Trace"],
            [.. Secrets, ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address.ToString()), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")]);
        await bot.ReadyAsync();

        await bot.People.Says("ana", "/8d start Checkout is down");
        var metrics = await bot.People.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative), People.Cancel);
        await bot.TerminateAsync();
        await bot.EndsAsync(TimeSpan.FromSeconds(10));

        Assert.NotEmpty(collector.Received);
        Assert.All(collector.Received.Values.Append(metrics).Append(bot.Output).Append(bot.Error), text => Assert.DoesNotContain(Canary, text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("doctor")]
    [InlineData("doctor", "--Storage:Provider=AzureBlob")]
    [InlineData("doctor", "--Storage:Provider=AzureBlob", "--Storage:ServiceUri=https://ours.example.com")]
    [InlineData("--Storage:Provider=AzureBlob")]
    [InlineData("--Storage:Provider=AzureBlob", "--Storage:ServiceUri=https://ours.example.com")]
    [InlineData("--Storage:Provider=Mongo")]
    [InlineData("--Storage:Path=/proc/8d")]
    public async Task Neither_doctor_nor_a_start_that_fails_tells_one(params string[] arguments)
    {
        using var folder = new TempFolder();
        using var bot = BotProcess.Start(folder.Path, [.. arguments, "--urls=http://127.0.0.1:0"], Secrets);
        await bot.EndsAsync(TimeSpan.FromSeconds(60));
        Assert.NotEqual("", bot.Output + bot.Error);
        Assert.DoesNotContain(Canary, bot.Output + bot.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_settings_as_text_tell_none()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(BotSettings.Defaults(isDevelopment: false))
            .AddInMemoryCollection(Secrets.Select(secret => KeyValuePair.Create(secret.Name.Replace("__", ":", StringComparison.Ordinal), (string?)secret.Value)).Append(new("Storage:Provider", "AzureBlob"))).Build();
        var settings = BotSettings.Read(configuration, isDevelopment: false);
        Assert.Contains(Canary, settings.StorageConnectionString, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, settings.ToString(), StringComparison.Ordinal);
    }
}
