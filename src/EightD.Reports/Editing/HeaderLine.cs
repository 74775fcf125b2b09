using EightD.Reports.Reading;

namespace EightD.Reports.Editing;

/// <summary>The date and status lines, <c>**Status:** Completed</c> or <c>- **Status:** Completed</c>.</summary>
internal static class HeaderLine
{
    /// <summary>What a line says after its label; empty where there is no such line.</summary>
    public static ReadOnlySpan<char> Value(Outline outline, int line) =>
        line >= 0 && Label.In(outline[line]) is { } label ? outline[line][Math.Min(label.After, outline[line].Length)..].Trim(" \t\\") : "";

    /// <summary>By the title's number; where that does not tell, by the header's lines.</summary>
    public static Dialect DialectOf(Outline outline) => TitleLine.Read(outline).Digits switch
    {
        ['0', _, _, _, ..] => Dialect.Padded,
        { Length: > 0 and < 4 } => Dialect.Plain,
        _ => IsItem(outline, outline.Date) || IsItem(outline, outline.Status) ? Dialect.Plain : Dialect.Padded,
    };

    /// <summary>The edit that gives the status line another text, or puts one below the date.</summary>
    public static Edit SetStatus(Outline outline, string status, Dialect dialect)
    {
        var text = Escaping.Tags(Typed.OnOneLine(status));
        if (outline.Status >= 0)
        {
            var line = outline.Lines[outline.Status];
            var value = Value(outline, outline.Status);
            if (value.IsEmpty) return new(line.End, 0, outline[outline.Status] is [.., ' '] ? text : " " + text);
            var after = Label.In(outline[outline.Status])!.Value.After;
            return new(line.Start + after + outline[outline.Status][after..].IndexOf(value), value.Length, text);
        }

        var written = $"{((outline.Date >= 0 ? IsItem(outline, outline.Date) : dialect == Dialect.Plain) ? "- " : "")}**Status:** {text}";
        if (outline.Date >= 0) return LineEdit.Replace(outline, outline.Date + 1, outline.Date + 1, [written]);
        var below = outline.BelowTitle;
        return LineEdit.Replace(outline, below, below, below > 0 ? ["", written] : [written, ""]);
    }

    private static bool IsItem(Outline outline, int line) => line >= 0 && outline[line].StartsWith("-");
}
