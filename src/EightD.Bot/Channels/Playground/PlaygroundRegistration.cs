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
        return builder;
    }

    /// <summary>Serves the page at <c>/</c> and what it uses below <c>/playground/</c>, to this machine alone.</summary>
    public static WebApplication UsePlayground(this WebApplication app)
    {
        var api = app.Services.GetRequiredService<PlaygroundApi>();
        app.Use(async (context, next) =>
        {
            var words = PlaygroundRequest.Words(context);
            if (words is not [] and not ["playground", ..])
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
            else await PlaygroundPage.AnswerAsync(context, words is ["playground", var file] ? file : words is [] ? PlaygroundPage.First : "");
        });
        return app;
    }
}
