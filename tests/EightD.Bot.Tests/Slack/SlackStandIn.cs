using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EightD.Bot.Tests.Slack;

/// <summary>
/// Slack, as far as a bot needs it: its Web API under <c>/api/</c>, response addresses, uploads and sockets, with what it refuses and how it fails
/// (slack-protocol.md). It keeps what it is sent and complains of what Slack would refuse or this project does not send.
/// </summary>
internal sealed class SlackStandIn : IAsyncDisposable
{
    /// <summary>The workspace that is there from the start.</summary>
    public const string HomeTeam = "T0001";

    public const string AppId = "A0001";

    public const string AppToken = "xapp-1-A0001-secret";

    public const string ClientId = "1111.2222";

    public const string ClientSecret = "client-secret";

    private readonly WebApplication app;
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<SlackFault>> faults = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<SlackCall> calls = new();
    private readonly ConcurrentQueue<string> complaints = new();
    private readonly ConcurrentDictionary<string, SlackShape> shapes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SlackMethod> methods;

    private SlackStandIn(WebApplication app, TimeProvider clock)
    {
        this.app = app;
        World = new(clock);
        Socket = new(this);
        Home = World.Add(new SlackWorkspace(HomeTeam));
        methods = new(
        [
            .. new ChatMethods(this).All, .. new ConversationMethods(this).All, .. new UserMethods(this).All, .. new ViewMethods(this).All,
            .. new FileMethods(this).All, .. new InstallMethods(this).All,
        ],
        StringComparer.Ordinal);
    }

    /// <summary>Where it listens, without a path.</summary>
    public Uri Address => new(app.Urls.First());

    /// <summary>For <c>Slack:ApiUrl</c>.</summary>
    public Uri ApiUrl => new(Address, "/api/");

    public SlackWorld World { get; }

    /// <summary>The workspace that is there from the start.</summary>
    public SlackWorkspace Home { get; private set; }

    /// <summary>Socket Mode.</summary>
    public SlackSocket Socket { get; }

    /// <summary>Whether tokens end after twelve hours and are refreshed.</summary>
    public bool RotatesTokens { get; set; }

    /// <summary>How long after its upload a file's message appears.</summary>
    public TimeSpan FileDelay { get; set; } = TimeSpan.Zero;

    /// <summary>Every call that came, in order.</summary>
    public IReadOnlyList<SlackCall> Calls => [.. calls];

    /// <summary>What was wrong with what the bot sent.</summary>
    public IReadOnlyList<string> Complaints => [.. complaints];

    /// <summary>One of each shape of message and view that the bot sent and the limits have nothing against.</summary>
    public IReadOnlyCollection<SlackShape> Shapes => [.. shapes.Values];

    /// <summary>Ends when the stand-in does.</summary>
    public CancellationToken Stopping => stopping.Token;

    /// <summary>Starts one with two people, a channel that the bot is in and one that it is not in.</summary>
    public static async Task<SlackStandIn> StartWithPeopleAsync(TimeProvider clock)
    {
        var slack = await StartAsync(clock);
        slack.AddUser("U1", "ana", "Ana");
        slack.AddUser("U2", "ben", "Ben");
        slack.AddChannel("C1", "ops", ["ana", "ben"]);
        slack.AddChannel("C2", "elsewhere", ["ana"], withBot: false);
        return slack;
    }

    /// <summary>Starts one; its triggers, tokens and response addresses age by this clock.</summary>
    public static async Task<SlackStandIn> StartAsync(TimeProvider? clock = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var slack = new SlackStandIn(builder.Build(), clock ?? TimeProvider.System);
        slack.Socket.Map(slack.app);
        slack.app.Map("/api/{method}", (HttpContext context, string method) => slack.MeetAsync(context, method, () => slack.CallAsync(context, method)));
        slack.app.MapPost("/upload/{id}", (HttpContext context, string id) => slack.MeetAsync(context, "upload", () => new FileMethods(slack).TakeAsync(context, id)));
        slack.app.MapGet("/private/{id}", (HttpContext context, string id) => slack.MeetAsync(context, "download", () => new FileMethods(slack).GiveAsync(context, id)));
        slack.app.MapPost("/responses/{**secret}", (HttpContext context, string secret) => slack.MeetAsync(context, "response_url", () => new ResponseAddresses(slack).TakeAsync(context, secret)));
        await slack.app.StartAsync(TestContext.Current.CancellationToken);
        return slack;
    }

