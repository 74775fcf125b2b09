using System.Globalization;
using EightD.Bot.Tests.Conversations;
using EightD.Bot.Tests.Publishing;
using EightD.Bot.Tests.Storage;

namespace EightD.Bot.Tests.Replicas;

/// <summary>What a killed replica had not delivered, another delivers within 60 s, and nothing twice.</summary>
public sealed class TakeOverTests(AzuriteServer azurite)
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task What_was_answered_and_not_yet_said_is_said_by_another()
    {
        await using var proxy = await FaultProxy.StartAsync(azurite);
        using var replicas = await StartAsync(proxy);
        var room = new Sent("ops");
        var second = new Sent("dev");
        Assert.True(await room.SayAsync(replicas.People(0), "start", "/8d start Checkout is down", "ana"));
        await room.IsThereAsync(replicas.People(0));

        proxy.Meet(call => call is { Method: "PUT" } && call.Target.Contains("/talk/", StringComparison.Ordinal) ? Fault.Dark : Fault.None);
        Assert.True(await room.SayAsync(replicas.People(0), "w1", "/8d answer D3.temporary w1", "ana", isAnswer: true));
        Assert.True(await second.SayAsync(replicas.People(0), "start", "/8d start Another one", "ben"));
        await replicas[0].KillAsync();

        Assert.Contains("w1", await replicas.People(1).ReportAsync(), StringComparison.Ordinal);
        await People.UntilAsync(async () => (await replicas.People(1).IsTold("ana")).Exists(message => message.Text.Contains("w1", StringComparison.Ordinal)), () => "the answer is confirmed", Promised);
        await People.UntilAsync(async () => await replicas.People(1).QuestionAsync("dev") is not null, () => "the first question is asked", Promised);
        await room.IsThereAsync(replicas.People(1));
        await second.IsThereAsync(replicas.People(1));
    }

    [Fact]
    public async Task A_question_that_waited_for_its_pause_is_asked_by_another()
    {
        var settings = await azurite.SettingsAsync(AzuriteServer.NewContainer());
        using var replicas = await ReplicaSet.StartAsync(2, [.. settings, "--Interview:Pause=00:00:03"]);
        await replicas.People(0).Says("ana", "/8d start Checkout is down");
        await replicas.People(0).IsAsked("D0: Problem discovered");
        await replicas.People(0).Replies("ana", "At 14:15");
        await replicas[0].KillAsync();

        await People.UntilAsync(async () => (await replicas.People(1).QuestionAsync())?.Card!.Title == "D0: Impact", () => "the next question is asked", Promised);
    }

    [Fact]
    public async Task A_publish_that_was_not_begun_is_done_by_another_once()
    {
        await using var proxy = await FaultProxy.StartAsync(azurite);
        using var replicas = await StartAsync(proxy);
        await replicas.People(0).Says("ana", "/8d start Checkout is down");
        await replicas.People(0).CardAsync();
        await replicas.People(1).ReportAsync();
        Directory.Move(replicas.Repository, replicas.Repository + ".away");
        await replicas.People(0).Says("ana", "/8d close --anyway The rest follows");
        await replicas[0].KillAsync();
        Directory.Move(replicas.Repository + ".away", replicas.Repository);

        await IsPublishedOnceAsync(replicas);
    }

    [Fact]
    public async Task A_publish_that_was_done_and_not_recorded_is_found_by_another_and_not_repeated()
    {
        await using var proxy = await FaultProxy.StartAsync(azurite);
        using var replicas = await StartAsync(proxy);
        await replicas.People(0).Says("ana", "/8d start Checkout is down");
        await replicas.People(0).CardAsync();
        var isSaved = false;
        proxy.Meet(call => call.WritesIncident && (call.WritesClosed ? Interlocked.Exchange(ref isSaved, true) : isSaved) ? Fault.Dark : Fault.None); // the close itself is saved, and nothing after it
        await replicas.People(0).Says("ana", "/8d close --anyway The rest follows");
        await People.UntilAsync(() => Task.FromResult(Commits(replicas) == 1), "the report is committed");
        await replicas[0].KillAsync();

        await IsPublishedOnceAsync(replicas);
    }

    private async Task<ReplicaSet> StartAsync(FaultProxy proxy)
    {
        var container = AzuriteServer.NewContainer();
        return await ReplicaSet.StartAsync([await azurite.SettingsAsync(container, proxy.Port), await azurite.SettingsAsync(container)]);
    }

    private static async Task IsPublishedOnceAsync(ReplicaSet replicas)
    {
        List<Said> posted = [];
        await People.UntilAsync(async () => (posted = await replicas.People(1).Posted()).Exists(message => message.Card?.Fields.Exists(field => field.Name == "Git" && field.Value.Contains("commit", StringComparison.Ordinal)) == true),
            () => $"the report is committed and shown; posted: {string.Join(" // ", posted.Select(message => message.Text))}", Promised);
        Assert.Equal(3, posted.Count);
        Assert.Equal(1, Commits(replicas));
        Assert.Equal(await replicas.People(1).ReportAsync(), GitHere.Read(replicas.Repository, "docs/8d/0001-checkout-is-down.md"));
    }

    private static int Commits(ReplicaSet replicas) => int.Parse(GitHere.Run(replicas.Repository, "rev-list", "--count", "--all"), CultureInfo.InvariantCulture);
}
