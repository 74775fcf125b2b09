using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EightD.Bot.Tests.Conversations;

namespace EightD.Bot.Tests.Slack;

/// <summary>Brings to a bot what happens in Slack: signed over HTTP, or over a socket that it opened.</summary>
internal sealed class SlackDelivery(SlackStandIn slack, Uri bot, string signingSecret) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient http = new() { BaseAddress = bot, Timeout = TimeSpan.FromSeconds(60) };

    public bool IsOverSocket { get; set; }

    public Task<SlackAnswer> CommandAsync(IReadOnlyDictionary<string, string> form) => SendAsync(new()
    {
        Path = "/slack/commands",
        ContentType = "application/x-www-form-urlencoded",
        Body = Form(form),
        SocketType = "slash_commands",
        Payload = new JsonObject(form.Select(field => KeyValuePair.Create<string, JsonNode?>(field.Key, field.Value))).ToJsonString(),
        AcceptsResponse = true,
    });

    public Task<SlackAnswer> InteractionAsync(JsonObject payload, bool acceptsResponse) => InteractionAsync(payload.ToJsonString(), acceptsResponse);

    /// <summary>An event for the bot of a workspace. The workspace of its author stands at the top, which in shared channels is another.</summary>
    public Task<SlackAnswer> EventAsync(SlackWorkspace team, string author, JsonObject what, bool isShared = false)
    {
        var wrapped = SlackJson.Of(new
        {
            token = "deprecated",
            team_id = author,
            context_team_id = team.Id,
            enterprise_id = team.Enterprise,
            api_app_id = SlackStandIn.AppId,
            type = "event_callback",
            event_id = slack.World.NewId("Ev"),
            event_time = slack.World.Clock.GetUtcNow().ToUnixTimeSeconds(),
            event_context = slack.World.NewId("context"),
            is_ext_shared_channel = isShared,
        });
        wrapped["authorizations"] = new JsonArray(new JsonObject
        {
            ["enterprise_id"] = team.Enterprise,
            ["team_id"] = team.IsEnterpriseInstall ? null : team.Id,
            ["user_id"] = team.BotUser,
            ["is_bot"] = true,
            ["is_enterprise_install"] = team.IsEnterpriseInstall,
        });
        wrapped["event"] = what;
        return EventAsync(wrapped);
    }

    /// <summary>Whatever an events endpoint may be sent, such as <c>url_verification</c>.</summary>
    public Task<SlackAnswer> EventAsync(JsonObject whole) => SendAsync(new()
    {
        Path = "/slack/events",
        ContentType = "application/json",
        Body = whole.ToJsonString(),
        SocketType = "events_api",
        Payload = whole.ToJsonString(),
    });

    /// <summary>Sends once more what was sent: the same ids, a new signature. Events have the number of the retry; without it nothing tells them apart.</summary>
    public Task<SlackAnswer> AgainAsync(SlackAnswer answer, int? attempt = null, string reason = "http_timeout") =>
        SendAsync(answer.Sent with { Retry = attempt is { } number ? (number, reason) : null });

    /// <summary>Sends a request as a test made it.</summary>
    public Task<SlackAnswer> SendAsync(SlackSent sent) => IsOverSocket ? OverSocketAsync(sent) : OverHttpAsync(sent);

    /// <summary>A request with its signature, to be bent before it is sent.</summary>
    public HttpRequestMessage Signed(SlackSent sent, DateTimeOffset? at = null)
    {
        var body = Encoding.UTF8.GetBytes(sent.Body);
        var seconds = (at ?? slack.World.Clock.GetUtcNow()).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.ASCII.GetBytes($"v0:{seconds}:"), .. body];
        HttpRequestMessage request = new(HttpMethod.Post, new Uri(bot, sent.Path)) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(sent.ContentType);
        request.Headers.Add("X-Slack-Request-Timestamp", seconds);
        request.Headers.Add("X-Slack-Signature", $"v0={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(signingSecret), signed))}");
        if (sent.Retry is not { } retry) return request;
        request.Headers.Add("X-Slack-Retry-Num", retry.Attempt.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("X-Slack-Retry-Reason", retry.Reason);
        return request;
    }

    public void Dispose() => http.Dispose();

    private static string Form(IReadOnlyDictionary<string, string> fields) =>
        string.Join('&', fields.Select(field => $"{Uri.EscapeDataString(field.Key)}={Uri.EscapeDataString(field.Value).Replace("%20", "+", StringComparison.Ordinal)}"));

    private Task<SlackAnswer> InteractionAsync(string payload, bool acceptsResponse) => SendAsync(new()
    {
        Path = "/slack/interactivity",
        ContentType = "application/x-www-form-urlencoded",
        Body = Form(new Dictionary<string, string>(StringComparer.Ordinal) { ["payload"] = payload }),
        SocketType = "interactive",
        Payload = payload,
        AcceptsResponse = acceptsResponse,
    });

    private async Task<SlackAnswer> OverHttpAsync(SlackSent sent)
    {
        var watch = Stopwatch.StartNew();
        using var request = Signed(sent);
        using var answer = await http.SendAsync(request, People.Cancel);
        var body = await answer.Content.ReadAsStringAsync(People.Cancel);
        var type = answer.Content.Headers.ContentType?.MediaType;
        if (answer.IsSuccessStatusCode && body.StartsWith('{') && type != "application/json") slack.Complain($"{sent.Path}: JSON is answered as {type}");
        if (answer.IsSuccessStatusCode && body.Length > 0 && sent is { AcceptsResponse: false, SocketType: "interactive" }) slack.Complain($"{sent.Path}: is answered with a body that Slack does not read: {body}");
        return new((int)answer.StatusCode, body, sent, watch.Elapsed) { NoRetry = answer.Headers.TryGetValues("X-Slack-No-Retry", out _) };
    }

    private async Task<SlackAnswer> OverSocketAsync(SlackSent sent)
    {
        var watch = Stopwatch.StartNew();
        var envelope = await slack.Socket.SendAsync(sent.SocketType, JsonNode.Parse(sent.Payload)!.AsObject(), sent.AcceptsResponse, sent.Retry);
        if (envelope is null) return new(0, "", sent, watch.Elapsed);
        try
        {
            var ack = await envelope.Acked.Task.WaitAsync(Patience, People.Cancel);
            return new(200, ack.Payload?.GetRawText() ?? "", sent, watch.Elapsed) { Envelope = envelope };
        }
        catch (TimeoutException)
        {
            return new(0, "", sent, watch.Elapsed) { Envelope = envelope };
        }
    }
}

