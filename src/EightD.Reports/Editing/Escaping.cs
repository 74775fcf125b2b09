using System.Buffers;
using System.Text;
using EightD.Reports.Reading;
using EightD.Reports.Templates;

namespace EightD.Reports.Editing;

/// <summary>Puts a backslash before what would change the document's structure (8D format, rule 8), and closes an open code fence.</summary>
internal static class Escaping
{
    private static readonly SearchValues<char> SchemeCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+.-");
    private static readonly SearchValues<char> MailCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._+-");
    private static readonly SearchValues<char> AddressEnds = SearchValues.Create("<> \t\n\u000b\f\r");

    private enum Above { Blank, Code, Item, Text }

    /// <summary>The text as it may stand in a part.</summary>
    /// <param name="text">Clean text.</param>
    /// <param name="section">The discipline: a line that reads as one of its labels must not.</param>
    public static string Structure(string text, TemplateSection? section)
    {
        StringBuilder escaped = new(text.Length + 16);
        CodeFence fence = new();
        var above = Above.Text; // the label stands above the first line
        var ticksAreOpen = false;
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan(range);
            if (range.Start.Value > 0) escaped.Append('\n');
            if (fence.Leaves(line)) escaped.Append(fence.Closing).Append('\n');
            var column = fence.Item;
            if (fence.Take(line))
            {
                (above, ticksAreOpen) = (Above.Code, false);
                escaped.Append(fence.Item > 0 ? line : Outdented(line, fence.Column));
            }
            else if (MarkdownLine.IsBlank(line))
            {
                if (above is not Above.Code) above = Above.Blank;
                ticksAreOpen = false;
                escaped.Append(line);
            }
            else
            {
                var start = escaped.Length;
                ticksAreOpen &= !fence.IsItem;
                above = Line(escaped, line, above, fence.Item, fence.Item == column, section, ref ticksAreOpen);
                if (escaped.Length - start > line.Length) fence.TakeAgain(escaped.ToString(start, escaped.Length - start));
            }
        }

