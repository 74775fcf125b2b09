using System.Net;
using EightD.Bot.Tests.Conversations;
using Microsoft.Playwright;

namespace EightD.Bot.Tests.Page;

/// <summary>The page that says what the reports say together, in a real browser.</summary>
public sealed class InsightsTests(Browser browser)
{
    private static readonly (string Start, string Title, string Cause, string Escape, string Owner)[] Reports =
    [
        ("2024-08-05 09:00", "Checkout fails", "The new query held each connection for 9 s.", "Load test: runs on too little data.", "maria"),
        ("2024-09-12 09:00", "Login is slow", "The cache was flushed by a config change in the release.", "Monitoring: no alert on cache misses.", "ben"),
        ("2024-10-02 09:00", "Burrs on housings", "The worn cutting tool was not replaced.", "Visual inspection does not see the inner edge.", "maria"),
        ("2024-10-20 09:00", "Payments are refused", "The provider's certificate had run out.", "Monitoring: nobody watches it.", "chloe"),
        ("2024-12-03 09:00", "Orders fail", "A query held a connection for 12 s.", "Review: nobody read the query plan.", "maria"),
    ];

    [Theory]
    [InlineData(1000, 900)]
    [InlineData(390, 844)]
    public async Task What_the_reports_say_together(int width, int height)
    {
        await using var chat = await Chat.OpenAsync(Reports[0].Start);
        foreach (var (number, report) in Reports.Index())
        {
            var place = $"c{number}";
            chat.Clock.SetUtcNow(DateTimeOffset.Parse(report.Start + "Z", System.Globalization.CultureInfo.InvariantCulture));
            await chat.Says("ana", $"/8d start {report.Title}", place);
            await chat.Says("ana", $"/8d answer D4.root {report.Cause}", place);
            await chat.Says("ana", $"/8d answer D4.escape {report.Escape}", place);
            await chat.Says("ana", $"/8d answer D6 Mend it | {(width > 500 ? report.Owner : report.Owner.Replace("chloe", "<b>chloe</b>", StringComparison.Ordinal))} | 2024-12-10 | Open", place);
            if (number == 4) await chat.Says("ana", "/8d answer D3\nimmediate: Rolled back\ntemporary: Timeout raised\nverification: No complaint since", place);
            if (number == 4) await chat.Says("ana", "/8d answer D5\nselected: Index it\nrisk: None seen", place);
            chat.Clock.Advance(TimeSpan.FromMinutes(20 + number));
            await chat.Says("ana", "/8d contained", place);
            chat.Clock.Advance(TimeSpan.FromMinutes(70));
            await chat.Says("ana", "/8d resolved", place);
            if (number == 0) await chat.Says("ana", "/8d action done 1", place);
            chat.Clock.Advance(TimeSpan.FromDays(2));
            await chat.Says("ana", number < 3 ? "/8d close --anyway It is an exercise" : "/8d publish", place);
            await People.UntilAsync(async () => (await chat.Posted(place)).Exists(said => said.Card?.Fields.Exists(field => field.Name == "Git") == true), "it is in Git");
        }

        await chat.Says("ana", "/8d start Salaries leaked", "private-board");
        await chat.Says("ana", "/8d action add Ask everybody @secret by 2024-12-10", "private-board");
        chat.Clock.SetUtcNow(new(2024, 12, 20, 9, 0, 0, TimeSpan.Zero));
        await using var tab = await browser.OpenAsync(width, height);

        await tab.Page.GotoAsync($"{chat.Address.GetLeftPart(UriPartial.Authority)}/?user=ana&channel=c4");
        if (width < 500) await tab.Button("Menu").ClickAsync();
        await tab.Page.GetByRole(AriaRole.Link, new() { Name = "What the reports say together" }).ClickAsync();

        await Tab.Shows(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "What the reports say together", Level = 1 }));
        Assert.Equal("Open 2 Reports 5 To contain 22 min To resolve 1 h 32 min To close 2 days Actions on time 1 / 1", Said(await tab.Page.Locator(".figures").InnerTextAsync()));
        Assert.Equal(["D0 2", "D1 2", "D2 2", "D3 1", "D4 2", "D5 1", "D6 2", "D7 2", "D8 2"], await RowsAsync(tab, "Open 8Ds, by discipline that still wants an answer"));
        Assert.Equal(["maria 2", "ben 1", width > 500 ? "chloe 1" : "\\<b>chloe\\</b> 1"], await RowsAsync(tab, "Overdue actions, by owner"));
        Assert.Equal(["Change or setting 0 0 0 0 0 0 0 0 1 0 0 0", "Others' delivery 0 0 0 0 0 0 0 0 0 1 0 0", "Software 0 0 0 0 0 0 0 1 0 0 0 1", "Equipment or material 0 0 0 0 0 0 0 0 0 1 0 0"], await RowsAsync(tab, "Causes, month by month"));
        Assert.Equal(["Review 0 0 0 0 0 0 0 0 0 0 0 1", "Test 0 0 0 0 0 0 0 1 0 0 0 0", "Monitoring 0 0 0 0 0 0 0 0 1 1 0 0", "Inspection 0 0 0 0 0 0 0 0 0 1 0 0"], await RowsAsync(tab, "What should have caught it, month by month"));
        Assert.Equal("0001, 0005 The new query held each connection for 9 s.", Said(await tab.Page.Locator(".again").InnerTextAsync()));
        Assert.DoesNotContain("secret", await tab.Page.ContentAsync(), StringComparison.Ordinal);
        await tab.FitsAsync();
        if (Environment.GetEnvironmentVariable("PICTURES") is { } folder && width > 500) await tab.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, "insights.png"), FullPage = true });
        tab.IsClean();
    }

    [Fact]
    public async Task Where_there_is_nothing_it_says_so_and_it_answers_to_this_machine_alone()
    {
        await using var chat = await Chat.OpenAsync();
        var page = await chat.Http.GetStringAsync(new Uri("/insights", UriKind.Relative), TestContext.Current.CancellationToken);
        foreach (var words in (string[])["No 8D is open.", "No action is overdue.", "No report of the last twelve months names a cause.", "No two reports name the same cause."]) Assert.Contains(words, page, StringComparison.Ordinal);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/insights", UriKind.Relative));
        request.Headers.Host = "attacker.example";
        using var refused = await chat.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    /// <summary>The table of the figure with this heading: its rows without the head.</summary>
    private static async Task<IReadOnlyList<string>> RowsAsync(Tab tab, string heading)
    {
        var figure = tab.Page.Locator("figure", new() { Has = tab.Page.GetByRole(AriaRole.Heading, new() { Name = heading, Exact = true }) });
        await figure.GetByText("As a table").ClickAsync();
        var rows = await figure.Locator("tbody tr").AllInnerTextsAsync();
        await figure.GetByText("As a table").ClickAsync();
        return [.. rows.Select(Said)];
    }

    private static string Said(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
