using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EightD.Bot.Tests.Conversations;

namespace EightD.Bot.Tests.Teams;

/// <summary>What Teams was answered.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Json">The body; undefined where there is none.</param>
internal sealed record TeamsAnswer(int Status, JsonElement Json)
{
    /// <summary>The sentence that whoever pressed sees; null where it is none.</summary>
    public string? Toast => Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty("type", out var type) && type.GetString() == "application/vnd.microsoft.activity.message" ? Json.GetProperty("value").GetString() : null;

    /// <summary>The dialog that opens; null where none does.</summary>
    public JsonElement? Task => Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty("task", out var task) ? task : null;

    /// <summary>What a dialog says that is no form.</summary>
    public string? Says => Task is { } task && task.GetProperty("type").GetString() == "message" ? task.GetProperty("value").GetString() : null;

    /// <summary>The elements of a dialog's card.</summary>
    public JsonElement Body => Task!.Value.GetProperty("value").GetProperty("card").GetProperty("content").GetProperty("body");

    /// <summary>The inputs of a dialog: their ids, labels and values.</summary>
    public IReadOnlyList<(string Id, string Label, string Value)> Inputs =>
        [.. Body.EnumerateArray().Where(each => each.GetProperty("type").GetString()!.StartsWith("Input.", StringComparison.Ordinal)).Select(each => (each.GetProperty("id").GetString()!, each.GetProperty("label").GetString()!, each.TryGetProperty("value", out var value) ? value.GetString()! : ""))];

    /// <summary>What its submit button carries.</summary>
    public JsonElement Data => Task!.Value.GetProperty("value").GetProperty("card").GetProperty("content").GetProperty("actions")[0].GetProperty("data");
}

/// <summary>People in Teams: what they write, press and fill in, as Teams posts it, with its token.</summary>
internal sealed class TeamsPeople(TeamsStandIn teams, Uri bot, TimeProvider clock) : IDisposable
{
    private const string Mention = "<at>8D Bot</at>";

