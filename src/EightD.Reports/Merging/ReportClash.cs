
namespace EightD.Reports.Merging;

/// <summary>What chat and Git both changed, and differently. The draft has chat's; a person decides.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Part">In which part; <c>title</c> and <c>status</c> name those lines.</param>
/// <param name="Row">Of a cell or a row, what the row's most telling cell says in the draft; else empty.</param>
/// <param name="Column">Of a cell, its column; else empty.</param>
/// <param name="Chat">Chat's text; empty: chat took it away.</param>
/// <param name="Git">Git's text; empty: it is gone in Git.</param>
public sealed record ReportClash(ClashKind Kind, PartName Part, string Row, string Column, string Chat, string Git)
{
    /// <summary>The draft with Git's text in the place of chat's; the same where what it is about stands there no more.</summary>
    public Report KeepGit(Report draft) => Kind switch
    {
        ClashKind.Title => draft.WithTitle(Git),
        ClashKind.Status => draft.WithStatus(Git),
        ClashKind.Part => draft.SetText(Part, Git),
        ClashKind.Cell when MergedTable.Of(draft, Part.Section) is { } table && table.Find(Row) is >= 0 and var row => table.WithCell(row, Column, Git),
        ClashKind.Row when MergedTable.Of(draft, Part.Section) is { } table && table.Find(Row) is >= 0 and var row => table.WithoutRow(row),
        _ => draft,
    };
}

/// <summary>What chat and Git both changed.</summary>
public enum ClashKind
{
    /// <summary>The title.</summary>
    Title,

    /// <summary>The status line.</summary>
    Status,

    /// <summary>A part.</summary>
    Part,

    /// <summary>A cell of D1 or D6.</summary>
    Cell,

    /// <summary>A row of D1 or D6 that is missing in Git; nobody can say whether it was meant to be taken away.</summary>
    Row,
}
