using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using static EightD.Incidents.Tests.Room;

namespace EightD.Incidents.Tests;

public sealed partial class TextsTests
{
    private static readonly Dictionary<string, string> All = new ResourceManager("EightD.Incidents.Texts", typeof(Incident).Assembly)
        .GetResourceSet(CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: true)!.Cast<DictionaryEntry>()
        .ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!, StringComparer.Ordinal);

    [Fact]
    public void Every_text_is_used()
    {
        var sources = string.Concat(Directory.EnumerateFiles(Sources(), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        List<string> unused = [.. All.Keys.Where(name => !sources.Contains($"\"{name}\"", StringComparison.Ordinal) && !Computed().IsMatch(name))];
        Assert.Equal([], unused);
    }

    [Fact]
    public void Every_used_text_exists()
    {
        var sources = string.Concat(Directory.EnumerateFiles(Sources(), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        Assert.All(Used().Matches(sources), match => Assert.True(All.ContainsKey(match.Groups["name"].Value), match.Value));
    }

    [Fact]
    public void Help_is_one_screen()
    {
        var room = new Room();
        room.Command(Ana, "help");
        Assert.InRange(room.LastTold.Split('\n').Length, 20, 40);
    }

    private static string Sources()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Directory.Packages.props"))) folder = folder.Parent!;
        return Path.Combine(folder.FullName, "src", "EightD.Incidents");
    }

    [GeneratedRegex("^(Fits|Command_|Fact|ReminderPart)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Computed();

    [GeneratedRegex("Texts\\.Get\\(\"(?<name>[A-Za-z_]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Used();
}
