using System.Text;

namespace EightD.Bot.Channels.Slack;

/// <summary>Writes mrkdwn. Everything that people wrote goes through <see cref="Text"/>, so that no token and no fence but ours comes out.</summary>
internal sealed class MrkdwnWriter
{
    /// <summary>Parts what Slack would read as one, and cannot be seen.</summary>
    public const char ZeroWidthSpace = '\u200B';

    private readonly StringBuilder _out = new();
    private readonly Dictionary<char, int> _open = [];
    private bool _hasJustClosed;

    public override string ToString() => _out.ToString();

    /// <summary>What people wrote: Slack's three characters as entities, three backticks never in a row.</summary>
    public void Text(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (_hasJustClosed && char.IsLetterOrDigit(character)) _out.Append(ZeroWidthSpace);
            _hasJustClosed = false;
            if (character == '`') KeepFromFence();
            _ = character switch
            {
                '&' => _out.Append("&amp;"),
                '<' => _out.Append("&lt;"),
                '>' => _out.Append("&gt;"),
                _ => _out.Append(character),
            };
        }
    }

    /// <summary>Slack's own markup.</summary>
    public void Markup(string markup)
    {
        _hasJustClosed = false;
        _out.Append(markup);
    }

    /// <summary>A span begins: Slack reads a mark where no letter or digit stands before it, and none twice.</summary>
    public void Open(char mark)
    {
        var depth = _open[mark] = _open.GetValueOrDefault(mark) + 1;
        if (depth == 1) Mark(mark);
    }

    /// <summary>A span ends.</summary>
    public void Close(char mark)
    {
        if (--_open[mark] > 0) return;
        _out.Append(mark);
        _hasJustClosed = true;
    }

    /// <summary>Inlines of Markdown, their marks paired.</summary>
    public void Inlines(IEnumerable<Inline> inlines)
    {
        foreach (var inline in inlines)
        {
            switch (inline)
            {
                case Inline.Text text:
                    Text(text.Value);
                    break;
                case Inline.Code code:
                    Code(code.Value);
                    break;
                case Inline.Link link:
                    Link(link);
                    break;
                case Inline.Marks { Run: var run }:
                    Marks(run);
                    break;
            }
        }
    }

    /// <summary>A line of a code block, in which Slack reads marks nowhere.</summary>
    public void CodeLine(string line)
    {
        Text(line);
        Markup("\n");
    }

    private void Code(string code)
    {
        var isCode = code.Length > 0 && !code.Contains('`', StringComparison.Ordinal); // Slack has no code with a backtick in it
        if (isCode) Mark('`');
        Text(code);
        if (!isCode) return;
        _out.Append('`');
        _hasJustClosed = true;
    }

    private void Link(Inline.Link link)
    {
        Markup("<");
        Text(link.Url.Replace("|", "%7C", StringComparison.Ordinal).Replace("<", "%3C", StringComparison.Ordinal).Replace(">", "%3E", StringComparison.Ordinal));
        if (link.Label.Length > 0 && link.Label != link.Url)
        {
            Markup("|");
            Text(link.Label);
        }

        Markup(">");
    }

    private void Marks(MarkRun run)
    {
        foreach (var length in run.Ends)
        {
            if (run.Mark == '~') Close('~');
            else if (length == 1) Close('_');
            else
            {
                if (length == 3) Close('_');
                Close('*');
            }
        }

        Text(new string(run.Mark, run.Left));
        foreach (var length in run.Begins)
        {
            if (run.Mark == '~') Open('~');
            if (run.Mark != '~' && length > 1) Open('*');
            if (run.Mark != '~' && length != 2) Open('_');
        }
    }

    private void Mark(char mark)
    {
        if (_out.Length > 0 && char.IsLetterOrDigit(_out[^1])) _out.Append(ZeroWidthSpace);
        if (mark == '`') KeepFromFence();
        _hasJustClosed = false;
        _out.Append(mark);
    }

    private void KeepFromFence()
    {
        if (_out.Length > 1 && _out[^1] == '`' && _out[^2] == '`') _out.Append(ZeroWidthSpace);
    }
}
