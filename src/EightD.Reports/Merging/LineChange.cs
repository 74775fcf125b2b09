namespace EightD.Reports.Merging;

/// <summary>Lines of a base that one side replaced.</summary>
/// <param name="Start">The first base line replaced, from 0.</param>
/// <param name="End">The base line after the last one replaced; <paramref name="Start"/> where lines were only put in.</param>
/// <param name="Lines">What came there; none where lines were only taken out.</param>
internal sealed record LineChange(int Start, int End, string[] Lines)
{
    /// <summary>1,000 lines against 1,000: some milliseconds. What differs by more counts as one change.</summary>
    private const int MostCells = 1_000_000;

    private bool IsInsertion => Start == End;

    /// <summary>The changes that make <paramref name="side"/> of <paramref name="origin"/>, in order, as few lines as can be.</summary>
    public static IEnumerable<LineChange> Between(string[] origin, string[] side)
    {
        var head = origin.AsSpan().CommonPrefixLength(side, StringComparer.Ordinal);
        var tail = 0;
        while (tail < Math.Min(origin.Length, side.Length) - head && origin[^(tail + 1)] == side[^(tail + 1)])
        {
            tail++;
        }

        var (before, after) = (origin[head..^tail], side[head..^tail]);
        var common = (long)before.Length * after.Length <= MostCells ? CommonLines(before, after) : [];
        var (i, j) = (0, 0);
        foreach (var (x, y) in common.Append((before.Length, after.Length)))
        {
            if (x > i || y > j)
            {
                yield return new LineChange(head + i, head + x, after[j..y]);
            }

            (i, j) = (x + 1, y + 1);
        }
    }

    /// <summary>Whether both cannot stand: they replace a line in common differently, or one adds to an item that the other replaces.</summary>
    public bool ClashesWith(LineChange other) =>
        !IsSameAs(other) && ((Start < other.End && other.Start < End) || AddsInside(other) || other.AddsInside(this));

    /// <summary>Whether both put lines in at one place, or both did the same.</summary>
    public bool Meets(LineChange other) => IsSameAs(other) || (IsInsertion && other.IsInsertion && Start == other.Start);

    /// <summary>One change of two that meet: this one's lines first; once where the one's lines begin with the other's.</summary>
    /// <param name="other">The change that this one meets.</param>
    /// <param name="between">What keeps the two apart.</param>
    public LineChange Then(LineChange other, string[] between)
    {
        var same = Lines.AsSpan().CommonPrefixLength(other.Lines, StringComparer.Ordinal);
        return this with
        {
            Lines = same == other.Lines.Length ? Lines
                : same == Lines.Length ? other.Lines
                : [.. Lines, .. between, .. other.Lines],
        };
    }

    /// <summary>Whether this one comes first in the text.</summary>
    public bool IsBefore(LineChange other) => (Start, End).CompareTo((other.Start, other.End)) < 0;

    private bool IsSameAs(LineChange other) => Start == other.Start && End == other.End && Lines.AsSpan().SequenceEqual(other.Lines);

    private bool AddsInside(LineChange other) =>
        IsInsertion && !other.IsInsertion && Start == other.End && Lines[0] is [' ' or '\t', ..];

    /// <summary>The longest common subsequence, as pairs of places.</summary>
    private static List<(int Before, int After)> CommonLines(string[] before, string[] after)
    {
        var longest = new int[before.Length + 1, after.Length + 1];
        for (var i = before.Length - 1; i >= 0; i--)
        {
            for (var j = after.Length - 1; j >= 0; j--)
            {
                longest[i, j] = before[i] == after[j] ? longest[i + 1, j + 1] + 1 : Math.Max(longest[i + 1, j], longest[i, j + 1]);
            }
        }

        List<(int, int)> common = [];
        for (var (i, j) = (0, 0); i < before.Length && j < after.Length;)
        {
            if (before[i] == after[j])
            {
                common.Add((i++, j++));
            }
            else if (longest[i + 1, j] >= longest[i, j + 1])
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return common;
    }
}
