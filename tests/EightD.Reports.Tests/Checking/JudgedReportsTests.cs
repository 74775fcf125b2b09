using System.Globalization;
using EightD.Reports.Checking;
using EightD.Reports.Templates;

namespace EightD.Reports.Tests.Checking;

/// <summary>The check against twenty reports that were judged by hand: <c>Fixtures/judged/README.md</c>.</summary>
public sealed class JudgedReportsTests(ITestOutputHelper output)
{
    [Fact]
    public void Of_a_hundred_findings_at_least_ninety_five_are_true()
    {
        var (agreed, found, true_) = (0, 0, 0);
        foreach (var (report, faults) in Judged())
        {
            var text = Fixture.Read($"judged/{report}.md");
            var read = Report.Read(text, Template.Of(text, Template.BuiltIn));
            foreach (var rule in Check.Rules)
            {
                var (says, meant) = (Check.Found(rule, read), faults.GetValueOrDefault(rule.Id));
                (agreed, found, true_) = (agreed + Math.Min(says.Count, meant), found + says.Count, true_ + meant);
                if (says.Count > meant) output.WriteLine($"{report}: false or too often: {rule.Id} ({string.Join("; ", says.Select(finding => $"{finding.Line}: {finding.What}"))})");
                if (says.Count < meant) output.WriteLine($"{report}: missed: {rule.Id}");
            }
        }

        var (precision, recall) = ((double)agreed / found, (double)agreed / true_);
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Twenty judged reports: {found} findings, {true_} faults: precision {precision:P1}, recall {recall:P1}"));
        Assert.True(precision >= 0.95, $"Precision is {precision}.");
    }

    private static IEnumerable<(string Report, Dictionary<string, int> Faults)> Judged() =>
        Fixture.Read("judged/README.md").Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal) && char.IsDigit(line[2])).Select(line => line.Trim('|', ' ').Split(" | "))
            .Select(cells => (cells[0], cells[1] == "none" ? [] : cells[1].Split(", ").ToDictionary(fault => fault.Split(' ')[0], fault => fault.Split(' ') is [_, var count] ? int.Parse(count, CultureInfo.InvariantCulture) : 1, StringComparer.Ordinal)));
}
