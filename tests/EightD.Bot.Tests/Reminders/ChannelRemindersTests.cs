using EightD.Bot.Due;
using EightD.Bot.Tests.Conversations;
using EightD.Bot.Tests.Slack;
using EightD.Bot.Tests.Teams;
using Microsoft.Extensions.Hosting;

namespace EightD.Bot.Tests.Reminders;

/// <summary>A reminder in Slack and in Teams: in the owner's own chat with the bot, with its four buttons.</summary>
public sealed class ChannelRemindersTests
{
    private static readonly DateTimeOffset Nine = new(2024, 12, 20, 9, 0, 0, TimeSpan.Zero), NineInBerlin = Nine.AddHours(-1);
    private static readonly string[] Rarely = ["--Reminders:Interval=1.00:00:00"];
    private static readonly string[] Buttons = ["Done", "Snooze", "New date", "Not mine"];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task In_Slack(bool overSocket)
    {
        await using var room = await SlackAsync(overSocket);
        room.Clock.SetUtcNow(NineInBerlin); // where Maria's profile says that she is
        await SweepAsync(room.Part<IEnumerable<IHostedService>>());
        await SweepAsync(room.Part<IEnumerable<IHostedService>>());

        await People.UntilAsync(() => Task.FromResult(room.People.SeesInPerson("maria").Count > 0), "Maria is reminded");
        var message = Assert.Single(room.People.SeesInPerson("maria"));
        Assert.Contains("Fix it: due on Monday, 2024-12-23", message.Shown, StringComparison.Ordinal);
        Assert.Equal(Buttons, message.Buttons.Select(button => button.Label));
        await room.People.Presses("maria", message, "Done");
        await room.People.WaitsForView("maria", "Done");
        var taken = await room.People.Submits("maria", new Dictionary<string, string?> { ["row"] = "1.1", ["link"] = "https://example.com/42" });

        Assert.Empty(taken.Errors);
        await room.Publishes("ana");
        Assert.Contains("| Fix it https://example.com/42 | Maria Garcia | Dec 23, 2024 | Completed |", await room.ReportAsync("0001-checkout-is-down.md"), StringComparison.Ordinal);
        await room.People.Presses("maria", message, "Snooze");
        await room.People.WaitsForView("maria", "Snooze");
        var late = await room.People.Submits("maria", new Dictionary<string, string?> { ["row"] = "1.1", ["days"] = "3" });
        Assert.Contains("needs no reminder any more", Assert.Single(late.Errors).Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_Teams()
    {
        await using var room = await TeamsRoom.OpenAsync("2024-12-20 08:00", settings: Rarely);
        var post = await AnaOwesAsync(room);
        room.Clock.SetUtcNow(Nine);
        await SweepAsync(room.Part<IEnumerable<IHostedService>>());

        var message = await room.People.WaitsFor(TeamsRoom.AnasChat, shown => shown.Shown.Contains("Fix it: due on Monday, 2024-12-23", StringComparison.Ordinal), "Ana is reminded");
        Assert.Equal(Buttons, message.Buttons.Select(button => button.Label));
        var form = await room.People.Presses("ana", message, "New date");
        Assert.Null((await room.People.Submits("ana", message, form, ("New date", "2025-01-15"))).Task);
        await room.Publishes("ana", post: post);

        Assert.Contains("| Fix it | Ana | Jan 15, 2025 | Open |", room.Report(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Slack_is_written_to_fifty_times_a_minute_in_order_and_left_alone_while_it_asks_for_it()
    {
        await using var room = await SlackAsync();
        await room.People.Commands("ana", "ops", "/8d action add Check it @alex by 2024-12-23");
        await room.IsTold("ana", "Added action 2");
        room.Clock.SetUtcNow(NineInBerlin);
        room.Slack.Fault("chat.postMessage", new() { Status = 429, RetryAfter = 30 });

        await SweepAsync(room.Part<IEnumerable<IHostedService>>());
        room.Clock.Advance(TimeSpan.FromSeconds(29));
        await SweepAsync(room.Part<IEnumerable<IHostedService>>());
        Assert.Empty(room.People.SeesInPerson("maria"));
        Assert.Empty(room.People.SeesInPerson("alex"));

        room.Clock.Advance(TimeSpan.FromSeconds(2));
        var sweep = SweepAsync(room.Part<IEnumerable<IHostedService>>());
        await People.UntilAsync(() => Task.FromResult(room.People.SeesInPerson("maria").Count > 0), "Maria is reminded");
        await People.UntilAsync(() =>
        {
            room.Clock.Advance(TimeSpan.FromSeconds(0.1));
            return Task.FromResult(sweep.IsCompleted);
        }, "Alex is reminded");
        var (first, second) = (Assert.Single(room.People.SeesInPerson("maria")), Assert.Single(room.People.SeesInPerson("alex")));
        Assert.True(At(second) - At(first) >= 1.2, $"{first.Ts} {second.Ts}");
    }

    [Fact]
    public async Task Where_Slacks_answer_was_lost_it_is_looked_for()
    {
        await using var room = await SlackAsync();
        room.Clock.SetUtcNow(NineInBerlin);
        room.Slack.Fault("chat.postMessage", SlackFault.AnswerLost);

        await SweepAsync(room.Part<IEnumerable<IHostedService>>());
        room.Clock.Advance(TimeSpan.FromSeconds(31));
        await SweepAsync(room.Part<IEnumerable<IHostedService>>());

        Assert.Single(room.People.SeesInPerson("maria"));
        await room.People.Commands("ana", "ops", "/8d remind");
        await room.IsTold("ana", "Last: Maria Garcia, Friday, 2024-12-20, delivered.");
    }

    [Fact]
    public Task Where_Teams_answer_was_lost_nothing_is_said_twice_and_remind_says_that_nobody_knows() => IsSaidOnceInTeamsAsync(TeamsFault.Lost, "Last: Ana, Friday, 2024-12-20, unsure: the answer to it was lost.");

    [Fact]
    public Task What_Teams_took_not_yet_is_sent_once_it_takes_it() => IsSaidOnceInTeamsAsync(new(429, RetryAfter: 45), "Last: Ana, Friday, 2024-12-20, delivered.");

    private static async Task IsSaidOnceInTeamsAsync(TeamsFault fault, string last)
    {
        await using var room = await TeamsRoom.OpenAsync("2024-12-20 08:00", settings: Rarely);
        var post = await AnaOwesAsync(room);
        room.Clock.SetUtcNow(Nine);
        room.Teams.Fault("POST activities", fault);

        for (var times = 0; times < 3; times++)
        {
            await SweepAsync(room.Part<IEnumerable<IHostedService>>());
            room.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Single(room.Teams.Sees(TeamsRoom.AnasChat), shown => shown.Shown.Contains("Fix it: due on Monday, 2024-12-23", StringComparison.Ordinal));
        await room.People.Mentions("ana", "remind", post: post);
        await room.IsTold("ana", last);
    }

    /// <summary>A room in which Maria has an action, an hour before she is reminded.</summary>
    private static async Task<SlackRoom> SlackAsync(bool overSocket = false)
    {
        var room = await SlackRoom.OpenAsync("2024-12-20 07:00", overSocket, settings: Rarely);
        await room.People.Commands("ana", "ops", "/8d start Checkout is down");
        await room.CardAsync();
        await room.People.Commands("ana", "ops", "/8d action add Fix it @maria by 2024-12-23");
        await room.IsTold("ana", "Added action 1");
        return room;
    }

    /// <summary>Ana starts an 8D, and has an action of it.</summary>
    /// <returns>The 8D's post.</returns>
    private static async Task<string> AnaOwesAsync(TeamsRoom room)
    {
        var post = await room.Starts();
        await room.People.Mentions("ana", "action add Fix it @Ana by 2024-12-23", post: post);
        await room.IsTold("ana", "Added action 1");
        return post;
    }

    private static double At(SlackMessage message) => double.Parse(message.Ts, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Does what is due; it keeps the platform's pace by a clock that stands still, so that one that waits for it would wait for ever.</summary>
    private static Task SweepAsync(IEnumerable<IHostedService> services) => services.OfType<DueSweep>().Single().SweepAsync(Nine, People.Cancel).WaitAsync(TimeSpan.FromMinutes(1), People.Cancel);
}
