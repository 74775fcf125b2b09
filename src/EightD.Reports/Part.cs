namespace EightD.Reports;

/// <summary>One part as it stands in a report.</summary>
/// <param name="Name">Which part.</param>
/// <param name="Kind">How it stands, by the template, or by the report where the template does not know it.</param>
/// <param name="Text">
/// What it holds: its lines joined by <c>\n</c>, without the blank lines at both ends and without the label itself; of a table its
/// rows below the rule. Empty when nothing stands there.
/// </param>
/// <param name="Line">The 1-based line on which the part (its label) begins.</param>
public sealed record Part(PartName Name, PartKind Kind, string Text, int Line);
