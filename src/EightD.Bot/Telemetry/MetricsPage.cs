using System.Diagnostics.Metrics;
using System.Text;

namespace EightD.Bot.Telemetry;

/// <summary>
/// What <c>/metrics</c> shows: the bot's instruments, and those of the runtime and of the server, in Prometheus' text format. Written here since the
/// exporter of OpenTelemetry is a pre-release, and leaves out a histogram until something was recorded.
/// </summary>
internal sealed class MetricsPage : IDisposable
{
    /// <summary>The format's media type.</summary>
    public const string MediaType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>The meters of .NET itself that are shown beside the bot's.</summary>
    public static readonly string[] Others = ["System.Runtime", "Microsoft.AspNetCore.Hosting"];

    private readonly MeterListener listener = new();
    private readonly SortedDictionary<string, MetricFamily> families = new(StringComparer.Ordinal);

    public MetricsPage(Instruments instruments)
    {
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Meter == instruments.Meter || Others.Contains(instrument.Meter.Name, StringComparer.Ordinal)) listening.EnableMeasurementEvents(instrument, Add(instrument));
        };
        listener.SetMeasurementEventCallback<int>((_, value, tags, family) => ((MetricFamily)family!).Take(value, tags));
        listener.SetMeasurementEventCallback<long>((_, value, tags, family) => ((MetricFamily)family!).Take(value, tags));
        listener.SetMeasurementEventCallback<double>((_, value, tags, family) => ((MetricFamily)family!).Take(value, tags));
        listener.Start();
    }

    /// <summary>All as it stands now.</summary>
    public string Write()
    {
        listener.RecordObservableInstruments();
        var text = new StringBuilder();
        lock (families)
        {
            foreach (var family in families.Values) family.Write(text);
        }

        return text.ToString();
    }

    public void Dispose() => listener.Dispose();

    private MetricFamily Add(Instrument instrument)
    {
        var family = new MetricFamily(instrument);
        lock (families) return families.TryAdd(family.Name, family) ? family : families[family.Name]; // a second meter of a name counts with the first
    }
}
