using EightD.Incidents;
using Microsoft.Extensions.Caching.Memory;

namespace EightD.Bot.Channels.Slack;

/// <summary>Who and what Slack's ids are: asked once, and kept for a while.</summary>
internal sealed class SlackDirectory(SlackApi api, TimeProvider clock) : IDisposable
{
    private const int MostKept = 20_000;

    /// <summary>How many members of a channel are looked through for a name.</summary>
    private const int MostLookedThrough = 200;

    private static readonly TimeSpan NameKept = TimeSpan.FromHours(1), ChannelKept = TimeSpan.FromMinutes(5), MembersKept = TimeSpan.FromSeconds(30), NamesKept = TimeSpan.FromMinutes(50);

    /// <summary>How long an old name is better than an id, where Slack does not say the new one.</summary>
    private static readonly TimeSpan OldNameKept = TimeSpan.FromDays(7);

    /// <summary>How long somebody's request may wait for a name; and a message, which Slack brings again meanwhile, for one that no answer said yet.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1), LongPatience = TimeSpan.FromSeconds(30);

    /// <summary>How long after an attempt Slack is asked again.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromSeconds(0.2);

    private readonly MemoryCache kept = new(new MemoryCacheOptions { SizeLimit = MostKept, Clock = new CacheClock(clock) });

    /// <summary>A person: the display name, else the real name; where Slack does not say it soon, what the request calls that person.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="id">The person's id.</param>
    /// <param name="called">What the request calls that person; null where it says no more than the id, and it is worth to wait for a name.</param>
    /// <param name="cancel">Ends the attempt.</param>
    public async ValueTask<Person> PersonAsync(SlackWorkspace workspace, string id, string? called, CancellationToken cancel) =>
        new(id, await NameOfAsync(workspace, id, mayWait: called is null, cancel) ?? (string.IsNullOrEmpty(called) ? id : called));

    /// <summary>What ids in a text are called, as far as Slack says it.</summary>
    public async ValueTask<SlackNames> NamesAsync(SlackWorkspace workspace, SlackIds ids, bool mayWait, CancellationToken cancel)
    {
        var users = ids.Users.Select(async id => (Id: id, Name: await NameOfAsync(workspace, id, mayWait, cancel))).ToList();
        var channels = ids.Channels.Select(async id => (Id: id, (await FactsOfAsync(workspace, id, mayWait, cancel))?.Name)).ToList();
        var groups = ids.Groups.Count == 0 ? null : await AskAsync($"{workspace.Id}/groups", NameKept, mayWait, soon => GroupsAsync(workspace, soon), cancel);
        return new(Known(await Task.WhenAll(users)), Known(await Task.WhenAll(channels)), groups ?? new Dictionary<string, string>(StringComparer.Ordinal));
    }

    /// <summary>What a channel is; null where the bot may not know it.</summary>
    /// <exception cref="SlackException">Slack could not say.</exception>
    public async ValueTask<SlackChannelFacts?> ChannelAsync(SlackWorkspace workspace, string channel, CancellationToken cancel)
    {
        var key = $"{workspace.Id}/channel/{channel}";
        if (kept.TryGetValue(key, out SlackChannelFacts? facts)) return facts;
        try
        {
            return Keep(key, await FactsAsync(workspace, channel, cancel), ChannelKept);
        }
        catch (SlackException refused) when (refused.Code is "channel_not_found")
        {
            return null; // private, and without the bot
        }
    }

    /// <summary>Whether people of another organisation are in a channel, as far as Slack says it soon.</summary>
    public async ValueTask<bool> IsSharedAsync(SlackWorkspace workspace, string channel, CancellationToken cancel) => (await FactsOfAsync(workspace, channel, mayWait: false, cancel))?.IsShared == true;

    /// <summary>Whether somebody is a member of a channel; nobody is known to be of one that the bot is not in.</summary>
    /// <exception cref="SlackException">Slack could not say.</exception>
    public async ValueTask<bool> IsMemberAsync(SlackWorkspace workspace, string channel, string user, CancellationToken cancel)
    {
        if (SlackChannel.IsDirect(channel)) return await DirectAsync(workspace, user, cancel) == channel;
        return (await MembersAsync(workspace, channel, cancel))?.Contains(user) == true;
    }

