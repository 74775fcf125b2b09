namespace EightD.Reports.Reading;

/// <summary>What could not be read of a report.</summary>
internal static class Faulty
{
    public static IEnumerable<ReadingFault> In(Report report, Outline outline)
    {
        foreach (var fault in outline.Faults) yield return fault;
        foreach (var missing in report.Template.Sections.Where(section => outline.Find(section.Key) is null)) yield return new(ReadingFaultKind.MissingSection, 1, missing.Key);
        if (outline.Date >= 0 && report.Date is null) yield return new(ReadingFaultKind.UnreadableDate, outline.Date + 1, outline.Quote(outline.Date));
        foreach (var part in outline.Sections.SelectMany(section => section.Parts).Where(part => part.Kind == PartKind.Table))
        {
            if (Table.In(outline, part.Content, part.End) is not { } table) continue;
            for (var row = table.Rows; row < table.End; row++)
            {
                if (Table.Cells(outline[row]).Count != table.Columns.Count) yield return new(ReadingFaultKind.RowCells, row + 1, outline.Quote(row));
            }
        }
    }
}
