using EightD.Bot.Settings;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace EightD.Bot.Telemetry;

/// <summary>What whoever runs the bot sees of it: metrics, traces, logs.</summary>
internal static class TelemetryRegistration
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

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

    /// <summary>Logs go to the console: as JSON for machines, as lines for a developer. The console itself is added once the bot runs.</summary>
    private static void AddLogging(WebApplicationBuilder builder)
    {
        builder.Logging.AddConsole();
        builder.Logging.ClearProviders(); // what is left are the formats
        builder.Services.AddSingleton<LoggerFactory>();
        builder.Services.AddSingleton<ILoggerFactory>(services => new DiscreetLogging(services.GetRequiredService<LoggerFactory>()));
    }

    private static bool IsSent(WebApplicationBuilder builder, string signal) =>
        new[] { Endpoint, $"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT" }.Any(key => builder.Configuration[key] is { Length: > 0 });
}