    /// <summary>The next calls of a method meet this: <c>upload</c>, <c>response_url</c> and <c>*</c> (whatever comes) are methods too.</summary>
    public void Fault(string method, SlackFault fault, int times = 1)
    {
        var queue = faults.GetOrAdd(method, static _ => new());
        for (var time = 0; time < times; time++) queue.Enqueue(fault);
    }

    /// <summary>One call of a method meets this: 1 is the next.</summary>
    public void FaultAt(string method, int nth, SlackFault fault)
    {
        Fault(method, SlackFault.Slow(TimeSpan.Zero), nth - 1);
        Fault(method, fault);
    }

    /// <summary>From now on no call meets a fault.</summary>
    public void Mend() => faults.Clear();

    /// <summary>A person in the home workspace, or another.</summary>
    public SlackUser AddUser(string id, string name, string? displayName = null, string team = HomeTeam) =>
        World.Add(new SlackUser(id, name) { DisplayName = displayName ?? name, RealName = displayName ?? name, Team = team });

    /// <summary>A channel with these people in it, and with the bot or without.</summary>
    public SlackChannel AddChannel(string id, string name, IEnumerable<string> members, bool isPrivate = false, bool withBot = true, string team = HomeTeam) => World.Add(new SlackChannel(id, name)
    {
        IsPrivate = isPrivate,
        Team = team,
        Members = [.. members.Select(member => World.User(member)!.Id), .. withBot ? [World.Workspace(team).BotUser] : (string[])[]],
    });

    public SlackWorkspace AddWorkspace(SlackWorkspace workspace) => World.Add(workspace);

    /// <summary>From now on the bot has these scopes.</summary>
    public void Grant(params string[] scopes) => Home = World.Add(Home with { Scopes = [.. scopes] });

    /// <summary>A code as Slack sends it to the redirect address once somebody allowed the app; without an address any is right.</summary>
    public string NewCode(string team, string? redirectUri)
    {
        lock (World.Gate)
        {
            var code = $"{World.NewId("code")}.{Guid.NewGuid():N}";
            World.Grants[code] = new(team, redirectUri, World.Clock.GetUtcNow());
            return code;
        }
    }

    /// <summary>Calls of a method, in order.</summary>
    public IReadOnlyList<SlackCall> CallsOf(string method) => [.. calls.Where(call => call.Method == method)];

    public void AssertNoComplaints() => Assert.Empty(Complaints);

    /// <summary>Keeps what is wrong with something that was sent, and refuses it where Slack would. What the limits have nothing against is kept for Slack's own types.</summary>
    public void Judge(string what, JsonElement sent, Func<JsonElement, IReadOnlyList<SlackComplaint>> limits)
    {
        var found = limits(sent);
        SlackShape shape = new(what, sent);
        if (found.Count == 0) shapes.TryAdd(shape.Outline, shape);
        foreach (var complaint in found) Complain($"{what}: {complaint}");
        if (found.FirstOrDefault(complaint => complaint.Error is not null) is not { } worst) return;
        throw new SlackRefusalException(worst.Error!)
        {
            Messages = [.. found.Where(complaint => complaint.Error == worst.Error).Select(complaint => $"[ERROR] {complaint.What} [json-pointer:{complaint.Pointer}]")],
        };
    }

    public void Complain(string complaint) => complaints.Enqueue(complaint);

    public void Record(string method, JsonElement arguments, string? token) => calls.Enqueue(new(method, arguments, token, World.Clock.GetUtcNow()));

    /// <summary>A new address for answers, as payloads have it.</summary>
    public Uri NewResponseUrl(SlackResponse response) => new(Address, $"/responses/{World.NewResponse(response)}");

