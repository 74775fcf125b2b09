namespace EightD.Reports;

/// <summary>Names one part of a report: a section's lead, or one label in it.</summary>
/// <param name="Section">
/// The section's key: <c>D0</c>…<c>D8</c> for a discipline; for any other heading of the template its text in lower case
/// with hyphens (<c>what-happened</c>).
/// </param>
/// <param name="Label">The label's full name as the template has it, without colon or asterisks; null for the section's lead.</param>
public readonly record struct PartName(string Section, string? Label = null)
{
    /// <summary><c>D4</c> or <c>D4.Contributing factors</c>.</summary>
    public override string ToString() => Label is null ? Section : $"{Section}.{Label}";
}
