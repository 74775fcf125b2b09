using EightD.Reports.Actions;

namespace EightD.Incidents;

/// <summary>Who may do what, when. One guard for every command, button and form.</summary>
internal static class Admission
{
    /// <summary>The refusal of a deed that this person may not do, or that this 8D's phase does not take; null when it may be done.</summary>
    internal static Decision? Refusal(Scene scene, Deed deed)
    {
        if (deed is Deed.Tick or Deed.Reminded or Deed.Digest or Deed.Published or Deed.EditedInGit or Deed.Linked or Deed.Reply or Deed.CommandOrReply or Deed.Reworded || deed.OnlyLooks && deed is not Deed.Edit) return null;
        return scene.Incident.Phase switch
        {
            Phase.Closed when !WorksWhenClosed(deed) => scene.Refuse(Texts.Get("IsClosed", scene.Incident.Name)),
            Phase.Cancelled when deed is not (Deed.Reopen or Deed.Press or Deed.TeamErase) => scene.Refuse(Texts.Get("IsCancelled", scene.Incident.Name)),
            not (Phase.Closed or Phase.Cancelled) when deed is Deed.Reopen && scene.Incident.Phase == Phase.Open => scene.Refuse(Texts.Get("IsOpenAlready", scene.Incident.Name)),
            _ when deed is Deed.Close or Deed.Cancel or Deed.Reopen && !MayEnd(scene) => scene.Refuse(Texts.Get("OnlyLead", Lead(scene.Incident))),
            _ => null,
        };
    }

    /// <summary>The lead's name: the D1 row with that role, else who started.</summary>
    internal static string Lead(Incident incident) =>
        TeamTable.Of(incident.Report).FirstOrDefault(member => member.IsLead)?.Name ?? incident.Starter.Name;

    /// <summary>The champion's name; null where D1 names none.</summary>
    internal static string? Champion(Incident incident) => TeamTable.Of(incident.Report).FirstOrDefault(member => member.IsChampion)?.Name;

    private static bool MayEnd(Scene scene) =>
        scene.Facts.Settings.Close != MayClose.Lead || scene.By.Id == scene.Incident.Starter.Id || scene.By.IsCalled(Lead(scene.Incident));

    /// <summary>Rows, links, publishing and reopening; a press or a submitted form is judged by what it means.</summary>
    private static bool WorksWhenClosed(Deed deed) => deed is Deed.ActionAdd or Deed.ActionDone or Deed.ActionDue or Deed.ActionAssign or Deed.ActionDrop
        or Deed.ActionReopen or Deed.RemindSnooze or Deed.RemindOff or Deed.RemindNow or Deed.Assign or Deed.Return or Deed.Temp or Deed.Measured or Deed.LinkTo or Deed.Publish or Deed.Reopen or Deed.Press or Deed.TeamErase
        || deed is Deed.Submit submit && (submit.Form.StartsWith(Answering.Forms.RowPrefix, StringComparison.Ordinal) || Reminders.ReminderForm.ReportOf(submit) is not null);
}
