using System.Text;

namespace EightD.Bot.Channels.Spelling;

/// <summary>How a stretch of text is shown.</summary>
[Flags]
internal enum Style
{
    None = 0,
    Bold = 1,
    Italic = 2,
    Strike = 4,
    Code = 8,
}

/// <summary>A stretch of text in one style, as a platform's editor makes it.</summary>
/// <param name="Text">What it says, as typed; of a link its Markdown.</param>
/// <param name="Style">How it is shown.</param>
/// <param name="IsLink">Whether it is a link, of which nothing can be moved out of marks.</param>
internal readonly record struct Span(string Text, Style Style, bool IsLink = false);

/// <summary>Spans as Markdown, with no mark where Markdown would read none.</summary>
internal sealed class StyledLine
{
    private readonly StringBuilder _out = new(), _blanks = new();
    private readonly List<Style> _open = [];

    /// <summary>A stretch in one style.</summary>
    /// <param name="Text">What is between the marks.</param>
    /// <param name="Marks">Bold, italic, strike.</param>
    /// <param name="IsWhole">Code or a link, of which nothing can be moved out of the marks.</param>
    private readonly record struct Run(string Text, Style Marks, bool IsWhole);

    /// <summary>The Markdown of spans in their order; line ends in them stay.</summary>
    public static string ToMarkdown(IEnumerable<Span> spans)
    {
        var runs = Runs(spans);
        for (var i = 1; i < runs.Count; i++) Part(runs, i);
        var line = new StyledLine();
        for (var i = 0; i < runs.Count; i++) line.Write(runs, i);
        line.CloseTo(Style.None);
        return line._out.Append(line._blanks).ToString();
    }

    /// <summary>The spans in runs of equal style, each on one line: marks do not reach over a line's end.</summary>
    private static List<Run> Runs(IEnumerable<Span> spans)
    {
        List<(StringBuilder Text, Style Style, bool IsLink)> merged = [];
        foreach (var span in spans)
        {
            if (!span.IsLink && merged.Count > 0 && merged[^1] is { IsLink: false } last && last.Style == span.Style) last.Text.Append(span.Text);
            else merged.Add((new(span.Text), span.Style, span.IsLink));
        }

        List<Run> runs = [];
        foreach (var (text, style, isLink) in merged)
        {
            var marks = style & ~Style.Code;
            var lines = text.ToString().Split('\n');
            for (var i = 0; i < lines.Length; i++)
            {
                if (i > 0) runs.Add(new("\n", Style.None, IsWhole: false));
                Add(runs, lines[i], marks, style.HasFlag(Style.Code), isLink);
            }
        }

        return runs;
    }

    /// <summary>The blanks around a run are runs of their own, which take no marks.</summary>
    private static void Add(List<Run> runs, string line, Style marks, bool isCode, bool isLink)
    {
        var core = line.Trim();
        var before = line.Length - line.TrimStart().Length;
        if (before > 0) runs.Add(new(line[..before], Style.None, IsWhole: false));
        if (core.Length == 0) return;
        runs.Add(new(isCode ? MarkdownSpelling.Code(core) : core, marks, isCode || isLink));
        if (before + core.Length < line.Length) runs.Add(new(line[(before + core.Length)..], Style.None, IsWhole: false));
    }

    /// <summary>
    /// Where two runs touch, Markdown reads a mark between punctuation and a letter on one side only: the punctuation then moves out of the marks, and
    /// what cannot move loses them.
    /// </summary>
    private static void Part(List<Run> runs, int i)
    {
        var (left, right) = (runs[i - 1], runs[i]);
        if (left.Text.Length == 0 || right.Text.Length == 0 || char.IsWhiteSpace(left.Text[^1]) || char.IsWhiteSpace(right.Text[0])) return;
        var (ends, begins) = (left.Marks & ~right.Marks, right.Marks & ~left.Marks);
        if (ends != Style.None && begins != Style.None)
        {
            right = right with { Marks = right.Marks & left.Marks };
            begins = Style.None;
        }

        if (ends != Style.None && IsPunctuation(left.Text[^1]) && !IsPunctuation(right.Text[0]))
        {
            var kept = left.IsWhole || right.IsWhole ? 0 : LengthWithout(left.Text);
            if (kept > 0) (left, right) = (left with { Text = left.Text[..kept] }, right with { Text = left.Text[kept..] + right.Text });
            else left = left with { Marks = left.Marks & right.Marks };
        }
        else if (begins != Style.None && IsPunctuation(right.Text[0]) && !IsPunctuation(left.Text[^1]))
        {
            right = right with { Marks = right.Marks & left.Marks };
        }

        (runs[i - 1], runs[i]) = (left, right);
    }

    private static int LengthWithout(string text)
    {
        var length = text.Length;
        while (length > 0 && (IsPunctuation(text[length - 1]) || char.IsWhiteSpace(text[length - 1]))) length--;
        return length;
    }

    private static bool IsPunctuation(char character) => char.IsPunctuation(character) || char.IsSymbol(character);

    private void Write(List<Run> runs, int i)
    {
        var run = runs[i];
        if (string.IsNullOrWhiteSpace(run.Text))
        {
            if (run.Text == "\n") CloseTo(Style.None);
            _blanks.Append(run.Text);
            return;
        }

        CloseTo(run.Marks);
        _out.Append(_blanks);
        _blanks.Clear();
        var missing = new[] { Style.Bold, Style.Italic, Style.Strike }.Where(mark => run.Marks.HasFlag(mark) && !_open.Contains(mark));
        foreach (var mark in missing.OrderByDescending(mark => Reach(runs, i, mark)).ToList())
        {
            _out.Append(Mark(mark));
            _open.Add(mark);
        }

        _out.Append(run.Text);
    }

    /// <summary>Up to which run a mark lasts: the longer one goes outside.</summary>
    private static int Reach(List<Run> runs, int i, Style mark)
    {
        while (i < runs.Count && (runs[i].Marks.HasFlag(mark) || (string.IsNullOrWhiteSpace(runs[i].Text) && runs[i].Text != "\n"))) i++;
        return i;
    }

    private void CloseTo(Style marks)
    {
        var kept = _open.FindIndex(mark => !marks.HasFlag(mark));
        for (var i = _open.Count - 1; kept >= 0 && i >= kept; i--)
        {
            _out.Append(Mark(_open[i]));
            _open.RemoveAt(i);
        }
    }

    private static string Mark(Style style) => style switch { Style.Bold => "**", Style.Italic => "*", _ => "~~" };
}
