using EightD.Reports.Answers;
using EightD.Reports.Templates;

namespace EightD.Reports.Tests;

/// <summary>Answers as a conversation gives them, and what of the report they are about.</summary>
internal static class Answering
{
    /// <summary>The day on which the tests type.</summary>
    public static DateOnly Day { get; } = new(2024, 12, 20);

    public static Template Incident => Template.BuiltIn[0];

    public static Report Begun => Incident.Begin("Checkout is down", 4, Day, "In Progress", []);

    /// <summary>The report with an answer in it. <c>D4</c> is a whole discipline, <c>D4.Escape points</c> a part.</summary>
    public static Report Answered(this Report report, string target, string typed)
    {
        var reading = AnswerReading.Read(report.Template, Part(target), Part(target).Label is null, typed, Day, ["Ana", "Maria Santos"]);
        return Assert.IsType<AnswerReading.Answers>(reading).Parts.Aggregate(report, (now, part) => now.Add(part.Part, part.Typed));
    }

    /// <summary>What stands below a section's hint, without the blank lines at both ends.</summary>
    public static string Body(this Report report, string key)
    {
        var lines = report.Text.Split('\n').ToList();
        var heading = lines.FindIndex(line => line.StartsWith($"## {key}", StringComparison.Ordinal));
        var next = lines.FindIndex(heading + 1, line => line.StartsWith("## ", StringComparison.Ordinal) || line == "---");
        return string.Join('\n', lines[(heading + 1)..(next < 0 ? lines.Count : next)].SkipWhile(line => line.StartsWith("<!--", StringComparison.Ordinal))).Trim('\n');
    }

    public static PartName Part(string target) => target.Split('.', 2) is [var section, var label] ? new(section, label) : new(target);
}
