namespace EightD.Reports.Merging;

/// <summary>What makes a row of a table known again.</summary>
/// <param name="Text">What its most telling cell says: the action.</param>
/// <param name="Owner">Its owner's cell; empty where the table has none.</param>
/// <param name="Due">Its date's cell; empty where the table has none.</param>
public readonly record struct RowIdentity(string Text, string Owner, string Due);

/// <summary>
/// Which rows of two versions of a table are the same: those with the same text; else the only unmatched one with the same owner and date; else the only one
/// that shares 60 % of its words. Any other row is new, or missing.
/// </summary>
public static class RowMatching
{
    private const double Alike = 0.6;

    /// <summary>Beyond that many pairs rows are not compared by their words.</summary>
    private const int MostPairs = 1_000_000;

    /// <summary>For each row of the later version its place in the earlier one; -1 where it is new.</summary>
    public static int[] Match(IReadOnlyList<RowIdentity> before, IReadOnlyList<RowIdentity> after)
    {
        var places = new int[after.Count];
        Array.Fill(places, -1);
        var left = new SortedSet<int>(Enumerable.Range(0, before.Count));
        TakeFirst(row => row);
        TakeFirst(row => row with { Owner = "", Due = "" });
        TakeOnly((row, known) => (row.Owner.Length > 0 || row.Due.Length > 0) && row.Owner == known.Owner && row.Due == known.Due);
        var words = before.Concat(after).Select(row => row.Text).Distinct(StringComparer.Ordinal).ToDictionary(text => text, WordsOf, StringComparer.Ordinal);
        TakeOnly((row, known) => AreAlike(words[row.Text], words[known.Text]));
        return places;

        void TakeFirst(Func<RowIdentity, RowIdentity> by)
        {
            var known = left.GroupBy(row => by(before[row])).ToDictionary(rows => rows.Key, rows => new Queue<int>(rows));
            for (var i = 0; i < after.Count; i++)
            {
                if (places[i] < 0 && known.TryGetValue(by(after[i]), out var rows) && rows.TryDequeue(out var row)) Take(i, row);
            }
        }

        void TakeOnly(Func<RowIdentity, RowIdentity, bool> same)
        {
            var open = Enumerable.Range(0, after.Count).Where(row => places[row] < 0).ToList();
            if ((long)open.Count * left.Count > MostPairs) return;
            var pairs = open.SelectMany(row => left.Where(known => same(after[row], before[known])).Select(known => (Row: row, Known: known))).ToList();
            var (ofRow, ofKnown) = (pairs.CountBy(pair => pair.Row).ToDictionary(), pairs.CountBy(pair => pair.Known).ToDictionary());
            foreach (var (row, known) in pairs.Where(pair => ofRow[pair.Row] == 1 && ofKnown[pair.Known] == 1)) Take(row, known);
        }

        void Take(int row, int known)
        {
            places[row] = known;
            left.Remove(known);
        }
    }

    private static List<string> WordsOf(string text) => [.. text.ToLowerInvariant().Split([.. text.ToLowerInvariant().Where(character => !char.IsLetterOrDigit(character)).Distinct()], StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];

    /// <param name="one">Words in order.</param>
    /// <param name="other">Words in order.</param>
    private static bool AreAlike(List<string> one, List<string> other)
    {
        var common = 0;
        for (var (i, j) = (0, 0); i < one.Count && j < other.Count;)
        {
            var order = string.CompareOrdinal(one[i], other[j]);
            if (order == 0) common++;
            if (order <= 0) i++;
            if (order >= 0) j++;
        }

        return common > 0 && common >= Alike * Math.Max(one.Count, other.Count);
    }
}
