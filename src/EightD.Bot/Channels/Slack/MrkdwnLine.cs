using System.Buffers;

namespace EightD.Bot.Channels.Slack;

/// <summary>Reads the inlines of one line of mrkdwn, in time that grows with the line alone.</summary>
internal sealed class MrkdwnLine
{
    private static readonly SearchValues<char> Specials = SearchValues.Create("<`*_~h");

    private readonly string _line;
    private readonly SlackNames _names;
    private readonly List<Inline> _inlines = [];
    private bool _hasNoMoreCode;
    private int _at;

    private MrkdwnLine(string line, SlackNames names) => (_line, _names) = (line, names);

    /// <summary>The inlines of a line, tokens and entities decoded, its marks paired.</summary>
    public static IReadOnlyList<Inline> Read(string line, SlackNames names)
    {
        var reading = new MrkdwnLine(line, names);
        while (reading._at < line.Length) reading.Next();
        Inline.Pair(reading._inlines);
        return reading._inlines;
    }

    private void Next()
    {
        var special = _line.AsSpan(_at).IndexOfAny(Specials);
        if (special < 0) special = _line.Length - _at;
        if (special > 0)
        {
            Text(special);
            return;
        }

        switch (_line[_at])
        {
            case '<':
                Token();
                break;
            case '`':
                Tick();
                break;
            case 'h':
                Text(Math.Max(1, Inline.EndOfUrl(_line, _at) - _at));
                break;
            default:
                Mark();
                break;
        }
    }

    private void Text(int length)
    {
        _inlines.Add(new Inline.Text(SlackToken.Decode(_line.Substring(_at, length))));
        _at += length;
    }

    private void Token()
    {
        var end = SlackToken.Read(_line, _at, out var token);
        if (end == _at)
        {
            Text(1);
            return;
        }

        _inlines.Add(new Inline.Text(token.ToMarkdown(_names)));
        _at = end;
    }

    /// <summary>Slack reads code between single backticks; several in a row are text, and so Markdown's.</summary>
    private void Tick()
    {
        var length = RunAt(_at);
        var end = length == 1 && !_hasNoMoreCode ? NextSingle(_at + 1) : -1;
        if (end < 0)
        {
            _hasNoMoreCode |= length == 1;
            Text(length);
            return;
        }

        _inlines.Add(new Inline.Code(SlackText.Decode(_line[(_at + 1)..end], token => token.ToCode(_names))));
        _at = end + 1;
    }

    private int NextSingle(int at)
    {
        for (at = _line.IndexOf('`', at); at >= 0; at = _line.IndexOf('`', at))
        {
            var length = RunAt(at);
            if (length == 1) return at;
            at += length;
        }

        return -1;
    }

    /// <summary>A span begins behind what is no letter or digit, and ends before it; several marks in a row are text.</summary>
    private void Mark()
    {
        var length = RunAt(_at);
        var before = _at == 0 ? ' ' : _line[_at - 1];
        var after = _at + length == _line.Length ? ' ' : _line[_at + length];
        var opens = length == 1 && !char.IsLetterOrDigit(before) && !char.IsWhiteSpace(after);
        var closes = length == 1 && !char.IsLetterOrDigit(after) && !char.IsWhiteSpace(before);
        _inlines.Add(new Inline.Marks(new(_line[_at], length, opens, closes)));
        _at += length;
    }

    private int RunAt(int at)
    {
        var length = _line.AsSpan(at).IndexOfAnyExcept(_line[at]);
        return length < 0 ? _line.Length - at : length;
    }
}
