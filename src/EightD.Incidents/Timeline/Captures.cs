using System.Globalization;
using EightD.Incidents.Answering;
using EightD.Incidents.Cards;
using EightD.Reports;

namespace EightD.Incidents.Timeline;

/// <summary>A message that already says it is filed, with its author, its time and where it stands.</summary>
internal static class Captures
{
    private const string IntoTimeline = "timeline", Where = "part";

    /// <summary>The form that asks where it belongs.</summary>
    internal static Form Form(Scene scene) => new(Cards.Form.Capture, Texts.Get("CaptureTitle"),
    [
        new(Where, Texts.Get("MoveWhere"), InputKind.Choice, Required: true, Value: IntoTimeline,
            Options: [new(IntoTimeline, Texts.Get("CaptureTimeline")), .. scene.Template.Sections.Where(section => section.Parts.Count > 0).Select(section => new Option(section.Key, $"{section.Key}: {section.Name}"))]),
        new(Cards.Form.CapturedText, Texts.Get("CaptureText"), InputKind.Text, Required: true),
    ]);

    internal static Decision FromForm(Scene scene, IReadOnlyDictionary<string, string> values)
    {
        string Value(string name) => values.GetValueOrDefault(name)?.Trim() ?? "";
        var author = Value(Cards.Form.CapturedBy) is { Length: > 0 } id ? new Person(id, Value(Cards.Form.CapturedName)) : scene.By;
        var at = DateTimeOffset.TryParse(Value(Cards.Form.CapturedAt), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var said) ? said : scene.Now;
        var link = Value(Cards.Form.CapturedLink);
        return File(scene, new(author, at, Value(Cards.Form.CapturedText), link.Length > 0 ? link : null, Value(Where) is { Length: > 0 } and not IntoTimeline and var section ? section : null));
    }

    internal static Decision File(Scene scene, Deed.Capture capture)
    {
        if (capture.Text.Trim().Length == 0) return scene.Refuse(Texts.Get("NothingTyped"));
        if (capture.Text.Length > Bounds.Answer) return scene.Refuse(Texts.Get("TooLongAnswer"));
        var link = capture.Link is { } address ? Texts.Get("CaptureLink", address) : null;
        if (capture.Section is null) return Notes.Add(scene, scene.Incident, capture.Author, capture.SaidAt, link is null ? capture.Text : $"{capture.Text.Trim()} ({link})");

        if (Answers.Target(scene, capture.Section, label: null, out var refusal) is not { } target) return refusal!;
        var isTable = scene.Template.Section(target.Section)!.Parts.Any(part => part.Kind == PartKind.Table); // its cells have no room for whose words they are
        var source = string.Join(", ", new[] { capture.Author.Name, Zoned.Write(capture.SaidAt, scene.Facts.Settings.TimeZone), link }.OfType<string>());
        var (parts, why) = Answers.Read(scene, target, isTable ? capture.Text : $"{capture.Text.TrimEnd()} ({source})");
        return parts is null ? scene.Refuse(why!) : Answers.Write(scene, parts, ChangeKind.Added);
    }
}
