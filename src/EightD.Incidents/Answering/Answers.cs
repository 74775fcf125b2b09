using EightD.Incidents.Cards;
using EightD.Incidents.Commands;
using EightD.Incidents.Interviewing;
using EightD.Reports;
using EightD.Reports.Actions;
using EightD.Reports.Answers;
using EightD.Reports.Templates;

namespace EightD.Incidents.Answering;

/// <summary>Writes answers: by command, by a reply in the thread, by a form. One way, so that the same words give the same bytes.</summary>
internal static class Answers
{
    /// <summary><c>answer D4 TEXT</c>, <c>answer D4.escape TEXT</c>.</summary>
    internal static Decision ByCommand(Scene scene, Deed.Answer answer)
    {
        answer = WithFullName(scene.Template, answer);
        if (Target(scene, answer.Section, answer.Label, out var refusal) is not { } target) return refusal!;
        return Read(scene, target, answer.Text) switch
        {
            (null, var why) => scene.Refuse(why!),
            (var parts, _) => Write(scene, parts!, answer.Replace ? ChangeKind.Replaced : ChangeKind.Added),
        };
    }

    /// <summary>A label's full name may hold blanks: <c>answer D4.Contributing factors TEXT</c>.</summary>
    private static Deed.Answer WithFullName(Template template, Deed.Answer answer)
    {
        if (answer.Label is not { } word || template.Section(answer.Section) is not { } section) return answer;
        var words = $"{word} {answer.Text}";
        var full = section.Parts.Select(part => part.Part.Label).OfType<string>()
            .Where(label => words.StartsWith(label, StringComparison.OrdinalIgnoreCase) && (words.Length == label.Length || words[label.Length] is ' ' or '\n' or ':'))
            .MaxBy(label => label.Length);
        if (full is null) return answer;
        var (replace, text) = Grammar.TakeReplace(words[full.Length..].TrimStart(':').Trim(' '));
        return answer with { Label = full, Text = text, Replace = replace || answer.Replace };
    }

    /// <summary>The part that words name; null with the refusal that names those there are.</summary>
    internal static PartName? Target(Scene scene, string section, string? label, out Decision? refusal)
    {
        refusal = null;
        if (scene.Template.Section(section) is not { } found)
        {
            refusal = scene.Refuse(Texts.Get("UnknownSection", section, string.Join(", ", scene.Template.Sections.Select(each => each.Key))));
            return null;
        }

        if (label is null) return new(found.Key);
        var fitting = scene.Template.Find(found.Key, label);
        if (fitting.Count == 1) return fitting[0];
        var names = string.Join(", ", (fitting.Count > 1 ? fitting : found.Parts.Select(part => part.Part)).Where(part => part.Label is not null).Select(part => $"*{part.Label}*"));
        refusal = scene.Refuse(fitting.Count > 1
            ? Texts.Get("LabelFitsSeveral", label, names)
            : names.Length == 0 ? Texts.Get("NoLabels", found.Key) : Texts.Get("UnknownLabel", label, found.Key, names));
        return null;
    }

    /// <summary>What was typed, part by part; or why it cannot be taken.</summary>
    internal static (IReadOnlyList<TypedPart>? Parts, string? Why) Read(Scene scene, PartName target, string text)
    {
        if (text.Length > Bounds.Answer) return (null, Texts.Get("TooLongAnswer"));
        var hasTable = scene.Template.Section(target.Section)?.Parts.Any(part => part.Kind == PartKind.Table) == true;
        return AnswerReading.Read(scene.Template, target, target.Label is null, text, scene.Today, hasTable ? scene.Names : [], scene.Report) switch
        {
            AnswerReading.Answers answers => (answers.Parts, null),
            AnswerReading.TooManyCells row => (null, Texts.Get("TooManyCells", row.Row, row.Cells, row.Columns)),
            AnswerReading.DateUnclear row => (null, Dates.Ask(row.Date)),
            _ => (null, Texts.Get("NothingTyped")),
        };
    }

    /// <summary>Writes what was typed without being asked, or from a form: its author alone is told, and an open question that it answers is closed.</summary>
    internal static Decision Write(Scene scene, IReadOnlyList<TypedPart> parts, ChangeKind kind)
    {
        var (after, changes) = Make(scene, scene.Incident, parts, kind, scene.Turn.Message);
        return Written(scene, after, changes, "answer");
    }

