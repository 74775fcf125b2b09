using System.Net;
using EightD.Bot.Tests.Conversations;
using EightD.Bot.Tests.Processes;

namespace EightD.Bot.Tests.Operating;

/// <summary>A disk that takes no more.</summary>
public sealed class DiskTests
{
    [Fact]
    public async Task What_a_full_disk_cannot_save_is_answered_503_and_the_bot_goes_on_once_there_is_room()
    {
        using var disk = SmallDisk.Mount("4m");
        using var folder = new TempFolder();
        using var bot = await BotProcess.ServeAsync(folder.Path, $"--Storage:Path={disk.Path}/eightd.db", "--Interview:Pause=00:00:00");
        await bot.People.Says("ana", "/8d start Checkout is down", requestId: "start");
        disk.Fill();

        List<string> accepted = [];
        var refused = "";
        for (var number = 0; refused.Length == 0; number++)
        {
            Assert.True(number < 500, "the disk is never full");
            var (status, words) = await AnswerAsync(bot, $"w{number:D4}");
            if (status == HttpStatusCode.OK) accepted.Add($"w{number:D4}");
            else
            {
                Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
                Assert.Contains("could not be saved", words, StringComparison.Ordinal);
                refused = $"w{number:D4}";
            }
        }

        Assert.DoesNotContain(refused, await bot.People.ReportAsync(), StringComparison.Ordinal);
        disk.MakeRoom();
        await People.UntilAsync(async () => (await AnswerAsync(bot, refused)).Status == HttpStatusCode.OK, "it goes on");
        var report = await bot.People.ReportAsync();
        Assert.All(accepted.Append(refused), word => Assert.Equal(2, report.Split(word).Length));
        Assert.DoesNotContain("Checkout", bot.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_named()
    {
        using var disk = SmallDisk.Mount("1m");
        using var folder = new TempFolder();
        disk.AllowNoWrites();

        using var store = BotProcess.Start(folder.Path, ["--urls=http://127.0.0.1:0", $"--Storage:Path={disk.Path}/eightd.db"]);
        await store.EndsAsync(TimeSpan.FromSeconds(30));
        using var repository = BotProcess.Start(folder.Path, ["--urls=http://127.0.0.1:0", $"--Git:Remote={disk.Path}/reports.git"]);
        await repository.EndsAsync(TimeSpan.FromSeconds(30));

        Assert.Equal((1, 1), (store.ExitCode, repository.ExitCode));
        Assert.Matches("^Storage:Path: .* cannot be written .*\n$", store.Error);
        Assert.Matches("^Git:Remote: .*\n$", repository.Error);
    }

    private static async Task<(HttpStatusCode Status, string Words)> AnswerAsync(BotProcess bot, string word)
    {
        using var answer = await bot.People.PostAsync(bot.People.In("ops", "/messages"), new { user = "ana", text = $"/8d answer D3.temporary {word} {new string('x', 2000)}", requestId = word });
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
