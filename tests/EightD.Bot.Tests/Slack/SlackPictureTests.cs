using EightD.Bot.Tests.Page;

namespace EightD.Bot.Tests.Slack;

/// <summary>The pictures of docs/slack.md: what the bot's blocks look like.</summary>
public sealed class SlackPictureTests(Browser browser)
{
    [Fact]
    public async Task Card_question_and_confirmation_a_form_and_the_home_can_be_looked_at()
    {
        await using var room = await SlackRoom.OpenAsync("2024-12-20 14:17");
        await room.People.Commands("ana", "ops", "/8d start Checkout is down --severity SEV1");
        await room.IsAsked("D0: Problem discovered");
        await room.Answers("ana", "Monitoring alert at 14:15 UTC, then three calls to support");
        await room.IsAsked("D0: Impact");
        await room.People.Commands("ana", "ops", "/8d action add Index the orders table @maria by next friday");
        await room.IsTold("ana", "Index the orders table");
        await room.People.Commands("ana", "ops", "/8d edit D2");
        await room.People.WaitsForView("ana", "D2, Problem statement &…");
        await room.People.OpensHome("maria");

        await using var tab = await browser.OpenAsync(1560, 980);
        await tab.Page.SetContentAsync(BlockPreview.Page(
            BlockPreview.Of("8D Bot", room.People.Sees("ana", "ops").Where(message => message.BotId is not null)), BlockPreview.Of(room.People.ViewOf("ana")!), BlockPreview.Of(room.People.HomeOf("maria")!)));
        var folder = Environment.GetEnvironmentVariable("PICTURES");
        var picture = await tab.Page.ScreenshotAsync(new() { FullPage = true, Path = folder is null ? null : Path.Combine(folder, "slack.png") });

        Assert.True(picture.Length > 20_000);
    }
}
