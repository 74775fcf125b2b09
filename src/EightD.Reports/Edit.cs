namespace EightD.Reports;

/// <summary>Replaces one span of a report; every character outside it stays as it was.</summary>
/// <param name="Start">First character replaced, in UTF-16 units from the start of the text.</param>
/// <param name="Length">Units replaced, 0 to insert. A CRLF is two.</param>
/// <param name="Text">What comes there, in the report's line ends.</param>
public readonly record struct Edit(int Start, int Length, string Text)
{
    /// <summary>The report with this edit made.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The span lies outside <paramref name="report"/>.</exception>
    public string ApplyTo(string report) =>
        string.Concat(report.AsSpan(0, Start), Text, report.AsSpan(Start + Length));
}
