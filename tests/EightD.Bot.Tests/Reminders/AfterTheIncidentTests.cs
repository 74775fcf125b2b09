using EightD.Bot.Tests.Conversations;

namespace EightD.Bot.Tests.Reminders;

/// <summary>What becomes of an 8D when the fire is out: who is asked for what, who is told when nothing comes, what the conversation hears, how it ends. 2024-12-20 is a Friday.</summary>
public sealed class AfterTheIncidentTests : ReminderTests
{
    [Fact]
    public async Task On_the_morning_after_the_lead_gets_one_message_of_what_is_open_with_three_ways_to_go_on()
    {
        await OpenAsync("2024-12-20 10:00");
        await Says("/8d start Checkout is down", "/8d team add @lea Lead", "/8d answer D0.impact Nobody can pay", "/8d resolved");
        await Chat.AtAsync("2024-12-20 17:00");
        await Chat.AtAsync("2024-12-21 09:00");
        Assert.Empty(await Direct("lea"));

        await Chat.AtAsync("2024-12-23 09:00");
        await Chat.AtAsync("2024-12-23 10:00");

        var message = Assert.Single(await Direct("lea"));
        Assert.StartsWith("**8Ds that you lead**\n\n- **8D 0001: Checkout is down** is resolved. Open: D0: Problem discovered, Stakeholders involved", message.Text, StringComparison.Ordinal);
        Assert.Contains("; D4: Root cause analysis, Investigation findings, Contributing factors, Escape points - Why wasn't this caught earlier?", message.Text, StringComparison.Ordinal);
        Assert.Equal(["Assign", "Fill in D0", "Ask me here"], message.Card!.Buttons.Select(button => button.Label));
        Assert.Empty(await Direct("ana"));

        var assign = await Chat.Presses("lea", message, "Assign");
        Assert.Equal(["D0", "D2", "D3", "D4", "D5", "D6", "D7", "D8"], assign!.Inputs[0].Options!.Select(option => option.Value));
        Assert.Null(await Chat.Submits("lea", assign, Values(("section", "D4"), ("owner", "@maria"), ("by", "friday"))));
        Assert.Equal("**D4, Root cause & escape points**\n\nlea asks you for this part of 8D 0001: Checkout is down, by Friday, 2024-12-27. One form: what it holds already stands in it.", (await ToldAsync("maria")).Text);

        var ask = await Chat.Presses("lea", message, "Ask me here");
        Assert.Equal("D0: Problem discovered", ask!.Title);
        Assert.Null(await Chat.Submits("lea", ask, Values(("answer", "At 14:15, by an alert"))));
        Assert.Contains("**Problem discovered:** At 14:15, by an alert", await Chat.ReportAsync(), StringComparison.Ordinal);
        Assert.Equal("D0: Stakeholders involved", (await Chat.Presses("lea", message, "Ask me here"))!.Title);
        Assert.Contains("Only the owner", (await PressedAsync("cy", message, "Fill in D0"))!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_asked_for_a_discipline_gets_one_form_and_is_reminded_like_the_owner_of_an_action()
    {
        await OpenAsync("2024-12-20 10:00");
        await Says("/8d start Checkout is down", "/8d assign D4 @maria by 2024-12-27");
        Assert.Contains(await Chat.Sees("cy"), said => said.Thread is not null && said.Text == "ana asks maria for D4, Root cause & escape points, by Friday, 2024-12-27.");
        var asked = (await ToldAsync("maria"));
        Assert.Equal(["Fill in D4", "Not mine"], asked.Card!.Buttons.Select(button => button.Label));

        await Chat.AtAsync("2024-12-26 09:00");

        var reminder = (await Direct("maria"))[1];
        Assert.Equal("**You were asked for**\n\n- **1.D4** D4, Root cause & escape points: due on Friday, 2024-12-27", reminder.Text);
        Assert.Equal(["Fill in D4", "Done", "Snooze", "New date", "Not mine"], reminder.Card!.Buttons.Select(button => button.Label));
        var form = await Chat.Presses("maria", reminder, "Fill in D4");
        Assert.Equal("D4, Root cause & escape points", form!.Title);
        Assert.Null(await Chat.Submits("maria", form, form.Inputs.ToDictionary(input => input.Id, input => input.Label switch { "Evidence" => "", var label => $"- {label} of maria" }, StringComparer.Ordinal)));
        Assert.Contains("- Contributing factors of maria", await Chat.ReportAsync(), StringComparison.Ordinal);
        await Chat.AtAsync("2024-12-27 09:00");
        await Chat.AtAsync("2024-12-30 09:00");
        Assert.Equal(2, (await Direct("maria")).Count);
    }

    [Theory]
    [InlineData("/8d assign D9 @maria", "This report has no `D9`")]
    [InlineData("/8d assign D4 @maria by yesterday", "Thursday, 2024-12-19 is past")]
    [InlineData("/8d assign D4 @maria by soon", "I cannot read `soon`")]
    [InlineData("/8d assign D4 @maria by february 30", "february 30")]
    [InlineData("/8d assign D4", "assign D4 @WHO")]
    [InlineData("/8d assign D1 @maria", "Nothing is missing in D1")]
    [InlineData("/8d return D4 too short", "holds nothing yet")]
    [InlineData("/8d return D4", "return D4 REASON")]
    [InlineData("/8d temp 1 removed", "D3 names no temporary measure")]
    [InlineData("/8d temp one removed", "temp N removed|adopted")]
    [InlineData("/8d effect failed", "effect TEXT")]
    [InlineData("/8d remind snooze D4 3d", "There is no `D4` here to be reminded of")]
    [InlineData("/8d settings reminders at 19:00", "`at` cannot be `19:00`")]
    [InlineData("/8d settings reminders days Mon-Foo", "`days` cannot be `Mon-Foo`")]
    [InlineData("/8d settings reminders lead 99", "`lead` cannot be `99`")]
    [InlineData("/8d settings reminders", "like `/8d settings timezone")]
    [InlineData("/8d settings reminders color red", "Like `/8d settings reminders at 08:30`")]
    public async Task Bad_input_is_answered_with_a_sentence(string said, string answer)
    {
        await OpenAsync("2024-12-20 10:00");
        await Says("/8d start Checkout is down", "/8d team add @ana Lead", said);
        Assert.Contains(answer, (await Chat.IsTold("ana"))[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_discipline_that_a_reader_returns_is_asked_again_with_the_reason_above_its_question()
    {
        await OpenAsync("2024-12-20 10:00");
        await Says("/8d start Checkout is down", "/8d team add @lea Lead", "/8d answer D4 Bo forgot the index", "/8d close --anyway done");

        await Chat.Says("quinn", "/8d return D4 A name is no cause: what let it happen?");

        Assert.Equal("**8D 0001: D4 was returned**\n\nquinn returned this: A name is no cause: what let it happen?", (await ToldAsync("lea")).Text);
        Assert.Contains("**Status:** In Progress", await Chat.ReportAsync(), StringComparison.Ordinal);
        var question = (await Chat.Sees("ana")).Last(said => said.Card?.Buttons.Any(button => button.Label == "Skip") == true);
        Assert.Equal("D4: Root cause analysis", question.Card!.Title);
        Assert.StartsWith("quinn returned this: A name is no cause: what let it happen?\n\n", question.Card.Body, StringComparison.Ordinal);
        Assert.Contains("> Bo forgot the index", question.Card.Body, StringComparison.Ordinal);
        await Says("/8d status");
        Assert.Contains("D4: 0 of 4", (await Chat.IsTold("ana"))[^1].Text, StringComparison.Ordinal);

        await Says("/8d answer D4.root --replace The build lets queries pass that no index serves");
        await Says("/8d status");
        Assert.Contains("D4: 1 of 4", (await Chat.IsTold("ana"))[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_last_action_is_done_the_lead_is_asked_for_the_effect_on_the_day_that_D8_names_and_the_answer_is_published()
    {
        await OpenAsync("2024-12-20 10:00");
        await Says("/8d start Checkout is down", "/8d team add @lea Lead", "/8d action add Fix it @bo by 2024-12-23", "/8d answer D8.follow Review in 3 weeks", "/8d action done 1", "/8d close --anyway the effect is not known yet");
        await Chat.AtAsync("2025-01-09 09:00");
        Assert.Empty(await Direct("lea"));

        await Chat.AtAsync("2025-01-10 09:00");

        var question = Assert.Single(await Direct("lea"));
        Assert.Equal("**What did the actions bring about?**\n\n- **8D 0001: Checkout is down**: all actions are done. Which figure shows that they help?", question.Text);
        Assert.Equal(["Enter the effect", "Snooze"], question.Card!.Buttons.Select(button => button.Label));
        var form = await Chat.Presses("lea", question, "Enter the effect");
        Assert.Contains("effect", (await Chat.Submits("lea", form!, Values(("effect", " "))))!.Keys);
        Assert.Null(await Chat.Submits("lea", form!, Values(("effect", "No failed checkout in 21 days"))));

        Assert.Contains("**Metrics and outcomes:**\n- No failed checkout in 21 days\n", await Chat.ReportAsync(), StringComparison.Ordinal);
        await People.UntilAsync(() => Task.FromResult(Git("branch", "--list", "main").Length > 0), "the report is published");
        await People.UntilAsync(() => Task.FromResult(Git("show", "main:docs/8d/0001-checkout-is-down.md").Contains("- No failed checkout in 21 days", StringComparison.Ordinal)), "the effect is published");
        await Chat.AtAsync("2025-01-13 09:00");
        await Chat.AtAsync("2025-02-13 09:00");
        Assert.Single(await Direct("lea"));
    }

    [Theory]
    [InlineData("- 30-day review scheduled for January 20, 2025", "2025-01-20")] // a date comes before a period
    [InlineData("- 30-day review", "2025-01-20")] // 30 days from December 20 are January 19, a Sunday
    [InlineData("- Measured again in 2 weeks", "2025-01-03")]
    [InlineData("- Discussed on December 19, 2024 in the team", "2025-01-20")] // is past: the usual 30 days
    [InlineData("- Nothing to do", "2025-01-20")]
    public async Task The_day_of_the_effect_is_the_one_that_D8_names_else_thirty_days_later(string followUp, string day)
    {
        await OpenAsync("2024-12-20 10:00");
        await Says("/8d start Checkout is down", "/8d action add Fix it @bo by 2024-12-23", $"/8d answer D8.follow {followUp}", "/8d action done 1", "/8d remind");

        Assert.Contains($"Effect of the actions – ana is reminded on {DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture).DayOfWeek}, {day} at 09:00 (UTC).", (await Chat.IsTold("ana"))[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_effect_that_is_taken_back_is_asked_for_again()
    {
        await OpenAsync("2024-12-20 10:00");
        await Says("/8d start Checkout is down", "/8d action add Fix it @bo by 2024-12-23", "/8d action done 1", "/8d effect No failed checkout since", "/8d remind");
        Assert.DoesNotContain("Effect of the actions", (await Chat.IsTold("ana"))[^1].Text, StringComparison.Ordinal);

        await Says("/8d undo", "/8d remind");

        Assert.Contains("Effect of the actions – ana is reminded on Monday, 2025-01-20", (await Chat.IsTold("ana"))[^1].Text, StringComparison.Ordinal);
        Assert.DoesNotContain("No failed checkout since", await Chat.ReportAsync(), StringComparison.Ordinal);
        await Chat.AtAsync("2025-01-20 09:00");
        Assert.Contains("Which figure shows that they help?", Assert.Single(await Direct("ana")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_there_was_no_effect_the_cause_is_looked_for_again()
    {
        await OpenAsync("2024-12-20 10:00");
        await Says("/8d start Checkout is down", "/8d answer D4 The index is missing", "/8d action add Fix it @bo by 2024-12-23", "/8d action done 1", "/8d close --anyway done", "/8d effect failed It happened again on January 8");

        var report = await Chat.ReportAsync();
        Assert.Contains("**Metrics and outcomes:**\n- Not effective (Friday, 2024-12-20): It happened again on January 8\n", report, StringComparison.Ordinal);
        Assert.Contains("**Status:** In Progress", report, StringComparison.Ordinal);
        var question = (await Chat.Sees("ana")).Last(said => said.Card?.Buttons.Any(button => button.Label == "Skip") == true);
        Assert.Equal("D4: Root cause analysis", question.Card!.Title);
        Assert.Contains("It happened again on January 8", question.Card.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Temporary_measures_are_asked_about_each_week_until_they_are_removed_or_adopted()
    {
        await OpenAsync("2024-12-20 10:00");
        await Says("/8d start Checkout is down", "/8d answer D3.temporary\nTimeout raised to 60 s\nQuery log on\nNone", "/8d answer D4 The index is missing", "/8d resolved");

        await Chat.AtAsync("2024-12-23 09:00");

        var message = (await Direct("ana"))[0];
        Assert.Contains("**Temporary measures: still in place?**\n\n- **1.temp1** Timeout raised to 60 s\n- **1.temp2** Query log on", message.Text, StringComparison.Ordinal);
        var form = await Chat.Presses("ana", message, "Removed or adopted");
        Assert.Equal(["Timeout raised to 60 s", "Query log on"], form!.Inputs[0].Options!.Select(option => option.Label));
        Assert.Contains("ahead", (await Chat.Submits("ana", form, Values(("measure", "2"), ("how", "removed"), ("words", "2025-03-01"))))!["words"], StringComparison.Ordinal);
        Assert.Null(await Chat.Submits("ana", form, Values(("measure", "2"), ("how", "removed"), ("words", "yesterday"))));
        await Says("/8d temp 1 adopted The timeout stays at 60 s");

        var report = await Chat.ReportAsync();
        Assert.Contains("- Timeout raised to 60 s (adopted 2024-12-23)\n- Query log on (removed 2024-12-22)\n", report, StringComparison.Ordinal);
        Assert.Contains("**Selected corrective actions:**\n1. The timeout stays at 60 s\n", report, StringComparison.Ordinal);
        await Says("/8d temp 1 removed", "/8d remind");
        var told = await Chat.IsTold("ana");
        Assert.Equal("1: Timeout raised to 60 s – it was adopted 2024-12-23 already.", told[^2].Text);
        Assert.DoesNotContain("Temporary measure", told[^1].Text, StringComparison.Ordinal);
        await Says("/8d undo");
        Assert.Contains("- Timeout raised to 60 s\n", await Chat.ReportAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_conversation_is_told_after_five_working_days_in_one_message_and_each_further_day_a_reply_mentions_the_lead()
    {
        await OpenAsync("2024-12-13 08:00");
        await Says("/8d start Checkout is down", "/8d team add @lea Lead", "/8d action add Fix it @bo by 2024-12-13", "/8d answer D6 Ask the supplier | cy | soon | Open");

        foreach (var day in (string[])["13", "16", "17", "18", "19"]) await Chat.AtAsync($"2024-12-{day} 09:00");
        Assert.Null(await DigestAsync());
        await Chat.AtAsync("2024-12-20 09:00");

        var digest = (await DigestAsync())!;
        Assert.Equal("""
            **Overdue in 8D 0001: Checkout is down**

            - **1.1** Fix it (bo): was due on Friday, 2024-12-13
            - Ask the supplier (line 34 of the report): “soon” is no date that can be read for certain. `/8d action due 2 2025-01-15` mends it.
            """.ReplaceLineEndings("\n"), digest.Text);
        await Chat.AtAsync("2024-12-20 11:00");
        await Chat.AtAsync("2024-12-23 09:00");
        await Chat.AtAsync("2024-12-24 09:00");
        Assert.Equal(["@lea One thing is still overdue here.", "@lea One thing is still overdue here."], (await Chat.Sees("cy")).Where(said => said.Thread == digest.Id).Select(said => said.Text));

        await Says("/8d action done 1", "/8d action due 2 2025-02-03");

        Assert.Equal("**Overdue in 8D 0001: Checkout is down**\n\nNothing is overdue any more.", (await DigestAsync())!.Text);
        await Chat.AtAsync("2024-12-27 09:00");
        Assert.Equal(2, (await Chat.Sees("cy")).Count(said => said.Thread == digest.Id));
        Assert.Equal(2, (await Chat.Sees("cy")).Count(said => said.Thread is null && said.From == "8D Bot" && said.To is null)); // the card and the digest
    }

    [Fact]
    public async Task Where_the_lead_is_silent_too_the_champion_is_told_weekly()
    {
        await OpenAsync("2024-12-13 08:00");
        await Says("/8d start Checkout is down", "/8d team add @lea Lead", "/8d team add @cora Champion", "/8d action add Fix it @bo by 2024-12-13");

        foreach (var day in Enumerable.Range(13, 14)) await Chat.AtAsync($"2024-12-{day} 09:00"); // until Thursday the 26th: nine working days late
        Assert.Empty(await Direct("cora"));
        foreach (var day in Enumerable.Range(27, 5)) await Chat.AtAsync($"2024-12-{day} 09:00");
        await Chat.AtAsync("2025-01-06 09:00");

        Assert.Equal(
            ["**Overdue in 8Ds whose champion you are**\n\n- **1.1** Fix it: was due on Friday, 2024-12-13; bo was reminded", "**Overdue in 8Ds whose champion you are**\n\n- **1.1** Fix it: was due on Friday, 2024-12-13; bo was reminded"],
            (await Direct("cora")).Select(said => said.Text)); // Monday the 30th, and a week later
    }

    [Fact]
    public async Task A_discipline_that_is_late_is_brought_up_to_the_lead()
    {
        await OpenAsync("2024-12-19 10:00", "--Reminders:Deadlines=D3=24h,D5=14d");
        await Says("/8d start Checkout is down");
        await Chat.AtAsync("2024-12-20 09:00");
        Assert.Empty(await Direct("ana"));

        await Chat.AtAsync("2024-12-23 09:00");

        var message = Assert.Single(await Direct("ana"));
        Assert.Equal("**8Ds that you lead**\n\n- **8D 0001: Checkout is down**: D3, Interim containment action was to be complete by 2024-12-20 10:00 UTC", message.Text);
        Assert.Equal(["Assign", "Fill in D3", "Ask me here"], message.Card!.Buttons.Select(button => button.Label));
        await Says("/8d answer D3.immediate Restarted", "/8d answer D3.temporary Timeout raised", "/8d answer D3.verification No complaint since");
        await Chat.AtAsync("2024-12-24 09:00");
        Assert.Single(await Direct("ana"));
    }

    [Fact]
    public async Task An_8D_to_which_nobody_answers_is_brought_up_to_its_lead_at_most_twice_a_week()
    {
        await OpenAsync("2024-12-13 10:00");
        await Says("/8d start Checkout is down", "/8d resolved");
        for (var day = 14; day <= 31; day++) await Chat.AtAsync($"2024-12-{day} 09:00");

        var stale = (await Direct("ana")).Where(said => said.Text.Contains("no answer since Friday, 2024-12-13", StringComparison.Ordinal)).Select(said => said.At.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(["2024-12-18", "2024-12-23", "2024-12-26", "2024-12-31"], stale); // three working days after, and each third from there
        Chat.Clock.SetUtcNow(new DateTimeOffset(2024, 12, 31, 10, 0, 0, TimeSpan.Zero));
        await Says("/8d answer D2 Nobody can pay");
        await Chat.AtAsync("2025-01-02 09:00");
        Assert.Equal("2024-12-31", (await Direct("ana"))[^1].At.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Remind_now_tells_the_owners_at_once_but_nobody_twice_on_a_day()
    {
        await OpenAsync("2024-12-21 22:00"); // a Saturday night
        await Says("/8d start Checkout is down", "/8d remind now");
        Assert.Equal("Nothing is due here, so nobody is reminded. `/8d remind` shows what comes.", (await Chat.IsTold("ana"))[^1].Text);
        await Says("/8d action add Fix it @bo by 2024-12-20", "/8d action add Later @cy by 2025-12-20", "/8d remind now");
        Assert.Equal("They are told within a minute: bo.", (await Chat.IsTold("ana"))[^1].Text);
        await People.UntilAsync(async () =>
        {
            await Chat.SweepAsync();
            return (await Direct("bo")).Count > 0;
        }, "bo is told");

        Assert.Equal("**An action of yours**\n\n- **1.1** Fix it: was due on Friday, 2024-12-20", Assert.Single(await Direct("bo")).Text);
        await Says("/8d remind now");
        Assert.Equal("bo got a message today already.", (await Chat.IsTold("ana"))[^1].Text);
        await Chat.SweepAsync();
        Assert.Single(await Direct("bo"));
        Assert.Empty(await Direct("cy"));
    }

    [Fact]
    public async Task A_workspace_has_its_own_hours_days_and_counts()
    {
        await OpenAsync("2024-12-19 06:00");
        await Says("/8d settings timezone Asia/Tokyo", "/8d settings reminders at 08:30", "/8d settings reminders days Mon-Sat", "/8d settings reminders before 2", "/8d settings");
        Assert.Contains("`reminders`: at 08:30, days Mon-Sat, before 2, daily 5, lead 3, channel 5, stale 3.", (await Chat.IsTold("ana"))[^1].Text, StringComparison.Ordinal);
        await Says("/8d start Checkout is down", "/8d action add Fix it @bo by 2024-12-23"); // two of its working days before are Friday and Saturday

        await Chat.AtAsync("2024-12-19 23:29");
        Assert.Empty(await Direct("bo"));
        await Chat.AtAsync("2024-12-19 23:30");
        Assert.Single(await Direct("bo")); // it is half past eight on Friday there

        await Says("/8d settings reminders usual", "/8d settings");
        Assert.Contains("`reminders`: at 09:00, days Mon-Fri, before 1,", (await Chat.IsTold("ana"))[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_that_a_hand_broke_is_named_with_its_line()
    {
        await OpenAsync("2024-12-20 10:00");
        await Says("/8d start Checkout is down", "/8d action add Fix it @bo by 2024-12-23", "/8d publish");
        await People.UntilAsync(() => Task.FromResult(Git("for-each-ref").Contains("refs/heads/main", StringComparison.Ordinal)), "it is published");
        await Chat.Part<EightD.Bot.ReadingBack.GitPolling>().LookAsync(People.Cancel);
        Publishing.GitHere.AtDesk(Desk, Chat.Repository, tree =>
        {
            var file = Path.Combine(tree, "docs/8d/0001-checkout-is-down.md");
            File.WriteAllText(file, File.ReadAllText(file).Replace("|--------|-------------|-------------|--------|\n| Fix", "| Fix", StringComparison.Ordinal));
        });
        await Chat.Part<EightD.Bot.ReadingBack.GitPolling>().LookAsync(People.Cancel);

        await Says("/8d remind");

        var line = Array.FindIndex((await Chat.ReportAsync()).Split('\n'), each => each.StartsWith("| Fix it", StringComparison.Ordinal)) + 1;
        Assert.Contains($"Line {line} of the report looks like an action, and stands in no table that can be read: `| Fix it", (await Chat.IsTold("ana"))[^1].Text, StringComparison.Ordinal);
        Assert.Contains("`/8d edit D6` mends it", (await Chat.IsTold("ana"))[^1].Text, StringComparison.Ordinal);
    }

    private async Task Says(params string[] lines)
    {
        foreach (var line in lines) await Chat.Says("ana", line);
    }

    /// <summary>The one message that somebody gets soon in their own chat.</summary>
    private async Task<Said> ToldAsync(string person)
    {
        await People.UntilAsync(async () => (await Direct(person)).Count > 0, $"{person} is told");
        return Assert.Single(await Direct(person));
    }

    private async Task<Said?> DigestAsync() => (await Chat.Sees("cy")).SingleOrDefault(said => said.Thread is null && said.Text.StartsWith("**Overdue in", StringComparison.Ordinal));

    /// <summary>What somebody is told who pressed in vain.</summary>
    private async Task<string?> PressedAsync(string who, Said message, string label)
    {
        Assert.Null(await Chat.Presses(who, message, label));
        return (await Chat.IsTold(who)).LastOrDefault()?.Text;
    }

    private string Git(params string[] arguments) => Publishing.GitHere.Run(Chat.Repository, arguments);

    private static Dictionary<string, string> Values(params (string Input, string Value)[] values) => values.ToDictionary(each => each.Input, each => each.Value, StringComparer.Ordinal);
}
