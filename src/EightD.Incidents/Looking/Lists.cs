
namespace EightD.Incidents.Looking;

/// <summary>Reports, actions and templates beyond the 8D at hand.</summary>
internal static class Lists
{
    internal static Decision Reports(Scene scene, bool all)
    {
        if (scene.Facts.Listed.Count == 0) return scene.Answer(Texts.Get(all ? "NoReports" : "NoOpenReports"));
        var lines = scene.Facts.Listed.Select(report => $"- {Texts.Get("ListLine", report.Number, report.Title, report.Status)}".TrimEnd(' ', '–', ','));
        return scene.Answer($"{Texts.Get(all ? "AllReports" : "OpenReports")}\n\n{string.Join('\n', lines)}");
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
