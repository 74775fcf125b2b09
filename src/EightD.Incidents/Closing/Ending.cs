using EightD.Incidents.Interviewing;

namespace EightD.Incidents.Closing;

/// <summary>Ends an 8D, and opens it again.</summary>
internal static class Ending
{
    internal static Decision Close(Scene scene, string? anyway)
    {
        if (scene.Facts.Settings.Close != MayClose.Champion) return Complete(scene, anyway, acceptedBy: null);
        if (Admission.Champion(scene.Incident) is not { } champion) return scene.Refuse(Texts.Get("NoChampion"));
        if (scene.By.IsCalled(champion)) return Complete(scene, anyway ?? scene.Incident.ClosedAnyway, scene.By.Name);
        if (scene.Incident.Phase == Phase.InReview) return scene.Refuse(Texts.Get("OnlyChampion", champion));

        var after = scene.Incident with
        {
            Phase = Phase.InReview,
            EndedAt = scene.Now,
            ClosedAnyway = anyway,
            Report = scene.Report.WithStatus(Status.InReview),
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

        return scene.Done(Again(scene), [scene.Line(Texts.Get("Returned", scene.By.Name, reason))]);
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
        List<Effect> effects = [new Effect.Revise(MessageKey.Closing, new(Texts.Get("ReopenedLine", scene.Incident.Name, scene.By.Name, reason)))];
        if (scene.Incident.Phase == Phase.InReview) effects = [scene.Line(Texts.Get("ReopenedLine", scene.Incident.Name, scene.By.Name, reason))];
        var after = Again(scene);
        if (after.Published is not null) effects.AddRange(Publishing.Effects(after, scene.By, Publishing.IsKeptHere(scene)));
        return scene.Done(after, effects, before: reason);
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
            Report = left.Report.WithStatus(Status.Completed),
        };
        var keptHere = Publishing.IsKeptHere(scene);
        return scene.Done(after, [.. effects, .. Publishing.Effects(after, scene.By, keptHere), Closed(scene, keptHere ? "ClosedLinePrivate" : "ClosedLine", anyway ?? "")]);
    }

    private static Incident Again(Scene scene) => scene.Incident with
    {
        Phase = Phase.Open,
        EndedAt = null,
        ClosedAnyway = null,
        AcceptedBy = null,
        Report = scene.Report.WithStatus(Status.InProgress),
    };

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
