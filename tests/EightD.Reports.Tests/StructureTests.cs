using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using static EightD.Reports.Tests.Answering;

namespace EightD.Reports.Tests;

/// <summary>A report that the test writes itself is read back as what was meant.</summary>
[Properties(Arbitrary = [typeof(MeantReport), typeof(AnyPart), typeof(Typing)], MaxTest = 200)]
public sealed class StructureTests
{
    [Property]
    public void A_written_structure_is_read_back(MeantReport meant)
    {
        var report = Report.Read(meant.Text, Incident);
        Assert.Equal([.. meant.Parts.Select(part => part.Name)], report.Sections.SelectMany(section => section.Parts).Select(part => part.Name).ToList());
        Assert.All(meant.Parts, part => Assert.Equal(part.Said, report.TextOf(part.Name)));
    }

    [Property]
    public void An_answer_read_back_is_the_answer_given(Words words, AnyPart part)
    {
        var question = Incident.QuestionFor(part.Name)!;
        var written = Begun.Add(part.Name, words.Text).TextOf(part.Name);
        Assert.Equal(question.Kind switch
        {
            PartKind.Bullets => $"- {words.Text}",
            PartKind.Numbered => $"1. {words.Text}",
            PartKind.Table => $"| {words.Text} | | | |",
            _ => words.Text,
        }, written.Replace("\\<", "<", StringComparison.Ordinal));
    }

    [Property]
    public void An_answer_to_a_written_structure_is_undone_to_the_byte(MeantReport meant, AnyPart part, Typing typing)
    {
        var report = Report.Read(meant.Text, Incident);
        if (report.Sections.All(section => section.Key != part.Name.Section) || Incident.QuestionFor(part.Name)!.Kind == PartKind.Table) return;
        var after = report.Add(part.Name, typing.Text);
        Assert.Equal(report.Text, after.SetText(part.Name, report.TextOf(part.Name)).Text);
        Assert.All(meant.Parts.Where(other => other.Name != part.Name), other => Assert.Equal(other.Said, after.TextOf(other.Name)));
    }

    [Theory]
    [InlineData(">", 200)]
    [InlineData("[", 20_000)]
    [InlineData("- ", 5_000)]
    [InlineData("*a_ ", 25_000)]
    [InlineData("[a](", 25_000)]
    [InlineData("1. ", 33_000)]
    [InlineData("- a\n", 25_000)]
    [InlineData("<!--\n", 20_000)]
    [InlineData("```\n", 25_000)]
    [InlineData("impact: x\n", 10_000)]
    [InlineData("a|b\n", 25_000)]
    [InlineData("`", 100_000)]
    [InlineData("\\<", 50_000)]
    public void However_much_is_typed_the_rest_stays(string piece, int times)
    {
        var typed = string.Concat(Enumerable.Repeat(piece, times));
        var sample = Report.Read(Sample.Text, Incident);
        foreach (var target in new[] { "D2", "D0.Impact", "D3.Immediate actions taken", "D6" })
        {
            var after = sample.Add(Part(target), typed);
            Assert.Equal([.. sample.Sections.Select(section => section.Key)], after.Sections.Select(section => section.Key).ToList());
            Assert.Equal(sample.TextOf(new("D5", "Risk assessment")), after.TextOf(new("D5", "Risk assessment")));
            Assert.Equal(sample.Text, after.SetText(Part(target), sample.TextOf(Part(target))).Text);
            Assert.Equal(after.TextOf(Part(target)), after.Add(new("D7", "Read-across"), "next").TextOf(Part(target)));
        }
    }
}

/// <summary>A report as somebody might write it by hand, and what it holds.</summary>
/// <param name="Text">The file.</param>
/// <param name="Parts">What was meant.</param>
public sealed record MeantReport(string Text, IReadOnlyList<(PartName Name, string Said)> Parts)
{
    private static readonly string[] Bodies =
    [
        "one line", "two\nlines", "- a\n- b", "1. a\n   - under\n2. b", "- a\n\n- b", "a\n\nb", "```\n## D4: code\n**Business impact:**\n```", "> quoted\n> twice", "1) a\n2) b", "![x](y.png)", "text:\n\n* star", "<details>\nhtml\n</details>", "Note: is no label", "**Bold:** is no label of it",
    ];

    /// <summary>Some disciplines with some of their labels, written in one of several manners.</summary>
    public static Arbitrary<MeantReport> Reports() => Arb.From(
        from disciplines in Gen.SubListOf(Incident.Sections.ToArray())
        from bodies in Gen.Elements(Bodies).ArrayOf(40)
        from kept in Gen.Elements(true, true, false).ArrayOf(40)
        from manner in Gen.Choose(0, 5)
        select Write(disciplines, new(bodies), new(kept), manner));

    private static MeantReport Write(IEnumerable<Templates.TemplateSection> disciplines, Queue<string> bodies, Queue<bool> kept, int manner)
    {
        StringBuilder text = new("# 0007: Meant\n\n**Date:** 2024-12-20\n**Status:** Draft\n");
        List<(PartName, string)> parts = [];
        foreach (var discipline in disciplines)
        {
            var heading = $"{discipline.Key}: {discipline.Name}";
            text.Append(manner == 1 ? $"\n{heading}\n---\n" : $"\n## {heading}{(manner == 2 ? " ##" : "")}\n");
            if (manner != 3) text.Append($"<!-- {discipline.Hint} -->\n");
            foreach (var question in discipline.Parts.Where(_ => kept.Dequeue()))
            {
                var said = question.Kind == PartKind.Table ? "| a | b | c | d |\n|  | x \\| y | | |" : bodies.Dequeue();
                text.Append('\n', manner == 4 ? 2 : 1);
                if (question.Part.Label is { } label) text.Append(manner == 5 ? $"### {label}\n\n" : $"**{label}{(label.EndsWith('?') ? "" : ":")}**\n");
                if (question.Kind == PartKind.Table) text.Append($"{string.Concat(question.Columns.Select(column => $"| {column} "))}|\n|---|---|---|---|\n");
                text.Append(said).Append('\n');
                parts.Add((question.Part, said));
            }
        }

        var written = text.ToString();
        return new(manner == 4 ? written.TrimEnd() : written, parts);
    }
}
