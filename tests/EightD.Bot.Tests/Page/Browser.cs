using System.Collections.Concurrent;
using EightD.Bot.Tests.Conversations;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(EightD.Bot.Tests.Page.Browser))]

namespace EightD.Bot.Tests.Page;

/// <summary>Debian's chromium, started once for all tests; each tab of it is watched.</summary>
public sealed class Browser : IAsyncDisposable
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private readonly SemaphoreSlim starting = new(1);
    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>A tab in a browser profile of its own. The test is skipped where there is no chromium.</summary>
    internal async Task<Tab> OpenAsync(int width = 1280, int height = 800)
    {
        await starting.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            browser ??= await LaunchAsync();
        }
        finally
        {
            starting.Release();
        }

        var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = height }, HasTouch = width < 500, TimezoneId = "UTC", Locale = "en" });
        context.SetDefaultTimeout(20_000);
        return await Tab.OpenAsync(context);
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
        starting.Dispose();
    }

    private async Task<IBrowser> LaunchAsync()
    {
        var chromium = Places.FirstOrDefault(File.Exists);
        Assert.SkipWhen(chromium is null, $"chromium is not installed: none of {string.Join(", ", Places)}.");
        playwright = await Playwright.CreateAsync();
        return await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }
}

/// <summary>A tab, with what must not happen in it: an error, a script of somebody's, a request to another host.</summary>
internal sealed class Tab : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly ConcurrentQueue<string> faults = new();

    private Tab(IBrowserContext context, IPage page) => (this.context, Page) = (context, page);

    public IPage Page { get; }

    public ILocator Message => Page.GetByLabel("Message", new() { Exact = true });

    public ILocator Reply => Page.GetByLabel("Reply in thread", new() { Exact = true });

    public ILocator Dialog => Page.GetByRole(AriaRole.Dialog);

    public ILocator ReportButton => Button("Report");

    /// <summary>The report's panel.</summary>
    public ILocator Report => Page.GetByRole(AriaRole.Region, new() { Name = "Report", Exact = true });

    /// <summary>The report as it reads.</summary>
    public ILocator Rendered => Page.GetByRole(AriaRole.Tabpanel, new() { Name = "Rendered" });

    /// <summary>The report's Markdown.</summary>
    public ILocator Source => Page.GetByRole(AriaRole.Tabpanel, new() { Name = "Source" });

    /// <summary>The thread that is shown.</summary>
    public ILocator Thread => Page.GetByRole(AriaRole.Region, new() { Name = "Thread", Exact = true });

    public static async Task<Tab> OpenAsync(IBrowserContext context)
    {
        var tab = new Tab(context, await context.NewPageAsync());
        tab.Page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning" && !message.Text.Contains("status of 422", StringComparison.Ordinal)) tab.faults.Enqueue($"console: {message.Text}");
        };
        tab.Page.PageError += (_, error) => tab.faults.Enqueue($"error: {error}");
        tab.Page.Dialog += async (_, dialog) =>
        {
            tab.faults.Enqueue($"a script ran: {dialog.Message}");
            await dialog.DismissAsync();
        };
        await context.RouteAsync("**/*", async route =>
        {
            if (new Uri(route.Request.Url) is { IsLoopback: true } or { Scheme: "data" })
            {
                await route.ContinueAsync();
                return;
            }

            tab.faults.Enqueue($"asked another host: {route.Request.Url}");
            await route.AbortAsync();
        });
        return tab;
    }

    /// <summary>Opens the page of a bot as somebody in a channel, and waits until it listens.</summary>
    public async Task GoAsync(People bot, string user, string channel = "ops", string more = "")
    {
        await Page.GotoAsync($"{bot.Address.GetLeftPart(UriPartial.Authority)}/?user={Uri.EscapeDataString(user)}&channel={Uri.EscapeDataString(channel)}{more}");
        await Page.WaitForFunctionAsync("() => document.getElementById('empty').dataset.kind || document.querySelector('#messages > li')");
    }

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>Says something in the channel, with the keyboard.</summary>
    public async Task SaysAsync(string text)
    {
        await Message.FillAsync(text);
        await Message.PressAsync("Enter");
    }

    /// <summary>Replies in the open thread, with the keyboard.</summary>
    public async Task RepliesAsync(string text)
    {
        await Reply.FillAsync(text);
        await Reply.PressAsync("Enter");
    }

    /// <summary>Waits until something is in view.</summary>
    public static Task Shows(ILocator what) => Assertions.Expect(what).ToBeVisibleAsync(new() { Timeout = 20_000 });

    public static Task Hides(ILocator what) => Assertions.Expect(what).ToBeHiddenAsync(new() { Timeout = 20_000 });

    /// <summary>Presses Tab until something has the focus.</summary>
    public async Task TabToAsync(ILocator what)
    {
        for (var presses = 0; presses < 80; presses++)
        {
            if (await what.CountAsync() == 1 && await what.EvaluateAsync<bool>("element => element === document.activeElement")) return;
            await Page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"Tab does not lead to {what}.");
    }

    /// <summary>Nothing is wider than the window.</summary>
    public async Task FitsAsync() => Assert.Equal(0, await Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"));

    /// <summary>What must not happen did not.</summary>
    public void IsClean() => Assert.Empty(faults);

    public ValueTask DisposeAsync() => context.DisposeAsync();
}
