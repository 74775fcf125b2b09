using System.Collections.Concurrent;
using System.Text.Json;
using EightD.Bot.Tests.Conversations;
using EightD.Bot.Tests.Slack;
using EightD.Bot.Tests.Teams;

[assembly: AssemblyFixture(typeof(TeamsCards))]

namespace EightD.Bot.Tests.Teams;

/// <summary>The renderer and the types that Microsoft publishes for Node: they read each card of every test, and say what they do not know.</summary>
public sealed class TeamsCards : IAsyncDisposable
{
    private readonly Lazy<SlackJudge> judge = new(() => SlackJudge.In("teams-judges", "cards.mjs"));
    private readonly ConcurrentDictionary<string, string[]> known = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim turn = new(1, 1);

    /// <summary>What it has against cards; empty where nothing.</summary>
    internal async Task<IReadOnlyList<string>> ComplaintsAsync(IReadOnlyCollection<JsonElement> cards)
    {
        await turn.WaitAsync(People.Cancel);
        try
        {
            var unknown = cards.Where(card => !known.ContainsKey(card.GetRawText())).DistinctBy(card => card.GetRawText(), StringComparer.Ordinal).ToList();
            if (unknown.Count > 0)
            {
                var found = (await judge.Value.AsksAsync(unknown)).Deserialize<string[][]>()!;
                foreach (var (card, complaints) in unknown.Zip(found)) known[card.GetRawText()] = complaints;
            }
        }
        finally
        {
            turn.Release();
        }

        return [.. cards.SelectMany(card => known[card.GetRawText()])];
    }

    public async ValueTask DisposeAsync()
    {
        if (judge.IsValueCreated) await judge.Value.DisposeAsync();
        turn.Dispose();
    }
}
