using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EightD.Benchmarks;

/// <summary>A Web API of Slack that takes everything, and keeps nothing.</summary>
internal sealed class EverTaking : IAsyncDisposable
{
    private readonly WebApplication app;
    private long taken;

    private EverTaking(WebApplication app) => this.app = app;

    /// <summary>How often it was called.</summary>
    public long Taken => Interlocked.Read(ref taken);

    public static async Task<EverTaking> StartAsync(Uri at)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(at.GetLeftPart(UriPartial.Authority));
        var slack = new EverTaking(builder.Build());
        slack.app.Run(slack.AnswerAsync);
        await slack.app.StartAsync();
        return slack;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var call = Interlocked.Increment(ref taken);
        await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(context.Request.Path.Value!.Split('/')[^1] switch
        {
            "auth.test" => """{"ok":true,"team_id":"T0001","user_id":"UBOT","bot_id":"B0001"}""",
            "users.info" => """{"ok":true,"user":{"id":"U0001","profile":{"display_name":"Ana"}}}""",
            "conversations.info" => """{"ok":true,"channel":{"id":"C0001","name":"ops","is_private":false}}""",
            _ => string.Create(CultureInfo.InvariantCulture, $$"""{"ok":true,"ts":"1700000000.{{call % 1_000_000:D6}}"}"""),
        }, context.RequestAborted);
    }
}
