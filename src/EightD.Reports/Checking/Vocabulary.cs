using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;

namespace EightD.Reports.Checking;

/// <summary>The words by which it is told what a statement says, in English and in German. Each list errs on the side of silence: a false finding is worse than a missed one.</summary>
internal static partial class Vocabulary
{
    private static readonly SearchValues<string> Escapes = Phrases(
        "escape point", "not caught", "not detected", "undetected", "slipped through", "slipped past", "passed review", "should have caught", "should have been caught", "escaped", "nicht entdeckt", "nicht erkannt", "unentdeckt",
        "durchgerutscht", "durchschlupf", "hätte auffallen", "hätte entdeckt");

    private static readonly SearchValues<string> Proofs = Phrases(
        "reproduc", "revert", "rolled back", "roll back", "rollback of", "rolling back", "bisect", "confirmed by", "proved", "proven", "proof", "verified:", "verified by", "with and without", "switching it off", "switched off", "switched on", "experiment",
        "http://", "https://", "nachgestellt", "reproduzier", "bestätigt durch", "nachgewiesen", "nachweis", "versuch", "verifiziert", "zurückgerollt", "measurement shows", "measured", "gemessen", "test rig", "teardown", "dissect", "shainin");

    private static readonly SearchValues<string> Persons = Phrases(
        "human error", "operator error", "user error", "carelessness", "careless", "inattention", "negligence", "forgot to", "forgot the", "did not pay attention", "lack of attention", "mistake by", "mistake of the", "menschliches versagen",
        "menschlicher fehler", "bedienfehler", "unachtsamkeit", "nachlässigkeit", "hat vergessen", "vergaß");

    private static readonly SearchValues<string> Reasons = Phrases("because", "since the", "as the", "weil", "da die", "da der", "da das");

    private static readonly string[] Soft =
    [
        "train", "retrain", "re-train", "remind", "instruct", "brief ", "tell ", "ask ", "sensiti", "raise awareness", "awareness", "be more careful", "pay more attention", "communicate", "inform ", "reminder", "schul", "unterweis", "sensibilis", "hinweis",
        "belehr", "mitarbeiter schulen", "mitarbeiter unterweisen", "mitarbeiter hinweisen",
    ];

    private static readonly SearchValues<string> Changes = Phrases(
        "increased", "raised", "lowered", "reduced", "disabled", "enabled", "reroute", "redirect", "sorted", "sorting", "100 %", "100%", "blocked", "throttl", "pinned", "switched", "turned off", "turned on", "stopped", "suspended", "rolled back", "bypass",
        "quarantin", "gesperrt", "sortier", "abgeschaltet", "deaktiviert", "aktiviert", "erhöht", "reduziert", "umgeleitet", "gestoppt");

    private static readonly string[] Watches = ["prepared", "set up additional monitoring", "monitor", "additional monitoring", "planned", "watch", "documented", "informed", "notified", "vorbereitet", "überwach", "beobacht", "dokumentiert", "informiert"];

    private static readonly SearchValues<string> Ends = Phrases("remov", "revert", "restor", "back to", "keep", "kept", "permanent", "adopt", "disable", "turn off", "turned off", "lifted", "released", "zurückge", "entfern", "aufgehoben", "beibehalt", "dauerhaft", "freigegeben", "until", "bis zum");

    private static readonly SearchValues<string> Across = Phrases(
        "elsewhere", "read-across", "read across", "other service", "other line", "other plant", "other product", "other site", "other system", "other team", "similar product", "similar line", "similar service", "similar part",
        "same pattern", "all services", "all plants", "all lines", "also applies", "further products", "andere linien", "andere werke", "andere produkte", "anderen linien", "anderen werken", "anderen produkten", "weitere linien", "übertrag", "ähnliche produkte", "ähnliche teile");

    private static readonly SearchValues<string> Outages = Phrases("unavailab", "outage", "downtime", "down for", "duration", "interrupt", "offline", "ausfall", "stillstand", "nicht verfügbar", "dauer");

    private static readonly SearchValues<string> Targets = Phrases("target", "goal", "threshold", "ziel");

