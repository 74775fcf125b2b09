namespace EightD.Reports.Rendering;

/// <summary>A report as HTML. Scripts, styles, frames, event attributes and addresses other than http, https, mailto and relative ones never come out.</summary>
public static class ReportHtml
{
    /// <summary>The report's body as HTML: its headings keep their levels, hints (comments) are left out. Any text gives HTML in bounded time.</summary>
    public static string Render(Report report) => throw new NotSupportedException();

    /// <summary>One self-contained page that prints well, for people who do not read Markdown.</summary>
    public static string Page(Report report) => throw new NotSupportedException();

    /// <summary>A message's text, which people wrote as Markdown, as HTML.</summary>
    public static string RenderMessage(string markdown) => throw new NotSupportedException();
}
