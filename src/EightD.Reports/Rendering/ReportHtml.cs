using System.Net;
using System.Text;
using EightD.Reports.Reading;

namespace EightD.Reports.Rendering;

/// <summary>A report as HTML. Scripts, styles, frames, event attributes and addresses other than http, https, mailto and relative ones never come out.</summary>
public static class ReportHtml
{
    /// <summary>The report's body as HTML: its headings keep their levels, hints (comments) are left out. Any text gives HTML in bounded time.</summary>
    public static string Render(Report report)
    {
        StringBuilder html = new();
        foreach (var block in Blocks(report.Outline)) html.Append(SafeMarkdown.ToHtml(block, isMessage: false)).Append('\n');
        return html.ToString();
    }

    /// <summary>One self-contained page that prints well, for people who do not read Markdown.</summary>
    public static string Page(Report report) => $$"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <title>{{WebUtility.HtmlEncode(report.Title)}}</title>
        <style>
        body { font: 11pt/1.5 system-ui, sans-serif; color: #1b1b1b; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
        h1 { line-height: 1.2; } h2 { margin-top: 2rem; border-bottom: 1px solid #bbb; break-after: avoid; }
        table { border-collapse: collapse; width: 100%; } th, td { border: 1px solid #bbb; padding: .3rem .5rem; text-align: left; vertical-align: top; }
        pre { white-space: pre-wrap; overflow-wrap: anywhere; } tr, li { break-inside: avoid; }
        @media print { body { margin: 0; max-width: none; } }
        </style>
        </head>
        <body>
        {{Render(report)}}
        </body>
        </html>
        """;

    /// <summary>A message's text, which people wrote as Markdown, as HTML.</summary>
    public static string RenderMessage(string markdown) => SafeMarkdown.ToHtml(markdown, isMessage: true);

    /// <summary>The text between comments, heading by heading and label by label: Markdig sees one at a time.</summary>
    private static IEnumerable<string> Blocks(Outline outline)
    {
        StringBuilder block = new();
        for (var i = 0; i < outline.Lines.Count; i++)
        {
            var begins = outline.Kinds[i] is LineKind.Heading or LineKind.Underlined or LineKind.Rule
                || (outline.Kinds[i] == LineKind.Text && Label.In(outline[i]) is { Style: LabelStyle.Bold } && (i == 0 || outline.IsBlank(i - 1)));
            if (begins && block.Length > 0)
            {
                yield return block.ToString();
                block.Clear();
            }

            if (outline.Kinds[i] != LineKind.Comment) block.Append(outline[i]).Append('\n');
        }

        if (block.Length > 0) yield return block.ToString();
    }
}
