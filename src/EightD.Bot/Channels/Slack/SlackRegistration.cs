namespace EightD.Bot.Channels.Slack;

/// <summary>Slack, where its settings are there.</summary>
internal static class SlackRegistration
{
    public static WebApplicationBuilder AddSlack(this WebApplicationBuilder builder, SlackSettings settings)
    {
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(_ => new SlackApi(settings.ApiUrl));
        builder.Services.AddSingleton<SlackWorkspaces>();
        builder.Services.AddSingleton<SlackDirectory>();
        builder.Services.AddSingleton<ResponseUrls>();
        builder.Services.AddSingleton<Once>();
        builder.Services.AddSingleton<IChannel, SlackChannel>();
        builder.Services.AddSingleton<SlackCapturing>();
        builder.Services.AddSingleton<SlackHome>();
        builder.Services.AddSingleton<SlackReception>();
        builder.Services.AddSingleton<SlackEndpoints>();
        if (settings.AppToken is not null) builder.Services.AddHostedService<SlackSocket>();
        return builder;
    }

    public static WebApplication UseSlack(this WebApplication app)
    {
        if (app.Services.GetRequiredService<SlackSettings>().SigningSecret is not null) app.Services.GetRequiredService<SlackEndpoints>().Map(app);
        return app;
    }
}