    /// <summary>What follows from changes that somebody made without being asked: who is told, and which question they close.</summary>
    internal static Decision Written(Scene scene, Incident after, List<PartChange> changes, string verb)
    {
        var number = scene.Incident.Log.Last + 1;
        var confirmation = Confirmation(scene, after, number, changes);
        List<Effect> effects = [];
        string? key = null;
        if (after.Interview.Open is { } open && changes.Exists(change => change.Part == open) && after.Report.Holds(open))
        {
            key = after.Interview.Message;
            (after, var closed) = Asking.CloseQuestion(scene, after, number, confirmation with { Text = Texts.Get("AnsweredElsewhere", Name(scene.Template, open), scene.By.Name) });
            effects.AddRange(closed);
        }

        if (key is null || scene.Turn.Deed is Deed.Answer) effects.Insert(0, scene.Tell(confirmation.Text, confirmation.Card));
        effects.AddRange(Missing(scene, after, changes));
        return scene.Done(after, effects, What(verb, changes), changes, key);
    }

    /// <summary>The incident with what was typed in its report.</summary>
    internal static (Incident After, List<PartChange> Changes) Make(
        Scene scene, Incident incident, IReadOnlyList<TypedPart> parts, ChangeKind kind, string? message)
    {
        List<PartChange> changes = [];
        var report = incident.Report;
        foreach (var part in parts)
        {
            var change = new PartChange
            {
                Part = part.Part,
                Kind = kind,
                Said = [new(message, part.Typed)],
                Before = kind == ChangeKind.Added ? null : report.TextOf(part.Part),
            };
            report = Replay.Make(report, change);
            changes.Add(change);
        }

        return (incident with { Report = report }, changes);
    }

    /// <summary>What was written, where and by whom, with the ways back.</summary>
    internal static Message Confirmation(Scene scene, Incident after, long entry, IReadOnlyList<PartChange> changes)
    {
        var value = entry.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var title = Texts.Get("WrittenTo", string.Join("; ", changes.Select(change => Name(after.Report.Template, change.Part))));
        List<Button> buttons = [new("undo", value, Texts.Get("ButtonUndo"))];
        if (changes.Count == 1) buttons.Add(new("move", value, Texts.Get("ButtonMove")));
        if (changes is [{ Kind: ChangeKind.Added } only] && after.Report.Template.QuestionFor(only.Part)?.Kind != PartKind.Table
            && !string.IsNullOrEmpty(scene.Incident.Report.TextOf(only.Part)))
        {
            buttons.Add(new("replace", value, Texts.Get("ButtonReplace")));
        }

        var quoted = Quote(string.Join('\n', changes.Select(change => change.Typed)));
        return new($"{title} ({scene.By.Name})\n\n{quoted}", new(title, [], quoted, buttons));
    }

    /// <summary>The first lines of what somebody wrote, as a quotation.</summary>
    internal static string Quote(string text)
    {
        const int most = 280;
        return "> " + (text.Length <= most ? text : Begin(text, most)).Replace("\n", "\n> ", StringComparison.Ordinal);
    }

    /// <summary>The beginning of a text, to the end of a word where there is one; what is bold or code there is closed.</summary>
    private static string Begin(string text, int most)
    {
        var end = text.LastIndexOfAny([' ', '\n'], most) is > 0 and var word ? word : char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;
        var begin = text[..end].TrimEnd(' ', '\n', '*', '`');
        return $"{begin}{Close("`")}{Close("**")} …";

        string Close(string mark) => begin.AsSpan().Count(mark) % 2 == 1 ? mark : "";
    }

    /// <summary><c>D0, Impact</c>; of a lead <c>D2, Problem statement &amp; description</c>.</summary>
    internal static string Name(Template template, PartName part) =>
        part.Label is { } label ? $"{part.Section}, {label}" : $"{part.Section}, {template.Section(part.Section)?.Name ?? part.Section}";

    /// <summary>Whoever adds rows without owner or date is asked for them, once.</summary>
    internal static IEnumerable<Effect> Missing(Scene scene, Incident after, IReadOnlyList<PartChange> changes)
    {
        if (!changes.Any(change => change.Part.Section == "D6")) yield break;
        var numbers = after.ActionNumbers.After(ActionTable.Of(after.Report).Rows);
        var rows = ActionTable.Of(after.Report).Rows;
        for (var i = 0; i < rows.Count; i++)
        {
            if (numbers.Rows[i].Number <= scene.Incident.ActionNumbers.Last || (rows[i].Owner.Length > 0 && rows[i].DueText.Length > 0)) continue;
            if (rows[i].Status is ActionStatus.Completed or ActionStatus.Dropped) continue;
            var number = numbers.Rows[i].Number;
            var lacks = rows[i].Owner.Length > 0 ? "LacksDate" : rows[i].DueText.Length > 0 ? "LacksOwner" : "LacksBoth";
            yield return scene.Tell(Texts.Get(lacks, number, rows[i].Action), new(
                Texts.Get("ActionTitle", number), [], rows[i].Action, [new("form", Forms.Row(number), Texts.Get("ButtonFillIn"))]));
        }
    }

    private static string What(string verb, List<PartChange> changes) => verb + " " + string.Join(", ", changes.Select(change => change.Part.ToString()));
}
