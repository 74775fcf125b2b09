namespace EightD.Incidents.Timeline;

/// <summary>The timeline: who said what, when.</summary>
internal static class Notes
{
    /// <summary><c>note TEXT</c>.</summary>
    internal static Decision Add(Scene scene, string text)
    {
        if (text.Length > Bounds.Answer) return scene.Refuse(Texts.Get("TooLongAnswer"));
        return Add(scene, scene.Incident, scene.By, scene.Now, text);
    }

    /// <summary>The entry: when, who, what.</summary>
    internal static string Entry(Scene scene, Person by, DateTimeOffset at, string text) => $"{Zoned.Write(at, scene.Facts.Settings.TimeZone)}, {by.Name}: {text.Trim()}";

    /// <summary>Adds an entry with its author's name and the time at which it was said.</summary>
    internal static Decision Add(Scene scene, Incident incident, Person by, DateTimeOffset at, string text)
    {
        var after = incident with { Report = incident.Report.WithTimelineEntry(Entry(scene, by, at, text)) };
        return scene.Done(after, [scene.Tell(Texts.Get("Noted", Answering.Answers.Quote(text.Trim())))]);
    }
}
