namespace EightD.Reports.Merging;

/// <summary>Merges two changes of one part's text.</summary>
public static class PartMerge
{
    /// <summary>
    /// What both sides meant: where one side left the base as it was, the other's text; where both only added or changed different lines, both
    /// (theirs first); null where they clash. A numbered list is numbered on.
    /// </summary>
    /// <param name="kind">How the part stands.</param>
    /// <param name="baseText">The text that <paramref name="mine"/> was drawn from (<see cref="Report.TextOf"/>).</param>
    /// <param name="mine">What a form brought, in the report's form already.</param>
    /// <param name="theirs">What stands now.</param>
    public static string? Merge(PartKind kind, string baseText, string mine, string theirs) => throw new NotImplementedException();
}
