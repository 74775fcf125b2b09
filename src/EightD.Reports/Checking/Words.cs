namespace EightD.Reports.Checking;

/// <summary>The words that tell one statement from another: without those that stand everywhere, each by its beginning, so that <c>alerts</c> and <c>alerting</c> are one.</summary>
internal static class Words
{
    private const int Shortest = 3, Beginning = 4;

    private static readonly HashSet<string> Everywhere = new(StringComparer.Ordinal)
    {
        "the", "and", "for", "with", "from", "into", "that", "this", "was", "were", "are", "has", "had", "have", "not", "all", "any", "due", "via", "per", "its", "our", "who", "will", "been", "which", "when", "than", "more", "also", "only",
        "after", "before", "during", "added", "add", "new", "use", "used", "using", "implement", "implemented", "update", "updated", "create", "created", "improve", "improved", "establish", "established", "introduce", "introduced", "ensure",
        "root", "cause", "problem", "incident", "issue", "failure", "primary", "identified", "measure", "action", "team", "process", "system", "because", "why",
        "der", "die", "das", "den", "dem", "des", "ein", "eine", "einer", "eines", "und", "oder", "mit", "von", "vom", "zum", "zur", "für", "bei", "auf", "aus", "nach", "wird", "wurde", "werden", "ist", "sind", "nicht", "durch", "ursache", "problem", "fehler", "maßnahme", "neue", "neu",
    };

    /// <summary>The words of a text, each by its beginning.</summary>
    public static IReadOnlySet<string> Of(string text) => Whole(text).Select(Stem).ToHashSet(StringComparer.Ordinal);

    /// <summary>The words of a text as they stand, in lower case and in order.</summary>
    public static IEnumerable<string> Whole(string text)
    {
        for (var (at, end) = (0, 0); at < text.Length; at = end + 1)
        {
            end = at;
            while (end < text.Length && char.IsLetterOrDigit(text[end])) end++;
            if (end - at < Shortest || text.AsSpan(at, end - at).IndexOfAnyExceptInRange('0', '9') < 0) continue;
            var word = text[at..end].ToLowerInvariant();
            if (!Everywhere.Contains(word)) yield return word;
        }
    }

    /// <summary>How many words two texts share.</summary>
    public static int Shared(IReadOnlySet<string> one, IReadOnlySet<string> other) => one.Count(other.Contains);

    /// <summary>Whether two texts may be about the same thing: two words in common, or one where either has no more than two.</summary>
    public static bool MayMean(IReadOnlySet<string> one, IReadOnlySet<string> other) => Shared(one, other) >= Math.Min(2, Math.Min(one.Count, other.Count) <= 2 ? 1 : 2);

    private static string Stem(string word) => (word.Length > Beginning ? word[..Beginning] : word).Replace('y', 'i');
}
