namespace EightD.Reports.Tests.Merging;

/// <summary>What a person did to the report's file by hand. Works on the text alone, by lines, and knows nothing of the product's reader or writer.</summary>
/// <param name="Kind">What kind of edit it is.</param>
/// <param name="Slot">What it changes, as <c>D6/index/Status</c> or <c>D4/Contributing factors/+</c>; empty where it changes no words.</param>
/// <param name="Says">The words that it brings; empty where it brings none.</param>
/// <param name="Apply">Makes it.</param>
internal sealed record HandEdit(string Kind, string Slot, string Says, Func<string, string> Apply)
{
    public static readonly string[] ListLabels = ["Symptoms observed", "Business impact", "Temporary measures", "Investigation findings", "Contributing factors", "Risk assessment", "Implementation verification", "Process updates", "Key achievements", "Follow-up actions"];

    /// <summary>A word of each row of D6 that no edit changes.</summary>
    public static readonly string[] RowWords = ["index", "checklist", "automated", "staging", "enhanced", "thresholds", "training"];

    private static readonly string[] DateStyles = ["yyyy-MM-dd", "dd.MM.yyyy", "d MMM yyyy", "MMMM d, yyyy", "ddd, MMM d, yyyy"], DoneWords = ["Done", "✅", "Closed", "completed"];

