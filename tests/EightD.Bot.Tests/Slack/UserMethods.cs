using System.Text.Json.Nodes;

namespace EightD.Bot.Tests.Slack;

/// <summary><c>users.*</c>, <c>usergroups.list</c> and <c>emoji.list</c>.</summary>
internal sealed class UserMethods(SlackStandIn slack)
{
    public IEnumerable<KeyValuePair<string, SlackMethod>> All =>
    [
        new("users.info", new(Info, "users:read") { IsFormOnly = true }),
        new("users.list", new(List, "users:read") { IsFormOnly = true }),
        new("users.lookupByEmail", new(ByEmail, "users:read.email") { IsFormOnly = true }),
        new("usergroups.list", new(Groups, "usergroups:read") { IsFormOnly = true }),
        new("emoji.list", new(_ => SlackJson.Of(new { emoji = slack.World.Emoji.ToDictionary(name => name, name => $"https://emoji.slack-edge.com/{name}.png", StringComparer.Ordinal) }), "emoji:read")),
    ];

    private static JsonObject Seen(SlackUser user, SlackWorkspace by)
    {
        var seen = user.ToJson();
        if (user.Team != by.Id) seen["is_stranger"] = true;
        if (!by.Scopes.Contains("users:read.email")) seen["profile"]!.AsObject().Remove("email");
        return seen;
    }

    private JsonObject Info(SlackRequest request)
    {
        var id = request.Arguments.Needed("user");
        var user = slack.World.User(id) is { } found && found.Id == id ? found : throw new SlackRefusalException("user_not_found");
        return SlackJson.Of(new { user = Seen(user, request.Team) });
    }

    private JsonObject List(SlackRequest request)
    {
        var (page, next) = ConversationMethods.Page(request, [.. slack.World.Users().Where(user => user.Team == request.Team.Id)], otherwise: 1_000);
        return SlackJson.Of(new { members = page.Select(user => Seen(user, request.Team)), response_metadata = new { next_cursor = next } });
    }

    private JsonObject ByEmail(SlackRequest request)
    {
        var email = request.Arguments.Needed("email");
        var user = slack.World.Users().FirstOrDefault(user => user.Email == email && user.Team == request.Team.Id) ?? throw new SlackRefusalException("users_not_found");
        return SlackJson.Of(new { user = Seen(user, request.Team) });
    }

    private JsonObject Groups(SlackRequest request) => SlackJson.Of(new { usergroups = slack.World.UserGroups });
}
