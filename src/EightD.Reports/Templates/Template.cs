namespace EightD.Reports.Templates;

/// <summary>
/// What a report of one kind asks: sections, hints, labels and tables, in order. A template is itself a report with its labels empty.
/// Immutable; reading one never throws.
/// </summary>
public sealed class Template
{
    /// <summary>Reads a template's text, or a finished report as a template of its own.</summary>
    /// <param name="name">For example <c>incident</c>.</param>
    /// <param name="text">The template with its placeholders <c>{{title}}</c>, <c>{{sequence}}</c>, <c>{{date}}</c>, <c>{{links}}</c>.</param>
    public static Template Read(string name, string text) => throw new NotImplementedException();

    /// <summary>The built-in templates: <c>incident</c> (the default), <c>default</c>, <c>simple</c>, each read once.</summary>
    public static IReadOnlyList<Template> BuiltIn => throw new NotImplementedException();

    /// <summary>The template's name, <c>[A-Za-z0-9_-]{1,64}</c>.</summary>
    public string Name => throw new NotImplementedException();

    /// <summary>The text that it was read from.</summary>
    public string Text => throw new NotImplementedException();

    /// <summary>The sections in order.</summary>
    public IReadOnlyList<TemplateSection> Sections => throw new NotImplementedException();

    /// <summary>The questions in order: each part that is not optional.</summary>
    public IReadOnlyList<Question> Questions => throw new NotImplementedException();

    /// <summary>The section of that key, upper or lower case (<c>d4</c>, <c>4</c> and <c>D4</c> are one); null when there is none.</summary>
    public TemplateSection? Section(string key) => throw new NotImplementedException();

    /// <summary>The question for a part (optional parts too); null when the template has no such part.</summary>
    public Question? QuestionFor(PartName part) => throw new NotImplementedException();

    /// <summary>
    /// Finds the parts meant by <paramref name="label"/> in a section by rule 1: the full name, or the beginning of one of its words before
    /// a <c> - </c>, upper or lower case. One: that is it. None or several: the caller names them.
    /// </summary>
    public IReadOnlyList<PartName> Find(string section, string label) => throw new NotImplementedException();

    /// <summary>The part that an answer to the section alone goes to: its lead, else its first label (rule 1).</summary>
    public PartName LeadOf(string section) => throw new NotImplementedException();

    /// <summary>A new report: headings, hints and tables, no label yet, placeholders filled.</summary>
    public Report Begin(string title, int number, DateOnly date, string status, IReadOnlyList<Link> links) => throw new NotImplementedException();
}

/// <summary>One section of a template.</summary>
/// <param name="Key"><c>D0</c>…<c>D8</c>, or the heading in lower case with hyphens.</param>
/// <param name="Name">The heading without its <c>D4:</c>.</param>
/// <param name="Hint">The hint under the heading; null where there is none.</param>
/// <param name="Parts">Its parts in order, optional ones too.</param>
public sealed record TemplateSection(string Key, string Name, string? Hint, IReadOnlyList<Question> Parts);
