using System.Collections.Concurrent;
using System.Diagnostics;
using EightD.Bot.Telemetry;
using EightD.Bot.Tests.Conversations;

namespace EightD.Bot.Tests.Operating;

/// <summary>One trace a turn.</summary>
public sealed class TraceTests
{
    [Fact]
    public async Task A_turn_has_spans_for_what_is_done_for_it_and_nothing_of_people()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Instruments.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var chat = await Chat.OpenAsync();

        await chat.Says("ana-canary", "/8d start Checkout canary", "canary-room");
        await HasAsync("Start", "turn", "decide", "store.write", "deliver"); // what is delivered together has one span, in the trace of the first
        await chat.Says("ana-canary", "/8d answer D2 Customers canary", "canary-room");
        await HasAsync("Answer", "turn", "store.read", "decide", "store.write", "deliver");
        await chat.Says("ana-canary", "/8d publish", "canary-room");
        await HasAsync("Publish", "publish");

        Assert.Contains(spans, span => span.GetTagItem("eightd.deed") is "Answer" && span.GetTagItem("eightd.channel") is "playground" && span.ParentSpanId == default); // other tests' turns are heard too
        Assert.DoesNotContain(spans, span => span.OperationName.Contains("canary", StringComparison.Ordinal) || span.TagObjects.Any(tag => tag.Value?.ToString()?.Contains("canary", StringComparison.Ordinal) == true));

        Task HasAsync(string deed, params string[] names) =>
            People.UntilAsync(() => Task.FromResult(TracesOf(spans, deed).Exists(trace => trace.IsSupersetOf(names))), $"{deed} has its spans");
    }

    /// <summary>The names in each trace of a deed.</summary>
    private static List<HashSet<string>> TracesOf(IEnumerable<Activity> spans, string deed) =>
        [.. spans.GroupBy(span => span.TraceId).Where(trace => trace.Any(span => span.GetTagItem("eightd.deed") is string name && name == deed))
            .Select(trace => trace.Select(span => span.OperationName).ToHashSet(StringComparer.Ordinal))];
}
