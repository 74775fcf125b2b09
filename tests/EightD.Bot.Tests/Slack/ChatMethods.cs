using System.Text.Json.Nodes;

namespace EightD.Bot.Tests.Slack;

/// <summary><c>chat.*</c>, <c>reactions.add</c>, <c>pins.add</c>, <c>bookmarks.add</c>.</summary>
internal sealed class ChatMethods(SlackStandIn slack)
{
    private readonly ConversationMethods conversations = new(slack);

    public IEnumerable<KeyValuePair<string, SlackMethod>> All =>
    [
        new("chat.postMessage", new(Post, "chat:write")),
        new("chat.postEphemeral", new(PostEphemeral, "chat:write")),
        new("chat.update", new(Update, "chat:write")),
        new("chat.delete", new(Delete, "chat:write")),
        new("chat.getPermalink", new(GetPermalink) { IsFormOnly = true }),
        new("reactions.add", new(React, "reactions:write")),
        new("pins.add", new(Pin, "pins:write")),
        new("bookmarks.add", new(Bookmark, "bookmarks:write")),
    ];

    private JsonObject Post(SlackRequest request)
    {
        slack.Judge(request.Method, request.Arguments.Json, SlackLimits.OfPost);
        var channel = conversations.Writable(request, request.Arguments.Needed("channel"));
        CheckThread(channel, request.Arguments["thread_ts"]);
        var message = slack.World.Say(slack.BotMessage(request.Team, channel.Id, request.Arguments) with { IsBroadcast = request.Arguments.Is("reply_broadcast") });
        return SlackJson.Of(new { channel = channel.Id, ts = message.Ts, message = message.ToJson() });
    }

    private JsonObject PostEphemeral(SlackRequest request)
    {
        slack.Judge(request.Method, request.Arguments.Json, SlackLimits.OfEphemeral);
        var channel = conversations.Writable(request, request.Arguments.Needed("channel"));
        var user = slack.World.User(request.Arguments.Needed("user")) ?? throw new SlackRefusalException("user_not_found");
        if (!channel.Members.Contains(user.Id)) throw new SlackRefusalException("user_not_in_channel");
        var thread = request.Arguments["thread_ts"];
        CheckThread(channel, thread);
        var message = slack.BotMessage(request.Team, channel.Id, request.Arguments) with { To = user.Id, Metadata = null };
        if (thread is not null && !slack.World.Messages(channel.Id).Any(reply => reply.ThreadTs == thread && reply.Ts != thread && !reply.IsEphemeral))
        {
            slack.Complain($"{request.Method}: nobody sees it: no one has replied in the thread {thread} yet");
        }
        else
        {
            slack.World.Say(message);
        }

        return SlackJson.Of(new { message_ts = message.Ts });
    }

    private JsonObject Update(SlackRequest request)
    {
        var arguments = request.Arguments;
        slack.Judge(request.Method, arguments.Json, SlackLimits.OfUpdate);
        var channel = conversations.Writable(request, arguments.Needed("channel"));
        var old = Own(request, channel, "cant_update_message");
        if (old.Blocks is not null && arguments.Nest("blocks") is null) slack.Complain($"{request.Method}: leaves the old blocks: text and blocks are both to be sent");
        var now = slack.World.Change(channel.Id, old.Ts, message => message with
        {
            Text = arguments["text"] ?? message.Text,
            Blocks = slack.Identified(arguments.Nest("blocks")) ?? message.Blocks,
            Metadata = arguments.Nest("metadata") ?? message.Metadata,
            EditedTs = slack.World.NewTs(),
        });
        return SlackJson.Of(new { channel = channel.Id, ts = old.Ts, text = now!.Text, message = now.ToJson() });
    }

    private JsonObject Delete(SlackRequest request)
    {
        var channel = conversations.Visible(request, request.Arguments.Needed("channel"));
        var old = Own(request, channel, "cant_delete_message");
        slack.World.Remove(channel.Id, old.Ts);
        return SlackJson.Of(new { channel = channel.Id, ts = old.Ts });
    }

    private JsonObject GetPermalink(SlackRequest request)
    {
        var channel = conversations.Visible(request, request.Arguments.Needed("channel"));
        var message = Found(channel, request.Arguments.Needed("message_ts"));
        var inThread = message.IsTopLevel ? "" : $"?thread_ts={message.ThreadTs}&cid={channel.Id}";
        return SlackJson.Of(new
        {
            channel = channel.Id,
            permalink = $"https://{request.Team.Domain}.slack.com/archives/{channel.Id}/p{message.Ts.Replace(".", "", StringComparison.Ordinal)}{inThread}",
        });
    }

    private JsonObject React(SlackRequest request)
    {
        var channel = conversations.Visible(request, request.Arguments.Needed("channel"));
        var name = request.Arguments.Needed("name");
        if (name.Contains(':', StringComparison.Ordinal) && !name.Contains("::", StringComparison.Ordinal)) throw new SlackRefusalException("invalid_name");
        conversations.MustBeIn(request, channel);
        var message = Found(channel, request.Arguments.Needed("timestamp"));
        if (message.Reactions.Contains((name, request.Team.BotUser))) throw new SlackRefusalException("already_reacted");
        slack.World.Change(channel.Id, message.Ts, old => old with { Reactions = old.Reactions.Add((name, request.Team.BotUser)) });
        return [];
    }

    private JsonObject Pin(SlackRequest request)
    {
        var channel = conversations.Visible(request, request.Arguments.Needed("channel"));
        conversations.MustBeIn(request, channel);
        var message = Found(channel, request.Arguments.Needed("timestamp"));
        return slack.World.Pins.Add((channel.Id, message.Ts)) ? [] : throw new SlackRefusalException("already_pinned");
    }

    private JsonObject Bookmark(SlackRequest request)
    {
        var channel = conversations.Visible(request, request.Arguments.Needed("channel_id"));
        if (request.Arguments.Needed("type") != "link") throw new SlackRefusalException("invalid_bookmark_type");
        SlackBookmark bookmark = new(channel.Id, request.Arguments.Needed("title"), request.Arguments.Needed("link"));
        slack.World.Bookmarks.Add(bookmark);
        return SlackJson.Of(new { bookmark = new { id = slack.World.NewId("Bk"), channel_id = channel.Id, title = bookmark.Title, link = bookmark.Link, type = "link" } });
    }

    private SlackMessage Found(SlackChannel channel, string ts) =>
        slack.World.Message(channel.Id, ts) is { IsEphemeral: false } message ? message : throw new SlackRefusalException("message_not_found");

    private SlackMessage Own(SlackRequest request, SlackChannel channel, string refusal)
    {
        var message = Found(channel, request.Arguments.Needed("ts"));
        return message.BotId == request.Team.BotId ? message : throw new SlackRefusalException(refusal);
    }

    private void CheckThread(SlackChannel channel, string? thread)
    {
        if (thread is null) return;
        var parent = slack.World.Message(channel.Id, thread) is { IsEphemeral: false } message ? message : throw new SlackRefusalException("thread_not_found");
        if (parent.IsTopLevel) return;
        slack.Complain($"thread_ts {thread} is a reply's, not its parent's");
        throw new SlackRefusalException("cannot_reply_to_message");
    }
}
