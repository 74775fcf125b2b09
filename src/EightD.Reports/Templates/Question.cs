namespace EightD.Reports.Templates;

/// <summary>One part of a template, and how it is asked for.</summary>
/// <param name="Part">Which part.</param>
/// <param name="SectionName">The section's name, without its key.</param>
/// <param name="Kind">What kind of answer fits.</param>
/// <param name="Columns">The table's column names; empty where it is no table.</param>
/// <param name="Hint">The part's own hint, else the section's; null where there is none.</param>
/// <param name="Example">An example answer; null where the template gives none.</param>
/// <param name="Optional">Not asked, but can be answered.</param>
public sealed record Question(
    PartName Part, string SectionName, PartKind Kind, IReadOnlyList<string> Columns, string? Hint, string? Example, bool Optional)
{
    /// <summary>How its label is written; null for a lead.</summary>
    internal Reading.LabelStyle? Style { get; init; }

    /// <summary>Its place in its section.</summary>
    internal int Order { get; init; }

    /// <summary>What the template itself has there from the start: no answer.</summary>
    internal string Standing { get; init; } = "";
}
