using System.Text.RegularExpressions;
using EightD.Incidents.Answering;
using EightD.Incidents.Cards;
using EightD.Reports.Checking;

namespace EightD.Incidents.Looking;

/// <summary>What a reader would refuse of an 8D, for whoever asks or closes it: the few that matter most, each with why it matters, what mends it, and a way to do so.</summary>
internal static partial class Findings
{
    /// <summary>The action of the button that takes up again what was left as it is.</summary>
    internal const string TakeUp = "takeup";

    /// <summary>The forms: to leave a finding as it is, and to close with some.</summary>
    internal const string LeavePrefix = "leave", AnywayPrefix = "anyway";

    /// <summary>How many are shown to somebody who has an incident to handle.</summary>
    private const int Few = 3;

    /// <summary>How many buttons take up again what was left.</summary>
    private const int MostTakenUp = 5;

    /// <summary><c>check</c>: the worst of what is answered; <c>check all</c>: all that <c>close</c> would find.</summary>
    internal static Decision Say(Scene scene, bool all)
    {
        var found = all ? Finished(scene) : Check.Of(scene.Report);
        var waived = Check.Waived(scene.Report);
        if (found.Count == 0 && waived.Count == 0) return scene.Answer(Texts.Get("CheckClean", scene.Incident.Name));
        var title = Texts.Get(all ? "CheckAllTitle" : "CheckTitle", scene.Incident.Name, Count(found));
        var shown = all ? found : Worst(found);
        var lines = Lines(shown, found.Count).Concat(waived.Select(waiver => $"- {Texts.Get("CheckLeft", waiver.Rule, waiver.Reason)}"));
        List<Button> buttons = [.. Answering(scene, Worst(found))];
        if (found.Count > 0) buttons.Add(new("form", LeavePrefix, Texts.Get("ButtonLeave")));
        buttons.AddRange(waived.Take(MostTakenUp).Select(waiver => new Button(TakeUp, ValueOf(waiver.Rule, waiver.Discipline), Texts.Get("ButtonTakeUp", waiver.Rule))));
        var (text, card) = Shown(title, string.Join('\n', lines), scene.Incident.IsOpen ? buttons : []);
        return scene.Answer(text, card);
    }

    /// <summary>How many there are that a reader refuses or asks about; null where there are none.</summary>
    internal static string? CountOf(Incident incident) => Check.Of(incident.Report).Where(IsMore) is var found && found.Any() ? Count([.. found]) : null;

    /// <summary>The refusal of a <c>close</c>: what a reader of the finished report would refuse or ask about. Null where that is nothing.</summary>
    internal static Decision? RefusalToClose(Scene scene)
    {
        var found = Finished(scene).Where(IsMore).ToList();
        if (found.Count == 0) return null;
        var worst = Worst(found);
        var lines = Lines(worst, found.Count).Append("").Append(Texts.Get("CloseAnywayHint"));
        List<Button> buttons = [.. Answering(scene, worst), new("form", LeavePrefix, Texts.Get("ButtonLeave")), new("form", AnywayPrefix, Texts.Get("ButtonCloseAnyway"))];
        var (text, card) = Shown(Texts.Get("CloseRefused", scene.Incident.Name, Count(found)), string.Join('\n', lines), buttons);
        return scene.Refuse(text, card);
    }

    /// <summary>The form that leaves one of them as it is, or closes with all of them; null where the id is of another form.</summary>
    internal static Form? FormOf(Scene scene, string id) => id switch
    {
        LeavePrefix when Leavable(scene) is { Count: > 0 } leavable => new(LeavePrefix, Texts.Get("LeaveTitle"),
        [
            new("finding", Texts.Get("LeaveWhich"), InputKind.Choice, Required: true, Options: [.. leavable.Select(each => new Option(ValueOf(each.Rule, each.Discipline), $"{each.Discipline}: {each.What}"))]),
            new("reason", Texts.Get("LeaveReason"), InputKind.Line, Required: true),
        ]),
        AnywayPrefix => new(AnywayPrefix, Texts.Get("CloseAnywayTitle"), [new("reason", Texts.Get("CloseAnywayReason"), InputKind.Text, Required: true)]),
        _ => null,
    };

