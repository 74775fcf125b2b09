using System.Globalization;
using EightD.Reports;
using EightD.Reports.Answers;
using EightD.Reports.Merging;
using EightD.Reports.Templates;

namespace EightD.Incidents.Answering;

/// <summary>What submitted forms do. A form that is refused comes back as it was filled, with what is wrong beside its inputs.</summary>
internal static class Submits
{
    /// <summary>Decides a submitted form of an 8D.</summary>
    internal static Decision Submit(Scene scene, Deed.Submit submit)
    {
        var words = submit.Form.Split('.');
        return words[0] switch
        {
            "answer" when Forms.PartOf(scene.Template, words) is { } question => One(scene, question, words[^1] == "replace", submit.Values),
            "edit" when words.Length > 2 && scene.Template.Section(words[1]) is { } section => Edit(scene, section, words, submit),
            "move" when words.Length > 1 => Move(scene, words[1], submit.Values),
            "row" when words.Length > 1 && Number(words[1]) is { } number => Actions.Rows.FromForm(scene, (int)number, Value(submit, "owner"), Value(submit, "due")),
            Cards.Form.Capture => Timeline.Captures.FromForm(scene, submit.Values),
            "remind" when Reminders.DutyForms.Submit(scene, submit) is { } reminded => reminded,
            Looking.Findings.LeavePrefix => Looking.Findings.Leave(scene, Value(submit, "finding"), Value(submit, "reason")),
            Looking.Findings.AnywayPrefix => Anyway(scene, Value(submit, "reason")),
            Forms.ReturnPrefix => Closing.Ending.Return(scene, Value(submit, "reason")),
            _ => scene.RefuseForm(("", Texts.Get("UnknownForm"))),
        };
    }

    /// <summary>Closes with findings; whoever may not close may not do it by a form.</summary>
    private static Decision Anyway(Scene scene, string reason) => reason.Length == 0
        ? scene.RefuseForm(("reason", Texts.Get("CloseAnywayReason")))
        : Admission.Refusal(scene, new Deed.Close(reason)) ?? Closing.Ending.Close(scene, reason);

    private static Decision One(Scene scene, Question question, bool replace, IReadOnlyDictionary<string, string> values)
    {
        var (parts, why) = Answers.Read(scene, question.Part, values.GetValueOrDefault("answer") ?? "");
        return parts is null
            ? scene.RefuseForm(("answer", why!))
            : Answers.Write(scene, parts, replace ? ChangeKind.Replaced : ChangeKind.Added);
    }

    private static Decision Move(Scene scene, string entry, IReadOnlyDictionary<string, string> values) =>
        Number(entry) is { } number && Forms.PartOf(scene.Template, ["", .. (values.GetValueOrDefault("part") ?? "").Split('.')]) is { } question
            ? Moving.To(scene, number, question.Part)
            : scene.RefuseForm(("part", Texts.Get("MoveWhere")));

    /// <summary>
    /// Merges each part from the text it was drawn from: what the form left alone stays as it is now; what both changed comes back with both texts, and
    /// is taken as it is when it is submitted once more.
    /// </summary>
    private static Decision Edit(Scene scene, TemplateSection section, string[] words, Deed.Submit submit)
    {
        var drawn = words.Length > 3 ? words[3].Split('-') : [];
        var version = Number(words[2]) ?? 0;
        var seen = Seen(scene, submit.Form);
        List<(string, string)> errors = [];
        List<PartChange> changes = [];
        var report = scene.Report;
        for (var i = 0; i < section.Parts.Count; i++)
        {
            var question = section.Parts[i];
            if (!submit.Values.TryGetValue(Forms.InputOf(i), out var typed)) continue;
            var mine = typed.ReplaceLineEndings("\n").Trim('\n');
            var print = i < drawn.Length ? drawn[i] : "";
            if (Forms.Print(mine) == print) continue;

            var theirs = report.TextOf(question.Part);
            var (merged, why) = Merged(scene, question, mine, theirs, BaseOf(scene, question.Part, seen ?? version, seen is null ? print : null));
            if (merged is null)
            {
                errors.Add((Forms.InputOf(i), why!));
                continue;
            }

            if (merged == theirs) continue;
            changes.Add(new() { Part = question.Part, Kind = ChangeKind.Set, Said = [new(null, merged)], Before = theirs });
            report = report.SetText(question.Part, merged);
        }

        if (errors.Count > 0) return scene.RefuseForm([.. errors]);
        if (changes.Count == 0) return scene.Nothing();
        return Answers.Written(scene, scene.Incident with { Report = report }, changes, "edit");
    }

    private static (string? Text, string? Why) Merged(Scene scene, Question question, string mine, string theirs, string? from)
    {
        var meant = "";
        if (mine.Trim().Length > 0)
        {
            var (parts, why) = question.Kind == PartKind.Table
                ? Answers.Read(scene, question.Part, mine)
                : mine.Length > Bounds.Answer ? (null, Texts.Get("TooLongAnswer")) : ([new TypedPart(question.Part, mine)], null);
            if (parts is null) return (null, why);
            meant = scene.Report.Replace(question.Part, parts[0].Typed).TextOf(question.Part);
        }

        return (from is null ? (meant == theirs ? theirs : null) : PartMerge.Merge(question.Kind, from, meant, theirs)) is { } merged
            ? (merged, null)
            : (null, Texts.Get("FormClash", theirs));
    }

    /// <summary>The text that an input was drawn from; null where the log does not reach back so far.</summary>
    private static string? BaseOf(Scene scene, PartName part, long version, string? print)
    {
        var now = scene.Report.TextOf(part);
        if (print is not null && Forms.Print(now) == print) return now;
        return Replay.TextAt(scene.Incident, part, version) is { } then && (print is null || Forms.Print(then) == print) ? then : null;
    }

    /// <summary>The turn that showed this person both texts, if one did: what stood then is what the form is merged from the next time.</summary>
    private static long? Seen(Scene scene, string form) =>
        scene.Incident.Log.Entries.LastOrDefault(entry => entry.By.Id == scene.By.Id && entry.What == form && entry.Refused is not null)?.Number;

    private static string Value(Deed.Submit submit, string input) => submit.Values.GetValueOrDefault(input)?.Trim() ?? "";

    private static long? Number(string word) =>
        long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
