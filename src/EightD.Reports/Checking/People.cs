using System.Text.RegularExpressions;

namespace EightD.Reports.Checking;

/// <summary>Who is named.</summary>
internal static partial class People
{
    /// <summary>A name and its parts, which may stand alone: <c>Maria Santos</c>, <c>Maria</c>, <c>Santos</c>.</summary>
    public static IEnumerable<string> NamesOf(string name) => name.Trim().TrimStart('@') is { Length: > 0 } whole ? whole.Split([' ', '.'], StringSplitOptions.RemoveEmptyEntries).Where(part => part.Length > 2 || part.Length == whole.Length).Append(whole) : [];

    /// <summary>Whether a text names one of some.</summary>
    public static bool Names(string text, IReadOnlySet<string> names) => names.Any(name => Vocabulary.Has(text, [name]));

    /// <summary>Whether a text says itself who does it, or where it is followed: a mention, <c>owner:</c>, a link.</summary>
    public static bool IsAssigned(string text) => Assigned().IsMatch(text);

    [GeneratedRegex(@"(^|[ (\[])@[A-Za-z]|https?://|\b(owner|responsible|verantwortlich|assigned to|assignee)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Assigned();
}