    /// <summary>The members of a channel; null where the bot is not in it.</summary>
    private async ValueTask<IReadOnlySet<string>?> MembersAsync(SlackWorkspace workspace, string channel, CancellationToken cancel)
    {
        var key = $"{workspace.Id}/members/{channel}";
        if (kept.TryGetValue(key, out IReadOnlySet<string>? members)) return members;
        HashSet<string> found = new(StringComparer.Ordinal);
        string? cursor = null;
        try
        {
            do
            {
                var answer = await api.CallAsync(workspace.Token, "conversations.members", [("channel", channel), ("limit", "200"), ("cursor", cursor)], cancel);
                found.UnionWith(answer.Members);
                cursor = answer.ResponseMetadata?.NextCursor;
            }
            while (!string.IsNullOrEmpty(cursor));
        }
        catch (SlackException refused) when (refused.Code is "channel_not_found" or "not_in_channel")
        {
            return null;
        }

        return Keep<IReadOnlySet<string>>(key, found, MembersKept);
    }

    /// <summary>The one member of a channel who is called so; null where nobody is, or several are, or there are too many to be looked through.</summary>
    /// <exception cref="SlackException">Slack could not say.</exception>
    public async ValueTask<Person?> FindAsync(SlackWorkspace workspace, string channel, string name, bool mayAsk, CancellationToken cancel)
    {
        if (SlackChannel.IsDirect(channel)) return null;
        var key = $"{workspace.Id}/names/{channel}";
        if (!kept.TryGetValue(key, out IReadOnlyList<(string Id, SlackUser User)>? users))
        {
            if (!mayAsk || await MembersAsync(workspace, channel, cancel) is not { Count: <= MostLookedThrough } members) return null;
            List<(string, SlackUser)> found = [];
            foreach (var id in members)
            {
                if (await UserAsync(workspace, id, mayWait: false, cancel) is { IsGone: false } user) found.Add((id, user));
            }

            users = Keep<IReadOnlyList<(string, SlackUser)>>(key, found, NamesKept);
        }

        return users!.Where(each => each.User.Names.Contains(name.Trim(), StringComparer.OrdinalIgnoreCase)).ToList() is [var (who, known)] ? new(who, known.Name) : null;
    }

    /// <summary>The time zone of somebody's profile; null where it is not known.</summary>
    public async ValueTask<string?> ZoneAsync(SlackWorkspace workspace, string id, bool mayAsk, CancellationToken cancel) =>
        (mayAsk ? await UserAsync(workspace, id, mayWait: false, cancel) : Known(workspace, id))?.Zone;

    /// <summary>Somebody's conversation with the bot: unlike who is in it, Slack tells it without a scope more.</summary>
    private async ValueTask<string?> DirectAsync(SlackWorkspace workspace, string user, CancellationToken cancel)
    {
        var key = $"{workspace.Id}/direct/{user}";
        return kept.TryGetValue(key, out string? known) ? known : Keep(key, (await api.CallAsync(workspace.Token, "conversations.open", [("users", user)], cancel)).ChannelFacts?.Id, NameKept);
    }

    /// <summary>What was known of a channel has changed.</summary>
    public void Forget(SlackWorkspace workspace, string channel)
    {
        kept.Remove($"{workspace.Id}/channel/{channel}");
        kept.Remove($"{workspace.Id}/members/{channel}");
    }

    public void Dispose() => kept.Dispose();

    private static Dictionary<string, string> Known(IEnumerable<(string Id, string? Name)> asked) =>
        asked.Where(each => !string.IsNullOrEmpty(each.Name)).ToDictionary(each => each.Id, each => each.Name!, StringComparer.Ordinal);

    private async ValueTask<string?> NameOfAsync(SlackWorkspace workspace, string id, bool mayWait, CancellationToken cancel) => (await UserAsync(workspace, id, mayWait, cancel))?.Name;

