using System.Text;
using System.Text.RegularExpressions;
using EightD.Reports.Reading;
using EightD.Reports.Templates;

namespace EightD.Reports.Editing;

/// <summary>Puts a backslash before what would change the document's structure (8D format, rule 8), and closes an open code fence.</summary>
internal static partial class Escaping
{
    /// <summary>The text as it may stand in a part.</summary>
    /// <param name="text">Clean text.</param>
    /// <param name="section">The discipline: a line that reads as one of its labels must not.</param>
    public static string Structure(string text, TemplateSection? section)
    {
        StringBuilder escaped = new(text.Length + 16);
        var fence = new CodeFence();
        var above = Above.Paragraph; // the label stands above the first line
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan(range);
            if (escaped.Length > 0 || range.Start.Value > 0) escaped.Append('\n');
            if (fence.Take(line)) (_, above) = (escaped.Append(line), Above.Other);
            else above = Line(escaped, line, above, section);
        }

        if (fence.IsOpen) escaped.Append('\n').Append(fence.Closing);
        return escaped.ToString();
    }

    /// <summary><c>&lt;</c> escaped wherever a tag or a comment would begin.</summary>
    public static string Tags(string text)
    {
        StringBuilder escaped = new(text.Length + 8);
        Tags(escaped, text);
        return escaped.ToString();
    }

    private enum Above { Blank, Code, Item, Paragraph, Other }

    private static Above Line(StringBuilder escaped, ReadOnlySpan<char> line, Above above, TemplateSection? section)
    {
        if (MarkdownLine.IsBlank(line)) return Blank(escaped, line, above);
        if (MarkdownLine.Indent(line) >= 4 && above is Above.Blank or Above.Code && MarkdownLine.Indent(line) >= 4)
        {
            escaped.Append(line);
            return Above.Code;
        }

        var at = Containers(line);
        var isItem = at > 0 && MarkdownLine.ItemContent(line) > 0;
        var rest = line[at..];
        if (Reads(rest, line, at, above, section) is >= 0 and var place)
        {
            escaped.Append(line[..(at + place)]).Append('\\');
            rest = rest[place..];
        }
        else escaped.Append(line[..at]);

        Tags(escaped, rest);
        return isItem || (above == Above.Item && MarkdownLine.Indent(line) > 1) ? Above.Item : Above.Paragraph;
    }

    private static Above Blank(StringBuilder escaped, ReadOnlySpan<char> line, Above above)
    {
        escaped.Append(line);
        return above is Above.Item or Above.Code ? above : Above.Blank;
    }

    /// <summary>Where the character stands that makes structure of a line; -1 when none does.</summary>
    private static int Reads(ReadOnlySpan<char> rest, ReadOnlySpan<char> line, int at, Above above, TemplateSection? section)
    {
        var indent = rest.Length - rest.TrimStart(" \t").Length;
        if (MarkdownLine.HeadingLevel(rest) > 0 || MarkdownLine.IsThematicBreak(rest)) return indent;
        if (MarkdownLine.UnderlineLevel(rest) > 0 && at == 0 && above == Above.Paragraph) return indent;
        if (section is not null && PartReading.Question(section, line) is not null) return line.IndexOf("**") - at;
        return -1;
    }

    /// <summary>How much of a line are markers of quotes and list items, whose content may be structure of its own.</summary>
    private static int Containers(ReadOnlySpan<char> line)
    {
        var at = 0;
        while (at < line.Length)
        {
            var rest = line[at..];
            if (MarkdownLine.IsThematicBreak(rest)) break;
            if (MarkdownLine.ItemContent(rest) is > 0 and var content) at += content;
            else if (rest.TrimStart(" \t") is ['>', ..]) at += rest.IndexOf('>') + 1;
            else break;
        }

        return at;
    }

    private static void Tags(StringBuilder escaped, ReadOnlySpan<char> line)
    {
        var isStart = true;
        while (line.IndexOfAny('<', '`') is >= 0 and var at)
        {
            isStart = isStart && line[..at].Trim(" \t").Length == 0;
            var rest = line[at..];
            if (rest[0] == '`')
            {
                var span = CodeSpan(rest);
                escaped.Append(line[..(at + span)]);
                line = rest[span..];
                isStart = false;
                continue;
            }

            escaped.Append(line[..at]);
            var isEscaped = (line[..at].Length - line[..at].TrimEnd('\\').Length) % 2 == 1;
            if (!isEscaped && BeginsTag(rest)) escaped.Append('\\');
            escaped.Append('<');
            line = rest[1..];
            isStart = false;
        }

        escaped.Append(line);
    }

    /// <summary>The length of a code span that the text begins with; of its backticks alone when nothing closes it.</summary>
    private static int CodeSpan(ReadOnlySpan<char> text)
    {
        var ticks = text.IndexOfAnyExcept('`');
        if (ticks < 0) return text.Length;
        for (var at = ticks; text[at..].IndexOf('`') is >= 0 and var next;)
        {
            at += next;
            var length = text[at..].IndexOfAnyExcept('`');
            if (length < 0) length = text.Length - at;
            if (length == ticks) return at + length;
            at += length;
        }

        return ticks;
    }

    private static bool BeginsTag(ReadOnlySpan<char> text) =>
        text.Length > 1 && (text[1] is '/' or '!' or '?' || char.IsAsciiLetter(text[1])) && !Autolink().IsMatch(text);

    [GeneratedRegex(@"^<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+)>", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Autolink();
}
