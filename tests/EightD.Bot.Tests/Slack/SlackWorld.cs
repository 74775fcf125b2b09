using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;

namespace EightD.Bot.Tests.Slack;

/// <summary>What Slack knows: who is where, what was said, what is open. Everything is done under one lock, and what it gives away does not change.</summary>
internal sealed class SlackWorld(TimeProvider clock)
{
    /// <summary>How long a trigger opens a modal.</summary>
    public static readonly TimeSpan TriggerLife = TimeSpan.FromSeconds(3);

    /// <summary>How long a <c>response_url</c> takes posts, and how many.</summary>
    public static readonly TimeSpan ResponseLife = TimeSpan.FromMinutes(30);

    public const int ResponsePosts = 5;

    private readonly Dictionary<string, SlackWorkspace> workspaces = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SlackUser> users = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SlackChannel> channels = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<SlackMessage>> messages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SlackToken> tokens = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Trigger> triggers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SlackResponse> responses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<SlackView>> stacks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SlackView> homes = new(StringComparer.Ordinal);
    private readonly List<SlackView> closed = [];
    private long lastTs;
    private int lastId;

    public Lock Gate { get; } = new();

    public TimeProvider Clock => clock;

    public Dictionary<string, SlackUpload> Uploads { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, SlackGrant> Grants { get; } = new(StringComparer.Ordinal);

    public HashSet<(string Channel, string Ts)> Pins { get; } = [];

    public List<SlackBookmark> Bookmarks { get; } = [];

    /// <summary>The names of the workspace's own emoji.</summary>
    public HashSet<string> Emoji { get; } = new(StringComparer.Ordinal);

    public List<JsonObject> UserGroups { get; } = [];

    /// <summary>A new id that begins with this.</summary>
    public string NewId(string begin) => $"{begin}{Interlocked.Increment(ref lastId):D4}";

    /// <summary>The time of a message: unique and rising.</summary>
    public string NewTs()
    {
        lock (Gate)
        {
            lastTs = Math.Max(lastTs + 100, clock.GetUtcNow().ToUnixTimeMilliseconds() * 1_000);
            return string.Create(CultureInfo.InvariantCulture, $"{lastTs / 1_000_000}.{lastTs % 1_000_000:D6}");
        }
    }

    public SlackWorkspace Add(SlackWorkspace workspace)
    {
        lock (Gate)
        {
            workspaces[workspace.Id] = workspace;
            tokens.TryAdd(workspace.BotToken, new(workspace.Id));
            Add(new SlackUser(workspace.BotUser, $"bot-{workspace.Id.ToLowerInvariant()}") { DisplayName = "8D Bot", RealName = "8D Bot", IsBot = true, Team = workspace.Id });
            return workspace;
        }
    }

    public SlackUser Add(SlackUser user)
    {
        lock (Gate) return users[user.Id] = user;
    }

    public SlackChannel Add(SlackChannel channel)
    {
        lock (Gate)
        {
            messages.TryAdd(channel.Id, []);
            return channels[channel.Id] = channel;
        }
    }

    public SlackWorkspace Workspace(string id)
    {
        lock (Gate) return workspaces[id];
    }

    /// <summary>By id, or by the name that tests call people by.</summary>
    public SlackUser? User(string idOrName)
    {
        lock (Gate) return users.GetValueOrDefault(idOrName) ?? users.Values.FirstOrDefault(user => user.Name == idOrName);
    }

    /// <inheritdoc cref="User"/>
    public SlackChannel? Channel(string idOrName)
    {
        lock (Gate) return channels.GetValueOrDefault(idOrName) ?? channels.Values.FirstOrDefault(channel => channel.Name == idOrName);
    }

    public IReadOnlyList<SlackUser> Users()
    {
        lock (Gate) return [.. users.Values];
    }

    /// <summary>The conversation of a person with the bot of a workspace, made where there is none.</summary>
    public SlackChannel Direct(string team, string user)
    {
        lock (Gate)
        {
            return channels.Values.FirstOrDefault(channel => channel.With == user && channel.Team == team)
                ?? Add(new SlackChannel(NewId("D"), "") { With = user, Team = team, Members = [user, workspaces[team].BotUser] });
        }
    }

    public SlackChannel Change(string channel, Func<SlackChannel, SlackChannel> change)
    {
        lock (Gate) return channels[channel] = change(channels[channel]);
    }

    /// <summary>Gives a channel another id; the one before names nothing any more.</summary>
    public SlackChannel Rename(string channel, string id)
    {
        lock (Gate)
        {
            channels.Remove(channel, out var old);
            messages.Remove(channel, out var said);
            messages[id] = [.. said!.Select(message => message with { Channel = id })];
            return channels[id] = old! with { Id = id };
        }
    }

    /// <summary>All that was said in a channel, in order; with what only some see.</summary>
    public IReadOnlyList<SlackMessage> Messages(string channel)
    {
        lock (Gate) return [.. messages[channel]];
    }

    public SlackMessage? Message(string channel, string ts)
    {
        lock (Gate) return messages.TryGetValue(channel, out var said) ? said.Find(message => message.Ts == ts) : null;
    }

    public SlackMessage Say(SlackMessage message)
    {
        lock (Gate)
        {
            messages[message.Channel].Add(message);
            return message;
        }
    }

    /// <summary>Changes a message; null where it is gone.</summary>
    public SlackMessage? Change(string channel, string ts, Func<SlackMessage, SlackMessage> change)
    {
        lock (Gate)
        {
            var at = messages[channel].FindIndex(message => message.Ts == ts);
            return at < 0 ? null : messages[channel][at] = change(messages[channel][at]);
        }
    }

    public void Remove(string channel, string ts)
    {
        lock (Gate) messages[channel].RemoveAll(message => message.Ts == ts);
    }

    /// <summary>A file of any message.</summary>
    public SlackFile? FileOf(string id)
    {
        lock (Gate) return messages.Values.SelectMany(said => said).SelectMany(message => message.Files).FirstOrDefault(file => file.Id == id);
    }

    public SlackToken? Token(string token)
    {
        lock (Gate) return tokens.GetValueOrDefault(token);
    }

    public void Give(string token, SlackToken kind)
    {
        lock (Gate) tokens[token] = kind;
    }

    /// <summary>Ends tokens: one, or all of a workspace.</summary>
    public void Revoke(Func<string, SlackToken, bool> which, string error)
    {
        lock (Gate)
        {
            foreach (var (token, kind) in tokens.Where(token => which(token.Key, token.Value)).ToList()) tokens[token] = kind with { DeadBecause = error };
        }
    }

    /// <summary>A trigger of something that a person did just now.</summary>
    public string NewTrigger(string team, string user)
    {
        lock (Gate)
        {
            var id = $"{NewId("")}.{lastTs}.{Guid.NewGuid():N}";
            triggers[id] = new(team, user, clock.GetUtcNow());
            return id;
        }
    }

    /// <summary>Who made a trigger, which is then used up.</summary>
    public string Exchange(string trigger, string team)
    {
        lock (Gate)
        {
            if (!triggers.TryGetValue(trigger, out var made) || made.Team != team) throw new SlackRefusalException("invalid_trigger_id");
            if (made.IsUsed) throw new SlackRefusalException("exchanged_trigger_id");
            if (clock.GetUtcNow() - made.At > TriggerLife) throw new SlackRefusalException("expired_trigger_id");
            triggers[trigger] = made with { IsUsed = true };
            return made.User;
        }
    }

    /// <summary>The secret part of a new <c>response_url</c>.</summary>
    public string NewResponse(SlackResponse response)
    {
        lock (Gate)
        {
            var secret = $"{response.Team}/{NewId("")}/{Guid.NewGuid():N}";
            responses[secret] = response with { At = clock.GetUtcNow() };
            return secret;
        }
    }

    /// <summary>Takes one of a <c>response_url</c>'s posts.</summary>
    /// <exception cref="SlackRefusalException">It is used up or too old.</exception>
    public SlackResponse Use(string secret)
    {
        lock (Gate)
        {
            if (!responses.TryGetValue(secret, out var response)) throw new SlackRefusalException("invalid_url");
            if (clock.GetUtcNow() - response.At > ResponseLife) throw new SlackRefusalException("expired_url");
            if (response.Posts >= ResponsePosts) throw new SlackRefusalException("used_url");
            return responses[secret] = response with { Posts = response.Posts + 1 };
        }
    }

    /// <summary>The modals that a person has open, the top one last.</summary>
    public ImmutableArray<SlackView> Stack(string user)
    {
        lock (Gate) return stacks.TryGetValue(user, out var stack) ? [.. stack] : [];
    }

    public void SetStack(string user, IEnumerable<SlackView> stack)
    {
        lock (Gate)
        {
            var now = stack.ToList();
            closed.AddRange(Stack(user).Where(before => now.TrueForAll(view => view.Id != before.Id)));
            stacks[user] = now;
        }
    }

    /// <summary>An open view, by id or external id.</summary>
    public SlackView? View(string team, string? id, string? externalId)
    {
        lock (Gate) return stacks.Values.SelectMany(stack => stack).FirstOrDefault(view => view.Team == team && (id is not null ? view.Id == id : view.ExternalId == externalId));
    }

    public void Put(SlackView view)
    {
        lock (Gate)
        {
            var stack = stacks[view.User];
            stack[stack.FindIndex(each => each.Id == view.Id)] = view;
        }
    }

    public SlackView? Home(string team, string user)
    {
        lock (Gate) return homes.GetValueOrDefault($"{team}/{user}");
    }

    public void SetHome(SlackView view)
    {
        lock (Gate) homes[$"{view.Team}/{view.User}"] = view;
    }

    private sealed record Trigger(string Team, string User, DateTimeOffset At, bool IsUsed = false);
}

/// <summary>A bot's token.</summary>
/// <param name="Team">Whose.</param>
/// <param name="Ends">When it ends by itself, with rotation.</param>
/// <param name="DeadBecause">The code that it is answered with; null while it lives.</param>
internal sealed record SlackToken(string Team, DateTimeOffset? Ends = null, string? DeadBecause = null);

/// <summary>What a <c>response_url</c> answers: a command, or a press in the source message.</summary>
internal sealed record SlackResponse(string Team, string Channel, string User, SlackMessage? Source)
{
    public DateTimeOffset At { get; init; }

    public int Posts { get; init; }
}

/// <summary>A file on its way.</summary>
internal sealed record SlackUpload(string Id, string Name, int Length)
{
    public ImmutableArray<byte>? Bytes { get; init; }

    public bool IsComplete { get; init; }
}

/// <summary>What an OAuth code or a refresh token stands for.</summary>
internal sealed record SlackGrant(string Team, string? RedirectUri, DateTimeOffset At)
{
    public bool IsUsed { get; init; }
}

internal sealed record SlackBookmark(string Channel, string Title, string Link);
