using System.Diagnostics;
using EightD.Incidents.Actions;
using EightD.Incidents.Answering;
using EightD.Incidents.Closing;
using EightD.Incidents.Containment;
using EightD.Incidents.Effectiveness;
using EightD.Incidents.Interviewing;
using EightD.Incidents.Looking;
using EightD.Incidents.ReadingBack;
using EightD.Incidents.Reminders;
using EightD.Incidents.Starting;
using EightD.Incidents.Timeline;

namespace EightD.Incidents;

/// <summary>Decides what follows from a turn.</summary>
public static class Deciding
{
    /// <summary>What follows from a turn. Pure: no I/O, no clock, no randomness; the same input gives the same result.</summary>
    /// <param name="incident">The conversation's 8D: the open one, else the latest; null when there is none.</param>
    /// <param name="turn">What a person did.</param>
    /// <param name="facts">What the turn needs from outside.</param>
    /// <param name="now">The time, in UTC.</param>
    public static Decision Decide(Incident? incident, Turn turn, Facts facts, DateTimeOffset now)
    {
        var scene = new Scene(incident, turn, facts, now);
        var decision = incident?.Log.Knows(turn.Request) == true ? AnswerAgain(scene) : Perform(Presses.Meant(scene));
        return incident is { IsHomeless: true } && decision.Incident?.IsHomeless == true
            ? decision with { Effects = [.. decision.Effects.Where(effect => effect is Effect.Publish or Effect.AnswerLink)] }
            : decision;
    }

    /// <summary>Decides a turn whose button, if it was one, is a deed by now.</summary>
    internal static Decision Perform(Scene scene) => scene.Turn.Deed switch
    {
        Deed.Start start => Start.Begin(scene, start),
        Deed.Help help => Help.Show(scene, help.Command),
        Deed.Mistyped mistyped => Help.Nearest(scene, mistyped.Typed),
        Deed.Misused misused => Help.Usage(scene, misused.Command),
        Deed.List list => Lists.Reports(scene, list.All),
        Deed.Show => Lists.Show(scene),
        Deed.Search => Lists.Found(scene),
        Deed.Templates => Lists.Templates(scene),
        Deed.Settings settings => Workspace.Settings(scene, settings),
        Deed.Actions { Wanted: ActionsWanted.Mine } => Lists.Mine(scene),
        Deed.Press { Action: "form", Value: Forms.StartPrefix } => Start.OpenForm(scene),
        Deed.Press { Action: "form", Value: var value } when DutyForms.Of(scene, value) is { } form => new(scene.Found, [], form),
        Deed.Press press when scene.Found is not null && ReminderForm.ReportOf(press) is not null => DutyForms.Open(scene, press.Value),
        Deed.RemindAway away => Reminding.Away(scene, away.Who, away.Until),
        Deed.Submit submit when submit.Form.StartsWith(Forms.StartPrefix, StringComparison.Ordinal) => Start.FromForm(scene, submit.Values),
        Deed.Moved when scene.Found is { } found => new(found with { Home = found.Home with { Conversation = scene.Turn.At.Conversation } }, []),
        Deed.CommandOrReply either when scene.Found is null => Perform(scene with { Turn = scene.Turn with { Deed = either.Command } }),
        Deed.Reply or Deed.Reworded or Deed.Tick or Deed.Published or Deed.EditedInGit or Deed.Linked or Deed.Moved or Deed.Reminded or Deed.Digest when scene.Found is null => scene.Nothing(),
        Deed.Capture when scene.Found is not { IsOpen: true } => scene.Nothing(), // a reaction that had nothing to do with an 8D
        Deed.Submit when scene.Found is null => scene.RefuseForm(("", Texts.Get("NoneOpen"))),
        _ when scene.Found is null => scene.Answer(Texts.Get("NoneOpen")),
        var deed => Admission.Refusal(scene, deed) ?? OnIncident(scene, deed),
    };

