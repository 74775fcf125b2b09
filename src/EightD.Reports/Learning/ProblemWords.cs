using EightD.Reports.Checking;

namespace EightD.Reports.Learning;

/// <summary>How often a report uses which words where it says what happened: in its title and in D0, D2, D3 and D4. Who was there and what was done since tells no problem from another.</summary>
internal sealed class ProblemWords
{
    /// <summary>A word of the title counts so often.</summary>
    private const int OfTitle = 3;

    private readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);

    private ProblemWords() { }

    /// <summary>How many words there are, again and again.</summary>
    public int Length { get; private set; }

    /// <summary>The words.</summary>
    public IReadOnlyCollection<string> All => counts.Keys;

    /// <summary>How often a word stands there.</summary>
    public int Count(string word) => counts.GetValueOrDefault(word);

    /// <summary>Those of a text. Headings, hints and labels are the template's; a title is one's own.</summary>
    public static ProblemWords Of(string text)
    {
        ProblemWords words = new();
        var (isTitle, isProblem) = (true, true);
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan()[range].Trim();
            if (line.StartsWith("#"))
            {
                if (isTitle) words.Add(line.TrimStart("#0123456789: "), OfTitle);
                else if (line.StartsWith("## ")) isProblem = line is ['#', '#', ' ', 'D' or 'd', '0' or '2' or '3' or '4', ..];
                isTitle = false;
            }
            else if (isProblem && !isTitle && !line.StartsWith("<!--") && !line.StartsWith("**Date") && !line.StartsWith("**Status") && !line.StartsWith("- **Date") && !line.StartsWith("- **Status")) words.Add(WithoutLabel(line), 1);
        }

        return words;
    }

    /// <summary>Those of a few words that somebody said.</summary>
    public static ProblemWords OfSaid(string said)
    {
        ProblemWords words = new();
        words.Add(said, 1);
        return words;
    }

    private static ReadOnlySpan<char> WithoutLabel(ReadOnlySpan<char> line) =>
        line.StartsWith("**") && line[2..].IndexOf("**", StringComparison.Ordinal) is > 0 and var end && line[end + 1] is ':' or '?' ? line[(end + 4)..] : line;

    private void Add(ReadOnlySpan<char> line, int times)
    {
        foreach (var word in Words.Whole(line.ToString()))
        {
            var one = Singular(word);
            counts[one] = counts.GetValueOrDefault(one) + times;
            Length += times;
        }
    }

    /// <summary><c>timeouts</c> and <c>timeout</c> are one word.</summary>
    private static string Singular(string word) => word is [.., not 's' and not 'u' and not 'i', 's'] && word.Length > 4 ? word[..^1] : word;
}
