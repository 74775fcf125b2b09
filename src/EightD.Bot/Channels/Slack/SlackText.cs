using System.Text;

namespace EightD.Bot.Channels.Slack;

/// <summary>Slack's text as what it is made of: tokens, and text with entities between them.</summary>
internal static class SlackText
{
    /// <summary>The text with its entities decoded once, and each token as <paramref name="say"/> says it.</summary>
    public static string Decode(string text, Func<SlackToken, string> say)
    {
        StringBuilder decoded = new(text.Length);
        var from = 0;
        foreach (var (token, start, end) in Tokens(text))
        {
            decoded.Append(SlackToken.Decode(text[from..start])).Append(say(token));
            from = end;
        }

        return decoded.Append(SlackToken.Decode(text[from..])).ToString();
    }

    /// <summary>The tokens of a text and where they stand, in order.</summary>
    public static IEnumerable<(SlackToken Token, int Start, int End)> Tokens(string text)
    {
        for (var at = text.IndexOf('<', StringComparison.Ordinal); at >= 0; at = text.IndexOf('<', at))
        {
            var end = SlackToken.Read(text, at, out var token);
            if (end > at) yield return (token, at, end);
            at = Math.Max(end, at + 1);
        }
    }
}