/// <summary>A request to the bot, for either way there.</summary>
internal sealed record SlackSent
{
    public required string Path { get; init; }

    public required string ContentType { get; init; }

    public required string Body { get; init; }

    /// <summary>The envelope's type over a socket.</summary>
    public required string SocketType { get; init; }

    /// <summary>The same as JSON.</summary>
    public required string Payload { get; init; }

    public bool AcceptsResponse { get; init; }

    public (int Attempt, string Reason)? Retry { get; init; }

    /// <summary>The id of an event, which its retries have too.</summary>
    public string? EventId => SlackJson.String(SlackJson.Parse(Payload), "event_id");

    public string? TriggerId => SlackJson.String(SlackJson.Parse(Payload), "trigger_id");

    public Uri? ResponseUrl => SlackJson.String(SlackJson.Parse(Payload), "response_url") is { } address ? new(address) : null;
}

/// <summary>How the bot answered.</summary>
/// <param name="Status">Of HTTP; over a socket 200 for an ack, 0 where none came.</param>
/// <param name="Body">Over a socket the ack's payload.</param>
/// <param name="Sent">What it answered.</param>
/// <param name="Took">How long that took: Slack waits three seconds.</param>
internal sealed record SlackAnswer(int Status, string Body, SlackSent Sent, TimeSpan Took)
{
    public bool NoRetry { get; init; }

    /// <summary>Over a socket, to be delivered again.</summary>
    public SlackEnvelope? Envelope { get; init; }

    public bool IsInTime => Took < TimeSpan.FromSeconds(3);

    /// <summary>The body, where it is an object.</summary>
    public JsonElement? Json
    {
        get
        {
            if (!Body.StartsWith('{')) return null;
            return SlackJson.Parse(Body);
        }
    }
}
