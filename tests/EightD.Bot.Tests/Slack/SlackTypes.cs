using System.Collections.Concurrent;
using System.Text.Json;
using EightD.Bot.Tests.Conversations;
using EightD.Bot.Tests.Slack;

[assembly: AssemblyFixture(typeof(SlackTypes))]

namespace EightD.Bot.Tests.Slack;

/// <summary>The types that Slack publishes for Node: one compiler for all tests, started by the first that asks, which sees each shape once.</summary>
public sealed class SlackTypes : IAsyncDisposable
{
    private readonly Lazy<SlackJudge> judge = new(() => SlackJudge.Start("types.mjs"));
    private readonly ConcurrentDictionary<string, string[]> known = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim turn = new(1, 1);

    /// <summary>What the compiler has against what was sent; empty where nothing.</summary>
    internal async Task<IReadOnlyList<string>> ComplaintsAsync(IReadOnlyCollection<SlackShape> sent)
    {
        await turn.WaitAsync(People.Cancel);
        try
        {
            var unknown = sent.Where(shape => !known.ContainsKey(shape.Outline)).ToList();
            if (unknown.Count > 0)
            {
                var found = (await judge.Value.AsksAsync(unknown.Select(shape => (object[])[shape.What, shape.Sent]))).Deserialize<string[][]>()!;
                foreach (var (shape, complaints) in unknown.Zip(found)) known[shape.Outline] = complaints;
            }
        }
        finally
        {
            turn.Release();
        }

        return [.. sent.SelectMany(shape => known[shape.Outline].Select(complaint => $"{shape.What}: {complaint}"))];
    }

    public async ValueTask DisposeAsync()
    {
        if (judge.IsValueCreated) await judge.Value.DisposeAsync();
        turn.Dispose();
    }
}

/// <summary>Something that a bot sent.</summary>
/// <param name="What">The method, or <c>command</c> or <c>view_submission</c> where it is the answer to one.</param>
/// <param name="Sent">A message, or a view.</param>
internal sealed record SlackShape(string What, JsonElement Sent)
{
    private static readonly string[] Discerning = ["type", "style", "response_type", "parse"];

    /// <summary>It without its words and numbers: what has the same outline has the same types.</summary>
    public string Outline { get; } = $"{What} {Of("", Sent)}";

    private static string Of(string name, JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(',', json.EnumerateObject().Select(property => $"{property.Name}:{Of(property.Name, property.Value)}"))}}}",
        JsonValueKind.Array => $"[{string.Join(',', json.EnumerateArray().Select(each => Of("", each)).Distinct(StringComparer.Ordinal))}]",
        JsonValueKind.String => Discerning.Contains(name) ? json.GetString()! : "text",
        var other => other.ToString(),
    };
}
