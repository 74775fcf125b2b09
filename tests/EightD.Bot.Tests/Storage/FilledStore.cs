using EightD.Bot.Storage;
using EightD.Bot.Turns;
using EightD.Incidents;
using EightD.Reports;
using EightD.Reports.Templates;
using Microsoft.Extensions.Logging.Abstractions;

namespace EightD.Bot.Tests.Storage;

/// <summary>Fills a store with open 8Ds, to see that what is asked of it costs the same however many there are. The benchmarks use it too.</summary>
internal static class FilledStore
{
    private const int AtOnce = 500;

    /// <summary>Writes 8Ds as starts would have, each in a conversation of its own.</summary>
    /// <param name="store">Where.</param>
    /// <param name="after">The highest number that is there already.</param>
    /// <param name="until">The highest number to be written.</param>
    /// <param name="report">The text of each report.</param>
    /// <param name="beside">What is written with each; null for nothing.</param>
    public static async Task FillAsync(IBlobStore store, int after, int until, string report, Func<Incident, Task>? beside = null)
    {
        using var incidents = new IncidentStore(store, NullLogger<IncidentStore>.Instance, new(), TimeProvider.System);
        var template = Template.BuiltIn[0];
        var starter = new Person("maria", "Maria");
        foreach (var numbers in Enumerable.Range(after + 1, until - after).Chunk(AtOnce))
        {
            await Task.WhenAll(numbers.Select(async number =>
            {
                var home = new Place("playground", $"filled-{number}");
                var incident = new Incident
                {
                    Id = $"filled{number:D26}",
                    Home = home,
                    Number = number,
                    TemplateName = template.Name,
                    TemplateText = template.Text,
                    Report = Report.Read(report, template),
                    Starter = starter,
                    StartedAt = DateTimeOffset.UnixEpoch,
                    Interview = new() { Holder = starter },
                };
                await incidents.NoteStartAsync(incident, CancellationToken.None);
                await incidents.TryWriteAsync(incident, etag: null, CancellationToken.None);
                await incidents.TryPointAsync(new(home.Tenant, home.Conversation), incident.Id, before: null, CancellationToken.None);
                if (beside is not null) await beside(incident);
            }));
        }
    }
}