        if (fence.IsOpen) escaped.Append('\n').Append(fence.Item > 0 ? fence.Closing : fence.Closing.TrimStart());
        return escaped.Equals(text) ? text : escaped.ToString();
    }

    /// <summary><c>&lt;</c> escaped wherever a tag or a comment would begin.</summary>
    public static string Tags(string text)
    {
        if (!text.Contains('<', StringComparison.Ordinal)) return text;
        StringBuilder escaped = new(text.Length + 8);
        var ticksAreOpen = false;
        Tags(escaped, text, ref ticksAreOpen);
        return escaped.ToString();
    }

    /// <summary>A code block outside of a list stands at the margin, so that it stays outside whatever list stands above it.</summary>
    private static ReadOnlySpan<char> Outdented(ReadOnlySpan<char> line, int column)
    {
        var blank = line.Length - line.TrimStart(' ').Length;
        return blank > 3 ? line : line[Math.Min(column, blank)..]; // further in, a fence closes nothing
    }

    private static Above Line(StringBuilder escaped, ReadOnlySpan<char> line, Above above, int column, bool isSameItem, TemplateSection? section, ref bool ticksAreOpen)
    {
        var underlines = MarkdownLine.UnderlineLevel(line.TrimStart(" \t")) > 0;
        var at = underlines ? 0 : Containers(line);
        var indent = MarkdownLine.Indent(line) - (at > 0 ? 0 : column);
        if (at == 0 && indent >= 4 && above is Above.Blank or Above.Code)
        {
            escaped.Append(line);
            return Above.Code;
        }

        var rest = line[at..];
        var place = at > 0 || indent <= 3 ? Structural(rest, line, at, underlines && (above == Above.Text || (above == Above.Item && isSameItem)), section) : -1;
        escaped.Append(line[..(at + Math.Max(place, 0))]);
        if (place >= 0) escaped.Append('\\');
        Tags(escaped, rest[Math.Max(place, 0)..], ref ticksAreOpen);
        return at > 0 && MarkdownLine.ItemContent(line) > 0 ? Above.Item : Above.Text;
    }

    /// <summary>Where the character stands that makes structure of a line; -1 when none does.</summary>
    private static int Structural(ReadOnlySpan<char> rest, ReadOnlySpan<char> line, int at, bool underlines, TemplateSection? section)
    {
        var text = rest.TrimStart(" \t");
        var place = rest.Length - text.Length;
        if (underlines || MarkdownLine.HeadingLevel(text) > 0 || MarkdownLine.IsThematicBreak(text)) return place;
        if (MarkdownLine.UnderlineLevel(text) > 0 && line[..at].Contains('>')) return place;
        return section is not null && PartReading.Question(section, line.TrimStart(" \t")) is not null ? line.IndexOf("**") - at : -1;
    }

    /// <summary>How much of a line are markers of quotes and list items, whose content may be structure of its own.</summary>
    private static int Containers(ReadOnlySpan<char> line)
    {
        var at = 0;
        var breaks = MarkdownLine.Breaks(line);
        while (at < breaks.First || at > breaks.Last)
        {
            var rest = line[at..];
            if (MarkdownLine.MarkerContent(rest) is > 0 and var content) at += content;
            else if (rest.TrimStart(" \t") is ['>', ..]) at += rest.IndexOf('>') + 1;
            else break;
        }

        return at;
    }

    /// <param name="escaped">Takes the line.</param>
    /// <param name="line">The line.</param>
    /// <param name="ticksAreOpen">Whether backticks above may pair with those on this line, so that what looks like code here is none.</param>
    private static void Tags(StringBuilder escaped, ReadOnlySpan<char> line, ref bool ticksAreOpen)
    {
        while (line.IndexOfAny('<', '`') is >= 0 and var at)
        {
            var isEscaped = (at - line[..at].TrimEnd('\\').Length) % 2 == 1;
            var rest = line[at..];
            escaped.Append(line[..at]);
            var taken = 1;
            if (rest[0] == '<')
            {
                if (!isEscaped && BeginsTag(rest)) escaped.Append('\\');
            }
            else if (!isEscaped)
            {
                taken = CodeSpan(rest, out var isClosed);
                ticksAreOpen |= !isClosed;
                if (ticksAreOpen) taken = rest.IndexOfAnyExcept('`') is >= 0 and var ticks ? ticks : rest.Length;
            }

            escaped.Append(rest[..taken]);
            line = rest[taken..];
        }

        escaped.Append(line);
    }

    /// <summary>The length of a code span that the text begins with; of its backticks alone when nothing closes it.</summary>
    private static int CodeSpan(ReadOnlySpan<char> text, out bool isClosed)
    {
        isClosed = true;
        var ticks = text.IndexOfAnyExcept('`');
        if (ticks < 0) ticks = text.Length;
        for (var at = ticks; text[at..].IndexOf('`') is >= 0 and var next;)
        {
            at += next;
            var length = text[at..].IndexOfAnyExcept('`');
            if (length < 0) length = text.Length - at;
            if (length == ticks) return at + length;
            at += length;
        }

        isClosed = false;
        return ticks;
    }

    private static bool BeginsTag(ReadOnlySpan<char> text) =>
        text.Length > 1 && (text[1] is '/' or '!' or '?' || char.IsAsciiLetter(text[1])) && !IsAddress(text[1..]);

    /// <summary>Whether what follows a <c>&lt;</c> is an address in pointed brackets: <c>https://example.com></c>, <c>ana@example.com></c>.</summary>
    private static bool IsAddress(ReadOnlySpan<char> text)
    {
        var scheme = text.IndexOfAnyExcept(SchemeCharacters);
        if (scheme is >= 2 and <= 32 && text[scheme] == ':') return text.IndexOfAny(AddressEnds) is > 0 and var end && text[end] == '>';
        var name = text.IndexOfAnyExcept(MailCharacters);
        if (name <= 0 || text[name] != '@') return false;
        var host = text[(name + 1)..].IndexOfAnyExcept(MailCharacters);
        return host > 0 && text[name + 1 + host] == '>';
    }
}
