using EightD.Bot.Tests.Conversations;
using Microsoft.Playwright;

namespace EightD.Bot.Tests.Page;

/// <summary>The playground's page in a real browser.</summary>
public sealed class PageTests(Browser browser)
{
    private static readonly string[] Disciplines =
    [
        "D0: Planning", "D1: Team members", "D2: Problem statement & description", "D3: Interim containment action", "D4: Root cause & escape points",
        "D5: Permanent corrective action", "D6: Implementation plan", "D7: Preventive measures", "D8: Review & closure",
    ];

    private static readonly string[] Attacks =
    [
        "<img src=x onerror=alert(1)>", "<script>alert(2)</script>", "<svg/onload=alert(3)>", "[press](javascript:alert(4))", "![spy](http://spy.example/pixel.png)",
        "<iframe src=\"javascript:alert(5)\"></iframe>", "<a href=\"javascript:alert(6)\" onmouseover=alert(7)>over</a>", "<style>@import 'http://spy.example/style.css'</style>",
        "<b style=\"background:url(http://spy.example/b.png)\">bold</b>", "\"><img src=http://spy.example/i.png>", "[data](data:text/html,<script>alert(8)</script>)",
        "<form action=http://spy.example><button>Save</button></form>", "<base href=http://spy.example>", "<math><mtext></table><mglyph><style><img src onerror=alert(9)>", "&lt;script&gt;alert(10)&lt;/script&gt;",
        "<link rel=stylesheet href=http://spy.example/s.css>", "<meta http-equiv=refresh content=\"0;url=http://spy.example\">", "<http://spy.example/auto>", "`<script>alert(11)</script>`", "${alert(12)} {{constructor.constructor('alert(13)')()}}",
    ];

    [Theory]
    [InlineData(1280, 800)]
    [InlineData(390, 844)]
    public async Task Somebody_starts_an_8D_answers_fills_a_form_and_sees_the_report(int width, int height)
    {
        await using var chat = await Chat.OpenAsync();
        await using var tab = await browser.OpenAsync(width, height);
        await tab.GoAsync(chat, "ana");
        await tab.FitsAsync();

        await tab.SaysAsync("/8d start Checkout is down");
        await Tab.Shows(tab.Thread.GetByRole(AriaRole.Heading, new() { Name = "D0: Problem discovered" }));
        await tab.FitsAsync();
        await tab.RepliesAsync("At 14:15, by an alert");
        await Tab.Shows(tab.Thread.GetByRole(AriaRole.Button, new() { Name = "Undo" }));
        await Tab.Shows(tab.Thread.GetByText("At 14:15, by an alert", new() { Exact = true }).First);
        chat.Pause();

        await Tab.Shows(tab.Thread.GetByRole(AriaRole.Heading, new() { Name = "D0: Impact" }));
        await tab.Thread.GetByRole(AriaRole.Button, new() { Name = "Answer in a form" }).ClickAsync();
        await tab.FitsAsync();
        await tab.Dialog.GetByRole(AriaRole.Textbox).FillAsync("Nobody can pay, 1,200 users");
        await tab.Dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Tab.Hides(tab.Dialog);
        Assert.Contains("**Impact:** Nobody can pay, 1,200 users\n", await chat.ReportAsync(), StringComparison.Ordinal);

        if (width < 500) await tab.Thread.Locator("header").GetByRole(AriaRole.Button, new() { Name = "Back" }).ClickAsync();
        await tab.ReportButton.ClickAsync();
        foreach (var discipline in Disciplines) await Tab.Shows(tab.Rendered.GetByRole(AriaRole.Heading, new() { Name = discipline, Exact = true }));
        await Tab.Shows(tab.Rendered.GetByText("Nobody can pay, 1,200 users"));
        await tab.FitsAsync();

        // It is live: what somebody else answers is there without a press.
        await chat.Says("bo", "/8d answer D3 Restarted the database");
        await Tab.Shows(tab.Rendered.GetByText("Restarted the database"));
        await tab.Report.GetByRole(AriaRole.Tab, new() { Name = "Source" }).ClickAsync();
        await Tab.Shows(tab.Source.GetByText("# 0001: Checkout is down"));
        await tab.FitsAsync();
        tab.IsClean();
    }

