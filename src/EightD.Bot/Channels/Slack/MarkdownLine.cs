using System.Buffers;

namespace EightD.Bot.Channels.Slack;

/// <summary>Reads the inlines of one line of Markdown: CommonMark's rules, line by line, in time that grows with the line alone.</summary>
internal sealed class MarkdownLine
{
    /// <summary>What Slack takes for an address (Slack, "Blocks": url).</summary>
    private const int LongestUrl = 3000;

    private static readonly SearchValues<char> Specials = SearchValues.Create("\\`*_~[]!h");
    private static readonly string[] Schemes = ["http://", "https://", "mailto:"];

    private readonly string _line;
    private readonly List<Inline> _inlines = [];
    private readonly Stack<int> _brackets = [];
    private Dictionary<int, int>? _codeEnds, _parentheses;
    private int _at;

    private MarkdownLine(string line) => _line = line;

    /// <summary>The inlines of a line, its marks paired.</summary>
    public static IReadOnlyList<Inline> Read(string line)
    {
        var reading = new MarkdownLine(line);
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
            case '\\' when _at + 1 < _line.Length && IsAsciiPunctuation(_line[_at + 1]):
                _at++;
                Text(1);
                break;
            case '`':
                Ticks();
                break;
            case '*' or '_' or '~':
                Marks();
                break;
            case '!' when _at + 1 < _line.Length && _line[_at + 1] == '[':
                Open(2);
                break;
            case '[':
                Open(1);
                break;
            case ']':
                CloseBracket();
                break;
            default:
                Text(Math.Max(1, Inline.EndOfUrl(_line, _at) - _at));
                break;
        }
    }

    private void Text(int length)
    {
        _inlines.Add(new Inline.Text(_line.Substring(_at, length)));
        _at += length;
    }

    private void Open(int length)
    {
        _brackets.Push(_inlines.Count);
        Text(length);
    }

    private void Ticks()
    {
        var length = RunAt(_at);
        _codeEnds ??= CodeEnds();
        if (!_codeEnds.TryGetValue(_at, out var end))
        {
            Text(length);
            return;
        }

        var code = _line[(_at + length)..end];
        if (code is [' ', .., ' '] && !string.IsNullOrWhiteSpace(code)) code = code[1..^1];
        _inlines.Add(new Inline.Code(code));
        _at = end + length;
    }

    /// <summary>Where each run of backticks has the next of its length, which ends the code that it begins.</summary>
    private Dictionary<int, int> CodeEnds()
    {
        Dictionary<int, int> ends = [], last = [];
        for (var at = _line.IndexOf('`', StringComparison.Ordinal); at >= 0; at = _line.IndexOf('`', at))
        {
            var length = RunAt(at);
            if (last.TryGetValue(length, out var before)) ends[before] = at;
            last[length] = at;
            at += length;
        }

        return ends;
    }

    /// <summary>Whether a span can begin or end here (CommonMark, "left-flanking", "right-flanking").</summary>
    private void Marks()
    {
        var (mark, length) = (_line[_at], RunAt(_at));
        var before = _at == 0 ? ' ' : _line[_at - 1];
        var after = _at + length == _line.Length ? ' ' : _line[_at + length];
        var opens = !char.IsWhiteSpace(after) && (!IsPunctuation(after) || char.IsWhiteSpace(before) || IsPunctuation(before));
        var closes = !char.IsWhiteSpace(before) && (!IsPunctuation(before) || char.IsWhiteSpace(after) || IsPunctuation(after));
        var run = mark switch
        {
            '_' => new MarkRun(mark, length, opens && (!closes || IsPunctuation(before)), closes && (!opens || IsPunctuation(after))),
            '~' => new MarkRun(mark, length, opens && length == 2, closes && length == 2),
            _ => new MarkRun(mark, length, opens, closes),
        };
        _inlines.Add(new Inline.Marks(run));
        _at += length;
    }

    private void CloseBracket()
    {
        if (!_brackets.TryPop(out var opening) || Url() is not { } url)
        {
            Text(1);
            return;
        }

        var label = _inlines[(opening + 1)..];
        Inline.Pair(label);
        _inlines.RemoveRange(opening, _inlines.Count - opening);
        _inlines.Add(new Inline.Link(url, Inline.Plain(label)));
        _brackets.Clear(); // no link stands within a link
        _at += url.Length + 3;
    }

    /// <summary>The address in the parentheses behind a <c>]</c>; null where none stands there that Slack may show.</summary>
    private string? Url()
    {
        if (_at + 1 >= _line.Length || _line[_at + 1] != '(') return null;
        var from = _at + 2;
        if (!Array.Exists(Schemes, scheme => _line.AsSpan(from).StartsWith(scheme, StringComparison.OrdinalIgnoreCase))) return null;
        _parentheses ??= Parentheses();
        if (!_parentheses.TryGetValue(_at + 1, out var end) || end - from > LongestUrl) return null;
        return _line.AsSpan(from, end - from).ContainsAny(" \t") ? null : _line[from..end];
    }

    private Dictionary<int, int> Parentheses()
    {
        Dictionary<int, int> ends = [];
        Stack<int> open = [];
        for (var at = _at; at < _line.Length; at++)
        {
            if (_line[at] == '(') open.Push(at);
            else if (_line[at] == ')' && open.TryPop(out var opening)) ends[opening] = at;
        }

        return ends;
    }

    private int RunAt(int at)
    {
        var length = _line.AsSpan(at).IndexOfAnyExcept(_line[at]);
        return length < 0 ? _line.Length - at : length;
    }

    private static bool IsAsciiPunctuation(char character) => char.IsAscii(character) && IsPunctuation(character);

    private static bool IsPunctuation(char character) => char.IsPunctuation(character) || char.IsSymbol(character);
}
