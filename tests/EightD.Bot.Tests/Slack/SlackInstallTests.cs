using System.Net;
using EightD.Bot.Storage;
using Microsoft.AspNetCore.WebUtilities;

namespace EightD.Bot.Tests.Slack;

/// <summary>"Add to Slack": many workspaces with one bot, none of which sees another.</summary>
public sealed class SlackInstallTests
{
    private const string Other = "T0002";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_workspace_that_adds_the_app_can_use_it_at_once()
    {
        await using var room = await OpenAsync();
        Assert.Equal(401, (await room.People.Commands("ana", "ops", "/8d start Checkout is down")).Status);

        using var browser = new Browser(room);
        Assert.Equal(HttpStatusCode.OK, (await browser.AddsAsync(SlackStandIn.HomeTeam)).StatusCode);

        await room.People.Commands("ana", "ops", "/8d start Checkout is down");
        Assert.Contains("8D 0001", (await room.CardAsync()).Shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_asked_for_is_the_least()
    {
        await using var room = await OpenAsync();
        using var browser = new Browser(room);
        var sent = await browser.SendAsync();

        var query = QueryHelpers.ParseQuery(sent.Query);
        Assert.Equal("/oauth/v2/authorize", sent.AbsolutePath);
        Assert.Equal(SlackStandIn.ClientId, query["client_id"]);
        Assert.Equal("http://localhost:3978/slack/oauth", query["redirect_uri"]);
        Assert.Equal("app_mentions:read,channels:history,channels:read,chat:write,commands,files:write,groups:history,groups:read,im:history,im:write,reactions:read,users:read", query["scope"]);
    }

    [Fact]
    public async Task A_state_counts_once_and_in_its_own_browser_alone()
    {
        await using var room = await OpenAsync();
        using var browser = new Browser(room);
        using var stranger = new Browser(room);
        var state = await browser.StateAsync();
        await stranger.StateAsync();

        Assert.Equal(HttpStatusCode.BadRequest, (await stranger.ReturnsAsync(room.Slack.NewCode(SlackStandIn.HomeTeam, ReturnTo), state)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.ReturnsAsync(room.Slack.NewCode(SlackStandIn.HomeTeam, ReturnTo), "forged")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.ReturnsAsync(room.Slack.NewCode(SlackStandIn.HomeTeam, ReturnTo), state: null)).StatusCode);
        Assert.Empty(room.Slack.CallsOf("oauth.v2.access"));

        var again = await browser.StateAsync();
        var cookie = browser.Cookie;
        Assert.Equal(HttpStatusCode.OK, (await browser.ReturnsAsync(room.Slack.NewCode(SlackStandIn.HomeTeam, ReturnTo), again)).StatusCode);
        browser.Cookie = cookie;
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.ReturnsAsync(room.Slack.NewCode(SlackStandIn.HomeTeam, ReturnTo), again)).StatusCode);
        Assert.Single(room.Slack.CallsOf("oauth.v2.access"));
    }

