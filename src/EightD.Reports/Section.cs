namespace EightD.Reports;

/// <summary>A heading of the second level and what stands under it: a discipline, or whatever a team's template has instead.</summary>
/// <param name="Key"><c>D0</c>…<c>D8</c>, or the heading in lower case with hyphens.</param>
/// <param name="Name">The heading's text without its <c>D4:</c>.</param>
/// <param name="Line">The heading's 1-based line.</param>
/// <param name="Parts">Its parts that stand in the report, in the report's order; the lead, where there is one, is first.</param>
public sealed record Section(string Key, string Name, int Line, IReadOnlyList<Part> Parts)
{
    /// <summary>0 to 8 for a discipline; null for any other section.</summary>
    public int? Number => Key is ['D', >= '0' and <= '8'] ? Key[1] - '0' : null;
}
