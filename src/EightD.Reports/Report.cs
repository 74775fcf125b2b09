using EightD.Reports.Reading;
using EightD.Reports.Templates;

namespace EightD.Reports;

/// <summary>
/// A report: its text, and what a reader finds in it. Immutable: each edit gives a new report and changes only the characters that it
/// means to change. Any text can be read; what is not understood is kept and named in <see cref="Faults"/>.
/// </summary>
public sealed class Report
{
    /// <summary>Reads any text, in linear time. Never throws.</summary>
    /// <param name="text">The file as it is: any line ends, with or without a byte order mark.</param>
    /// <param name="template">Says which labels a section has and how they stand.</param>
    public static Report Read(string text, Template template) => throw new NotImplementedException();

    /// <summary>The whole file, to the byte.</summary>
    public string Text => throw new NotImplementedException();

    /// <summary>The template that it was read with.</summary>
    public Template Template => throw new NotImplementedException();

    /// <summary>The number in the title line; null where there is none.</summary>
    public int? Number => throw new NotImplementedException();

    /// <summary>The title without its number; empty where there is none.</summary>
    public string Title => throw new NotImplementedException();

    /// <summary>The date line's date; null where it is missing or cannot be read for certain.</summary>
    public DateOnly? Date => throw new NotImplementedException();

    /// <summary>The status line's text as it stands (<c>In Progress</c>, <c>Completed</c>, <c>Cancelled</c> or any other); empty where there is none.</summary>
    public string Status => throw new NotImplementedException();

    /// <summary>How this file writes its title, header and links.</summary>
    public Dialect Dialect => throw new NotImplementedException();

    /// <summary>The sections in the report's order; of a doubled discipline the first.</summary>
    public IReadOnlyList<Section> Sections => throw new NotImplementedException();

    /// <summary>The lines under <c>## Links</c> that are links.</summary>
    public IReadOnlyList<Link> Links => throw new NotImplementedException();

    /// <summary>What could not be read, and where.</summary>
    public IReadOnlyList<ReadingFault> Faults => throw new NotImplementedException();

    /// <summary>The items under <c>## Timeline</c>, oldest first, without their <c>- </c>.</summary>
    public IReadOnlyList<string> Timeline => throw new NotImplementedException();

    /// <summary>What the part holds (<see cref="Part.Text"/>); empty when it or its section does not stand in the report.</summary>
    public string TextOf(PartName part) => throw new NotImplementedException();

    /// <summary>Whether the part holds an answer: anything but blank lines and what the template itself has there.</summary>
    public bool Holds(PartName part) => throw new NotImplementedException();

    /// <summary>Adds to a part what somebody typed, by rules 2 and 4 to 9.</summary>
    public Report Add(PartName part, string typed) => throw new NotImplementedException();

    /// <summary>Puts what somebody typed in the place of what the part holds, by the same rules. Blank text empties the part.</summary>
    public Report Replace(PartName part, string typed) => throw new NotImplementedException();

    /// <summary>
    /// Gives the part exactly this text (one that <see cref="TextOf"/> gave before), taking its label away when it is empty and putting
    /// it at its place in the template's order when it is new. What <see cref="Add"/> made, this undoes to the byte.
    /// </summary>
    public Report SetText(PartName part, string text) => throw new NotImplementedException();

    /// <summary>Changes the title in the title line; line ends and control characters become blanks.</summary>
    public Report WithTitle(string title) => throw new NotImplementedException();

    /// <summary>Changes the number in the title line, in the file's dialect.</summary>
    public Report WithNumber(int number) => throw new NotImplementedException();

    /// <summary>Changes the status line's text, or adds the line where there is none.</summary>
    public Report WithStatus(string status) => throw new NotImplementedException();

    /// <summary>Adds a line under <c>## Links</c>, which is made where it is missing; changes nothing when it stands already.</summary>
    public Report WithLink(Link link) => throw new NotImplementedException();

    /// <summary>Adds an item to <c>## Timeline</c> (made after the last discipline with its first entry); further lines are indented under it.</summary>
    /// <param name="entry">As it shall stand after the <c>- </c>, for example <c>2024-12-20 14:15 UTC, Ana: text</c>; may have several lines.</param>
    public Report WithTimelineEntry(string entry) => throw new NotImplementedException();
}
