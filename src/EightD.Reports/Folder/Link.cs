namespace EightD.Reports;

/// <summary>One line under <c>## Links</c>.</summary>
/// <param name="Type"><c>Supersedes</c>, <c>Related to</c> or any other.</param>
/// <param name="Number">The other report's number.</param>
/// <param name="Title">The other report's title.</param>
/// <param name="FileName">The other report's file in the same folder, for example <c>0001-t.md</c>.</param>
public sealed record Link(string Type, int Number, string Title, string FileName)
{
    /// <summary>
    /// The type that answers this one in the other report: <c>Supersedes</c>/<c>Superseded by</c>, <c>Amends</c>/<c>Amended by</c>,
    /// <c>Clarifies</c>/<c>Clarified by</c>, <c>Extends</c>/<c>Extended by</c>, both ways; any other is answered by <c>Related to</c>.
    /// </summary>
    public string ReverseType => Type.Trim().ToLowerInvariant() switch
    {
        "supersedes" => "Superseded by",
        "superseded by" => "Supersedes",
        "amends" => "Amended by",
        "amended by" => "Amends",
        "clarifies" => "Clarified by",
        "clarified by" => "Clarifies",
        "extends" => "Extended by",
        "extended by" => "Extends",
        _ => "Related to",
    };
}
