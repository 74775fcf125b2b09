namespace EightD.Reports;

/// <summary>How a part's answer stands in the report (8D format, "How an answer becomes Markdown", rules 4 to 6).</summary>
public enum PartKind
{
    /// <summary>Paragraphs under the section's heading, or under a <c>###</c> heading.</summary>
    Paragraph,

    /// <summary>Text on the label's own line.</summary>
    TextOnLine,

    /// <summary>Text on the line after the label.</summary>
    TextBelow,

    /// <summary>A list with <c>-</c>.</summary>
    Bullets,

    /// <summary>A list with <c>1.</c>, numbered on when it grows.</summary>
    Numbered,

    /// <summary>A pipe table.</summary>
    Table,
}
