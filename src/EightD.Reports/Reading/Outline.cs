using EightD.Reports.Templates;

namespace EightD.Reports.Reading;

/// <summary>Where everything stands in a report's text: title, header, sections and their parts, by lines. One pass over any text.</summary>
internal sealed class Outline
{
    private readonly List<SectionSpan> sections = [];
    private readonly List<ReadingFault> faults = [];

    /// <summary>Reads a text.</summary>
    /// <param name="text">The file.</param>
    /// <param name="template">Which labels there are; null to take every label for one: a template's own text.</param>
    public Outline(string text, Template? template)
    {
        Text = text;
        Lines = Line.Of(text);
        Kinds = BlockScanner.Kinds(text, Lines, faults);
        FindSections();
        foreach (var section in sections) PartReading.Read(this, section, template?.Section(section.Key), isTemplate: template is null, faults);
        FindHeader();
        if (Title < 0) faults.Insert(0, new(ReadingFaultKind.NoTitle, 1, ""));
    }

    public string Text { get; }

    public List<Line> Lines { get; }

    /// <summary>What each line is.</summary>
    public LineKind[] Kinds { get; }

    /// <summary>The title's line; -1 when there is none.</summary>
    public int Title { get; private set; } = -1;

    /// <summary>The line below the title; the first one where there is none.</summary>
    public int BelowTitle => Title < 0 ? 0 : Kinds[Title] == LineKind.Underlined ? Title + 2 : Title + 1;

    /// <summary>The date's line; -1 when there is none.</summary>
    public int Date { get; private set; } = -1;

    /// <summary>The status's line; -1 when there is none.</summary>
    public int Status { get; private set; } = -1;

    /// <summary>The sections in order; of a doubled one the first.</summary>
    public IReadOnlyList<SectionSpan> Sections => sections;

    /// <summary>What the structure itself could not be read from.</summary>
    public IReadOnlyList<ReadingFault> Faults => faults;

    /// <summary>The section of that key; null when there is none.</summary>
    public SectionSpan? Find(string key)
    {
        foreach (var section in sections)
        {
            if (section.Key == key) return section;
        }

        return null;
    }

    /// <summary>A line's characters.</summary>
    public ReadOnlySpan<char> this[int line] => Lines[line].In(Text);

    /// <summary>Whether a line is blank; beyond the text there is none.</summary>
    public bool IsBlank(int line) => MarkdownLine.IsBlank(this[line]);

    private void FindSections()
    {
        SectionSpan? open = null;
        for (var i = 0; i < Lines.Count; i++)
        {
            var level = Kinds[i] switch { LineKind.Heading => MarkdownLine.HeadingLevel(this[i]), LineKind.Underlined => MarkdownLine.UnderlineLevel(this[i + 1]), _ => 0 };
            if (level is 0 or > 2) continue;
            if (level == 1 && Title < 0 && open is null)
            {
                Title = i;
                continue;
            }

            Close(open, i);
            var body = Kinds[i] == LineKind.Underlined ? i + 2 : i + 1;
            var (key, name) = SectionSpan.NameOf(MarkdownLine.HeadingText(this[i]));
            open = new(key, name, i, body);
            if (Find(key) is null) sections.Add(open);
            else faults.Add(new(ReadingFaultKind.DoubledSection, i + 1, Quote(i)));
        }

        Close(open, Lines.Count);
    }

    /// <summary>Ends a section before its trailing blank lines, rule and footer.</summary>
    private void Close(SectionSpan? section, int next)
    {
        if (section is null) return;
        var end = BackOverBlanks(next, section.Body);
        var rule = end;
        if (next == Lines.Count && rule > section.Body && IsFooter(rule - 1)) rule = BackOverBlanks(rule - 1, section.Body);
        if (rule > section.Body && Kinds[rule - 1] == LineKind.Rule) end = BackOverBlanks(rule - 1, section.Body);
        section.End = end;
    }

    private bool IsFooter(int line)
    {
        var text = this[line].Trim(" \t");
        return text.Length > 2 && text[0] is '*' or '_' && text[^1] == text[0];
    }

    private int BackOverBlanks(int end, int start)
    {
        while (end > start && IsBlank(end - 1)) end--;
        return end;
    }

    private void FindHeader()
    {
        var end = sections.Count > 0 ? sections[0].Heading : Lines.Count;
        for (var i = Title + 1; i < end; i++)
        {
            if (Kinds[i] != LineKind.Text || Label.In(this[i]) is not { Style: not LabelStyle.Heading } label) continue;
            var name = label.NameIn(this[i]);
            if (Date < 0 && name.Equals("Date", StringComparison.OrdinalIgnoreCase)) Date = i;
            else if (Status < 0 && name.Equals("Status", StringComparison.OrdinalIgnoreCase)) Status = i;
        }
    }

    /// <summary>The beginning of a line, for a fault.</summary>
    public string Quote(int line) => this[line].Length <= 80 ? this[line].ToString() : this[line][..80].ToString();
}
