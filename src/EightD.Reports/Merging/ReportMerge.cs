using EightD.Reports.Checking;

namespace EightD.Reports.Merging;

/// <summary>What came of a merge.</summary>
/// <param name="Report">Git's text with what chat changed in it: every byte that chat did not mean stays as Git has it.</param>
/// <param name="Clashes">What both changed differently; there the report has chat's.</param>
/// <param name="ByGit">Where Git changed something; <c>title</c> and <c>status</c> name those lines, <c>text</c> what stands in no part.</param>
public sealed record MergedReport(Report Report, IReadOnlyList<ReportClash> Clashes, IReadOnlyList<PartName> ByGit);

/// <summary>
/// Merges what chat did to a report with what was done to its file in Git, by the report's structure: title, status, links, what is left of the check, each part, each cell of a row of
/// D1 and D6. What one side alone changed is taken.
/// </summary>
public static class ReportMerge
{
    private const string LinksKey = "links", TimelineKey = "timeline";

    private static readonly PartName Title = new("title"), Status = new("status"), Links = new(LinksKey), Elsewhere = new("text"), Actions = new("D6");

    /// <summary>Whether a text is still a report that can be merged with an earlier one: it has a title, or one of its sections.</summary>
    public static bool IsReadable(Report git, Report origin) => git.Number is not null || git.Title.Length > 0 || git.Sections.Any(section => origin.Sections.Any(known => known.Key == section.Key));

    /// <summary>Merges.</summary>
    /// <param name="origin">The report as both sides had it last.</param>
    /// <param name="chat">The draft.</param>
    /// <param name="git">The file as it stands in Git now, read with the draft's template.</param>
    public static MergedReport Merge(Report origin, Report chat, Report git)
    {
        List<ReportClash> clashes = [];
        var merged = git;
        if (Wanted(origin.Title, chat.Title, git.Title, ClashKind.Title, Title, clashes) is { } title) merged = merged.WithTitle(title);
        if (Wanted(origin.Status, chat.Status, git.Status, ClashKind.Status, Status, clashes) is { } status) merged = merged.WithStatus(status);
        if (chat.Number is { } number && merged.Number != number) merged = merged.WithNumber(number);
        merged = Waived(origin, chat, merged);
        merged = chat.Links.Except(origin.Links).Aggregate(merged, (report, link) => report.WithLink(link));
        foreach (var part in Parts(origin, chat).Where(part => origin.TextOf(part) != chat.TextOf(part) || (part == Actions && origin.TextOf(part) != git.TextOf(part)))) merged = Merge(part, origin, chat, git, merged, clashes);
        return new(merged, clashes, ByGit(origin, git));
    }

    /// <summary>With what chat left of the check as it is, and without what it took up again.</summary>
    private static Report Waived(Report origin, Report chat, Report merged)
    {
        var (before, after) = (Check.Waived(origin), Check.Waived(chat));
        merged = before.Where(waiver => !after.Any(waiver.IsAs)).Aggregate(merged, (report, gone) => Check.Waived(report).FirstOrDefault(gone.IsAs) is { } still ? Check.TakeUp(report, still) : report);
        return after.Where(waiver => !before.Any(waiver.IsAs)).Aggregate(merged, (report, added) => Check.Waived(report).Any(added.IsAs) ? report : Check.Waive(report, added.Rule, added.Discipline ?? "", added.Reason));
    }

    /// <summary>What chat wants to stand in a line; null where Git's stays.</summary>
    private static string? Wanted(string origin, string chat, string git, ClashKind kind, PartName line, List<ReportClash> clashes)
    {
        if (chat == origin || chat == git) return null;
        if (git != origin) clashes.Add(new(kind, line, "", "", chat, git));
        return chat;
    }

    private static Report Merge(PartName part, Report origin, Report chat, Report git, Report merged, List<ReportClash> clashes)
    {
        var (was, said, stands) = (origin.TextOf(part), chat.TextOf(part), git.TextOf(part));
        if (said == stands) return merged;
        if (stands == was && IsRead(git, part)) return merged.SetText(part, said);
        if (part.Section == TimelineKey && !IsRead(git, part)) return chat.Timeline.Except(origin.Timeline, StringComparer.Ordinal).Aggregate(merged, (report, entry) => report.WithTimelineEntry(entry));
        if (part.Label is null && MergedTable.Of(origin, part.Section) is { IsThere: true } before && MergedTable.Of(git, part.Section) is { IsThere: true } theirs && MergedTable.Of(chat, part.Section) is { IsThere: true } mine)
        {
            return TableMerge.Merge(part, before, mine, theirs, merged, clashes);
        }

        if (PartMerge.Merge(chat.QuestionFor(part).Kind, was, said, stands) is { } both) return merged.SetText(part, both);
        clashes.Add(new(ClashKind.Part, part, "", "", said, stands));
        return merged.SetText(part, said);
    }

    /// <summary>Whether a report has the section, or can be given it.</summary>
    private static bool IsRead(Report report, PartName part) => report.Outline.Find(part.Section) is not null || report.Template.QuestionFor(part) is not null;

    private static IEnumerable<PartName> Parts(params IEnumerable<Report> reports) =>
        reports.SelectMany(report => report.Sections).Where(section => section.Key != LinksKey).SelectMany(section => section.Parts).Select(part => part.Name).Distinct();

    private static List<PartName> ByGit(Report origin, Report git)
    {
        List<PartName> changed = [];
        if (origin.Title != git.Title) changed.Add(Title);
        if (origin.Status != git.Status) changed.Add(Status);
        if (!origin.Links.SequenceEqual(git.Links)) changed.Add(Links);
        changed.AddRange(Parts(origin, git).Where(part => origin.TextOf(part) != git.TextOf(part)));
        if (changed.Count == 0 && origin.Text != git.Text) changed.Add(Elsewhere);
        return changed;
    }
}
