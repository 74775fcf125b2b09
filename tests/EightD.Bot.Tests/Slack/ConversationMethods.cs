using System.Globalization;
using System.Text.Json.Nodes;

namespace EightD.Bot.Tests.Slack;

/// <summary><c>conversations.*</c>, and what of a channel a bot may see and write.</summary>
internal sealed class ConversationMethods(SlackStandIn slack)
{
    public IEnumerable<KeyValuePair<string, SlackMethod>> All =>
    [
        new("conversations.info", new(Info) { IsFormOnly = true }),
        new("conversations.members", new(Members) { IsFormOnly = true }),
        new("conversations.history", new(History)),
        new("conversations.replies", new(Replies) { IsFormOnly = true }),
        new("conversations.join", new(Join, "channels:join")),
        new("conversations.open", new(Open, "im:write")),
    ];

    /// <summary>A channel that the bot can see: a private one only from within.</summary>
    public SlackChannel Visible(SlackRequest request, string id)
    {
        var channel = slack.World.Channel(id) is { } found && found.Id == id ? found : throw new SlackRefusalException("channel_not_found");
        var isIn = channel.Members.Contains(request.Team.BotUser);
        var isOurs = channel.Team == request.Team.Id || channel.IsShared || request.Team.IsEnterpriseInstall;
        return isIn || (isOurs && !channel.IsPrivate && !channel.IsIm) ? channel : throw new SlackRefusalException("channel_not_found");
    }

    /// <summary>A channel that the bot can write to; a person's id stands for the conversation with them.</summary>
    public SlackChannel Writable(SlackRequest request, string id)
    {
        var channel = slack.World.User(id) is { } person && person.Id == id ? slack.World.Direct(request.Team.Id, person.Id) : Visible(request, id);
        if (channel.IsArchived) throw new SlackRefusalException("is_archived");
        if (!request.Team.Scopes.Contains("chat:write.public")) MustBeIn(request, channel);
        return channel;
    }

    public void MustBeIn(SlackRequest request, SlackChannel channel)
    {
        if (!channel.Members.Contains(request.Team.BotUser)) throw new SlackRefusalException("not_in_channel");
    }

    private static string Family(SlackChannel channel) => channel.IsIm ? "im" : channel.IsPrivate ? "groups" : "channels";

    private JsonObject Info(SlackRequest request) => SlackJson.Of(new { channel = Read(request, "read").ToJson(request.Team.BotUser) });

    private JsonObject Members(SlackRequest request)
    {
        var channel = Read(request, "read");
        var (page, next) = Page(request, channel.Members, otherwise: 100);
        return SlackJson.Of(new { members = page, response_metadata = new { next_cursor = next } });
    }

    private JsonObject History(SlackRequest request)
    {
        var channel = Read(request, "history");
        MustBeIn(request, channel);
        var all = Within(request, slack.World.Messages(channel.Id).Where(message => message.IsTopLevel || message.IsBroadcast)).Reverse();
        return Answer(request, [.. all]);
    }

    private JsonObject Replies(SlackRequest request)
    {
        var channel = Read(request, "history");
        MustBeIn(request, channel);
        var ts = request.Arguments.Needed("ts");
        var named = slack.World.Message(channel.Id, ts) is { IsEphemeral: false } message ? message : throw new SlackRefusalException("thread_not_found");
        if (!named.IsTopLevel) return Answer(request, [named]);
        var replies = Within(request, slack.World.Messages(channel.Id).Where(reply => reply.ThreadTs == ts && reply.Ts != ts));
        return Answer(request, [named, .. replies]);
    }

