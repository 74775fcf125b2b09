namespace EightD.Bot.Tests;

/// <summary>The repository that these tests were built from.</summary>
internal static class Checkout
{
    /// <summary>The folder with the solution.</summary>
    public static string Root { get; } = Find(new(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo? folder) => folder switch
    {
        null => throw new InvalidOperationException("These tests run inside the repository that they were built from."),
        _ when File.Exists(Path.Combine(folder.FullName, "EightD.Bot.sln")) => folder.FullName,
        _ => Find(folder.Parent),
    };
}