    private static readonly SearchValues<string> Affects = Phrases("affect", "betroffen");

    private static readonly SearchValues<string> Reviews = Phrases("review", "follow-up", "scheduled", "will be", "to be checked", "audit", "überprüfung", "wirksamkeitsprüfung", "geplant");

    private static readonly SearchValues<string> Nones = Phrases("zero", "no ", "none", "without", "kein", "ohne", "0 ");

    private static readonly SearchValues<string> Returns = Phrases("similar", "recur", "incident", "repeat", "reoccur", "complaint", "again", "wieder", "reklamation");

    private static readonly SearchValues<string> Futures = Phrases("scheduled", "will ", "planned", "to be ", "expected", "goal", "geplant", "wird ", "soll ");

    private static readonly SearchValues<string> Figures = Phrases("zero ", "none ", "null ", "kein");

    private static readonly SearchValues<string> Sinces = Phrases("since ", "yesterday", "today", "seit ", "gestern", "heute");

    private static readonly string[] Placeholders = ["TBD", "T.B.D.", "TODO", "FIXME", "XXX", "???", "{{", "to be determined", "to be defined", "lorem ipsum"];

    /// <summary>Whether it says why the problem was not caught.</summary>
    public static bool SaysEscape(string text) => Has(text, Escapes);

    /// <summary>Whether it names what proves a cause: it was reproduced, taken back, measured, or there is a link.</summary>
    public static bool SaysProof(string text) => Has(text, Proofs);

    /// <summary>Whether it ends at a person, and not at what let the person do it.</summary>
    public static bool EndsAtPerson(string text) => Has(text, Persons) && !Has(text, Reasons);

