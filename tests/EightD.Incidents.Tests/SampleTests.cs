using EightD.Reports;
using EightD.Reports.Folder;
using EightD.Reports.Templates;
using static EightD.Incidents.Tests.Room;

namespace EightD.Incidents.Tests;

/// <summary>The finished sample report comes out of the conversation, byte for byte, whatever way its words came in.</summary>
public sealed class SampleTests
{
    private const string Title = "Server Downtime Incident - Database Connection Failure";
    private static readonly string Sample = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "0003-server-downtime-incident-database-connection-failure.md"));
    private static readonly Template Incident = Template.BuiltIn[0];
    private static readonly Report Finished = Report.Read(Sample, Incident);

    [Fact]
    public void Twelve_messages_give_the_sample()
    {
        var room = Begun();
        foreach (var section in Sample.Split("\n## ").Where(section => section[0] == 'D'))
        {
            var body = section[(section.IndexOf("-->\n", StringComparison.Ordinal) + 4)..];
            if (body.Contains("\n---\n", StringComparison.Ordinal)) body = body[..body.IndexOf("\n---\n", StringComparison.Ordinal)];
            room.Command(Ana, $"answer {section[..2]}\n{body}");
        }

        AssertEndsAsSample(room);
    }

    [Fact]
    public void One_prompt_at_a_time_gives_the_sample_in_at_most_forty_messages()
    {
        var room = Begun();
        var messages = Answered(room);
        room.Command(Ana, "next");
        messages += 1 + Answered(room);
        room.Command(Ana, "resolved");
        messages += 1 + Answered(room);

        AssertEndsAsSample(room);
        Assert.InRange(messages + 3, 30, 40);
    }

    [Fact]
    public void Four_people_in_any_order_give_the_sample()
    {
        var random = new Random(8);
        Person[] people = [Ana, Ben, Cem, Dora];
        for (var round = 0; round < 200; round++)
        {
            var room = Begun();
            var order = Incident.Questions.ToArray();
            random.Shuffle(order);
            foreach (var question in order)
            {
                var target = question.Part.Label is { } label ? $"{question.Part.Section}.{label}" : question.Part.Section;
                room.Command(people[random.Next(4)], $"answer {target} {Finished.TextOf(question.Part)}");
            }

            AssertEndsAsSample(room);
        }
    }

    [Fact]
    public void Forms_give_the_sample()
    {
        var room = Begun();
        foreach (var section in Incident.Sections.Where(section => section.Parts.Count > 0))
        {
            var form = room.Press(Ben, new("form", $"edit.{section.Key}", "")).Form!;
            var values = form.Inputs.Zip(section.Parts).ToDictionary(each => each.First.Id, each => Finished.TextOf(each.Second.Part), StringComparer.Ordinal);
            Assert.Null(room.Submit(Ben, form.Id, values).Errors);
        }

        AssertEndsAsSample(room);
    }

    private static Room Begun()
    {
        var room = Started(Title);
        room.Facts = room.Facts with
        {
            Named = new(new ReportEntry(1, "Product Quality Issue - Manufacturing Defect", "0001-product-quality-issue-manufacturing-defect.md"), "", null),
        };
        return room;
    }

    private static int Answered(Room room)
    {
        var messages = 0;
        while (room.Incident.Interview.Open is { } open)
        {
            room.Reply(Ana, Finished.TextOf(open));
            messages++;
            room.Wait();
        }

        return messages;
    }

    private static void AssertEndsAsSample(Room room)
    {
        room.Command(Ana, "link 1 Supersedes");
        room.Command(Ana, "close --anyway The rest follows");
        Assert.Equal(UpToFooter(Sample), UpToFooter(room.Report.Text));
    }

    private static string UpToFooter(string report) => report[..report.LastIndexOf("\n---\n", StringComparison.Ordinal)];
}
