using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EightD.Bot.Tests.Teams;

/// <summary>A fault that a call of the connector meets.</summary>
/// <param name="Status">What it is answered; 0: the connection is cut.</param>
/// <param name="Code">Teams' code.</param>
/// <param name="IsDone">Whether it is done all the same.</param>
/// <param name="RetryAfter">What it says about when to ask again, in seconds.</param>
internal sealed record TeamsFault(int Status, string Code = "", bool IsDone = false, int? RetryAfter = null)
{
    /// <summary>It is done, and the answer is lost.</summary>
    public static readonly TeamsFault Lost = new(0, IsDone: true);
}

/// <summary>A message in the stand-in.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Conversation">The conversation, with the thread.</param>
/// <param name="Json">The activity as it was sent.</param>
/// <param name="To">Who alone sees it; null: everybody.</param>
internal sealed record TeamsShown(string Id, string Conversation, JsonElement Json, string? To)
{
    /// <summary>Its card; null where it has none.</summary>
    public JsonElement? Card => Json.TryGetProperty("attachments", out var list) && list.GetArrayLength() > 0 && list[0].GetProperty("contentType").GetString() == "application/vnd.microsoft.card.adaptive"
        ? list[0].GetProperty("content")
        : null;

    /// <summary>The file that it asks for leave to hand over; null where it asks for none.</summary>
    public JsonElement? Asks => Json.TryGetProperty("attachments", out var list) && list.GetArrayLength() > 0 && list[0].GetProperty("contentType").GetString() == "application/vnd.microsoft.teams.card.file.consent" ? list[0] : null;

    /// <summary>All the words that are seen.</summary>
    public string Shown => Card is { } card ? string.Join('\n', Words(card)) : Json.TryGetProperty("text", out var text) ? text.GetString()! : "";

    /// <summary>What can be pressed: its title and the action.</summary>
    public IReadOnlyList<(string Label, JsonElement Action)> Buttons => Card is { } card && card.TryGetProperty("actions", out var actions) ? [.. actions.EnumerateArray().Select(action => (action.GetProperty("title").GetString()!, action))] : [];

    private static IEnumerable<string> Words(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var word in element.EnumerateArray().SelectMany(Words)) yield return word;
        }

        if (element.ValueKind != JsonValueKind.Object) yield break;
        if (element.TryGetProperty("inlines", out var inlines))
        {
            yield return string.Concat(inlines.EnumerateArray().Select(run => run.GetProperty("text").GetString()));
            yield break;
        }

        foreach (var name in (string[])["body", "items", "columns", "rows", "cells"])
        {
            if (element.TryGetProperty(name, out var inner)) foreach (var word in Words(inner)) yield return word;
        }
    }
}

/// <summary>A stand-in for Teams' connector (teams-protocol.md, sections 6 to 9): holds what is sent, its limits, and the faults that it is told to have.</summary>
internal sealed class TeamsStandIn : IAsyncDisposable
{
    public const string AppId = "11111111-2222-3333-4444-555555555555", Tenant = "99999999-8888-7777-6666-555555555555", Bot = "28:" + AppId;

    private const int MostCharacters = 50 * 1024; // 100 KB of UTF-16

    private readonly WebApplication app;
    private readonly Lock gate = new();
    private readonly List<TeamsShown> shown = [];
    private readonly ConcurrentDictionary<string, string> personal = new(StringComparer.Ordinal);
    private readonly List<(string Call, TeamsFault Fault)> faults = [];
    private int lastId;

    private TeamsStandIn(WebApplication app, TimeProvider clock) => (this.app, Identity) = (app, new(clock));

    public TeamsIdentity Identity { get; }

    /// <summary>Where it listens.</summary>
    public Uri Address => new(app.Urls.First());

    /// <summary>The address that stands in its activities.</summary>
    public string ServiceUrl => $"{Address.AbsoluteUri}smba/";

    /// <summary>What is wrong with what was sent.</summary>
    public ConcurrentQueue<string> Complaints { get; } = [];

    /// <summary>Everything that a client was to draw.</summary>
    public ConcurrentQueue<JsonElement> Cards { get; } = [];

    /// <summary>The files that were handed over.</summary>
    public ConcurrentQueue<byte[]> Uploaded { get; } = [];

    /// <summary>The calls: <c>POST activities</c>.</summary>
    public ConcurrentQueue<string> Calls { get; } = [];

