using EightD.Reports;
using EightD.Reports.Folder;

namespace EightD.Incidents.Closing;

/// <summary>Links reports, both ways.</summary>
internal static class Linking
{
    private static readonly string[] Types =
        ["Supersedes", "Superseded by", "Amends", "Amended by", "Clarifies", "Clarified by", "Extends", "Extended by", "Related to"];

    internal static Decision To(Scene scene, int number, string type)
    {
        if (number == scene.Incident.Number) return scene.Refuse(Texts.Get("LinkItself"));
        if (type.Length > 60) return scene.Refuse(Texts.Get("LinkTypeLong"));
        if (scene.Facts.Named is not { } named || (named.IsPrivate && !scene.Incident.IsPrivate)) return scene.Refuse(Texts.Get("NoReport", number)); // its title would stand for all to read

        var spelt = type.Length == 0 ? "Related to" : Types.FirstOrDefault(each => each.Equals(type, StringComparison.OrdinalIgnoreCase)) ?? type;
        var link = new Link(spelt, number, named.Entry.Title, named.Entry.FileName);
        var after = scene.Incident with { Report = scene.Report.WithLink(link) };
        if (after.Report.Text == scene.Report.Text) return scene.Answer(Texts.Get("LinkedAlready", spelt, number));

        var isAnswered = named.IsPrivate || !scene.Incident.IsPrivate;
        List<Effect> effects = [scene.Tell(Texts.Get(isAnswered ? "LinkedTo" : "LinkedHere", spelt, number, named.Entry.Title))];
        if (named.Incident is not null && isAnswered) effects.Add(new Effect.AnswerLink(number, Back(scene.Incident, link)));
        return scene.Done(after, effects);
    }

    /// <summary>Another report was linked with this one.</summary>
    internal static Decision Answered(Scene scene, Link link)
    {
        var report = scene.Report.WithLink(link);
        return report.Text == scene.Report.Text ? scene.Nothing() : scene.Done(scene.Incident with { Report = report }, [], "linked");
    }

    /// <summary>The line that the other report gets.</summary>
    private static Link Back(Incident incident, Link link) =>
        new(link.ReverseType, incident.Number, incident.Report.Title, FileName.Of(incident.Number, incident.Report.Title));
}
