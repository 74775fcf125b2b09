using System.Diagnostics;
using System.Globalization;
using EightD.Bot.Tests.Conversations;
using EightD.Bot.Tests.Storage;

namespace EightD.Bot.Tests.Replicas;

/// <summary>During an upgrade the build before this one and this one serve the same people from the same store.</summary>
public sealed class TwoBuildsTests(AzuriteServer azurite)
{
    private const int Rooms = 5;
    private const int Turns = 200;

    private static readonly string[] Targets = ["D0.stakeholders", "D2", "D3.temporary", "D4.findings", "D7.training"];

    [Fact]
    public async Task Two_hundred_turns_alternate_between_the_build_before_and_this_one()
    {
        using var folder = new TempFolder();
        var commit = (await File.ReadAllLinesAsync(Path.Combine(Checkout.Root, "tests/previous-build.txt"), People.Cancel)).First(line => line is not ("" or ['#', ..])).Trim();
        Assert.SkipUnless(await RunAsync(Checkout.Root, "git", "cat-file", "-e", $"{commit}^{{commit}}") is 0, $"The commit {commit} of tests/previous-build.txt is not in this clone.");
        Assert.SkipUnless(await RunAsync(Checkout.Root, "git", "cat-file", "-e", $"{commit}:src/EightD.Bot/Storage/AzureBlobStore.cs") is 0, $"The build of {commit} knows no Azure Blob Storage.");
        Assert.Equal(0, await RunAsync(Checkout.Root, "git", "archive", "-o", folder["source.tar"], commit));
        Assert.Equal(0, await RunAsync(folder.Path, "tar", "-x", "-f", "source.tar"));
        Assert.Equal(0, await RunAsync(folder.Path, "dotnet", "publish", "src/EightD.Bot", "-c", "Release", "-o", folder["before"], "-v", "quiet", "--nologo"));

        var settings = await azurite.SettingsAsync(AzuriteServer.NewContainer());
        using var replicas = await ReplicaSet.StartAsync(1, settings);
        await replicas.AddAsync(settings, folder["before"]);
        var rooms = Enumerable.Range(0, Rooms).Select(room => new Sent($"ops{room}")).ToList();
        for (var turn = 0; turn < Turns; turn++)
        {
            var room = rooms[turn % Rooms];
            var people = replicas.People(turn / Rooms + turn % Rooms); // the odd rooms begin with the build before
            var word = string.Create(CultureInfo.InvariantCulture, $"w{turn:D4}");
            await People.UntilAsync(() => turn < Rooms
                ? room.SayAsync(people, "start", "/8d start Checkout is down", "ana")
                : room.SayAsync(people, word, $"/8d answer {Targets[turn % Targets.Length]} {word}", $"person{turn % 7}", isAnswer: true), $"turn {turn} is taken");
        }

        foreach (var room in rooms)
        {
            for (var bot = 0; bot < 2; bot++) await room.IsThereAsync(replicas.People(bot));
            Assert.Equal(await replicas.People(0).ReportAsync(room.Room), await replicas.People(1).ReportAsync(room.Room));
        }
    }

    private static async Task<int> RunAsync(string folder, string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(People.Cancel), process.StandardError.ReadToEndAsync(People.Cancel));
        await process.WaitForExitAsync(People.Cancel);
        if (process.ExitCode != 0) TestContext.Current.TestOutputHelper?.WriteLine(string.Concat(said));
        return process.ExitCode;
    }
}
