using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using EightD.Bot.Tests.Conversations;

namespace EightD.Bot.Tests.Slack;

/// <summary>
/// People who use a bot in Slack: what they type, press and see. They, and channels, are called by id or by name. Each goes to the bot as Slack would
/// send it, signed over HTTP or over a socket.
/// </summary>
internal sealed class SlackPeople(SlackStandIn slack, Uri bot, string signingSecret) : IDisposable
{
    private readonly ResponseAddresses responses = new(slack);
    private readonly ViewMethods views = new(slack);

    /// <summary>How the bot is reached.</summary>
    public SlackDelivery Delivery { get; } = new(slack, bot, signingSecret);

    /// <summary>From now on all goes over a socket that the bot opened.</summary>
    public SlackPeople OverTheSocket()
    {
        Delivery.IsOverSocket = true;
        return this;
    }

    /// <summary>Types a slash command: <c>/8d start Database down</c>. What it is answered with at once is shown.</summary>
    public async Task<SlackAnswer> Commands(string user, string channel, string typed, string? trigger = null)
    {
        var (who, where, team) = Placed(user, channel);
        var (command, text) = typed.Split(' ', 2) is [var first, var rest] ? (first, rest) : (typed, "");
        SlackResponse response = new(team.Id, where.Id, who.Id, Source: null);
        Dictionary<string, string> form = new(StringComparer.Ordinal)
        {
            ["token"] = "deprecated",
            ["team_id"] = team.Id,
            ["team_domain"] = team.Domain,
            ["channel_id"] = where.Id,
            ["channel_name"] = where.CommandName,
            ["user_id"] = who.Id,
            ["user_name"] = who.Name,
            ["command"] = command,
            ["text"] = new Typed(slack.World, text).ForCommand,
            ["api_app_id"] = SlackStandIn.AppId,
            ["is_enterprise_install"] = team.IsEnterpriseInstall ? "true" : "false",
            ["response_url"] = slack.NewResponseUrl(response).AbsoluteUri,
            ["trigger_id"] = trigger ?? slack.World.NewTrigger(team.Id, who.Id),
        };
        if (team.Enterprise is { } enterprise) (form["enterprise_id"], form["enterprise_name"]) = (enterprise, enterprise);
        var answer = await Delivery.CommandAsync(form);
        ShowFirst(answer, response);
        return answer;
    }

    /// <summary>Says something, in a thread or not. The bot hears of it where it is a member.</summary>
    public Task<SlackPosted> Posts(string user, string channel, string text, string? thread = null) =>
        Posts(user, channel, text, thread, blocks: null);

    /// <summary>Says something with blocks of one's own, with files, or of another kind.</summary>
    /// <remarks>Blocks are JSON of an array, with a <c>rich_text</c> block as Slack's editor makes it; null: made from the text.</remarks>
    public async Task<SlackPosted> Posts(
        string user, string channel, string text, string? thread, string? blocks, IEnumerable<SlackFile>? files = null, string? subtype = null)
    {
        var (who, where, _) = Placed(user, channel);
        Typed typed = new(slack.World, text);
        ImmutableList<SlackFile> with = [.. files ?? []];
        var message = slack.World.Say(new(where.Id, slack.World.NewTs())
        {
            User = who.Id,
            Team = who.Team,
            Text = typed.ForMessage,
            Blocks = blocks is null ? text.Length > 0 ? typed.RichText : null : SlackJson.Parse(blocks),
            ThreadTs = thread,
            IsBroadcast = subtype == "thread_broadcast",
            Files = with,
            Subtype = subtype ?? (with.IsEmpty ? null : "file_share"),
        });
        return new(message, await HearsAsync(where, SaidEvent(message, where)));
    }

    /// <summary>A file to post, which the bot can fetch.</summary>
    public SlackFile FileOf(string name, string text, string mimeType = "text/plain")
    {
        var id = slack.World.NewId("F");
        return new(id, name) { MimeType = mimeType, Bytes = [.. System.Text.Encoding.UTF8.GetBytes(text)], Private = new(slack.Address, $"/private/{id}") };
    }

