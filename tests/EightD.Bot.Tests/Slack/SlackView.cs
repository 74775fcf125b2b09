using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EightD.Bot.Tests.Slack;

/// <summary>An open modal, or a Home tab, as it is now.</summary>
internal sealed record SlackView(string Id, string User, string Team)
{
    /// <summary>As the bot sent it, with the ids filled in that Slack makes.</summary>
    public required JsonElement Json { get; init; }

    public required string Hash { get; init; }

    public required string Root { get; init; }

    public string? Previous { get; init; }

    /// <summary>What has been typed and chosen since it was opened, by block and action.</summary>
    public ImmutableDictionary<(string Block, string Action), JsonElement> Typed { get; init; } = ImmutableDictionary<(string, string), JsonElement>.Empty;

    public string Title => SlackJson.String(Json.TryGetProperty("title", out var title) ? title : default, "text") ?? "";

    public string? CallbackId => SlackJson.String(Json, "callback_id");

    public string? ExternalId => SlackJson.String(Json, "external_id");

    public string PrivateMetadata => SlackJson.String(Json, "private_metadata") ?? "";

    public JsonElement Blocks => Json.GetProperty("blocks");

    public IReadOnlyList<SlackElement> Elements => [.. SlackElement.In(Blocks)];

    /// <summary>What can be filled in, in order.</summary>
    public IReadOnlyList<SlackElement> Inputs => [.. Elements.Where(element => element.IsStateful)];

    public IReadOnlyList<SlackButton> Buttons => [.. Elements.Where(element => element.Type == "button").Select(SlackButton.Of)];

    /// <summary>All text of the blocks, a line each.</summary>
    public string Shown => string.Join('\n', SlackJson.TextsIn(Blocks));

    /// <summary>What stands in an input now, as <c>state.values</c> has it.</summary>
    public JsonElement ValueOf(SlackElement input) => Typed.TryGetValue((input.BlockId, input.ActionId), out var typed) ? typed : input.Initial();

    /// <summary>As payloads and answers have it.</summary>
    public JsonObject ToJson()
    {
        var view = JsonObject.Create(Json)!.DeepClone().AsObject();
        foreach (var (name, value) in SlackJson.Of(new { id = Id, team_id = Team, hash = Hash, root_view_id = Root, app_id = SlackStandIn.AppId, app_installed_team_id = Team, bot_id = $"B{Team}" }).ToList()) view[name] = value!.DeepClone();
        view["previous_view_id"] = Previous;
        view["private_metadata"] ??= "";
        view["callback_id"] ??= "";
        view["external_id"] ??= "";
        view["state"] = new JsonObject { ["values"] = Values() };
        return view;
    }

    private JsonObject Values()
    {
        var values = new JsonObject();
        foreach (var block in Inputs.GroupBy(input => input.BlockId))
        {
            values[block.Key] = new JsonObject(block.Select(input => KeyValuePair.Create<string, JsonNode?>(input.ActionId, JsonObject.Create(ValueOf(input)))));
        }

        return values;
    }
}
