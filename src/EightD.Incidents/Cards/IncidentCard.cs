using System.Globalization;
using EightD.Incidents.Actions;
using EightD.Incidents.Looking;

namespace EightD.Incidents.Cards;

/// <summary>The messages that are drawn from the state.</summary>
public static class IncidentCard
{
    /// <summary>The one card of an 8D: what it is, how it stands, what can be done. Edited in place, never posted again.</summary>
    /// <param name="incident">The 8D.</param>
    /// <param name="now">Says which actions are overdue.</param>
    /// <param name="zone">The workspace's time zone.</param>
    public static Message Draw(Incident incident, DateTimeOffset now, string zone = "UTC")
    {
        var title = incident.IsPrivate ? $"{incident.Name} ({Texts.Get("Private")})" : $"{incident.Name}: {incident.Report.Title}";
        List<Field> fields = [];
        if (incident.Severity.Length > 0) fields.Add(new(Texts.Get("Severity"), incident.Severity));
        fields.Add(new(Texts.Get("State"), Overview.State(incident, zone)));
        fields.Add(new(Texts.Get("Lead"), Admission.Lead(incident)));
        fields.Add(new(Texts.Get("Progress"), Progress(incident)));
        var open = Rows.Of(incident, Zoned.DayOf(now, zone)).Where(row => row.IsOpen).ToList();
        if (open.Count > 0) fields.Add(new(Texts.Get("Actions"), Texts.Get("ActionsCount", open.Count, open.Count(row => row.IsOverdue))));
        if (incident.IsOpen && Findings.CountOf(incident) is { } findings) fields.Add(new(Texts.Get("Check"), findings));
        if (incident.PublishWaits is { } waits) fields.Add(new(Texts.Get("Git"), waits));
        else if (incident.Published?.Review is { } review) fields.Add(Waiting(review));

        var text = $"**{title}**\n" + string.Join('\n', fields.Select(field => $"{field.Name}: {field.Value}"));
        return new(text, new(title, fields, null, Buttons(incident)));
    }

    /// <summary>The finished report, its Markdown as the card's body.</summary>
    public static Message DrawReport(Incident incident)
    {
        var title = incident.IsAmongOthers ? incident.ShownName : Texts.Get("ReportTitle", incident.Number, incident.Report.Title);
        List<Field> fields = [new(Texts.Get("Status"), incident.Report.Status)];
        if (incident.IsAmongOthers) return new($"**{title}**\n{Texts.Get("ReportPrivate")}", new(title, fields, Texts.Get("ReportPrivate"), []));
        if (incident.Published is { Commit.Length: > 0 } published)
        {
            fields.Add(new(Texts.Get("Git"), Texts.Get("Committed", published.Path, published.Commit[..Math.Min(10, published.Commit.Length)])));
            if (published.Review is { } review) fields.Add(Waiting(review));
        }

        return new($"**{title}**\n" + string.Join('\n', fields.Select(field => $"{field.Name}: {field.Value}")), new(title, fields, incident.Report.Text, []));
    }

    private static Field Waiting(Review review) => new(
        Texts.Get("Review"),
        review.IsClosed ? Texts.Get("ReviewIsClosed", review.Link ?? review.Branch) : review.IsOpened ? review.Link! : Texts.Get("ReviewIsPushed", review.Branch, review.Link ?? "").TrimEnd(' ', ':'));

    private static string Progress(Incident incident) => string.Join(" · ", incident.Report.Template.Sections
        .Where(section => section.Parts.Count > 0)
        .Select(section => (section.Key, Done: Overview.Progress(incident, section)))
        .Select(each => string.Create(CultureInfo.InvariantCulture, $"{each.Key} {each.Done.Answered}/{each.Done.Asked}")));

    private static List<Button> Buttons(Incident incident)
    {
        List<Button> buttons = [];
        if (incident.IsOpen)
        {
            buttons.Add(new("next", "", Texts.Get("ButtonNext")));
            buttons.Add(new("here", "", Texts.Get("ButtonAnswerHere")));
            if (incident.ContainedAt is null && incident.ResolvedAt is null) buttons.Add(new("contained", "", Texts.Get("ButtonContained")));
            if (incident.ResolvedAt is null) buttons.Add(new("resolved", "", Texts.Get("ButtonResolved")));
        }

        buttons.Add(new("status", "", Texts.Get("ButtonStatus")));
        buttons.Add(new("preview", "", Texts.Get("ButtonPreview")));
        if (incident is { IsOpen: true, ResolvedAt: not null }) buttons.Add(new("close", "", Texts.Get("ButtonClose")));
        return buttons;
    }
}