    /// <summary>Mentions the bot: the one post comes as two events. The answer is that to the mention.</summary>
    public async Task<SlackPosted> Mentions(string user, string channel, string text, string? thread = null)
    {
        var (_, where, team) = Placed(user, channel);
        var posted = await Posts(user, channel, $"<@{team.BotUser}> {text}", thread);
        if (where.IsIm) return posted;
        var mention = SaidEvent(posted.Message, where);
        mention["type"] = "app_mention";
        mention.Remove("channel_type");
        return posted with { Answer = await HearsAsync(where, mention) };
    }

    /// <summary>Changes what one said.</summary>
    public async Task<SlackPosted> Edits(string user, SlackMessage message, string text)
    {
        var (who, where, _) = Placed(user, message.Channel);
        Typed typed = new(slack.World, text);
        var ts = slack.World.NewTs();
        var old = slack.World.Message(message.Channel, message.Ts)!;
        var now = slack.World.Change(message.Channel, message.Ts, said => said with { Text = typed.ForMessage, Blocks = typed.RichText, EditedTs = ts })!;
        Assert.Equal(who.Id, old.User);
        return new(now, await HearsAsync(where, SlackJson.Of(new
        {
            type = "message",
            subtype = "message_changed",
            hidden = true,
            channel = where.Id,
            channel_type = where.Kind,
            ts,
            event_ts = ts,
            message = now.ToJson(),
            previous_message = old.ToJson(),
        })));
    }

    /// <summary>Takes back what one said.</summary>
    public async Task<SlackAnswer?> Deletes(string user, SlackMessage message)
    {
        var (_, where, _) = Placed(user, message.Channel);
        var ts = slack.World.NewTs();
        slack.World.Remove(message.Channel, message.Ts);
        return await HearsAsync(where, SlackJson.Of(new
        {
            type = "message",
            subtype = "message_deleted",
            hidden = true,
            channel = where.Id,
            channel_type = where.Kind,
            ts,
            event_ts = ts,
            deleted_ts = message.Ts,
            previous_message = message.ToJson(),
        }));
    }

    /// <summary>The bot hears of a message of its own, as it does in every channel that it listens to.</summary>
    public Task<SlackAnswer?> Echoes(SlackMessage message) => HearsAsync(slack.World.Channel(message.Channel)!, SaidEvent(message, slack.World.Channel(message.Channel)!));

    /// <summary>Puts an emoji to a message: its name has no colons.</summary>
    public async Task<SlackAnswer?> Reacts(string user, string channel, string ts, string reaction)
    {
        var (who, where, _) = Placed(user, channel);
        var message = slack.World.Change(where.Id, ts, said => said with { Reactions = said.Reactions.Add((reaction, who.Id)) });
        return await HearsAsync(where, SlackJson.Of(new
        {
            type = "reaction_added",
            user = who.Id,
            reaction,
            item_user = message?.User,
            item = new { type = "message", channel = where.Id, ts },
            event_ts = slack.World.NewTs(),
        }));
    }

    /// <summary>Opens the app's Home tab, or its messages.</summary>
    public async Task<SlackAnswer?> OpensHome(string user, string tab = "home", string team = SlackStandIn.HomeTeam)
    {
        var who = Person(user);
        var direct = slack.World.Direct(team, who.Id);
        return await HearsAsync(direct, SlackJson.Of(new { type = "app_home_opened", user = who.Id, channel = direct.Id, tab, event_ts = slack.World.NewTs(), view = slack.World.Home(team, who.Id)?.ToJson() }));
    }

