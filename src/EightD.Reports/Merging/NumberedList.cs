using System.Globalization;

namespace EightD.Reports.Merging;

/// <summary>The numbers of a numbered list's items, apart from the items.</summary>
internal static class NumberedList
{
    /// <summary>The lines with each item's number as <c>0</c>, so that an item is the same whatever number it has.</summary>
    public static string[] Unnumber(IReadOnlyList<string> lines) =>
        [.. Digits(lines).Select(line => line.Digits == 0 ? line.Text : "0" + line.Text[line.Digits..])];

    /// <summary>The lines with numbers again: those of <paramref name="origin"/> up to the first line that changed, from there each one more than the last.</summary>
    /// <param name="unnumbered">What <see cref="Unnumber"/> gave, changed since.</param>
    /// <param name="origin">The list before the change, with its numbers.</param>
    public static IEnumerable<string> Number(IReadOnlyList<string> unnumbered, string[] origin)
    {
        var kept = unnumbered.ToArray().AsSpan().CommonPrefixLength(Unnumber(origin), StringComparer.Ordinal);
        var number = 0L;
        List<string> lines = [];
        foreach (var ((text, digits), index) in Digits(unnumbered).Select((line, index) => (line, index)))
        {
            var line = index < kept ? origin[index] : digits == 0 ? text : (number + 1).ToString(CultureInfo.InvariantCulture) + text[1..];
            number = digits == 0 ? number : long.Parse(line.AsSpan(0, line.AsSpan().IndexOfAnyExceptInRange('0', '9')), NumberStyles.None, CultureInfo.InvariantCulture);
            lines.Add(line);
        }

        return lines;
    }

    /// <summary>Each line, and how many digits its item's number has: 0 where it is no item of the list itself, nor in a code block.</summary>
    private static IEnumerable<(string Text, int Digits)> Digits(IReadOnlyList<string> lines)
    {
        var inCode = false;
        foreach (var line in lines)
        {
            inCode ^= line.StartsWith("```", StringComparison.Ordinal) || line.StartsWith("~~~", StringComparison.Ordinal);
            var digits = line.AsSpan().IndexOfAnyExceptInRange('0', '9');
            var isItem = !inCode && digits is >= 1 and <= 9 && line[digits] is '.' or ')' && (line.Length == digits + 1 || line[digits + 1] is ' ' or '\t');
            yield return (line, isItem ? digits : 0);
        }
    }
}
