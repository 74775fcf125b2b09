using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using EightD.Bot.Turns;
using EightD.Incidents;
using EightD.Incidents.Cards;
using EightD.Reports.Folder;
using EightD.Reports.Rendering;

namespace EightD.Bot.Channels.Slack;

/// <summary>
/// Performs effects in Slack. Slack takes no key that makes a repetition harmless, so each message carries the id of its effect, and where it is not
/// known whether it was posted Slack is asked for it first.
/// </summary>
internal sealed class SlackChannel(
    SlackWorkspaces workspaces, SlackDirectory directory, IncidentStore incidents, SlackApi api, ResponseUrls answers, TimeProvider clock, ILogger<SlackChannel> log) : IChannel
{
    /// <summary>What a tenant of Slack begins with; the workspace's id follows.</summary>
    public const string Tenants = "slack/";

    private const string Slack = "slack";

    private const string Mark = "eightd_effect";

    /// <summary>What the thread and the title of the report's latest file are kept by: the same version is uploaded once, also where the thread may not be read.</summary>
    private const string ReportFile = "report-file";

    /// <summary>An effect that was saved longer ago than this may have been posted by a process that is no more.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    /// <summary>How much earlier than it was saved an effect is looked for, for clocks that differ.</summary>
    private static readonly TimeSpan Leeway = TimeSpan.FromMinutes(2);

    /// <summary>How long after its upload a file's message may take to appear, so that it can be told whether it was uploaded.</summary>
    private static readonly TimeSpan FileAppears = TimeSpan.FromSeconds(5);

    /// <summary>How long Slack may not answer before somebody is told.</summary>
    private static readonly TimeSpan Silent = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan OnceInvited = TimeSpan.FromSeconds(20), OnceMended = TimeSpan.FromMinutes(5), ToldAgain = TimeSpan.FromHours(1);

    private readonly DateTimeOffset began = clock.GetUtcNow();
    private readonly ConcurrentDictionary<string, byte> unclear = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(Conversation Where, string Why), DateTimeOffset> told = new();

    /// <inheritdoc/>
    public string Name => Slack;

    /// <summary>Half of what Slack asks for between two posts in a channel (Slack, "Rate limits"), which allows bursts.</summary>
    public TimeSpan Rest { get; } = TimeSpan.FromSeconds(0.5);

    /// <summary>Fifty a minute, the least that Slack takes of what one of them needs: to open somebody's chat is of tier 3 (Slack, "Rate limits").</summary>
    public TimeSpan Apart { get; } = TimeSpan.FromSeconds(1.2);

    /// <inheritdoc/>
    public Task<Delivered> DeliverAsync(Conversation conversation, Incident? incident, IReadOnlyList<Delivery> deliveries, CancellationToken cancel) =>
        InOrder.DeliverAsync(deliveries, (delivery, posted) => TryAsync(conversation, incident, posted, delivery, cancel));

    /// <inheritdoc/>
    public string? FolderOf(string tenant) => workspaces.AreMany ? tenant[Tenants.Length..].ToLowerInvariant() : null;

    /// <inheritdoc/>
    public async ValueTask<bool> IsInAsync(Conversation conversation, Person person, CancellationToken cancel)
    {
        try
        {
            return await workspaces.OfAsync(conversation.Tenant, cancel) is { } workspace && await directory.IsMemberAsync(workspace, conversation.Name, person.Id, cancel);
        }
        catch (SlackException failed)
        {
            log.SlackFailed(failed);
            return false;
        }
    }

    private async Task<DeliveryFailure?> TryAsync(Conversation conversation, Incident? incident, Dictionary<string, string> posted, Delivery delivery, CancellationToken cancel)
    {
        try
        {
            if (await workspaces.OfAsync(conversation.Tenant, cancel) is not { } workspace) return new(ChannelTexts.Get("SlackUninstalled"), IsFinal: false, OnceMended);
            await PerformAsync(new(workspace, conversation, incident, posted), delivery, cancel);
            unclear.TryRemove(delivery.Pending.Id, out _);
            return null;
        }
        catch (SlackException failed)
        {
            if (failed.IsUnclear) unclear[delivery.Pending.Id] = 0;
            log.SlackFailed(failed);
            var failure = FailureOf(failed);
            if (incident is not null && (IsForPeople(failed) || IsSilentForLong(failed, delivery.Pending))) await SayWhyAsync(conversation, incident, failed, failure.Why, cancel);
            return failure;
        }
        catch (Exception cause) when (IsLogged(cause))
        {
            unclear[delivery.Pending.Id] = 0; // and what was performed before it stays performed
            return new(ChannelTexts.Get("SlackSilent"), IsFinal: false);
        }
    }

    private bool IsLogged(Exception cause)
    {
        log.SlackRequestFailed(cause);
        return true;
    }

    private Task PerformAsync(Scope at, Delivery delivery, CancellationToken cancel) => delivery.Pending.Effect switch
    {
        Effect.Tell tell => TellAsync(at, delivery.Pending, tell, cancel),
        Effect.Direct direct => TellDirectlyAsync(at, direct, delivery.Pending, MayBeThere(delivery.Pending), cancel),
        Effect.Post { InThread: true, Under: { } under } post when at.Known(under) is { } known => PostAsync(at, delivery.Pending, delivery.Pending.Id, post.Key, known, post.Message, cancel),
        Effect.Post { InThread: true } post => InThreadAsync(at, delivery.Pending, thread => PostAsync(at, delivery.Pending, delivery.Pending.Id, post.Key, thread, post.Message, cancel), cancel),
        Effect.Post post => PostAsync(at, delivery.Pending, delivery.Pending.Id, post.Key, thread: null, post.Message, cancel),
        Effect.Revise revise when at.Known(revise.Key) is { } known => ReviseAsync(at, delivery.Pending, revise.Key, known, revise.Message, cancel),
        Effect.Redraw { Key: MessageKey.Report } when delivery.Drawn is { } drawn => ReportAsync(at, delivery.Pending, drawn, cancel),
        Effect.Redraw { Key: MessageKey.Card } when delivery.Drawn is { } drawn => RedrawCardAsync(at, delivery.Pending, drawn, cancel),
        Effect.Redraw redraw when delivery.Drawn is { } drawn => RedrawAsync(at, delivery.Pending, redraw.Key, drawn, cancel),
        _ => Task.CompletedTask, // the platform has shown it, or it was never posted
    };

    /// <summary>Posts in the thread of the card; where that is gone or locked, or its card was given up, in the thread of a new card.</summary>
    private async Task InThreadAsync(Scope at, PendingEffect pending, Func<string, Task> post, CancellationToken cancel)
    {
        try
        {
            await post(at.Known(MessageKey.Card) ?? await PostCardAsync(at, pending, cancel));
        }
        catch (SlackException gone) when (IsThreadGone(gone))
        {
            log.SlackFailed(gone);
            var old = at.Known(MessageKey.Card);
            await post(await PostCardAsync(at, pending, cancel));
            if (old is not null) await LeaveAsync(at, old, cancel);
        }
    }

    /// <summary>Takes the buttons off a card whose thread takes no replies any more, and says where the 8D goes on; where the card is gone too there is nobody to be told.</summary>
    private async Task LeaveAsync(Scope at, string card, CancellationToken cancel)
    {
        try
        {
            await UpdateAsync(at, card, BlockKit.Draw(new Message(ChannelTexts.Get("SlackGoesOn", at.Incident!.Name)))[0], cancel);
        }
        catch (SlackException gone) when (!gone.IsUnclear)
        {
            log.SlackFailed(gone);
        }
    }

    private async Task<string> PostCardAsync(Scope at, PendingEffect pending, CancellationToken cancel)
    {
        var settings = await incidents.SettingsAsync(at.Conversation.Tenant, cancel);
        var drawn = await SharedAsync(at, IncidentCard.Draw(at.Incident!, clock.GetUtcNow(), settings.TimeZone), cancel);
        await PostAsync(at, pending, $"{pending.Id}.card", MessageKey.Card, thread: null, drawn, cancel);
        return at.Posted[MessageKey.Card];
    }

    /// <summary>The card as it is shown: in a channel that another organisation shares it says who reads along before anything is published (Slack, "Slack Connect").</summary>
    private async Task<Message> SharedAsync(Scope at, Message drawn, CancellationToken cancel)
    {
        var isShared = !IsDirect(at.Conversation.Name) && await directory.IsSharedAsync(at.Workspace, at.Conversation.Name, cancel);
        return isShared && drawn.Card is { } card ? drawn with { Card = card with { Fields = [.. card.Fields, new(ChannelTexts.Get("SlackShared"), ChannelTexts.Get("SlackSharedWith"))] } } : drawn;
    }

    private async Task RedrawCardAsync(Scope at, PendingEffect pending, Message drawn, CancellationToken cancel) => await RedrawAsync(at, pending, MessageKey.Card, await SharedAsync(at, drawn, cancel), cancel);

    private Task RedrawAsync(Scope at, PendingEffect pending, string key, Message drawn, CancellationToken cancel) =>
        at.Known(key) is { } known ? ReviseAsync(at, pending, key, known, drawn, cancel) : PostAsync(at, pending, pending.Id, key, thread: null, drawn, cancel);

    /// <summary>Posts a message, and the rest of it, where it is too long for one, behind it.</summary>
    private async Task PostAsync(Scope at, PendingEffect pending, string id, string key, string? thread, Message message, CancellationToken cancel)
    {
        var pages = BlockKit.Draw(message);
        at.Posted[key] = await PostOnceAsync(at, pending, thread, id, pages[0], cancel);
        await PostRestAsync(at, pending, thread, id, pages, cancel);
    }

    private async Task PostRestAsync(Scope at, PendingEffect pending, string? thread, string id, IReadOnlyList<SlackPost> pages, CancellationToken cancel)
    {
        for (var page = 1; page < pages.Count; page++) await PostOnceAsync(at, pending, thread, string.Create(CultureInfo.InvariantCulture, $"{id}.{page}"), pages[page], cancel);
    }

    /// <summary>Posts it where it is not there yet.</summary>
    /// <returns>Its <c>ts</c>.</returns>
    private async Task<string> PostOnceAsync(Scope at, PendingEffect pending, string? thread, string id, SlackPost post, CancellationToken cancel) =>
        (MayBeThere(pending) ? await FindAsync(at, thread, id, pending.SavedAt, cancel) : null) ?? await PostAsync(at, thread, id, post, cancel);

    private Task<string> PostAsync(Scope at, string? thread, string id, SlackPost post, CancellationToken cancel) => DrawAsync(post, async drawn =>
    {
        var arguments = Arguments(at.Conversation.Name, thread, drawn, id);
        try
        {
            return (await api.CallAsync(at.Workspace.Token, "chat.postMessage", arguments, cancel)).Ts!;
        }
        catch (SlackException absent) when (absent.Code is "not_in_channel")
        {
            if (!await TryJoinAsync(at, cancel)) throw;
        }

        return (await api.CallAsync(at.Workspace.Token, "chat.postMessage", arguments, cancel)).Ts!;
    });

    /// <summary>Sends a message; where Slack cannot draw it more plainly, until it can.</summary>
    private async Task<T> DrawAsync<T>(SlackPost post, Func<SlackPost, Task<T>> send)
    {
        try
        {
            return await send(post);
        }
        catch (SlackException undrawn) when (undrawn.IsUndrawable && post.Blocks.Length > 0)
        {
            log.SlackUndrawable(undrawn);
            return await DrawAsync(post.Plainer(), send);
        }
    }

    private static List<(string, string?)> Arguments(string channel, string? thread, SlackPost post, string id) =>
    [
        ("channel", channel), ("thread_ts", thread), ("text", post.Text), ("blocks", post.Blocks.Length == 0 ? null : post.Blocks), ("unfurl_links", "false"), ("unfurl_media", "false"),
        ("metadata", new JsonObject { ["event_type"] = Mark, ["event_payload"] = new JsonObject { ["id"] = id } }.ToJsonString()),
    ];

    /// <summary>Edits a message in place; one that somebody deleted is posted anew.</summary>
    private async Task ReviseAsync(Scope at, PendingEffect pending, string key, string ts, Message message, CancellationToken cancel)
    {
        var pages = BlockKit.Draw(message);
        try
        {
            pages = [pages[0], .. await UpdateAsync(at, ts, pages[0], cancel), .. pages.Skip(1)];
        }
        catch (SlackException gone) when (gone.Code is "message_not_found" or "cant_update_message" or "edit_window_closed")
        {
            if (key is MessageKey.Card or MessageKey.Report or MessageKey.Digest or MessageKey.Closing) await PostAsync(at, pending, pending.Id, key, thread: null, message, cancel);
            else await InThreadAsync(at, pending, thread => PostAsync(at, pending, pending.Id, key, thread, message, cancel), cancel);
            return;
        }

        at.Posted[key] = ts;
        await PostRestAsync(at, pending, at.Known(MessageKey.Card), pending.Id, pages, cancel);
    }

    /// <summary>Edits a message in place.</summary>
    /// <returns>The rest of its text, where it is text alone and longer than Slack takes here.</returns>
    private Task<IReadOnlyList<SlackPost>> UpdateAsync(Scope at, string ts, SlackPost post, CancellationToken cancel) => DrawAsync<IReadOnlyList<SlackPost>>(post, async drawn =>
    {
        var (text, blocks) = (drawn.Text, drawn.Blocks);
        IReadOnlyList<string> rest = [];
        if (blocks.Length == 0)
        {
            var pieces = Mrkdwn.Split(text, BlockKit.UpdateText);
            (text, blocks, rest) = (pieces[0], "[]", [.. pieces.Skip(1)]); // without any the old blocks stay
        }

        await api.CallAsync(at.Workspace.Token, "chat.update", [("channel", at.Conversation.Name), ("ts", ts), ("text", text), ("blocks", blocks), ("parse", "none")], cancel);
        return [.. rest.Select(piece => new SlackPost(piece, ""))];
    });

    /// <summary>The finished report: a short card, and each version as files in its thread: its Markdown, and a page that prints. That of a private one among others stays out.</summary>
    private async Task ReportAsync(Scope at, PendingEffect pending, Message drawn, CancellationToken cancel)
    {
        var card = new Message(drawn.Text, drawn.Card! with { Body = null });
        await RedrawAsync(at, pending, MessageKey.Report, card, cancel);
        var incident = at.Incident!;
        if (incident.IsAmongOthers) return;
        var (thread, content) = (at.Posted[MessageKey.Report], Encoding.UTF8.GetBytes(incident.Report.Text));
        var print = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content).AsSpan(0, 4));
        var name = FileName.Of(incident.Number, incident.Report.Title);
        var title = ChannelTexts.Get("SlackFile", name, print);
        var file = $"{thread} {title}";
        if (at.Known(ReportFile) == file) return;
        try
        {
            var page = FileName.PageOf(name);
            if (!await HasFileAsync(at, thread, title, cancel)) await UploadAsync(at, thread, [(name, title, content), (page, ChannelTexts.Get("SlackFile", page, print), Encoding.UTF8.GetBytes(ReportHtml.Page(incident.Report)))], cancel);
        }
        catch (SlackException refused) when (refused.Code is "file_uploads_disabled" or "file_type_not_allowed" or "storage_limit_reached" or "file_upload_size_restricted" or "missing_scope")
        {
            log.SlackFailed(refused);
            var why = refused.Needed is { } scope ? ChannelTexts.Get("SlackScopeUploads", scope) : ChannelTexts.Get("SlackNoUploads");
            await PostAsync(at, pending, $"{pending.Id}.text", "report-text", thread, new Message($"{why}\n\n{incident.Report.Text}"), cancel);
        }

        at.Posted[ReportFile] = file;
    }

    private async Task<bool> HasFileAsync(Scope at, string thread, string title, CancellationToken cancel) =>
        await LookAsync(at, [("ts", thread)], message => message.Files.Any(file => file.Title == title), cancel) is not null;

    /// <summary>Uploads files that appear in one message.</summary>
    private async Task UploadAsync(Scope at, string thread, IEnumerable<(string Name, string Title, byte[] Content)> contents, CancellationToken cancel)
    {
        var token = at.Workspace.Token;
        JsonArray files = [];
        foreach (var (name, title, content) in contents)
        {
            var begun = await api.CallAsync(token, "files.getUploadURLExternal", [("filename", name), ("length", content.Length.ToString(CultureInfo.InvariantCulture))], cancel);
            await api.UploadAsync(begun.UploadUrl!, content, cancel);
            files.Add(new JsonObject { ["id"] = begun.FileId, ["title"] = title });
        }

        try
        {
            await api.CallAsync(token, "files.completeUploadExternal", [("files", files.ToJsonString()), ("channel_id", at.Conversation.Name), ("thread_ts", thread)], cancel);
        }
        catch (SlackException unsure) when (unsure.IsUnclear)
        {
            throw unsure.After(FileAppears);
        }
    }

    /// <summary>Says something to one person: at the address that came with the request, else in the channel, else directly.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="conversation">The channel that it is about.</param>
    /// <param name="user">The person's id.</param>
    /// <param name="thread">The thread that it is about; null for none.</param>
    /// <param name="id">What the message is found by where it must be posted.</param>
    /// <param name="post">The message.</param>
    /// <param name="cancel">Ends the attempt.</param>
    /// <exception cref="SlackException">It was not said, or it is not known whether it was.</exception>
    public async Task TellAsync(SlackWorkspace workspace, Conversation conversation, string user, string? thread, string id, SlackPost post, CancellationToken cancel)
    {
        var at = new Scope(workspace, conversation, Incident: null, []);
        await DrawAsync(post, async drawn =>
        {
            await TellAsync(at, user, thread, id, drawn, cancel);
            return true;
        });
    }

    private async Task TellAsync(Scope at, PendingEffect pending, Effect.Tell tell, CancellationToken cancel)
    {
        if (IsDirect(tell.At.Conversation)) at = at with { Conversation = new(at.Conversation.Tenant, tell.At.Conversation) }; // who pressed in their own chat is answered there
        foreach (var post in BlockKit.Draw(tell.Message)) await TellAsync(at.Workspace, at.Conversation, tell.To.Id, tell.At.Thread, pending.Id, post, cancel);
    }

    private async Task TellAsync(Scope at, string user, string? thread, string id, SlackPost post, CancellationToken cancel)
    {
        if (answers.Take(at.Conversation, user) is { } address && await api.AnswerAsync(address, Ephemeral(post, thread), cancel)) return;
        if (IsDirect(at.Conversation.Name))
        {
            await PostAsync(at, thread, id, post, cancel);
            return;
        }

        try
        {
            await api.CallAsync(at.Workspace.Token, "chat.postEphemeral",
                [("channel", at.Conversation.Name), ("user", user), ("thread_ts", thread), ("text", post.Text), ("blocks", post.Blocks.Length == 0 ? null : post.Blocks)], cancel);
        }
        catch (SlackException gone) when (thread is not null && IsThreadGone(gone))
        {
            await TellAsync(at, user, thread: null, id, post, cancel);
        }
        catch (SlackException absent) when (absent.Code is "user_not_in_channel" || IsShut(absent) || IsWithoutBot(absent))
        {
            await PostDirectlyAsync(at, user, id, post.About(at.Conversation.Name, thread), cancel);
        }
    }

    public async ValueTask<Person?> FindAsync(Conversation conversation, string name, bool mayAsk, CancellationToken cancel)
    {
        try
        {
            return await workspaces.OfAsync(conversation.Tenant, cancel) is { } workspace ? await directory.FindAsync(workspace, conversation.Name, name, mayAsk, cancel) : null;
        }
        catch (SlackException failed)
        {
            log.SlackFailed(failed);
            return null;
        }
    }

    public async ValueTask<string?> ZoneOfAsync(Conversation conversation, Person person, bool mayAsk, CancellationToken cancel) =>
        await workspaces.OfAsync(conversation.Tenant, cancel) is { } workspace ? await directory.ZoneAsync(workspace, person.Id, mayAsk, cancel) : null;

    public bool HasZones => true;

    public async Task<DeliveryFailure?> TellDirectlyAsync(Conversation about, PendingEffect pending, bool mayBeThere, CancellationToken cancel)
    {
        try
        {
            if (await workspaces.OfAsync(about.Tenant, cancel) is not { } workspace) return new(ChannelTexts.Get("SlackUninstalled"), IsFinal: false, OnceMended);
            await TellDirectlyAsync(new(workspace, about, Incident: null, []), (Effect.Direct)pending.Effect, pending, mayBeThere, cancel);
            return null;
        }
        catch (SlackException failed)
        {
            log.SlackFailed(failed);
            return mayBeThere && failed.Needed is not null ? new DeliveryFailure(ChannelTexts.Get("SlackUnseen"), IsFinal: true) { IsUnsure = true } : FailureOf(failed) with { IsUnsure = failed.IsUnclear };
        }
    }

    /// <summary>Says something in somebody's own chat; where it was tried before it is looked whether it stands there.</summary>
    private async Task TellDirectlyAsync(Scope at, Effect.Direct direct, PendingEffect pending, bool mayBeThere, CancellationToken cancel)
    {
        var own = at with { Conversation = at.Conversation with { Name = await OpenAsync(at, direct.To.Id, cancel) } };
        foreach (var (page, post) in BlockKit.Draw(direct.Message).Index())
        {
            var id = page == 0 ? pending.Id : string.Create(CultureInfo.InvariantCulture, $"{pending.Id}.{page}");
            if (!mayBeThere || await FindAsync(own, thread: null, id, pending.SavedAt, cancel, mustLook: true) is null) await PostAsync(own, thread: null, id, post, cancel);
        }
    }

    private async Task PostDirectlyAsync(Scope at, string user, string id, SlackPost post, CancellationToken cancel) =>
        await PostAsync(at with { Conversation = at.Conversation with { Name = await OpenAsync(at, user, cancel) } }, thread: null, id, post, cancel);

    private async Task<string> OpenAsync(Scope at, string user, CancellationToken cancel) =>
        (await api.CallAsync(at.Workspace.Token, "conversations.open", [("users", user)], cancel)).ChannelFacts!.Id;

    /// <summary>An answer that one person sees.</summary>
    internal static string Ephemeral(SlackPost post, string? thread)
    {
        var blocks = post.Blocks.Length > 0 ? $",\"blocks\":{post.Blocks}" : "";
        var within = thread is null ? "" : $",\"thread_ts\":{JsonText.Of(thread)}";
        return $"{{\"response_type\":\"ephemeral\",\"replace_original\":false,\"text\":{JsonText.Of(post.Text)}{blocks}{within}}}";
    }

    /// <summary>Tells a person, once in a while, what only people can mend: at the address that came with a request, else directly.</summary>
    private async Task SayWhyAsync(Conversation conversation, Incident incident, SlackException failed, string why, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (told.TryGetValue((conversation, why), out var at) && now - at < ToldAgain) return;
        told[(conversation, why)] = now;
        try
        {
            if (!IsShut(failed) && AddressOf(conversation, incident) is { } address && await api.AnswerAsync(address, Ephemeral(BlockKit.Draw(new Message(why))[0], thread: null), cancel)) return;
            if (await workspaces.OfAsync(conversation.Tenant, cancel) is not { } workspace) return;
            var post = BlockKit.Draw(new Message($"{incident.Name}: {why}"))[0];
            await PostDirectlyAsync(new(workspace, conversation, incident, []), incident.Starter.Id, $"why {incident.Id} {now.ToUnixTimeSeconds()}", post, cancel);
        }
        catch (SlackException unsaid)
        {
            told.TryRemove((conversation, why), out _);
            log.SlackFailed(unsaid);
        }
    }

    /// <summary>Where whoever acted last can be answered, else whoever started.</summary>
    private Uri? AddressOf(Conversation conversation, Incident incident) =>
        (incident.Log.Entries is [.., var last] ? answers.Take(conversation, last.By.Id) : null) ?? answers.Take(conversation, incident.Starter.Id);

    private async Task<bool> TryJoinAsync(Scope at, CancellationToken cancel)
    {
        try
        {
            await api.CallAsync(at.Workspace.Token, "conversations.join", [("channel", at.Conversation.Name)], cancel);
            return true;
        }
        catch (SlackException refused) when (!refused.IsUnclear)
        {
            return false; // it needs a scope that not every workspace gives
        }
    }

    private bool MayBeThere(PendingEffect pending) =>
        unclear.ContainsKey(pending.Id) || pending.SavedAt < began || clock.GetUtcNow() - pending.SavedAt > Fresh;

    /// <summary>The bot's message with that mark; null where there is none since it was saved.</summary>
    private Task<string?> FindAsync(Scope at, string? thread, string id, DateTimeOffset savedAt, CancellationToken cancel, bool mustLook = false) => LookAsync(
        at, [("ts", thread), ("oldest", (savedAt - Leeway).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)), ("include_all_metadata", "true")],
        message => message.Metadata is { EventType: Mark, EventPayload: { } mark } && mark.Id == id && message.BotId is not null, cancel, mustLook);

    /// <summary>Looks for such a message in a channel, or in a thread of it; null where there is none, or where the bot may not look.</summary>
    private async Task<string?> LookAsync(Scope at, IReadOnlyList<(string Name, string? Value)> among, Func<SlackMessage, bool> such, CancellationToken cancel, bool mustLook = false)
    {
        var method = among[0].Value is null ? "conversations.history" : "conversations.replies";
        string? cursor = null;
        try
        {
            do
            {
                var answer = await api.CallAsync(at.Workspace.Token, method, [("channel", at.Conversation.Name), .. among, ("limit", "200"), ("cursor", cursor)], cancel);
                if (answer.Messages.FirstOrDefault(such) is { } found) return found.Ts;
                cursor = answer.ResponseMetadata?.NextCursor;
            }
            while (!string.IsNullOrEmpty(cursor));
        }
        catch (SlackException refused) when (refused.Needed is not null && !mustLook)
        {
            log.SlackFailed(refused); // better twice than never
        }

        return null;
    }

    /// <summary>Whether a conversation is one person's with the bot.</summary>
    internal static bool IsDirect(string channel) => channel.StartsWith('D');

    private static bool IsWithoutBot(SlackException failed) => failed.Code is "not_in_channel" or "channel_not_found";

    private static bool IsThreadGone(SlackException failed) => failed.Code is "thread_not_found" or "cannot_reply_to_message" or "restricted_action_thread_locked";

    /// <summary>Whether nobody can be told anything in the channel.</summary>
    private static bool IsShut(SlackException failed) => failed.Code
        is "is_archived" or "is_inactive" or "ekm_access_denied"
        or "restricted_action" or "restricted_action_read_only_channel" or "restricted_action_thread_only_channel" or "restricted_action_non_threadable_channel";

    /// <summary>Whether it stays so until a person does something.</summary>
    private static bool IsForPeople(SlackException failed) => IsWithoutBot(failed) || IsShut(failed) || failed.ToMend is not null;

    /// <summary>Whether people have waited so long that they begin to wonder.</summary>
    private bool IsSilentForLong(SlackException failed, PendingEffect pending) => failed.IsUnclear && clock.GetUtcNow() - pending.SavedAt > Silent;

    private static DeliveryFailure FailureOf(SlackException failed) => failed switch
    {
        _ when IsWithoutBot(failed) => new(ChannelTexts.Get("SlackInvite"), IsFinal: false, OnceInvited),
        { Code: "is_archived" or "is_inactive" } => new(ChannelTexts.Get("SlackArchived"), IsFinal: true),
        _ when IsShut(failed) => new(ChannelTexts.Get("SlackRestricted"), IsFinal: true),
        { Code: "user_not_found" or "users_not_found" or "user_not_visible" or "user_disabled" or "messages_tab_disabled" } => new(ChannelTexts.Get("SlackUnreachable"), IsFinal: true),
        { ToMend: { } why } => new(why, IsFinal: false, OnceMended),
        _ when IsThreadGone(failed) => new(ChannelTexts.Get("SlackThreadGone"), IsFinal: true),
        { IsUndrawable: true } => new(ChannelTexts.Get("SlackUndrawable"), IsFinal: true),
        _ => new(ChannelTexts.Get("SlackSilent"), IsFinal: false, failed.RetryAfter),
    };

    /// <summary>What effects of one 8D are performed with.</summary>
    private sealed record Scope(SlackWorkspace Workspace, Conversation Conversation, Incident? Incident, Dictionary<string, string> Posted)
    {
        /// <summary>The <c>ts</c> of a message that was posted; null where it was not yet.</summary>
        public string? Known(string key) => Posted.GetValueOrDefault(key) ?? Incident?.Messages.GetValueOrDefault(key);
    }
}
