using EightD.Bot.Insights;
using EightD.Bot.Storage;

namespace EightD.Bot.Channels.Playground;

/// <summary>The playground: a chat page that needs no account.</summary>
internal static class PlaygroundRegistration
{
    public static WebApplicationBuilder AddPlayground(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Talks>();
        builder.Services.AddSingleton<TalkKeeping>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<TalkKeeping>());
        builder.Services.AddSingleton<IChannel, PlaygroundChannel>();
        builder.Services.AddSingleton<PlaygroundEvents>();
        builder.Services.AddSingleton<PlaygroundApi>();
        builder.Services.AddSingleton<InsightsPage>();
        return builder;
    }

    /// <summary>Serves the page at <c>/</c>, what it uses below <c>/playground/</c>, and <c>/insights</c>, to this machine alone.</summary>
    public static WebApplication UsePlayground(this WebApplication app)
    {
        var api = app.Services.GetRequiredService<PlaygroundApi>();
        app.Use(async (context, next) =>
        {
            var words = PlaygroundRequest.Words(context);
            if (words is not [] and not ["playground", ..] and not ["insights"])
            {
                await next(context);
                return;
            }

            PlaygroundPage.Guard(context.Response);
            if (!PlaygroundRequest.IsFromHere(context.Request))
            {
                context.Response.StatusCode = StatusCodes.Status403Forbidden;
                await context.Response.WriteAsync("The playground answers only to this machine: open it at http://localhost.", context.RequestAborted);
            }
            else if (words is ["playground", "api", ..]) await api.AnswerAsync(context);
            else if (words is ["insights"] && HttpMethods.IsGet(context.Request.Method)) await AnswerInsightsAsync(context);
            else await PlaygroundPage.AnswerAsync(context, words is ["playground", var file] ? file : words is [] ? PlaygroundPage.First : "");
        });
        return app;
    }

    private static async Task AnswerInsightsAsync(HttpContext context)
    {
        try
        {
            var page = await context.RequestServices.GetRequiredService<InsightsPage>().DrawAsync(PlaygroundChannel.Tenant, context.RequestAborted);
            context.Response.ContentType = "text/html; charset=utf-8";
            context.Response.Headers.CacheControl = "no-store";
            await context.Response.WriteAsync(page, context.RequestAborted);
        }
        catch (StoreUnavailableException cause)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            await context.Response.WriteAsync(cause.Message, context.RequestAborted);
        }
    }
}
