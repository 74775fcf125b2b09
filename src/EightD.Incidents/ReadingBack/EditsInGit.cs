using System.Globalization;
using EightD.Incidents.Answering;
using EightD.Incidents.Cards;
using EightD.Incidents.Closing;
using EightD.Reports;
using EightD.Reports.Merging;

namespace EightD.Incidents.ReadingBack;

/// <summary>
/// Takes what people did to the report's file in Git into the draft: all that merges at once, with one line that says who changed what. Where chat and Git
/// changed the same words both are kept, and two buttons ask.
/// </summary>
internal static class EditsInGit
{
    private const string ChatAction = "keep-chat", GitAction = "keep-git";

    /// <summary>Takes an edit.</summary>
    /// <param name="scene">The 8D.</param>
    /// <param name="edit">What was done in Git.</param>
    /// <param name="publishes">Whether a publish waits for it.</param>
    internal static Decision Take(Scene scene, GitEdit edit, bool publishes)
    {
        if (scene.Incident.Published is not { } published || (published.Commit == edit.Commit && published.Review == edit.Review)) return scene.Nothing();
        if (edit.Fate == ReviewFate.Closed) return Closed(scene, edit, published);
        if (edit.Fate == ReviewFate.Deleted) return Deleted(scene, edit, published);
        if (edit is not { Path: { } path, FileName: { } file }) return Gone(scene, edit, published);
        if (edit is not { Base: { } was, Text: { Length: <= Bounds.Report } now } || Report.Read(now, scene.Template) is var git && !ReportMerge.IsReadable(git, Report.Read(was, scene.Template))) return Unreadable(scene, edit, published);

        var merged = ReportMerge.Merge(Report.Read(was, scene.Template), scene.Report, git);
        List<Effect> effects = edit.Fate == ReviewFate.Merged ? [scene.Line(Texts.Get("ReviewMerged", path, Short(edit)), "merged")] : [];
        if (merged.ByGit.Count > 0) effects.Add(scene.Line(kind: "git", text: Texts.Get("GitChanged", Who(edit), string.Join("; ", merged.ByGit.Select(part => Name(scene, part))), Short(edit))));
        if (file != published.FileName) effects.Add(scene.Line(kind: "moved", text: Texts.Get("GitRenamed", Who(edit), path, Short(edit))));
        var (clashes, cards) = Clashes(scene, merged, edit);
        effects.AddRange(cards);
        effects.Add(new Effect.Redraw(MessageKey.Report));
        publishes |= scene.Incident.PublishWaits is not null;
        var after = scene.Incident with { Report = merged.Report, Published = published with { Commit = edit.Commit, Path = path, FileName = file, Is = FileState.Fine, Review = edit.Review }, Clashes = clashes, PublishWaits = null };
        return Publishes(scene, after, effects, publishes, "git", [.. merged.ByGit.SelectMany(part => Change(scene.Report, merged.Report, part))]);
    }

    /// <summary>A button of a clash; null for any other.</summary>
    internal static Decision? Press(Scene scene, Deed.Press press)
    {
        if (press.Action is not (ChatAction or GitAction)) return null;
        if (scene.Incident.Clashes.Find(clash => clash.Id == press.Value) is not { } clash) return scene.Answer(Texts.Get("ClashDecided"));
        var report = press.Action == GitAction ? clash.What.KeepGit(scene.Report) : scene.Report;
        var after = scene.Incident with { Report = report, Clashes = scene.Incident.Clashes.Remove(clash) };
        var line = Texts.Get(press.Action == GitAction ? "KeptGit" : "KeptChat", scene.By.Name, Name(scene, clash.What));
        var publishes = after.Clashes.IsEmpty && (after.PublishWaits is not null || after.Phase == Phase.Closed);
        return Publishes(scene, after, [new Effect.Revise(clash.Id, new(line))], publishes, press.Action, clash.What.Kind == ClashKind.Title || clash.What.Kind == ClashKind.Status ? [] : [.. Change(scene.Report, report, clash.What.Part)]);
    }

    /// <summary>Ends with a publish where one waits; an 8D that is closed is published anyway when its report changes.</summary>
    private static Decision Publishes(Scene scene, Incident after, List<Effect> effects, bool publishes, string what, IReadOnlyList<PartChange> changes)
    {
        if (publishes && !(after.Phase == Phase.Closed && after.Report.Text != scene.Report.Text)) effects.AddRange(Publishing.Effects(after, scene.By, Publishing.IsKeptHere(scene)));
        return scene.Done(after.Report.Text == scene.Report.Text ? after with { Report = scene.Report } : after, effects, what, changes);
    }

    private static Decision Closed(Scene scene, GitEdit edit, Publication published) => scene.Done(
        scene.Incident with { Published = published with { Review = edit.Review } }, [scene.Line(Texts.Get("ReviewClosed", edit.Review?.Link ?? ""), "unmerged")], "closed unmerged");

