using EightD.Reports.Answers;
using EightD.Reports.Templates;

namespace EightD.Reports.Tests;

public sealed class SampleTests
{
    private static readonly DateOnly Day = new(2024, 12, 20);
    private static readonly Link Superseded = new(
        "Supersedes", 1, "Product Quality Issue - Manufacturing Defect", "0001-product-quality-issue-manufacturing-defect.md");

    private static string Expected => Sample.Text[..Sample.Text.LastIndexOf("---\n", StringComparison.Ordinal)];

    [Fact]
    public void Answers_to_whole_disciplines_give_the_sample()
    {
        var report = Begun();
        foreach (var (section, text) in Sample.Disciplines) report = Answered(report, new(section), text);
        Assert.Equal(Expected, Body(report.WithLink(Superseded).WithStatus("Completed")));
    }

    [Fact]
    public void The_sample_is_read_as_it_stands()
    {
        var report = Report.Read(Sample.Text, Incident);
        Assert.Equal((3, "Server Downtime Incident - Database Connection Failure", Day, "Completed"), (report.Number, report.Title, report.Date, report.Status));
        Assert.Empty(report.Faults);
        Assert.Equal([Superseded], report.Links);
        Assert.All(Incident.Questions, question => Assert.True(report.Holds(question.Part), question.Part.ToString()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Parts_in_any_order_give_the_sample(int seed)
    {
        var sample = Report.Read(Sample.Text, Incident);
        for (var round = 0; round < 70; round++)
        {
            var random = new Random((seed * 1000) + round);
            var report = Begun();
            var steps = Incident.Questions.Select(question => question.Part).Cast<PartName?>().Append(null).Append(new PartName("status")).ToArray();
            random.Shuffle(steps);
            foreach (var step in steps)
            {
                report = step switch
                {
                    null => report.WithLink(Superseded),
                    { Section: "status" } => report.WithStatus("Completed"),
                    { } part => Answered(report, part, sample.TextOf(part)),
                };
            }

            Assert.Equal(Expected, Body(report));
        }
    }

    private static Template Incident => Template.BuiltIn[0];

    private static Report Begun() => Incident.Begin("Server Downtime Incident - Database Connection Failure", 3, Day, "In Progress", []);

    private static string Body(Report report) => report.Text[..report.Text.LastIndexOf("---\n", StringComparison.Ordinal)];

    private static Report Answered(Report report, PartName target, string text)
    {
        var answers = Assert.IsType<AnswerReading.Answers>(AnswerReading.Read(report.Template, target, target.Label is null, text, Day, []));
        return answers.Parts.Aggregate(report, (now, part) => now.Add(part.Part, part.Typed));
    }
}
