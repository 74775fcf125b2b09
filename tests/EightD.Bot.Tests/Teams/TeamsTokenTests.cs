using System.Net;
using System.Net.Http.Headers;
using System.Text;
using EightD.Bot.Tests.Conversations;
using Microsoft.IdentityModel.Tokens;

namespace EightD.Bot.Tests.Teams;

/// <summary>Who may post to the bot (teams-protocol.md, section 4), and what it shows whom (section 5).</summary>
public sealed class TeamsTokenTests
{
    private const string Other = "00000000-1111-2222-3333-444444444444";

    [Theory]
    [InlineData("good", 200)]
    [InlineData("expired four minutes ago", 200)]
    [InlineData("valid in four minutes", 200)]
    [InlineData("expired six minutes ago", 401)]
    [InlineData("valid in six minutes", 401)]
    [InlineData("for another audience", 401)]
    [InlineData("of another issuer", 401)]
    [InlineData("signed by a key that nobody names", 401)]
    [InlineData("signed with the public key as a secret", 401)]
    [InlineData("not signed", 401)]
    [InlineData("for another address", 401)]
    [InlineData("for the address in other letters", 401)]
    [InlineData("for no address", 401)]
    [InlineData("signed by a key that is not for Teams", 401)]
    [InlineData("no token", 401)]
    [InlineData("nonsense", 401)]
    public async Task A_token_is_Teams_own_or_nothing_is_done(string kind, int status)
    {
        await using var room = await TeamsRoom.OpenAsync(TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture)); // the judge has no other clock
        var (teams, app) = (room.Teams, TeamsStandIn.AppId);
        var activity = room.People.Message("ana", "1", TeamsRoom.AnasChat, post: null, "start Checkout is down", html: null);

