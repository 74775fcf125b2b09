using System.Text.RegularExpressions;
using EightD.Reports.Templates;
using FsCheck.Xunit;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;

namespace EightD.Reports.Tests;

/// <summary>Whatever somebody types, the document stays the document. Markdig reads it here as a second opinion.</summary>
[Properties(Arbitrary = [typeof(Typing), typeof(AnyPart)], MaxTest = 200)]
public sealed partial class AnythingTypedTests
{
    private static readonly MarkdownPipeline Markdown = new MarkdownPipelineBuilder().UsePipeTables().Build();

    private static Template Incident => Template.BuiltIn[0];

    private static Report Finished => Report.Read(Sample.Text, Incident);

    private static Report Begun => Incident.Begin("Checkout is down", 4, new(2024, 12, 20), "In Progress", []);

    [Property]
    public void Any_text_is_read(string text) => ReadAll(text ?? "");

    [Property]
    public void Any_structure_is_read(Typing one, Typing two) => ReadAll(one.Text + Sample.Text[..2000] + two.Text);

    [Property]
    public void The_headings_stay_as_they_are(Typing typing, AnyPart part)
    {
        foreach (var report in new[] { Begun, Finished })
        {
            var after = report.Add(part.Name, typing.Text);
            Assert.Equal([.. report.Sections.Select(section => section.Key)], after.Sections.Select(section => section.Key).ToList());
            Assert.Equal(Headings(report), Headings(after));
            Assert.Equal(Html(report), Html(after));
            Assert.DoesNotContain(after.Faults, fault => fault.Kind is not Reading.ReadingFaultKind.UnreadableDate);
        }
    }

    [Property]
    public void Every_other_part_stays_as_it_is(Typing typing, AnyPart part)
    {
        foreach (var report in new[] { Begun, Finished })
        {
            var after = report.Add(part.Name, typing.Text);
            foreach (var other in Incident.Sections.SelectMany(section => section.Parts).Select(question => question.Part).Where(other => other != part.Name))
            {
                Assert.Equal(report.TextOf(other), after.TextOf(other));
            }
        }
    }

    [Property]
    public void Undo_gives_every_byte_back(Typing typing, AnyPart part)
    {
        foreach (var report in new[] { Begun, Finished })
        {
            var after = report.Add(part.Name, typing.Text);
            Assert.Equal(report.Text, after.SetText(part.Name, report.TextOf(part.Name)).Text);
            var replaced = report.Replace(part.Name, typing.Text);
            Assert.Equal(report.Text, replaced.SetText(part.Name, report.TextOf(part.Name)).Text);
        }
    }

    [Property]
    public void Undo_of_a_second_answer_gives_every_byte_back(Typing one, Typing two, AnyPart part)
    {
        var first = Begun.Add(part.Name, one.Text);
        Assert.Equal(first.Text, first.Add(part.Name, two.Text).SetText(part.Name, first.TextOf(part.Name)).Text);
    }

    [Property]
    public void Only_lines_of_its_discipline_change(Typing typing, AnyPart part)
    {
        var after = Finished.Add(part.Name, typing.Text).Text;
        var heading = Sample.Text.IndexOf($"\n## {part.Name.Section}:", StringComparison.Ordinal);
        var next = Sample.Text.IndexOf("\n## D", heading + 1, StringComparison.Ordinal);
        if (next < 0) next = Sample.Text.LastIndexOf("\n---\n", StringComparison.Ordinal);
        Assert.StartsWith(Sample.Text[..heading], after, StringComparison.Ordinal);
        Assert.EndsWith(Sample.Text[next..], after, StringComparison.Ordinal);
    }

    [Property]
    public void Every_word_typed_is_there(Typing typing, AnyPart part)
    {
        var after = Begun.Add(part.Name, typing.Text);
        var isTable = Incident.QuestionFor(part.Name)!.Kind == PartKind.Table;
        var typed = Word().Matches(typing.Text.Replace("\0", "", StringComparison.Ordinal)).Select(match => match.Value).ToList();
        var written = Word().Matches(after.TextOf(part.Name).Replace("\uFFFD", "", StringComparison.Ordinal)).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);
        Assert.All(typed.Where(word => !isTable && !char.IsAsciiDigit(word[0])), word => Assert.Contains(word, written));
    }

    [Property]
    public void An_answer_given_again_as_it_stands_is_the_same(Typing typing, AnyPart part)
    {
        var once = Begun.Add(part.Name, typing.Text);
        Assert.Equal(once.Text, once.Replace(part.Name, once.TextOf(part.Name)).Text);
    }

    [Property]
    public void Answers_to_different_parts_commute(Typing one, AnyPart first, Typing two, AnyPart second)
    {
        if (first == second) return;
        foreach (var report in new[] { Begun, Finished })
        {
            Assert.Equal(
                report.Add(first.Name, one.Text).Add(second.Name, two.Text).Text,
                report.Add(second.Name, two.Text).Add(first.Name, one.Text).Text);
        }
    }

    [Property]
    public void Tables_keep_their_columns(Typing typing)
    {
        foreach (var section in new[] { "D1", "D6" })
        {
            var after = Finished.Add(new(section), typing.Text);
            var tables = Markdig.Markdown.Parse(after.Text, Markdown).OfType<Table>().ToList();
            Assert.Equal([4, 4], tables.Select(table => table.ColumnDefinitions.Count(column => column is not null)).Select(count => Math.Min(count, 4)));
            Assert.All(tables.SelectMany(table => table).OfType<TableRow>(), row => Assert.Equal(4, row.Count));
        }
    }

    private static void ReadAll(string text)
    {
        foreach (var template in Template.BuiltIn)
        {
            var report = Report.Read(text, template);
            Assert.Equal(text, report.Text);
            _ = (report.Title, report.Number, report.Date, report.Status, report.Dialect, report.Links, report.Timeline, report.Faults);
            Assert.All(report.Sections, section => Assert.All(section.Parts, part => Assert.Equal(part.Text, report.TextOf(part.Name))));
            _ = Actions.ActionTable.Of(report).Rows;
            _ = Actions.TeamTable.Of(report);
        }

        var own = Template.Read("own", text);
        _ = own.Begin("T", 1, new(2024, 12, 20), "In Progress", []).Faults;
    }

    private static List<string> Headings(Report report) =>
        [.. Markdig.Markdown.Parse(report.Text, Markdown).Descendants<HeadingBlock>().Select(heading => $"{heading.Level} {report.Text.AsSpan(heading.Span.Start, heading.Span.Length)}")];

    private static List<string> Html(Report report) =>
        [.. Markdig.Markdown.Parse(report.Text, Markdown).Descendants<HtmlBlock>().Select(html => report.Text.Substring(html.Span.Start, html.Span.Length))];

    [GeneratedRegex("[A-Za-z0-9]+", RegexOptions.NonBacktracking)]
    private static partial Regex Word();
}
