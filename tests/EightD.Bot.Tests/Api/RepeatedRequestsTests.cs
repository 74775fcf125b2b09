using EightD.Bot.Tests.Conversations;

namespace EightD.Bot.Tests.Api;

/// <summary>A repeated <c>requestId</c> changes nothing and answers the same.</summary>
public sealed class RepeatedRequestsTests
{
    [Fact]
    public async Task A_message_that_is_sent_again_is_shown_once_whatever_its_text_is()
    {
        await using var chat = await Chat.OpenAsync();

        var first = await chat.Says("ana", "hello", requestId: "r1");
        var again = await chat.Says("ana", "hello", requestId: "r1");
        var other = await chat.Says("bo", "something else", requestId: "r1");
        var new1 = await chat.Says("ana", "hello", requestId: "r2");

        Assert.Equal([first, first], [again, other]);
        Assert.NotEqual(first, new1);
        Assert.Equal(["hello", "hello"], (await chat.Sees("bo")).Select(message => message.Text));
    }

    [Fact]
    public async Task A_request_id_is_one_conversations_own()
    {
        await using var chat = await Chat.OpenAsync();

        Assert.NotEqual(await chat.Says("ana", "hello", "ops", "r1"), await chat.Says("ana", "hello", "dev", "r1"));
        Assert.Single(await chat.Sees("ana", "dev"));
    }

