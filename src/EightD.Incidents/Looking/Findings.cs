using EightD.Incidents.Cards;
using EightD.Reports.Checking;

namespace EightD.Incidents.Looking;

/// <summary>What a reader would refuse of an 8D, for whoever asks: the few that matter most, each with why it matters, what mends it, and a way to do so.</summary>
internal static class Findings
{
    /// <summary>How many are shown to somebody who has an incident to handle.</summary>
    private const int Few = 3;

    internal static Decision Say(Scene scene, bool all)
    {
        var found = Check.Of(scene.Report);
        if (found.Count == 0) return scene.Answer(Texts.Get("CheckClean", scene.Incident.Name));
        var title = Texts.Get("CheckTitle", scene.Incident.Name, Count(Severity.Error), Count(Severity.Warning), Count(Severity.Hint));
        var shown = all ? found : [.. found.OrderByDescending(finding => finding.Severity).ThenBy(finding => finding.Line).Take(Few)];
        var lines = shown.Select(finding => $"- **{finding.Discipline}**: {finding.What} {finding.Why}\n  {finding.Mend}");
        var body = string.Join('\n', found.Count > shown.Count ? lines.Append("").Append(Texts.Get("CheckMore", found.Count - shown.Count)) : lines);
        var buttons = shown.Select(finding => finding.Discipline).Distinct(StringComparer.Ordinal).Where(section => scene.Template.Section(section) is not null).Take(Few)
            .Select(section => new Button("form", $"edit.{section}", Texts.Get("ButtonFill", section)));
        return scene.Answer($"**{title}**\n\n{body}", new(title, [], body, scene.Incident.IsOpen ? [.. buttons] : []));

        int Count(Severity severity) => found.Count(finding => finding.Severity == severity);
    }
}
