using System.Text.Json;
using System.Text.Json.Nodes;

namespace EightD.Bot.Tests.Slack;

/// <summary><c>views.*</c>: modals and Home tabs.</summary>
internal sealed class ViewMethods(SlackStandIn slack)
{
    private const int Highest = 3;

    public IEnumerable<KeyValuePair<string, SlackMethod>> All =>
    [
        new("views.open", new(Open)),
        new("views.push", new(Push)),
        new("views.update", new(Update)),
        new("views.publish", new(Publish)),
    ];

    /// <summary>Puts a modal above those that a person has open.</summary>
    public SlackView Pushed(SlackWorkspace team, string user, JsonElement json)
    {
        var stack = slack.World.Stack(user);
        if (stack.Length >= Highest) throw new SlackRefusalException("push_limit_reached");
        var view = New(team, user, json);
        view = view with { Root = stack.IsEmpty ? view.Id : stack[0].Root, Previous = stack.IsEmpty ? null : stack[^1].Id };
        slack.World.SetStack(user, [.. stack, view]);
        return view;
    }

    /// <summary>Puts another content into an open modal: what was typed stays where block and action stay.</summary>
    public SlackView Changed(SlackView old, JsonElement json)
    {
        var now = old with { Json = Identified(json), Hash = NewHash() };
        var elements = now.Inputs.Select(input => (input.BlockId, input.ActionId)).ToHashSet();
        now = now with { Typed = old.Typed.RemoveRange(old.Typed.Keys.Where(typed => !elements.Contains(typed))) };
        slack.World.Put(now);
        return now;
    }

    private JsonObject Open(SlackRequest request)
    {
        var view = Judged(request, "modal");
        var user = slack.World.Exchange(request.Arguments.Needed("trigger_id"), request.Team.Id);
        var opened = New(request.Team, user, view);
        slack.World.SetStack(user, [opened]);
        return Answer(opened);
    }

    private JsonObject Push(SlackRequest request)
    {
        var view = Judged(request, "modal");
        return Answer(Pushed(request.Team, slack.World.Exchange(request.Arguments.Needed("trigger_id"), request.Team.Id), view));
    }

    private JsonObject Update(SlackRequest request)
    {
        var view = Judged(request, "modal");
        var (id, externalId) = (request.Arguments["view_id"], request.Arguments["external_id"]);
        if (id is null && externalId is null) throw new SlackRefusalException("invalid_arguments") { Messages = ["[ERROR] missing required field: view_id"] };
        var old = slack.World.View(request.Team.Id, id, externalId) ?? throw new SlackRefusalException("not_found");
        if (request.Arguments["hash"] is { } hash && hash != old.Hash) throw new SlackRefusalException("hash_conflict");
        return Answer(Changed(old, view));
    }

    private JsonObject Publish(SlackRequest request)
    {
        var view = Judged(request, "home");
        var id = request.Arguments.Needed("user_id");
        var user = slack.World.User(id) is { } found && found.Id == id ? found : throw new SlackRefusalException("user_not_found");
        var old = slack.World.Home(request.Team.Id, user.Id);
        if (request.Arguments["hash"] is { } hash && hash != old?.Hash) throw new SlackRefusalException("hash_conflict");
        var home = New(request.Team, user.Id, view);
        if (old is not null) home = home with { Id = old.Id, Root = old.Id };
        slack.World.SetHome(home);
        return Answer(home);
    }

    private static JsonObject Answer(SlackView view) => SlackJson.Of(new { view = view.ToJson() });

    private JsonElement Judged(SlackRequest request, string type)
    {
        var view = request.Arguments.Nest("view") ?? throw new SlackRefusalException("invalid_arguments") { Messages = ["[ERROR] missing required field: view"] };
        slack.Judge(request.Method, view, SlackLimits.OfView);
        return SlackJson.String(view, "type") == type ? view : throw new SlackRefusalException("invalid_arguments") { Messages = [$"[ERROR] must be a {type} [json-pointer:/view/type]"] };
    }

    private SlackView New(SlackWorkspace team, string user, JsonElement json)
    {
        var id = slack.World.NewId("V");
        return new(id, user, team.Id) { Json = Identified(json), Hash = NewHash(), Root = id };
    }

    private string NewHash() => $"{slack.World.Clock.GetUtcNow().ToUnixTimeSeconds()}.{slack.World.NewId("h")}";

    private JsonElement Identified(JsonElement view)
    {
        var whole = JsonObject.Create(view)!.DeepClone().AsObject();
        whole["blocks"] = JsonNode.Parse(slack.Identified(view.GetProperty("blocks"))!.Value.GetRawText());
        return SlackJson.Kept(whole);
    }
}