    /// <summary>Somebody comes into a channel: the bot by its user's id, invited by a person.</summary>
    public async Task<SlackAnswer?> Joins(string user, string channel, string? inviter = null)
    {
        var who = Person(user);
        var where = Room(channel);
        where = slack.World.Change(where.Id, old => old.Members.Contains(who.Id) ? old : old with { Members = old.Members.Add(who.Id) });
        return await HearsAsync(where, SlackJson.Of(new
        {
            type = "member_joined_channel",
            user = who.Id,
            channel = where.Id,
            channel_type = where.IsPrivate ? "G" : "C",
            team = where.Team,
            inviter = inviter is null ? null : Person(inviter).Id,
            event_ts = slack.World.NewTs(),
        }));
    }

    /// <summary>Archives a channel.</summary>
    public Task<SlackAnswer?> Archives(string user, string channel)
    {
        var where = slack.World.Change(Room(channel).Id, old => old with { IsArchived = true });
        return HearsAsync(where, SlackJson.Of(new { type = $"{where.Kind}_archive", channel = where.Id, user = Person(user).Id, event_ts = slack.World.NewTs() }));
    }

    /// <summary>A channel gets another id, as where it becomes one that another organisation shares.</summary>
    public Task<SlackAnswer?> ChangesId(string channel, string id)
    {
        var old = Room(channel).Id;
        return HearsAsync(slack.World.Rename(old, id), SlackJson.Of(new { type = "channel_id_changed", old_channel_id = old, new_channel_id = id, event_ts = slack.World.NewTs() }));
    }

    /// <summary>Any other event in a channel, as it stands in <c>event</c>.</summary>
    public Task<SlackAnswer?> Happens(string channel, JsonObject what) => HearsAsync(Room(channel), what);

    /// <summary>Takes the app out of a workspace: its tokens are dead, and two events say so.</summary>
    public async Task<SlackAnswer> Uninstalls(string team = SlackStandIn.HomeTeam)
    {
        var from = slack.World.Workspace(team);
        slack.World.Revoke((_, token) => token.Team == team, "account_inactive");
        await Delivery.EventAsync(from, team, SlackJson.Of(new { type = "tokens_revoked", tokens = new { oauth = Array.Empty<string>(), bot = new[] { from.BotUser } }, event_ts = slack.World.NewTs() }));
        return await Delivery.EventAsync(from, team, SlackJson.Of(new { type = "app_uninstalled", event_ts = slack.World.NewTs() }));
    }

    /// <summary>Presses a button, by its label or its action's id, of a message as the person sees it: that may be older than it is now.</summary>
    public Task<SlackAnswer> Presses(string user, SlackMessage message, string button) =>
        ActsAsync(user, message, Found(SlackElement.In(message.Blocks).Where(element => element.Type == "button"), button, message.Shown), chosen: null);

    /// <summary>Chooses in a select, a picker or a menu of a message: an option by value or label, an id, a date.</summary>
    public Task<SlackAnswer> Chooses(string user, SlackMessage message, string element, string choice) =>
        ActsAsync(user, message, Found(SlackElement.In(message.Blocks).Where(each => each.Type != "button"), element, message.Shown), choice);

    /// <summary>Presses a button of the modal that is open, or of the Home tab where none is.</summary>
    public Task<SlackAnswer> PressesInView(string user, string button)
    {
        var view = ViewOf(user) ?? HomeOf(user) ?? throw new InvalidOperationException($"{user} has no view open.");
        return ActsAsync(user, view, Found(view.Elements.Where(element => element.Type == "button"), button, view.Shown), chosen: null);
    }

    /// <summary>Chooses in a view where that is sent at once (<c>dispatch_action</c>, or no input block).</summary>
    public Task<SlackAnswer> ChoosesInView(string user, string element, string choice)
    {
        var view = ViewOf(user) ?? HomeOf(user) ?? throw new InvalidOperationException($"{user} has no view open.");
        var input = Found(view.Elements.Where(each => each.Type != "button"), element, view.Shown);
        return ActsAsync(user, Filled(view, [(input, choice)]), input, choice);
    }