    private readonly HttpClient http = new() { BaseAddress = bot, Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>Mentions the bot; in a channel a new post, unless a post is named.</summary>
    /// <returns>The message's id, and what Teams was answered.</returns>
    public async Task<(string Id, TeamsAnswer Answer)> Mentions(string user, string text, string conversation = TeamsRoom.Ops, string? post = null, string? html = null)
    {
        var id = teams.NewId();
        var activity = Message(user, id, conversation, post ?? id, $"{Mention} {WebUtility.HtmlEncode(text)}", html is null ? null : $"<p>{HtmlMention("8D Bot", 0)}&nbsp;</p>{html}");
        activity["entities"] = new JsonArray(new JsonObject { ["type"] = "mention", ["text"] = Mention, ["mentioned"] = new JsonObject { ["id"] = TeamsStandIn.Bot, ["name"] = "8D Bot" } });
        return (id, await PostAsync(activity));
    }

    /// <summary>Says something without a mention: to the bot alone, or where the app may read along.</summary>
    public async Task<(string Id, TeamsAnswer Answer)> Says(string user, string text, string conversation, string? post = null, string? html = null)
    {
        var id = teams.NewId();
        return (id, await PostAsync(Message(user, id, conversation, post ?? id, WebUtility.HtmlEncode(text), html)));
    }

    /// <summary>Changes a message; null: deletes it.</summary>
    public async Task<TeamsAnswer> Changes(string user, string id, string? text, string conversation, string? post = null)
    {
        var activity = Message(user, id, conversation, post ?? id, text ?? "", html: null);
        (activity["type"], activity["channelData"]!["eventType"]) = text is null ? ("messageDelete", "softDeleteMessage") : ("messageUpdate", "editMessage");
        return await PostAsync(activity);
    }

    /// <summary>Presses a button, which opens a form where it is one of those.</summary>
    public Task<TeamsAnswer> Presses(string user, TeamsShown message, string label, bool asOldClient = false)
    {
        var action = message.Buttons.Single(button => button.Label == label).Action;
        if (action.GetProperty("type").GetString() == "Action.Submit") return InvokeAsync(user, message, "task/fetch", new JsonObject { ["data"] = Node(action.GetProperty("data")), ["context"] = new JsonObject { ["theme"] = "default" } });
        if (!asOldClient) return InvokeAsync(user, message, "adaptiveCard/action", new JsonObject { ["action"] = new JsonObject { ["type"] = "Action.Execute", ["verb"] = action.GetProperty("verb").GetString(), ["data"] = Node(action.GetProperty("data")) }, ["trigger"] = "manual" });
        var (conversation, post) = PlaceOf(message);
        var activity = Message(user, teams.NewId(), conversation, post, text: null, html: null);
        (activity["value"], activity["replyToId"]) = (Node(action.GetProperty("fallback").GetProperty("data")), message.Id);
        return PostAsync(activity);
    }

    /// <summary>Fills in a dialog by its labels; what is not named stays as it is.</summary>
    public Task<TeamsAnswer> Submits(string user, TeamsShown from, TeamsAnswer dialog, params (string Label, string Value)[] typed)
    {
        var data = Node(dialog.Data).AsObject();
        foreach (var (id, label, value) in dialog.Inputs) data[id] = typed.FirstOrDefault(each => each.Label == label) is { Value: { } own } ? own : value;
        return InvokeAsync(user, from, "task/submit", new JsonObject { ["data"] = data });
    }

    /// <summary>Takes the file that is offered, or does not.</summary>
    public Task<TeamsAnswer> Consents(string user, TeamsShown asked, bool accepts = true)
    {
        var name = asked.Asks!.Value.GetProperty("name").GetString();
        return InvokeAsync(user, asked, "fileConsent/invoke", new JsonObject
        {
            ["type"] = "fileUpload",
            ["action"] = accepts ? "accept" : "decline",
            ["context"] = Node(asked.Asks!.Value.GetProperty("content").GetProperty(accepts ? "acceptContext" : "declineContext")),
            ["uploadInfo"] = accepts ? new JsonObject { ["contentUrl"] = $"{teams.Address}drive/{name}", ["name"] = name, ["uploadUrl"] = $"{teams.Address}drive/{name}", ["uniqueId"] = "u1", ["fileType"] = "md" } : null,
        });
    }

    /// <summary>Chooses one of the app's commands in a message's menu, or submits what it opened.</summary>
    public Task<TeamsAnswer> Chooses(string user, string name, JsonObject value, string conversation, string? post) => InvokeAsync(user, conversation, post, replyTo: null, name, value);

    /// <summary>The app comes into a conversation, or goes.</summary>
    public Task<TeamsAnswer> Installs(string user, string conversation, string action = "add")
    {
        var activity = Message(user, teams.NewId(), conversation, post: null, text: null, html: null);
        (activity["type"], activity["action"]) = ("installationUpdate", action);
        return PostAsync(activity);
    }

    /// <summary>Waits for a message.</summary>
    public async Task<TeamsShown> WaitsFor(string conversation, Func<TeamsShown, bool> such, string what)
    {
        TeamsShown? found = null;
        await People.UntilAsync(() => Task.FromResult((found = teams.Sees(conversation).LastOrDefault(such)) is not null), $"{what}; there is: {string.Join(" || ", teams.Sees(conversation).Select(message => message.Shown))}");
        return found!;
    }

    /// <summary>Posts an activity with Teams' token, or with another; null: with none.</summary>
    /// <param name="activity">The activity.</param>
    /// <param name="token">Gives the token.</param>
    /// <param name="written">Makes what no writer of JSON would, of what one wrote.</param>
    public async Task<TeamsAnswer> PostAsync(JsonObject activity, Func<string?>? token = null, Func<string, string>? written = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/messages") { Content = new StringContent(written?.Invoke(activity.ToJsonString()) ?? activity.ToJsonString(), Encoding.UTF8, "application/json") };
        if ((token is null ? teams.Identity.Token(TeamsStandIn.AppId, (string?)activity["serviceUrl"]) : token()) is { } shown) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", shown);
        using var response = await http.SendAsync(request, People.Cancel);
        var text = await response.Content.ReadAsStringAsync(People.Cancel);
        var answer = new TeamsAnswer((int)response.StatusCode, text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text));
        if (answer.Task is { } task)
        {
            foreach (var complaint in CardLimits.OfDialog(task)) teams.Complaints.Enqueue(complaint);
            if (answer.Says is null) teams.Cards.Enqueue(task.GetProperty("value").GetProperty("card").GetProperty("content"));
        }

        return answer;
    }

