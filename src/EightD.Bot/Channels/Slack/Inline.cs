using System.Buffers;
using System.Text;

namespace EightD.Bot.Channels.Slack;

/// <summary>A stretch of one line, in Markdown or in Slack's mrkdwn.</summary>
internal abstract record Inline
{
    private static readonly SearchValues<char> AfterUrl = SearchValues.Create(" \t<>\"`|[]");

    private Inline() { } // closes the family: the cases below are all there are

    /// <summary>Text as it is read: no mark, no entity, no escape in it means anything.</summary>
    public sealed record Text(string Value) : Inline;

    /// <summary>Code, without its backticks.</summary>
    public sealed record Code(string Value) : Inline;

    /// <summary>A link with a label in plain text.</summary>
    public sealed record Link(string Url, string Label) : Inline;

    /// <summary>Marks that may begin or end a span.</summary>
    public sealed record Marks(MarkRun Run) : Inline;

    /// <summary>Pairs the marks of a line.</summary>
    public static void Pair(IEnumerable<Inline> line) => MarkRun.Pair(line.OfType<Marks>().Select(marks => marks.Run));

    /// <summary>What a line says without its marks, once they are paired.</summary>
    public static string Plain(IEnumerable<Inline> line)
    {
        StringBuilder plain = new();
        foreach (var inline in line)
        {
            if (inline is Marks { Run: var run }) plain.Append(run.Mark, run.Left);
            else plain.Append(inline switch { Text text => text.Value, Code code => code.Value, Link link => link.Label, _ => "" });
        }

        return plain.ToString();
    }

    /// <summary>Where the address that begins at a place of a line ends, so that no mark is read within it; the place itself where none begins.</summary>
    public static int EndOfUrl(string line, int at)
    {
        var rest = line.AsSpan(at);
        if (!rest.StartsWith("http://", StringComparison.Ordinal) && !rest.StartsWith("https://", StringComparison.Ordinal)) return at;
        if (at > 0 && char.IsLetterOrDigit(line[at - 1])) return at;
        var end = rest.IndexOfAny(AfterUrl);
        if (end >= 0) rest = rest[..end];
        return at + rest.TrimEnd("?!.,:*_~'()").Length;
    }
}