    private JsonObject Join(SlackRequest request)
    {
        var channel = Visible(request, request.Arguments.Needed("channel"));
        if (channel.IsPrivate || channel.IsIm) throw new SlackRefusalException("method_not_supported_for_channel_type");
        if (channel.IsArchived) throw new SlackRefusalException("is_archived");
        var wasIn = channel.Members.Contains(request.Team.BotUser);
        if (!wasIn) channel = slack.World.Change(channel.Id, old => old with { Members = old.Members.Add(request.Team.BotUser) });
        return SlackJson.Of(new { channel = channel.ToJson(request.Team.BotUser), warning = wasIn ? "already_in_channel" : null });
    }

    private JsonObject Open(SlackRequest request)
    {
        if (request.Arguments["channel"] is { } id) return SlackJson.Of(new { channel = new { id = Visible(request, id).Id } });
        var users = request.Arguments["users"] ?? throw new SlackRefusalException("users_list_not_supplied");
        if (users.Contains(',', StringComparison.Ordinal)) SlackStandIn.Require(request.Team, "mpim:write");
        var user = slack.World.User(users) is { } found && found.Id == users ? found : throw new SlackRefusalException("user_not_found");
        if (user.IsDeleted) throw new SlackRefusalException("user_disabled");
        return SlackJson.Of(new { channel = new { id = slack.World.Direct(request.Team.Id, user.Id).Id } });
    }

    /// <summary>The channel of a reading method, with the scope that its kind takes.</summary>
    private SlackChannel Read(SlackRequest request, string right)
    {
        var channel = Visible(request, request.Arguments.Needed("channel"));
        SlackStandIn.Require(request.Team, $"{Family(channel)}:{right}");
        return channel;
    }

    private static IEnumerable<SlackMessage> Within(SlackRequest request, IEnumerable<SlackMessage> messages)
    {
        var isInclusive = request.Arguments.Is("inclusive");
        var oldest = Time(request.Arguments["oldest"]) ?? 0;
        var latest = Time(request.Arguments["latest"]) ?? decimal.MaxValue;
        return messages.Where(message => !message.IsEphemeral && Time(message.Ts) is { } ts && (isInclusive ? ts >= oldest && ts <= latest : ts > oldest && ts < latest));
    }

    private static decimal? Time(string? ts) =>
        ts is null ? null : decimal.TryParse(ts, CultureInfo.InvariantCulture, out var time) ? time : throw new SlackRefusalException("invalid_ts_oldest");

    private JsonObject Answer(SlackRequest request, IReadOnlyList<SlackMessage> messages)
    {
        var (page, next) = Page(request, messages, otherwise: 100);
        var withMetadata = request.Arguments.Is("include_all_metadata");
        return SlackJson.Of(new
        {
            messages = page.Select(message => Told(message, withMetadata)),
            has_more = next.Length > 0,
            response_metadata = next.Length > 0 ? new { next_cursor = next } : null,
        });
    }

    private JsonObject Told(SlackMessage message, bool withMetadata)
    {
        var told = message.ToJson(withMetadata);
        var replies = slack.World.Messages(message.Channel).Count(reply => reply.ThreadTs == message.Ts && reply.Ts != message.Ts && !reply.IsEphemeral);
        if (replies == 0) return told;
        told["thread_ts"] = message.Ts;
        told["reply_count"] = replies;
        return told;
    }

    /// <summary>The page that a call asks for, and the cursor of the next; empty where there is none.</summary>
    public static (IReadOnlyList<T> Page, string Next) Page<T>(SlackRequest request, IReadOnlyList<T> all, int otherwise)
    {
        var limit = request.Arguments.Number("limit", otherwise);
        if (limit is < 1 or > 1_000) throw new SlackRefusalException("invalid_limit");
        var start = 0;
        if (request.Arguments["cursor"] is { Length: > 0 } cursor && !int.TryParse(cursor.Replace("next:", "", StringComparison.Ordinal), CultureInfo.InvariantCulture, out start)) throw new SlackRefusalException("invalid_cursor");
        return ([.. all.Skip(start).Take(limit)], start + limit < all.Count ? $"next:{start + limit}" : "");
    }
}
