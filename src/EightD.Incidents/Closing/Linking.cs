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
        if (scene.Facts.Named is not { } named) return scene.Refuse(Texts.Get("NoReport", number));
        if (!MayShow(named, scene.Incident.IsPrivate, scene.Incident.Home)) return scene.Refuse(Texts.Get("LinkPrivate", number));

        var spelt = type.Length == 0 ? "Related to" : Types.FirstOrDefault(each => each.Equals(type, StringComparison.OrdinalIgnoreCase)) ?? type;
        var link = new Link(spelt, number, named.Entry.Title, named.Entry.FileName);
        var after = scene.Incident with { Report = scene.Report.WithLink(link) };
        if (after.Report.Text == scene.Report.Text) return scene.Answer(Texts.Get("LinkedAlready", spelt, number));

        var isAnswered = IsAnswered(named, scene.Incident.IsPrivate);
        List<Effect> effects = [scene.Tell(Texts.Get(isAnswered ? "LinkedTo" : "LinkedHere", spelt, number, named.Entry.Title))];
        if (named.Incident is not null && isAnswered) effects.Add(new Effect.AnswerLink(number, Back(scene.Incident, link)));
        return scene.Done(after, effects);
    }

    /// <summary>Whether a report's title may stand in an 8D: that of a private one only where the same people read both.</summary>
    /// <param name="named">The report.</param>
    /// <param name="isPrivate">Whether the 8D is private.</param>
    /// <param name="home">The conversation of the 8D.</param>
    internal static bool MayShow(KnownReport named, bool isPrivate, Place home) => !named.IsPrivate || (isPrivate && named.Home == home.Conversation);

    /// <summary>Whether the report gets its line too: none where a private 8D's title would stand in a public one.</summary>
    internal static bool IsAnswered(KnownReport named, bool isPrivate) => named.IsPrivate || !isPrivate;

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