        var token = kind switch
        {
            "good" => teams.Identity.Token(app, teams.ServiceUrl),
            "expired four minutes ago" => teams.Identity.Token(app, teams.ServiceUrl, from: TimeSpan.FromHours(-2), to: TimeSpan.FromMinutes(-4)),
            "valid in four minutes" => teams.Identity.Token(app, teams.ServiceUrl, from: TimeSpan.FromMinutes(4)),
            "expired six minutes ago" => teams.Identity.Token(app, teams.ServiceUrl, from: TimeSpan.FromHours(-2), to: TimeSpan.FromMinutes(-6)),
            "valid in six minutes" => teams.Identity.Token(app, teams.ServiceUrl, from: TimeSpan.FromMinutes(6)),
            "for another audience" => teams.Identity.Token(Other, teams.ServiceUrl),
            "of another issuer" => teams.Identity.Token(app, teams.ServiceUrl, issuer: $"https://sts.windows.net/{TeamsStandIn.Tenant}/"),
            "signed by a key that nobody names" => teams.Identity.Token(app, teams.ServiceUrl, Stranger("stranger")),
            "signed with the public key as a secret" => teams.Identity.Token(app, teams.ServiceUrl, teams.Identity.PublicAsSecret()),
            "not signed" => Unsigned(teams.Identity.Token(app, teams.ServiceUrl)),
            "for another address" => teams.Identity.Token(app, $"{teams.Address}elsewhere/"),
            "for the address in other letters" => teams.Identity.Token(app, teams.ServiceUrl.Replace("smba", "SMBA", StringComparison.Ordinal)),
            "for no address" => teams.Identity.Token(app, serviceUrl: null),
            "signed by a key that is not for Teams" => teams.Identity.Token(app, teams.ServiceUrl, teams.Identity.AddKey("webchat")),
            "nonsense" => "a.b.c",
            _ => null,
        };
        var answer = await room.People.PostAsync(activity, () => token);

        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 200, await JudgedAsync(teams, token, (string)activity["serviceUrl"]!) == "yes");
        if (status == 200) await room.CardAsync(TeamsRoom.AnasChat);
        else Assert.Empty(teams.Calls);
    }

    [Theory]
    [InlineData("another tenant", 401)]
    [InlineData("two tenants", 401)]
    [InlineData("no tenant", 401)]
    [InlineData("the same in other letters", 200)]
    public async Task People_of_tenants_that_are_not_allowed_are_not_answered(string kind, int status)
    {
        await using var room = await TeamsRoom.OpenAsync();
        var activity = room.People.Message("ana", "1", TeamsRoom.AnasChat, post: null, "start Checkout is down", html: null);
        if (kind is "another tenant" or "two tenants") activity["conversation"]!["tenantId"] = Other;
        if (kind is "another tenant") activity["channelData"]!["tenant"]!["id"] = Other;
        if (kind is "no tenant") activity["conversation"]!.AsObject().Remove("tenantId");
        if (kind is "no tenant") activity.Remove("channelData");
        if (kind is "the same in other letters") activity["conversation"]!["tenantId"] = TeamsStandIn.Tenant.ToUpperInvariant();

        Assert.Equal(status, (await room.People.PostAsync(activity)).Status);
        if (status != 200) Assert.Empty(room.Teams.Calls);
    }

    [Fact]
    public async Task A_new_key_is_known_within_half_a_minute_and_unknown_ones_are_asked_for_once_in_that_time()
    {
        await using var room = await TeamsRoom.OpenAsync();
        Assert.Equal(200, await PostAsync(() => room.Teams.Identity.Token(TeamsStandIn.AppId, room.Teams.ServiceUrl)));
        Assert.Equal(1, room.Teams.Identity.Fetched);

        room.Clock.Advance(TimeSpan.FromSeconds(31));
        var strangers = Enumerable.Range(0, 8).Select(each => Stranger($"stranger {each}")).ToList();
        await Task.WhenAll(Enumerable.Range(0, 1000).Select(each => PostAsync(() => room.Teams.Identity.Token(TeamsStandIn.AppId, room.Teams.ServiceUrl, strangers[each % 8]))));
        Assert.Equal(2, room.Teams.Identity.Fetched);

        var rotated = room.Teams.Identity.AddKey("msteams");
        room.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(200, await PostAsync(() => room.Teams.Identity.Token(TeamsStandIn.AppId, room.Teams.ServiceUrl, rotated)));
        Assert.Equal(3, room.Teams.Identity.Fetched);

        async Task<int> PostAsync(Func<string?> token) => (await room.People.PostAsync(room.People.Message("ana", room.Teams.NewId(), TeamsRoom.AnasChat, post: null, "help", html: null), token)).Status;
    }

    [Fact]
    public async Task While_the_keys_cannot_be_had_those_that_are_known_are_used()
    {
        await using var room = await TeamsRoom.OpenAsync();
        await room.Starts();
        room.Teams.Identity.IsAway = true;
        room.Clock.Advance(TimeSpan.FromDays(2));

        Assert.Equal(200, (await room.People.Mentions("ana", "status")).Answer.Status);
    }

    [Theory]
    [InlineData("GET", "", 405)]
    [InlineData("text", "hello", 400)]
    [InlineData("json", "", 400)]
    [InlineData("json", "[]", 400)]
    [InlineData("json", "{\"id\":\"1\"}", 400)]
    [InlineData("json", "{\"type\":7}", 400)]
    [InlineData("deep", "", 400)]
    [InlineData("long", "", 413)]
    public async Task What_is_no_activity_is_refused(string kind, string body, int status)
    {
        await using var room = await TeamsRoom.OpenAsync();
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(kind == "GET" ? HttpMethod.Get : HttpMethod.Post, new Uri(room.Address, "/api/messages"));
        var text = kind switch { "deep" => $"{{\"type\":\"message\",\"value\":{new string('[', 100_000)}{new string(']', 100_000)}}}", "long" => $"{{\"type\":\"message\",\"text\":\"{new string('a', 10_000_000)}\"}}", _ => body };
        if (kind != "GET") request.Content = new StringContent(text, Encoding.UTF8, kind == "text" ? "text/plain" : "application/json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", room.Teams.Identity.Token(TeamsStandIn.AppId, room.Teams.ServiceUrl));

        using var response = await http.SendAsync(request, People.Cancel);

        Assert.Equal((HttpStatusCode)status, response.StatusCode);
        Assert.Equal("", await response.Content.ReadAsStringAsync(People.Cancel));
    }

    [Fact]
    public async Task An_invoke_that_nobody_knows_is_not_implemented_and_other_activities_are_taken()
    {
        await using var room = await TeamsRoom.OpenAsync();
        Assert.Equal(501, (await room.People.Chooses("ana", "composeExtension/query", [], TeamsRoom.Ops, "1")).Status);
        foreach (var kind in (string[])["typing", "endOfConversation", "event", "messageReaction", "conversationUpdate", "somethingNew"])
        {
            var activity = room.People.Message("ana", room.Teams.NewId(), TeamsRoom.Ops, "1", text: null, html: null);
            activity["type"] = kind;
            Assert.Equal(200, (await room.People.PostAsync(activity)).Status);
        }

        Assert.DoesNotContain("POST activities", room.Teams.Calls);
    }

    /// <summary>A service address that is nobody's who may see the bot's token is not answered, however good the token that came with it.</summary>
    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("https://smba.trafficmanager.net.evil.example/teams/")]
    [InlineData("https://evilbotframework.com/")]
    [InlineData("https://smba.trafficmanager.net:8443/teams/")]
    [InlineData("http://smba.trafficmanager.net/teams/")]
    [InlineData("https://user@smba.trafficmanager.net/teams/")]
    public async Task The_bots_token_is_shown_to_Microsoft_alone(string address)
    {
        await using var room = await TeamsRoom.OpenAsync();
        var activity = room.People.Message("ana", "1", TeamsRoom.AnasChat, post: null, "start Checkout is down", html: null);
        activity["serviceUrl"] = address;

        Assert.Equal(401, (await room.People.PostAsync(activity, () => room.Teams.Identity.Token(TeamsStandIn.AppId, address))).Status);
        Assert.Equal(0, room.Teams.Identity.Granted);
    }

    /// <summary>What Microsoft's own library says of the same token, at the time at which it came.</summary>
    private static async Task<string> JudgedAsync(TeamsStandIn teams, string? token, string address)
    {
        await using var judge = NodeJudge.Start("teams-judges", "tokens.mjs");
        await judge.AsksAsync((string[])[$"{teams.Address}v1/.well-known/openidconfiguration", TeamsStandIn.AppId]);
        return (await judge.AsksAsync((string?[])[token, address])).GetString()!;
    }

    private static RsaSecurityKey Stranger(string name) => new(System.Security.Cryptography.RSA.Create(2048)) { KeyId = name };

    private static string Unsigned(string token) => $"{Base64UrlEncoder.Encode("{\"alg\":\"none\",\"typ\":\"JWT\",\"kid\":\"key-1\"}")}.{token.Split('.')[1]}.";
}
