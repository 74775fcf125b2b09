using EightD.Reports.Editing;
using EightD.Reports.Templates;

namespace EightD.Reports.Answers;

/// <summary>What an answer to a part or to a whole section says, by rules 1, 3 and 6; or why it cannot be taken.</summary>
public abstract record AnswerReading
{
    private AnswerReading() { }

    /// <summary>The parts that it answers, in the order in which they were typed, each once.</summary>
    /// <param name="Parts">The part and what was typed for it.</param>
    public sealed record Answers(IReadOnlyList<TypedPart> Parts) : AnswerReading;

    /// <summary>A row of a table has more cells than the table has columns.</summary>
    /// <param name="Row">The row as typed.</param>
    /// <param name="Cells">How many cells it has.</param>
    /// <param name="Columns">How many there are.</param>
    public sealed record TooManyCells(string Row, int Cells, int Columns) : AnswerReading;

    /// <summary>A row's date that cannot be read for certain.</summary>
    /// <param name="Row">The row as typed.</param>
    /// <param name="Date">Why.</param>
    public sealed record DateUnclear(string Row, Actions.DateReading Date) : AnswerReading;

    /// <summary>Nothing was typed.</summary>
    public sealed record Empty : AnswerReading;

    /// <summary>Reads an answer. Table rows typed without <c>|</c> or tab are read as people (D1) or actions (D6) and become cells.</summary>
    /// <param name="template">The report's template.</param>
    /// <param name="target">The part asked; with <paramref name="whole"/> the section (its label is then ignored).</param>
    /// <param name="whole">Whether lines may open parts (rule 3): an answer to a whole discipline.</param>
    /// <param name="typed">The text as typed, any lines.</param>
    /// <param name="today">The day of the conversation, for dates like <c>tomorrow</c>.</param>
    /// <param name="names">Display names known in the conversation; a longer name is found before a shorter one.</param>
    /// <param name="report">The report that it answers: its table of actions says how dates are written. Null: <c>Dec 21, 2024</c>.</param>
    public static AnswerReading Read(
        Template template, PartName target, bool whole, string typed, DateOnly today, IReadOnlyCollection<string> names, Report? report = null)
    {
        var clean = Typed.Clean(typed);
        var parts = whole && template.Section(target.Section) is { } section
            ? LabelledLines.Split(clean, section, template.LeadOf(section.Key))
            : [new(target, clean)];
        List<TypedPart> answers = [];
        foreach (var part in parts.Where(part => !string.IsNullOrWhiteSpace(part.Typed)))
        {
            if (template.QuestionFor(part.Part) is not { Kind: PartKind.Table } question)
            {
                answers.Add(part);
                continue;
            }

            var rows = RowReading.Read(question, part.Typed, new(today, names, report), out var refusal);
            if (refusal is not null) return refusal;
            if (rows.Length > 0) answers.Add(part with { Typed = rows });
        }

        return answers.Count > 0 ? new Answers(answers) : new Empty();
    }
}

/// <summary>What was typed for one part.</summary>
/// <param name="Part">The part.</param>
/// <param name="Typed">The text; of a table, rows as <c>| a | b |</c> with as many cells as it has columns.</param>
public sealed record TypedPart(PartName Part, string Typed);
