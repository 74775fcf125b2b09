using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace EightD.Bot.Channels.Slack;

/// <summary>
/// Slack's Web API (Slack, "Using the Slack Web API"): one call, one answer. Arguments go as a form, which every method takes. What failed is not called
/// again here: whoever called knows whether that would say something twice. Nothing is logged, since addresses and arguments hold secrets and what people wrote.
/// </summary>
internal sealed class SlackApi(Uri address) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpClient http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), AllowAutoRedirect = false, ActivityHeadersPropagator = null }) { Timeout = Patience };

    /// <summary>Calls a method.</summary>
    /// <param name="token">Of the workspace, or of the app.</param>
    /// <param name="method"><c>chat.postMessage</c>.</param>
    /// <param name="arguments">Names and values, the nested ones as JSON; those that are null are left out.</param>
    /// <param name="cancel">Ends the attempt.</param>
    /// <exception cref="SlackException">Slack did not do it, or it is not known whether it did.</exception>
    public async Task<SlackAnswer> CallAsync(string token, string method, IEnumerable<(string Name, string? Value)> arguments, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, method));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Content = Form(arguments);
        using var response = await SendAsync(request, method, cancel);
        var answer = await ReadAsync(response, method, cancel);
        if (!answer.Ok) throw SlackException.Refused(method, answer);
        return answer with { Scopes = response.Headers.TryGetValues("x-oauth-scopes", out var scopes) ? string.Join(',', scopes) : null, Date = response.Headers.Date };
    }

    /// <summary>Exchanges a code, or a refresh token, for a token (<c>oauth.v2.access</c>).</summary>
    /// <exception cref="SlackException">Slack gave none, or it is not known whether it did.</exception>
    public async Task<SlackAnswer> GrantAsync(string client, string secret, IEnumerable<(string Name, string? Value)> arguments, CancellationToken cancel)
    {
        const string method = "oauth.v2.access";
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, method));
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{client}:{secret}")));
        request.Content = Form(arguments);
        using var response = await SendAsync(request, method, cancel);
        var answer = await ReadAsync(response, method, cancel);
        return answer.Ok ? answer : throw SlackException.Refused(method, answer);
    }

    /// <summary>Uploads bytes to the address that Slack gave for them.</summary>
    /// <exception cref="SlackException">They did not arrive, or it is not known whether they did.</exception>
    public async Task UploadAsync(Uri to, byte[] content, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, to) { Content = new ByteArrayContent(content) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var response = await SendAsync(request, "upload", cancel);
    }

    /// <summary>Answers at the address that a command or a press brought with it.</summary>
    /// <returns>False where that address takes no more answers.</returns>
    /// <exception cref="SlackException">It is not known whether the answer arrived.</exception>
    public async Task<bool> AnswerAsync(Uri to, string json, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, to) { Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json") };
        try
        {
            using var response = await SendAsync(request, "response_url", cancel);
            return true;
        }
        catch (SlackException refused) when (refused is { IsUnclear: false, RetryAfter: null })
        {
            return false; // used five times, half an hour old, or its app is gone
        }
    }

    public void Dispose() => http.Dispose();

    private static FormUrlEncodedContent Form(IEnumerable<(string Name, string? Value)> arguments) =>
        new(arguments.Where(argument => argument.Value is not null).Select(argument => KeyValuePair.Create(argument.Name, argument.Value!)));

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string method, CancellationToken cancel)
    {
        HttpResponseMessage? response = null;
        try
        {
            response = await http.SendAsync(request, cancel);
        }
        catch (Exception cause) when (cause is HttpRequestException or IOException || (cause is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            throw SlackException.Unclear(method, "no answer", cause);
        }

        if (response.IsSuccessStatusCode) return response;
        using (response)
        {
            throw response.StatusCode switch
            {
                HttpStatusCode.TooManyRequests => SlackException.TooMany(method, response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(30)),
                >= HttpStatusCode.InternalServerError => SlackException.Unclear(method, $"status {(int)response.StatusCode}", cause: null),
                _ => SlackException.Refused(method, new SlackAnswer { Error = $"status_{(int)response.StatusCode}" }),
            };
        }
    }

    private static async Task<SlackAnswer> ReadAsync(HttpResponseMessage response, string method, CancellationToken cancel)
    {
        try
        {
            return JsonText.Read(await response.Content.ReadAsByteArrayAsync(cancel), SlackJson.Default.SlackAnswer);
        }
        catch (Exception cause) when (cause is JsonException or HttpRequestException or IOException)
        {
            throw SlackException.Unclear(method, "an answer that cannot be read", cause);
        }
    }
}

/// <summary>What a method of the Web API answers, as far as it is used here.</summary>
internal sealed record SlackAnswer
{
    public bool Ok { get; init; }

    public string? Error { get; init; }

    /// <summary>The scope that is missing.</summary>
    public string? Needed { get; init; }

    public string? Ts { get; init; }

    [System.Text.Json.Serialization.JsonConverter(typeof(SlackIdConverter))]
    public string? TeamId { get; init; }

    public string? EnterpriseId { get; init; }

    public string? UserId { get; init; }

    public string? BotId { get; init; }

    [System.Text.Json.Serialization.JsonConverter(typeof(SlackIdConverter))]
    public string? Enterprise { get; init; }

    public bool IsEnterpriseInstall { get; init; }

    public string? AccessToken { get; init; }

    public string? RefreshToken { get; init; }

    public int? ExpiresIn { get; init; }

