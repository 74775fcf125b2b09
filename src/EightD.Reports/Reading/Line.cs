using System.Runtime.InteropServices;

namespace EightD.Reports.Reading;

/// <summary>One line of a text, by its place in it.</summary>
/// <param name="Start">Its first character.</param>
/// <param name="End">The character after its last, without its line end.</param>
/// <param name="Next">Where the next line begins; the text's length after the last one.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Line(int Start, int End, int Next)
{
    /// <summary>The lines of a text; <c>\n</c>, <c>\r\n</c> and a lone <c>\r</c> end one. A byte order mark belongs to no line. An empty text has none.</summary>
    public static List<Line> Of(string text)
    {
        var start = text is ['\uFEFF', ..] ? 1 : 0;
        List<Line> lines = new(text.Length / 40);
        while (start < text.Length)
        {
            var length = text.AsSpan(start).IndexOfAny('\r', '\n');
            var end = length < 0 ? text.Length : start + length;
            var next = end == text.Length ? end : text[end] == '\r' && end + 1 < text.Length && text[end + 1] == '\n' ? end + 2 : end + 1;
            lines.Add(new(start, end, next));
            start = next;
        }

        return lines;
    }

    /// <summary>The line's characters.</summary>
    public ReadOnlySpan<char> In(string text) => text.AsSpan(Start, End - Start);
}
