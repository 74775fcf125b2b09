namespace EightD.Bot.Tests.Conversations;

/// <summary>Somebody asks whether the 8D is a good one, in the playground.</summary>
public sealed class CheckTests : DeskTests
{
    [Fact]
    public async Task The_worst_three_are_said_to_the_asker_alone_with_why_and_what_mends_them()
    {
        Opened = await Chat.OpenAsync();
        await Chat.Says("ana", "/8d start Checkout is down");
        await Chat.Says("ana", "/8d answer D0.impact Checkout fails for many");
        await Chat.Says("ana", "/8d answer D4.root Human error");
        await Chat.Says("ana", "/8d answer D2 The root cause was a bad release");

        await Chat.Says("ana", "/8d check");

        var said = (await Chat.IsTold("ana"))[^1];
        Assert.Equal("8D 0001: errors 2 · warnings 3", said.Card!.Title);
        Assert.Contains("- **D4**: The cause ends at a person. People err everywhere; what can be changed is what let the error through, and made it likely. (Google SRE, Postmortem Culture: blameless)\n  Ask what made the mistake possible", said.Text, StringComparison.Ordinal);
        Assert.Contains("- **D4**: No control is named that should have caught it.", said.Text, StringComparison.Ordinal);
        Assert.EndsWith("2 more: `/8d check all`", said.Text, StringComparison.Ordinal);
        Assert.Equal(["Answer D4: Escape points - Why wasn't this caught earlier?", "Answer D4", "Answer D0: Impact", "Leave one as it is"], said.Card.Buttons.Select(button => button.Label));
        var form = await Chat.Presses("ana", said, "Answer D4: Escape points - Why wasn't this caught earlier?");
        await Chat.Submits("ana", form!, new() { ["answer"] = "Load test: runs on too little data" });
        Assert.Contains("1. Load test: runs on too little data", await Chat.ReportAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(await Chat.Sees("bo"), other => other.Text.Contains("errors 2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task All_of_them_are_said_where_somebody_wants_them_and_a_young_8D_is_left_in_peace()
    {
        Opened = await Chat.OpenAsync();
        await Chat.Says("ana", "/8d start Checkout is down");
        await Chat.Says("ana", "/8d check");
        Assert.Equal("8D 0001: nothing that is answered so far would be refused.", (await Chat.IsTold("ana"))[^1].Text);
        await Chat.Says("ana", "/8d answer D0.impact Checkout fails for many");
        await Chat.Says("ana", "/8d answer D4.root Human error");

        await Chat.Says("ana", "/8d check all");

        Assert.DoesNotContain("check all", (await Chat.IsTold("ana"))[^1].Text, StringComparison.Ordinal);
        await Chat.Says("ana", "/8d check everything");
        Assert.Contains("check [all]", (await Chat.IsTold("ana"))[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_card_counts_them_and_a_close_says_them_to_whoever_closes_and_leaves_the_8D_open()
    {
        Opened = await Chat.OpenAsync();
        await Chat.Says("ana", "/8d start Checkout is down");
        Assert.DoesNotContain((await Chat.CardAsync()).Card!.Fields, field => field.Name == "Check");
        await Chat.Says("ana", "/8d answer D4.root Human error");
        Assert.Equal("errors 2", (await Chat.CardAsync()).Card!.Fields.Single(field => field.Name == "Check").Value);

        await Chat.Says("bo", "/8d close");

        var refused = (await Chat.IsTold("bo"))[^1];
        Assert.StartsWith("8D 0001 stays open. A reader of the finished report would find: errors ", refused.Card!.Title, StringComparison.Ordinal);
        Assert.EndsWith("`/8d close --anyway REASON` closes it all the same; the reason stays with it.", refused.Text, StringComparison.Ordinal);
        Assert.Contains("**Status:** In Progress", await Chat.ReportAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(await Chat.Sees("ana"), other => other.Text.Contains("stays open", StringComparison.Ordinal));
        var form = await Chat.Presses("bo", refused, "Close anyway");
        Assert.Contains("reason", (await Chat.Submits("bo", form!, new() { ["reason"] = " " }))!.Keys);
        await Chat.Submits("bo", form!, new() { ["reason"] = "The customer waits for it" });

        Assert.Contains("**Status:** Completed", await Chat.ReportAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("The customer waits", await Chat.ReportAsync(), StringComparison.Ordinal); // it has no timeline
        Assert.Contains("8D 0001: Checkout is down is closed, says bo.", (await Chat.Posted())[^1].Text, StringComparison.Ordinal);
        await Chat.Says("ana", "/8d status");
        Assert.Contains("Closed anyway: The customer waits for it", (await Chat.IsTold("ana"))[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Why_it_was_closed_with_findings_stands_in_the_timeline_where_the_report_has_one()
    {
        Opened = await Chat.OpenAsync();
        await Chat.Says("ana", "/8d start Checkout is down");
        await Chat.Says("ana", "/8d note Restarted the database");

        await Chat.Says("ana", "/8d close --anyway The customer waits for it");

        Assert.Contains(", ana: Closed with findings of the check: The customer waits for it\n", await Chat.ReportAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_finding_is_left_as_it_is_with_a_reason_that_stands_in_the_file_and_is_taken_up_again()
    {
        Opened = await Chat.OpenAsync();
        await Chat.Says("ana", "/8d start Checkout is down");
        await Chat.Says("ana", "/8d answer D4.root Human error");
        await Chat.Says("ana", "/8d check");
        var before = await Chat.ReportAsync();
        var form = await Chat.Presses("ana", (await Chat.IsTold("ana"))[^1], "Leave one as it is");
        var which = form!.Inputs[0].Options!.Single(option => option.Label == "D4: The cause ends at a person.");

        await Chat.Submits("ana", form, new() { ["finding"] = which.Value, ["reason"] = "The supplier --> tells us <no> more" });

        Assert.Contains("<!-- 8d-check-disable D4.ends-at-person: The supplier –› tells us ‹no› more -->\n", await Chat.ReportAsync(), StringComparison.Ordinal);
        await Chat.ThreadSays("ana leaves a finding of the check as it is. D4: The cause ends at a person. Reason: The supplier --> tells us <no> more");
        Assert.Contains("finding", (await Chat.Submits("bo", form, new() { ["finding"] = which.Value, ["reason"] = "Once more" }))!.Keys);
        await Chat.Says("ana", "/8d check");
        var said = (await Chat.IsTold("ana"))[^1];
        Assert.DoesNotContain("ends at a person", said.Text, StringComparison.Ordinal);
        Assert.Contains("- Left as it is, D4.ends-at-person: The supplier –› tells us ‹no› more", said.Text, StringComparison.Ordinal);
        await Chat.Presses("ana", said, "Take up D4.ends-at-person");
        Assert.Equal(before, await Chat.ReportAsync());
    }
}
