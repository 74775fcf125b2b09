using System.Globalization;
using EightD.Bot.Tests.Publishing;
using EightD.Bot.Tests.Slack;
using EightD.Bot.Tests.Teams;
using EightD.Incidents.Commands;

namespace EightD.Bot.Tests.Conversations;

/// <summary>One script, three channels: every command of the table works in each, and the same report comes of it.</summary>
public sealed class ThreeChannelsTests
{
    /// <summary>Commands in an order in which each can do something; what only looks, or is refused here, is answered to its author alone.</summary>
    private static readonly (string Command, bool IsAnswered)[] Script =
    [
        ("start Checkout is down --severity SEV1", false), ("status", true), ("answer D0.impact 40 % of **all** payments fail", true), ("answer D4\n- the index was missing\n- `pg_stat` showed it", true),
        ("edit D4", false), ("next", false), ("skip", false), ("back", false), ("stop", false), ("answer D2.symptoms timeouts", true), ("undo", false), ("team add @bob Database Admin, Infrastructure: recovery", true), ("note Rolled back release 412", false),
        ("contained 09:05", false), ("resolved 09:10", false), ("set severity SEV2", true), ("action add Create the index @bob by 2024-12-30", true), ("action done 1 https://git.example/pull/1", true), ("actions", true), ("actions mine", true), ("remind", true),
        ("answer D3.temporary Timeout raised to 60 s", true), ("temp 1 removed", true), ("effect None in 30 days", true), ("assign D5 @ana by 2024-12-30", false), ("return D4 A symptom is no cause", true),
        ("check", true), ("check all", true), ("preview", true), ("list", true), ("show 1", true), ("search checkout", true), ("templates", true), ("settings", true), ("help", true), ("help answer", true), ("link 7", false),
        ("close --anyway the supplier still owes us the figures", false), ("reopen It happened again", false), ("cancel False alarm", false), ("reopen It was none", false), ("publish", true),
    ];

    [Fact]
    public async Task Every_command_does_the_same_in_each()
    {
        Assert.Empty(CommandTable.All.Select(command => command.Name).Except(Script.Select(each => each.Command.Split(' ')[0]), StringComparer.Ordinal));
        var reports = new Dictionary<string, string>(StringComparer.Ordinal);
        await using (var chat = await Chat.OpenAsync()) reports["playground"] = await PlayAsync(command => chat.Says("Ana", $"/8d {command}"), async () => (await chat.IsTold("Ana")).Count, chat.Repository);
        await using (var room = await SlackRoom.OpenAsync()) reports["Slack"] = await PlayAsync(command => room.People.Commands("ana", "ops", $"/8d {command}"), () => Task.FromResult(room.People.IsTold("ana", "ops").Count), room.Repository);
        await using (var room = await TeamsRoom.OpenAsync())
        {
            string? post = null;
            reports["Teams"] = await PlayAsync(MentionAsync, () => Task.FromResult(room.Teams.Sees(TeamsRoom.Ops).Count(message => message.To is not null)), room.Repository);

            async Task MentionAsync(string command)
            {
                var (id, _) = await room.People.Mentions("ana", command, post: post);
                post ??= id;
            }
        }

        Assert.Contains("- `pg_stat` showed it\n", reports["playground"], StringComparison.Ordinal);
        Assert.Contains("Create the index", reports["playground"], StringComparison.Ordinal);
        Assert.All(reports, report => Assert.Equal(reports["playground"], report.Value));
    }

    private static async Task<string> PlayAsync(Func<string, Task> commandAsync, Func<Task<int>> toldAsync, string repository)
    {
        foreach (var (command, isAnswered) in Script)
        {
            var before = await toldAsync();
            await commandAsync(command);
            if (isAnswered) await People.UntilAsync(async () => await toldAsync() > before, $"`{command}` is answered");
        }

        await People.UntilAsync(() => Task.FromResult(int.Parse(GitHere.Run(repository, "rev-list", "--count", "--all"), CultureInfo.InvariantCulture) > 0), "it is committed");
        var last = "";
        await People.UntilAsync(() => Task.FromResult((last = GitHere.Read(repository, "docs/8d/0001-checkout-is-down.md")).Contains("**Status:** In Progress\n", StringComparison.Ordinal) && last.Contains("Closed with findings of the check: the supplier still owes us the figures", StringComparison.Ordinal)), "the last version is there"); // after it was closed and cancelled
        return last;
    }
}
