using System.Globalization;
using EightD.Incidents.Cards;
using EightD.Reports;

namespace EightD.Incidents.Answering;

/// <summary>
/// Takes answers back. A part gets the text that it had before the answer, with the later answers to it made again. Where that cannot be, the answer's
/// own block is taken out if it still stands word for word; else the text is shown and nothing changes (conversation, "The interview").
/// </summary>
internal static class Undoing
{
    /// <summary><c>undo</c>, or the button on a confirmation.</summary>
    internal static Decision Undo(Scene scene, long? number)
    {
        var entry = number is { } given
            ? scene.Incident.Log.Find(given) ?? (scene.Facts.OlderEntry is { } older && older.Number == given ? older : null)
            : scene.Incident.Log.Entries.LastOrDefault(each => each.By.Id == scene.By.Id && each.Changes.Count > 0 && each.TakenBackBy is null
                && !each.What.StartsWith("undo ", StringComparison.Ordinal));
        if (entry is null) return scene.Refuse(Texts.Get(number is null ? "NothingToUndo" : "UndoTooOld"));
        if (entry.Changes.Count == 0) return scene.Refuse(Texts.Get("NothingToUndo"));
        if (entry.TakenBackBy is not null) return scene.Answer(Texts.Get("AlreadyUndone"));

        var name = string.Join("; ", entry.Changes.Select(change => Answers.Name(scene.Template, change.Part)));
        if (TakeOut(scene.Incident, entry, scene.Incident.Log.Last + 1) is not { } taken)
        {
            return scene.Refuse(Texts.Get("CannotUndo", name, Answers.Quote(string.Join('\n', entry.Changes.Select(change => change.Typed)))));
        }

        var told = new Message(Texts.Get("TakenBack", name, scene.By.Name), new(Texts.Get("TakenBackTitle", name), [], null, AskAgain(entry)));
        return scene.Done(taken.After, Confirm(scene, entry, told), $"undo {entry.Number.ToString(CultureInfo.InvariantCulture)}", taken.Changes);
    }

    /// <summary>
    /// The incident without what the entry wrote, the entry marked; and the changes to log where a block was taken out. Null when that cannot be.
    /// </summary>
    internal static (Incident After, List<PartChange> Changes)? TakeOut(Incident incident, LogEntry entry, long by)
    {
        var report = incident.Report;
        List<PartChange> changes = [];
        var isHere = incident.Log.Find(entry.Number) is not null;
        var marked = isHere ? incident.Log.Changed(entry with { TakenBackBy = by }) : incident.Log;
        foreach (var change in entry.Changes)
        {
            if (isHere && CanReplay(incident, entry, change.Part))
            {
                report = Replay.Run(report, incident.Log.Bases.Find(each => each.Part == change.Part)!, marked.Entries);
            }
            else if (WithoutBlock(report, change) is { } text)
            {
                changes.Add(new() { Part = change.Part, Kind = ChangeKind.Set, Said = [new(null, text)], Before = report.TextOf(change.Part) });
                report = report.SetText(change.Part, text);
            }
            else
            {
                return null;
            }
        }

        return (Effectiveness.Effects.TakenBack(incident, entry) with { Report = report, Log = marked }, changes);
    }

    /// <summary>Whether the log alone explains what the part holds, and nothing later replaced what this entry wrote.</summary>
    internal static bool CanReplay(Incident incident, LogEntry entry, PartName part)
    {
        var log = incident.Log;
        if (log.Entries.Any(later => later.Number > entry.Number && later.TakenBackBy is null
            && later.Changes.Exists(change => change.Part == part && change.Kind != ChangeKind.Added)))
        {
            return false;
        }

        return log.Bases.Find(each => each.Part == part) is { } from
            && Replay.Run(incident.Report, from, log.Entries).TextOf(part) == incident.Report.TextOf(part);
    }

    /// <summary>The effects that show on its confirmation what became of an entry; to the person alone where it has none.</summary>
    internal static IEnumerable<Effect> Confirm(Scene scene, LogEntry entry, Message told) =>
        entry.Confirmation is { } key ? [new Effect.Revise(key, told)] : [scene.Tell(told.Text)];

    private static List<Button> AskAgain(LogEntry entry) =>
        entry.Confirmation is null ? [] : [new("next", "", Texts.Get("ButtonAskAgain"))];

    private static string? WithoutBlock(Report report, PartChange change)
    {
        var block = Replay.Make(report.SetText(change.Part, ""), change with { Kind = ChangeKind.Added }).TextOf(change.Part);
        if (block.Length == 0 || change.Kind == ChangeKind.Set) return null;

        string[] lines = report.TextOf(change.Part).Split('\n'), gone = block.Split('\n');
        for (var start = 0; start + gone.Length <= lines.Length; start++)
        {
            if (!lines.AsSpan(start, gone.Length).SequenceEqual(gone)) continue;
            var before = lines.Take(start).ToList();
            var after = lines.Skip(start + gone.Length).ToList();
            while (before is [.., ""] && (after.Count == 0 || after[0].Length == 0)) before.RemoveAt(before.Count - 1);
            if (before.Count == 0) after = [.. after.SkipWhile(line => line.Length == 0)];
            return string.Join('\n', before.Concat(after));
        }

        return null;
    }
}
