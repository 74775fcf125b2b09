using EightD.Bot.Settings;
using EightD.Bot.Storage;

namespace EightD.Bot.Channels.Slack;

/// <summary>Slack, where its settings are there.</summary>
internal static class SlackRegistration
{
    public static WebApplicationBuilder AddSlack(this WebApplicationBuilder builder, SlackSettings settings)
    {
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(_ => new SlackApi(settings.ApiUrl));
        if (settings.ClientId is not null) builder.AddInstalling();
        builder.Services.AddSingleton<SlackWorkspaces>();
        builder.Services.AddSingleton<SlackDirectory>();
        builder.Services.AddSingleton<ResponseUrls>();
        builder.Services.AddSingleton<Once<SlackReply>>();
        builder.Services.AddSingleton<SlackChannel>();
        builder.Services.AddSingleton<IChannel>(provider => provider.GetRequiredService<SlackChannel>());
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
        app.Services.GetService<SlackInstall>()?.Map(app);
        return app;
    }

    private static void AddInstalling(this WebApplicationBuilder builder)
    {
        builder.AddProtection();
        builder.Services.AddSingleton<SlackInstallations>();
        builder.Services.AddSingleton<SlackInstall>();
    }
}
