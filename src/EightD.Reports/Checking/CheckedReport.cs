using EightD.Reports.Actions;
using EightD.Reports.Reading;

namespace EightD.Reports.Checking;

/// <summary>A report as the check reads it: who says what where. Any labels, in English or in German; a report that no bot wrote too.</summary>
internal sealed class CheckedReport
{
    private readonly List<Statement> statements;
    private readonly List<(string Section, int Line, string Label)> empty;

    public CheckedReport(Report report)
    {
        Report = report;
        (statements, empty) = StatementReading.Of(report.Outline);
    }

    public Report Report { get; }

    /// <summary>All that it says, in order.</summary>
    public IReadOnlyList<Statement> Statements => statements;

    /// <summary>The labels that say nothing.</summary>
    public IReadOnlyList<(string Section, int Line, string Label)> EmptyLabels => empty;

    /// <summary>The actions of D6.</summary>
    public IReadOnlyList<ActionRow> Actions => Report.Actions.Rows;

    /// <summary>The team of D1.</summary>
    public IReadOnlyList<TeamMember> Team => Report.Team;

    /// <summary>The names of the team and their parts.</summary>
    public IReadOnlySet<string> TeamNames => teamNames ??= Team.SelectMany(member => People.NamesOf(member.Name)).ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The actions of D6, each with the words that tell it from others.</summary>
    public IReadOnlyList<(ActionRow Action, IReadOnlySet<string> Words)> ActionWords => actionWords ??= [.. Actions.Select(action => (action, Words.Of(action.Action)))];

    /// <summary>Whether an action of D6 may be about what some words say.</summary>
    public bool IsInPlan(IReadOnlySet<string> words) => ActionWords.Any(action => Words.MayMean(words, action.Words));

    /// <summary>Whether the status says that the 8D is done.</summary>
    public bool IsCompleted => StatusReading.Of(Report.Status) == ActionStatus.Completed;

    /// <summary>Whether every action is done.</summary>
    public bool AreActionsDone => Actions.Count > 0 && Actions.All(action => !action.IsOpen);

    /// <summary>The last day for which an action that was not dropped is planned.</summary>
    public DateOnly? LastDue => Actions.Where(action => action.Status != ActionStatus.Dropped).Max(action => action.Due);

    /// <summary>Whether a discipline has an answer, or its time is over.</summary>
    public bool IsJudged(string section) => IsAnswered(section) || (IsCompleted && Report.Outline.Find(section) is not null);

    /// <summary>Whether a discipline has an answer.</summary>
    public bool IsAnswered(string section) => statements.Exists(said => said.Section == section) || (section == "D1" && Team.Count > 0) || (section == "D6" && Actions.Count > 0);

    /// <summary>What a discipline says.</summary>
    public IEnumerable<Statement> Of(string section) => statements.Where(said => said.Section == section);

    /// <summary>What a discipline says under labels of a role.</summary>
    public IEnumerable<Statement> Under(string section, Role role) => statements.Where(said => said.Role == role && said.Section == section);

    /// <summary>What D4 says why it happened: under its labels of causes, else all that is no other role.</summary>
    public IReadOnlyList<Statement> Causes => causes ??= Under("D4", Role.Cause).Any() ? [.. Under("D4", Role.Cause)] : [.. Under("D4", Role.Other).Where(said => !Vocabulary.SaysEscape(said.Text))];

    /// <summary>What D4 says why it was not caught.</summary>
    public IReadOnlyList<Statement> Escapes => escapes ??= [.. Of("D4").Where(said => said.Role == Role.Escape || Vocabulary.SaysEscape(said.Text))];

    /// <summary>The measures of D5, without what stands inside of one.</summary>
    public IReadOnlyList<Statement> Measures => measures ??= [.. AllOfMeasures.Where(said => said.Depth == 0)];

    /// <summary>Each measure of D5, and the words of it and of what stands inside of it.</summary>
    public IEnumerable<(Statement Measure, IReadOnlySet<string> All)> MeasuresWhole
    {
        get
        {
            var said = AllOfMeasures.ToList();
            for (var at = 0; at < said.Count; at++)
            {
                if (said[at].Depth > 0) continue;
                yield return (said[at], said.Skip(at + 1).TakeWhile(inside => inside.Depth > 0).SelectMany(inside => inside.Words).Concat(said[at].Words).ToHashSet(StringComparer.Ordinal));
            }
        }
    }

    /// <summary>Where D0, D2 and D8 have another figure of one thing than the first of them that has one.</summary>
    /// <param name="figure">Reads it; null where a text has none.</param>
    public IEnumerable<(Statement Said, int Figure, Statement First, int Before)> Contradictions(Func<string, int?> figure)
    {
        (Statement Said, int Figure)? first = null;
        foreach (var said in statements.Where(said => said.Section is "D0" or "D2" or "D8"))
        {
            if (figure(said.Text) is not { } here) continue;
            first ??= (said, here);
            if (here != first.Value.Figure) yield return (said, here, first.Value.Said, first.Value.Figure);
        }
    }

    /// <summary>The lines of the disciplines that are no code and no comment, by their 1-based numbers.</summary>
    public IEnumerable<(int Line, string Text)> Lines() => Report.Outline.Sections.Where(section => section.Key is ['D', >= '0' and <= '8'])
        .SelectMany(section => Enumerable.Range(section.Body, Math.Max(0, section.End - section.Body)))
        .Where(line => Report.Outline.Kinds[line] == LineKind.Text).Select(line => (line + 1, Report.Outline[line].ToString()));

    /// <summary>The discipline in which a line stands; D0 where it stands in none.</summary>
    public string DisciplineAt(int line) => Report.Outline.Sections.LastOrDefault(section => section.Heading < line && section.Key is ['D', >= '0' and <= '8'])?.Key ?? "D0";

    /// <summary>A discipline's heading; the first line where it has none.</summary>
    public int LineOf(string section) => Report.Outline.Find(section)?.Heading + 1 ?? 1;

    /// <summary>The beginning of a line.</summary>
    public string Quote(int line) => line >= 1 && line <= Report.Outline.Lines.Count ? Report.Outline.Quote(line - 1).Trim() : "";

    private IEnumerable<Statement> AllOfMeasures => Of("D5").Where(said => said.Role is not (Role.Risk or Role.Verification));

    private IReadOnlyList<Statement>? causes, escapes, measures;
    private IReadOnlyList<(ActionRow Action, IReadOnlySet<string> Words)>? actionWords;
    private IReadOnlySet<string>? teamNames;
}
