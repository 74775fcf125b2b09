using System.Text.RegularExpressions;

namespace EightD.Reports.Checking;

/// <summary>One thing that a report says: a list item, a paragraph, or a table row outside of D1 and D6.</summary>
/// <param name="Section"><c>D0</c> to <c>D8</c>.</param>
/// <param name="Line">The 1-based line on which it begins.</param>
/// <param name="Label">The label above it; empty where it stands under the heading.</param>
/// <param name="Role">What it is, by that label.</param>
/// <param name="Said">As it stands, without its marker, on one line.</param>
/// <param name="Depth">How deep in a list; 0 for whatever is not inside an item.</param>
internal sealed partial record Statement(string Section, int Line, string Label, Role Role, string Said, int Depth)
{
    /// <summary>What it says, without emphasis.</summary>
    public string Text => text ??= Said.Replace("**", "", StringComparison.Ordinal).Replace("`", "", StringComparison.Ordinal).Trim();

    /// <summary>What it is about, where it begins with a bold name and a colon (<c>**Code review:** …</c>); else all of it.</summary>
    public string Subject => NameFirst().Match(Said) is { Success: true } name ? name.Groups["name"].Value.Trim(' ', ':') : Text;

    /// <summary>Whether it begins with a bold name.</summary>
    public bool IsNamed => NameFirst().IsMatch(Said);

    /// <summary>The words that tell it from others.</summary>
    public IReadOnlySet<string> Words => words ??= Checking.Words.Of(Text);

    private string? text;
    private IReadOnlySet<string>? words;

    [GeneratedRegex(@"^\*\*(?<name>[^*]{2,80})\*\*", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex NameFirst();
}

/// <summary>What several statements say together.</summary>
internal static class Statements
{
    /// <summary>The first of some statements where none of them says something; null where one does, or there is none.</summary>
    public static Statement? FirstIfNone(this IEnumerable<Statement> statements, Func<string, bool> says)
    {
        Statement? first = null;
        foreach (var said in statements)
        {
            if (says(said.Text)) return null;
            first ??= said;
        }

        return first;
    }
}

/// <summary>What a statement is, by the label above it.</summary>
internal enum Role
{
    /// <summary>Nothing that the check asks for by name.</summary>
    Other,

    /// <summary>What the problem costs.</summary>
    Impact,

    /// <summary>What people and instruments saw.</summary>
    Symptom,

    /// <summary>Where the problem is, and where it could be and is not.</summary>
    IsNot,

    /// <summary>What was done at once.</summary>
    Immediate,

    /// <summary>What holds until the correction is in place.</summary>
    Temporary,

    /// <summary>How it is known that something works.</summary>
    Verification,

    /// <summary>Why it happened.</summary>
    Cause,

    /// <summary>A chain of whys.</summary>
    Whys,

    /// <summary>What made it likelier or worse.</summary>
    Contributing,

    /// <summary>Why it was not caught.</summary>
    Escape,

    /// <summary>What proves the cause.</summary>
    Evidence,

    /// <summary>What the measures may break.</summary>
    Risk,

    /// <summary>Who learns what.</summary>
    Training,

    /// <summary>What would show it earlier.</summary>
    Monitoring,

    /// <summary>Where else it could happen.</summary>
    ReadAcross,

    /// <summary>What is still to be done.</summary>
    FollowUp,

    /// <summary>Who is thanked.</summary>
    Recognition,

    /// <summary>Which figures show the effect.</summary>
    Metrics,

    /// <summary>What was learned.</summary>
    Lessons,
}