    /// <summary>The people, by id.</summary>
    public Dictionary<string, string> People { get; } = new(StringComparer.Ordinal) { ["29:ana"] = "Ana", ["29:maria"] = "Maria Garcia", ["29:alex"] = "Alex Chen" };

    /// <summary>Who is in a chat or private channel; a conversation that is not named has everybody.</summary>
    public Dictionary<string, string[]> Members { get; } = new(StringComparer.Ordinal);

    /// <summary>The kind of each channel of the team.</summary>
    public Dictionary<string, string> Channels { get; } = new(StringComparer.Ordinal) { [TeamsRoom.Ops] = "standard", [TeamsRoom.Secret] = "private" };

    /// <summary>What the bot's call shows as its token; null: it need show none.</summary>
    public string? Wanted { get; set; } = "Bearer bot-token-";

    public static async Task<TeamsStandIn> StartAsync(TimeProvider clock)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        builder.Logging.ClearProviders();
        var standIn = new TeamsStandIn(builder.Build(), clock);
        standIn.Map();
        await standIn.app.StartAsync();
        standIn.Identity.AddKey("msteams");
        return standIn;
    }

    /// <summary>All that is seen in a conversation, whichever thread, as it is now.</summary>
    public IReadOnlyList<TeamsShown> Sees(string conversation)
    {
        lock (gate) return [.. shown.Where(message => message.Conversation.Split(';')[0] == conversation)];
    }

    public string NewId() => Interlocked.Increment(ref lastId).ToString("D13", CultureInfo.InvariantCulture);

    /// <summary>What each call meets, by its kind; null: what <see cref="Fault"/> says.</summary>
    public Func<string, TeamsFault?>? Meets { get; set; }

    /// <summary>The next call of a kind meets a fault.</summary>
    /// <param name="call"><c>POST activities</c>, <c>PUT activities</c>, <c>POST targeted</c>, <c>POST conversations</c>, <c>GET members</c>, <c>GET teams</c>; empty: whichever.</param>
    /// <param name="fault">What it meets.</param>
    /// <param name="times">How often.</param>
    public void Fault(string call, TeamsFault fault, int times = 1)
    {
        lock (gate) faults.AddRange(Enumerable.Repeat((call, fault), times));
    }

    /// <summary>Somebody takes a message away.</summary>
    public void Remove(string id)
    {
        lock (gate) shown.RemoveAll(message => message.Id == id);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        Identity.Dispose();
    }

    private void Map()
    {
        Identity.Map(app);
        app.MapPost("/smba/v3/conversations/{cid}/activities", (HttpContext context, string cid) => DoAsync(context, context.Request.Query.ContainsKey("isTargetedActivity") ? "POST targeted" : "POST activities", body => Post(context, cid, body!)));
        app.MapPut("/smba/v3/conversations/{cid}/activities/{id}", (HttpContext context, string cid, string id) => DoAsync(context, "PUT activities", body => Put(cid, id, body!)));
        app.MapDelete("/smba/v3/conversations/{cid}/activities/{id}", (HttpContext context, string cid, string id) => DoAsync(context, "DELETE activities", _ =>
        {
            Remove(id);
            return (200, []);
        }));
        app.MapPost("/smba/v3/conversations", (HttpContext context) => DoAsync(context, "POST conversations", body => Create(body!)));
        app.MapGet("/smba/v3/conversations/{cid}/members/{id}", (HttpContext context, string cid, string id) => DoAsync(context, "GET members", _ =>
            People.TryGetValue(id, out var name) && (!Members.TryGetValue(cid.Split(';')[0], out var members) || members.Contains(id, StringComparer.Ordinal))
                ? (200, new() { ["id"] = id, ["name"] = name })
                : Error(404, "MemberNotFoundInConversation")));
        app.MapPut("/drive/{name}", async (HttpRequest request) =>
        {
            if (request.Headers.Authorization.Count > 0) Complain("The drive is shown the bot's token.");
            using var content = new MemoryStream();
            await request.Body.CopyToAsync(content);
            if (request.Headers.ContentRange != $"bytes 0-{content.Length - 1}/{content.Length}") Complain($"{request.Headers.ContentRange} is not the whole file.");
            Uploaded.Enqueue(content.ToArray());
            return Results.Created();
        });
        app.MapGet("/smba/v3/teams/{team}/conversations", (HttpContext context, string team) => DoAsync(context, "GET teams", _ =>
            (200, new() { ["conversations"] = new JsonArray([.. Channels.Select(each => new JsonObject { ["id"] = each.Key, ["type"] = each.Value })]) })));
    }

    private (int Status, JsonObject Answer) Post(HttpContext context, string cid, JsonObject body)
    {
        var to = context.Request.Query.ContainsKey("isTargetedActivity") ? (string?)body["recipient"]?["id"] : null;
        if (to is null && context.Request.Query.ContainsKey("isTargetedActivity")) return Error(400, "Bad argument");
        if (to is not null && cid.StartsWith("a:", StringComparison.Ordinal)) return Error(400, "Bad argument");
        if (cid.Contains(";messageid=", StringComparison.Ordinal) != cid.Contains("tacv2", StringComparison.Ordinal)) Complain($"{cid} is no thread of a channel, and no chat.");
        var id = NewId();
        lock (gate) shown.Add(new(id, cid, Kept(body), to));
        return (201, new() { ["id"] = id });
    }

    private (int Status, JsonObject Answer) Put(string cid, string id, JsonObject body)
    {
        lock (gate)
        {
            var at = shown.FindIndex(message => message.Id == id && message.Conversation == cid);
            if (at < 0) return Error(404, "ActivityNotFoundInConversation");
            shown[at] = shown[at] with { Json = Kept(body) };
        }

        return (200, new() { ["id"] = id });
    }

    private (int Status, JsonObject Answer) Create(JsonObject body)
    {
        if ((bool?)body["isGroup"] == true)
        {
            if ((string?)body["channelData"]?["channel"]?["id"] is not { } channel || body["activity"] is not JsonObject activity) return Error(400, "BadSyntax");
            var id = NewId();
            lock (gate) shown.Add(new(id, $"{channel};messageid={id}", Kept(activity), To: null));
            return (201, new() { ["id"] = $"{channel};messageid={id}", ["activityId"] = id });
        }

        if (body["members"] is not JsonArray { Count: 1 } members || (string?)members[0]!["id"] is not { } person || !People.ContainsKey(person)) return Error(400, "BadSyntax");
        return (201, new() { ["id"] = personal.GetOrAdd(person, _ => $"a:{person[3..]}") });
    }

    private static (int Status, JsonObject Answer) Error(int status, string code) => (status, new() { ["error"] = new JsonObject { ["code"] = code, ["message"] = code } });

    private JsonElement Kept(JsonObject activity)
    {
        var kept = JsonSerializer.Deserialize<JsonElement>(activity.ToJsonString());
        foreach (var complaint in CardLimits.Of(kept)) Complain(complaint);
        if (new TeamsShown("", "", kept, To: null).Card is { } card) Cards.Enqueue(card);
        return kept;
    }

    private void Complain(string what) => Complaints.Enqueue(what);

    private async Task DoAsync(HttpContext context, string call, Func<JsonObject?, (int Status, JsonObject Answer)> perform)
    {
        Calls.Enqueue(call);
        var token = context.Request.Headers.Authorization.ToString();
        if (Wanted is { } wanted ? !token.StartsWith(wanted, StringComparison.Ordinal) : token.Length > 0) Complain($"{call} shows `{token}`.");
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var text = await reader.ReadToEndAsync(context.RequestAborted);
        var fault = Next(call);
        var answer = text.Length > MostCharacters ? Error(413, "MessageSizeTooBig") : fault is null or { IsDone: true } ? perform(text.Length == 0 ? null : JsonNode.Parse(text)!.AsObject()) : Error(fault.Status, fault.Code);
        if (fault is { Status: 0 })
        {
            context.Abort();
            return;
        }

        if (fault?.RetryAfter is { } seconds) context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        context.Response.StatusCode = answer.Status;
        await context.Response.WriteAsJsonAsync(answer.Answer);
    }

    private TeamsFault? Next(string call)
    {
        lock (gate)
        {
            if (Meets?.Invoke(call) is { } met) return met;
            var at = faults.FindIndex(each => each.Call.Length == 0 || each.Call == call);
            if (at < 0) return null;
            var fault = faults[at].Fault;
            faults.RemoveAt(at);
            return fault;
        }
    }
}
