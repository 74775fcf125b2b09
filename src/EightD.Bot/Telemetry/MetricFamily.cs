using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace EightD.Bot.Telemetry;

/// <summary>One instrument with its values, by their labels, as Prometheus' text format writes them.</summary>
internal sealed class MetricFamily
{
    private static readonly double[] UsualBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly Lock gate = new();
    private readonly SortedDictionary<string, Series> series = new(StringComparer.Ordinal);
    private readonly string description;
    private readonly Kind kind;
    private readonly bool adds;
    private readonly double[] boundaries = [];

    public MetricFamily(Instrument instrument)
    {
        var type = instrument.GetType().GetGenericTypeDefinition();
        kind = type == typeof(Histogram<>) ? Kind.Histogram : type == typeof(Counter<>) || type == typeof(ObservableCounter<>) ? Kind.Counter : Kind.Gauge;
        adds = type == typeof(Counter<>) || type == typeof(UpDownCounter<>);
        if (kind == Kind.Histogram) boundaries = (instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries is { Count: > 0 } advised ? [.. advised] : UsualBoundaries;
        Name = NameOf(instrument);
        description = instrument.Description ?? "";
        if (instrument.Meter.Name == Instruments.Name) series[""] = new(boundaries.Length); // it is there from the start
    }

    private enum Kind
    {
        Counter,
        Gauge,
        Histogram,
    }

    /// <summary>The name in Prometheus' alphabet, with unit and <c>_total</c> where they are not in it.</summary>
    public string Name { get; }

    /// <summary>A measurement.</summary>
    public void Take(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = Labels(tags);
        lock (gate)
        {
            if (!series.TryGetValue(labels, out var one)) series[labels] = one = new(boundaries.Length);
            if (kind == Kind.Histogram)
            {
                one.Value += value;
                one.Count++;
                var bucket = Array.FindIndex(boundaries, boundary => value <= boundary);
                if (bucket >= 0) one.Buckets[bucket]++;
            }
            else
            {
                one.Value = adds ? one.Value + value : value;
            }
        }
    }

    /// <summary>Adds it to the page.</summary>
    public void Write(StringBuilder text)
    {
        lock (gate)
        {
            if (series.Count == 0) return;
            text.Append(CultureInfo.InvariantCulture, $"# HELP {Name} {description.Replace("\\", @"\\", StringComparison.Ordinal).ReplaceLineEndings(" ")}\n# TYPE {Name} {kind switch
            {
                Kind.Counter => "counter",
                Kind.Gauge => "gauge",
                _ => "histogram",
            }}\n");
            foreach (var (labels, one) in series)
            {
                if (kind == Kind.Histogram) Write(text, labels, one);
                else Write(text, Name, labels, Number(one.Value));
            }
        }
    }

    private void Write(StringBuilder text, string labels, Series one)
    {
        var comma = labels.Length == 0 ? "" : ",";
        long below = 0;
        for (var bucket = 0; bucket < boundaries.Length; bucket++)
        {
            below += one.Buckets[bucket];
            Write(text, $"{Name}_bucket", $"{labels}{comma}le=\"{Number(boundaries[bucket])}\"", Number(below));
        }

        Write(text, $"{Name}_bucket", $"{labels}{comma}le=\"+Inf\"", Number(one.Count));
        Write(text, $"{Name}_sum", labels, Number(one.Value));
        Write(text, $"{Name}_count", labels, Number(one.Count));
    }

    private static void Write(StringBuilder text, string name, string labels, string value)
    {
        text.Append(name);
        if (labels.Length > 0) text.Append('{').Append(labels).Append('}');
        text.Append(' ').Append(value).Append('\n');
    }

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty) return "";
        List<string> labels = [];
        foreach (var (name, value) in tags)
        {
            var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
            labels.Add($"{InAlphabet(name)}=\"{text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).ReplaceLineEndings("\\n")}\"");
        }

        labels.Sort(StringComparer.Ordinal);
        return string.Join(',', labels);
    }

    private string NameOf(Instrument instrument)
    {
        var name = InAlphabet(instrument.Name);
        var unit = instrument.Unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" };
        if (!name.EndsWith(unit, StringComparison.Ordinal)) name += unit;
        return kind == Kind.Counter && !name.EndsWith("_total", StringComparison.Ordinal) ? name + "_total" : name;
    }

    private static string InAlphabet(string name) => string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));

    /// <summary>The values of one set of labels. A histogram's value is its sum.</summary>
    private sealed class Series(int buckets)
    {
        public double Value { get; set; }

        public long Count { get; set; }

        public long[] Buckets { get; } = new long[buckets];
    }
}
