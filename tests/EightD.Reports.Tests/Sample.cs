namespace EightD.Reports.Tests;

/// <summary>The finished report that the format is proven by.</summary>
internal static class Sample
{
    /// <summary>The file, to the byte.</summary>
    public static string Text { get; } = Fixture.Read("0003-server-downtime-incident-database-connection-failure.md");

    /// <summary>What stands in each discipline below its hint, as one message: cut out by lines, without the reader.</summary>
    public static IEnumerable<(string Section, string Text)> Disciplines
    {
        get
        {
            var body = Text[..Text.LastIndexOf("\n---\n", StringComparison.Ordinal)];
            foreach (var block in body.Split("\n## D").Skip(1))
            {
                yield return ("D" + block[0], block[(block.IndexOf("-->\n", StringComparison.Ordinal) + 4)..].Trim('\n'));
            }
        }
    }
}

/// <summary>Files beside the tests.</summary>
internal static class Fixture
{
    /// <summary>A file's text, its byte order mark included.</summary>
    public static string Read(string name) =>
        new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetString(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Fixtures", name)));
}
