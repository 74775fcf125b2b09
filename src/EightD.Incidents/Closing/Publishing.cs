namespace EightD.Incidents.Closing;

/// <summary>Commits the report and posts it; and what became of it.</summary>
internal static class Publishing
{
    internal static Decision Publish(Scene scene) => IsKeptHere(scene) ? scene.Refuse(Texts.Get("PrivateStays"))
        : !scene.Incident.Clashes.IsEmpty ? scene.Done(scene.Incident with { PublishWaits = Texts.Get("PublishUndecided") }, [scene.Tell(Texts.Get("PublishUndecided"))])
        : scene.Done(scene.Incident, [.. Effects(scene.Incident, scene.By), scene.Tell(Texts.Get("Publishing"))]);

    /// <summary>Whether this 8D is private and has no repository of its own to go to.</summary>
    internal static bool IsKeptHere(Scene scene) => scene.Incident.IsPrivate && !scene.Facts.HasPrivateRepository;

    /// <summary>A commit, and the report's message drawn anew. A private 8D without a repository gives its file to its conversation alone.</summary>
    internal static IEnumerable<Effect> Effects(Incident incident, Person by, bool keptHere = false)
    {
        if (!keptHere) yield return new Effect.Publish(by, $"{incident.Name}: {incident.Report.Title}", PublishTrailers.Of(incident));
        yield return new Effect.Redraw(MessageKey.Report);
    }

    internal static Decision Outcome(Scene scene, PublishOutcome outcome)
    {
        var incident = scene.Incident;
        return outcome switch
        {
            PublishOutcome.Done done => scene.Done(
                incident with { Published = new(done.Commit, done.Path, done.FileName, incident.Version) { Review = done.Review }, PublishWaits = null },
                [.. Waits(scene, done), new Effect.Redraw(MessageKey.Report)], "published"),
            PublishOutcome.NumberTaken taken => scene.Done(
                incident with { Number = taken.NextFree, Report = incident.Report.WithNumber(taken.NextFree) },
                [scene.Line(Texts.Get("NumberTaken", incident.Number, taken.NextFree)), .. Effects(incident with { Number = taken.NextFree }, scene.By)], "number taken"),
            PublishOutcome.Edited edited => ReadingBack.EditsInGit.Take(scene, edited.Edit, publishes: true),
            PublishOutcome.Undecided => scene.Done(incident with { PublishWaits = Texts.Get("PublishUndecided") }, [], "publish waits"),
            PublishOutcome.Waiting waiting when incident.PublishWaits is null => scene.Done(
                incident with { PublishWaits = Texts.Get("PublishQueued", waiting.Reason) }, [scene.Line(Texts.Get("PublishQueued", waiting.Reason))], "publish queued"),
            PublishOutcome.Refused refused => scene.Done(
                incident with { PublishWaits = Texts.Get("PublishRefused", refused.Words) }, [scene.Line(Texts.Get("PublishRefused", refused.Words))], "publish refused"),
            _ => scene.Nothing(),
        };
    }

    /// <summary>A line that says where it waits to be merged, unless that was said before.</summary>
    private static IEnumerable<Effect> Waits(Scene scene, PublishOutcome.Done done)
    {
        if (done.Review is not { } review || (scene.Incident.Published?.Review is { IsClosed: false } before && before.Branch == review.Branch && before.Link == review.Link && done.Unopened is null)) yield break;
        yield return scene.Line(done.Unopened is { } why ? Texts.Get("ReviewUnopened", review.Branch, why, review.Link ?? "").TrimEnd()
            : review.IsOpened ? Texts.Get("ReviewOpened", review.Link ?? "") : Texts.Get("ReviewPushed", review.Branch, review.Link ?? "").TrimEnd());
    }
}
