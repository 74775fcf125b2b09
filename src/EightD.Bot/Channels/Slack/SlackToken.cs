using System.Buffers;
using System.Text;
using EightD.Bot.Channels.Spelling;

namespace EightD.Bot.Channels.Slack;

/// <summary>One <c>&lt;target|label&gt;</c> of Slack's text. Where a person types <c>&lt;</c>, Slack sends <c>&amp;lt;</c>: such a text is never a token.</summary>
/// <param name="Target">As sent: <c>@U012</c>, <c>#C012</c>, <c>!here</c>, <c>!subteam^S1</c>, <c>!date^…</c> or an address.</param>
/// <param name="Label">As sent; null where there is none.</param>
internal readonly record struct SlackToken(string Target, string? Label)
{
    private const string Group = "!subteam^", Date = "!date^";

    private static readonly SearchValues<char> Ends = SearchValues.Create("<>\n");

    /// <summary>Reads the token that begins at a <c>&lt;</c>.</summary>
    /// <param name="text">Slack's text.</param>
    /// <param name="at">Where the <c>&lt;</c> is.</param>
    /// <param name="token">What it says.</param>
    /// <returns>Where the text goes on; <paramref name="at"/> where no token begins.</returns>
    public static int Read(string text, int at, out SlackToken token)
    {
        token = default;
        var length = text.AsSpan(at + 1).IndexOfAny(Ends);
        if (length <= 0 || text[at + 1 + length] != '>') return at;
        var inside = text.Substring(at + 1, length);
        var bar = inside.IndexOf('|', StringComparison.Ordinal);
        token = bar < 0 ? new(inside, null) : new(inside[..bar], inside[(bar + 1)..]);
        return token.Target is ['@' or '#' or '!', _, ..] || token.HasScheme ? at + length + 2 : at;
    }

    /// <summary>The person, channel or group that it names, as <see cref="SlackIds.Of"/> takes it; null for any other token.</summary>
    public (char Kind, string Id)? Named => Target[0] switch
    {
        '@' or '#' => (Target[0], Target[1..]),
        '!' when Target.StartsWith(Group, StringComparison.Ordinal) => ('!', Target[Group.Length..]),
        _ => null,
    };

    /// <summary>What it says in Markdown; names and calls are plain text, which call nobody.</summary>
    public string ToMarkdown(SlackNames names) => Target[0] is '@' or '#' or '!' ? Name(names) : MarkdownSpelling.Link(Decode(Target), Label is null ? null : Decode(Label));

    /// <summary>What it says within code, where Markdown reads no links.</summary>
    public string ToCode(SlackNames names) => Target[0] is '@' or '#' or '!' ? Name(names) : Decode(Label is { Length: > 0 } label ? label : Target);

    /// <summary>Slack's three entities as what they stand for, once: <c>&amp;amp;lt;</c> is <c>&amp;lt;</c>.</summary>
    public static string Decode(string text)
    {
        if (!text.Contains('&', StringComparison.Ordinal)) return text;
        StringBuilder decoded = new(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            var entity = text[at] == '&' ? EntityAt(text, at) : 0;
            decoded.Append(entity == 0 ? text[at] : text[at + 1] switch { 'l' => '<', 'g' => '>', _ => '&' });
            if (entity > 0) at += entity - 1;
        }

        return decoded.ToString();
    }

    /// <summary>The length of the entity that begins at a place; 0 where none does.</summary>
    public static int EntityAt(string text, int at) => text.AsSpan(at) switch
    {
        ['&', 'l' or 'g', 't', ';', ..] => 4,
        ['&', 'a', 'm', 'p', ';', ..] => 5,
        _ => 0,
    };

    private bool HasScheme
    {
        get
        {
            var colon = Target.IndexOf(':', StringComparison.Ordinal);
            return colon > 0 && char.IsAsciiLetter(Target[0]) && !Target.AsSpan(0, colon).ContainsAnyExcept(SchemeCharacters);
        }
    }

    private static readonly SearchValues<char> SchemeCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+.-");

    private string Name(SlackNames names)
    {
        var label = Label is null ? null : Decode(Label);
        return Named switch
        {
            ('@', var id) => "@" + names.User(id, label),
            ('#', var id) => "#" + names.Channel(id, label),
            ('!', var id) => "@" + names.Group(id, label),
            _ when Target.StartsWith(Date, StringComparison.Ordinal) => MarkdownSpelling.Time(Target.Split('^')[1]) ?? label ?? Decode(Target),
            _ when Target is "!here" or "!channel" or "!everyone" => "@" + Target[1..],
            _ => label ?? "@" + Decode(Target[1..]),
        };
    }
}
