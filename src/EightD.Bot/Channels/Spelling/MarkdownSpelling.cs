using System.Globalization;
using System.Text;

namespace EightD.Bot.Channels.Spelling;

/// <summary>How code, links and times that people send are spelt in Markdown. One place, so that the same words give the same report from wherever they come.</summary>
internal static class MarkdownSpelling
{
    /// <summary>Code within a line, between as many backticks as it needs.</summary>
    public static string Code(string code)
    {
        var ticks = new string('`', LongestRun(code) + 1);
        return code.StartsWith('`') || code.EndsWith('`') ? $"{ticks} {code} {ticks}" : ticks + code + ticks;
    }

    /// <summary>Lines of code between fences that nothing in it closes.</summary>
    public static string Fenced(string code)
    {
        var fence = new string('`', Math.Max(3, LongestRun(code) + 1));
        return $"{fence}\n{code}\n{fence}";
    }

    /// <summary>A link: the bare address where the text says no more than it.</summary>
    /// <param name="url">The address, without entities.</param>
    /// <param name="text">What is shown; null where that is the address.</param>
    public static string Link(string url, string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text == url || url == "http://" + text || url == "https://" + text) return url;
        if (url == "mailto:" + text || url == "tel:" + text) return text;
        return LinkAs(url, IsBalanced(text, '[', ']') ? text : text.Replace("[", @"\[", StringComparison.Ordinal).Replace("]", @"\]", StringComparison.Ordinal));
    }

    /// <summary>A link whose label is Markdown already.</summary>
    public static string LinkAs(string url, string label)
    {
        StringBuilder address = new(url.Length);
        var isBalanced = IsBalanced(url, '(', ')');
        foreach (var character in url)
        {
            var breaks = char.IsWhiteSpace(character) || character is '<' or '>' || (!isBalanced && character is '(' or ')');
            if (breaks) address.Append(Uri.HexEscape(character < 128 ? character : ' '));
            else address.Append(character);
        }

        return $"[{label.ReplaceLineEndings(" ")}]({address})";
    }

    /// <summary>A moment as <c>2023-11-14 22:13 UTC</c>; null where it is no moment of this calendar.</summary>
    /// <param name="unixSeconds">Seconds since 1970.</param>
    public static string? Time(string? unixSeconds)
    {
        var isNumber = long.TryParse(unixSeconds, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds);
        if (!isNumber || seconds < DateTimeOffset.MinValue.ToUnixTimeSeconds() || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds()) return null;
        return DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
    }

    private static int LongestRun(string code)
    {
        var (longest, run) = (0, 0);
        foreach (var character in code)
        {
            run = character == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }

    private static bool IsBalanced(string text, char opening, char closing)
    {
        var open = 0;
        foreach (var character in text)
        {
            if (character == opening) open++;
            else if (character == closing && --open < 0) return false;
        }

        return open == 0;
    }
}