    /// <summary>Whether a measure only trains, reminds or tells.</summary>
    public static bool IsSoft(string text) => Array.Exists(Soft, word => text.StartsWith(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a temporary measure changed how something works, and was not only prepared or watched.</summary>
    public static bool ChangesOperation(string text) => Has(text, Changes) && !Array.Exists(Watches, word => text.StartsWith(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether it says that something ends, or stays for good.</summary>
    public static bool SaysEnd(string text) => Has(text, Ends);

    /// <summary>Whether it says where else the same could happen.</summary>
    public static bool SaysAcross(string text) => Has(text, Across);

    /// <summary>The placeholder that stands in a line; null where there is none.</summary>
    public static string? PlaceholderIn(string text) => Array.Find(Placeholders, word =>
        text.IndexOf(word, StringComparison.Ordinal) is >= 0 and var at && (at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (at + word.Length == text.Length || !char.IsLetterOrDigit(text[at + word.Length])));

    /// <summary>Whether it begins to ask why.</summary>
    public static bool StartsWhy(string text) => text.StartsWith("why", StringComparison.OrdinalIgnoreCase) || text.StartsWith("warum", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it says on which day, or since when.</summary>
    public static bool SaysWhen(string text) => Day().IsMatch(text) || Has(text, Sinces);

    /// <summary>Whether an owner is several people, or a group.</summary>
    public static bool IsGroup(string owner) => Group().IsMatch(owner);

    /// <summary>Whether a status says that something is still to be done.</summary>
    public static bool SaysOpen(string status) => Has(status, ["open", "to do", "todo", "planned", "plan", "new", "not started", "pending", "scheduled", "assigned", "no", "offen", "geplant", "neu", "in arbeit", "begonnen", "laufend", "0", "10", "20", "25", "30", "40", "50", "60", "70", "75", "80", "90", "waiting", "blocked", "on hold", "tbd", "overdue", "late"]);

    /// <summary>Whether it says that something is looked at later.</summary>
    public static bool SaysReview(string text) => Has(text, Reviews);

    /// <summary>Whether it says that the problem did not come back.</summary>
    public static bool ClaimsEffect(string text) =>
        Has(text, Nones) && Has(text, Returns) && !Has(text, Futures);

    /// <summary>Whether a figure stands in it.</summary>
    public static bool HasFigure(string text) => text.Any(char.IsDigit) || Has(text, Figures);

    /// <summary>Whether a period stands in it: so many days, weeks or months, or since a day.</summary>
    public static bool HasPeriod(string text) => Period().IsMatch(text) || Has(text, "since ", "seit ");

    /// <summary>The days of the first period in it; null where there is none.</summary>
    public static int? PeriodIn(string text)
    {
        if (Period().Match(text) is not { Success: true } found) return null;
        var count = int.Parse(found.Groups["count"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
        return char.ToLowerInvariant(found.Groups["unit"].ValueSpan[0]) switch { 'd' or 't' => count, 'w' => 7 * count, _ => 30 * count };
    }

    /// <summary>Whether a time of day stands in it.</summary>
    public static bool HasTime(string text) => Time().IsMatch(text);

    /// <summary>Whether a time zone stands in it.</summary>
    public static bool HasZone(string text) => Zone().IsMatch(text);

    /// <summary>The minutes for which something was down, where it says so; null where it does not.</summary>
    public static int? OutageIn(string text)
    {
        var said = text.IndexOf('(', StringComparison.Ordinal) is > 0 and var aside ? text[..aside] : text;
        if (!Has(said, Outages) || Has(said, Targets)) return null;
        if (Minutes().Match(said) is not { Success: true } found) return null;
        var count = int.Parse(found.Groups["count"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
        return char.ToLowerInvariant(found.Groups["unit"].ValueSpan[0]) is 'm' ? count : 60 * count;
    }

    /// <summary>How many users or customers were affected, where it says so; null where it does not.</summary>
    public static int? AffectedIn(string text)
    {
        if (!Has(text, Affects) || Affected().Match(text) is not { Success: true } found) return null;
        return int.TryParse(found.Groups["count"].Value.Replace(",", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null;
    }

    /// <summary>Whether one of some words stands in it, at the beginning of a word, upper or lower case.</summary>
    public static bool Has(string text, params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            for (var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.OrdinalIgnoreCase))
            {
                if (at == 0 || !char.IsLetterOrDigit(text[at - 1])) return true;
            }
        }

        return false;
    }

    /// <summary>The same, of many words at once.</summary>
    private static bool Has(string text, SearchValues<string> words)
    {
        var from = 0;
        while (text.AsSpan(from).IndexOfAny(words) is >= 0 and var found)
        {
            var at = from + found;
            if (at == 0 || !char.IsLetterOrDigit(text[at - 1])) return true;
            from = at + 1;
        }

        return false;
    }

    private static SearchValues<string> Phrases(params ReadOnlySpan<string> words) => SearchValues.Create(words, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"(?<![0-9.,])(?<count>[1-9][0-9]{0,2})[- ]?(?<unit>day|week|month|Tage|Woche|Monat)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Period();

    [GeneratedRegex(@"(?<![0-9])([0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}\.[0-9]{1,2}\.([0-9]{2,4})?|[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4})|\b(jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)[a-zä]{0,6}\.? [0-9]|[0-9]\.? (jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)|\b(calendar week|week|KW) ?[0-9]{1,2}\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Day();

    [GeneratedRegex(@" and | und |/|&| \+ |\bteam\b|^(all|everyone|everybody|alle)$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Group();

    [GeneratedRegex(@"(?<![0-9:.])(([01]?[0-9]|2[0-3]):[0-5][0-9]|[0-9]{1,2} ?(am|pm|Uhr)\b)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Time();

    [GeneratedRegex(@"(\b(UTC|GMT|[ECMP][SD]T|CET|CEST|BST|IST|JST|AEST|AEDT|MEZ|MESZ|Ortszeit|local time|ET|PT|CT|MT)\b|[0-9]Z\b|[+-][0-9]{2}:?[0-9]{2}\b)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Zone();

    [GeneratedRegex(@"(?<![0-9.,])(?<count>[1-9][0-9]{0,3})[- ]?(?<unit>minutes?|mins?|Minuten|hours?|h|Stunden?)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Minutes();

    [GeneratedRegex(@"(?<![0-9.,])(?<count>[0-9]{1,3}([.,][0-9]{3}){1,3}|[0-9]{1,9}) ([a-z]{1,20} )?(users|customers|Kunden|Nutzer)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Affected();
}
