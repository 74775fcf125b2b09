using System.Globalization;
using EightD.Reports.Actions;
using EightD.Reports.Checking;
using EightD.Reports.Editing;
using EightD.Reports.Folder;
using EightD.Reports.Reading;
using EightD.Reports.Templates;

namespace EightD.Reports;

/// <summary>
/// A report: its text, and what a reader finds in it. Immutable: each edit gives a new report and changes only the characters that it
/// means to change. Any text can be read; what is not understood is kept and named in <see cref="Faults"/>.
/// </summary>
public sealed class Report
{
    private readonly Lazy<Outline> outline;
    private IReadOnlyList<Section>? sections;
    private IReadOnlyList<Link>? links;
    private IReadOnlyList<ReadingFault>? faults;
    private IReadOnlyList<string>? timeline;
    private ActionTable? actions;
    private IReadOnlyList<TeamMember>? team;
    private IReadOnlyList<Finding>? findings;

    private Report(string text, Template template)
    {
        (Text, Template) = (text, template);
        outline = new(() => new(text, template));
    }

    /// <summary>Reads any text, in linear time. Never throws.</summary>
    /// <param name="text">The file as it is: any line ends, with or without a byte order mark.</param>
    /// <param name="template">Says which labels a section has and how they stand.</param>
    public static Report Read(string text, Template template) => new(text, template);

    /// <summary>The whole file, to the byte.</summary>
    public string Text { get; }

    /// <summary>The template that it was read with.</summary>
    public Template Template { get; }