    private static readonly Func<Random, string, HandEdit>[] Kinds =
    [
        (random, _) => new("columns in another order", "", "", text => Columns(text, [.. new[] { 0, 1, 2, 3 }.OrderBy(_ => random.Next())])),
        (_, token) => new("one more column", "", token, text => OnTable(text, (line, row) => row < 0 ? line + (row == -2 ? " Priority |" : "---|") : $"{line} {token} |")),
        (random, _) => Cell(random, "a word for done", "Status", _ => DoneWords[random.Next(DoneWords.Length)]),
        (random, _) => Cell(random, "a date in another style", "Target Date", _ => new DateTime(2025, 2, random.Next(1, 28), 0, 0, 0, DateTimeKind.Unspecified).ToString(DateStyles[random.Next(DateStyles.Length)], System.Globalization.CultureInfo.InvariantCulture)),
        (_, _) => new("CRLF", "", "", text => text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal)),
        (_, _) => new("BOM", "", "", text => "\uFEFF" + text),
        (random, _) => new("a setext heading", "", "", text => OnHeading(text, $"## D{random.Next(9)}: ", line => $"{line[3..]}\n----------")),
        (_, token) => new("a paragraph more", "D2//+", token, text => text.Replace("\n**Symptoms observed:**", $"\nAlso {token}.\n\n**Symptoms observed:**", StringComparison.Ordinal)),
        (random, token) => random.Next(4, 9) is var at && LastLabelBefore(at) is var label ? new("a note between disciplines", $"D{at - 1}/{label}/+", token, text => text.Replace($"\n## D{at}:", $"\n> Note: {token}\n\n## D{at}:", StringComparison.Ordinal)) : throw new InvalidOperationException(),
        (random, _) => new("rows moved", "", "", text => Moved(text, random.Next(7), random.Next(7))),
        (random, token) => Cell(random, "a row reworded", "Action", said => $"{said} {token}"),
        (_, token) => new("a row more", "D6/+", token, text => text.Replace("\n\n**Implementation verification:**", $"\n| {token} | Ana | Feb 3, 2025 | Open |\n\n**Implementation verification:**", StringComparison.Ordinal)),
        (random, token) => ListLabels[random.Next(ListLabels.Length)] is var label ? new("an item more", $"{label}/+", token, text => OnList(text, label, items => [.. items, $"- {token}"])) : throw new InvalidOperationException(),
        (random, token) => ListLabels[random.Next(ListLabels.Length)] is var label ? new("an item changed", $"{label}/0", token, text => OnList(text, label, items => [$"{items[0]} {token}", .. items[1..]])) : throw new InvalidOperationException(),
        (_, _) => new("cells lined up", "", "", text => OnTable(text, (line, row) => row < -1 ? line : line.Replace(" | ", "  |   ", StringComparison.Ordinal))),
        (_, token) => new("another title", "title", token, text => OnHeading(text, "# 0003: ", line => $"{line} {token}")),
        (_, _) => new("no final line end", "", "", text => text.TrimEnd('\r', '\n')),
    ];

    /// <summary>How many kinds there are.</summary>
    public static int Count => Kinds.Length;

    /// <summary>One of a kind.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="random">Chooses the rest.</param>
    /// <param name="token">A word that stands nowhere else.</param>
    public static HandEdit Of(int kind, Random random, string token) => Kinds[kind](random, token);

    /// <summary>Whether it changes the whole file, and so comes last.</summary>
    public bool IsOfTheFile => Kind is "CRLF" or "BOM" or "no final line end";

    private static string LastLabelBefore(int discipline) => discipline switch { 4 => "Verification of containment", 5 => "Escape points - Why wasn't this caught earlier?", 6 => "Risk assessment", 7 => "Implementation verification", _ => "Monitoring and alerting" };

    private static HandEdit Cell(Random random, string kind, string column, Func<string, string> change)
    {
        var word = RowWords[random.Next(RowWords.Length)];
        var at = Array.IndexOf(["Action", "Responsible", "Target Date", "Status"], column);
        var said = "";
        return new(kind, $"D6/{word}/{column}", "", text => OnTable(text, (line, row) =>
        {
            if (row == -2) at = Array.FindIndex(line.Split('|'), cell => cell.Trim() == column) - 1;
            if (row < 0 || !line.Contains(word, StringComparison.OrdinalIgnoreCase)) return line;
            var cells = line.Split('|');
            said = said.Length == 0 ? change(cells[at + 1].Trim()) : said;
            cells[at + 1] = $" {said} ";
            return string.Join('|', cells);
        }));
    }

    /// <summary>Changes the lines of D6's table: -2 its heading, -1 its rule, from 0 its rows.</summary>
    private static string OnTable(string text, Func<string, int, string> change)
    {
        var lines = text.Split('\n');
        var from = Array.FindIndex(lines, line => line.StartsWith('|') && line.Contains("Target Date", StringComparison.Ordinal));
        for (var i = from; i < lines.Length && lines[i].StartsWith('|'); i++) lines[i] = change(lines[i], i - from - 2);
        return string.Join('\n', lines);
    }

    private static string OnHeading(string text, string beginning, Func<string, string> change) =>
        string.Join('\n', text.Split('\n').Select(line => line.StartsWith(beginning, StringComparison.Ordinal) ? change(line) : line));

    private static string Columns(string text, int[] order) => OnTable(text, (line, _) =>
    {
        var cells = line.Split('|');
        return string.Join('|', [cells[0], .. order.Select(column => cells[column + 1]), .. cells[5..]]);
    });

    private static string Moved(string text, int from, int to)
    {
        var lines = text.Split('\n').ToList();
        var first = lines.FindIndex(line => line.StartsWith('|') && line.Contains("Target Date", StringComparison.Ordinal)) + 2;
        var row = lines[first + from];
        lines.RemoveAt(first + from);
        lines.Insert(first + to, row);
        return string.Join('\n', lines);
    }

    private static string OnList(string text, string label, Func<List<string>, List<string>> change)
    {
        var lines = text.Split('\n').ToList();
        var from = lines.FindIndex(line => line == $"**{label}:**") + 1;
        var count = lines.Skip(from).TakeWhile(line => line.StartsWith("- ", StringComparison.Ordinal)).Count();
        var items = change(lines.GetRange(from, count));
        lines.RemoveRange(from, count);
        lines.InsertRange(from, items);
        return string.Join('\n', lines);
    }
}
