using EightD.Incidents.Learning;
using EightD.Reports.Learning;

namespace EightD.Incidents.Looking;

/// <summary>Reports, actions and templates beyond the 8D at hand.</summary>
internal static class Lists
{
    internal static Decision Reports(Scene scene, bool all)
    {
        if (scene.Facts.Listed.Count == 0) return scene.Answer(Texts.Get(all ? "NoReports" : "NoOpenReports"));
        var lines = scene.Facts.Listed.Select(report => $"- {Texts.Get("ListLine", report.Number, report.Title, report.Status).TrimEnd(' ', '–', ',')}{Took(report.Figures)}");
        return scene.Answer($"{Texts.Get(all ? "AllReports" : "OpenReports")}\n\n{string.Join('\n', lines.Concat(Together(scene.Facts.Listed)))}");
    }

    /// <summary>What one took, as far as it is known.</summary>
    private static string Took(IncidentFigures? figures)
    {
        if (figures is null) return "";
        var said = Times(figures.ToContain, figures.ToResolve, figures.ToClose).ToList();
        if (figures.Done > 0) said.Add(Texts.Get("ListOnTime", figures.OnTime, figures.Done));
        return said.Count == 0 ? "" : $"; {string.Join(", ", said)}";
    }

    private static IEnumerable<string> Times(TimeSpan? toContain, TimeSpan? toResolve, TimeSpan? toClose)
    {
        if (toContain is { } contain) yield return Texts.Get("ListContained", Zoned.Write(contain));
        if (toResolve is { } resolve) yield return Texts.Get("ListResolved", Zoned.Write(resolve));
        if (toClose is { } close) yield return Texts.Get("ListClosed", Zoned.Write(close));
    }

    /// <summary>What several took, and which have one cause.</summary>
    private static IEnumerable<string> Together(IReadOnlyList<ListedReport> listed)
    {
        var figures = listed.Select(report => report.Figures).OfType<IncidentFigures>().ToList();
        var times = figures.Count < 2 ? [] : Times(IncidentFigures.Middle(figures.Select(each => each.ToContain)), IncidentFigures.Middle(figures.Select(each => each.ToResolve)), IncidentFigures.Middle(figures.Select(each => each.ToClose))).ToList();
        if (times.Count > 0) yield return "\n" + Texts.Get("ListMiddle", string.Join(", ", times));
        if (figures.Count > 1 && figures.Sum(each => each.Done) is > 0 and var done) yield return Texts.Get("ListAllOnTime", figures.Sum(each => each.OnTime), done);
        foreach (var again in RepeatCauses.In(listed.Where(report => report.Lesson is not null).Select(report => (report.Number, report.Lesson!))))
        {
            yield return Texts.Get("ListAgain", string.Join(", ", again.Numbers.Select(number => number.ToString("0000", System.Globalization.CultureInfo.InvariantCulture))), again.Cause);
        }
    }

    internal static Decision Show(Scene scene)
    {
        var number = ((Deed.Show)scene.Turn.Deed).Number;
        if (scene.Facts.Named is not { } named) return scene.Answer(Texts.Get("NoReport", number));
        var title = Texts.Get("ReportTitle", number, named.Entry.Title);
        return scene.Answer(title, new(title, [], named.Text, []));
    }

    internal static Decision Found(Scene scene)
    {
        var words = ((Deed.Search)scene.Turn.Deed).Words;
        var (reports, more) = scene.Facts.Found;
        if (reports.Count == 0) return scene.Answer(Texts.Get("NothingFound", words));
        var lines = reports.Select(report => $"- {Texts.Get("FoundLine", report.Report.Entry.Number, report.Report.Entry.Title, report.Line)}");
        var rest = more > 0 ? $"\n\n{Texts.Get("FoundMore", more)}" : "";
        return scene.Answer($"{Texts.Get("FoundIntro", words)}\n\n{string.Join('\n', lines)}{rest}");
    }

    internal static Decision Mine(Scene scene)
    {
        if (scene.Facts.Mine.Count == 0) return scene.Answer(Texts.Get("NoActionsMine"));
        var lines = scene.Facts.Mine.Select(action => "- " + Texts.Get(action.IsOverdue ? "MineOverdue" : "MineLine", action.Report, action.Number, action.Action, action.Due));
        return scene.Answer($"{Texts.Get("ActionsMine")}\n\n{string.Join('\n', lines)}");
    }

    internal static Decision Templates(Scene scene)
    {
        var lines = scene.Facts.Templates.Select(template => "- " + Texts.Get("TemplateLine", template.Name, template.Sections.Count, template.Questions.Count));
        return scene.Answer($"{Texts.Get("TemplatesIntro")}\n\n{string.Join('\n', lines)}");
    }
}
