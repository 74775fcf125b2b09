using EightD.Incidents.Answering;
using EightD.Reports;

namespace EightD.Incidents.Interviewing;

/// <summary>Moves the interview: next, skip, does not apply, back, stop, and the pause that ends.</summary>
internal static class Steering
{
    /// <summary>Asks the next open question now, and the rest after it; whoever asks for it holds the interview from then on.</summary>
    internal static Decision Next(Scene scene)
    {
        var incident = scene.Incident with { Interview = scene.Incident.Interview with { Holder = scene.By, Skipped = Waiting(scene.Incident) } };
        if (incident.Interview is { Open: { } open, Message: { } key } && Asking.IsOpen(incident, open))
        {
            incident = incident with { Interview = incident.Interview with { Skipped = incident.Interview.Skipped.Add(open) } };
            var (moved, effects) = AskFrom(scene, incident, AskingMode.FirstHalf);
            if (moved.Interview.Message != key) return scene.Done(Unskip(moved, open), effects);
            return scene.Done(scene.Incident with { Interview = scene.Incident.Interview with { Holder = scene.By, Asking = AskingMode.All } },
                [scene.Tell(Texts.Get("ThisIsOpen", Answers.Name(scene.Template, open)))]);
        }

        var (after, posts) = AskFrom(scene, incident, AskingMode.FirstHalf);
        return after.Interview.Open is null
            ? scene.Answer(Texts.Get("NothingToAsk"))
            : scene.Done(after, posts);
    }

    /// <summary>Leaves the open question for later.</summary>
    internal static Decision Skip(Scene scene, string? question) => OnOpen(scene, question, (incident, open) =>
        MoveOn(scene, incident with { Interview = incident.Interview with { Skipped = incident.Interview.Skipped.Remove(open).Add(open) } },
            Texts.Get("Skipped", scene.By.Name)));

    /// <summary>The open question does not apply: the report says so, and by whom is in the log.</summary>
    internal static Decision DoesNotApply(Scene scene, string? question) => OnOpen(scene, question, (incident, open) =>
    {
        var marked = incident with { Interview = incident.Interview with { NotApplicable = incident.Interview.NotApplicable.Add(open) } };
        if (scene.Template.QuestionFor(open)?.Kind == PartKind.Table) return MoveOn(scene, marked, Texts.Get("DoesNotApplyBy", scene.By.Name));

        var entry = incident.Log.Last + 1;
        var (after, changes) = Answers.Make(scene, incident, [new(open, Texts.Get("DoesNotApply"))], ChangeKind.Added, message: null);
        var key = incident.Interview.Message;
        var (closed, effects) = Asking.CloseQuestion(scene, after, entry, Answers.Confirmation(scene, after, entry, changes));
        return scene.Done(closed, effects, changes: changes, confirmation: key);
    });

    /// <summary>Returns to the question before, showing what it holds.</summary>
    internal static Decision Back(Scene scene, string? question)
    {
        if (question is not null && question != scene.Incident.Interview.Message) return Stale(scene);
        var before = scene.Incident.Interview.Asked.FindLast(part => part != scene.Incident.Interview.Open);
        if (before == default || scene.Template.QuestionFor(before) is not { } asked) return scene.Answer(Texts.Get("NothingBefore"));
        var (after, effects) = Asking.Ask(scene, scene.Incident, asked);
        return scene.Done(after with
        {
            Interview = after.Interview with
            {
                Holder = scene.By,
                Asked = after.Interview.Asked.Remove(before),
                Skipped = after.Interview.Skipped.Remove(before),
                NotApplicable = after.Interview.NotApplicable.Remove(before),
            },
        }, effects);
    }

    /// <summary>Asks no more until somebody says <c>next</c>.</summary>
    internal static Decision Stop(Scene scene)
    {
        var (after, effects) = Asking.Leave(scene.Incident, Texts.Get("Stopped", scene.By.Name));
        return scene.Done(after with { Interview = after.Interview with { Asking = AskingMode.Nothing, NextAt = null } },
            effects.Append(scene.Tell(Texts.Get("StoppedHint"))));
    }

    /// <summary>Whoever presses <em>Answer here</em> holds the interview.</summary>
    internal static Decision AnswerHere(Scene scene)
    {
        if (scene.Incident.Interview.Open is null) return Next(scene);
        var after = scene.Incident with { Interview = scene.Incident.Interview with { Holder = scene.By } };
        return scene.Done(after, [scene.Tell(Texts.Get("YouHold", Answers.Name(scene.Template, scene.Incident.Interview.Open.Value)))]);
    }

    /// <summary>The pause is over: the next question.</summary>
    internal static Decision Tick(Scene scene)
    {
        if (scene.Incident.Interview.NextAt is not { } at || at > scene.Now || !scene.Incident.IsOpen) return scene.Nothing();
        var (after, effects) = Asking.AskNext(scene, scene.Incident);
        return scene.Done(after with { Interview = after.Interview with { NextAt = null } }, effects);
    }

    /// <summary>Asks on, as far as <paramref name="mode"/> goes; further ahead where nothing is left there.</summary>
    internal static (Incident After, IEnumerable<Effect> Effects) AskFrom(Scene scene, Incident incident, AskingMode mode)
    {
        var here = incident with { Interview = incident.Interview with { Asking = mode } };
        if (Asking.Next(here) is { } question) return Asking.Ask(scene, here, question);
        var ahead = incident with { Interview = incident.Interview with { Asking = AskingMode.All } };
        return Asking.Next(ahead) is { } further ? Asking.Ask(scene, ahead, further) : (incident, []);
    }

    /// <summary>An old button: how it stands now.</summary>
    internal static Decision Stale(Scene scene) => scene.Answer(scene.Incident.Interview.Open is { } open
        ? Texts.Get("StaleQuestion", Answers.Name(scene.Template, open))
        : Texts.Get("StaleNoQuestion"));

    private static Decision OnOpen(Scene scene, string? question, Func<Incident, PartName, Decision> then) =>
        scene.Incident.Interview is not { Open: { } open, Message: { } key } || (question is not null && question != key)
            ? Stale(scene)
            : then(scene.Incident, open);

    private static Decision MoveOn(Scene scene, Incident incident, string why)
    {
        var (left, effects) = Asking.Leave(incident, why);
        var (after, more) = Asking.AskNext(scene, left);
        return scene.Done(after, [.. effects, .. more]);
    }

    /// <summary>Those left for later come again when nothing else is left to ask.</summary>
    private static System.Collections.Immutable.ImmutableList<PartName> Waiting(Incident incident)
    {
        var all = incident with { Interview = incident.Interview with { Asking = AskingMode.All } };
        return Asking.Next(all) is null || Asking.Next(all)?.Part == incident.Interview.Open ? [] : incident.Interview.Skipped;
    }

    private static Incident Unskip(Incident incident, PartName part) =>
        incident with { Interview = incident.Interview with { Skipped = incident.Interview.Skipped.Remove(part) } };
}
