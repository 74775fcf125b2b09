using System.Text;

namespace EightD.Bot.Channels.Spelling;

/// <summary>Puts paragraphs, lists, quotes and code together as the Markdown that reads as they were shown.</summary>
internal sealed class MarkdownBlocks
{
    /// <summary>No more indent than that can be asked for; Slack itself goes to eight levels.</summary>
    private const int DeepestIndent = 8, HighestNumber = 999_999;

    private readonly StringBuilder markdown = new();
    private ListLevels levels = new();
    private Kind? above;
    private bool isParted;

    /// <summary>The kinds of block.</summary>
    internal enum Kind
    {
        Text,
        List,
        Quote,
        Code,
    }

    /// <summary>
    /// Adds a block. A line of text above a list or code reads on into it; below a list or a quote it would belong to their last line, so a blank line parts
    /// them. A blank line that somebody left stays: as a line end more at the end of a text, or as a text of its own.
    /// </summary>
    public void Add(Kind kind, string text)
    {
        if (kind != Kind.List) levels = new();
        var isText = kind == Kind.Text;
        var parts = isText && (text.EndsWith("\n\n", StringComparison.Ordinal) || (text.StartsWith('\n') && text.AsSpan().Trim('\n').IsEmpty));
        if (isText) text = text.TrimEnd('\n');
        if (text.Length == 0)
        {
            isParted |= parts;
            return;
        }

        var runsOn = above is Kind.List or Kind.Quote && isText;
        if (markdown.Length > 0) markdown.Append((runsOn || isParted) && !text.StartsWith('\n') ? "\n\n" : "\n");
        markdown.Append(text);
        above = kind;
        isParted = parts;
    }

    /// <summary>Adds the items of a list at one level; those of the levels around it come before and after.</summary>
    /// <param name="level">How deep, from 0.</param>
    /// <param name="offset">How many items it has before its first, where it is numbered; null where it is not.</param>
    /// <param name="items">Markdown each.</param>
    /// <param name="isQuoted">Whether it stands in a quote.</param>
    public void AddList(int level, int? offset, IEnumerable<string> items, bool isQuoted)
    {
        level = Math.Min(level, DeepestIndent);
        var number = Math.Min(offset ?? 0, HighestNumber);
        List<string> lines = [];
        foreach (var item in items)
        {
            number++;
            var marker = offset is null ? "- " : $"{number}. ";
            var indent = levels.Indent(level, marker.Length);
            var below = "\n" + new string(' ', indent + marker.Length);
            lines.Add(new string(' ', indent) + marker + item.Trim('\n').Replace("\n", below, StringComparison.Ordinal));
        }

        var list = string.Join('\n', lines);
        Add(Kind.List, isQuoted ? Quoted(list) : list);
    }

    /// <summary>Markdown as a quotation.</summary>
    public static string Quoted(string markdown) => string.Join('\n', markdown.Trim('\n').Split('\n').Select(line => line.Length == 0 ? ">" : "> " + line));

    /// <summary>A blank line parts what follows from what stands.</summary>
    public void Part() => isParted = true;

    /// <inheritdoc/>
    public override string ToString() => markdown.ToString();

    /// <summary>How far the items of each level are indented: below the content of the item above, as wide as its marker is.</summary>
    private sealed class ListLevels
    {
        private readonly int[] _widths = new int[DeepestIndent + 1];

        public int Indent(int level, int width)
        {
            var indent = 0;
            for (var outer = 0; outer < level; outer++) indent += _widths[outer] > 0 ? _widths[outer] : width;
            _widths[level] = width;
            Array.Clear(_widths, level + 1, DeepestIndent - level);
            return indent;
        }
    }
}
