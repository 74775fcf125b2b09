using EightD.Reports.Folder;

namespace EightD.Reports.Learning;

/// <summary>An earlier report that looks alike, and why.</summary>
/// <param name="Report">Which.</param>
/// <param name="Shared">The words that both have, those first that tell most.</param>
public sealed record AlikeReport(SearchedReport Report, IReadOnlyList<string> Shared);

/// <summary>Which earlier reports look alike: Okapi BM25 (Robertson and Zaragoza, <em>The Probabilistic Relevance Framework</em>, 2009) over their words, in memory.</summary>
public static class AlikeReports
{
    /// <summary>How soon more of a word tells no more, and how much a long report is held against it: the values that are usual.</summary>
    private const double Saturation = 1.2, OfLength = 0.75;

    private const int MostShared = 5;

    /// <summary>The reports that look most like a new one, best first: two words in common at least, or one that is in the other's title where the new one has hardly more.</summary>
    /// <param name="text">The new report's text, or its title alone.</param>
    /// <param name="reports">The earlier ones.</param>
    /// <param name="most">How many at most.</param>
    public static IReadOnlyList<AlikeReport> To(string text, IReadOnlyCollection<SearchedReport> reports, int most)
    {
        var sought = text.Contains('\n', StringComparison.Ordinal) ? ProblemWords.Of(text) : ProblemWords.OfSaid(text);
        if (sought.All.Count == 0 || reports.Count == 0) return [];
        var usual = Math.Max(1, reports.Average(report => report.Words.Length));
        var weights = sought.All.ToDictionary(word => word, word => Weight(reports.Count(report => report.Words.Count(word) > 0), reports.Count), StringComparer.Ordinal);
        return [.. reports
            .Select(report => (report, Score: weights.Sum(word => word.Value * Often(report.Words.Count(word.Key), report.Words.Length / usual)),
                Shared: weights.Where(word => report.Words.Count(word.Key) > 0).OrderByDescending(word => word.Value).Select(word => word.Key).ToList()))
            .Where(each => IsAlike(each.report, each.Shared, sought.All.Count))
            .OrderByDescending(each => each.Score).ThenByDescending(each => each.report.Entry.Number).Take(most)
            .Select(each => new AlikeReport(each.report, [.. each.Shared.Take(MostShared)]))];
    }

    private static bool IsAlike(SearchedReport report, List<string> shared, int sought) =>
        shared.Count > 1 || (shared is [var only] && sought <= 2 && report.Entry.Title.Contains(only, StringComparison.OrdinalIgnoreCase));

    private static double Weight(int having, int of) => Math.Log(1 + ((of - having + 0.5) / (having + 0.5)));

    private static double Often(int times, double length) => times * (Saturation + 1) / (times + (Saturation * (1 - OfLength + (OfLength * length))));
}
