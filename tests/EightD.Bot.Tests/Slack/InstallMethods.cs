using System.Text;
using System.Text.Json.Nodes;

namespace EightD.Bot.Tests.Slack;

/// <summary><c>auth.*</c>, <c>oauth.v2.access</c>, <c>apps.connections.open</c>.</summary>
internal sealed class InstallMethods(SlackStandIn slack)
{
    private static readonly TimeSpan CodeLife = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan TokenLife = TimeSpan.FromHours(12);

    public IEnumerable<KeyValuePair<string, SlackMethod>> All =>
    [
        new("auth.test", new(Test)),
        new("auth.revoke", new(Revoke) { IsFormOnly = true }),
        new("oauth.v2.access", new(Access) { IsFormOnly = true, Bearer = Bearer.Nobody }),
        new("apps.connections.open", new(Connect) { Bearer = Bearer.App }),
    ];

    private JsonObject Test(SlackRequest request) => SlackJson.Of(new
    {
        url = $"https://{request.Team.Domain}.slack.com/",
        team = request.Team.Name,
        user = slack.World.User(request.Team.BotUser)!.Name,
        team_id = request.Team.Id,
        user_id = request.Team.BotUser,
        bot_id = request.Team.BotId,
        enterprise_id = request.Team.Enterprise,
        is_enterprise_install = request.Team.IsEnterpriseInstall,
    });

    private JsonObject Revoke(SlackRequest request)
    {
        if (!request.Arguments.Is("test")) slack.World.Revoke((token, _) => token == request.Token, "token_revoked");
        return SlackJson.Of(new { revoked = !request.Arguments.Is("test") });
    }

    private JsonObject Access(SlackRequest request)
    {
        CheckClient(request);
        var isRefresh = request.Arguments["grant_type"] switch
        {
            null or "authorization_code" => false,
            "refresh_token" => true,
            _ => throw new SlackRefusalException("invalid_grant_type"),
        };
        var key = request.Arguments[isRefresh ? "refresh_token" : "code"] ?? "";
        if (!slack.World.Grants.TryGetValue(key, out var grant) || grant.IsUsed || key.StartsWith("xoxe-", StringComparison.Ordinal) != isRefresh)
        {
            throw new SlackRefusalException(isRefresh ? "invalid_refresh_token" : "invalid_code");
        }

        if (!isRefresh && slack.World.Clock.GetUtcNow() - grant.At > CodeLife) throw new SlackRefusalException("invalid_code");
        if (!isRefresh && grant.RedirectUri is { } uri && uri != request.Arguments["redirect_uri"]) throw new SlackRefusalException("bad_redirect_uri");
        slack.World.Grants[key] = grant with { IsUsed = true };
        return Installed(slack.World.Workspace(grant.Team));
    }

    private JsonObject Installed(SlackWorkspace team)
    {
        var token = slack.World.NewId($"{(slack.RotatesTokens ? "xoxe." : "")}xoxb-{team.Id}-");
        slack.World.Give(token, new(team.Id, slack.RotatesTokens ? slack.World.Clock.GetUtcNow() + TokenLife : null));
        var refresh = slack.RotatesTokens ? slack.World.NewId("xoxe-1-") : null;
        if (refresh is not null) slack.World.Grants[refresh] = new(team.Id, null, slack.World.Clock.GetUtcNow());
        var answer = SlackJson.Of(new
        {
            app_id = SlackStandIn.AppId,
            access_token = token,
            token_type = "bot",
            scope = string.Join(',', team.Scopes),
            bot_user_id = team.BotUser,
            is_enterprise_install = team.IsEnterpriseInstall,
            authed_user = new { id = "U0INSTALLER" },
            expires_in = slack.RotatesTokens ? (int)TokenLife.TotalSeconds : (int?)null,
            refresh_token = refresh,
        });
        answer["team"] = team.IsEnterpriseInstall ? null : SlackJson.Of(new { id = team.Id, name = team.Name });
        answer["enterprise"] = team.Enterprise is { } enterprise ? SlackJson.Of(new { id = enterprise, name = enterprise }) : null;
        return answer;
    }

    private static void CheckClient(SlackRequest request)
    {
        var header = request.Context.Request.Headers.Authorization.ToString();
        var (id, secret) = (request.Arguments["client_id"], request.Arguments["client_secret"]);
        if (header.StartsWith("Basic ", StringComparison.Ordinal))
        {
            var pair = Encoding.UTF8.GetString(Convert.FromBase64String(header["Basic ".Length..])).Split(':', 2);
            (id, secret) = (pair[0], pair[^1]);
        }

        if (id != SlackStandIn.ClientId) throw new SlackRefusalException("invalid_client_id");
        if (secret != SlackStandIn.ClientSecret) throw new SlackRefusalException("bad_client_secret");
    }

    private JsonObject Connect(SlackRequest request) => SlackJson.Of(new { url = slack.Socket.NewAddress().AbsoluteUri });
}