    /// <summary>A message of the bot that Slack shows, with the ids that it makes.</summary>
    public SlackMessage BotMessage(SlackWorkspace team, string channel, SlackArguments from) => new(channel, World.NewTs())
    {
        User = team.BotUser,
        Team = team.Id,
        BotId = team.BotId,
        Text = from["text"] is { } text ? text[..Math.Min(text.Length, 40_000)] : "",
        Blocks = Identified(from.Nest("blocks")),
        ThreadTs = from["thread_ts"],
        Metadata = from.Nest("metadata"),
    };

    /// <summary>Blocks with the ids that Slack makes where the bot gave none.</summary>
    public JsonElement? Identified(JsonElement? blocks) => blocks is { } given ? SlackElement.Identified(given, () => World.NewId("made")) : null;

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        using var noPatience = new CancellationTokenSource(TimeSpan.Zero);
        await app.StopAsync(noPatience.Token);
        await app.DisposeAsync();
        stopping.Dispose();
    }

    /// <summary>An answer of the Web API.</summary>
    private static Task WriteAsync(HttpContext context, JsonObject answer)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        return context.Response.WriteAsync(answer.ToJsonString());
    }

    private static JsonObject Refusal(SlackRefusalException refusal)
    {
        var answer = SlackJson.Of(new { ok = false, error = refusal.Error, needed = refusal.Needed, provided = refusal.Provided });
        if (refusal.Messages.Count > 0) answer["response_metadata"] = SlackJson.Of(new { messages = refusal.Messages });
        return answer;
    }

    private async Task MeetAsync(HttpContext context, string method, Func<Task<Func<Task>>> effect)
    {
        try
        {
            if (context.Request.Headers.ContainsKey("traceparent")) Complain($"{method}: says how the bot traces its own work, which is nothing of Slack's");
            var fault = FaultOf(method);
            fault?.Before?.Invoke();
            context.Response.Headers["x-slack-req-id"] = Guid.NewGuid().ToString("N");
            if (fault is { Hangs: true }) await HangAsync(context, method);
            if (fault?.Delay > TimeSpan.Zero) await Task.Delay(fault.Delay, context.RequestAborted);
            if (fault is { Reaches: false }) await RecordAsync(context, method);
            var answer = fault is { Reaches: false } ? null : await effect();
            await (fault switch
            {
                { IsCut: true } => AbortAsync(context),
                { Error: { } error } => WriteAsync(context, Refusal(new(error) { Needed = fault.Needed })),
                { Status: { } status } => FailAsync(context, status, fault.RetryAfter),
                _ => answer!(),
            });
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException or BadHttpRequestException)
        {
            context.Abort();
        }
    }

    private async Task HangAsync(HttpContext context, string method)
    {
        await RecordAsync(context, method);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, Stopping);
        await Task.Delay(Timeout.Infinite, end.Token);
    }

    private SlackFault? FaultOf(string method)
    {
        foreach (var name in (string[])[method, "*"])
        {
            if (faults.TryGetValue(name, out var queue) && queue.TryDequeue(out var fault)) return fault;
        }

        return null;
    }

    private static Task AbortAsync(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    private static Task FailAsync(HttpContext context, int status, int? retryAfter)
    {
        context.Response.StatusCode = status;
        if (retryAfter is { } seconds) context.Response.Headers.RetryAfter = $"{seconds}";
        return status == 429 ? WriteAsync(context, SlackJson.Of(new { ok = false, error = "ratelimited" })) : Task.CompletedTask;
    }

    /// <summary>What came and met a fault counts as a call as well.</summary>
    private async Task RecordAsync(HttpContext context, string method)
    {
        if (method == "upload") return;
        try
        {
            Record(method, (await SlackArguments.ReadAsync(context.Request)).Json, BearerOf(context.Request, null));
        }
        catch (SlackRefusalException)
        {
            Record(method, SlackJson.Parse("{}"), BearerOf(context.Request, null));
        }
    }

    private async Task<Func<Task>> CallAsync(HttpContext context, string method)
    {
        JsonObject answer;
        try
        {
            var arguments = await SlackArguments.ReadAsync(context.Request);
            var token = BearerOf(context.Request, arguments);
            Record(method, arguments.Json, token);
            answer = Do(context, method, arguments, token);
            if (arguments.LacksCharset)
            {
                answer["warning"] = "missing_charset";
                answer["response_metadata"] ??= new JsonObject();
                answer["response_metadata"]!["warnings"] = new JsonArray("missing_charset");
            }
        }
        catch (SlackRefusalException refusal)
        {
            answer = Refusal(refusal);
        }

        return () => WriteAsync(context, answer);
    }

    private JsonObject Do(HttpContext context, string name, SlackArguments arguments, string? token)
    {
        if (!methods.TryGetValue(name, out var method)) throw new SlackRefusalException("unknown_method");
        lock (World.Gate)
        {
            var team = method.Bearer == Bearer.Bot ? Bearing(context, token, method) : Home;
            if (method.Bearer == Bearer.App) CheckAppToken(token);
            if (method.IsFormOnly && arguments.IsJson)
            {
                Complain($"{name}: reads no JSON body");
                arguments = arguments.Unseen();
            }

            var done = method.Do(new(name, team, arguments, context, token));
            done["ok"] = true;
            return done;
        }
    }

    private SlackWorkspace Bearing(HttpContext context, string? token, SlackMethod method)
    {
        if (token is null) throw new SlackRefusalException("not_authed");
        if (token.StartsWith("xapp-", StringComparison.Ordinal)) throw new SlackRefusalException("not_allowed_token_type");
        if (World.Token(token) is not { } known) throw new SlackRefusalException("invalid_auth");
        if (known.DeadBecause is { } because) throw new SlackRefusalException(because);
        if (known.Ends <= World.Clock.GetUtcNow()) throw new SlackRefusalException("token_expired");
        var team = World.Workspace(known.Team);
        context.Response.Headers["x-oauth-scopes"] = string.Join(',', team.Scopes);
        context.Response.Headers["x-accepted-oauth-scopes"] = method.Scope ?? "";
        if (method.Scope is { } scope) Require(team, scope);
        return team;
    }

    /// <exception cref="SlackRefusalException">The bot lacks this scope.</exception>
    public static void Require(SlackWorkspace team, string scope)
    {
        if (!team.Scopes.Contains(scope)) throw new SlackRefusalException("missing_scope") { Needed = scope, Provided = string.Join(',', team.Scopes) };
    }

    private static void CheckAppToken(string? token)
    {
        if (token is null) throw new SlackRefusalException("not_authed");
        if (token.StartsWith("xoxb-", StringComparison.Ordinal)) throw new SlackRefusalException("not_allowed_token_type");
        if (token != AppToken) throw new SlackRefusalException("invalid_auth");
    }

    private static string? BearerOf(HttpRequest request, SlackArguments? arguments) =>
        request.Headers.Authorization.ToString() is var header && header.StartsWith("Bearer ", StringComparison.Ordinal) ? header["Bearer ".Length..] : arguments?["token"];
}

/// <summary>Whose token a method takes.</summary>
internal enum Bearer
{
    Bot,
    App,
    Nobody,
}

/// <summary>A method of the Web API.</summary>
/// <param name="Do">Its effect and its answer, under the world's lock.</param>
/// <param name="Scope">Without which it is refused; null: none, or it depends on the channel.</param>
internal sealed record SlackMethod(Func<SlackRequest, JsonObject> Do, string? Scope = null)
{
    /// <summary>Whether it reads no JSON body.</summary>
    public bool IsFormOnly { get; init; }

    public Bearer Bearer { get; init; } = Bearer.Bot;
}

/// <summary>A call, checked as far as all are.</summary>
internal sealed record SlackRequest(string Method, SlackWorkspace Team, SlackArguments Arguments, HttpContext Context, string? Token);
