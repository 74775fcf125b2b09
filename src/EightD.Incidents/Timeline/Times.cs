using EightD.Incidents.Interviewing;

namespace EightD.Incidents.Timeline;

/// <summary>When it occurred, was detected, contained, resolved; and the other facts that <c>set</c> corrects.</summary>
internal static class Times
{
    internal static Decision Contained(Scene scene, string? time)
    {
        if (Read(scene, time) is not { } at) return scene.Refuse(Texts.Get("TimeUnreadable", time));
        if (time is null && scene.Incident.ContainedAt is { } since) return scene.Answer(Texts.Get("ContainedAlready", Say(scene, since)));
        return Stamped(scene, scene.Incident with { ContainedAt = at }, Texts.Get("ContainedBy", Say(scene, at), scene.By.Name));
    }

    internal static Decision Resolved(Scene scene, string? time)
    {
        if (Read(scene, time) is not { } at) return scene.Refuse(Texts.Get("TimeUnreadable", time));
        if (time is null && scene.Incident.ResolvedAt is { } since) return scene.Answer(Texts.Get("ResolvedAlready", Say(scene, since)));
        var asksAll = scene.Incident with { ResolvedAt = at, Interview = scene.Incident.Interview with { Skipped = [] } };
        return Stamped(scene, asksAll, Texts.Get("ResolvedBy", Say(scene, at), scene.By.Name));
    }

    internal static Decision NotResolved(Scene scene)
    {
        if (scene.Incident.ResolvedAt is null) return scene.Answer(Texts.Get("NotResolvedYet"));
        var (left, effects) = Asking.Leave(scene.Incident, Texts.Get("QuestionLeft"));
        var after = left with { ResolvedAt = null, Interview = left.Interview with { Asking = AskingMode.Nothing, NextAt = null } };
        return scene.Done(after, effects.Append(scene.Line(Texts.Get("ResolvedTakenBack", scene.By.Name))));
    }

    internal static Decision Set(Scene scene, IncidentFact fact, string value)
    {
        var incident = scene.Incident;
        value = value.ReplaceLineEndings(" ").Trim();
        if (fact == IncidentFact.Title)
        {
            if (value.Length > Bounds.Title) return scene.Refuse(Texts.Get("TitleTooLong", value.Length));
            return Said(scene, incident with { Report = incident.Report.WithTitle(value) }, fact, value, incident.Report.Title);
        }

        if (fact == IncidentFact.Severity)
        {
            return value.Length > 40
                ? scene.Refuse(Texts.Get("SeverityTooLong"))
                : Said(scene, incident with { Severity = value }, fact, value, incident.Severity);
        }

        if (Read(scene, value) is not { } at) return scene.Refuse(Texts.Get("TimeUnreadable", value));
        var (after, before) = fact switch
        {
            IncidentFact.Occurred => (incident with { OccurredAt = at }, incident.OccurredAt),
            IncidentFact.Detected => (incident with { DetectedAt = at }, incident.DetectedAt),
            IncidentFact.Contained => (incident with { ContainedAt = at }, incident.ContainedAt),
            _ => (incident with { ResolvedAt = at }, incident.ResolvedAt),
        };
        return Said(scene, after, fact, Say(scene, at), before is { } was ? Say(scene, was) : "");
    }

    /// <summary>A line in the thread, and the questions that were waiting for it.</summary>
    private static Decision Stamped(Scene scene, Incident stamped, string line)
    {
        var after = stamped with { Interview = stamped.Interview with { Asking = AskingMode.FirstHalf } };
        List<Effect> effects = [scene.Line(line)];
        if (after.Interview.Open is null && after.Interview.NextAt is null)
        {
            (after, var asked) = Asking.AskNext(scene, after);
            effects.AddRange(asked);
        }

        return scene.Done(after, effects);
    }

    private static Decision Said(Scene scene, Incident after, IncidentFact fact, string value, string before) => scene.Done(after,
        [scene.Tell(Texts.Get("FactSet", Texts.Get($"Fact{fact}"), value))], before: before);


    private static DateTimeOffset? Read(Scene scene, string? time) =>
        time is null ? scene.Now : Zoned.Read(time, scene.Now, scene.Facts.Settings.TimeZone);

    private static string Say(Scene scene, DateTimeOffset at) => Zoned.Write(at, scene.Facts.Settings.TimeZone);
}
