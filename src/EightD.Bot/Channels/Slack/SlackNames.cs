namespace EightD.Bot.Channels.Slack;

/// <summary>What Slack's ids are called, by id, without the <c>@</c> or <c>#</c>.</summary>
/// <param name="Users">A person's name as it stands in a report.</param>
/// <param name="Channels">A channel's name.</param>
/// <param name="Groups">A user group's handle.</param>
internal sealed record SlackNames(IReadOnlyDictionary<string, string> Users, IReadOnlyDictionary<string, string> Channels, IReadOnlyDictionary<string, string> Groups)
{
    private static readonly Dictionary<string, string> Nobody = [];

    /// <summary>Knows nobody: every id is called by its label.</summary>
    public static SlackNames None { get; } = new(Nobody, Nobody, Nobody);

    /// <summary>A person's name.</summary>
    /// <param name="id">Slack's id, <c>U012</c>.</param>
    /// <param name="label">What Slack wrote beside the id, which may lag behind the name; null where it wrote nothing.</param>
    public string User(string id, string? label) => Name(Users, id, label, '@');

    /// <summary>A channel's name, by the same rule.</summary>
    public string Channel(string id, string? label) => Name(Channels, id, label, '#');

    /// <summary>A user group's handle, by the same rule.</summary>
    public string Group(string id, string? label) => Name(Groups, id, label, '@');

    private static string Name(IReadOnlyDictionary<string, string> known, string id, string? label, char sign)
    {
        if (known.TryGetValue(id, out var name) && name.Length > 0) return name;
        return label?.TrimStart(sign) is { Length: > 0 } given ? given : id;
    }
}

/// <summary>The ids that a message names: each once, in order, at most 50 of a kind.</summary>
internal sealed record SlackIds(IReadOnlyList<string> Users, IReadOnlyList<string> Channels, IReadOnlyList<string> Groups)
{
    private const int MostNamed = 50;

    /// <summary>The ids among those that were found, in order.</summary>
    /// <param name="found">Each with the sign of its kind: <c>@</c> a person, <c>#</c> a channel, <c>!</c> a group.</param>
    public static SlackIds Of(IEnumerable<(char Kind, string Id)> found)
    {
        var kinds = found.Distinct().ToLookup(one => one.Kind, one => one.Id);
        return new([.. kinds['@'].Take(MostNamed)], [.. kinds['#'].Take(MostNamed)], [.. kinds['!'].Take(MostNamed)]);
    }
}