    [Fact]
    public async Task A_start_that_is_sent_again_starts_once()
    {
        await using var chat = await Chat.OpenAsync();

        await chat.Says("ana", "/8d start Checkout is down", requestId: "r1");
        await chat.Says("ana", "/8d start Checkout is down", requestId: "r1");
        await chat.Says("ana", "/8d start Another one", requestId: "r1");

        Assert.Single(await chat.Posted());
        Assert.Empty(await chat.IsTold("ana"));
        await chat.Says("ana", "/8d start The next one", "dev");
        Assert.StartsWith("# 0002:", await chat.ReportAsync("dev"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_is_sent_again_stands_once_and_is_confirmed_once()
    {
        await using var chat = await Chat.OpenAsync();
        await chat.Says("ana", "/8d start Checkout is down");
        await chat.Says("ana", "/8d answer D3 Restarted the database", requestId: "r1");
        var (report, seen) = (await chat.ReportAsync(), await chat.Sees("ana"));

        await chat.Says("ana", "/8d answer D3 Restarted the database", requestId: "r1");
        await chat.Says("ana", "/8d answer D3 Something else", requestId: "r1");

        Assert.Equal(report, await chat.ReportAsync());
        Assert.Equal(seen.Select(message => message.Id), (await chat.Sees("ana")).Select(message => message.Id));
    }

    [Fact]
    public async Task A_reply_that_is_sent_again_answers_once()
    {
        await using var chat = await Chat.OpenAsync();
        await chat.Says("ana", "/8d start Checkout is down");
        await chat.IsAsked("D0: Problem discovered");
        await chat.Replies("ana", "At 09:10", requestId: "r1");
        chat.Pause();
        await chat.IsAsked("D0: Impact");

        await chat.Replies("ana", "At 09:10", requestId: "r1");

        await chat.IsAsked("D0: Impact");
        Assert.DoesNotContain("**Impact:** ", await chat.ReportAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_is_answered_as_before()
    {
        await using var chat = await Chat.OpenAsync();
        await chat.Says("ana", "/8d start Checkout is down");
        await chat.Says("ana", "/8d answer D6 a | b | c | d | e", requestId: "r1");
        var told = Assert.Single(await chat.IsTold("ana"));

        await chat.Says("ana", "/8d answer D6 a | b | c | d | e", requestId: "r1");

        Assert.All(await chat.IsTold("ana"), message => Assert.Equal(told.Text, message.Text));
        Assert.Single(await chat.IsTold("ana"));
    }

    [Fact]
    public async Task A_press_that_is_sent_again_does_nothing_more()
    {
        await using var chat = await Chat.OpenAsync();
        await chat.Says("ana", "/8d start Checkout is down");
        var question = await chat.IsAsked("D0: Problem discovered");
        await chat.Presses("ana", question, "Skip", requestId: "p1");
        var next = await chat.IsAsked("D0: Impact");

        await chat.Presses("ana", question, "Skip", requestId: "p1");
        await chat.Presses("ana", next, "Skip", requestId: "p1");

        Assert.Equal(next.Id, (await chat.IsAsked("D0: Impact")).Id);
        Assert.Empty(await chat.IsTold("ana"));
    }

    [Fact]
    public async Task A_press_that_opens_a_form_opens_the_same_again()
    {
        await using var chat = await Chat.OpenAsync();
        await chat.Says("ana", "/8d start Checkout is down");
        var question = await chat.IsAsked("D0: Problem discovered");

        var first = await chat.Presses("ana", question, "Answer in a form", requestId: "p1");
        var again = await chat.Presses("ana", question, "Answer in a form", requestId: "p1");

        Assert.Equal(first!.Id, again!.Id);
        Assert.Equal(first.Inputs, again.Inputs);
    }

    [Fact]
    public async Task A_form_that_is_sent_again_is_taken_once_and_refused_again_as_before()
    {
        await using var chat = await Chat.OpenAsync();
        await chat.Says("ana", "/8d start Checkout is down");
        var form = (await chat.Presses("ana", await chat.IsAsked("D0: Problem discovered"), "Answer in a form"))!;

        Assert.Null(await chat.Submits("ana", form, new() { ["answer"] = "At 09:10" }, requestId: "f1"));
        Assert.Null(await chat.Submits("ana", form, new() { ["answer"] = "At 09:10" }, requestId: "f1"));
        Assert.Null(await chat.Submits("ana", form, new() { ["answer"] = "Something else" }, requestId: "f1"));
        Assert.Contains("**Problem discovered:** At 09:10\n", await chat.ReportAsync(), StringComparison.Ordinal);

        var unknown = new Form("move.99", "", []);
        var refused = await chat.Submits("ana", unknown, new(), requestId: "f2");
        Assert.NotNull(refused);
        Assert.Equal(refused, await chat.Submits("ana", unknown, new(), requestId: "f2"));
    }

    [Fact]
    public async Task A_message_a_press_and_a_form_may_have_the_same_id()
    {
        await using var chat = await Chat.OpenAsync();
        await chat.Says("ana", "/8d start Checkout is down", requestId: "1");
        var form = (await chat.Presses("ana", await chat.IsAsked("D0: Problem discovered"), "Answer in a form", requestId: "1"))!;

        Assert.Null(await chat.Submits("ana", form, new() { ["answer"] = "At 09:10" }, requestId: "1"));

        Assert.Contains("**Problem discovered:** At 09:10\n", await chat.ReportAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_restart_a_repeated_request_still_changes_nothing()
    {
        var chat = await Chat.OpenAsync();
        var started = await chat.Says("ana", "/8d start Checkout is down", requestId: "r1");
        var question = await chat.IsAsked("D0: Problem discovered");
        var form = (await chat.Presses("ana", question, "Answer in a form"))!;
        await chat.Says("ana", "/8d answer D3 Restarted the database", requestId: "r2");
        await chat.Submits("ana", form, new() { ["answer"] = "At 09:10" }, requestId: "f1");
        chat.Pause();
        await chat.Presses("ana", await chat.IsAsked("D0: Impact"), "Skip", requestId: "p1");
        await chat.Says("ana", "hello", requestId: "r3");
        var (report, seen) = (await chat.ReportAsync(), await chat.Sees("ana"));

        chat = await chat.RestartAsync();
        await using (chat)
        {
            Assert.Equal(started, await chat.Says("ana", "/8d start Checkout is down", requestId: "r1"));
            await chat.Says("ana", "/8d answer D3 Restarted the database", requestId: "r2");
            await chat.Submits("ana", form, new() { ["answer"] = "At 09:10" }, requestId: "f1");
            await chat.Presses("ana", question, "Skip", requestId: "p1");
            await chat.Says("ana", "hello", requestId: "r3");

            Assert.Equal(report, await chat.ReportAsync());
            Assert.Equal(seen.Select(message => message.Id), (await chat.Sees("ana")).Select(message => message.Id));
        }
    }
}
