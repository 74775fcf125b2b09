using System.Globalization;
using EightD.Reports;
using EightD.Reports.Actions;

namespace EightD.Incidents.Actions;

/// <summary>The team of D1.</summary>
internal static class Team
{
    internal static Decision Add(Scene scene, string line)
    {
        var member = RowLine.ReadMember(line.ReplaceLineEndings(" "), scene.Names);
        if (member.Name.Length == 0 || member.Role.Length == 0) return scene.Refuse(Texts.Get("TeamWho"));
        if (TeamTable.Of(scene.Report).Any(each => each.Name.Equals(member.Name, StringComparison.OrdinalIgnoreCase)))
        {
            return scene.Refuse(Texts.Get("TeamHas", member.Name));
        }

        return Changed(scene, TeamTable.WithMember(scene.Report, member), Texts.Get("TeamAdded", member.Name, member.Role));
    }

    internal static Decision Remove(Scene scene, string name)
    {
        var report = TeamTable.WithoutMember(scene.Report, name.Trim());
        return report.Text == scene.Report.Text
            ? scene.Refuse(Texts.Get("TeamLacks", name, string.Join(", ", TeamTable.Of(scene.Report).Select(member => member.Name).DefaultIfEmpty("–"))))
            : Changed(scene, report, Texts.Get("TeamRemoved", name));
    }

    private static Decision Changed(Scene scene, Report report, string said)
    {
        var entry = (scene.Incident.Log.Last + 1).ToString(CultureInfo.InvariantCulture);
        return scene.Done(scene.Incident with { Report = report },
            [scene.Tell(said, new(said, [], null, [new("undo", entry, Texts.Get("ButtonUndo"))]))],
            changes: TableChange.Between(scene.Report, report, "D1"));
    }
}
