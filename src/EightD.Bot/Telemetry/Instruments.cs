using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using EightD.Incidents;

namespace EightD.Bot.Telemetry;

/// <summary>What is counted and timed. Each instrument is there from the start, at zero; without a listener a measurement costs next to nothing.</summary>
internal sealed class Instruments : IDisposable
{
    /// <summary>The name of the meter, and of the source of traces.</summary>
    public const string Name = "EightD";

    private readonly ConcurrentDictionary<string, Waiting> outboxes = new(StringComparer.Ordinal);
    private readonly Counter<long> turns, conflicts, retries, publishFailures, reminders;
    private readonly Histogram<double> publishes, sweeps;
    private readonly TimeProvider clock;
    private int deadLetters, dueBacklog;

    public Instruments(IMeterFactory meters, TimeProvider clock)
    {
        this.clock = clock;
        Meter = meters.Create(Name);
        turns = Meter.CreateCounter<long>("eightd_turns_total", description: "Turns that were decided and are safe.");
        conflicts = Meter.CreateCounter<long>("eightd_conflicts_total", description: "Writes that came second to another process and were decided again.");
        retries = Meter.CreateCounter<long>("eightd_retries_total", description: "Deliveries that failed and are tried again.");
        publishFailures = Meter.CreateCounter<long>("eightd_publish_failures_total", description: "Attempts to commit a report that failed.");
        reminders = Meter.CreateCounter<long>("eightd_reminders_delivered_total", description: "Reminders that reached their person.");
        Meter.CreateObservableGauge("eightd_outbox_depth", () => outboxes.Values.Sum(each => each.Count), description: "Effects that this process saved and has not delivered.");
        Meter.CreateObservableGauge("eightd_outbox_oldest_seconds", OldestSeconds, "s", "How long the oldest of them has waited.");
        Meter.CreateObservableGauge("eightd_dead_letters", () => deadLetters, description: "Effects that were given up and wait for the operator.");
        Meter.CreateObservableGauge("eightd_due_backlog", () => dueBacklog, description: "Things that were due and not yet done when it was last looked.");
        publishes = Timer("eightd_publish_duration_seconds", "How long an attempt to commit a report took.", [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]);
        sweeps = Timer("eightd_sweep_duration_seconds", "How long looking for what is due took.", [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30]);
    }

    /// <summary>All of these.</summary>
    public Meter Meter { get; }

    /// <summary>A turn is decided and safe.</summary>
    public void Turn() => turns.Add(1);

    /// <summary>Another process wrote first.</summary>
    public void Conflict() => conflicts.Add(1);

    /// <summary>Deliveries failed and are tried again.</summary>
    public void Retry(int count = 1) => retries.Add(count);

    /// <summary>The repository answered a publish.</summary>
    /// <param name="duration">How long that took.</param>
    /// <param name="failed">Whether the report is not committed.</param>
    public void PublishDone(TimeSpan duration, bool failed)
    {
        publishes.Record(duration.TotalSeconds);
        if (failed) publishFailures.Add(1);
    }

    /// <summary>A reminder reached its person.</summary>
    public void Reminded() => reminders.Add(1);

    /// <summary>It was looked for what is due.</summary>
    /// <param name="duration">How long that took.</param>
    /// <param name="backlog">What is due and not yet done.</param>
    public void SweepDone(TimeSpan duration, int backlog)
    {
        sweeps.Record(duration.TotalSeconds);
        Volatile.Write(ref dueBacklog, backlog);
    }

    /// <summary>What an 8D holds that is not delivered, as it was saved last. Another process's 8D is none of this one's: it is given an empty list.</summary>
    public void Outbox(string incident, IReadOnlyCollection<PendingEffect> pending)
    {
        if (pending.Count == 0) outboxes.TryRemove(incident, out _);
        else outboxes[incident] = new(pending.Count, pending.Min(each => each.SavedAt));
    }

    /// <summary>How many effects were given up.</summary>
    public void DeadLetters(int count) => Volatile.Write(ref deadLetters, count);

    public void Dispose() => Meter.Dispose();

    private double OldestSeconds()
    {
        var now = clock.GetUtcNow();
        return outboxes.Values.Select(each => (now - each.Oldest).TotalSeconds).Append(0).Max();
    }

    private Histogram<double> Timer(string name, string description, double[] boundaries) =>
        Meter.CreateHistogram(name, "s", description, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = boundaries });

    private sealed record Waiting(int Count, DateTimeOffset Oldest);
}
