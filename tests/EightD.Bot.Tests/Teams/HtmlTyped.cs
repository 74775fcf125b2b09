using System.Net;
using Markdig;

namespace EightD.Bot.Tests.Teams;

/// <summary>An answer as Teams' editor makes it of what somebody types and formats there: an element for each line, what is bold, code, a list or a link as that.</summary>
internal static class HtmlTyped
{
    private static readonly MarkdownPipeline Editor = new MarkdownPipelineBuilder().UsePipeTables().UseAutoLinks().UseSoftlineBreakAsHardlineBreak().Build();

    /// <summary>The HTML of Markdown. A blank line is an empty paragraph: what it parts are lists of their own.</summary>
    public static string Of(string markdown) => string.Join("<p>&nbsp;</p>", Parted(markdown).Select(block => Markdown.ToHtml(block, Editor)));

    private static IEnumerable<string> Parted(string markdown)
    {
        List<string> block = [];
        var isCode = false;
        foreach (var line in markdown.Split('\n'))
        {
            if (line.StartsWith("```", StringComparison.Ordinal)) isCode = !isCode;
            if (line.Length > 0 || isCode)
            {
                block.Add(line);
                continue;
            }

            yield return string.Join('\n', block);
            block = [];
        }

        yield return string.Join('\n', block);
    }

    /// <summary>Plain lines, as they are typed.</summary>
    public static string Lines(string text) => string.Concat(text.Split('\n').Select(line => line.Length == 0 ? "<p>&nbsp;</p>" : $"<p>{WebUtility.HtmlEncode(line)}</p>"));
}
