using System.Collections.Immutable;
using EightD.Reports.Actions;
using EightD.Reports.Merging;

namespace EightD.Incidents;

/// <summary>The numbers of the rows of D6. A row keeps its number while it is reworded or moved; a number is never used again.</summary>
public sealed record ActionNumbers
{
    /// <summary>The rows as they were last seen, in the table's order.</summary>
    public ImmutableList<NumberedRow> Rows { get; init; } = [];

    /// <summary>The last number given.</summary>
    public int Last { get; init; }

    /// <summary>The numbers after an edit. Which row is which says <see cref="RowMatching"/>; a new one gets the next number.</summary>
    public ActionNumbers After(IReadOnlyList<ActionRow> rows)
    {
        if (AreRows(rows)) return this;
        var places = RowMatching.Match([.. Rows.Select(row => new RowIdentity(row.Action, row.Owner, row.Due))], [.. rows.Select(row => new RowIdentity(row.Action, row.Owner, row.DueText))]);
        var last = Last;
        return new()
        {
            Rows = [.. rows.Zip(places, (row, place) => new NumberedRow(place < 0 ? ++last : Rows[place].Number, row.Action, row.Owner, row.DueText))],
            Last = last,
        };
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