    [Fact]
    public async Task Who_says_no_at_Slack_added_nothing()
    {
        await using var room = await OpenAsync();
        using var browser = new Browser(room);
        var state = await browser.StateAsync();
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.GetAsync($"/slack/oauth?error=access_denied&state={Uri.EscapeDataString(state)}")).StatusCode);
        Assert.Empty(room.Slack.CallsOf("oauth.v2.access"));
    }

    [Fact]
    public async Task No_token_stands_in_the_store_as_it_is()
    {
        await using var room = await OpenAsync();
        using var browser = new Browser(room);
        await browser.AddsAsync(SlackStandIn.HomeTeam);

        List<string> held = [];
        var store = room.Part<IBlobStore>();
        await foreach (var (key, _) in store.ListAsync("", null, Cancel)) held.Add(System.Text.Encoding.UTF8.GetString((await store.GetAsync(key, Cancel))!.Value.Content.Span));

        Assert.Contains(held, content => content.Contains("botUser", StringComparison.OrdinalIgnoreCase) || content.Contains("bot_user", StringComparison.Ordinal));
        Assert.DoesNotContain(held, content => content.Contains("xoxb-", StringComparison.Ordinal) || content.Contains("xoxe", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_workspaces_with_the_same_channel_and_words_never_see_each_other()
    {
        await using var room = await OpenWithTwoAsync();

        await room.People.Commands("zoe", "theirs", "/8d list");
        var listed = await room.People.WaitsFor("zoe", "theirs", message => message.IsEphemeral && message.Shown.Contains("8D", StringComparison.Ordinal), "the list");
        Assert.DoesNotContain("Checkout", listed.Shown, StringComparison.Ordinal);
        await room.People.Commands("zoe", "theirs", "/8d show 1");
        await room.People.OpensHome("zoe", team: Other);
        Assert.DoesNotContain(room.People.Sees("zoe", "theirs"), message => message.Shown.Contains("Checkout", StringComparison.Ordinal));
        Assert.DoesNotContain("Checkout", room.People.HomeOf("zoe", Other)!.Shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_workspace_has_a_folder_and_numbers_of_its_own()
    {
        await using var room = await OpenWithTwoAsync();

        await room.Publishes("ana");
        await room.Publishes("zoe", "theirs");

        Assert.StartsWith("# 0001: Checkout is down\n", await room.ReportAsync("t0001/0001-checkout-is-down.md"), StringComparison.Ordinal);
        Assert.StartsWith("# 0001: Somebody read the mail\n", await room.ReportAsync("t0002/0001-somebody-read-the-mail.md"), StringComparison.Ordinal);
        Assert.DoesNotContain("Checkout", await room.ReportAsync("t0002/README.md"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_organisation_that_adds_the_app_has_it_in_each_of_its_workspaces()
    {
        await using var room = await OpenAsync(slack =>
        {
            var first = slack.AddWorkspace(new SlackWorkspace("T0003") { Enterprise = "E0001", IsEnterpriseInstall = true });
            slack.AddWorkspace(new SlackWorkspace("T0004") { Enterprise = "E0001", IsEnterpriseInstall = true, BotUser = first.BotUser, BotId = first.BotId });
            slack.AddUser("U3001", "kim", "Kim", "T0003");
            slack.AddUser("U4001", "lee", "Lee", "T0004");
            slack.AddChannel("C3001", "kims", ["U3001"], team: "T0003");
            slack.AddChannel("C4001", "lees", ["U4001"], team: "T0004");
        });
        using var browser = new Browser(room);
        Assert.Equal(401, (await room.People.Commands("kim", "kims", "/8d start")).Status);
        Assert.Equal(HttpStatusCode.OK, (await browser.AddsAsync("T0003")).StatusCode);

        await room.People.Commands("kim", "kims", "/8d start"); // names the workspace and the organisation
        await room.People.WaitsForView("kim", "Start an 8D");
        await room.People.Submits("kim", new Dictionary<string, string?> { ["title"] = "Checkout is down" }); // names the workspace of the form and the organisation
        var card = await room.CardAsync("C3001", seenBy: "kim");
        await room.People.Presses("kim", card, "Status"); // names the person's workspace and the organisation
        await room.IsTold("kim", "Checkout is down", "kims");
        await room.People.Mentions("kim", "kims", "note The index is gone"); // names the organisation alone
        await room.IsTold("kim", "The index is gone", "kims");

        await room.People.Commands("lee", "lees", "/8d list");
        await room.IsTold("lee", "Checkout is down", "lees");
    }

    [Fact]
    public async Task After_an_uninstall_the_draft_stays_and_is_there_after_a_new_install()
    {
        await using var room = await OpenAsync();
        using var browser = new Browser(room);
        await browser.AddsAsync(SlackStandIn.HomeTeam);
        await room.People.Commands("ana", "ops", "/8d start Checkout is down");
        await room.CardAsync();

        await room.People.Uninstalls();
        Assert.Equal(401, (await room.People.Commands("ana", "ops", "/8d status")).Status);

        await browser.AddsAsync(SlackStandIn.HomeTeam);
        await room.People.Commands("ana", "ops", "/8d status");
        await room.IsTold("ana", "Checkout is down");
    }

    [Fact]
    public async Task A_token_is_renewed_before_it_ends()
    {
        await using var room = await OpenAsync(slack => slack.RotatesTokens = true);
        using var browser = new Browser(room);
        await browser.AddsAsync(SlackStandIn.HomeTeam);
        await room.People.Commands("ana", "ops", "/8d start Checkout is down");
        await room.CardAsync();

        room.Clock.Advance(TimeSpan.FromHours(11));
        await room.RestartAsync();
        await room.People.Commands("ana", "ops", "/8d status");

        await room.IsTold("ana", "Checkout is down");
        Assert.Equal(2, room.Slack.CallsOf("oauth.v2.access").Count);
    }

    private const string ReturnTo = "http://localhost:3978/slack/oauth";

    private static Task<SlackRoom> OpenAsync(Action<SlackStandIn>? prepare = null) => SlackRoom.OpenAsync(prepare: prepare, settings:
        ["--Slack:BotToken=", $"--Slack:ClientId={SlackStandIn.ClientId}", $"--Slack:ClientSecret={SlackStandIn.ClientSecret}", "--PublicUrl=http://localhost:3978"]);

    /// <summary>Two workspaces that added the app, with an 8D in each.</summary>
    private static async Task<SlackRoom> OpenWithTwoAsync()
    {
        var room = await OpenAsync(slack =>
        {
            slack.AddWorkspace(new SlackWorkspace(Other));
            slack.AddUser("U9001", "zoe", "Zoe", Other);
            slack.AddChannel("C9001", "theirs", ["U9001"], team: Other);
        });
        using var browser = new Browser(room);
        await browser.AddsAsync(SlackStandIn.HomeTeam);
        await browser.AddsAsync(Other);
        await room.People.Commands("ana", "ops", "/8d start Checkout is down");
        await room.CardAsync();
        await room.People.Commands("zoe", "theirs", "/8d start Somebody read the mail");
        await room.CardAsync("C9001", seenBy: "zoe");
        return room;
    }

    /// <summary>Somebody's browser, with its cookie.</summary>
    private sealed class Browser(SlackRoom room) : IDisposable
    {
        private readonly HttpClient http = new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });

        public string? Cookie { get; set; }

        /// <summary>Goes to the address that adds the app; where it is sent.</summary>
        public async Task<Uri> SendAsync()
        {
            using var answer = await GetAsync("/slack/install");
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
            Cookie = answer.Headers.GetValues("Set-Cookie").First().Split(';')[0];
            return answer.Headers.Location!;
        }

        public async Task<string> StateAsync() => QueryHelpers.ParseQuery((await SendAsync()).Query)["state"]!;

        /// <summary>Comes back from Slack.</summary>
        public Task<HttpResponseMessage> ReturnsAsync(string code, string? state) =>
            GetAsync($"/slack/oauth?code={Uri.EscapeDataString(code)}{(state is null ? "" : $"&state={Uri.EscapeDataString(state)}")}");

        /// <summary>Adds the app to a workspace.</summary>
        public async Task<HttpResponseMessage> AddsAsync(string team)
        {
            var state = await StateAsync();
            return await ReturnsAsync(room.Slack.NewCode(team, ReturnTo), state);
        }

        public async Task<HttpResponseMessage> GetAsync(string path)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(room.Address, path));
            if (Cookie is not null) request.Headers.Add("Cookie", Cookie);
            return await http.SendAsync(request, Cancel);
        }

        public void Dispose() => http.Dispose();
    }
}