    /// <summary>A message as Teams posts it.</summary>
    public JsonObject Message(string user, string id, string conversation, string? post, string? text, string? html)
    {
        var isChannel = conversation.EndsWith("tacv2", StringComparison.Ordinal);
        var kind = conversation.StartsWith("a:", StringComparison.Ordinal) ? "personal" : isChannel ? "channel" : "groupChat";
        JsonObject activity = new()
        {
            ["type"] = "message",
            ["id"] = id,
            ["timestamp"] = clock.GetUtcNow().ToString("O", System.Globalization.CultureInfo.InvariantCulture),
            ["serviceUrl"] = teams.ServiceUrl,
            ["channelId"] = "msteams",
            ["from"] = new JsonObject { ["id"] = $"29:{user}", ["name"] = teams.People[$"29:{user}"], ["aadObjectId"] = $"aad-{user}" },
            ["recipient"] = new JsonObject { ["id"] = TeamsStandIn.Bot, ["name"] = "8D Bot" },
            ["conversation"] = new JsonObject { ["id"] = isChannel && post is not null ? $"{conversation};messageid={post}" : conversation, ["tenantId"] = TeamsStandIn.Tenant, ["conversationType"] = kind },
            ["channelData"] = new JsonObject { ["tenant"] = new JsonObject { ["id"] = TeamsStandIn.Tenant } },
            ["entities"] = new JsonArray(),
            ["somethingNew"] = new JsonObject { ["nobody"] = "knows it" },
        };
        if (kind != "personal") activity["conversation"]!["isGroup"] = true;
        if (isChannel) (activity["channelData"]!["team"], activity["channelData"]!["channel"]) = (new JsonObject { ["id"] = TeamsRoom.Team }, new JsonObject { ["id"] = conversation });
        if (text is not null) (activity["text"], activity["textFormat"]) = (text, "plain");
        if (html is not null) activity["attachments"] = new JsonArray(new JsonObject { ["contentType"] = "text/html", ["content"] = html });
        return activity;
    }

    /// <summary>A mention as Teams' editor makes it.</summary>
    public static string HtmlMention(string name, int nth) => $"<span itemscope=\"\" itemtype=\"http://schema.skype.com/Mention\" itemid=\"{nth}\">{WebUtility.HtmlEncode(name)}</span>";

    public void Dispose() => http.Dispose();

    private static (string Conversation, string? Post) PlaceOf(TeamsShown message) => message.Conversation.Split(";messageid=") is [var channel, var post] ? (channel, post) : (message.Conversation, null);

    private Task<TeamsAnswer> InvokeAsync(string user, TeamsShown message, string name, JsonObject value)
    {
        var (conversation, post) = PlaceOf(message);
        return InvokeAsync(user, conversation, post, message.Id, name, value);
    }

    private async Task<TeamsAnswer> InvokeAsync(string user, string conversation, string? post, string? replyTo, string name, JsonObject value)
    {
        var activity = Message(user, $"f:{teams.NewId()}", conversation, post, text: null, html: null);
        (activity["type"], activity["name"], activity["value"], activity["replyToId"]) = ("invoke", name, value, replyTo);
        return await PostAsync(activity);
    }

    private static JsonNode Node(JsonElement element) => JsonNode.Parse(element.GetRawText())!;
}
