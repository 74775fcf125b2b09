namespace EightD.Reports.Reading;

/// <summary>Something that could not be read. The text is kept as it is.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Line">Its 1-based line.</param>
/// <param name="Quote">The line or the cell that it is about, at most 80 characters.</param>
public readonly record struct ReadingFault(ReadingFaultKind Kind, int Line, string Quote);

/// <summary>What a reader can fail to understand.</summary>
public enum ReadingFaultKind
{
    /// <summary>No title line.</summary>
    NoTitle,

    /// <summary>The date line's date.</summary>
    UnreadableDate,

    /// <summary>A discipline that stands a second time; the first one counts.</summary>
    DoubledSection,

    /// <summary>A discipline of the template that is missing.</summary>
    MissingSection,

    /// <summary>A label that stands a second time in its section; the first one counts.</summary>
    DoubledLabel,

    /// <summary>A table row whose cells are not as many as its columns.</summary>
    RowCells,

    /// <summary>A code fence or comment that is not closed.</summary>
    NotClosed,
}
