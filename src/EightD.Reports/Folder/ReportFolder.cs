namespace EightD.Reports.Folder;

/// <summary>A report's file in its folder (8D format, "A folder of reports").</summary>
public static class FileName
{
    /// <summary><c>0003-server-downtime-incident.md</c>: four digits, then the title in lower case, transliterated, never empty (<c>0004-report.md</c>).</summary>
    /// <param name="number">1 or more.</param>
    /// <param name="title">Any text; the file name has at most 100 characters of it.</param>
    public static string Of(int number, string title) => throw new NotImplementedException();

    /// <summary>The number in a report's file name (<c>0003-….md</c>); null when it is no report's.</summary>
    public static int? NumberIn(string fileName) => throw new NotImplementedException();
}

/// <summary>The folder's <c>README.md</c>: under <c>## Reports</c> a line a report, in number order; the text around it is the team's.</summary>
public static class Contents
{
    /// <summary>The page with this report's entry added, or changed where its number stands already.</summary>
    /// <param name="page">The page as it is; null or empty gives a new one.</param>
    /// <param name="entry">The report.</param>
    /// <param name="dialect">Of the report: says whether the number is padded.</param>
    public static string With(string? page, ReportEntry entry, Reading.Dialect dialect) => throw new NotImplementedException();

    /// <summary>The reports that the page lists.</summary>
    public static IReadOnlyList<ReportEntry> Entries(string page) => throw new NotImplementedException();
}

/// <summary>One report of a folder.</summary>
/// <param name="Number">1 or more.</param>
/// <param name="Title">The title.</param>
/// <param name="FileName">Its file in the folder.</param>
public sealed record ReportEntry(int Number, string Title, string FileName);