    public string? BotUserId { get; init; }

    public string? Permalink { get; init; }

    public string? Url { get; init; }

    public Uri? UploadUrl { get; init; }

    public string? FileId { get; init; }

    public bool HasMore { get; init; }

    /// <summary>The workspace: its name, or more than that.</summary>
    public JsonElement? Team { get; init; }

    public JsonElement? User { get; init; }

    /// <summary>The workspace's own emoji, by their names.</summary>
    public JsonElement? Emoji { get; init; }

    public JsonElement? Channel { get; init; }

    public IReadOnlyList<string> Members { get => field ?? []; init; } = [];

    public IReadOnlyList<SlackMessage> Messages { get => field ?? []; init; } = [];

    public IReadOnlyList<SlackGroup> Usergroups { get => field ?? []; init; } = [];

    public SlackResponseMetadata? ResponseMetadata { get; init; }

    /// <summary>The scopes of the token, from the answer's header.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string? Scopes { get; init; }

    /// <summary>When Slack answered, by its own clock, to the second.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public DateTimeOffset? Date { get; init; }

    /// <summary>The id of the workspace, where the answer says more than its name.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string? TeamGranted => Team is { ValueKind: JsonValueKind.Object } found ? Text(found, "id") : null;

    /// <summary>Who the user is, where the answer says more than a name.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public SlackProfile? Profile => User is { ValueKind: JsonValueKind.Object } found ? found.Deserialize(SlackJson.Default.SlackProfile) : null;

    /// <summary>The channel's own facts, where the answer has them.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public SlackChannelFacts? ChannelFacts => Channel is { ValueKind: JsonValueKind.Object } found
        ? new(Text(found, "id"), Text(found, "name"), Is(found, "is_private") || Is(found, "is_im") || Is(found, "is_mpim"), Is(found, "is_archived"), Is(found, "is_member"), Is(found, "is_ext_shared"))
        : null;

    private static bool Is(JsonElement channel, string name) => channel.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private static string Text(JsonElement channel, string name) => channel.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}

/// <summary>What a channel is.</summary>
internal sealed record SlackChannelFacts(string Id, string Name, bool IsPrivate, bool IsArchived, bool IsMember, bool IsShared);

/// <summary>Who a user is.</summary>
internal sealed record SlackProfile(string Id, string? TeamId, string? Name, string? RealName, string? Tz, bool Deleted, bool IsBot, SlackProfileNames? Profile);

/// <summary>What a user is called.</summary>
internal sealed record SlackProfileNames(string? DisplayName, string? RealName);

/// <summary>A user group.</summary>
internal sealed record SlackGroup(string Id, string? Handle);

/// <summary>Where a list goes on, and what was wrong with the arguments.</summary>
internal sealed record SlackResponseMetadata(string? NextCursor, IReadOnlyList<string>? Messages);

/// <summary>Slack did not do what it was asked, or it is not known whether it did.</summary>
internal sealed class SlackException : Exception
{
    private SlackException(string message, string code, Exception? cause = null)
        : base(message, cause) => Code = code;

    /// <summary>Slack's word for it: <c>not_in_channel</c>.</summary>
    public string Code { get; }

    /// <summary>Whether it may have been done: it must be looked for before it is asked again.</summary>
    public bool IsUnclear { get; private init; }

    /// <summary>Whether the token opens nothing any more.</summary>
    public bool IsDead => Code is "invalid_auth" or "not_authed" or "account_inactive" or "token_revoked" or "token_expired" or "team_access_not_granted" or "app_uninstalled";

    /// <summary>Whether Slack cannot draw the blocks, or they are too many.</summary>
    public bool IsUndrawable => Code is "msg_too_long" or "msg_blocks_too_long" or "invalid_blocks" or "invalid_blocks_format" or "invalid_arguments";

    /// <summary>The scope that is missing; null where that is not the cause.</summary>
    public string? Needed { get; private init; }

    /// <summary>What whoever looks after the app has to mend; null where that would mend nothing.</summary>
    public string? ToMend => Needed is { } scope ? ChannelTexts.Get("SlackScope", scope) : IsDead ? ChannelTexts.Get("SlackUninstalled") : null;

    /// <summary>When it may be asked again; null where Slack did not say.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    public static SlackException Refused(string method, SlackAnswer answer)
    {
        var code = answer.Error ?? "unknown_error";
        var detail = answer.Needed is { } needed ? $" (needed: {needed})" : answer.ResponseMetadata?.Messages is { Count: > 0 } messages ? $" ({string.Join("; ", messages)})" : "";
        return new($"Slack refused {method}: {code}{detail}.", code)
        {
            Needed = code == "missing_scope" ? answer.Needed ?? "?" : null,
            IsUnclear = code is "internal_error" or "fatal_error" or "service_unavailable" or "request_timeout",
            RetryAfter = code is "ratelimited" or "rate_limited" ? TimeSpan.FromSeconds(30) : null,
        };
    }

    /// <summary>The same, to be asked again after this pause and not before.</summary>
    public SlackException After(TimeSpan pause) => new(Message, Code, this) { IsUnclear = IsUnclear, Needed = Needed, RetryAfter = pause };

    public static SlackException TooMany(string method, TimeSpan after) => new($"Slack takes no {method} for now.", "ratelimited") { RetryAfter = after };

    public static SlackException Unclear(string method, string what, Exception? cause) => new($"Slack did not say what became of {method}: {what}.", "unclear", cause) { IsUnclear = true };
}
