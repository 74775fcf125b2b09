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
        Assert.Equal("8D 0001: errors 2 · warnings 3 · hints 0", said.Card!.Title);
        Assert.Contains("- **D4**: The cause ends at a person. People err everywhere; what can be changed is what let the error through, and made it likely. (Google SRE, Postmortem Culture: blameless)\n  Ask what made the mistake possible", said.Text, StringComparison.Ordinal);
        Assert.Contains("- **D4**: No control is named that should have caught it.", said.Text, StringComparison.Ordinal);
        Assert.EndsWith("2 more: `check all`", said.Text, StringComparison.Ordinal);
        Assert.Equal(["Fill in D4", "Fill in D0"], said.Card.Buttons.Select(button => button.Label));
        var form = await Chat.Presses("ana", said, "Fill in D4");
        Assert.Contains(form!.Inputs, input => input.Label.StartsWith("Escape points", StringComparison.Ordinal));
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
}
