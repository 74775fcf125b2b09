using System.Globalization;
using System.Net;
using EightD.Bot.Tests.Conversations;

namespace EightD.Bot.Tests.Operating;

/// <summary>What <c>/metrics</c> shows.</summary>
public sealed class MetricsTests
{
    private static readonly string[] Counters = ["eightd_turns_total", "eightd_conflicts_total", "eightd_retries_total", "eightd_publish_failures_total", "eightd_reminders_delivered_total"];
    private static readonly string[] Gauges = ["eightd_outbox_depth", "eightd_outbox_oldest_seconds", "eightd_dead_letters", "eightd_due_backlog"];

    [Fact]
    public async Task All_are_there_at_zero_before_the_first_turn()
    {
        await using var chat = await Chat.OpenAsync(settings: "--Metrics:Prometheus=true");

        var page = await ReadAsync(chat);

        Assert.All(Counters, name => Assert.Contains($"# TYPE {name} counter\n{name} 0\n", page, StringComparison.Ordinal));
        Assert.All(Gauges, name => Assert.Contains($"# TYPE {name} gauge\n{name} 0\n", page, StringComparison.Ordinal));
        Assert.Contains("# TYPE eightd_publish_duration_seconds histogram\neightd_publish_duration_seconds_bucket{le=\"0.05\"} 0\n", page, StringComparison.Ordinal);
        Assert.Contains("\neightd_publish_duration_seconds_bucket{le=\"+Inf\"} 0\neightd_publish_duration_seconds_sum 0\neightd_publish_duration_seconds_count 0\n", page, StringComparison.Ordinal);
        Assert.Contains("# TYPE eightd_sweep_duration_seconds histogram\n", page, StringComparison.Ordinal);
        Assert.Contains("\ndotnet_process_memory_working_set_bytes ", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task They_count_turns_and_publishes()
    {
        await using var chat = await Chat.OpenAsync(settings: "--Metrics:Prometheus=true");

        await chat.Says("ana", "/8d start Checkout is down");
        await chat.Says("ana", "/8d answer D2 All customers");
        await chat.Says("ana", "/8d publish");
        await People.UntilAsync(async () => await ValueAsync(chat, "eightd_publish_duration_seconds_count") == 1, "the publish is timed");

        Assert.True(await ValueAsync(chat, "eightd_turns_total") >= 3);
        Assert.Equal(1, await ValueAsync(chat, "eightd_publish_duration_seconds_bucket{le=\"+Inf\"}"));
        Assert.Equal(0, await ValueAsync(chat, "eightd_publish_failures_total"));
        await People.UntilAsync(async () => await ValueAsync(chat, "eightd_outbox_depth") == 0, "what was delivered leaves the outbox");
    }

    [Fact]
    public async Task A_publish_that_waits_is_a_failure_a_retry_and_an_outbox_that_grows_old()
    {
        await using var chat = await Chat.OpenAsync(settings: "--Metrics:Prometheus=true");
        await chat.Says("ana", "/8d start Checkout is down");
        Directory.Move(chat.Repository, chat.Repository + ".away");

        await chat.Says("ana", "/8d publish");
        await People.UntilAsync(async () => await ValueAsync(chat, "eightd_publish_failures_total") > 0 && await ValueAsync(chat, "eightd_retries_total") > 0, "the failure is counted");
        chat.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.True(await ValueAsync(chat, "eightd_outbox_depth") >= 1);
        Assert.InRange(await ValueAsync(chat, "eightd_outbox_oldest_seconds"), 60, 61);
    }

    [Fact]
    public async Task Without_the_setting_there_are_none()
    {
        await using var chat = await Chat.OpenAsync();
        using var answer = await chat.Http.GetAsync(new Uri("/metrics", UriKind.Relative), People.Cancel);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static async Task<string> ReadAsync(Chat chat)
    {
        using var answer = await chat.Http.GetAsync(new Uri("/metrics", UriKind.Relative), People.Cancel);
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        return await answer.Content.ReadAsStringAsync(People.Cancel);
    }

    private static async Task<double> ValueAsync(Chat chat, string name) =>
        double.Parse((await ReadAsync(chat)).Split('\n').Single(line => line.StartsWith(name + " ", StringComparison.Ordinal))[(name.Length + 1)..], CultureInfo.InvariantCulture);
}
