using System.Net.Sockets;
using System.Security.Cryptography;
using EightD.Bot.Channels.Playground;
using EightD.Bot.Channels.Slack;
using EightD.Bot.Channels.Teams;
using EightD.Bot.Due;
using EightD.Bot.Keeping;
using EightD.Bot.Pages;
using EightD.Bot.Publishing;
using EightD.Bot.ReadingBack;
using EightD.Bot.Reminders;
using EightD.Bot.Settings;
using EightD.Bot.Storage;
using EightD.Bot.Telemetry;
using EightD.Bot.Turns;
using EightD.Incidents;
using Microsoft.Extensions.Logging.Console;

namespace EightD.Bot;

/// <summary>The verb that needs no name: serves.</summary>
internal static class Serve
{
    /// <summary>Serves until it is told to stop. 0; or 1 with one sentence where a setting is missing or wrong.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            await using var app = await StartAsync(args);
            var urls = string.Join(" or ", app.Urls);
            Console.WriteLine(app.Services.GetRequiredService<BotSettings>().Playground ? $"8D Bot is ready: open {urls} in a browser. Ctrl+C stops it." : $"8D Bot listens on {urls}. Ctrl+C stops it.");
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (SettingException wrong)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            return 1;
        }
    }

    /// <summary>Starts the bot. Nothing is logged before it runs: what is wrong is said in one sentence.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="adjust">What a test has otherwise, its clock for example.</param>
    /// <exception cref="SettingException">A setting is missing or wrong.</exception>
    public static async Task<WebApplication> StartAsync(string[] args, Action<WebApplicationBuilder>? adjust = null)
    {
        var builder = Configuring.Builder(args);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(8));
        var settings = BotSettings.Read(builder.Configuration, builder.Environment.IsDevelopment());
        AddCore(builder, settings);
        builder.AddTelemetry(settings);
        if (settings.Playground) builder.AddPlayground();
        if (settings.Slack is { } slack) builder.AddSlack(slack);
        if (settings.Teams is { } teams) builder.AddTeams(teams);
        adjust?.Invoke(builder);

        var app = builder.Build();
        try
        {
            foreach (var place in app.Services.GetRequiredService<ReportRepositories>().All) await place.In(own: null).EnsureUsableAsync(CancellationToken.None);
            if (app.Services.GetRequiredService<IBlobStore>() is AzureBlobStore azure) await azure.EnsureUsableAsync(CancellationToken.None);
            await app.Services.GetRequiredService<Replicas>().ShowAsync(CancellationToken.None); // before it claims anything
            if (settings.Playground) app.UsePlayground();
            else app.MapHome();
            if (settings.Slack is not null) app.UseSlack();
            if (settings.Teams is not null) app.UseTeams();
            app.MapHealth().MapMetrics();
            await app.StartAsync();
        }
        catch (Exception cause) when (cause is SettingException or IOException or SocketException or FormatException or ArgumentException or InvalidOperationException or CryptographicException)
        {
            await app.DisposeAsync();
            throw cause as SettingException ?? new SettingException("Urls", $"{builder.Configuration["urls"]} cannot be listened on ({cause.Message.TrimEnd('.')}); stop the other program, or choose another address with --urls http://127.0.0.1:PORT.", cause);
        }

        app.Services.GetRequiredService<ILoggerFactory>().AddProvider(ActivatorUtilities.CreateInstance<ConsoleLoggerProvider>(app.Services));
        return app;
    }

    private static void AddCore(WebApplicationBuilder builder, BotSettings settings)
    {
        var services = builder.Services;
        services.AddSingleton(settings);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<IBlobStore>(_ => settings.StorageProvider is StorageProvider.AzureBlob ? AzureBlobStore.Open(settings) : SqliteBlobStore.Open(settings.StoragePath));
        services.AddSingleton(RepositoryOptions.Of(settings));
        services.AddSingleton<ReportRepositories>();
        services.AddSingleton(new WorkspaceSettings { TimeZone = settings.RemindersZone });
        services.AddSingleton<IncidentStore>();
        services.AddSingleton<ReportNumbers>();
        services.AddSingleton<FactGathering>();
        services.AddSingleton<ConversationServices>();
        services.AddSingleton<TurnHandler>();
        services.AddSingleton<Replicas>();
        services.AddSingleton<BusyMarkers>();
        services.AddSingleton<IDueKind, TakingOver>();
        services.AddSingleton<Retention>();
        services.AddSingleton<OperatorRules>();
        services.AddHostedService(provider => provider.GetRequiredService<OperatorRules>()); // before it is looked for what is due
        services.AddSingleton<ReminderNotes>();
        services.AddSingleton<LookIntoGit>();
        services.AddSingleton<ReminderPace>();
        services.AddSingleton<IDueKind, DayReminders>();
        services.AddSingleton<IDueKind, Digests>();
        services.AddSingleton<IDueKind, OldHistory>();
        services.AddSingleton<IDueKind, CancelledDrafts>();
        services.AddSingleton<IDueKind, OldDays>();
        services.AddHostedService<DueSweep>();
        services.AddSingleton<GitPolling>();
        services.AddHostedService(provider => provider.GetRequiredService<GitPolling>());
    }
}