    /// <summary>Leaves a finding as it is, in the report itself, with the reason.</summary>
    internal static Decision Leave(Scene scene, string finding, string reason)
    {
        if (reason.Length == 0) return scene.RefuseForm(("reason", Texts.Get("LeaveReason")));
        if (Leavable(scene).Find(each => ValueOf(each.Rule, each.Discipline) == finding) is not { } found) return scene.RefuseForm(("finding", Texts.Get("LeaveGone")));
        var after = scene.Incident with { Report = Check.Waive(scene.Report, found.Rule, found.Discipline, reason) };
        return scene.Done(after, [scene.Line(Texts.Get("Left", scene.By.Name, found.Discipline, found.What, reason))], before: reason);
    }

    /// <summary>Takes up again what was left as it is.</summary>
    internal static Decision TakeUpAgain(Scene scene, string value)
    {
        if (Check.Waived(scene.Report).FirstOrDefault(waiver => ValueOf(waiver.Rule, waiver.Discipline) == value) is not { } waiver) return scene.Answer(Texts.Get("LeaveGone"));
        return scene.Done(scene.Incident with { Report = Check.TakeUp(scene.Report, waiver) }, [scene.Line(Texts.Get("TakenUp", scene.By.Name, waiver.Rule))]);
    }

    /// <summary>What stands now, and what would if the report were finished.</summary>
    private static List<Finding> Leavable(Scene scene) =>
        [.. Check.Of(scene.Report).Concat(Finished(scene)).DistinctBy(finding => (finding.Rule, finding.Discipline)).OrderBy(finding => finding.Line)];

    private static IReadOnlyList<Finding> Finished(Scene scene) => Check.Of(scene.Report.WithStatus(Status.Completed));

    private static bool IsMore(Finding finding) => finding.Severity > Severity.Hint;

    private static List<Finding> Worst(IEnumerable<Finding> found) => [.. found.OrderByDescending(finding => finding.Severity).ThenBy(finding => finding.Line).Take(Few)];

    private static string Count(IReadOnlyCollection<Finding> found)
    {
        List<string> counted = [.. new[] { (Severity.Error, "CheckErrors"), (Severity.Warning, "CheckWarnings"), (Severity.Hint, "CheckHints") }
            .Select(each => (Count: found.Count(finding => finding.Severity == each.Item1), Text: each.Item2)).Where(each => each.Count > 0).Select(each => Texts.Get(each.Text, each.Count))];
        return counted.Count == 0 ? Texts.Get("CheckNothing") : string.Join(" · ", counted);
    }

    private static IEnumerable<string> Lines(IReadOnlyCollection<Finding> shown, int of)
    {
        var lines = shown.Select(finding => $"- **{finding.Discipline}**: {finding.What} {finding.Why}\n  {Mends().Replace(finding.Mend, "`/8d ${command}")}");
        return of > shown.Count ? lines.Append("").Append(Texts.Get("CheckMore", of - shown.Count)) : lines;
    }

    private static (string Text, Card Card) Shown(string title, string body, List<Button> buttons) => ($"**{title}**\n\n{body}", new(title, [], body, buttons));

    /// <summary>A button for each place in which they are answered: the form of the part that mends it, else that of its discipline.</summary>
    private static IEnumerable<Button> Answering(Scene scene, IEnumerable<Finding> found) =>
        found.Where(finding => scene.Template.Section(finding.Discipline) is not null).Select(finding => AnswerTo(scene, finding)).DistinctBy(button => button.Value, StringComparer.Ordinal);

    private static Button AnswerTo(Scene scene, Finding finding)
    {
        if (finding.Mend.Contains("`action add", StringComparison.Ordinal) && scene.Template.Section("D6") is not null) finding = finding with { Discipline = "D6" };
        return AddTo().Match(finding.Mend) is { Success: true } part && scene.Template.Find(part.Groups["section"].Value, part.Groups["label"].Value) is [{ Label: { } label } one]
            ? new("form", Forms.Answer(one, scene.Incident, replace: false), Texts.Get("ButtonAnswerFinding", $"{one.Section}: {label}"))
            : new("form", $"{Forms.EditPrefix}{finding.Discipline}", Texts.Get("ButtonAnswerFinding", finding.Discipline));
    }

    private static string ValueOf(string rule, string? discipline) => $"{rule}.{discipline}";

    /// <summary>A command in what mends a finding; here it is typed after <c>/8d</c>.</summary>
    [GeneratedRegex("`(?<command>(answer|action|team|temp|effect|edit) )", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Mends();

    [GeneratedRegex("`answer (?<section>D[0-8])\\.(?<label>[a-z]+)`", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex AddTo();
}
