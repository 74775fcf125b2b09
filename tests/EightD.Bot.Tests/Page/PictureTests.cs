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

    [Fact]
    public async Task A_close_with_findings_looks_as_in_its_documentation()
    {
        await using var chat = await Chat.OpenAsync("2024-12-20 14:17");
        await using var tab = await browser.OpenAsync(1000, 900);
        await chat.Says("ana", "/8d start Checkout is down --severity SEV1");
        await chat.Says("ana", "/8d answer D0.impact Nobody can pay, about 1,200 users for 45 minutes");
        await chat.Says("ben", "/8d answer D4\nroot: The new query scans the whole orders table\nescape: Load test: runs on 1,000 records");
        await chat.Says("ben", "/8d answer D5 Index the orders table");
        await chat.Says("ben", "/8d resolved");
        await tab.GoAsync(chat, "ana");

        await tab.SaysAsync("/8d close");

        await Tab.Shows(tab.Button("Close anyway"));
        var folder = Environment.GetEnvironmentVariable("PICTURES");
        var picture = await tab.Page.ScreenshotAsync(new() { Path = folder is null ? null : Path.Combine(folder, "check.png") });
        Assert.True(picture.Length > 20_000);
        tab.IsClean();
    }
}
