using EightD.Bot.Channels;
using EightD.Bot.Reminders;
using EightD.Bot.Tests.Conversations;
using EightD.Bot.Tests.Publishing;
using EightD.Bot.Tests.Turns;

namespace EightD.Bot.Tests.Reminders;

/// <summary>Owners of actions are reminded, in the playground, with a clock that a test moves. 2024-12-20 is a Friday.</summary>
public sealed class RemindersTests : ReminderTests
{
    private const string Christmas = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//a//b//EN\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20200101T000000Z\r\nDTSTART;VALUE=DATE:20201223\r\nDTEND;VALUE=DATE:20201227\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:Christmas\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

    [Fact]
    public async Task The_owner_is_told_in_person_the_working_day_before_and_never_twice()
    {
        await OpenAsync("2024-12-20 08:00");
        await Chat.Says("ana", "/8d start Checkout is down");
        await Chat.Says("ana", "/8d action add Fix it @bo by 2024-12-23");
        await Chat.SweepAsync();
        Assert.Empty(await Direct("bo"));

        await AtAsync("2024-12-20 09:00");

        var message = Assert.Single(await Direct("bo"));
        Assert.Equal("**An action of yours**\n\n- **1.1** Fix it: due on Monday, 2024-12-23", message.Text);
        Assert.Equal(["Done", "Snooze", "New date", "Not mine"], message.Card!.Buttons.Select(button => button.Label));
        Assert.Equal(("bo", "ops"), (message.To, message.Conversation));
        await Chat.SweepAsync();
        await AtAsync("2024-12-20 17:00");
        Opened = await Chat.RestartAsync();
        await Chat.SweepAsync();
        Assert.Single(await Direct("bo"));
        Assert.Empty(await Direct("ana"));
        Assert.DoesNotContain(await Chat.Sees("cy"), said => said.Text.Contains("An action of yours", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_message_a_day_lists_all_that_is_due_of_a_person_over_all_8Ds()
    {
        await OpenAsync("2024-12-20 08:00");
        await Chat.Says("ana", "/8d start Checkout is down");
        await Chat.Says("ana", "/8d action add Fix it @bo by 2024-12-23");
        await Chat.Says("ana", "/8d action add Check it @bo by 2024-12-20");
        await Chat.Says("ana", "/8d action add Later @bo by 2025-01-20");
        await Chat.Says("ana", "/8d start Mail is slow", "mail");
        await Chat.Says("ana", "/8d action add Wait less @bo by 2024-12-16", "mail");

        await AtAsync("2024-12-20 09:00");

        var message = Assert.Single(await Direct("bo"));
        Assert.Equal("""
            **3 actions of yours**

            - **2.1** Wait less: was due on Monday, 2024-12-16
            - **1.2** Check it: due today, Friday, 2024-12-20
            - **1.1** Fix it: due on Monday, 2024-12-23
            """.ReplaceLineEndings("\n"), message.Text);
    }

    [Fact]
    public async Task Done_in_the_message_is_done_in_the_report_and_nothing_more_comes()
    {
        await RemindedAsync();
        var form = await Chat.Presses("bo", (await Direct("bo"))[0], "Done");
        Assert.Equal("1.1: Fix it", Assert.Single(form!.Inputs[0].Options!).Label);

        Assert.Null(await Chat.Submits("bo", form, new(StringComparer.Ordinal) { ["row"] = "1.1", ["link"] = "https://example.com/42" }));

        Assert.Contains("| Fix it <https://example.com/42> | bo | Dec 23, 2024 | Completed |".Replace("<", "", StringComparison.Ordinal).Replace(">", "", StringComparison.Ordinal), await Chat.ReportAsync(), StringComparison.Ordinal);
        await AtAsync("2024-12-23 09:00");
        await AtAsync("2024-12-24 09:00");
        Assert.Single(await Direct("bo"));
        var errors = await Chat.Submits("bo", form, new(StringComparer.Ordinal) { ["row"] = "1.1" });
        Assert.Contains("needs no reminder any more", errors!["row"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_snooze_of_three_days_is_followed_by_a_message_on_the_first_working_day_from_there()
    {
        await RemindedAsync();
        var form = await Chat.Presses("bo", (await Direct("bo"))[0], "Snooze");
        Assert.Equal(["1", "3", "7"], form!.Inputs[1].Options!.Select(option => option.Value));

        Assert.Null(await Chat.Submits("bo", form, new(StringComparer.Ordinal) { ["row"] = "1.1", ["days"] = "7" })); // until Friday the 27th

        foreach (var day in new[] { "23", "24", "25", "26" }) await AtAsync($"2024-12-{day} 09:00");
        Assert.Single(await Direct("bo"));
        await AtAsync("2024-12-27 09:00");
        Assert.Equal("**An action of yours**\n\n- **1.1** Fix it: was due on Monday, 2024-12-23", (await Direct("bo"))[1].Text);
    }

    [Fact]
    public async Task A_new_date_moves_the_reminder_and_not_mine_asks_the_lead()
    {
        await RemindedAsync();
        var message = (await Direct("bo"))[0];
        var date = await Chat.Presses("bo", message, "New date");
        Assert.Contains("I cannot read `soon` as a date", (await Chat.Submits("bo", date!, new(StringComparer.Ordinal) { ["row"] = "1.1", ["date"] = "soon" }))!["date"], StringComparison.Ordinal);
        Assert.Null(await Chat.Submits("bo", date!, new(StringComparer.Ordinal) { ["row"] = "1.1", ["date"] = "2025-01-08" }));
        await AtAsync("2024-12-23 09:00");
        Assert.Single(await Direct("bo"));
        await AtAsync("2025-01-07 09:00");
        Assert.Equal(2, (await Direct("bo")).Count);

        var whose = await Chat.Presses("bo", (await Direct("bo"))[1], "Not mine");
        Assert.Null(await Chat.Submits("bo", whose!, new(StringComparer.Ordinal) { ["row"] = "1.1", ["owner"] = "" }));

        Assert.Contains("| Fix it |  | Jan 8, 2025 | Open |", await Chat.ReportAsync(), StringComparison.Ordinal);
        Assert.Contains(await Chat.Sees("cy"), said => said.Thread is not null && said.Text.Contains("bo says that this is not theirs", StringComparison.Ordinal) && said.Card!.Buttons[0].Label == "Assign");
        await AtAsync("2025-01-08 09:00");
        Assert.Equal(2, (await Direct("bo")).Count);
    }

    [Fact]
    public async Task Somebody_else_cannot_answer_for_the_owner_there()
    {
        await RemindedAsync();
        var form = await Chat.Presses("bo", (await Direct("bo"))[0], "Done");

        var errors = await Chat.Submits("cy", form!, new(StringComparer.Ordinal) { ["row"] = "1.1" });

        Assert.Contains("Only the owner of an action and the lead", errors!["row"], StringComparison.Ordinal);
        Assert.Contains("| Open |", await Chat.ReportAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_done_in_Git_is_not_reminded_of_though_nobody_looked_there_since()
    {
        await OpenAsync("2024-12-20 10:00", "--Git:Poll=00:00:00");
        await Chat.Says("ana", "/8d start Checkout is down");
        await Chat.Says("ana", "/8d action add Fix it @bo by 2024-12-24");
        await Chat.Says("ana", "/8d action add Check it @bo by 2024-12-24");
        await Chat.Says("ana", "/8d publish");
        await People.UntilAsync(async () => (await Chat.Sees("anybody")).Exists(message => message.Text.Contains("docs/8d/0001", StringComparison.Ordinal)), "it is published");
        GitHere.AtDesk(Desk, Chat.Repository, tree =>
        {
            var file = Path.Combine(tree, "docs/8d/0001-checkout-is-down.md");
            File.WriteAllText(file, File.ReadAllText(file).Replace("| Fix it | bo | Dec 24, 2024 | Open |", "| Fix it | bo | 2024-12-24 | ✅ |", StringComparison.Ordinal));
        });

        await AtAsync("2024-12-23 09:00");

        Assert.Equal("**An action of yours**\n\n- **1.2** Check it: due on Tuesday, 2024-12-24", Assert.Single(await Direct("bo")).Text);
    }

    [Fact]
    public async Task A_week_without_the_bot_costs_one_message()
    {
        await RemindedAsync();

        await AtAsync("2025-01-02 11:00");

        Assert.Equal(2, (await Direct("bo")).Count);
        await Chat.SweepAsync();
        Assert.Equal(2, (await Direct("bo")).Count);
    }

    [Theory]
    [InlineData("2024-12-21 12:00")] // a Saturday
    [InlineData("2024-12-22 12:00")]
    [InlineData("2024-12-23 08:59")]
    [InlineData("2024-12-20 18:00")]
    public async Task Nobody_is_written_to_outside_working_hours(string now)
    {
        await OpenAsync("2024-12-20 08:00");
        await Chat.Says("ana", "/8d start Checkout is down");
        await Chat.Says("ana", "/8d action add Fix it @bo by 2024-12-20");

        await AtAsync(now);
        Assert.Empty(await Direct("bo"));
        await AtAsync("2024-12-23 09:00");

        Assert.Equal("**An action of yours**\n\n- **1.1** Fix it: was due on Friday, 2024-12-20", Assert.Single(await Direct("bo")).Text);
    }

    [Fact]
    public async Task Who_is_away_hears_of_it_on_the_first_working_day_back()
    {
        await OpenAsync("2024-12-19 12:00");
        await Chat.Says("ana", "/8d start Checkout is down");
        await Chat.Says("ana", "/8d action add Fix it @bo by 2024-12-23");
        await Chat.Says("bo", "/8d remind away until 2024-12-27");
        Assert.Contains("bo is away until Friday, 2024-12-27", (await Chat.IsTold("bo"))[^1].Text, StringComparison.Ordinal);

        foreach (var day in new[] { "20", "23", "24", "27" }) await AtAsync($"2024-12-{day} 09:00");
        Assert.Empty(await Direct("bo"));
        await AtAsync("2024-12-30 09:00");

        Assert.Single(await Direct("bo"));
    }

    [Fact]
    public async Task Remind_shows_what_comes_and_what_came_and_why_nothing_does()
    {
        await OpenAsync("2024-12-20 08:00", "--Reminders:TimeZone=Europe/Berlin");
        await Chat.Says("ana", "/8d start Checkout is down");
        await Chat.Says("ana", "/8d action add Fix it @bo by 2024-12-23");
        await Chat.Says("ana", "/8d answer D6 Check it | | 2024-12-30 | Open\nMeasure it | cy | soon | Open\nDocument it | cy | | Open");
        await AtAsync("2024-12-20 08:01"); // nine in Berlin was an hour ago

        await Chat.Says("ana", "/8d remind");

        var shown = (await Chat.IsTold("ana"))[^1].Text;
        Assert.Contains("- 1: Fix it – bo, Dec 23, 2024, Open – bo is reminded on Monday, 2024-12-23 at 09:00 (Europe/Berlin).", shown, StringComparison.Ordinal);
        Assert.Contains("nobody is reminded: it has no owner. `/8d action assign 2 @who` gives it one.", shown, StringComparison.Ordinal);
        Assert.Matches("nobody is reminded: “soon” \\(line [0-9]+ of the report\\) is no date", shown);
        Assert.Contains("nobody is reminded: it has no date. `/8d action due 4 2025-01-15` gives it one.", shown, StringComparison.Ordinal);
        await AtAsync("2024-12-23 08:00");
        await Chat.Says("ana", "/8d remind");
        Assert.Contains("Last: bo, Monday, 2024-12-23, delivered.", (await Chat.IsTold("ana"))[^1].Text, StringComparison.Ordinal);
        await Chat.Says("ana", "/8d remind off 1");
        await AtAsync("2024-12-24 08:00");
        Assert.Single(await Direct("bo"));
        await Chat.Says("ana", "/8d remind");
        Assert.Contains("no reminder any more; a new date wakes it.", (await Chat.IsTold("ana"))[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Holidays_of_a_calendar_are_kept()
    {
        var file = Desk["holidays.ics"];
        await File.WriteAllTextAsync(file, Christmas, People.Cancel);
        await OpenAsync("2024-12-20 08:00", $"--Reminders:Holidays={file}");

        await AssertChristmasIsKeptAsync();
    }

    [Fact]
    public async Task Holidays_at_an_address_are_kept_and_known_still_where_it_answers_no_more()
    {
        var server = await CalendarServer.StartAsync(Christmas);
        await OpenAsync("2024-12-20 08:00", $"--Reminders:Holidays={server.Address}");
        await server.DisposeAsync();
        Opened = await Chat.RestartAsync();

        await AssertChristmasIsKeptAsync();
    }

    [Fact]
    public async Task A_calendar_that_cannot_be_read_any_more_takes_no_holiday_away_and_one_that_changed_is_read_within_a_day()
    {
        await using var server = await CalendarServer.StartAsync("<html>Sign in</html>");
        await OpenAsync("2024-12-18 08:00", $"--Reminders:Holidays={server.Address}");
        server.Calendar = Christmas;
        var asked = server.Asked;
        await People.UntilAsync(() =>
        {
            Chat.Clock.Advance(TimeSpan.FromMinutes(10));
            return Task.FromResult(server.Asked > asked);
        }, "it asks again");
        await People.UntilAsync(() => Task.FromResult(Chat.Part<OperatorRules>().Rules.Calendar.Holidays.Count > 0), "it has read them");
        server.Calendar = "<html>Sign in</html>";
        asked = server.Asked;
        await People.UntilAsync(() =>
        {
            Chat.Clock.Advance(TimeSpan.FromHours(1));
            return Task.FromResult(server.Asked > asked);
        }, "it asks again a day later");
        Chat.Clock.SetUtcNow(new(2024, 12, 20, 8, 0, 0, TimeSpan.Zero));

        await AssertChristmasIsKeptAsync();
    }

    private async Task AssertChristmasIsKeptAsync()
    {
        await Chat.Says("ana", "/8d start Checkout is down");
        await Chat.Says("ana", "/8d action add Fix it @bo by 2024-12-20");
        await AtAsync("2024-12-20 09:00");

        foreach (var day in new[] { "23", "24", "25", "26" }) await AtAsync($"2024-12-{day} 09:00");
        Assert.Single(await Direct("bo"));
        await AtAsync("2024-12-27 09:00");

        Assert.Equal(2, (await Direct("bo")).Count);
    }

    [Theory]
    [InlineData("/8d remind snooze 9 3d", "There is no action 9")]
    [InlineData("/8d remind snooze 1 soon", "I cannot read `soon` for certain")]
    [InlineData("/8d remind snooze 1 2024-12-01", "is not ahead")]
    [InlineData("/8d remind away until someday", "someday")]
    [InlineData("/8d remind snooze", "snooze N 3d")]
    public async Task Bad_input_is_answered_with_a_sentence(string said, string answer)
    {
        await OpenAsync("2024-12-20 08:00");
        await Chat.Says("ana", "/8d start Checkout is down");
        await Chat.Says("ana", "/8d action add Fix it @bo by 2024-12-23");

        await Chat.Says("ana", said);

        Assert.Contains(answer, (await Chat.IsTold("ana"))[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_cannot_be_delivered_is_tried_again_and_what_is_given_up_is_shown()
    {
        Opened = await Chat.OpenAsync(FailingChannel.In, "2024-12-20 08:00", null, Quiet);
        var channel = (FailingChannel)Chat.Part<IChannel>();
        await Chat.Says("ana", "/8d start Checkout is down");
        await Chat.Says("ana", "/8d action add Fix it @bo by 2024-12-23");
        channel.Failing[FailingChannel.Direct] = new("It does not answer.", IsFinal: false);
        await AtAsync("2024-12-20 09:00");
        await AtAsync("2024-12-20 09:05");
        Assert.Equal(2, channel.Refused);
        channel.Failing.Clear();
        await AtAsync("2024-12-20 09:10");
        Assert.Single(await Direct("bo"));

        channel.Failing[$"{FailingChannel.Direct}/bo"] = new("bo has left the workspace", IsFinal: true);
        await AtAsync("2024-12-23 09:00");
        await AtAsync("2024-12-23 09:05");

        Assert.Equal(3, channel.Refused);
        Assert.Equal("**What others owe in 8Ds that you lead**\n\n- **1.1** Fix it: due today, Monday, 2024-12-23; bo could not be reached (bo has left the workspace)", Assert.Single(await Direct("ana")).Text);
        await Chat.Says("ana", "/8d remind");
        Assert.Contains("Last: bo, Monday, 2024-12-23, not delivered: bo has left the workspace", (await Chat.IsTold("ana"))[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_neither_owner_nor_lead_can_be_reached_the_conversation_is_told_at_once()
    {
        Opened = await Chat.OpenAsync(FailingChannel.In, "2024-12-20 08:00", null, Quiet);
        var channel = (FailingChannel)Chat.Part<IChannel>();
        await Chat.Says("ana", "/8d start Checkout is down");
        await Chat.Says("ana", "/8d action add Fix it @bo by 2024-12-20");
        channel.Failing[$"{FailingChannel.Direct}/bo"] = new("bo has left the workspace", IsFinal: true);
        channel.Failing[$"{FailingChannel.Direct}/ana"] = new("ana has left the workspace", IsFinal: true);

        foreach (var minute in new[] { "00", "05", "10" }) await AtAsync($"2024-12-20 09:{minute}");

        await People.UntilAsync(async () => (await Chat.Sees("cy")).Exists(said => said.Thread is null && said.Text == "**Overdue in 8D 0001: Checkout is down**\n\n- **1.1** Fix it (bo): was due on Friday, 2024-12-20"), "the conversation is told");
        Assert.Empty(await Direct("bo"));
        Assert.Empty(await Direct("ana"));
    }

    [Fact]
    public async Task What_is_overdue_for_three_working_days_is_told_to_the_lead_and_then_weekly()
    {
        await OpenAsync("2024-12-13 08:00");
        await Chat.Says("ana", "/8d start Checkout is down");
        await Chat.Says("ana", "/8d team add @lea Lead");
        await Chat.Says("ana", "/8d action add Fix it @bo by 2024-12-13");

        foreach (var day in new[] { "13", "16", "17" }) await AtAsync($"2024-12-{day} 09:00");
        Assert.Empty(await Direct("lea"));
        await AtAsync("2024-12-18 09:00");
        await AtAsync("2024-12-19 09:00");

        var told = Assert.Single(await Direct("lea"));
        Assert.Equal("**What others owe in 8Ds that you lead**\n\n- **1.1** Fix it: was due on Friday, 2024-12-13; bo was reminded", told.Text);
        Assert.Equal(4, told.Card!.Buttons.Count);
        await AtAsync("2024-12-20 09:00");
        await AtAsync("2024-12-23 09:00");
        Assert.Equal(2, (await Direct("lea")).Count);
        var date = await Chat.Presses("lea", told, "New date");
        Assert.Null(await Chat.Submits("lea", date!, new(StringComparer.Ordinal) { ["row"] = "1.1", ["date"] = "2025-01-15" }));
        await AtAsync("2024-12-30 09:00");
        Assert.Equal(2, (await Direct("lea")).Count);
        Assert.Empty(await Direct("ana"));
    }

    [Fact]
    public async Task Where_the_owner_is_away_or_nobody_the_lead_is_told_in_their_place_and_each_gets_one_message()
    {
        await OpenAsync("2024-12-19 08:00");
        await Chat.Says("ana", "/8d start Checkout is down");
        await Chat.Says("ana", "/8d action add Fix it @bo by 2024-12-20");
        await Chat.Says("ana", "/8d action add Check it @ana by 2024-12-20");
        await Chat.Says("ana", "/8d answer D6 Measure it | | 2024-12-20 | Open");
        await Chat.Says("bo", "/8d remind away until 2025-01-03");

        await AtAsync("2024-12-20 09:00");

        Assert.Empty(await Direct("bo"));
        Assert.Equal("""
            **An action of yours**

            - **1.2** Check it: due today, Friday, 2024-12-20

            **What others owe in 8Ds that you lead**

            - **1.1** Fix it: due today, Friday, 2024-12-20; bo is away
            - **1.3** Measure it: due today, Friday, 2024-12-20; it has no owner
            """.ReplaceLineEndings("\n"), (await Direct("ana"))[^1].Text);
        var whose = await Chat.Presses("ana", (await Direct("ana"))[^1], "Not mine");
        Assert.Null(await Chat.Submits("ana", whose!, new(StringComparer.Ordinal) { ["row"] = "1.3", ["owner"] = "@cy" }));
        Assert.Contains("| Measure it | cy | 2024-12-20 | Open |", await Chat.ReportAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_private_8D_reminds_its_own_people_alone()
    {
        await OpenAsync("2024-12-20 08:00");
        await Chat.Says("ana", "/8d start A leak", "private-board");
        await Chat.Says("ana", "/8d answer D6 Call them | zoe | 2024-12-20 | Open", "private-board");
        await Chat.Says("ana", "/8d action add Tell the board @bo by 2024-12-20", "private-board");

        await AtAsync("2024-12-20 09:00");

        Assert.Single(await Direct("bo"));
        Assert.Empty(await Direct("zoe"));
        var guessed = await Chat.Presses("cy", (await Direct("bo"))[0], "Done"); // from another conversation, by a value that somebody made up
        Assert.Equal("1.2", Assert.Single(guessed!.Inputs[0].Options!).Label);
        var errors = await Chat.Submits("cy", guessed, new(StringComparer.Ordinal) { ["row"] = "1.2" });
        Assert.DoesNotContain("board", errors!["row"], StringComparison.Ordinal);
        errors = await Chat.Submits("cy", guessed, new(StringComparer.Ordinal) { ["row"] = "1.99" });
        Assert.Contains("Only the owner", errors!["row"], StringComparison.Ordinal);
    }

    /// <summary>Somebody is reminded on Friday of what is due on Monday.</summary>
    private async Task RemindedAsync()
    {
        await OpenAsync("2024-12-20 08:00");
        await Chat.Says("ana", "/8d start Checkout is down");
        await Chat.Says("ana", "/8d action add Fix it @bo by 2024-12-23");
        await AtAsync("2024-12-20 09:00");
        Assert.Single(await Direct("bo"));
    }

    private Task AtAsync(string time) => Chat.AtAsync(time);
}