    private static Decision OnIncident(Scene scene, Deed deed) => deed switch
    {
        Deed.Reply reply => Replies.Reply(scene, reply.Text),
        Deed.CommandOrReply either => Presses.Either(scene, either),
        Deed.Reworded reworded => Replies.Reworded(scene, reworded.Message, reworded.Text),
        Deed.Answer answer => Answers.ByCommand(scene, answer),
        Deed.Tick => Steering.Tick(scene),
        Deed.Next => Steering.Next(scene),
        Deed.Skip skip => Steering.Skip(scene, skip.Question),
        Deed.DoesNotApply none => Steering.DoesNotApply(scene, none.Question),
        Deed.Back back => Steering.Back(scene, back.Question),
        Deed.Stop => Steering.Stop(scene),
        Deed.Undo undo => Undoing.Undo(scene, undo.Entry),
        Deed.Edit edit => Forms.OfferEdit(scene, edit.Section),
        Deed.Press press => Presses.Press(scene, press),
        Deed.Submit submit => Submits.Submit(scene, submit),
        Deed.Note note => Notes.Add(scene, note.Text),
        Deed.Capture capture => Captures.File(scene, capture),
        Deed.Status status => Overview.Status(scene, status.Log),
        Deed.Check check => Findings.Say(scene, check.All),
        Deed.Preview => Overview.Preview(scene),
        Deed.Actions actions => Rows.List(scene, actions.Wanted),
        Deed.Remind => Reminding.Show(scene),
        Deed.RemindSnooze snooze => Reminding.Snooze(scene, snooze.Which, snooze.Until),
        Deed.RemindOff off => Reminding.Off(scene, off.Which),
        Deed.RemindNow => Reminding.Now(scene),
        Deed.Reminded reminded => Reminding.Reminded(scene, reminded),
        Deed.Digest digest => Digest.Post(scene, digest.Day, digest.Stranded),
        Deed.Assign assign => Assigning.Assign(scene, assign),
        _ => OnReport(scene, deed),
    };

    private static Decision OnReport(Scene scene, Deed deed) => deed switch
    {
        Deed.TeamAdd add => Team.Add(scene, add.Line),
        Deed.TeamErase erase => Erasing.Erase(scene, erase.Name),
        Deed.TeamRemove remove => Team.Remove(scene, remove.Name),
        Deed.ActionAdd add => Rows.Add(scene, add.Line),
        Deed.ActionDone done => Rows.Done(scene, done.Number, done.Link),
        Deed.ActionDue due => Rows.Due(scene, due.Number, due.Date),
        Deed.ActionAssign assign => Rows.Assign(scene, assign.Number, assign.Owner),
        Deed.ActionDrop drop => Rows.Drop(scene, drop.Number, drop.Reason),
        Deed.ActionReopen reopen => Rows.Reopen(scene, reopen.Number),
        Deed.Temp temp => Measures.End(scene, temp),
        Deed.Measured measured => Effects.Take(scene, measured.Text, measured.Failed),
        Deed.Return back => Returning.Return(scene, back.Section, back.Reason),
        Deed.Contained contained => Times.Contained(scene, contained.Time),
        Deed.Resolved resolved => Times.Resolved(scene, resolved.Time),
        Deed.NotResolved => Times.NotResolved(scene),
        Deed.Set set => Times.Set(scene, set.Fact, set.Value),
        Deed.LinkTo link => Linking.To(scene, link.Number, link.Type),
        Deed.Linked linked => Linking.Answered(scene, linked.Link),
        Deed.Publish => Publishing.Publish(scene),
        Deed.Published published => Publishing.Outcome(scene, published.Outcome),
        Deed.EditedInGit edited => EditsInGit.Take(scene, edited.What, publishes: false),
        Deed.Close close => Ending.Close(scene, close.Anyway),
        Deed.Cancel cancel => Ending.Cancel(scene, cancel.Reason),
        Deed.Reopen reopen => Ending.Reopen(scene, reopen.Reason),
        _ => throw new UnreachableException($"No decision for {deed.GetType().Name}."),
    };

    /// <summary>A request that was decided before changes nothing and is answered as before.</summary>
    private static Decision AnswerAgain(Scene scene) => scene.Incident.Log.Entries.FirstOrDefault(entry => entry.Request == scene.Turn.Request) switch
    {
        { Refused: { } errors } => new(scene.Found, [], Errors: errors),
        { Answered: { } answered } => scene.Answer(answered),
        _ => scene.Nothing(),
    };
}
