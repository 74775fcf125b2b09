using System.Diagnostics;
using System.Runtime.CompilerServices;
using EightD.Bot.Turns;
using EightD.Incidents;

namespace EightD.Bot.Telemetry;

/// <summary>
/// Traces, one a turn: <c>turn</c> and below it <c>store.read</c>, <c>decide</c>, <c>store.write</c>, <c>deliver</c>, <c>publish</c>. Turns that are saved in
/// one write each have its span. Nothing that a person wrote, no name and no id of a person stands in them. Without a listener nothing is made.
/// </summary>
internal static class TurnTrace
{
    private static readonly ActivitySource Source = new(Instruments.Name);

    /// <summary>Which turn an effect follows from. It is forgotten with the effect, so that an effect that is never delivered leaves nothing behind.</summary>
    private static readonly ConditionalWeakTable<PendingEffect, Activity> Causes = [];

    /// <summary>A turn arrived. Null where nobody listens.</summary>
    public static Activity? Start(Turn turn)
    {
        if (!Source.HasListeners()) return null;
        var around = Activity.Current;
        try
        {
            Activity.Current = null; // a trace of its own: the request around it names a conversation in its address
            return Source.StartActivity("turn")?.SetTag("eightd.deed", turn.Deed.GetType().Name).SetTag("eightd.channel", ChannelOf(turn));
        }
        finally
        {
            Activity.Current = around;
        }
    }

    /// <summary>A turn is answered.</summary>
    public static void End(this Activity? trace) => trace?.Stop();

    /// <summary>A turn was not taken.</summary>
    public static void Fail(this Activity? trace, Exception cause) => trace?.SetStatus(ActivityStatusCode.Error).SetTag("error.type", cause.GetType().Name).Stop();

    /// <summary>These effects follow from the turn.</summary>
    public static void Follow(this Activity? trace, IEnumerable<PendingEffect> effects)
    {
        if (trace is null) return;
        foreach (var effect in effects) Causes.AddOrUpdate(effect, trace);
    }

    /// <summary>A part of one turn.</summary>
    public static Span Span(string name, Arrival arrival) => arrival.Trace is { } trace ? new(name, [trace]) : default;

    /// <summary>A part of some turns that are taken together.</summary>
    public static Span Span(string name, IEnumerable<Arrival> arrivals) => Source.HasListeners() ? Span(name, arrivals.Select(arrival => arrival.Trace)) : default;

    /// <summary>What is done for effects, each for its turn. An effect that another process saved has none.</summary>
    public static Span Span(string name, IEnumerable<PendingEffect> effects) =>
        Source.HasListeners() ? Span(name, effects.Select(effect => Causes.TryGetValue(effect, out var trace) ? trace : null)) : default;

    private static Span Span(string name, IEnumerable<Activity?> traces) => traces.OfType<Activity>().Distinct().ToArray() is { Length: > 0 } some ? new(name, some) : default;

    private static string ChannelOf(Turn turn) => string.Concat(turn.At.Tenant.TakeWhile(char.IsAsciiLetter));

    internal static void Record(string name, Activity trace, DateTimeOffset from) =>
        Source.StartActivity(name, ActivityKind.Internal, trace.Context, startTime: from)?.Dispose();
}

/// <summary>A part of turns that is being done; at its end it stands in the trace of each.</summary>
internal readonly struct Span(string name, Activity[] traces) : IDisposable
{
    private readonly DateTimeOffset from = DateTimeOffset.UtcNow; // as an Activity counts: by the machine's clock, also where a test moves the bot's

    /// <summary>It is done.</summary>
    public void Dispose()
    {
        foreach (var trace in traces ?? []) TurnTrace.Record(name, trace, from);
    }
}
