using System.Globalization;
using System.Text;
using System.Text.Json;

namespace EightD.Bot.Channels.Slack;

/// <summary>The inline elements of a rich text as Markdown, with no mark where Markdown would read none.</summary>
internal sealed class RichTextLine
{
    private readonly StringBuilder _out = new(), _blanks = new();
    private readonly List<Style> _open = [];

    [Flags]
    private enum Style
    {
        None = 0,
        Bold = 1,
        Italic = 2,
        Strike = 4,
        Code = 8,
    }

    /// <summary>A stretch in one style.</summary>
    /// <param name="Text">What is between the marks.</param>
    /// <param name="Marks">Bold, italic, strike.</param>
    /// <param name="IsWhole">Code or a link, of which nothing can be moved out of the marks.</param>
    private readonly record struct Run(string Text, Style Marks, bool IsWhole);

    /// <summary>The text of a section, a quote or a list's item.</summary>
    public static string ToMarkdown(JsonElement section, SlackNames names)
    {
        var elements = RichText.Elements(section).ToList();
        var runs = Runs(elements.Count == 0 ? [section] : elements, names);
        for (var i = 1; i < runs.Count; i++) Part(runs, i);
        var line = new RichTextLine();
        for (var i = 0; i < runs.Count; i++) line.Write(runs, i);
        line.CloseTo(Style.None);
        return line._out.Append(line._blanks).ToString();
    }

    /// <summary>An element's text without marks, as it stands in a code block.</summary>
    public static string Plain(JsonElement element, SlackNames names) =>
        RichText.Value(element, "type") == "link" ? RichText.Value(element, "text") ?? RichText.Value(element, "url") ?? "" : Text(element, names);

    private static string Text(JsonElement element, SlackNames names) => RichText.Value(element, "type") switch
    {
        "link" => MarkdownSpelling.Link(RichText.Value(element, "url") ?? "", RichText.Value(element, "text")),
        "emoji" => Emoji(element),
        "user" when RichText.Value(element, "user_id") is { } id => "@" + names.User(id, null),
        "channel" when RichText.Value(element, "channel_id") is { } id => "#" + names.Channel(id, null),
        "usergroup" when RichText.Value(element, "usergroup_id") is { } id => "@" + names.Group(id, null),
        "broadcast" => "@" + RichText.Value(element, "range"),
        "date" => MarkdownSpelling.Time(RichText.Value(element, "timestamp")) ?? RichText.Value(element, "fallback") ?? "",
        "color" => RichText.Value(element, "value") ?? "",
        _ => RichText.Value(element, "text") ?? RichText.Value(element, "fallback") ?? "",
    };

    private static string Emoji(JsonElement emoji)
    {
        StringBuilder characters = new();
        foreach (var point in (RichText.Value(emoji, "unicode") ?? "").Split('-'))
        {
            var isPoint = int.TryParse(point, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) && Rune.IsValid(value);
            if (!isPoint) return $":{RichText.Value(emoji, "name")}:";
            characters.Append(new Rune(value).ToString());
        }

        return characters.ToString();
    }

    /// <summary>The elements in runs of equal style, each on one line: marks do not reach over a line's end.</summary>
    private static List<Run> Runs(IEnumerable<JsonElement> elements, SlackNames names)
    {
        List<(StringBuilder Text, Style Style, bool IsLink)> merged = [];
        foreach (var element in elements)
        {
            var (style, isLink) = (StyleOf(element), RichText.Value(element, "type") == "link");
            var text = isLink && style.HasFlag(Style.Code) ? CodeLink(element) : Text(element, names);
            if (isLink) style &= ~Style.Code;
            if (!isLink && merged.Count > 0 && merged[^1] is { IsLink: false } last && last.Style == style) last.Text.Append(text);
            else merged.Add((new(text), style, isLink));
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

    private static string CodeLink(JsonElement link)
    {
        var url = RichText.Value(link, "url") ?? "";
        return MarkdownSpelling.LinkAs(url, MarkdownSpelling.Code(RichText.Value(link, "text") is { Length: > 0 } text ? text : url));
    }

    private static Style StyleOf(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty("style", out var style) || style.ValueKind != JsonValueKind.Object) return Style.None;
        return Is("bold", Style.Bold) | Is("italic", Style.Italic) | Is("strike", Style.Strike) | Is("code", Style.Code);

        Style Is(string name, Style flag) => style.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True ? flag : Style.None;
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