    /// <summary>Types into the open modal and sends nothing.</summary>
    public SlackView Types(string user, IReadOnlyDictionary<string, string?> values)
    {
        var view = ViewOf(user) ?? throw new InvalidOperationException($"{user} has no modal open.");
        return Filled(view, values.Select(value => (Found(view.Inputs, value.Key, view.Shown), value.Value)));
    }

    /// <summary>
    /// Fills in the open modal and submits it; values by block id, action id or label. What the bot answers is done: closed, changed, another pushed;
    /// errors come back in the answer and the modal stays.
    /// </summary>
    public async Task<SlackSubmitted> Submits(string user, IReadOnlyDictionary<string, string?>? values = null)
    {
        var who = Person(user);
        var view = Types(user, values ?? ImmutableDictionary<string, string?>.Empty);
        foreach (var input in view.Inputs)
        {
            if (input.RefusalOf(view.ValueOf(input)) is { } refusal) Assert.Fail($"Slack's form does not send {input.Label}: {refusal}.");
        }

        if (!view.Json.TryGetProperty("submit", out _)) Assert.Fail($"{view.Title} cannot be submitted.");
        return await SubmitsAgain(who.Id, view);
    }

    /// <summary>Submits a view as it was, as a second press of the button does.</summary>
    public async Task<SlackSubmitted> SubmitsAgain(string user, SlackView view)
    {
        var who = Person(user);
        var payload = Interaction("view_submission", who, slack.World.Workspace(view.Team));
        if (who.Team != view.Team && payload["team"] is not null) payload["team"] = SlackJson.Of(new { id = who.Team, domain = who.Team.ToLowerInvariant() }); // only the view names the app's
        payload["view"] = view.ToJson();
        payload["response_urls"] = new JsonArray();
        var answer = await Delivery.InteractionAsync(payload, acceptsResponse: true);
        return Follows(answer, who, view);
    }

    /// <summary>Types into a select of the open modal whose options the bot gives (<c>external_select</c>): they are in the answer.</summary>
    public Task<SlackAnswer> Suggests(string user, string element, string typed)
    {
        var view = ViewOf(user) ?? throw new InvalidOperationException($"{user} has no modal open.");
        var input = Found(view.Inputs, element, view.Shown);
        var payload = Interaction("block_suggestion", Person(user), slack.World.Workspace(view.Team));
        payload.Remove("trigger_id");
        payload["container"] = SlackJson.Of(new { type = "view", view_id = view.Id });
        payload["view"] = view.ToJson();
        (payload["block_id"], payload["action_id"], payload["value"]) = (input.BlockId, input.ActionId, typed);
        return Delivery.InteractionAsync(payload, acceptsResponse: true);
    }

    /// <summary>Closes the open modal: the bot hears of it if it asked to.</summary>
    public async Task<SlackAnswer?> Closes(string user, bool all = false)
    {
        var who = Person(user);
        var view = ViewOf(user) ?? throw new InvalidOperationException($"{user} has no modal open.");
        slack.World.SetStack(who.Id, all ? [] : slack.World.Stack(who.Id)[..^1]);
        if (!view.Json.TryGetProperty("notify_on_close", out var notifies) || !notifies.GetBoolean()) return null;
        var payload = Interaction("view_closed", who, slack.World.Workspace(view.Team));
        payload.Remove("trigger_id");
        payload["view"] = view.ToJson();
        payload["is_cleared"] = all;
        return await Delivery.InteractionAsync(payload, acceptsResponse: false);
    }

