using EightD.Bot.Tests.Conversations;

namespace EightD.Bot.Tests.Slack;

/// <summary>What a private channel's 8D shows to whom: its members see it, and nobody else finds a word of it.</summary>
public sealed class SlackTenantTests
{
    private const string Title = "Somebody read the mail";

    [Theory]
    [InlineData("/8d list")]
    [InlineData("/8d list all")]
    [InlineData("/8d show 1")]
    [InlineData("/8d search mail")]
    [InlineData("/8d actions mine")]
    [InlineData("/8d actions all")]
    [InlineData("/8d link 1")]
    [InlineData("/8d start --from 1")]
    public async Task Who_is_no_member_finds_nothing_of_it(string command)
    {
        await using var room = await OpenAsync();
        await room.People.Commands("maria", "ops", "/8d start Checkout is down");
        await room.CardAsync();
        var told = room.People.IsTold("maria", "ops").Count;

        await room.People.Commands("maria", "ops", command);
        await People.UntilAsync(() => Task.FromResult(room.People.IsTold("maria", "ops").Count > told), "maria is answered");

        FindsNothing(room, "maria");
    }

    [Fact]
    public async Task The_home_shows_it_to_its_members_alone()
    {
        await using var room = await OpenAsync();
        await room.People.OpensHome("maria");
        await room.People.OpensHome("ana");

        Assert.DoesNotContain(Title, room.People.HomeOf("maria")!.Shown, StringComparison.Ordinal);
        Assert.DoesNotContain("Change all passwords", room.People.HomeOf("maria")!.Shown, StringComparison.Ordinal);
        Assert.Contains(Title, room.People.HomeOf("ana")!.Shown, StringComparison.Ordinal);
        Assert.Contains("Change all passwords", room.People.HomeOf("ana")!.Shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_came_in_sees_it_and_who_left_sees_it_no_more()
    {
        await using var room = await OpenAsync();
        await room.People.Commands("alex", "ops", "/8d list");
        await room.IsTold("alex", "No 8D is open");

        await room.People.Joins("U0003", "secret");
        await room.People.Commands("alex", "ops", "/8d list");
        await room.IsTold("alex", Title);

        room.Slack.World.Change(SlackRoom.Secret, old => old with { Members = old.Members.Remove("U0003") });
        room.Clock.Advance(TimeSpan.FromSeconds(31));
        var before = room.People.IsTold("alex", "ops").Count;
        await room.People.Commands("alex", "ops", "/8d list");
        await People.UntilAsync(() => Task.FromResult(room.People.IsTold("alex", "ops").Count > before), "alex is answered");
        Assert.DoesNotContain(room.People.IsTold("alex", "ops").Skip(before), told => told.Shown.Contains(Title, StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_that_was_started_with_the_bot_alone_is_seen_from_everywhere_by_who_started_it()
    {
        await using var room = await SlackRoom.OpenAsync();
        var alone = room.Slack.World.Direct(SlackStandIn.HomeTeam, "U0001").Id;
        await room.People.Commands("ana", alone, $"/8d start {Title}");
        await room.CardAsync(alone);

        await room.People.Commands("ana", "ops", "/8d list");
        await room.IsTold("ana", Title);
        await room.People.Commands("maria", "ops", "/8d list");
        await room.IsTold("maria", "No 8D is open");
        FindsNothing(room, "maria");
    }

    [Fact]
    public async Task Where_Slack_does_not_say_who_is_in_it_nobody_sees_it()
    {
        await using var room = await OpenAsync();
        room.Slack.Fault("conversations.members", SlackFault.Down(), times: 9);
        var before = room.People.IsTold("ana", "ops").Count;

        await room.People.Commands("ana", "ops", "/8d list");

        await People.UntilAsync(() => Task.FromResult(room.People.IsTold("ana", "ops").Count > before), "ana is answered");
        Assert.DoesNotContain(room.People.IsTold("ana", "ops"), told => told.Shown.Contains(Title, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_link_to_it_by_a_member_puts_no_word_of_it_into_a_public_report()
    {
        await using var room = await OpenAsync();
        await room.People.Commands("ana", "ops", "/8d start Checkout is down");
        await room.CardAsync();
        var told = room.People.IsTold("ana", "ops").Count;

        await room.People.Commands("ana", "ops", "/8d link 1");
        await People.UntilAsync(() => Task.FromResult(room.People.IsTold("ana", "ops").Count > told), "ana is answered");

        await room.Publishes("ana");
        Assert.DoesNotContain(Title, await room.ReportAsync("0002-checkout-is-down.md"), StringComparison.OrdinalIgnoreCase);
        FindsNothing(room, "maria");
    }

    [Fact]
    public async Task A_link_from_it_puts_no_word_of_it_into_the_public_report_that_it_names()
    {
        await using var room = await OpenAsync();
        await room.People.Commands("ana", "ops", "/8d start Checkout is down");
        await room.CardAsync();

        await room.People.Commands("ana", "secret", "/8d link 2");
        await room.IsTold("ana", "since this 8D is private", SlackRoom.Secret);

        await room.Publishes("ana");
        Assert.DoesNotContain(Title, await room.ReportAsync("0002-checkout-is-down.md"), StringComparison.OrdinalIgnoreCase);
        FindsNothing(room, "maria");
    }

    [Fact]
    public async Task In_a_public_channel_a_private_8D_shows_a_number_and_no_title()
    {
        await using var room = await SlackRoom.OpenAsync();

        await room.People.Commands("ana", "ops", $"/8d start {Title} --private");

        Assert.Contains("8D 0001 (private)", (await room.CardAsync()).Shown, StringComparison.Ordinal);
        await room.IsAsked("D0: Problem discovered");
        await room.People.Commands("ana", "ops", "/8d publish");
        await room.IsTold("ana", "private");
        FindsNothing(room, "maria");
        Assert.DoesNotContain(room.Slack.CallsOf("chat.postMessage"), call => call.Arguments.GetRawText().Contains(Title, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("privately")]
    [InlineData("by a mention")]
    [InlineData("from the global shortcut")]
    public async Task It_is_private_however_it_is_started(string how)
    {
        await using var room = await SlackRoom.OpenAsync();
        if (how == "privately") await room.People.Commands("ana", "secret", $"/8d start {Title}");
        else if (how == "by a mention") await room.People.Mentions("ana", "secret", $"start {Title}");
        else
        {
            await room.People.GlobalShortcut("ana", "start_8d");
            await room.People.WaitsForView("ana", "Start an 8D");
            await room.People.Submits("ana", new Dictionary<string, string?> { ["channel"] = SlackRoom.Secret, ["title"] = Title });
        }

        Assert.Contains("8D 0001 (private)", (await room.CardAsync(SlackRoom.Secret)).Shown, StringComparison.Ordinal);
    }

    /// <summary>A private channel of Ana's, with an 8D and an action in it.</summary>
    private static async Task<SlackRoom> OpenAsync()
    {
        var room = await SlackRoom.OpenAsync();
        await room.People.Commands("ana", "secret", $"/8d start {Title}");
        await room.CardAsync(SlackRoom.Secret);
        await room.People.Commands("ana", "secret", "/8d action add Change all passwords @ana by 2024-12-27");
        await room.IsTold("ana", "Change all passwords", SlackRoom.Secret);
        return room;
    }

    private static void FindsNothing(SlackRoom room, string user)
    {
        foreach (var message in room.People.Sees(user, "ops").Concat(room.People.SeesInPerson(user)))
        {
            var all = $"{message.Text}\n{message.Blocks}";
            Assert.DoesNotContain(Title, all, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("Change all passwords", all, StringComparison.OrdinalIgnoreCase);
        }
    }
}
