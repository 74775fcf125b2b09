using System.Text;
using EightD.Bot.Channels.Spelling;

namespace EightD.Bot.Channels.Slack;

/// <summary>Turns the mrkdwn that Slack sends beside a person's message into Markdown.</summary>
/// <param name="names">What ids are called.</param>
internal sealed class MrkdwnToMarkdown(SlackNames names)
{
    private const string Fence = "```", RestIsQuoted = "&gt;&gt;&gt;";

    private readonly StringBuilder _out = new();
    private bool _isQuoted;

    public static string Convert(string mrkdwn, SlackNames names)
    {
        var conversion = new MrkdwnToMarkdown(names);
        conversion.Blocks(mrkdwn.Replace("\r\n", "\n", StringComparison.Ordinal));
        return conversion._out.ToString();
    }

    /// <summary>In Slack a fence opens and closes anywhere in a line; in Markdown it has a line of its own.</summary>
    private void Blocks(string text)
    {
        var at = 0;
        while (true)
        {
            var open = text.IndexOf(Fence, at, StringComparison.Ordinal);
            var close = open < 0 ? -1 : text.IndexOf(Fence, open + Fence.Length, StringComparison.Ordinal);
            if (close < 0)
            {
                Lines(text[at..]);
                return;
            }

            Lines(text[at..open].TrimEnd(' '));
            if (_out.Length > 0 && _out[^1] != '\n') _out.Append('\n');
            _out.Append(MarkdownSpelling.Fenced(Code(text[(open + Fence.Length)..close])));
            at = close + Fence.Length;
            if (at == text.Length) return;
            if (text[at] != '\n') _out.Append('\n');
        }
    }

    private string Code(string code)
    {
        if (code is ['\n', ..]) code = code[1..];
        if (code is [.., '\n']) code = code[..^1];
        return SlackText.Decode(code, token => token.ToCode(names)).Replace($"``{MrkdwnWriter.ZeroWidthSpace}`", "```", StringComparison.Ordinal);
    }

    private void Lines(string text)
    {
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (i > 0) _out.Append('\n');
            Line(lines[i]);
        }
    }

    private void Line(string line)
    {
        var at = 0;
        if (line.StartsWith(RestIsQuoted, StringComparison.Ordinal))
        {
            _isQuoted = true;
            at = RestIsQuoted.Length;
            if (at < line.Length && line[at] == ' ') at++;
        }
        else if (line.StartsWith("&gt;", StringComparison.Ordinal) || line is ['>', ..])
        {
            at = line[0] == '>' ? 1 : "&gt;".Length;
            _out.Append('>');
            if (at < line.Length && line[at] == ' ') at++;
            if (at < line.Length) _out.Append(' ');
        }

        if (_isQuoted) _out.Append("> ");
        var indent = line.AsSpan(at).IndexOfAnyExcept(' ');
        if (indent > 0)
        {
            _out.Append(' ', indent);
            at += indent;
        }

        if (line.AsSpan(at) is ['•' or '◦' or '▪', ' ', ..])
        {
            _out.Append("- ");
            at += 2;
        }

        Inlines(MrkdwnLine.Read(line[at..], names));
    }

    private void Inlines(IReadOnlyList<Inline> inlines)
    {
        var hasJustClosed = false;
        foreach (var inline in inlines)
        {
            switch (inline)
            {
                case Inline.Text text:
                    var isParted = hasJustClosed && text.Value is [MrkdwnWriter.ZeroWidthSpace, var next, ..] && char.IsLetterOrDigit(next);
                    _out.Append(isParted ? text.Value.AsSpan(1) : text.Value);
                    hasJustClosed = false;
                    break;
                case Inline.Code code:
                    Join();
                    _out.Append(MarkdownSpelling.Code(code.Value));
                    hasJustClosed = true;
                    break;
                case Inline.Marks { Run: var run }:
                    if (run.Begins.Count > 0) Join();
                    _out.Append(run.Left > 0 ? new string(run.Mark, run.Left) : run.Mark switch { '*' => "**", '_' => "*", _ => "~~" });
                    hasJustClosed = run.Ends.Count > 0;
                    break;
            }
        }
    }

    /// <summary>Takes away what <see cref="MrkdwnWriter"/> put between a letter and a mark: Markdown needs nothing there.</summary>
    private void Join()
    {
        if (_out.Length > 1 && _out[^1] == MrkdwnWriter.ZeroWidthSpace && char.IsLetterOrDigit(_out[^2])) _out.Length--;
    }
}
