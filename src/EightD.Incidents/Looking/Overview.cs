using EightD.Incidents.Cards;
using EightD.Reports;
using EightD.Reports.Templates;

namespace EightD.Incidents.Looking;

/// <summary>How an 8D stands, for whoever comes in.</summary>
internal static class Overview
{
    internal static Decision Status(Scene scene, bool log) => log ? Log(scene) : scene.Answer(Say(scene), Draw(scene));

    internal static Decision Preview(Scene scene)
    {
        var title = Texts.Get("ReportTitle", scene.Incident.Number, scene.Report.Title);
        return scene.Answer(title, new(title, [], scene.Report.Text, []));
    }

    /// <summary>Burning, contained, resolved, closed or cancelled, and since when.</summary>
    internal static string State(Incident incident, string zone)
    {
        var (name, since) = incident switch
        {
            { Phase: Phase.Closed } => ("StateClosed", incident.EndedAt),
            { Phase: Phase.Cancelled } => ("StateCancelled", incident.EndedAt),
            { Phase: Phase.InReview } => ("StateInReview", incident.EndedAt),
            { ResolvedAt: { } resolved } => ("StateResolved", resolved),
            { ContainedAt: { } contained } => ("StateContained", contained),
            _ => ("StateBurning", incident.OccurredAt ?? incident.StartedAt),
        };
        return Texts.Get(name, Zoned.Write(since ?? incident.StartedAt, zone));
    }

    /// <summary>How many of a discipline's questions have an answer.</summary>
    internal static (int Answered, int Asked) Progress(Incident incident, TemplateSection section)
    {
        var asked = section.Parts.Where(part => !part.Optional).ToList();
        return (asked.Count(part => !Interviewing.Asking.IsOpen(incident, part.Part)), asked.Count);
    }

    private static string Say(Scene scene)
    {
        var card = Draw(scene);
        return string.Join('\n', new[] { $"**{card.Title}**" }.Concat(card.Fields.Select(field => $"{field.Name}: {field.Value}")).Append(card.Body)
            .Where(line => !string.IsNullOrEmpty(line)));
    }

    private static Card Draw(Scene scene)
    {
        var incident = scene.Incident;
        var zone = scene.Facts.Settings.TimeZone;
        var since = incident.EndedAt ?? incident.ResolvedAt ?? incident.ContainedAt ?? incident.OccurredAt ?? incident.StartedAt;
        List<Field> fields =
        [
            new(Texts.Get("State"), $"{State(incident, zone)} ({Zoned.Write(scene.Now - since)})"),
            new(Texts.Get("Lead"), Admission.Lead(incident)),
        ];
        if (incident.Severity.Length > 0) fields.Insert(0, new(Texts.Get("Severity"), incident.Severity));
        if (Impact(incident.Report) is { Length: > 0 } impact) fields.Add(new(Texts.Get("Impact"), impact));
        if (incident.ClosedAnyway is { } anyway) fields.Add(new(Texts.Get("ClosedAnyway"), anyway));
        if (incident.PublishWaits is { } waits) fields.Add(new(Texts.Get("Git"), waits));
        fields.AddRange(Undelivered.Fields(incident));
        fields.AddRange(incident.Report.Timeline.TakeLast(3).Select(entry => new Field(Texts.Get("Timeline"), entry)));

        var sections = scene.Template.Sections.Where(section => section.Parts.Count > 0).Select(section => Line(incident, section));
        var actions = Actions.Rows.Of(scene).Where(row => row.IsOpen).Select(row => "- " + row.Say());
        var body = string.Join('\n', sections.Concat(actions.Prepend("").Prepend(Texts.Get("OpenActions")).Where(_ => actions.Any())));
        return new($"{incident.Name}: {incident.Report.Title}", fields, body,
            [.. incident.IsOpen ? [new Button("next", "", Texts.Get("ButtonNext")), new("here", "", Texts.Get("ButtonAnswerHere"))] : Array.Empty<Button>(), .. Undelivered.Buttons(incident)]);
    }

    private static string Line(Incident incident, TemplateSection section)
    {
        var (answered, asked) = Progress(incident, section);
        var missing = section.Parts.Where(part => !part.Optional && Interviewing.Asking.IsOpen(incident, part.Part))
            .Select(part => part.Part.Label ?? section.Name).ToList();
        return missing.Count == 0
            ? $"- {Texts.Get("SectionDone", section.Key, answered, asked)}"
            : $"- {Texts.Get("SectionMissing", section.Key, answered, asked, string.Join(", ", missing))}";
    }

    private static string? Impact(Report report) => report.Template.Sections.SelectMany(section => section.Parts)
        .Where(part => part.Part.Label?.Equals("Impact", StringComparison.OrdinalIgnoreCase) == true).Select(part => report.TextOf(part.Part)).FirstOrDefault();

    private static Decision Log(Scene scene)
    {
        const int most = 30;
        var lines = scene.Incident.Log.Entries.TakeLast(most).Reverse().Select(entry => "- " + Texts.Get(
            entry.Answered is not null || entry.Refused is not null ? "LogRefused" : entry.TakenBackBy is null ? "LogLine" : "LogTakenBack",
            Zoned.Write(entry.At, scene.Facts.Settings.TimeZone), entry.By.Name, entry.What));
        return scene.Answer($"{Texts.Get("LogIntro", scene.Incident.Name)}\n\n{string.Join('\n', lines)}");
    }
}