    /// <summary>The number in the title line; null where there is none.</summary>
    public int? Number => TitleLine.Read(Outline).Digits is { Length: > 0 } digits ? int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture) : null;

    /// <summary>The title without its number; empty where there is none.</summary>
    public string Title => TitleLine.Read(Outline).Title;

    /// <summary>The date line's date; null where it is missing or cannot be read for certain.</summary>
    public DateOnly? Date => DateReading.Standing(HeaderLine.Value(Outline, Outline.Date).ToString(), from: null);

    /// <summary>The status line's text as it stands (<c>In Progress</c>, <c>Completed</c>, <c>Cancelled</c> or any other); empty where there is none.</summary>
    public string Status => HeaderLine.Value(Outline, Outline.Status).ToString();

    /// <summary>How this file writes its title, header and links.</summary>
    public Dialect Dialect => HeaderLine.DialectOf(Outline);

    /// <summary>The sections in the report's order; of a doubled discipline the first.</summary>
    public IReadOnlyList<Section> Sections => sections ??= [.. Outline.Sections.Select(section => new Section(
        section.Key, section.Name, section.Heading + 1,
        [.. section.Parts.Select(part => new Part(new(section.Key, part.Label), part.Kind, PartText.Of(Outline, part), part.Start + 1))]))];

    /// <summary>The lines under <c>## Links</c> that are links.</summary>
    public IReadOnlyList<Link> Links => links ??= [.. LinkList.In(Outline)];

    /// <summary>What could not be read, and where.</summary>
    public IReadOnlyList<ReadingFault> Faults => faults ??= [.. Faulty.In(this, Outline).OrderBy(fault => fault.Line)];

    /// <summary>The items under <c>## Timeline</c>, oldest first, without their <c>- </c>.</summary>
    public IReadOnlyList<string> Timeline => timeline ??= [.. TimelineList.In(Outline)];

    /// <summary>The table of D6, read once.</summary>
    internal ActionTable Actions => actions ??= new(this);

    /// <summary>The team of D1, read once.</summary>
    internal IReadOnlyList<TeamMember> Team => team ??= TeamTable.Read(this);

    /// <summary>What the check found, looked for once: the card of an 8D counts it again and again.</summary>
    internal IReadOnlyList<Finding> Findings => findings ??= Check.In(this);

    /// <summary>Where everything stands.</summary>
    internal Outline Outline => outline.Value;

    /// <summary>What the part holds (<see cref="Part.Text"/>); empty when it or its section does not stand in the report.</summary>
    public string TextOf(PartName part) => Outline.Find(part.Section)?.Find(part.Label) is { } span ? PartText.Of(Outline, span) : "";

    /// <summary>Whether the part holds an answer: anything but blank lines and what the template itself has there.</summary>
    public bool Holds(PartName part)
    {
        var question = QuestionFor(part);
        if (Outline.Find(part.Section)?.Find(part.Label) is not { IsEmpty: false } span) return false;
        return (question.Kind != PartKind.Table && question.Standing.Length == 0) || AnswerText.Holds(question, PartText.Of(Outline, span));
    }

    /// <summary>Adds to a part what somebody typed, by rules 2 and 4 to 9.</summary>
    /// <exception cref="ArgumentException">Neither the template nor the report has such a part.</exception>
    public Report Add(PartName part, string typed) => Write(part, typed, TextOf(part));

    /// <summary>Puts what somebody typed in the place of what the part holds, by the same rules. Blank text empties the part.</summary>
    /// <exception cref="ArgumentException">Neither the template nor the report has such a part.</exception>
    public Report Replace(PartName part, string typed) => string.IsNullOrWhiteSpace(typed) ? SetText(part, "") : Write(part, typed, held: "");

    /// <summary>
    /// Gives the part exactly this text (one that <see cref="TextOf"/> gave before), taking its label away when it is empty and putting
    /// it at its place in the template's order when it is new. What <see cref="Add"/> made, this undoes to the byte; a section that had to be
    /// made stays, and so does a table.
    /// </summary>
    /// <exception cref="ArgumentException">Neither the template nor the report has such a part.</exception>
    public Report SetText(PartName part, string text)
    {
        if (Outline.Find(part.Section) is { } section) return With(PartEdit.Set(Outline, section, QuestionFor(part), text));
        return text.Length == 0 ? this : WithSection(part.Section).SetText(part, text);
    }

    /// <summary>Changes the title in the title line; line ends and control characters become blanks.</summary>
    public Report WithTitle(string title) => With(TitleLine.Set(Outline, Number, title, Dialect));

    /// <summary>Changes the number in the title line, in the file's dialect.</summary>
    public Report WithNumber(int number) => With(TitleLine.Set(Outline, number, Title, Dialect));

    /// <summary>Changes the status line's text, or adds the line where there is none.</summary>
    public Report WithStatus(string status) => With(HeaderLine.SetStatus(Outline, status, Dialect));

    /// <summary>Adds a line under <c>## Links</c>, which is made where it is missing; changes nothing when it stands already.</summary>
    public Report WithLink(Link link) => With(LinkList.Add(Outline, link, Dialect));

    /// <summary>Adds an item to <c>## Timeline</c> (made after the last discipline with its first entry); further lines are indented under it.</summary>
    /// <param name="entry">As it shall stand after the <c>- </c>, for example <c>2024-12-20 14:15 UTC, Ana: text</c>; may have several lines.</param>
    public Report WithTimelineEntry(string entry) => With(TimelineList.Add(Outline, entry));

    /// <summary>The report with an edit made; the same one where nothing changes.</summary>
    internal Report With(Edit? edit) => edit is not { } made || (made.Length == 0 && made.Text.Length == 0) ? this : new(made.ApplyTo(Text), Template);

    /// <summary>How the part stands by the template; by the report where the template does not know it.</summary>
    internal Question QuestionFor(PartName part) =>
        Template.QuestionFor(part)
        ?? (Outline.Find(part.Section) is { } section && (part.Label is null || section.Find(part.Label) is not null)
            ? new(part, section.Name, section.Find(part.Label)?.Kind ?? PartKind.Paragraph, [], null, null, Optional: true) { Style = section.Find(part.Label)?.Style }
            : throw new ArgumentException($"There is no {part}.", nameof(part)));

    /// <summary>The report with a section of the template that is missing; where an open code block would swallow it, further up.</summary>
    private Report WithSection(string key) =>
        SectionEdit.Places(Outline, Template, key).Select(edit => With(edit)).First(report => report.Outline.Find(key) is not null);

    private Report Write(PartName part, string typed, string held)
    {
        var question = QuestionFor(part);
        var columns = Outline.Find(part.Section)?.Find(part.Label) is { } span ? Table.In(Outline, span.Content, span.End)?.Columns : null;
        var text = AnswerText.Of(question, Template.Section(part.Section), columns, typed, held);
        return text == held ? this : SetText(part, text);
    }
}
