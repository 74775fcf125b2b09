using System.Buffers;

namespace EightD.Bot.Channels.Slack;

/// <summary>Cuts mrkdwn into pieces, at the last line end that fits, else at the last blank, else anywhere but within what belongs together.</summary>
internal sealed class MrkdwnSplit
{
    private const string Fence = "```", Opening = Fence + "\n", Closing = "\n" + Fence;
    private const int LeastMost = 32;

    private static readonly SearchValues<char> Blanks = SearchValues.Create(" \t\r\n");

    private readonly string _text;
    private readonly int _most;
    private readonly List<string> _pieces = [];
    private int _at;
    private bool _isInCode;

    private MrkdwnSplit(string text, int most) => (_text, _most) = (text, most);

    public static IReadOnlyList<string> Split(string mrkdwn, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, LeastMost);
        var split = new MrkdwnSplit(mrkdwn, most);
        while (split._at < mrkdwn.Length) split.Piece();
        return split._pieces;
    }

    private void Piece()
    {
        var opening = _isInCode ? Opening : "";
        if (_text.Length - _at <= _most - opening.Length)
        {
            Add(opening + _text[_at..]);
            _at = _text.Length;
            return;
        }

        var cut = Cut(_at + _most - opening.Length - Closing.Length);
        var piece = _text[_at..cut];
        _isInCode ^= Fences(piece) % 2 == 1;
        _at = cut;
        if (_isInCode)
        {
            if (_at < _text.Length && _text[_at] == '\n') _at++;
            piece += Closing;
            if (_text.AsSpan(_at).StartsWith(Fence, StringComparison.Ordinal))
            {
                _at += Fence.Length;
                _isInCode = false;
            }
        }

        Add(opening + piece);
        if (!_isInCode) SkipBlankLines();
    }

    private void Add(string piece)
    {
        if (!string.IsNullOrWhiteSpace(piece)) _pieces.Add(piece.TrimEnd());
    }

    private void SkipBlankLines()
    {
        var blanks = _text.AsSpan(_at).IndexOfAnyExcept(Blanks);
        var end = blanks < 0 ? _text.Length : _at + blanks;
        var lineEnd = _text.AsSpan(_at, end - _at).LastIndexOf('\n');
        _at = blanks < 0 || lineEnd < 0 ? end : _at + lineEnd + 1; // a line keeps its indent
    }

    /// <summary>Where the piece ends.</summary>
    /// <param name="end">The last place where it may.</param>
    private int Cut(int end)
    {
        var window = _text.AsSpan(_at, end - _at + 1);
        var lineEnd = window.LastIndexOf('\n');
        if (lineEnd > 0 && Whole(_at + lineEnd) == _at + lineEnd) return BeforeFence(_at + lineEnd);
        var blank = window.LastIndexOf(' ');
        return Whole(blank > 0 ? _at + blank : end);
    }

    /// <summary>The same place, or the one before a code block that would have nothing in this piece but its fence.</summary>
    private int BeforeFence(int cut)
    {
        var piece = _text.AsSpan(_at, cut - _at).TrimEnd();
        var before = piece.EndsWith(Fence, StringComparison.Ordinal) ? piece[..^Fence.Length].TrimEnd().Length : 0;
        var opens = before > 0 && (Fences(piece) % 2 == 1) != _isInCode;
        return opens ? _at + before : cut;
    }

    /// <summary>The last place up to a cut that is within no token, entity, surrogate pair or fence; the cut where that leaves nothing.</summary>
    private int Whole(int cut)
    {
        var start = TokenAround(cut) ?? EntityAround(cut) ?? cut;
        if (start < _text.Length && char.IsLowSurrogate(_text[start]) && char.IsHighSurrogate(_text[start - 1])) start--;
        if (start < _text.Length && _text[start] == '`')
        {
            while (start > _at && _text[start - 1] == '`') start--;
        }

        if (start > _at) return start;
        return char.IsLowSurrogate(_text[cut]) && char.IsHighSurrogate(_text[cut - 1]) ? cut - 1 : cut;
    }

    private int? TokenAround(int cut)
    {
        var opening = _text.AsSpan(_at, cut - _at).LastIndexOfAny('<', '>');
        if (opening < 0 || _text[_at + opening] != '<') return null;
        var closing = _text.AsSpan(cut).IndexOfAny('<', '>');
        return closing >= 0 && _text[cut + closing] == '>' ? _at + opening : null;
    }

    private int? EntityAround(int cut)
    {
        var from = Math.Max(_at, cut - 4);
        var ampersand = _text.AsSpan(from, cut - from).LastIndexOf('&');
        return ampersand >= 0 && from + ampersand + SlackToken.EntityAt(_text, from + ampersand) > cut ? from + ampersand : null;
    }

    private static int Fences(ReadOnlySpan<char> piece) => piece.Count(Fence);
}
