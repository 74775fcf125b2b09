using EightD.Bot.Tests.Conversations;

namespace EightD.Bot.Tests.Page;

/// <summary>The README's picture: a conversation with its thread and the report beside it.</summary>
public sealed class PictureTests(Browser browser)
{
    [Fact]
    public async Task The_page_looks_as_in_the_README()
    {
        await using var chat = await Chat.OpenAsync("2024-12-20 14:17");
        await using var tab = await browser.OpenAsync(1600, 900);
        await tab.GoAsync(chat, "ana");
        await tab.SaysAsync("/8d start Checkout is down --severity SEV1");
        await tab.RepliesAsync("Monitoring alert at 14:15 UTC, then three calls to support");
        await Tab.Shows(tab.Thread.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Undo" }).First);
        chat.Pause();
        await tab.RepliesAsync("Nobody can pay, about 1,200 active users");
        await chat.Says("ben", "/8d answer D3 Rolled back release 412\nRestarted the connection pool");
        await chat.Says("ben", "/8d action add Index the orders table @maria by next friday");
        chat.Pause();
        await tab.ReportButton.ClickAsync();
        await Tab.Shows(tab.Rendered.GetByText("Restarted the connection pool"));
        await tab.FitsAsync();

        var folder = Environment.GetEnvironmentVariable("PICTURES");
        var picture = await tab.Page.ScreenshotAsync(new() { Path = folder is null ? null : Path.Combine(folder, "playground.png") });
        Assert.True(picture.Length > 20_000);
        tab.IsClean();
    }
}
