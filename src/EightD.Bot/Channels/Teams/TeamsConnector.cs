using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EightD.Bot.Settings;

namespace EightD.Bot.Channels.Teams;

/// <summary>
/// Teams' connector (Bot Framework, "Connector REST API"). Calls of one conversation go one after another, as Teams wants it; what does no harm twice is
/// asked again while Teams is busy, and what would post twice is not.
/// </summary>
internal sealed class TeamsConnector(TeamsToken token, TeamsSettings settings, TimeProvider clock) : IDisposable
{
    /// <summary>The longest message, in bytes: Teams draws it for sure. What is drawn here is split below it.</summary>
    private const int MostBytes = 28_000;

    private const int Tries = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(12), LongestPause = TimeSpan.FromSeconds(5), FirstPause = TimeSpan.FromSeconds(0.5);

    private readonly HttpClient http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), AllowAutoRedirect = false, ActivityHeadersPropagator = null }) { Timeout = Patience };
    private readonly ConcurrentDictionary<string, SemaphoreSlim> lines = new(StringComparer.Ordinal);

    /// <summary>Posts a message.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> SendAsync(TeamsReference to, string conversation, string activity, CancellationToken cancel) =>
        IdOf(await CallAsync(to, conversation, HttpMethod.Post, $"v3/conversations/{Uri.EscapeDataString(conversation)}/activities", activity, isRepeatable: false, cancel));

    /// <summary>Shows a message to one person of a conversation, who stands in it as its recipient (Teams, "Targeted messages").</summary>
    public Task SendTargetedAsync(TeamsReference to, string conversation, string activity, CancellationToken cancel) =>
        CallAsync(to, conversation, HttpMethod.Post, $"v3/conversations/{Uri.EscapeDataString(conversation)}/activities?isTargetedActivity=true", activity, isRepeatable: false, cancel);

    /// <summary>Edits a message.</summary>
    public Task UpdateAsync(TeamsReference to, string conversation, string id, string activity, CancellationToken cancel) =>
        CallAsync(to, conversation, HttpMethod.Put, $"v3/conversations/{Uri.EscapeDataString(conversation)}/activities/{Uri.EscapeDataString(id)}", activity, isRepeatable: true, cancel);

    /// <summary>Takes a message away.</summary>
    public Task DeleteAsync(TeamsReference to, string conversation, string id, CancellationToken cancel) =>
        CallAsync(to, conversation, HttpMethod.Delete, $"v3/conversations/{Uri.EscapeDataString(conversation)}/activities/{Uri.EscapeDataString(id)}", body: null, isRepeatable: true, cancel);

    /// <summary>Somebody's own chat with the bot; the same each time.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> CreatePersonalAsync(TeamsReference to, string person, CancellationToken cancel)
    {
        var wanted = new JsonObject
        {
            ["isGroup"] = false,
            ["members"] = new JsonArray(new JsonObject { ["id"] = person }),
            ["tenantId"] = to.Tenant,
            ["channelData"] = new JsonObject { ["tenant"] = new JsonObject { ["id"] = to.Tenant } },
            ["bot"] = new JsonObject { ["id"] = to.Bot },
        };
        return IdOf(await CallAsync(to, person, HttpMethod.Post, "v3/conversations", wanted.ToJsonString(), isRepeatable: true, cancel));
    }

    /// <summary>A new post in a channel.</summary>
    /// <returns>The id of its thread, and the message's.</returns>
    public async Task<(string Thread, string Id)> CreateThreadAsync(TeamsReference to, string channel, string activity, CancellationToken cancel)
    {
        var wanted = new JsonObject
        {
            ["isGroup"] = true,
            ["channelData"] = new JsonObject { ["channel"] = new JsonObject { ["id"] = channel } },
            ["activity"] = JsonNode.Parse(activity),
            ["tenantId"] = to.Tenant,
        };
        var made = await CallAsync(to, channel, HttpMethod.Post, "v3/conversations", wanted.ToJsonString(JsonText.AsItIs), isRepeatable: false, cancel);
        return (IdOf(made), made.Text("activityId") ?? IdOf(made));
    }

    /// <summary>Somebody in a conversation; null where they are not in it.</summary>
    public async Task<TeamsAccount?> MemberAsync(TeamsReference to, string conversation, string person, CancellationToken cancel)
    {
        try
        {
            var member = await CallAsync(to, conversation, HttpMethod.Get, $"v3/conversations/{Uri.EscapeDataString(conversation)}/members/{Uri.EscapeDataString(person)}", body: null, isRepeatable: true, cancel);
            return new(member.Text("id") ?? person, member.Text("name"), member.Text("aadObjectId") ?? member.Text("objectId"));
        }
        catch (TeamsException absent) when (absent.IsGone)
        {
            return null;
        }
    }

    /// <summary>Who is in a conversation, as far as one page says it (Teams, "Get Teams context": paged members); null where there are more.</summary>
    public async Task<IReadOnlyList<TeamsAccount>?> MembersAsync(TeamsReference to, string conversation, CancellationToken cancel)
    {
        var page = await CallAsync(to, conversation, HttpMethod.Get, $"v3/conversations/{Uri.EscapeDataString(conversation)}/pagedmembers?pageSize=500", body: null, isRepeatable: true, cancel);
        if (page.ValueKind != JsonValueKind.Object || page.Text("continuationToken") is { Length: > 0 } || !page.TryGetProperty("members", out var list) || list.ValueKind != JsonValueKind.Array) return null;
        return [.. list.EnumerateArray().Where(each => each.Text("id") is not null).Select(each => new TeamsAccount(each.Text("id")!, each.Text("name"), each.Text("aadObjectId") ?? each.Text("objectId")))];
    }

    /// <summary>A team's channels: their ids, and what kind each is (<c>standard</c>, <c>private</c>, <c>shared</c>), where Teams says it.</summary>
    public async Task<IReadOnlyList<(string Id, string? Kind)>> ChannelsAsync(TeamsReference to, string team, CancellationToken cancel)
    {
        var channels = await CallAsync(to, team, HttpMethod.Get, $"v3/teams/{Uri.EscapeDataString(team)}/conversations", body: null, isRepeatable: true, cancel);
        return channels.ValueKind == JsonValueKind.Object && channels.TryGetProperty("conversations", out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(each => (each.Text("id") ?? "", each.Text("type")))]
            : [];
    }

    /// <summary>Puts a file where Teams said that it may go (Teams, "Send and receive files"); without the bot's token, which is none of that place's business.</summary>
    public async Task UploadAsync(Uri to, byte[] content, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, to) { Content = new ByteArrayContent(content) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        request.Content.Headers.ContentRange = new(0, content.Length - 1, content.Length);
        using var response = await SendAsync(request, "upload", isRepeatable: true, cancel);
        if (!response.IsSuccessStatusCode) throw TeamsException.Undone("upload", $"{(int)response.StatusCode}");
    }

    public void Dispose()
    {
        http.Dispose();
        foreach (var line in lines.Values) line.Dispose();
    }

    private static string IdOf(JsonElement answer) => answer.Text("id") ?? "";

    private async Task<JsonElement> CallAsync(TeamsReference to, string conversation, HttpMethod method, string path, string? body, bool isRepeatable, CancellationToken cancel)
    {
        if (body is not null && Encoding.UTF8.GetByteCount(body) > MostBytes) throw new ArgumentException($"A message of {Encoding.UTF8.GetByteCount(body)} bytes is too long for Teams.", nameof(body));
        var line = lines.GetOrAdd(conversation, _ => new(1));
        await line.WaitAsync(cancel);
        try
        {
            return await CallAsync(to, method, path, body, isRepeatable, cancel);
        }
        finally
        {
            line.Release();
        }
    }

    private async Task<JsonElement> CallAsync(TeamsReference to, HttpMethod method, string path, string? body, bool isRepeatable, CancellationToken cancel)
    {
        var isRefused = false;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryAsync(to, method, path, body, isRepeatable, isRefused, cancel);
            }
            catch (TeamsException failed) when (attempt < Tries && PauseAfter(failed, attempt, isRefused) is { } pause)
            {
                isRefused |= failed.Status == StatusCodes.Status401Unauthorized;
                await Task.Delay(pause, cancel);
            }
        }
    }

    /// <summary>How long after a failure it is asked again here; null: whoever called decides.</summary>
    private static TimeSpan? PauseAfter(TeamsException failed, int attempt, bool wasRefused) => failed switch
    {
        { IsUnclear: true } => null,
        { Status: StatusCodes.Status401Unauthorized } => wasRefused ? null : TimeSpan.Zero,
        { RetryAfter: { } pause } => pause <= LongestPause ? pause : null,
        { Status: StatusCodes.Status412PreconditionFailed or StatusCodes.Status429TooManyRequests or >= 500 or 0 } => FirstPause * (1 << (attempt - 1)) * (0.75 + (Random.Shared.NextDouble() / 2)),
        _ => null,
    };

    private async Task<JsonElement> TryAsync(TeamsReference to, HttpMethod method, string path, string? body, bool isRepeatable, bool isRefused, CancellationToken cancel)
    {
        if (!TeamsHosts.Allow(to.ServiceUrl, settings)) throw TeamsException.Undone(path, "its address is nobody's who may see the bot's token");
        using var request = new HttpRequestMessage(method, new Uri(new Uri(to.ServiceUrl.AbsoluteUri.TrimEnd('/') + "/"), path));
        if (await token.GetAsync(isRefused, cancel) is { } own) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", own);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        var call = $"{method} {path.Split('?')[0].Split('/')[^1]}";
        using var response = await SendAsync(request, call, isRepeatable, cancel);
        var answer = await ReadAsync(response, call, isRepeatable, cancel);
        if (response.IsSuccessStatusCode) return answer;
        var status = (int)response.StatusCode;
        throw TeamsException.Refused(call, status, CodeOf(answer), response.Headers.RetryAfter?.Delta ?? response.Headers.RetryAfter?.Date - clock.GetUtcNow());
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string call, bool isRepeatable, CancellationToken cancel)
    {
        try
        {
            return await http.SendAsync(request, cancel);
        }
        catch (HttpRequestException cause) when (isRepeatable || cause.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError)
        {
            throw TeamsException.Undone(call, "no answer", cause);
        }
        catch (Exception cause) when (cause is HttpRequestException or IOException || (cause is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            throw TeamsException.Unanswered(call, "no answer", isRepeatable, cause);
        }
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response, string call, bool isRepeatable, CancellationToken cancel)
    {
        try
        {
            var body = await response.Content.ReadAsByteArrayAsync(cancel);
            return body.Length == 0 ? default : JsonText.Read(body, TeamsJson.Default.JsonElement);
        }
        catch (JsonException)
        {
            return default; // an error page of a gateway
        }
        catch (Exception cause) when (cause is HttpRequestException or IOException || (cause is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            throw TeamsException.Unanswered(call, "its answer broke off", isRepeatable, cause);
        }
    }

    /// <summary>Teams' code of an error, which comes in two shapes.</summary>
    private static string CodeOf(JsonElement answer)
    {
        if (answer.ValueKind != JsonValueKind.Object) return "";
        if (answer.TryGetProperty("error", out var error)) return error.Text("code") ?? "";
        if (answer.Text("message") is not { } message) return "";
        try
        {
            return JsonSerializer.Deserialize(message, TeamsJson.Default.JsonElement).Text("subCode") ?? JsonSerializer.Deserialize(message, TeamsJson.Default.JsonElement).Text("errorCode") ?? "";
        }
        catch (JsonException)
        {
            return message;
        }
    }
}
