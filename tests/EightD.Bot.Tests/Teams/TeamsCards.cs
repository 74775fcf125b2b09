using System.Text.Json;
using EightD.Bot.Tests.Conversations;
using EightD.Bot.Tests.Teams;

[assembly: AssemblyFixture(typeof(TeamsCards))]

namespace EightD.Bot.Tests.Teams;

/// <summary>The renderer and the types that Microsoft publishes for Node: they read each card of every test, and say what they do not know.</summary>
public sealed class TeamsCards() : ShapeJudge("teams-judges", "cards.mjs")
{
    /// <summary>What it has against cards; empty where nothing.</summary>
    internal async Task<IReadOnlyList<string>> ComplaintsAsync(IReadOnlyCollection<JsonElement> cards) =>
        [.. (await ComplaintsAsync(cards, card => card.GetRawText(), card => card)).SelectMany(complaints => complaints)];
}
