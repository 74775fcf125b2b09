using EightD.Bot.Storage;
using EightD.Bot.Turns;
using EightD.Incidents;
using EightD.Reports;
using EightD.Reports.Templates;
using Microsoft.Extensions.Logging.Abstractions;

namespace EightD.Benchmarks;

/// <summary>Fills a store with open 8Ds, to see that a turn costs the same however many there are.</summary>
internal static class Fill
{
    public static async Task<int> RunAsync(string path, int count)
    {
        await using var store = SqliteBlobStore.Open(path);
        using var incidents = new IncidentStore(store, NullLogger<IncidentStore>.Instance);
        var template = Template.BuiltIn[0];
        var starter = new Person("ana", "Ana");
        foreach (var numbers in Enumerable.Range(1, count).Chunk(500))
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
                    Report = Report.Read(Sample.Text, template),
                    Starter = starter,
                    StartedAt = DateTimeOffset.UnixEpoch,
                    Interview = new() { Holder = starter },
                };
                await incidents.NoteStartAsync(incident, CancellationToken.None);
                await incidents.TryWriteAsync(incident, etag: null, CancellationToken.None);
                await incidents.TryPointAsync(new(home.Tenant, home.Conversation), incident.Id, before: null, CancellationToken.None);
            }));
        }

        return 0;
    }
}