    /// <summary>Uses a message shortcut.</summary>
    public Task<SlackAnswer> Shortcut(string user, string channel, string ts, string callbackId)
    {
        var (who, where, team) = Placed(user, channel);
        var message = slack.World.Message(where.Id, ts) ?? throw new InvalidOperationException($"There is no message {ts} in {channel}.");
        var payload = Interaction("message_action", who, team);
        payload["callback_id"] = callbackId;
        payload["message"] = message.ToJson();
        payload["message_ts"] = ts;
        payload["channel"] = SlackJson.Of(new { id = where.Id, name = where.CommandName });
        payload["response_url"] = slack.NewResponseUrl(new(team.Id, where.Id, who.Id, Source: null)).AbsoluteUri;
        payload["action_ts"] = slack.World.NewTs();
        return Delivery.InteractionAsync(payload, acceptsResponse: false);
    }

    /// <summary>Uses a shortcut that belongs to no channel.</summary>
    public Task<SlackAnswer> GlobalShortcut(string user, string callbackId)
    {
        var who = Person(user);
        var payload = Interaction("shortcut", who, slack.World.Workspace(who.Team));
        payload["callback_id"] = callbackId;
        payload["action_ts"] = slack.World.NewTs();
        return Delivery.InteractionAsync(payload, acceptsResponse: false);
    }

    /// <summary>What somebody sees of a channel, with what is for them alone.</summary>
    public IReadOnlyList<SlackMessage> Sees(string user, string channel)
    {
        var who = Person(user);
        return [.. slack.World.Messages(Room(channel).Id).Where(message => message.To is null || message.To == who.Id)];
    }

    /// <summary>What the bot told somebody alone in a channel.</summary>
    public IReadOnlyList<SlackMessage> IsTold(string user, string channel) => [.. Sees(user, channel).Where(message => message.IsEphemeral)];

    /// <summary>What somebody sees of the conversation with the bot.</summary>
    public IReadOnlyList<SlackMessage> SeesInPerson(string user, string team = SlackStandIn.HomeTeam) => Sees(user, slack.World.Direct(team, Person(user).Id).Id);

    /// <summary>What the bot said in a channel for all.</summary>
    public IReadOnlyList<SlackMessage> Posted(string channel) => [.. slack.World.Messages(Room(channel).Id).Where(message => message is { BotId: not null, IsEphemeral: false })];

    /// <summary>A message as it is now; null where it is gone.</summary>
    public SlackMessage? Now(SlackMessage message) => slack.World.Message(message.Channel, message.Ts);

    /// <summary>The modal on top; null where none is open.</summary>
    public SlackView? ViewOf(string user) => slack.World.Stack(Person(user).Id).LastOrDefault();

    public SlackView? HomeOf(string user, string team = SlackStandIn.HomeTeam) => slack.World.Home(team, Person(user).Id);

    /// <summary>Waits until somebody sees such a message in a channel, and gives the newest.</summary>
    public async Task<SlackMessage> WaitsFor(string user, string channel, Func<SlackMessage, bool> such, string what)
    {
        SlackMessage? found = null;
        await People.UntilAsync(() => Task.FromResult((found = Sees(user, channel).LastOrDefault(such)) is not null), what);
        return found!;
    }

    /// <summary>Waits until somebody has a modal with this title open.</summary>
    public async Task<SlackView> WaitsForView(string user, string title)
    {
        await People.UntilAsync(() => Task.FromResult(ViewOf(user)?.Title == title), $"{user} has {title} open");
        return ViewOf(user)!;
    }

    public void Dispose() => Delivery.Dispose();

    private static SlackElement Found(IEnumerable<SlackElement> elements, string named, string among)
    {
        var all = elements.ToList();
        var found = all.Find(element => element.ActionId == named) ?? all.Find(element => element.BlockId == named)
            ?? all.Find(element => (element.Type == "button" ? SlackButton.Of(element).Label : element.Label) == named);
        if (found is null) Assert.Fail($"There is no {named} in: {among}");
        return found!;
    }

    private SlackUser Person(string user) => slack.World.User(user) ?? throw new InvalidOperationException($"There is no user {user}.");

    private SlackChannel Room(string channel) => slack.World.Channel(channel) ?? throw new InvalidOperationException($"There is no channel {channel}.");

