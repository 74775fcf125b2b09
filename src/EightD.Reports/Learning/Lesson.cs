using System.Text.RegularExpressions;
using EightD.Reports.Checking;
using EightD.Reports.Templates;

namespace EightD.Reports.Learning;

/// <summary>What a report says of why it happened and why it was not caught.</summary>
/// <param name="Date">The report's date; null where it cannot be read.</param>
/// <param name="Cause">The first cause that stands; null where none does.</param>
/// <param name="EscapePoint">The first control that should have caught it; null where none stands.</param>
public sealed partial record Lesson(DateOnly? Date, string? Cause, string? EscapePoint)
{
    private const int Longest = 200;

    /// <summary>The kinds, in the order in which they are tried; the first that has most of its words is it.</summary>
    private static readonly (CauseKind Kind, Regex Words)[] Causes =
    [
        (CauseKind.Change, Change()), (CauseKind.Capacity, Capacity()), (CauseKind.Dependency, Dependency()), (CauseKind.Software, Software()), (CauseKind.Equipment, Equipment()), (CauseKind.Procedure, Procedure()),
    ];

    private static readonly (EscapeKind Kind, Regex Words)[] Escapes =
    [
        (EscapeKind.Review, Review()), (EscapeKind.Test, Testing()), (EscapeKind.Monitoring, Monitoring()), (EscapeKind.Inspection, Inspection()), (EscapeKind.Procedure, Procedure()),
    ];

    /// <summary>What kind of cause it is, by its words; null where none stands.</summary>
    public CauseKind? KindOfCause => Cause is null ? null : Of(Causes, Cause, CauseKind.Other);

    /// <summary>What kind of control did not catch it, by its words; null where none stands.</summary>
    public EscapeKind? KindOfEscape => EscapePoint is null ? null : Of(Escapes, EscapePoint, EscapeKind.Other);

    /// <summary>Whether another report says that the same happened: half of what the shorter one of both says, and two words at least.</summary>
    public bool HasCauseOf(Lesson other)
    {
        if (CauseWords.Count == 0 || other.CauseWords.Count == 0) return false;
        var shared = Words.Shared(CauseWords, other.CauseWords);
        return shared >= 2 && 2 * shared >= Math.Min(CauseWords.Count, other.CauseWords.Count);
    }

    /// <summary>Reads it out of a report's text. Never throws.</summary>
    public static Lesson Of(string text)
    {
        var report = Report.Read(text, Template.BuiltIn[0]);
        CheckedReport read = new(report);
        return new(report.Date, Short(read.Causes is [var cause, ..] ? cause.Text : null), Short(read.Escapes is [var escape, ..] ? escape.Text : null));
    }

    private IReadOnlySet<string> CauseWords => causeWords ??= Words.Of(Cause ?? "");

    private IReadOnlySet<string>? causeWords;

    private static string? Short(string? text) => text is { Length: > Longest } ? text[..(char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest)] + "…" : text;

    private static T Of<T>((T Kind, Regex Words)[] kinds, string text, T otherwise)
    {
        var (best, most) = (otherwise, 0);
        foreach (var (kind, words) in kinds)
        {
            if (words.Count(text) is var count && count > most) (best, most) = (kind, count);
        }

        return best;
    }

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;

    [GeneratedRegex(@"\b(deploy|releas|roll.?out|migrat|upgrad|config|setting|parameter|changed|change|einstell|umstell|änder)", Options | RegexOptions.ExplicitCapture)]
    private static partial Regex Change();

    [GeneratedRegex(@"\b(capacit|load|overload|pool|memory|disk|quota|limit|timeout|traffic|exhaust|too (many|small|slow)|voll|überlast|speicher)", Options | RegexOptions.ExplicitCapture)]
    private static partial Regex Capacity();

    [GeneratedRegex(@"\b(third.party|provider|vendor|upstream|supplier|depend|certificat|dns|extern|lieferant|zulieferer|zertifikat)", Options | RegexOptions.ExplicitCapture)]
    private static partial Regex Dependency();

    [GeneratedRegex(@"\b(bug|quer|code|logic|null|race|leak|index|exception|regression|algorithm|script|join|software)", Options | RegexOptions.ExplicitCapture)]
    private static partial Regex Software();

    [GeneratedRegex(@"\b(machine|tool|wear|worn|material|fixture|torque|sensor|hardware|power|network|cable|switch|maschine|werkzeug|verschlei|drehmoment|vorrichtung)", Options | RegexOptions.ExplicitCapture)]
    private static partial Regex Equipment();

    [GeneratedRegex(@"\b(procedur|instruction|checklist|manual|handover|communicat|runbook|process|training|anweisung|ablauf|prozess|schulung)", Options | RegexOptions.ExplicitCapture)]
    private static partial Regex Procedure();

    [GeneratedRegex(@"\b(review|four.eyes|pull request|freigabe|approval)", Options | RegexOptions.ExplicitCapture)]
    private static partial Regex Review();

    [GeneratedRegex(@"\b(tests?|tested|testing|staging|canary|test\w*|prüfung|erprobung)\b", Options | RegexOptions.ExplicitCapture)]
    private static partial Regex Testing();

    [GeneratedRegex(@"\b(monitor|alert|alarm|dashboard|log|metric|überwach)", Options | RegexOptions.ExplicitCapture)]
    private static partial Regex Monitoring();

    [GeneratedRegex(@"\b(inspect|gauge|measur|visual|incoming|end.of.line|sichtprüf|wareneingang|endprüf|messung)", Options | RegexOptions.ExplicitCapture)]
    private static partial Regex Inspection();
}

/// <summary>What kind of cause.</summary>
public enum CauseKind
{
    /// <summary>Something was changed or set.</summary>
    Change,

    /// <summary>There was too little of something for what was asked of it.</summary>
    Capacity,

    /// <summary>Something that others deliver.</summary>
    Dependency,

    /// <summary>A fault in a program.</summary>
    Software,

    /// <summary>A machine, a tool, a material.</summary>
    Equipment,

    /// <summary>How people work together.</summary>
    Procedure,

    /// <summary>Any other.</summary>
    Other,
}

/// <summary>What kind of control did not catch it.</summary>
public enum EscapeKind
{
    /// <summary>Somebody looks at it.</summary>
    Review,

    /// <summary>It is tried.</summary>
    Test,

    /// <summary>It is watched while it runs.</summary>
    Monitoring,

    /// <summary>Parts are measured or looked at.</summary>
    Inspection,

    /// <summary>A rule of how people work.</summary>
    Procedure,

    /// <summary>Any other.</summary>
    Other,
}
