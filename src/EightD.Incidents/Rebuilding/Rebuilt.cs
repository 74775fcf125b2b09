using System.Security.Cryptography;
using System.Text;
using EightD.Incidents.Closing;
using EightD.Incidents.Interviewing;
using EightD.Reports;
using EightD.Reports.Actions;
using EightD.Reports.Templates;

namespace EightD.Incidents.Rebuilding;

/// <summary>Makes an 8D from its report in Git, where the store that had it is lost.</summary>
public static class Rebuilt
{
    /// <summary>The 8D: its report, its actions, its severity and times. It has no conversation; <c>start --from</c> gives it one.</summary>
    /// <param name="file">Where its report stands.</param>
    /// <param name="text">The report.</param>
    /// <param name="template">Its template.</param>
    /// <param name="commit">Who published it last.</param>
    public static Incident From(RebuiltFile file, string text, Template template, RebuiltCommit commit)
    {
        var report = Report.Read(text, template);
        var incident = new Incident
        {
            Id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{file.Tenant}\n{file.Number}\nrebuilt")).AsSpan(0, 16)),
            Home = new(file.Tenant, ""),
            Number = file.Number,
            TemplateName = template.Name,
            TemplateText = template.Text,
            Report = report,
            Phase = report.Status switch { Status.Completed => Phase.Closed, Status.Cancelled => Phase.Cancelled, Status.InReview => Phase.InReview, _ => Phase.Open },
            IsPrivate = file.IsPrivate,
            Starter = commit.By,
            StartedAt = report.Date is { } day ? new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) : commit.At,
            People = [commit.By],
            Interview = new() { Holder = commit.By, Asking = AskingMode.Nothing },
            ActionNumbers = new ActionNumbers().After(ActionTable.Of(report).Rows),
            Published = file.Published,
        };
        return PublishTrailers.Apply(incident, commit.Trailers);
    }
}

/// <summary>A report in Git.</summary>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Number">Its number.</param>
/// <param name="IsPrivate">Whether it stands in the repository of private ones.</param>
/// <param name="Published">Where it stands.</param>
public sealed record RebuiltFile(string Tenant, int Number, bool IsPrivate, Publication Published);

/// <summary>The commit that published a report last.</summary>
/// <param name="By">Its author.</param>
/// <param name="At">Its date.</param>
/// <param name="Trailers">Its trailers by their names.</param>
public sealed record RebuiltCommit(Person By, DateTimeOffset At, IReadOnlyDictionary<string, string> Trailers);