    [Fact]
    public async Task The_example_of_a_first_visit_starts_an_8D()
    {
        await using var chat = await Chat.OpenAsync();
        await using var tab = await browser.OpenAsync();
        await tab.GoAsync(chat, "ana");

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Try it" }).ClickAsync();

        await Tab.Shows(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "8D 0001: Checkout is down" }).First);
        tab.IsClean();
    }

    [Fact]
    public async Task Two_tabs_as_two_people_see_each_other_and_not_what_is_for_one_alone()
    {
        await using var chat = await Chat.OpenAsync();
        await using var anas = await browser.OpenAsync();
        await using var bos = await browser.OpenAsync();
        await anas.GoAsync(chat, "ana");
        await bos.GoAsync(chat, "bo");

        await anas.SaysAsync("Checkout answers 500, who is looking?");
        await Tab.Shows(bos.Page.GetByText("Checkout answers 500, who is looking?"));
        await bos.SaysAsync("I am");
        await Tab.Shows(anas.Page.GetByText("I am", new() { Exact = true }));
        await bos.SaysAsync("/8d help");
        await Tab.Shows(bos.Page.GetByText("Only you see this", new() { Exact = true }));
        await bos.SaysAsync("Read it");
        await Tab.Shows(anas.Page.GetByText("Read it", new() { Exact = true }));

        await Tab.Hides(anas.Page.GetByText("Only you see this", new() { Exact = true }));
        anas.IsClean();
        bos.IsClean();
    }

    [Fact]
    public async Task A_form_that_is_refused_stays_filled_and_says_why_beside_its_input()
    {
        await using var chat = await Chat.OpenAsync();
        await using var tab = await browser.OpenAsync();
        await chat.Says("ana", "/8d start Checkout is down");
        await chat.Says("ana", "/8d edit D6");
        await tab.GoAsync(chat, "ana");

        await tab.Button("Open the form").ClickAsync();
        var plan = tab.Dialog.GetByRole(AriaRole.Textbox, new() { Name = "Implementation plan" });
        await plan.FillAsync("a | b | c | d | e");
        await tab.Dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await Tab.Shows(tab.Dialog.GetByText("5 cells"));
        await Assertions.Expect(plan).ToHaveValueAsync("a | b | c | d | e");
        await Assertions.Expect(plan).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(plan).ToBeFocusedAsync();
        await plan.FillAsync("Create the index | maria | Dec 23, 2024 | Open");
        await tab.Dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Tab.Hides(tab.Dialog);
        Assert.Contains("| Create the index | maria | Dec 23, 2024 | Open |\n", await chat.ReportAsync(), StringComparison.Ordinal);
        tab.IsClean();
    }

    [Fact]
    public async Task Nothing_that_people_wrote_is_executed_or_fetched()
    {
        await using var chat = await Chat.OpenAsync();
        const string channel = "<img src=x onerror=alert(20)>";
        await chat.Says("<b onclick=alert(21)>ana</b>", "/8d start <img src=x onerror=alert(22)> \"><script>alert(23)</script> & more", channel);
        await chat.IsAsked("D0: Problem discovered", channel);
        await chat.Replies("<b onclick=alert(21)>ana</b>", string.Join('\n', Attacks), channel);
        foreach (var attack in Attacks)
        {
            await chat.Says("bo", attack, channel);
            await chat.Says("bo", $"/8d note {attack}", channel);
        }

        foreach (var target in new[] { "D2", "D3", "D4", "D4.contributing", "D6" }) await chat.Says("bo", $"/8d answer {target}\n{string.Join('\n', Attacks)}", channel);
        await chat.Says("bo", $"/8d action add {Attacks[0]} @bo by 2024-12-24", channel);
        await chat.Says("bo", "/8d status", channel);
        await chat.Says("bo", "/8d preview", channel);
        await chat.Says("bo", "/8d edit D4", channel);
        await chat.Says("bo", "/8d close --anyway The rest follows", channel);
        await using var tab = await browser.OpenAsync();
        var card = await chat.CardAsync(channel);

        await tab.GoAsync(chat, "bo", channel, $"&thread={card.Id}&report=open");
        foreach (var discipline in Disciplines) await Tab.Shows(tab.Rendered.GetByRole(AriaRole.Heading, new() { Name = discipline, Exact = true }));
        await Tab.Shows(tab.Page.GetByText(Attacks[1], new() { Exact = true }).First);
        await tab.Report.GetByRole(AriaRole.Tab, new() { Name = "Source" }).ClickAsync();

        Assert.Equal(0, await tab.Page.EvaluateAsync<int>("() => [...document.querySelectorAll('main script, main img:not([src=\"/playground/icon.svg\"]), main iframe, main style, main base, main meta, main link, main form:not(.composer)')].length"));
        Assert.Equal(0, await tab.Page.EvaluateAsync<int>("() => [...document.querySelectorAll('main *')].filter(element => [...element.attributes].some(attribute => attribute.name.startsWith('on') || attribute.name === 'style')).length"));
        Assert.Empty(await tab.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('main a')].map(link => link.protocol).filter(protocol => !['http:', 'https:', 'mailto:'].includes(protocol))"));
        await tab.FitsAsync();
        tab.IsClean();
    }

    [Fact]
    public async Task The_keyboard_alone_is_enough()
    {
        await using var chat = await Chat.OpenAsync();
        await using var tab = await browser.OpenAsync();
        await tab.GoAsync(chat, "ana");

        await tab.TabToAsync(tab.Message);
        await tab.Page.Keyboard.TypeAsync("/8d start Checkout is down");
        await tab.Page.Keyboard.PressAsync("Enter");
        await Tab.Shows(tab.Thread.GetByRole(AriaRole.Heading, new() { Name = "D0: Problem discovered" }));
        await tab.TabToAsync(tab.Reply);
        await tab.Page.Keyboard.TypeAsync("At 14:15");
        await tab.Page.Keyboard.PressAsync("Shift+Enter");
        await tab.Page.Keyboard.TypeAsync("by an alert");
        await tab.Page.Keyboard.PressAsync("Enter");
        await Tab.Shows(tab.Thread.GetByRole(AriaRole.Button, new() { Name = "Undo" }));
        chat.Pause();
        await Tab.Shows(tab.Thread.GetByRole(AriaRole.Heading, new() { Name = "D0: Impact" }));

        var inForm = tab.Thread.GetByRole(AriaRole.Button, new() { Name = "Answer in a form" });
        await tab.TabToAsync(inForm);
        await tab.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(tab.Dialog.GetByRole(AriaRole.Textbox)).ToBeFocusedAsync();
        await tab.Page.Keyboard.TypeAsync("Nobody can pay");
        await tab.Page.Keyboard.PressAsync("Escape");
        await Tab.Hides(tab.Dialog);
        Assert.True(await tab.Page.EvaluateAsync<bool>("() => document.activeElement !== document.body"));
        await tab.TabToAsync(inForm);
        await tab.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(tab.Dialog.GetByRole(AriaRole.Textbox)).ToHaveValueAsync("Nobody can pay");
        await tab.TabToAsync(tab.Dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }));
        await tab.Page.Keyboard.PressAsync("Enter");
        await Tab.Hides(tab.Dialog);

        await tab.TabToAsync(tab.ReportButton);
        await tab.Page.Keyboard.PressAsync("Enter");
        await Tab.Shows(tab.Rendered.GetByText("Nobody can pay"));
        await tab.Page.Keyboard.PressAsync("Escape");
        await Tab.Hides(tab.Report);
        await Assertions.Expect(tab.ReportButton).ToBeFocusedAsync();
        tab.IsClean();
    }

    [Fact]
    public async Task New_messages_are_read_out_and_leave_the_focus_and_what_is_being_typed_alone()
    {
        await using var chat = await Chat.OpenAsync();
        await using var tab = await browser.OpenAsync();
        await chat.Says("bo", "hello");
        await tab.GoAsync(chat, "ana");
        await tab.Message.FillAsync("I was just typ");

        await chat.Says("bo", "Look at the database");

        await Assertions.Expect(tab.Page.Locator("[aria-live=polite]")).ToContainTextAsync("bo: Look at the database");
        await Assertions.Expect(tab.Message).ToBeFocusedAsync();
        await Assertions.Expect(tab.Message).ToHaveValueAsync("I was just typ");
        tab.IsClean();
    }

    [Fact]
    public async Task After_the_bot_was_away_the_page_shows_what_was_said_meanwhile()
    {
        using var folder = new TempFolder();
        await using var tab = await browser.OpenAsync();
        using (var bot = await Processes.BotProcess.ServeAsync(folder.Path))
        {
            await bot.People.Says("bo", "before");
            await tab.GoAsync(bot.People, "ana");
            await Tab.Shows(tab.Page.GetByText("before", new() { Exact = true }));
            await bot.KillAsync();
            using var again = await Processes.BotProcess.ServeAsync(folder.Path, $"--urls={bot.People.Address}");
            await again.People.Says("bo", "meanwhile");

            await Tab.Shows(tab.Page.GetByText("meanwhile", new() { Exact = true })); // the live region also says by whom
        }
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task Long_words_and_wide_tables_push_nothing_out_of_the_window(int width)
    {
        await using var chat = await Chat.OpenAsync();
        await chat.Says("ana", $"/8d start {new string('W', 190)}");
        await chat.Says("ana", new string('x', 3000));
        await chat.Says(new string('n', 180), "hello");
        await chat.Says("ana", "```\n" + new string('y', 800) + "\n```");
        await chat.Says("ana", $"/8d answer D1 {new string('a', 300)} | {new string('b', 300)} | c | {new string('d', 300)}");
        await chat.Says("ana", "/8d preview");
        await using var tab = await browser.OpenAsync(width, 800);
        await tab.GoAsync(chat, "ana");
        await tab.FitsAsync();

        await tab.ReportButton.ClickAsync();

        await Tab.Shows(tab.Rendered.GetByRole(AriaRole.Heading, new() { Name = "D8: Review & closure" }));
        await tab.FitsAsync();
        tab.IsClean();
    }
}