    /// <summary>The branch went, and the draft stays: the next publish makes another one.</summary>
    private static Decision Deleted(Scene scene, GitEdit edit, Publication published)
    {
        var text = Texts.Get("ReviewDeleted", published.Review?.Branch ?? "");
        var stands = edit is { Path: { } path, FileName: { } file }
            ? published with { Commit = edit.Commit, Path = path, FileName = file, Review = null }
            : published with { Commit = edit.Commit, Is = FileState.Gone, Review = null };
        return scene.Done(scene.Incident with { Published = stands, PublishWaits = text }, [scene.Line(text, "deleted")], "deleted unmerged");
    }

    private static Decision Gone(Scene scene, GitEdit edit, Publication published)
    {
        var text = Texts.Get("GitGone", published.Path, Who(edit), Short(edit));
        return published.Is == FileState.Gone ? scene.Nothing() : scene.Done(scene.Incident with { Published = published with { Is = FileState.Gone, Review = edit.Review }, PublishWaits = text }, [scene.Line(text, "gone")], "gone from Git");
    }

    private static Decision Unreadable(Scene scene, GitEdit edit, Publication published)
    {
        var text = Texts.Get("GitUnreadable", edit.Path ?? published.Path, Who(edit), Short(edit));
        return scene.Incident.PublishWaits == text ? scene.Nothing() : scene.Done(scene.Incident with { Published = published with { Is = FileState.Unreadable }, PublishWaits = text }, [scene.Line(text, "unreadable")], "unreadable in Git");
    }

    /// <summary>The clashes that are open now, and their messages. One that is about the same words as an earlier one takes its place.</summary>
    private static (System.Collections.Immutable.ImmutableList<OpenClash> Open, IEnumerable<Effect> Cards) Clashes(Scene scene, MergedReport merged, GitEdit edit)
    {
        var open = scene.Incident.Clashes;
        List<Effect> cards = [];
        foreach (var (at, clash) in merged.Clashes.Index())
        {
            if (open.Find(earlier => earlier.What with { Chat = "", Git = "" } == clash with { Chat = "", Git = "" }) is { } earlier)
            {
                open = open.Remove(earlier);
                cards.Add(new Effect.Revise(earlier.Id, new(Texts.Get("ClashReplaced", Name(scene, clash)))));
            }

            OpenClash next = new(string.Create(CultureInfo.InvariantCulture, $"{scene.Key("clash")}-{at + 1}"), clash);
            open = open.Add(next);
            cards.Add(new Effect.Post(next.Id, InThread: true, Card(scene, next, edit)));
        }

        return (open, cards);
    }

    private static Message Card(Scene scene, OpenClash clash, GitEdit edit)
    {
        var title = Texts.Get("ClashTitle", Name(scene, clash.What));
        var body = Texts.Get("ClashBody", Shown(clash.What.Chat), Who(edit), Short(edit), Shown(clash.What.Git));
        return new($"**{title}**\n\n{body}", new(title, [], body, [new(ChatAction, clash.Id, Texts.Get("ButtonKeepChat")), new(GitAction, clash.Id, Texts.Get("ButtonKeepGit"))]));
    }

    private static string Shown(string text) => text.Length == 0 ? Texts.Get("ClashNothing") : string.Join('\n', text.Split('\n').Select(line => $"> {line}"));

    private static IEnumerable<PartChange> Change(Report before, Report after, PartName part)
    {
        string was = before.TextOf(part), now = after.TextOf(part);
        if (was != now) yield return new() { Part = part, Kind = ChangeKind.Set, Said = [new(null, now)], Before = was };
    }

    private static string Name(Scene scene, ReportClash clash) => clash.Kind switch
    {
        ClashKind.Cell => Texts.Get("ClashCell", Name(scene, clash.Part), clash.Row, clash.Column),
        ClashKind.Row => Texts.Get("ClashRow", Name(scene, clash.Part), clash.Row),
        _ => Name(scene, clash.Part),
    };

    private static string Name(Scene scene, PartName part) => part switch
    {
        { Label: null, Section: "title" } => Texts.Get("PartTitle"),
        { Label: null, Section: "status" } => Texts.Get("PartStatus"),
        { Label: null, Section: "links" } => Texts.Get("PartLinks"),
        { Label: null, Section: "text" } => Texts.Get("PartText"),
        _ => Answers.Name(scene.Template, part),
    };

    private static string Who(GitEdit edit) => edit.Authors.Count == 0 ? Texts.Get("Somebody") : string.Join(", ", edit.Authors);

    private static string Short(GitEdit edit) => edit.Commit[..Math.Min(10, edit.Commit.Length)];
}