    private (SlackUser Who, SlackChannel Where, SlackWorkspace Team) Placed(string user, string channel)
    {
        var where = Room(channel);
        return (Person(user), where, slack.World.Workspace(where.Team));
    }

    private static JsonObject SaidEvent(SlackMessage message, SlackChannel where)
    {
        var said = message.ToJson();
        said["channel"] = where.Id;
        said["channel_type"] = where.Kind;
        said["event_ts"] = message.Ts;
        if (message.BotId is null) said["client_msg_id"] = Guid.NewGuid().ToString();
        return said;
    }

    /// <summary>Sends an event to the bot where it is a member; null where it hears nothing.</summary>
    private async Task<SlackAnswer?> HearsAsync(SlackChannel where, JsonObject what)
    {
        var team = slack.World.Workspace(where.Team);
        if (!where.Members.Contains(team.BotUser)) return null;
        var author = what["user"] is { } user ? slack.World.User(user.GetValue<string>())?.Team : null;
        return await Delivery.EventAsync(team, author ?? team.Id, what, where.IsShared);
    }

    private JsonObject Interaction(string type, SlackUser who, SlackWorkspace team)
    {
        var payload = SlackJson.Of(new
        {
            type,
            token = "deprecated",
            user = new { id = who.Id, username = who.Name, name = who.Name, team_id = who.Team },
            api_app_id = SlackStandIn.AppId,
            is_enterprise_install = team.IsEnterpriseInstall,
            trigger_id = slack.World.NewTrigger(team.Id, who.Id),
        });
        payload["team"] = team.IsEnterpriseInstall ? null : SlackJson.Of(new { id = team.Id, domain = team.Domain });
        payload["enterprise"] = team.Enterprise is { } enterprise ? SlackJson.Of(new { id = enterprise, name = enterprise }) : null;
        return payload;
    }

    private Task<SlackAnswer> ActsAsync(string user, SlackMessage message, SlackElement element, string? chosen)
    {
        var (who, where, team) = Placed(user, message.Channel);
        if (message.To is { } to && to != who.Id) Assert.Fail($"{user} does not see that message.");
        var payload = Interaction("block_actions", who, team);
        payload["container"] = SlackJson.Of(new
        {
            type = "message",
            message_ts = message.Ts,
            channel_id = where.Id,
            is_ephemeral = message.IsEphemeral,
            thread_ts = message.ThreadTs,
        });
        payload["channel"] = SlackJson.Of(new { id = where.Id, name = where.CommandName });
        if (!message.IsEphemeral) payload["message"] = message.ToJson();
        payload["state"] = new JsonObject { ["values"] = new JsonObject() };
        payload["response_url"] = slack.NewResponseUrl(new(team.Id, where.Id, who.Id, message)).AbsoluteUri;
        payload["actions"] = new JsonArray(Action(element, chosen));
        return Delivery.InteractionAsync(payload, acceptsResponse: false);
    }

    private Task<SlackAnswer> ActsAsync(string user, SlackView view, SlackElement element, string? chosen)
    {
        var payload = Interaction("block_actions", Person(user), slack.World.Workspace(view.Team));
        payload["container"] = SlackJson.Of(new { type = "view", view_id = view.Id });
        payload["view"] = view.ToJson();
        payload["actions"] = new JsonArray(Action(element, chosen));
        return Delivery.InteractionAsync(payload, acceptsResponse: false);
    }

    private JsonObject Action(SlackElement element, string? chosen)
    {
        var action = SlackJson.Of(new { type = element.Type, block_id = element.BlockId, action_id = element.ActionId, action_ts = slack.World.NewTs() });
        if (element.Type == "button")
        {
            action["text"] = JsonNode.Parse(element.Json.GetProperty("text").GetRawText());
            if (SlackJson.String(element.Json, "value") is { } value) action["value"] = value;
            return action;
        }

        action[element.ValueName] = JsonNode.Parse(element.Given(chosen).GetProperty(element.ValueName).GetRawText());
        return action;
    }

