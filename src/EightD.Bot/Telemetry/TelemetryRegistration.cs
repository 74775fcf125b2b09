using EightD.Bot.Settings;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace EightD.Bot.Telemetry;

/// <summary>What whoever runs the bot sees of it: metrics, traces, logs.</summary>
internal static class TelemetryRegistration
{
    private static readonly string[] Endpoints = [.. new[] { "", "TRACES_", "METRICS_", "LOGS_" }.Select(signal => $"OTEL_EXPORTER_OTLP_{signal}ENDPOINT")];

    /// <summary>Adds the instruments; and OpenTelemetry for those signals that its own environment variables send somewhere.</summary>
    public static WebApplicationBuilder AddTelemetry(this WebApplicationBuilder builder, BotSettings settings)
    {
        builder.Services.AddSingleton<Instruments>();
        if (settings.Prometheus) builder.Services.AddSingleton<MetricsPage>();
        AddLogging(builder);
        bool traces = IsSent(builder, "TRACES"), metrics = IsSent(builder, "METRICS"), logs = IsSent(builder, "LOGS");
        if (!traces && !metrics && !logs) return builder;

        // what the environment says of the service comes last and holds
        var telemetry = builder.Services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService("8d-bot").AddEnvironmentVariableDetector());
        if (traces) telemetry.WithTracing(tracing => tracing.AddSource(Instruments.Name).AddOtlpExporter());
        if (metrics) telemetry.WithMetrics(metering => metering.AddMeter([Instruments.Name, .. MetricsPage.Others]).AddOtlpExporter());
        if (logs) telemetry.WithLogging(logging => logging.AddOtlpExporter());
        return builder;
    }

    /// <summary>Serves <c>/metrics</c> where that is set.</summary>
    public static WebApplication MapMetrics(this WebApplication app)
    {
        if (app.Services.GetService<MetricsPage>() is { } page) app.MapGet("/metrics", () => Results.Text(page.Write(), MetricsPage.MediaType));
        return app;
    }

    /// <summary>Where signals are sent to, by the environment variables that say so.</summary>
    public static IEnumerable<(string Key, Uri Address)> Collectors(IConfiguration configuration) =>
        Endpoints.Where(key => configuration[key] is { Length: > 0 }).Select(key => (key, new Uri(configuration[key]!)));

    /// <summary>Whether those addresses can be read. They may hold a key, so they are not repeated.</summary>
    public static void Check(SettingReader read)
    {
        foreach (var key in Endpoints)
        {
            if (read.Text(key) is { } text && !(Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)))
            {
                read.Complain(key, "it is no http or https address of a collector; write it like http://localhost:4317, or leave the variable away.");
            }
        }
    }

    /// <summary>Logs go to the console: as JSON for machines, as lines for a developer. The console itself is added once the bot runs.</summary>
    private static void AddLogging(WebApplicationBuilder builder)
    {
        builder.Logging.AddConsole();
        builder.Logging.ClearProviders(); // what is left are the formats
        builder.Services.AddSingleton<LoggerFactory>();
        builder.Services.AddSingleton<ILoggerFactory>(services => new DiscreetLogging(services.GetRequiredService<LoggerFactory>()));
    }

    private static bool IsSent(WebApplicationBuilder builder, string signal) =>
        new[] { Endpoints[0], $"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT" }.Any(key => builder.Configuration[key] is { Length: > 0 });
}
