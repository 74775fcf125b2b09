using System.Globalization;
using EightD.Reports;

namespace EightD.Incidents.Answering;

/// <summary>Gives an answer another place: another part, or the place of all that stood in its part.</summary>
internal static class Moving
{
    /// <summary>Takes an answer out of its part and adds it to another.</summary>
    internal static Decision To(Scene scene, long number, PartName part)
    {
        if (Standing(scene, number, out var gone) is not { } entry) return scene.RefuseForm(("part", gone));
        if (Undoing.TakeOut(scene.Incident, entry, scene.Incident.Log.Last + 1) is not { } taken) return scene.RefuseForm(("part", Texts.Get("CannotMove")));

        var (parts, why) = Answers.Read(scene, part, string.Join('\n', entry.Changes.Select(change => change.Typed)));
        if (parts is null) return scene.RefuseForm(("part", why!));
        return Written(scene, entry, taken, parts, ChangeKind.Added);
    }

    /// <summary><em>Replace earlier text</em>: the answer alone stands in its part from then on.</summary>
    internal static Decision ReplaceEarlier(Scene scene, long number)
    {
        if (Standing(scene, number, out var why) is not { } entry) return scene.Answer(why);
        var by = scene.Incident.Log.Last + 1;
        var marked = scene.Incident with { Log = scene.Incident.Log.Changed(entry with { TakenBackBy = by }) };
        return Written(scene, entry, (marked, []), [.. entry.Changes.Select(change => new Reports.Answers.TypedPart(change.Part, change.Typed))], ChangeKind.Replaced);
    }

    private static Decision Written(Scene scene, LogEntry entry, (Incident After, List<PartChange> Changes) taken,
        IReadOnlyList<Reports.Answers.TypedPart> parts, ChangeKind kind)
    {
        var (after, changes) = Answers.Make(scene, taken.After, parts, kind, entry.Changes[0].Said[^1].Message);
        var confirmation = Answers.Confirmation(scene, after, scene.Incident.Log.Last + 1, changes);
        return scene.Done(after, Undoing.Confirm(scene, entry, confirmation),
            $"move {entry.Number.ToString(CultureInfo.InvariantCulture)}", [.. taken.Changes, .. changes], entry.Confirmation);
    }

    /// <summary>The answer with that number; null, and why, where there is none that can be moved.</summary>
    internal static LogEntry? Standing(Scene scene, long number, out string why)
    {
        var entry = scene.Incident.Log.Find(number);
        why = Texts.Get(entry is null ? "UndoTooOld" : "AlreadyUndone");
        return entry is { TakenBackBy: null, Changes.Count: > 0 } ? entry : null;
    }
}