    private SlackView Filled(SlackView view, IEnumerable<(SlackElement Input, string? Value)> values)
    {
        var filled = view with { Typed = view.Typed.SetItems(values.Select(value => KeyValuePair.Create((value.Input.BlockId, value.Input.ActionId), value.Input.Given(value.Value)))) };
        if (slack.World.View(view.Team, view.Id, null) is not null) slack.World.Put(filled);
        return filled;
    }

    private void ShowFirst(SlackAnswer answer, SlackResponse response)
    {
        if (answer.Status != 200 || answer.Body.Length == 0) return;
        if (answer.Json is not { } json)
        {
            slack.Complain($"command: is answered with what is no JSON: {answer.Body}");
            return;
        }

        if (!json.EnumerateObject().Any()) return;
        try
        {
            slack.Judge("command", json, SlackLimits.OfResponse);
            responses.Answer(response, SlackArguments.Of(json));
        }
        catch (SlackRefusalException)
        {
            // It is among the complaints, and nobody sees it.
        }
    }

    /// <summary>Does what a submitted view is answered with.</summary>
    private SlackSubmitted Follows(SlackAnswer answer, SlackUser who, SlackView view)
    {
        if (answer.Status != 200) return new(answer, view, ImmutableDictionary<string, string>.Empty);
        var errors = ImmutableDictionary<string, string>.Empty;
        var what = answer.Json is { } json ? SlackJson.String(json, "response_action") : null;
        if (what is null && answer.Json is { } other && other.EnumerateObject().Any()) slack.Complain($"view_submission: is answered with {answer.Body}");
        var team = slack.World.Workspace(view.Team);
        var below = slack.World.Stack(who.Id);
        switch (what)
        {
            case "errors":
                errors = answer.Json!.Value.GetProperty("errors").EnumerateObject().ToImmutableDictionary(error => error.Name, error => error.Value.GetString()!, StringComparer.Ordinal);
                CheckErrors(errors, view);
                break;
            case "update" when slack.World.View(view.Team, view.Id, null) is { } open:
                if (Judged(answer) is { } update) views.Changed(open, update);
                break;
            case "push":
                if (Judged(answer) is { } push) views.Pushed(team, who.Id, push);
                break;
            case "clear":
                slack.World.SetStack(who.Id, []);
                break;
            default:
                slack.World.SetStack(who.Id, below.Where(each => each.Id != view.Id));
                break;
        }

        return new(answer, view, errors);
    }

    private void CheckErrors(ImmutableDictionary<string, string> errors, SlackView view)
    {
        if (errors.IsEmpty) slack.Complain("view_submission: errors are none");
        foreach (var (block, why) in errors)
        {
            if (!view.Inputs.Any(input => input.BlockId == block && SlackJson.String(input.Block, "type") == "input")) slack.Complain($"view_submission: {block} has an error and is no input block");
            if (string.IsNullOrWhiteSpace(why)) slack.Complain($"view_submission: the error of {block} says nothing");
        }
    }

    private JsonElement? Judged(SlackAnswer answer)
    {
        try
        {
            var view = answer.Json!.Value.GetProperty("view");
            slack.Judge("view_submission", view, SlackLimits.OfView);
            return view;
        }
        catch (SlackRefusalException)
        {
            return null; // it is among the complaints, and the modal stays as it was
        }
    }
}

/// <summary>What a person said, and how the bot took the event: null where it heard nothing.</summary>
internal sealed record SlackPosted(SlackMessage Message, SlackAnswer? Answer)
{
    public string Ts => Message.Ts;
}

/// <summary>A view as it was submitted, what the bot answered, and why it was refused, by block.</summary>
internal sealed record SlackSubmitted(SlackAnswer Answer, SlackView View, ImmutableDictionary<string, string> Errors);
