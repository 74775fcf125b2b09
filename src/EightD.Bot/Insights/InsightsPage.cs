using System.Globalization;
using System.Text;
using EightD.Bot.Channels;
using EightD.Bot.Publishing;
using EightD.Bot.Storage;
using EightD.Bot.Turns;
using EightD.Incidents;
using EightD.Incidents.Learning;
using EightD.Incidents.Reminders;
using EightD.Reports.Folder;

namespace EightD.Bot.Insights;

/// <summary>The page <c>/insights</c>: what a workspace's reports say together. It has no script, and nothing from another address.</summary>
internal sealed class InsightsPage(IncidentStore incidents, ReportRepositories repositories, TimeProvider clock)
{
    /// <summary>The page for a workspace.</summary>
    /// <param name="tenant">Which.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <exception cref="StoreUnavailableException">The store does not answer.</exception>
    public async Task<string> DrawAsync(string tenant, CancellationToken cancel)
    {
        var settings = await incidents.SettingsAsync(tenant, cancel);
        var today = ReminderRules.LocalOf(clock.GetUtcNow(), settings.TimeZone).Day;
        var (reports, isAway) = await ReportsAsync(tenant, cancel);
        List<Incident> open = [];
        await foreach (var incident in incidents.NotedAsync(tenant, Keys.Opened(tenant), cancel))
        {
            if (incident is { IsOpen: true, IsPrivate: false }) open.Add(incident);
        }

        List<Incident> closed = [];
        foreach (var number in reports.Select(report => report.Entry.Number).Except(open.Select(incident => incident.Number)))
        {
            if (await incidents.ByNumberAsync(tenant, number, cancel) is { Incident: { IsPrivate: false, Phase: Phase.Closed } incident }) closed.Add(incident);
        }

        return Draw(WorkspaceInsights.Of(open, closed, [.. reports.Select(report => (report.Entry.Number, report.Lesson))], today), isAway);
    }

    private async Task<(IReadOnlyList<SearchedReport> Reports, bool IsAway)> ReportsAsync(string tenant, CancellationToken cancel)
    {
        try
        {
            return (await repositories.Of(tenant).ReadAllAsync(cancel), false);
        }
        catch (RepositoryUnavailableException)
        {
            return ([], true);
        }
    }

    private static string Draw(WorkspaceInsights insights, bool isAway)
    {
        List<string> months = [.. insights.Months.Select(month => month.ToString(month.Month == 1 ? "MMM yy" : "MMM", CultureInfo.InvariantCulture))];
        StringBuilder page = new();
        page.Append(CultureInfo.InvariantCulture, $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{Say("InsightsTitle")}</title>
            <link rel="icon" href="/playground/icon.svg" type="image/svg+xml">
            <link rel="stylesheet" href="/playground/style.css">
            <link rel="stylesheet" href="/playground/insights.css">
            </head>
            <body class="insights">
            <main>
            <header><h1>{Say("InsightsTitle")}</h1><a href="/">{Say("InsightsBack")}</a></header>
            {(isAway ? $"<p role=\"alert\">{Say("InsightsAway")}</p>" : "")}
            <dl class="figures">{string.Concat(Figures(insights).Select(figure => $"<div><dt>{Charts.Html(figure.Name)}</dt><dd>{Charts.Html(figure.Value)}</dd></div>"))}</dl>
            {Charts.Bars(ChannelTexts.Get("InsightsDisciplines"), ChannelTexts.Get("InsightsDiscipline"), insights.Open == 0 ? [] : insights.Disciplines, ChannelTexts.Get("InsightsNoOpen"))}
            {Charts.Bars(ChannelTexts.Get("InsightsOwners"), ChannelTexts.Get("InsightsOwner"), insights.Owners, ChannelTexts.Get("InsightsNoOverdue"))}
            {Charts.Columns(ChannelTexts.Get("InsightsCauses"), months, [.. insights.Causes.Select(kind => (ChannelTexts.Get($"Cause{kind.Kind}"), kind.Counts))], ChannelTexts.Get("InsightsNoCauses"))}
            {Charts.Columns(ChannelTexts.Get("InsightsEscapes"), months, [.. insights.EscapePoints.Select(kind => (ChannelTexts.Get($"Escape{kind.Kind}"), kind.Counts))], ChannelTexts.Get("InsightsNoEscapes"))}
            <section><h2>{Say("InsightsAgain")}</h2>{Again(insights)}</section>
            <p class="aside">{Say("InsightsHow")}</p>
            </main>
            </body>
            </html>
            """);
        return page.ToString();
    }

    private static IEnumerable<(string Name, string Value)> Figures(WorkspaceInsights insights)
    {
        yield return (ChannelTexts.Get("InsightsOpen"), insights.Open.ToString(CultureInfo.InvariantCulture));
        yield return (ChannelTexts.Get("InsightsReports"), insights.Reports.ToString(CultureInfo.InvariantCulture));
        yield return (ChannelTexts.Get("InsightsContain"), Write(insights.Middle.ToContain));
        yield return (ChannelTexts.Get("InsightsResolve"), Write(insights.Middle.ToResolve));
        yield return (ChannelTexts.Get("InsightsClose"), Write(insights.Middle.ToClose));
        yield return (ChannelTexts.Get("InsightsOnTime"), insights.Middle.Done == 0 ? "–" : string.Create(CultureInfo.InvariantCulture, $"{insights.Middle.OnTime} / {insights.Middle.Done}"));

        static string Write(TimeSpan? took) => took is { } time ? IncidentFigures.Write(time) : "–";
    }

    private static string Again(WorkspaceInsights insights) => insights.Again.Count == 0
        ? $"<p class=\"none\">{Say("InsightsNoAgain")}</p>"
        : $"<ul class=\"again\">{string.Concat(insights.Again.Select(again => $"<li><strong>{Charts.Html(string.Join(", ", again.Numbers.Select(number => number.ToString("0000", CultureInfo.InvariantCulture))))}</strong> {Charts.Html(again.Cause)}</li>"))}</ul>";

    private static string Say(string name) => Charts.Html(ChannelTexts.Get(name));
}
