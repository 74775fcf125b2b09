using System.Text.Json;
using EightD.Bot.Publishing;
using EightD.Bot.Storage;
using EightD.Bot.Telemetry;
using EightD.Bot.Tests.Conversations;
using EightD.Bot.Tests.Processes;
using Microsoft.Extensions.Logging;

namespace EightD.Bot.Tests.Operating;

/// <summary>What is logged and sent away, and what is not.</summary>
public sealed class LogTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_that_people_wrote_and_no_name_of_theirs_is_logged_or_sent_away()
    {
        using var folder = new TempFolder();
        await using var collector = await Collector.StartAsync();
        using var bot = BotProcess.Start(folder.Path, ["--urls=http://127.0.0.1:0", "--Playground:Enabled=true", "--Logging:LogLevel:Default=Trace"], Sending(collector));
        await bot.ReadyAsync();

        await bot.People.Says("ana-canary", "/8d start Checkout canary", "canary-room");
        await bot.People.Says("ana-canary", "/8d answer D2 Customers canary", "canary-room");
        Directory.Move(folder["data/reports.git"], folder["data/away.git"]);
        await bot.People.Says("ana-canary", "/8d publish", "canary-room");
        await bot.People.Says("ana-canary", "/8d list all", "canary-room");
        await People.UntilAsync(() => Task.FromResult(collector.Received.ContainsKey("/v1/logs")), "a log is sent");
        await bot.TerminateAsync();
        await bot.EndsAsync(TimeSpan.FromSeconds(10));

        Assert.Contains("eightd_turns_total", collector.Received["/v1/metrics"], StringComparison.Ordinal);
        Assert.Contains("store.write", collector.Received["/v1/traces"], StringComparison.Ordinal);
        Assert.Contains("8d-bot", collector.Received["/v1/traces"], StringComparison.Ordinal);
        Assert.Contains("could not be asked", collector.Received["/v1/logs"], StringComparison.Ordinal);
        Assert.All(collector.Received.Values.Append(bot.Output).Append(bot.Error), text => Assert.DoesNotContain("canary", text, StringComparison.OrdinalIgnoreCase));
        Assert.All(bot.Output.TrimEnd('\n').Split('\n').Skip(1), line => JsonDocument.Parse(line).Dispose());
    }

    [Fact]
    public async Task In_development_a_log_is_lines()
    {
        using var folder = new TempFolder();
        using var bot = BotProcess.Start(folder.Path, ["--urls=http://127.0.0.1:0"], ("ASPNETCORE_ENVIRONMENT", "Development"));
        await bot.ReadyAsync();
        Directory.Move(folder["data/reports.git"], folder["data/away.git"]);
        await bot.People.Says("ana", "/8d list all");
        await People.UntilAsync(() => Task.FromResult(bot.Output.Contains("warn: ", StringComparison.Ordinal)), "a warning is logged");
    }

    [Fact]
    public async Task A_stuck_collector_does_not_hold_up_the_stop()
    {
        using var folder = new TempFolder();
        await using var collector = await Collector.StartAsync(isStuck: true);
        using var bot = BotProcess.Start(folder.Path, ["--urls=http://127.0.0.1:0", "--Playground:Enabled=true"], Sending(collector));
        await bot.ReadyAsync();
        await bot.People.Says("ana", "/8d start Checkout is down");

        await bot.TerminateAsync();
        await bot.EndsAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(0, bot.ExitCode);
    }

    [Fact]
    public void An_exception_that_nobody_expected_is_logged_without_its_words()
    {
        var logged = DiscreetLogging.Discreet(Thrown(new FormatException("`canary` is no number.", new InvalidOperationException("canary"))))!;

        Assert.DoesNotContain("canary", logged.ToString() + logged.Message + logged.InnerException, StringComparison.Ordinal);
        Assert.Contains("System.FormatException", logged.ToString(), StringComparison.Ordinal);
        Assert.Contains("System.InvalidOperationException", logged.ToString(), StringComparison.Ordinal);
        Assert.Contains(nameof(An_exception_that_nobody_expected_is_logged_without_its_words), logged.ToString(), StringComparison.Ordinal);

        static Exception Thrown(Exception exception)
        {
            try
            {
                throw exception;
            }
            catch (FormatException caught)
            {
                return caught;
            }
        }
    }

    [Fact]
    public void What_the_bot_itself_says_is_logged_in_its_words()
    {
        Assert.Null(DiscreetLogging.Discreet(null));
        Exception[] own = [new StoreUnavailableException("The disk is full.", new IOException("No space left on device")), new RepositoryUnavailableException("git is away.")];
        Assert.All(own, exception => Assert.Same(exception, DiscreetLogging.Discreet(exception)));
        using var factory = new DiscreetLogging(new LoggerFactory());
        Assert.False(factory.CreateLogger("any").IsEnabled(LogLevel.Critical));
    }

    private static (string, string)[] Sending(Collector collector) =>
    [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address.ToString()), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_METRIC_EXPORT_INTERVAL", "300"),
        ("OTEL_BLRP_SCHEDULE_DELAY", "200"), ("OTEL_BSP_SCHEDULE_DELAY", "200"),
    ];
}