    private ValueTask<SlackUser?> UserAsync(SlackWorkspace workspace, string id, bool mayWait, CancellationToken cancel) =>
        AskAsync($"{workspace.Id}/user/{id}", NameKept, mayWait, soon => UserAsync(workspace, id, soon), cancel);

    private SlackUser? Known(SlackWorkspace workspace, string id) => kept.Get<SlackUser>($"{workspace.Id}/user/{id}") ?? kept.Get<SlackUser>(Old($"{workspace.Id}/user/{id}"));

    private ValueTask<SlackChannelFacts?> FactsOfAsync(SlackWorkspace workspace, string channel, bool mayWait, CancellationToken cancel) =>
        AskAsync($"{workspace.Id}/channel/{channel}", ChannelKept, mayWait, soon => FactsAsync(workspace, channel, soon), cancel);

    private async Task<SlackUser?> UserAsync(SlackWorkspace workspace, string id, CancellationToken cancel)
    {
        var user = (await api.CallAsync(workspace.Token, "users.info", [("user", id)], cancel)).Profile;
        List<string> names = [.. new[] { user?.Profile?.DisplayName, user?.Profile?.RealName, user?.RealName, user?.Name }.OfType<string>().Where(name => !string.IsNullOrWhiteSpace(name)).Select(name => name.Trim())];
        return names.Count == 0 ? null : new(names, user?.Tz, user?.Deleted == true);
    }

    /// <summary>What is known of somebody.</summary>
    /// <param name="Names">What they are called, the name that stands in reports first.</param>
    /// <param name="Zone">The time zone, an IANA name; null where Slack does not say it.</param>
    /// <param name="IsGone">Whether the account was deactivated.</param>
    private sealed record SlackUser(IReadOnlyList<string> Names, string? Zone, bool IsGone)
    {
        public string Name => Names[0];
    }

    private async Task<SlackChannelFacts?> FactsAsync(SlackWorkspace workspace, string channel, CancellationToken cancel) =>
        (await api.CallAsync(workspace.Token, "conversations.info", [("channel", channel)], cancel)).ChannelFacts;

    private async Task<IReadOnlyDictionary<string, string>?> GroupsAsync(SlackWorkspace workspace, CancellationToken cancel) =>
        (await api.CallAsync(workspace.Token, "usergroups.list", [], cancel)).Usergroups.ToDictionary(group => group.Id, group => group.Handle ?? group.Id, StringComparer.Ordinal);

    /// <summary>
    /// What is kept, else what Slack says, asked again while it does not answer; else what it said last. An id in the place of a name would stay in the
    /// report, so what may wait does.
    /// </summary>
    private async ValueTask<T?> AskAsync<T>(string key, TimeSpan time, bool mayWait, Func<CancellationToken, Task<T?>> ask, CancellationToken cancel)
        where T : class
    {
        if (kept.TryGetValue(key, out T? known)) return known;
        var last = kept.Get<T>(Old(key));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(mayWait && last is null ? LongPatience : Patience);
        try
        {
            while (true)
            {
                var (answer, pause) = await TryAskAsync(ask, patience.Token);
                if (pause is null) return Keep(key, answer!, time);
                await Task.Delay(pause.Value, patience.Token);
            }
        }
        catch (Exception cause) when (cause is SlackException || (cause is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return last;
        }
    }

    /// <summary>What Slack says, or after which pause it can be asked again.</summary>
    private static async Task<(T? Answer, TimeSpan? Pause)> TryAskAsync<T>(Func<CancellationToken, Task<T?>> ask, CancellationToken cancel)
        where T : class
    {
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        soon.CancelAfter(Patience);
        try
        {
            return (await ask(soon.Token), null);
        }
        catch (SlackException failed) when (failed.IsUnclear || failed.RetryAfter is not null)
        {
            return (null, failed.RetryAfter ?? Breath);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return (null, Breath);
        }
    }

    private static string Old(string key) => $"{key}/old";

    private T Keep<T>(string key, T value, TimeSpan time)
    {
        if (value is null) return value;
        if (time == NameKept) kept.Set(Old(key), value, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = OldNameKept });
        return kept.Set(key, value, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = time });
    }
}
