namespace EightD.Reports.Templates;

/// <summary>
/// What a report of one kind asks: sections, hints, labels and tables, in order. A template is itself a report with its labels empty.
/// Immutable; reading one never throws.
/// </summary>
public sealed class Template
{
    /// <summary>The name of the built-in template that asks as <c>incident</c> does, and for is / is not, evidence, two chains of whys, verification before roll-out and read-across besides.</summary>
    public const string Deep = "incident-deep";

    private static readonly Lazy<IReadOnlyList<Template>> OwnTemplates = new(() => [Embedded("incident"), Embedded("default"), Embedded("simple"), Embedded(Deep)]);

    private readonly Dictionary<PartName, Question> questions;

    private Template(string name, string text, IReadOnlyList<TemplateSection> sections)
    {
        (Name, Text, Sections) = (name, text, sections);
        questions = sections.SelectMany(section => section.Parts).ToDictionary(question => question.Part);
        Questions = [.. questions.Values.Where(question => !question.Optional)];
    }

    /// <summary>Reads a template's text, or a finished report as a template of its own.</summary>
    /// <param name="name">For example <c>incident</c>.</param>
    /// <param name="text">The template with its placeholders <c>{{title}}</c>, <c>{{sequence}}</c>, <c>{{date}}</c>, <c>{{links}}</c>.</param>
    public static Template Read(string name, string text) => new(name, text, TemplateReading.Sections(text));

    /// <summary>The template that knows every heading and label of a report; else the report is its own template.</summary>
    /// <param name="text">The report.</param>
    /// <param name="templates">Those that there are.</param>
    public static Template Of(string text, IReadOnlyList<Template> templates)
    {
        var own = Read("report", text);
        var wanted = own.Sections.SelectMany(section => section.Parts).Select(part => part.Part).Where(part => part.Label is not null).ToList();
        return templates.FirstOrDefault(template => own.Sections.All(section => template.Section(section.Key)?.Name == section.Name)
            && wanted.TrueForAll(part => template.QuestionFor(part) is not null)) ?? own;
    }

    /// <summary>The built-in templates: <c>incident</c> (the default), <c>default</c>, <c>simple</c>, <see cref="Deep"/>, each read once.</summary>
    public static IReadOnlyList<Template> BuiltIn => OwnTemplates.Value;

    /// <summary>The template's name, <c>[A-Za-z0-9_-]{1,64}</c>.</summary>
    public string Name { get; }

    /// <summary>The text that it was read from.</summary>
    public string Text { get; }

    /// <summary>The sections in order.</summary>
    public IReadOnlyList<TemplateSection> Sections { get; }

    /// <summary>The questions in order: each part that is not optional.</summary>
    public IReadOnlyList<Question> Questions { get; }

    /// <summary>The section of that key, upper or lower case (<c>d4</c>, <c>4</c> and <c>D4</c> are one); null when there is none.</summary>
    public TemplateSection? Section(string key)
    {
        foreach (var section in Sections)
        {
            if (section.Key.Equals(key, StringComparison.OrdinalIgnoreCase)) return section;
        }

        return key is [>= '0' and <= '8'] ? Section("D" + key) : null;
    }

    /// <summary>The question for a part (optional parts too); null when the template has no such part.</summary>
    public Question? QuestionFor(PartName part) => questions.GetValueOrDefault(part);

    /// <summary>
    /// Finds the parts meant by <paramref name="label"/> in a section by rule 1: the full name, or the beginning of one of its words before
    /// a <c> - </c>, upper or lower case. One: that is it. None or several: the caller names them.
    /// </summary>
    public IReadOnlyList<PartName> Find(string section, string label)
    {
        if (label.Trim() is not { Length: > 0 } wanted || Section(section) is not { } found) return [];
        var labels = found.Parts.Where(question => question.Part.Label is not null).ToList();
        var full = labels.Where(question => question.Part.Label!.Equals(wanted, StringComparison.OrdinalIgnoreCase)).ToList();
        return [.. (full.Count > 0 ? full : labels.Where(question => HasWord(question.Part.Label!, wanted))).Select(question => question.Part)];
    }

    /// <summary>The part that an answer to the section alone goes to: its lead, else its first label (rule 1).</summary>
    public PartName LeadOf(string section) =>
        Section(section) is { } found ? found.Parts.Select(question => question.Part).FirstOrDefault(new PartName(found.Key)) : new(section);

    /// <summary>A new report: headings, hints and tables, no label yet, placeholders filled.</summary>
    public Report Begin(string title, int number, DateOnly date, string status, IReadOnlyList<Link> links) =>
        Report.Read(Beginning.Of(Text, title, number, date, links), this).WithStatus(status);

    /// <summary>Whether a word of a label, of those before a <c> - </c>, begins so.</summary>
    internal static bool HasWord(string label, string beginning)
    {
        var end = label.IndexOf(" - ", StringComparison.Ordinal);
        return (end < 0 ? label : label[..end]).Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Any(word => word.TrimStart('(', '"', '\'', '*').StartsWith(beginning, StringComparison.OrdinalIgnoreCase));
    }

    private static Template Embedded(string name)
    {
        using var stream = typeof(Template).Assembly.GetManifestResourceStream($"{name}.md")
            ?? throw new InvalidOperationException($"The template {name} is not in the assembly.");
        using StreamReader reader = new(stream);
        return Read(name, reader.ReadToEnd());
    }
}

/// <summary>One section of a template.</summary>
/// <param name="Key"><c>D0</c>…<c>D8</c>, or the heading in lower case with hyphens.</param>
/// <param name="Name">The heading without its <c>D4:</c>.</param>
/// <param name="Hint">The hint under the heading; null where there is none.</param>
/// <param name="Parts">Its parts in order, optional ones too.</param>
public sealed record TemplateSection(string Key, string Name, string? Hint, IReadOnlyList<Question> Parts);
