using EightD.Incidents;
using Microsoft.Extensions.Caching.Memory;

namespace EightD.Bot.Channels.Teams;

/// <summary>Who is in a conversation, and who sees it: asked once, and kept for a while.</summary>
internal sealed class TeamsDirectory(TeamsConnector connector, TeamsReferences references, TimeProvider clock, ILogger<TeamsDirectory> log) : IDisposable
{
    private const int MostKept = 20_000;
    private static readonly TimeSpan NameKept = TimeSpan.FromHours(1), MemberKept = TimeSpan.FromSeconds(30), ChannelKept = TimeSpan.FromMinutes(5);

    private readonly MemoryCache kept = new(new MemoryCacheOptions { SizeLimit = MostKept, Clock = new CacheClock(clock) });

    /// <summary>A person whose name did not come along; by id where Teams does not say it.</summary>
    public async ValueTask<Person> PersonAsync(Conversation conversation, string id, CancellationToken cancel)
    {
        var key = $"{conversation.Tenant}/{id}";
        if (kept.TryGetValue(key, out Person? known)) return known!;
        try
        {
            if (await references.OfAsync(conversation, cancel) is { } reference && await connector.MemberAsync(reference, conversation.Name, id, cancel) is { Name: { Length: > 0 } name }) return Keep(key, new Person(id, name), NameKept);
        }
        catch (TeamsException unsaid)
        {
            log.TeamsFailed(unsaid);
        }

        return new(id, id);
    }

    /// <summary>The one person of a conversation who is called so; null where nobody is, or several are, or there are too many to be looked through.</summary>
    /// <exception cref="TeamsException">Teams could not say.</exception>
    public async ValueTask<Person?> FindAsync(Conversation conversation, string name, bool mayAsk, CancellationToken cancel)
    {
        var key = $"{conversation.Tenant}/{conversation.Name}/names";
        if (!kept.TryGetValue(key, out IReadOnlyList<Person>? people))
        {
            if (!mayAsk || await references.OfAsync(conversation, cancel) is not { } reference || await connector.MembersAsync(reference, conversation.Name, cancel) is not { } members) return null;
            people = Keep<IReadOnlyList<Person>>(key, [.. members.Where(each => each.Name is { Length: > 0 }).Select(each => new Person(each.Id!, each.Name!))], NameKept);
        }

        return people!.Where(person => person.Name.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase)).ToList() is [var one] ? one : null;
    }

    /// <summary>Whether somebody is in a conversation.</summary>
    /// <exception cref="TeamsException">Teams could not say.</exception>
    public async ValueTask<bool> IsMemberAsync(TeamsReference reference, Conversation conversation, string person, CancellationToken cancel)
    {
        var key = $"{conversation.Tenant}/{conversation.Name}/{person}";
        return kept.TryGetValue(key, out bool known) ? known : Keep(key, await connector.MemberAsync(reference, conversation.Name, person, cancel) is not null, MemberKept);
    }

    /// <summary>Whether a channel is its members' alone: where Teams says that it is one of everybody in the team, it is not.</summary>
    public async ValueTask<bool> IsPrivateAsync(TeamsReference? reference, string channel, CancellationToken cancel)
    {
        if (reference?.Team is not { } team) return true;
        var key = $"{reference.Tenant}/{team}/channels";
        try
        {
            if (!kept.TryGetValue(key, out IReadOnlyList<(string Id, string? Kind)>? channels)) channels = Keep(key, await connector.ChannelsAsync(reference, team, cancel), ChannelKept);
            return channels!.FirstOrDefault(each => each.Id == channel).Kind is "private" or "shared";
        }
        catch (TeamsException unsaid)
        {
            log.TeamsFailed(unsaid);
            return true;
        }
    }

    public void Dispose() => kept.Dispose();

    private T Keep<T>(string key, T value, TimeSpan time) => kept.Set(key, value, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = time });
}
