using System.Collections.Immutable;
using EightD.Reports.Actions;

namespace EightD.Incidents;

/// <summary>The numbers of the rows of D6. A row keeps its number while it is reworded or moved; a number is never used again.</summary>
public sealed record ActionNumbers
{
    /// <summary>The rows as they were last seen, in the table's order.</summary>
    public ImmutableList<NumberedRow> Rows { get; init; } = [];

    /// <summary>The last number given.</summary>
    public int Last { get; init; }

    /// <summary>
    /// The numbers after an edit. Rows match by the same action text, else as the only unmatched one with the same owner and date, else they
    /// are new (contract, "Git, where others rely on it").
    /// </summary>
    public ActionNumbers After(IReadOnlyList<ActionRow> rows)
    {
        if (AreRows(rows)) return this;

        var unmatched = Rows.ToList();
        var numbers = new int[rows.Count];
        Match((row, known) => row.Action == known.Action && row.Owner == known.Owner && row.DueText == known.Due, onlyWhenSingle: false);
        Match((row, known) => row.Action == known.Action, onlyWhenSingle: false);
        Match((row, known) => row.Owner == known.Owner && row.DueText == known.Due, onlyWhenSingle: true);

        var last = Last;
        for (var i = 0; i < rows.Count; i++)
        {
            if (numbers[i] == 0) numbers[i] = ++last;
        }

        return new()
        {
            Rows = [.. rows.Select((row, i) => new NumberedRow(numbers[i], row.Action, row.Owner, row.DueText))],
            Last = last,
        };

        void Match(Func<ActionRow, NumberedRow, bool> same, bool onlyWhenSingle)
        {
            for (var i = 0; i < rows.Count; i++)
            {
                if (numbers[i] != 0) continue;
                var candidates = unmatched.Where(known => same(rows[i], known)).Take(2).ToList();
                if (candidates.Count == 0 || (onlyWhenSingle && candidates.Count > 1)) continue;
                numbers[i] = candidates[0].Number;
                unmatched.Remove(candidates[0]);
            }
        }
    }

    private bool AreRows(IReadOnlyList<ActionRow> rows)
    {
        if (rows.Count != Rows.Count) return false;
        var i = 0;
        foreach (var known in Rows)
        {
            var row = rows[i++];
            if (row.Action != known.Action || row.Owner != known.Owner || row.DueText != known.Due) return false;
        }

        return true;
    }

    /// <summary>The row's place in the table; null when no row has that number now.</summary>
    public int? IndexOf(int number) => Rows.FindIndex(row => row.Number == number) is >= 0 and var index ? index : null;
}

/// <summary>A row of D6 as it was last seen.</summary>
public sealed record NumberedRow(int Number, string Action, string Owner, string Due);
