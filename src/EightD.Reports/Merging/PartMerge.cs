namespace EightD.Reports.Merging;

/// <summary>Merges two changes of one part's text.</summary>
public static class PartMerge
{
    /// <summary>
    /// What both sides meant: where one side left the base as it was, the other's text; where both only added or changed different lines, both
    /// (theirs first); null where they clash. A numbered list is numbered on.
    /// </summary>
    /// <param name="kind">How the part stands.</param>
    /// <param name="baseText">The text that <paramref name="mine"/> was drawn from (<see cref="Report.TextOf"/>).</param>
    /// <param name="mine">What a form brought, in the report's form already.</param>
    /// <param name="theirs">What stands now.</param>
    public static string? Merge(PartKind kind, string baseText, string mine, string theirs)
    {
        if (mine == baseText || mine == theirs)
        {
            return theirs;
        }

        if (theirs == baseText)
        {
            return mine;
        }

        var origin = Lines(baseText);
        if (kind is PartKind.Numbered)
        {
            var list = Merge(NumberedList.Unnumber(origin), NumberedList.Unnumber(Lines(mine)), NumberedList.Unnumber(Lines(theirs)), []);
            return list is null ? null : Text(NumberedList.Number(list, origin));
        }

        // of two texts where none was, a line end alone would make one paragraph
        string[] between = origin.Length == 0 && kind is PartKind.Paragraph or PartKind.TextOnLine or PartKind.TextBelow ? [""] : [];
        return Merge(origin, Lines(mine), Lines(theirs), between) is { } merged ? Text(merged) : null;
    }

    private static List<string>? Merge(string[] origin, string[] mine, string[] theirs, string[] between)
    {
        var mineLeft = new Queue<LineChange>(LineChange.Between(origin, mine));
        var theirsLeft = new Queue<LineChange>(LineChange.Between(origin, theirs));
        List<string> merged = [];
        var at = 0;
        while (mineLeft.Count + theirsLeft.Count > 0)
        {
            if (Next(mineLeft, theirsLeft, between) is not { } change)
            {
                return null;
            }

            merged.AddRange(origin.AsSpan(at, change.Start - at));
            merged.AddRange(change.Lines);
            at = change.End;
        }

        merged.AddRange(origin.AsSpan(at));
        return merged;
    }

    /// <summary>The change that comes next in the text, of either side or of both; null where the sides clash.</summary>
    private static LineChange? Next(Queue<LineChange> mineLeft, Queue<LineChange> theirsLeft, string[] between)
    {
        if (!mineLeft.TryPeek(out var mine))
        {
            return theirsLeft.Dequeue();
        }

        if (!theirsLeft.TryPeek(out var theirs))
        {
            return mineLeft.Dequeue();
        }

        if (mine.ClashesWith(theirs))
        {
            return null;
        }

        if (mine.Meets(theirs))
        {
            return theirsLeft.Dequeue().Then(mineLeft.Dequeue(), between);
        }

        return mine.IsBefore(theirs) ? mineLeft.Dequeue() : theirsLeft.Dequeue();
    }

    private static string[] Lines(string text) => text.Length == 0 ? [] : text.Split('\n');

    /// <summary>A part has no blank lines at its ends.</summary>
    private static string Text(IEnumerable<string> lines) => string.Join('\n', lines).Trim('\n');
}
