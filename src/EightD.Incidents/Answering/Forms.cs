using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EightD.Incidents.Cards;
using EightD.Reports;
using EightD.Reports.Templates;

namespace EightD.Incidents.Answering;

/// <summary>
/// The forms, drawn from the state. A form's id says what it is for and from which version it was drawn; so nothing has to be kept while it is open.
/// </summary>
internal static class Forms
{
    internal const string StartPrefix = Form.Start;
    internal const string AnswerPrefix = "answer.";
    internal const string EditPrefix = "edit.";
    internal const string MovePrefix = "move.";
    internal const string RowPrefix = "row.";
    internal const string ReturnPrefix = "return";

    /// <summary>The id of the form with all that a discipline holds: its version, and a fingerprint of each part's text.</summary>
    internal static string EditOf(string section, Incident incident)
    {
        var prints = (incident.Report.Template.Section(section)?.Parts ?? []).Select(part => Print(incident.Report.TextOf(part.Part)));
        return $"{EditPrefix}{section}.{incident.Log.Last.ToString(CultureInfo.InvariantCulture)}.{string.Join('-', prints)}";
    }

    /// <summary>The id of the form for one part: by its place in the template.</summary>
    internal static string Answer(PartName part, Incident incident, bool replace)
    {
        var parts = incident.Report.Template.Section(part.Section)?.Parts.ToList() ?? [];
        var index = parts.FindIndex(each => each.Part == part).ToString(CultureInfo.InvariantCulture);
        return $"{AnswerPrefix}{part.Section}.{index}.{(replace ? "replace" : "add")}";
    }

    /// <summary>The id of the form for a row's owner and date.</summary>
    internal static string Row(int number) => RowPrefix + number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A short fingerprint, to see whether an input was left as it was drawn.</summary>
    internal static string Print(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 4));

    /// <summary><c>edit D4</c>: a button that opens the form.</summary>
    internal static Decision OfferEdit(Scene scene, string section)
    {
        if (Answers.Target(scene, section, null, out var refusal) is not { } target) return refusal!;
        var name = Answers.Name(scene.Template, new(target.Section));
        return scene.Answer(Texts.Get("EditHint", name), new(name, [], null, [new("form", $"{EditPrefix}{target.Section}", Texts.Get("ButtonOpenForm"))]));
    }

    /// <summary>Opens the form that a button names.</summary>
    internal static Decision Open(Scene scene, string value)
    {
        if (scene.Incident.Phase == Phase.Cancelled || scene.Incident.Phase == Phase.Closed && !value.StartsWith(RowPrefix, StringComparison.Ordinal))
        {
            return scene.Answer(Texts.Get(scene.Incident.Phase == Phase.Cancelled ? "IsCancelled" : "IsClosed", scene.Incident.Name));
        }

        var words = value.Split('.');
        var form = words[0] switch
        {
            "edit" when words.Length > 1 && scene.Template.Section(words[1]) is { } section => Edit(scene, section),
            "answer" when PartOf(scene.Template, words) is { } question => One(question, value),
            "row" when words.Length > 1 => RowForm(scene, words[1]),
            Form.Capture => Timeline.Captures.Form(scene),
            ReturnPrefix => new Form(ReturnPrefix, Texts.Get("ReturnTitle"), [new("reason", Texts.Get("ReturnReason"), InputKind.Text, Required: true)]),
            _ => Looking.Findings.FormOf(scene, value),
        };
        return form is null ? scene.Answer(Texts.Get("UnknownButton")) : new(scene.Found, [], form);
    }

    /// <summary>The form that asks where an answer belongs.</summary>
    internal static Decision Move(Scene scene, long entry)
    {
        if (Moving.Standing(scene, entry, out var why) is not { Changes: [var change, ..] }) return scene.Answer(why);
        var options = scene.Template.Sections.SelectMany(section => section.Parts.Select((part, index) =>
            (part.Part, Option: new Option(string.Create(CultureInfo.InvariantCulture, $"{section.Key}.{index}"), Answers.Name(scene.Template, part.Part)))))
            .Where(each => each.Part != change.Part).Select(each => each.Option).ToList();
        return new(scene.Found, [], new($"{MovePrefix}{entry.ToString(CultureInfo.InvariantCulture)}", Texts.Get("MoveTitle"),
            [new("part", Texts.Get("MoveWhere"), InputKind.Choice, Required: true, Options: options)]));
    }

    /// <summary>The form that a <c>start</c> without a title opens.</summary>
    internal static Form Start(Scene scene) => new(StartPrefix, Texts.Get("StartTitle"),
    [
        new("title", Texts.Get("StartWhat"), InputKind.Line, Required: true, Hint: Texts.Get("StartWhatHint")),
        new("severity", Texts.Get("Severity"), InputKind.Line, Hint: Texts.Get("SeverityHint")),
        new("template", Texts.Get("Template"), InputKind.Choice, Value: scene.Facts.Settings.Template,
            Options: [.. scene.Facts.Templates.Select(template => new Option(template.Name, template.Name == Template.Deep ? Texts.Get("TemplateDeep", template.Name) : template.Name))]),
    ]);

    /// <summary>The question that the words of a form's id name: <c>answer.D4.2.add</c>.</summary>
    internal static Question? PartOf(Template template, string[] words) =>
        words.Length > 2 && template.Section(words[1]) is { } section
            && int.TryParse(words[2], NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < section.Parts.Count
            ? section.Parts[index]
            : null;

    /// <summary>The input's name of a part in the form of its section.</summary>
    internal static string InputOf(int index) => string.Create(CultureInfo.InvariantCulture, $"p{index}");

    private static Form Edit(Scene scene, TemplateSection section) => new(
        EditOf(section.Key, scene.Incident),
        Answers.Name(scene.Template, new(section.Key)),
        [.. section.Parts.Select((part, index) => new Input(
            InputOf(index), part.Part.Label ?? section.Name, InputKind.Text, Value: scene.Report.TextOf(part.Part), Hint: part.Hint))]);

    private static Form One(Question question, string id) => new(id,
        question.Part.Label is { } label ? $"{question.Part.Section}: {label}" : $"{question.Part.Section}: {question.SectionName}",
        [new("answer", question.Part.Label ?? question.SectionName, InputKind.Text, Required: true,
            Hint: string.Join(' ', new[] { question.Hint, Texts.Get($"Fits{question.Kind}", string.Join(" | ", question.Columns)) }.OfType<string>()))]);

    private static Form? RowForm(Scene scene, string words)
    {
        if (!int.TryParse(words, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || Actions.Rows.Find(scene, number) is not { } row) return null;
        return new(Row(number), $"{Texts.Get("ActionTitle", number)}: {row.Row.Action}",
        [
            new("owner", Texts.Get("Owner"), InputKind.Line, Value: row.Row.Owner),
            new("due", Texts.Get("DueDate"), InputKind.Line, Value: row.Row.DueText, Hint: Texts.Get("DueHint")),
        ]);
    }
}
