using System.Text;

namespace EightD.Reports.Editing;

/// <summary>What somebody typed, made clean (8D format, rule 2).</summary>
internal static class Typed
{
    /// <summary>Line ends become <c>\n</c>, trailing blanks go, blank lines at both ends too; NUL and lone surrogates become U+FFFD.</summary>
    public static string Clean(string typed)
    {
        if (IsClean(typed)) return typed;
        var lines = typed.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n');
        var first = Array.FindIndex(lines, line => !string.IsNullOrWhiteSpace(line));
        if (first < 0) return "";
        var last = Array.FindLastIndex(lines, line => !string.IsNullOrWhiteSpace(line));
        return Whole(string.Join('\n', lines[first..(last + 1)].Select(line => line.TrimEnd())));
    }

    /// <summary>On one line, without control characters: a title.</summary>
    public static string OnOneLine(string typed) =>
        Whole(string.Concat(typed.Select(character => char.IsControl(character) || character is '\u2028' or '\u2029' ? ' ' : character))).Trim();

    /// <summary>Whether nothing is to be done, as with most answers; false may also mean that it was not looked into.</summary>
    private static bool IsClean(ReadOnlySpan<char> typed)
    {
        if (typed.IsEmpty || char.IsWhiteSpace(typed[0]) || char.IsWhiteSpace(typed[^1]) || typed.Contains('\r') || !IsWhole(typed)) return false;
        while (typed.IndexOf('\n') is >= 0 and var end)
        {
            if (end > 0 && char.IsWhiteSpace(typed[end - 1])) return false;
            typed = typed[(end + 1)..];
        }

        return true;
    }

    private static bool IsWhole(ReadOnlySpan<char> text) => text.IndexOfAnyInRange('\uD800', '\uDFFF') < 0 && !text.Contains('\0');

    private static string Whole(string text)
    {
        if (IsWhole(text)) return text;
        StringBuilder whole = new(text.Length);
        foreach (var rune in text.EnumerateRunes()) whole.Append(rune.Value == 0 ? "\uFFFD" : rune.ToString());
        return whole.ToString();
    }
}
