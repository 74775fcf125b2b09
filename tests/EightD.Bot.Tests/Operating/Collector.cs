using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EightD.Bot.Tests.Operating;

/// <summary>A collector of OpenTelemetry's HTTP protocol: keeps what it is sent, and may be stuck.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly TaskCompletionSource stuck = new();

    private Collector(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.First());

    /// <summary>What came, by its path: names and values stand in it as they are.</summary>
    public ConcurrentDictionary<string, string> Received { get; } = new(StringComparer.Ordinal);

    public static async Task<Collector> StartAsync(bool isStuck = false)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var collector = new Collector(builder.Build());
        collector.app.Urls.Add("http://127.0.0.1:0");
        collector.app.MapPost("/v1/{signal}", async (HttpContext context) =>
        {
            if (isStuck) await Task.WhenAny(collector.stuck.Task, Task.Delay(Timeout.Infinite, context.RequestAborted));
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            collector.Received.AddOrUpdate(context.Request.Path, Encoding.Latin1.GetString(body.ToArray()), (_, before) => before + Encoding.Latin1.GetString(body.ToArray()));
        });
        await collector.app.StartAsync(TestContext.Current.CancellationToken);
        return collector;
    }

    public async ValueTask DisposeAsync()
    {
        stuck.TrySetResult();
        await app.DisposeAsync();
    }
}
