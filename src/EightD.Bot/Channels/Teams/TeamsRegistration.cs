using EightD.Bot.Settings;
using EightD.Bot.Storage;

namespace EightD.Bot.Channels.Teams;

/// <summary>Teams, where its settings are there.</summary>
internal static class TeamsRegistration
{
    public static WebApplicationBuilder AddTeams(this WebApplicationBuilder builder, TeamsSettings settings)
    {
        builder.AddProtection();
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(new TeamsToken(settings));
        builder.Services.AddSingleton<TeamsKeys>();
        builder.Services.AddSingleton<TeamsTokens>();
        builder.Services.AddSingleton<TeamsConnector>();
        builder.Services.AddSingleton<TeamsReferences>();
        builder.Services.AddSingleton<TeamsDirectory>();
        builder.Services.AddSingleton<Once<TeamsReply>>();
        builder.Services.AddSingleton<TeamsChannel>();
        builder.Services.AddSingleton<IChannel>(provider => provider.GetRequiredService<TeamsChannel>());
        builder.Services.AddSingleton<TeamsReports>();
        builder.Services.AddSingleton<TeamsReception>();
        builder.Services.AddSingleton<TeamsEndpoints>();
        return builder;
    }

    public static WebApplication UseTeams(this WebApplication app)
    {
        app.Services.GetRequiredService<TeamsEndpoints>().Map(app);
        return app;
    }
}
