using System.Text.Json;
using EightD.Bot.Tests.Conversations;
using EightD.Bot.Tests.Slack;

[assembly: AssemblyFixture(typeof(SlackTypes))]

namespace EightD.Bot.Tests.Slack;

/// <summary>The types that Slack publishes for Node, and their compiler.</summary>
public sealed class SlackTypes() : ShapeJudge("slack-judges", "types.mjs")
{
    /// <summary>What the compiler has against what was sent; empty where nothing.</summary>
    internal async Task<IReadOnlyList<string>> ComplaintsAsync(IReadOnlyCollection<SlackShape> sent) =>
        [.. sent.Zip(await ComplaintsAsync(sent, shape => shape.Outline, shape => (object[])[shape.What, shape.Sent]), (shape, complaints) => complaints.Select(complaint => $"{shape.What}: {complaint}")).SelectMany(each => each)];
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
