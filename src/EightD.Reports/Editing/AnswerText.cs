using EightD.Reports.Templates;

namespace EightD.Reports.Editing;

/// <summary>What a part holds once somebody has answered it (8D format, rules 2 and 4 to 8).</summary>
internal static class AnswerText
{
    /// <summary>The part's text with the answer in it.</summary>
    /// <param name="question">The part.</param>
    /// <param name="section">Its section in the template; null where it has none.</param>
    /// <param name="columns">The columns of the table that stands there; null where none does.</param>
    /// <param name="typed">The answer as typed.</param>
    /// <param name="held">What the part holds, and keeps; empty to replace it.</param>
    public static string Of(Question question, TemplateSection? section, IReadOnlyList<string>? columns, string typed, string held)
    {
        var clean = Typed.Clean(typed);
        if (clean.Length == 0) return held;
        if (question.Kind == PartKind.Table) return Rows(question, columns, clean, held);

        var isList = question.Kind is PartKind.Bullets or PartKind.Numbered;
        if (isList && held == question.Standing) held = "";
        var text = Escaping.Structure(clean, section);
        if (isList) text = Escaping.Structure(ListShape.Of(text, question.Kind == PartKind.Numbered, held), section); // as an item a line may be more than it was
        var between = !isList || ListShape.IsLoose(held) || ListShape.IsLoose(text) ? "\n\n" : "\n";
        return held.Length == 0 ? text : held + between + text;
    }

    /// <summary>Whether a text is an answer: not blank, and not what the template itself has there.</summary>
    public static bool Holds(Question question, string text) =>
        !string.IsNullOrWhiteSpace(text) && text != question.Standing
        && (question.Kind != PartKind.Table || !text.Split('\n').All(row => TypedRow.IsEmpty(row)));

    private static string Rows(Question question, IReadOnlyList<string>? columns, string clean, string held)
    {
        var kept = held.Split('\n').Where(row => !TypedRow.IsEmpty(row));
        columns ??= question.Columns;
        var places = TypedRow.Places(question.Columns, columns);
        var added = TypedRow.Of(clean, question.Columns).Select(row => row.Write(places, columns.Count));
        return string.Join('\n', kept.Concat(added));
    }
}
