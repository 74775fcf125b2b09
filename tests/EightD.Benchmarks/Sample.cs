namespace EightD.Benchmarks;

/// <summary>The finished report that everything is measured on, and the answers that make it.</summary>
internal static class Sample
{
    public static string Text { get; } = Read();

    /// <summary>What stands under each discipline, as one answer of several lines.</summary>
    public static IReadOnlyList<(string Discipline, string Answer)> Answers { get; } =
    [
        .. Text.Split("\n## D").Skip(1).Select(section => ($"D{section[0]}", string.Join('\n',
            section.Split("\n---\n")[0].Split('\n').Skip(1).Where(line => !line.StartsWith("<!--", StringComparison.Ordinal))).Trim('\n'))),
    ];

    private static string Read()
    {
        using var stream = typeof(Sample).Assembly.GetManifestResourceStream("sample.md") ?? throw new InvalidOperationException("sample.md is not in the assembly.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
