using System.Globalization;
using EightD.Incidents.Cards;
using EightD.Reports.Learning;

namespace EightD.Incidents.Learning;

/// <summary>Earlier reports that look alike are offered to whoever begins an 8D, and again to whoever is asked for the cause: with why, what they found, and a button that links them.</summary>
public static class EarlierReports
{
    /// <summary>How many are offered.</summary>
    public const int Most = 3;

    /// <summary>The text to which others are alike: the title where the 8D begins, all that is known of the problem where its cause is asked.</summary>
    public static string Sought(Incident incident, Effect.OfferEarlier offer) => offer.AtCause ? incident.Report.Text : incident.Report.Title.ReplaceLineEndings(" ");

    /// <summary>Whether a report may be among them: no other name for this one, and not linked already.</summary>
    public static bool IsOther(Incident incident, int number) => number != incident.Number && incident.Report.Links.All(link => link.Number != number);

    /// <summary>The message; null where there are none.</summary>
    public static Message? Say(Incident incident, Effect.OfferEarlier offer, IReadOnlyList<AlikeReport> alike)
    {
        if (alike.Count == 0) return null;
        var title = Texts.Get(offer.AtCause ? "EarlierCauses" : "EarlierAlike", incident.Name);
        var body = string.Join('\n', alike.Select(Line)) + "\n\n" + Texts.Get("EarlierHint");
        return new($"**{title}**\n\n{body}", new(title, [], body,
            [.. alike.Select(each => new Button("link", each.Report.Entry.Number.ToString(CultureInfo.InvariantCulture), Texts.Get("ButtonLink", Number(each))))]));
    }

    private static string Line(AlikeReport each)
    {
        var lesson = each.Report.Lesson;
        List<string> said = [Texts.Get("EarlierLine", Number(each), each.Report.Entry.Title, string.Join(", ", each.Shared))];
        if (lesson.Cause is { } cause) said.Add(Texts.Get("EarlierCause", cause.TrimEnd('.')));
        if (lesson.EscapePoint is { } escape) said.Add(Texts.Get("EarlierEscape", escape.TrimEnd('.')));
        return "- " + string.Join(' ', said);
    }

    private static string Number(AlikeReport each) => each.Report.Entry.Number.ToString("0000", CultureInfo.InvariantCulture);
}
