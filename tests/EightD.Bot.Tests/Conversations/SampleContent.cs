namespace EightD.Bot.Tests.Conversations;

/// <summary>The sample report, cut by its own lines: what a team types so that it comes out again.</summary>
internal static class SampleContent
{
    public const string Title = "Server Downtime Incident - Database Connection Failure";
    public const string FileName = "0003-server-downtime-incident-database-connection-failure.md";

    /// <summary>From its <c># 0003:</c> line down to the line before its footer's <c>---</c>.</summary>
    public static string Text { get; } = WithoutFooter(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "sample.md")));

    /// <summary>What stands under each discipline's heading and hint.</summary>
    public static IReadOnlyList<(string Discipline, string Text)> Disciplines { get; } =
        [.. Text.Split("\n## D")[1..].Select(section => ($"D{section[0]}", section[(section.IndexOf("-->", StringComparison.Ordinal) + 3)..].Trim('\n')))];

    /// <summary>Each part: its discipline, its label (null for what stands before the first), the text.</summary>
    public static IReadOnlyList<(string Discipline, string? Label, string Text)> Parts { get; } = [.. Disciplines.SelectMany(each => PartsOf(each.Discipline, each.Text))];

    /// <summary>A part's text, each item of a plain list on a line of its own without its mark: as people type it.</summary>
    public static string Typed(string text) => text.Contains("\n ", StringComparison.Ordinal) || text.StartsWith('|')
        ? text
        : string.Join('\n', text.Split('\n').Select(line => line.StartsWith("- ", StringComparison.Ordinal) ? line[2..] : line is [>= '1' and <= '9', '.', ' ', ..] ? line[3..] : line));

    /// <summary>What a discipline is called: <c>Planning</c>.</summary>
    public static string HeadingOf(string discipline) => Text.Split('\n').Single(line => line.StartsWith($"## {discipline}: ", StringComparison.Ordinal))[7..];

    /// <summary>A report down to the line before its footer's <c>---</c>.</summary>
    public static string WithoutFooter(string report) => report[..(report.LastIndexOf("\n---\n", StringComparison.Ordinal) + 1)];

    private static IEnumerable<(string Discipline, string? Label, string Text)> PartsOf(string discipline, string text)
    {
        string? label = null;
        List<string> lines = [];
        foreach (var line in text.Split('\n'))
        {
            if (line.StartsWith("**", StringComparison.Ordinal) && (line.Contains(":**", StringComparison.Ordinal) || line.EndsWith("?**", StringComparison.Ordinal)))
            {
                if (Joined() is { Length: > 0 } part) yield return (discipline, label, part);
                var end = line.IndexOf("**", 2, StringComparison.Ordinal);
                label = line[2..end].TrimEnd(':');
                lines = [line[(end + 2)..].Trim()];
            }
            else
            {
                lines.Add(line);
            }
        }

        yield return (discipline, label, Joined());
        string Joined() => string.Join('\n', lines).Trim('\n');
    }
}
