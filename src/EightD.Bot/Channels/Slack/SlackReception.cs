using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using EightD.Bot.Storage;
using EightD.Bot.Turns;
using EightD.Incidents;
using EightD.Incidents.Cards;
using EightD.Incidents.Commands;

namespace EightD.Bot.Channels.Slack;

/// <summary>
/// Takes what Slack brings, over HTTP or Socket Mode: makes turns of it, and answers when what they changed is safe. What takes longer than Slack waits
/// is acknowledged where Slack would not bring it again, and goes on.
/// </summary>
internal sealed class SlackReception(
    TurnHandler turns, IncidentStore incidents, SlackWorkspaces workspaces, SlackDirectory directory, SlackChannel channels, SlackCapturing capturing, SlackHome home, SlackApi api, ResponseUrls answers, Once<SlackReply> once,
    TimeProvider clock, ILogger<SlackReception> log)
{
    /// <summary>The shortcuts by the names that the manifest gives them: of a message, and from everywhere.</summary>
    public const string CaptureShortcut = "add_to_8d", StartShortcut = "start_8d";

    /// <summary>Slack waits three seconds, by its own clock.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2.5);

    /// <summary>How often each modal that is open came back refused: the same words submitted once more are another request.</summary>
    private readonly ConcurrentDictionary<string, int> refused = new(StringComparer.Ordinal);

    /// <summary>A slash command.</summary>
    public async Task<SlackReply> TakeAsync(SlackCommand command)
    {
        var began = Stopwatch.GetTimestamp();
        var finding = FindAsync(command.Enterprise, command.Team, began);
        if (!await IsKeptAsync(finding)) return Privately(WhyLost(finding));
        if (await finding is not { } workspace) return SlackReply.Stranger;
        var conversation = new Conversation(workspace.Tenant, command.Channel);
        answers.Keep(conversation, command.User, command.ResponseUrl);
        var work = once.DoAsync($"{workspace.Id} command {command.Trigger}", () => PerformAsync(workspace, command));
        if (await IsSoonAsync(work, began)) return await ReplyAsync(work);
        _ = SayLateAsync(workspace, conversation, command.User, work);
        return Privately(ChannelTexts.Get("StillSaving"));
    }

    /// <summary>A press, a submitted form, a shortcut.</summary>
    public async Task<SlackReply> TakeAsync(SlackInteraction interaction)
    {
        var began = Stopwatch.GetTimestamp();
        var finding = FindAsync(interaction.Enterprise, interaction.View?.AppInstalledTeamId ?? interaction.Team ?? interaction.User?.TeamId, began);
        if (!await IsKeptAsync(finding)) return Lost(interaction, WhyLost(finding));
        if (interaction.User is not { } user || await finding is not { } workspace) return SlackReply.Stranger;
        return interaction.Type switch
        {
            "block_actions" when interaction.Actions is [{ ActionId: { } id } action, ..] && PlaceOf(interaction, action) is { } at => await PressAsync(workspace, interaction, user, at, id, action, began),
            "block_actions" when interaction.Actions is [{ ActionId: { } id }, ..] && BlockKit.ActionOf(id) == SlackHome.StartAction => await AskWhereAsync(workspace, interaction, user, began),
            "view_submission" when interaction.View is { CallbackId: SlackFormPlace.Callback } view => await SubmitAsync(workspace, interaction, user, view, began),
            "message_action" when interaction is { CallbackId: CaptureShortcut, Message: { } message, Channel: { } channel } => await CaptureAsync(workspace, interaction, user, channel, message, began),
            "shortcut" when interaction.CallbackId == StartShortcut => await AskWhereAsync(workspace, interaction, user, began),
            _ => SlackReply.Done,
        };
    }

    /// <summary>Something that happened in a channel.</summary>
    public async Task<SlackReply> TakeAsync(SlackEnvelope envelope)
    {
        var installation = envelope.Authorizations.Count > 0 ? envelope.Authorizations[0] : null;
        if (envelope.Event is not { } happened) return SlackReply.Done;
        var began = Stopwatch.GetTimestamp();
        var finding = FindAsync(installation?.EnterpriseId ?? envelope.EnterpriseId, installation?.TeamId ?? envelope.TeamId, began);
        if (!await IsKeptAsync(finding)) return SlackReply.NotKept;
        if (await finding is not { } workspace) return SlackReply.Stranger;
        if (happened.Type is "app_uninstalled" or "tokens_revoked")
        {
            await workspaces.RemoveAsync(workspace, CancellationToken.None);
            return SlackReply.Done;
        }

        if (happened is { Type: "channel_id_changed", OldChannelId: { } old, NewChannelId: { } now })
        {
            return await IsKeptAsync(turns.MoveAsync(new(workspace.Tenant, old), now)) ? SlackReply.Done : SlackReply.NotKept;
        }

        if (happened is { Channel: { } channel, Type: not ("message" or "app_mention") })
        {
            directory.Forget(workspace, channel);
            if (happened.Type == "member_joined_channel" && happened.User == workspace.BotUser) turns.DeliverNow(new(workspace.Tenant, channel));
        }

        if (await WorkAsync(workspace, happened, envelope.EventId) is not { } work) return SlackReply.Done;
        return !await IsSoonAsync(work, began) || !await IsKeptAsync(work) ? SlackReply.NotKept : SlackReply.Done; // Slack brings it again
    }

    /// <summary>What an event asks for; null where it asks for nothing.</summary>
    private async ValueTask<Task<SlackReply>?> WorkAsync(SlackWorkspace workspace, SlackEvent happened, string? id)
    {
        if (happened is { Type: "app_home_opened", Tab: null or "home", User: { } opener })
        {
            return once.DoAsync($"{workspace.Id} home {id}", async () =>
            {
                await home.ShowAsync(workspace, opener, CancellationToken.None);
                return SlackReply.Done;
            });
        }

        if (happened is { Type: "reaction_added", User: { } reactor, Item: { Channel: { } channel, Ts: { } ts } } && SlackCapturing.Files(happened.Reaction))
        {
            // a pushpin means an 8D only where one is open
            if ((await incidents.LatestAsync(new(workspace.Tenant, channel), CancellationToken.None))?.Incident.IsOpen != true) return null;
            return once.DoAsync($"{workspace.Id} reaction {channel} {ts}", () => CaptureAsync(workspace, reactor, channel, ts));
        }

        return SlackSaid.Of(happened, workspace) is { } said ? once.DoAsync($"{workspace.Id} {said.Request}", () => PerformAsync(workspace, said)) : null;
    }

    private async Task<SlackReply> PerformAsync(SlackWorkspace workspace, SlackCommand command)
    {
        var mentioned = Mrkdwn.Mentioned(command.Text);
        var names = await directory.NamesAsync(workspace, mentioned, mayWait: false, CancellationToken.None);
        var deed = CommandLine.Read(Mrkdwn.DecodeCommand(command.Text, names));
        var place = new Place(workspace.Tenant, command.Channel, await IsPrivateAsync(workspace, command.Channel, command.ChannelName, deed));
        var by = await directory.PersonAsync(workspace, command.User, command.UserName, CancellationToken.None);
        var turn = new Turn($"command {command.Trigger}", by, place, clock.GetUtcNow(), deed, Mentioned: PeopleOf(mentioned, names));
        var answer = await turns.HandleAsync(turn, tells: true);
        Deed.Press? press = null;
        if (answer.Told is [{ Card.Buttons: [{ Action: "form" } button] }]) // here the form can be opened at once
        {
            press = new(button.Action, button.Value);
            answer = await turns.HandleAsync(turn with { Request = $"{turn.Request} form", Deed = press }, tells: true);
        }

        List<SlackPost> posts = [.. answer.Told.SelectMany(BlockKit.Draw)];
        if (answer.Form is { } form && await OpenAsync(workspace, command.Trigger, form, new(form.Id, command.Channel, Thread: null), press) is { } offer) posts.Add(offer);
        if (posts.Count <= 1) return posts.Count == 0 ? SlackReply.Done : SlackReply.Privately(posts[0]);
        foreach (var post in posts) await SayAsync(workspace, Conversation.Of(place), by.Id, thread: null, post);
        return SlackReply.Done;
    }

    private async Task<SlackReply> PressAsync(SlackWorkspace workspace, SlackInteraction interaction, SlackUser user, (string Channel, string? Thread) at, string actionId, SlackAction action, long began)
    {
        var (channel, thread) = at;
        var conversation = new Conversation(workspace.Tenant, channel);
        answers.Keep(conversation, user.Id, interaction.ResponseUrl);
        var work = once.DoAsync($"{workspace.Id} press {interaction.TriggerId}", async () =>
        {
            var deed = new Deed.Press(BlockKit.ActionOf(actionId), action.Value ?? action.SelectedOption?.Value ?? "");
            var place = new Place(workspace.Tenant, channel, Thread: thread);
            var by = await WhoAsync(workspace, user);
            var answer = await turns.HandleAsync(new($"press {interaction.TriggerId}", by, place, clock.GetUtcNow(), deed));
            if (answer.Form is { } form) await OpenAsync(workspace, interaction.TriggerId, form, new(form.Id, channel, place.Thread), place, by, deed);
            return SlackReply.Done;
        });
        return await DoneAsync(workspace, conversation, user.Id, work, began);
    }

    private async Task<SlackReply> SubmitAsync(SlackWorkspace workspace, SlackInteraction interaction, SlackUser user, SlackView view, long began)
    {
        if (SlackFormPlace.Read(view.PrivateMetadata) is not { } at) return SlackReply.Done;
        var values = BlockKit.ValuesOf(view);
        if ((at.Channel ?? values.GetValueOrDefault(BlockKit.Channel)) is not { Length: > 0 } channel) return Again(view, "SlackWhere");
        answers.Keep(new(workspace.Tenant, channel), user.Id, interaction.ResponseUrls.FirstOrDefault(answer => answer.ChannelId == channel)?.ResponseUrl);
        var request = string.Create(CultureInfo.InvariantCulture, $"submit {view.Id} {view.Hash} {FormValues.Digest(values)} {refused.GetValueOrDefault(view.Id)}");
        var work = once.DoAsync($"{workspace.Id} {request}", async () =>
        {
            var deed = new Deed.Submit(at.Form, await NamedAsync(workspace, at.Captured) is { } captured ? captured.With(values) : values);
            var place = new Place(workspace.Tenant, channel, await IsPrivateAsync(workspace, channel, "", deed), at.Thread);
            var by = await WhoAsync(workspace, user);
            var answer = await turns.HandleAsync(new(request, by, place, clock.GetUtcNow(), deed));
            return answer.Errors is { } errors ? SlackReply.Refused(BlockKit.Errors(view, errors)) : SlackReply.Done;
        });
        if (!await IsSoonAsync(work, began)) return Again(view, "StillSavingForm");
        if (!await IsKeptAsync(work)) return Again(view, "NotSavedForm");
        var reply = await work;
        if (reply.Json is null) refused.TryRemove(view.Id, out _);
        else refused.AddOrUpdate(view.Id, 1, (_, times) => times + 1);
        return reply;
    }

    private async Task<SlackReply> PerformAsync(SlackWorkspace workspace, SlackSaid said)
    {
        var names = await directory.NamesAsync(workspace, said.Mentioned, mayWait: true, CancellationToken.None);
        var deed = said.DeedOf(names, workspace);
        if (deed is null) return SlackReply.Done;
        var place = new Place(workspace.Tenant, said.Channel, await IsPrivateAsync(workspace, said.Channel, "", deed), said.Thread);
        var by = await directory.PersonAsync(workspace, said.User, called: null, CancellationToken.None);
        await turns.HandleAsync(new(said.Request, by, place, said.SentAt, deed, said.Message, PeopleOf(said.Mentioned, names)));
        return SlackReply.Done;
    }

    /// <summary>The message shortcut: a form that asks where the message belongs.</summary>
    private async Task<SlackReply> CaptureAsync(SlackWorkspace workspace, SlackInteraction interaction, SlackUser user, string channel, SlackMessage message, long began)
    {
        var conversation = new Conversation(workspace.Tenant, channel);
        answers.Keep(conversation, user.Id, interaction.ResponseUrl);
        var work = once.DoAsync($"{workspace.Id} capture {interaction.TriggerId}", async () =>
        {
            var captured = capturing.ReadAsync(workspace, channel, message with { Ts = message.Ts ?? interaction.MessageTs }, mayWait: false, CancellationToken.None);
            var deed = new Deed.Press("form", Form.Capture);
            var place = new Place(workspace.Tenant, channel, Thread: message.ThreadTs);
            var by = await WhoAsync(workspace, user);
            var answer = await turns.HandleAsync(new($"capture {interaction.TriggerId}", by, place, clock.GetUtcNow(), deed));
            var found = await captured;
            if (answer.Form is not { } form) return SlackReply.Done;
            var filled = CapturedMessage.Filled(form, found.Text);
            var whose = new CapturedMessage(found.Author.Id, found.Author.Name, found.SaidAt.ToString("O", CultureInfo.InvariantCulture), found.Link);
            await OpenAsync(workspace, interaction.TriggerId, filled, new(filled.Id, channel, message.ThreadTs, whose), place, by, again: null);
            return SlackReply.Done;
        });
        return await DoneAsync(workspace, conversation, user.Id, work, began);
    }

    /// <summary>A reaction: files the message into the timeline. Where Slack does not show it yet, the event comes again.</summary>
    private async Task<SlackReply> CaptureAsync(SlackWorkspace workspace, string reactor, string channel, string ts)
    {
        var place = new Place(workspace.Tenant, channel);
        SlackMessage? message;
        try
        {
            message = await capturing.FindAsync(workspace, channel, ts, CancellationToken.None);
        }
        catch (SlackException unread) when (unread.RetryAfter is not null || unread.ToMend is not null)
        {
            await once.DoAsync($"{workspace.Id} unread {channel} {ts}", async () => // the event comes again
            {
                await SayAsync(workspace, Conversation.Of(place), reactor, thread: null, BlockKit.Draw(new Message(unread.ToMend ?? ChannelTexts.Get("SlackReadsLater")))[0]);
                return SlackReply.Done;
            });
            throw;
        }

        if (message is null or { Subtype: "tombstone" }) return SlackReply.Done;
        var deed = await capturing.ReadAsync(workspace, channel, message, mayWait: true, CancellationToken.None);
        var by = await directory.PersonAsync(workspace, reactor, called: null, CancellationToken.None);
        await turns.HandleAsync(new($"reaction {channel} {ts}", by, place, clock.GetUtcNow(), deed, ts));
        return SlackReply.Done;
    }

    /// <summary>The form of a new 8D, from where no channel is: it asks for the channel too.</summary>
    private async Task<SlackReply> AskWhereAsync(SlackWorkspace workspace, SlackInteraction interaction, SlackUser user, long began)
    {
        var work = once.DoAsync($"{workspace.Id} start {interaction.TriggerId}", async () =>
        {
            var place = new Place(workspace.Tenant, user.Id);
            var by = await WhoAsync(workspace, user);
            var answer = await turns.HandleAsync(new($"start {interaction.TriggerId}", by, place, clock.GetUtcNow(), new Deed.Press("form", Form.Start)));
            if (answer.Form is { } form) await OpenAsync(workspace, interaction.TriggerId, form, new(form.Id, Channel: null, Thread: null), place, by, again: null);
            return SlackReply.Done;
        });
        return await IsSoonAsync(work, began) && !await IsKeptAsync(work) ? SlackReply.NotKept : SlackReply.Done;
    }

    /// <summary>Whose message a form files, by a name where Slack said none while the form was opened.</summary>
    private async ValueTask<CapturedMessage?> NamedAsync(SlackWorkspace workspace, CapturedMessage? captured) => captured is not null && captured.Name == captured.By
        ? captured with { Name = (await directory.PersonAsync(workspace, captured.By, captured.Name, CancellationToken.None)).Name }
        : captured;

    /// <summary>Opens a form; where Slack takes none any more, whoever pressed is offered its button once more.</summary>
    private async Task OpenAsync(SlackWorkspace workspace, string? trigger, Form form, SlackFormPlace carried, Place place, Person by, Deed.Press? again)
    {
        if (await OpenAsync(workspace, trigger, form, carried, again) is { } offer) await SayAsync(workspace, Conversation.Of(place), by.Id, place.Thread, offer);
    }

    /// <summary>Opens a form; what to say where Slack takes none any more.</summary>
    private async Task<SlackPost?> OpenAsync(SlackWorkspace workspace, string? trigger, Form form, SlackFormPlace carried, Deed.Press? again)
    {
        try
        {
            await api.CallAsync(workspace.Token, "views.open", [("trigger_id", trigger), ("view", BlockKit.Draw(form, carried))], CancellationToken.None);
            return null;
        }
        catch (SlackException failed)
        {
            log.SlackFailed(failed);
            var text = failed.ToMend ?? ChannelTexts.Get(again is null ? "TooLateAgain" : "TooLate");
            return BlockKit.Draw(new Message(text, new Card(form.Title, [], text, again is null ? [] : [new(again.Action, again.Value, ChannelTexts.Get("OpenForm"))])))[0];
        }
    }

    /// <summary>Says to one person what is kept nowhere else; once more where it is not known whether it was said.</summary>
    private async Task SayAsync(SlackWorkspace workspace, Conversation conversation, string user, string? thread, SlackPost post, bool isLast = false)
    {
        try
        {
            await channels.TellAsync(workspace, conversation, user, thread, Guid.NewGuid().ToString("N"), post, CancellationToken.None);
        }
        catch (SlackException failed)
        {
            log.SlackFailed(failed);
            if (failed.IsUnclear && !isLast) await SayAsync(workspace, conversation, user, thread, post, isLast: true);
        }
    }

    /// <summary>Whether a channel is its members' alone; asked only where an 8D begins, which keeps it.</summary>
    private async ValueTask<bool> IsPrivateAsync(SlackWorkspace workspace, string channel, string name, Deed deed)
    {
        if (!deed.Begins) return false;
        if (name is "privategroup" or "directmessage" || SlackChannel.IsDirect(channel)) return true;
        return (await directory.ChannelAsync(workspace, channel, CancellationToken.None))?.IsPrivate ?? true;
    }

    private ValueTask<Person> WhoAsync(SlackWorkspace workspace, SlackUser user) => directory.PersonAsync(workspace, user.Id, user.Username ?? user.Name, CancellationToken.None);

    private static List<Person> PeopleOf(SlackIds mentioned, SlackNames names) => [.. mentioned.Users.Where(names.Users.ContainsKey).Select(id => new Person(id, names.Users[id]))];

    /// <summary>What a press is about: what the buttons say, else where they stand.</summary>
    private static (string Channel, string? Thread)? PlaceOf(SlackInteraction interaction, SlackAction action)
    {
        if (BlockKit.AboutOf(action.BlockId) is { } about) return about;
        return (interaction.Channel ?? interaction.Container?.ChannelId) is { } channel ? (channel, interaction.Message?.ThreadTs ?? interaction.Container?.ThreadTs) : null;
    }

    /// <summary>The workspace that a request is for; null where the app is not installed.</summary>
    /// <exception cref="SlackException">Slack did not say it, or not as soon as the request must be answered.</exception>
    private async Task<SlackWorkspace?> FindAsync(string? enterprise, string? team, long began)
    {
        var finding = workspaces.FindAsync(enterprise, team, CancellationToken.None).AsTask();
        return await IsSoonAsync(finding, began) ? await finding : throw SlackException.Unclear("auth.test", "no answer in time", cause: null);
    }

    private static ValueTask<bool> IsSoonAsync(Task work, long began) => work.IsDoneWithinAsync(Soon - Stopwatch.GetElapsedTime(began));

    private Task<bool> IsKeptAsync(Task work) => work.IsKeptAsync(log.SlackRequestFailed);

    /// <summary>What came of the work, or why it is lost.</summary>
    private async Task<SlackReply> ReplyAsync(Task<SlackReply> work) => await IsKeptAsync(work) ? await work : Privately(WhyLost(work));

    /// <summary>Acknowledges what Slack takes no words back for: who did it is written to where there is something to say.</summary>
    private async Task<SlackReply> DoneAsync(SlackWorkspace workspace, Conversation conversation, string user, Task<SlackReply> work, long began)
    {
        await IsSoonAsync(work, began);
        _ = SayLateAsync(workspace, conversation, user, work);
        return SlackReply.Done;
    }

    /// <summary>Says what came of work that ended too late for the answer, to whoever was told, or will believe, that it is on its way.</summary>
    private async Task SayLateAsync(SlackWorkspace workspace, Conversation conversation, string user, Task<SlackReply> work)
    {
        if ((await ReplyAsync(work)).Post is { } post) await SayAsync(workspace, conversation, user, thread: null, post);
    }

    /// <summary>Says that something was not taken where the workspace is not known, and so no more than what came with it.</summary>
    private SlackReply Lost(SlackInteraction interaction, string why)
    {
        if (interaction is { Type: "view_submission", View: { } view }) return Again(view, "NotSavedForm");
        if (interaction.ResponseUrl is not { } address) return SlackReply.NotKept;
        _ = IsKeptAsync(api.AnswerAsync(address, Privately(why).Json!, CancellationToken.None));
        return SlackReply.Done;
    }

    private static SlackReply Privately(string text) => SlackReply.Privately(BlockKit.Draw(new Message(text))[0]);

    private static string WhyLost(Task work) => work.Exception?.InnerException switch
    {
        StoreUnavailableException or UnreadableIncidentException => ChannelTexts.Get("NotSaved"),
        SlackException { ToMend: { } why } => $"{why} {ChannelTexts.Get("NothingChanged")}",
        SlackException => ChannelTexts.Get("SlackUnsure"),
        _ => ChannelTexts.Get("Broken"),
    };

    private static SlackReply Again(SlackView view, string why) => SlackReply.Refused(BlockKit.Errors(view, new Dictionary<string, string>(StringComparer.Ordinal) { [""] = ChannelTexts.Get(why) }));
}
