using System.Collections.Concurrent;
using System.Text.Json;

namespace EightD.Bot.Tests.Conversations;

/// <summary>A judge of what bots send: one script for all tests, started by the first that asks, which sees each shape once.</summary>
/// <param name="packages">The folder of <c>tests</c> that names the packages which the script uses.</param>
/// <param name="script">Its file there.</param>
public abstract class ShapeJudge(string packages, string script) : IAsyncDisposable
{
    private readonly Lazy<NodeJudge> judge = new(() => NodeJudge.Start(packages, script));
    private readonly ConcurrentDictionary<string, string[]> known = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim turn = new(1, 1);

    /// <summary>What it has against each, in their order; empty where nothing.</summary>
    /// <param name="sent">What was sent.</param>
    /// <param name="shapeOf">What makes two of them alike for the judge.</param>
    /// <param name="question">One of them as the script reads it.</param>
    private protected async Task<IReadOnlyList<string[]>> ComplaintsAsync<T>(IReadOnlyCollection<T> sent, Func<T, string> shapeOf, Func<T, object> question)
    {
        await turn.WaitAsync(People.Cancel);
        try
        {
            var unknown = sent.Where(each => !known.ContainsKey(shapeOf(each))).DistinctBy(shapeOf, StringComparer.Ordinal).ToList();
            if (unknown.Count > 0)
            {
                var found = (await judge.Value.AsksAsync(unknown.Select(question))).Deserialize<string[][]>()!;
                foreach (var (each, complaints) in unknown.Zip(found)) known[shapeOf(each)] = complaints;
            }
        }
        finally
        {
            turn.Release();
        }

        return [.. sent.Select(each => known[shapeOf(each)])];
    }

    public async ValueTask DisposeAsync()
    {
        if (judge.IsValueCreated) await judge.Value.DisposeAsync();
        turn.Dispose();
        GC.SuppressFinalize(this);
    }
}
