using System.Net;
using EightD.Bot.Tests.Conversations;

namespace EightD.Bot.Tests.Api;

public sealed class HealthTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task It_says_that_it_is_alive_and_able_to_serve(string playground)
    {
        await using var chat = await Chat.OpenAsync(settings: $"--Playground:Enabled={playground}");

        Assert.Equal(HttpStatusCode.OK, (await chat.Http.GetAsync(new Uri("/healthz", UriKind.Relative), Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await chat.Http.GetAsync(new Uri("/readyz", UriKind.Relative), Cancel)).StatusCode);
    }

    [Fact]
    public async Task Without_the_playground_a_short_page_says_what_this_is_and_its_API_is_not_there()
    {
        await using var chat = await Chat.OpenAsync(settings: "--Playground:Enabled=false");

        using var home = await chat.Http.GetAsync(new Uri("/", UriKind.Relative), Cancel);
        using var api = await chat.Http.GetAsync(chat.In("ops", "?user=ana"), Cancel);
        using var say = await chat.PostAsync(chat.In("ops", "/messages"), new { user = "ana", text = "hello" });

        Assert.Equal(HttpStatusCode.OK, home.StatusCode);
        Assert.Equal("text/html", home.Content.Headers.ContentType?.MediaType);
        Assert.Contains("<h1>8D Bot</h1>", await home.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.All([api, say], answer => Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode));
    }
}
