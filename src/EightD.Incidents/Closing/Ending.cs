using EightD.Incidents.Interviewing;
using EightD.Reports;

namespace EightD.Incidents.Closing;

/// <summary>Ends an 8D, and opens it again.</summary>
internal static class Ending
{
    internal static Decision Close(Scene scene, string? anyway)
    {
        if (anyway is null && scene.Incident.Phase == Phase.Open && Looking.Findings.RefusalToClose(scene) is { } refusal) return refusal;
        if (scene.Facts.Settings.Close != MayClose.Champion) return Complete(scene, anyway, acceptedBy: null);
        if (Admission.Champion(scene.Incident) is not { } champion) return scene.Refuse(Texts.Get("NoChampion"));
        if (scene.By.IsCalled(champion)) return Complete(scene, anyway ?? scene.Incident.ClosedAnyway, scene.By.Name);
        if (scene.Incident.Phase == Phase.InReview) return scene.Refuse(Texts.Get("OnlyChampion", champion));

        var after = scene.Incident with
        {
            Phase = Phase.InReview,
            EndedAt = scene.Now,
            ClosedAnyway = anyway,
            Report = Noted(scene, scene.Report, anyway).WithStatus(Status.InReview),
        };
        var title = Texts.Get("AskAccept", champion, scene.Incident.Name);
        return scene.Done(after, [new Effect.Post(scene.Key("review"), InThread: true, new(title, new(title, [], null,
            [new("accept", "", Texts.Get("ButtonAccept")), new("form", Answering.Forms.ReturnPrefix, Texts.Get("ButtonReturn"))])))]);
    }

    /// <summary>The champion accepts what was closed.</summary>
    internal static Decision Accept(Scene scene)
    {
        if (scene.Incident.Phase != Phase.InReview) return scene.Answer(Texts.Get("NotInReview"));
        return Admission.Champion(scene.Incident) is { } champion && scene.By.IsCalled(champion)
            ? Complete(scene, scene.Incident.ClosedAnyway, scene.By.Name)
            : scene.Refuse(Texts.Get("OnlyChampion", Admission.Champion(scene.Incident) ?? "–"));
    }

    /// <summary>The champion returns it with a reason.</summary>
    internal static Decision Return(Scene scene, string reason)
    {
        if (scene.Incident.Phase != Phase.InReview) return scene.RefuseForm(("reason", Texts.Get("NotInReview")));
        if (reason.Length == 0) return scene.RefuseForm(("reason", Texts.Get("ReturnReason")));
        if (Admission.Champion(scene.Incident) is not { } champion || !scene.By.IsCalled(champion))
        {
            return scene.RefuseForm(("reason", Texts.Get("OnlyChampion", Admission.Champion(scene.Incident) ?? "–")));
        }

        return scene.Done(Again(scene.Incident), [scene.Line(Texts.Get("Returned", scene.By.Name, reason))]);
    }

    internal static Decision Cancel(Scene scene, string reason)
    {
        var (left, effects) = Asking.Leave(scene.Incident, Texts.Get("QuestionEnded"));
        var after = Quiet(left) with { Phase = Phase.Cancelled, EndedAt = scene.Now, Report = left.Report.WithStatus(Status.Cancelled) };
        List<Effect> all = [.. effects, Closed(scene, "CancelledLine", reason)];
        if (after.Published is not null) all.AddRange(Publishing.Effects(after, scene.By, Publishing.IsKeptHere(scene)));
        return scene.Done(after, all, before: reason);
    }

    internal static Decision Reopen(Scene scene, string reason)
    {
        var after = Again(scene.Incident);
        return scene.Done(after, OpenAgain(scene, after, reason), before: reason);
    }

    /// <summary>What an 8D that is opened again says and publishes; nothing of one that is open.</summary>
    internal static IEnumerable<Effect> OpenAgain(Scene scene, Incident after, string reason)
    {
        if (scene.Incident.Phase == Phase.Open) return [];
        var line = Texts.Get("ReopenedLine", scene.Incident.Name, scene.By.Name, reason);
        Effect said = scene.Incident.Phase == Phase.InReview ? scene.Line(line) : new Effect.Revise(MessageKey.Closing, new(line));
        return after.Published is null ? [said] : [said, .. Publishing.Effects(after, scene.By, Publishing.IsKeptHere(scene))];
    }

    private static Decision Complete(Scene scene, string? anyway, string? acceptedBy)
    {
        var (left, effects) = Asking.Leave(scene.Incident, Texts.Get("QuestionEnded"));
        var after = Quiet(left) with
        {
            Phase = Phase.Closed,
            EndedAt = scene.Now,
            ClosedAnyway = anyway,
            AcceptedBy = acceptedBy,
            Report = (scene.Incident.Phase == Phase.Open ? Noted(scene, left.Report, anyway) : left.Report).WithStatus(Status.Completed),
        };
        var keptHere = Publishing.IsKeptHere(scene);
        return scene.Done(after, [.. effects, .. Publishing.Effects(after, scene.By, keptHere), Closed(scene, keptHere ? "ClosedLinePrivate" : "ClosedLine", anyway ?? "")]);
    }

    /// <summary>An 8D that is open again; the same one where it is open.</summary>
    internal static Incident Again(Incident incident) => incident.Phase == Phase.Open ? incident : incident with
    {
        Phase = Phase.Open,
        EndedAt = null,
        ClosedAnyway = null,
        AcceptedBy = null,
        Report = incident.Report.WithStatus(Status.InProgress),
    };

    /// <summary>A report with why it is finished with findings, where it has a timeline.</summary>
    private static Report Noted(Scene scene, Report report, string? anyway) => anyway is null || report.Timeline.Count == 0
        ? report
        : report.WithTimelineEntry(Timeline.Notes.Entry(scene, scene.By, scene.Now, Texts.Get("ClosedAnywayEntry", anyway)));

    private static Incident Quiet(Incident incident) => incident with
    {
        Interview = incident.Interview with { Asking = AskingMode.Nothing, NextAt = null, Past = [], Offers = [] },
    };

    /// <summary>The closing line: posted once, edited when the 8D ends again.</summary>
    private static Effect Closed(Scene scene, string text, string reason)
    {
        var message = new Cards.Message(Texts.Get(text, scene.Incident.ShownName, scene.By.Name, reason).TrimEnd(' ', ':'));
        return scene.Incident.Log.Entries.Any(entry => entry.What == "reopen") || scene.Incident.Messages.ContainsKey(MessageKey.Closing)
            ? new Effect.Revise(MessageKey.Closing, message)
            : new Effect.Post(MessageKey.Closing, InThread: false, message);
    }
}
