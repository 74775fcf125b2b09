using BenchmarkDotNet.Attributes;
using EightD.Incidents;
using EightD.Reports;
using EightD.Reports.Checking;
using EightD.Reports.Templates;

namespace EightD.Benchmarks;

/// <summary>The pure parts, on the sample: reading it, one edit of it, one decision with its edit and a log that is nearly full, the check of it.</summary>
[MemoryDiagnoser]
[ShortRunJob]
public class PureParts
{
    private readonly Template template = Template.BuiltIn[0];
    private readonly Facts facts = new() { Pause = TimeSpan.FromSeconds(2), Settings = new() };
    private readonly PartName part = new("D4", "Contributing factors");
    private Report report = null!;
    private Incident incident = null!;
    private Turn turn = null!;

    /// <summary>An 8D with the sample as its report, and a hundred answers in its log.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        report = Report.Read(Sample.Text, template);
        var ana = new Person("ana", "Ana");
        var place = new Place("playground", "ops");
        incident = new()
        {
            Id = "0",
            Home = place,
            Number = 3,
            TemplateName = template.Name,
            TemplateText = template.Text,
            Report = report,
            Starter = ana,
            StartedAt = DateTimeOffset.UnixEpoch,
            Interview = new() { Holder = ana },
        };
        for (var i = 0; i < 100; i++)
        {
            incident = Deciding.Decide(incident, Said($"{i}"), facts, DateTimeOffset.UnixEpoch).Incident! with { Outbox = [] };
            incident = incident with { Log = incident.Log.Spill(incident.Report).Stays };
        }

        turn = Said("measured");

        Turn Said(string request) => new(request, ana, place, DateTimeOffset.UnixEpoch, new Deed.Answer("D4", "contributing", "Staging has 1,000 records\nAlerts were too high", Replace: true));
    }

    /// <summary>At most 0.3 ms.</summary>
    [Benchmark]
    public int Reads_the_sample() => Report.Read(Sample.Text, template).TextOf(part).Length;

    /// <summary>At most 0.3 ms.</summary>
    [Benchmark]
    public int Adds_an_item() => report.Add(part, "- The index was dropped in March").Text.Length;

    /// <summary>At most 0.5 ms.</summary>
    [Benchmark]
    public int Decides_an_answer() => Deciding.Decide(incident, turn, facts, DateTimeOffset.UnixEpoch).Effects.Count;

    /// <summary>At most 10 ms.</summary>
    [Benchmark]
    public int Checks_the_sample() => Check.Of(Sample.Text)!.Count;
}
