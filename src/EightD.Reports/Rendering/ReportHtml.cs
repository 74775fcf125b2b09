using System.Net;
using System.Text;
using EightD.Reports.Reading;

namespace EightD.Reports.Rendering;

/// <summary>A report as HTML. Scripts, styles, frames, event attributes and addresses other than http, https, mailto and relative ones never come out.</summary>
public static class ReportHtml
{
    private const string Style = """
        :root { color-scheme: light }
        body { margin: 0; background: #fff; color: #1b1f24; font: 11pt/1.5 system-ui, "Segoe UI", Roboto, Helvetica, Arial, sans-serif }
        main { max-width: 48rem; margin: 0 auto; padding: 2rem 1.5rem; overflow-wrap: anywhere }
        h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 1rem }
        h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; padding-bottom: .2rem; border-bottom: 1px solid #d0d7de }
        h3, h4, h5, h6 { font-size: 1rem; margin: 1.2rem 0 .4rem }
        p, ul, ol, table, pre, blockquote { margin: .4rem 0 }
        table { border-collapse: collapse; width: 100% }
        th, td { border: 1px solid #d0d7de; padding: .3rem .5rem; text-align: left; vertical-align: top }
        th { background: #f3f5f7 }
        pre, code { font: .9em ui-monospace, Consolas, monospace; background: #f3f5f7 }
        pre { padding: .6rem; white-space: pre-wrap }
        blockquote { margin-left: 0; padding-left: 1rem; border-left: 3px solid #d0d7de }
        hr { border: 0; border-top: 1px solid #d0d7de; margin: 2rem 0 1rem }
        @page { margin: 18mm }
        @media print { main { max-width: none; padding: 0 } h1, h2, h3 { break-after: avoid } tr, li { break-inside: avoid } a { color: inherit } }
        """;

    /// <summary>The report's body as HTML: its headings keep their levels, hints (comments) are left out. Any text gives HTML in bounded time.</summary>
    public static string Render(Report report)
    {
        StringBuilder html = new(report.Text.Length * 2);
        foreach (var block in Blocks(report.Outline)) html.Append(SafeMarkdown.ToHtml(block, isMessage: false));
        return html.ToString();
    }

    /// <summary>One self-contained page that prints well, for people who do not read Markdown.</summary>
    public static string Page(Report report)
    {
        var number = report.Number is { } given ? $"8D {given:0000}: " : "";
        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>{WebUtility.HtmlEncode(number + report.Title)}</title>
            <style>
            {Style}
            </style>
            </head>
            <body>
            <main>
            {Render(report)}</main>
            </body>
            </html>

            """;
    }

    /// <summary>A message's text, which people wrote as Markdown, as HTML.</summary>
    public static string RenderMessage(string markdown) => SafeMarkdown.ToHtml(markdown, isMessage: true);

    /// <summary>
    /// The text in pieces that can be read one by one: each heading, each rule, each label with what stands on its line, and what stands between them.
    /// </summary>
    private static IEnumerable<string> Blocks(Outline outline)
    {
        var from = 0;
        for (var i = 0; i < outline.Lines.Count; i++)
        {
            var (starts, length) = Break(outline, i);
            if (!starts) continue;
            if (Text(outline, from, i) is { Length: > 0 } above) yield return above;
            if (length > 0 && outline.Kinds[i] != LineKind.Comment) yield return Text(outline, i, i + length);
            from = i + length;
            i += Math.Max(0, length - 1);
        }

        if (Text(outline, from, outline.Lines.Count) is { Length: > 0 } last) yield return last;
    }

    /// <summary>Whether a piece begins at a line, and of how many lines it is; 0 where it goes on up to the next one.</summary>
    private static (bool Starts, int Length) Break(Outline outline, int line) => outline.Kinds[line] switch
    {
        LineKind.Heading or LineKind.Rule or LineKind.Comment => (true, 1),
        LineKind.Underlined => (true, 2),
        LineKind.Text when Label.In(outline[line]) is { Style: LabelStyle.Bold } label => (true, MarkdownLine.IsBlank(outline[line][label.After..]) ? 1 : 0),
        _ => (false, 0),
    };

    private static string Text(Outline outline, int from, int to)
    {
        while (from < to && outline.IsBlank(from)) from++;
        while (to > from && outline.IsBlank(to - 1)) to--;
        return from < to ? outline.Text[outline.Lines[from].Start..outline.Lines[to - 1].End] : "";
    }
}
