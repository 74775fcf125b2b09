using System.Net;
using EightD.Bot.Tests.Conversations;

namespace EightD.Bot.Tests.Api;

/// <summary>A conversation whose name begins with <c>private-</c> is there for those who spoke in it or were mentioned in it.</summary>
public sealed class PrivateConversationsTests
{
    private const string Room = "private-board";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("/events")]
    [InlineData("/report")]
    [InlineData("/report.html")]
    public async Task Others_find_nothing_there(string rest)
    {
        await using var chat = await Chat.OpenAsync();
        await chat.Says("ana", "/8d start A leak", Room);

        Assert.Equal(HttpStatusCode.NotFound, await GetAs(chat, "bo", rest));
        Assert.Equal(HttpStatusCode.NotFound, await GetAs(chat, null, rest));
        Assert.Equal(HttpStatusCode.NotFound, await GetAs(chat, "", rest));
        Assert.Equal(HttpStatusCode.NotFound, await GetAs(chat, "Ana", rest));
        Assert.Equal(HttpStatusCode.OK, await GetAs(chat, "ana", rest));
    }

    [Fact]
    public async Task Who_is_mentioned_gets_in_also_after_a_restart()
    {
        var chat = await Chat.OpenAsync();
        await chat.Says("ana", "/8d start A leak", Room);
        await chat.Says("ana", "@bo please look, and mail chris@example.org", Room);

        chat = await chat.RestartAsync();
        await using (chat)
        {
            foreach (var rest in new[] { "", "/events", "/report" }) Assert.Equal(HttpStatusCode.OK, await GetAs(chat, "bo", rest));
            Assert.Equal(HttpStatusCode.NotFound, await GetAs(chat, "chris", ""));
            Assert.Equal(HttpStatusCode.NotFound, await GetAs(chat, "example.org", ""));
        }
    }

    [Fact]
    public async Task Who_is_put_on_the_team_gets_in()
    {
        await using var chat = await Chat.OpenAsync();
        await chat.Says("ana", "/8d start A leak", Room);

        await chat.Says("ana", "/8d team add @dan Champion", Room);

        Assert.Equal(HttpStatusCode.OK, await GetAs(chat, "dan", "/report"));
    }

    [Fact]
    public async Task It_is_listed_to_its_own_people_alone()
    {
        await using var chat = await Chat.OpenAsync();
        await chat.Says("ana", "/8d start A leak", Room);
        await chat.Says("bo", "/8d start Checkout is down");
        await chat.Says("bo", "/8d list all");
        await chat.Says("bo", "/8d show 1");

        Assert.Equal(["ops"], (await chat.ReadAsync<Listed>(new("/playground/api/conversations?user=bo", UriKind.Relative))).Conversations);
        Assert.Equal(["ops", Room], (await chat.ReadAsync<Listed>(new("/playground/api/conversations?user=ana", UriKind.Relative))).Conversations.Order(StringComparer.Ordinal));
        Assert.DoesNotContain(await chat.IsTold("bo"), message => message.Text.Contains("leak", StringComparison.Ordinal) || message.Card?.Body?.Contains("leak", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task Its_card_shows_a_number_only_and_its_report_goes_to_no_repository()
    {
        await using var chat = await Chat.OpenAsync();
        await chat.Says("ana", "/8d start A leak", Room);

        await chat.Says("ana", "/8d publish", Room);

        var seen = await chat.Sees("ana", Room);
        Assert.Equal("8D 0001 (private)", seen.First(message => message is { Thread: null, To: null, Card: not null }).Card!.Title);
        Assert.Contains("private", seen.Last(message => message.To == "ana").Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_page_to_print_is_for_its_own_people_too()
    {
        await using var chat = await Chat.OpenAsync();
        await chat.Says("ana", "/8d start A leak", Room);

        Assert.Equal(HttpStatusCode.NotFound, await GetAs(chat, "bo", "/report.html"));
        using var page = await chat.Http.GetAsync(chat.In(Room, "/report.html?user=ana&download=true"), Cancel);
        Assert.Equal("0001-a-leak.html", page.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
        var html = await page.Content.ReadAsStringAsync(Cancel);
        Assert.StartsWith("<!DOCTYPE html>", html, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", html, StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> GetAs(Chat chat, string? user, string rest)
    {
        using var answer = await chat.Http.GetAsync(chat.In(Room, user is null ? rest : $"{rest}?user={Uri.EscapeDataString(user)}"), HttpCompletionOption.ResponseHeadersRead, Cancel);
        return answer.StatusCode;
    }

    private sealed record Listed(List<string> Conversations);
}
