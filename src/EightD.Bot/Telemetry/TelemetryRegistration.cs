using System.Globalization;
using EightD.Bot.Settings;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace EightD.Bot.Telemetry;

/// <summary>What whoever runs the bot sees of it: metrics, traces, logs.</summary>
internal static class TelemetryRegistration
{
    private const string Prefix = "OTEL_EXPORTER_OTLP_";

    private static readonly string[] Signals = ["", "TRACES_", "METRICS_", "LOGS_"];

    /// <summary>OpenTelemetry's own variables, with which it would end the start in a stack trace, or quietly do something else than was meant.</summary>
    private static readonly (string Name, Func<string, bool> IsRight, string Complaint)[] Variables =
    [
        ("ENDPOINT", IsHttp, "it is no http or https address of a collector; write it like http://localhost:4317, or leave the variable away."),
        ("PROTOCOL", text => text is "grpc" or "http/protobuf", "it is not known here; set it to grpc or http/protobuf, or leave the variable away."),
        ("HEADERS", text => text.Split(',').All(header => header.IndexOf('=', StringComparison.Ordinal) > 0), "it is not made of NAME=VALUE pairs with commas between them; write it like api-key=VALUE."),
        ("TIMEOUT", text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var read) && read > 0, "it is no number of milliseconds; write it like 10000."),
        ("CERTIFICATE", File.Exists, "there is no such file; name the certificate's file, or leave the variable away."),
        ("CLIENT_CERTIFICATE", File.Exists, "there is no such file; name the certificate's file, or leave the variable away."),
        ("CLIENT_KEY", File.Exists, "there is no such file; name the key's file, or leave the variable away."),
    ];

    /// <summary>Adds the instruments; and OpenTelemetry for those signals that its own environment variables send somewhere.</summary>
    public static WebApplicationBuilder AddTelemetry(this WebApplicationBuilder builder, BotSettings settings)
    {
        builder.Services.AddSingleton<Instruments>();
        if (settings.Prometheus) builder.Services.AddSingleton<MetricsPage>();
        AddLogging(builder);
        bool traces = IsSent(builder, "TRACES_"), metrics = IsSent(builder, "METRICS_"), logs = IsSent(builder, "LOGS_");
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
        from signal in Signals
        let key = $"{Prefix}{signal}ENDPOINT"
        where configuration[key] is { Length: > 0 }
        select (key, new Uri(configuration[key]!));

    /// <summary>Whether those variables can be read. They may hold a key, so they are not repeated.</summary>
    public static void Check(SettingReader read)
    {
        if (Signals.All(signal => read.Text($"{Prefix}{signal}ENDPOINT") is null)) return;
        foreach (var signal in Signals)
        {
            foreach (var (name, isRight, complaint) in Variables)
            {
                var key = $"{Prefix}{signal}{name}";
                if (read.Text(key) is { } text && !isRight(text)) read.Complain(key, complaint);
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
        new[] { "", signal }.Any(one => builder.Configuration[$"{Prefix}{one}ENDPOINT"] is { Length: > 0 });

    private static bool IsHttp(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);
}
