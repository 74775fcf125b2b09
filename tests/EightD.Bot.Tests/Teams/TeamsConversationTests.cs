using System.Text.Json.Nodes;
using EightD.Bot.Tests.Conversations;

namespace EightD.Bot.Tests.Teams;

/// <summary>What people do in Teams by Teams' own habits: posts and threads, mentions, cards, dialogs, chats.</summary>
public sealed class TeamsConversationTests
{
    [Fact]
    public async Task The_card_and_all_that_follows_is_in_the_thread_of_the_post_that_started_it()
    {
        await using var room = await TeamsRoom.OpenAsync();
        var post = await room.Starts();
        await room.Answers("ana", "At 14:15", post);
        await room.IsAsked("D0: Impact");

        Assert.All(room.Teams.Sees(TeamsRoom.Ops), message => Assert.Equal($"{TeamsRoom.Ops};messageid={post}", message.Conversation));
        Assert.Equal(3, room.Teams.Sees(TeamsRoom.Ops).Count); // card, confirmation, next question
    }

    [Fact]
    public async Task A_mention_in_another_post_of_the_channel_is_about_the_same_8D_and_answered_there_to_its_author_alone()
    {
        await using var room = await TeamsRoom.OpenAsync();
        await room.Starts();

        var (other, _) = await room.People.Mentions("maria", "status");

        var told = await room.IsTold("maria", "Checkout is down");
        Assert.Equal($"{TeamsRoom.Ops};messageid={other}", told.Conversation);
    }

    [Fact]
    public async Task A_reply_without_a_mention_is_an_answer_where_the_app_may_read_along()
    {
        await using var room = await TeamsRoom.OpenAsync();
        var post = await room.Starts();
        await room.People.Says("ana", "At 14:15", TeamsRoom.Ops, post);
        room.Clock.Advance(TimeSpan.FromSeconds(3));
        await room.IsAsked("D0: Impact");
        await room.People.Says("ana", "good morning everybody", TeamsRoom.Ops); // another post

        await room.Publishes("ana", post: post);
        Assert.Contains("**Problem discovered:** At 14:15\n", room.Report(), StringComparison.Ordinal);
        Assert.DoesNotContain("good morning", room.Report(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Half_a_character_in_a_reply_does_not_lose_the_rest()
    {
        await using var room = await TeamsRoom.OpenAsync();
        var post = await room.Starts();
        var reply = room.People.Message("ana", room.Teams.NewId(), TeamsRoom.Ops, post, "At 14:15 HALF it broke", html: "<p>At 14:15 HALF <b>it</b> broke</p>");

        Assert.Equal(200, (await room.People.PostAsync(reply, written: json => json.Replace("HALF", @"\ud83d", StringComparison.Ordinal))).Status);

        room.Clock.Advance(TimeSpan.FromSeconds(3));
        await room.IsAsked("D0: Impact");
        await room.Publishes("ana", post: post);
        Assert.Contains("**Problem discovered:** At 14:15 \uFFFD **it** broke\n", room.Report(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mention_whose_words_fit_no_command_is_the_answer()
    {
        await using var room = await TeamsRoom.OpenAsync();
        var post = await room.Starts();
        await room.Answers("ana", "starting at 14:15 the pool was empty", post);

        await room.IsAsked("D0: Impact");
        await room.Publishes("ana", post: post);
        Assert.Contains("**Problem discovered:** starting at 14:15 the pool was empty\n", room.Report(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edited_message_changes_its_answer_and_a_deleted_one_asks_its_author()
    {
        await using var room = await TeamsRoom.OpenAsync();
        var post = await room.Starts();
        var (id, _) = await room.People.Says("ana", "At 14:15", TeamsRoom.Ops, post);
        room.Clock.Advance(TimeSpan.FromSeconds(3));
        await room.IsAsked("D0: Impact");

        await room.People.Changes("ana", id, "At 14:20", TeamsRoom.Ops, post);
        await room.Publishes("ana", post: post);
        Assert.Contains("**Problem discovered:** At 14:20\n", room.Report(), StringComparison.Ordinal);

        await room.People.Changes("ana", id, text: null, TeamsRoom.Ops, post);
        await room.IsTold("ana", "report?");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_button_works_in_clients_old_and_new(bool isOld)
    {
        await using var room = await TeamsRoom.OpenAsync();
        await room.Starts();
        var question = await room.IsAsked("D0: Problem discovered");

        Assert.Equal(200, (await room.People.Presses("ana", question, "Skip", isOld)).Status);

        await room.IsAsked("D0: Impact");
    }

    [Fact]
    public async Task A_press_that_Teams_sends_again_does_nothing_twice()
    {
        await using var room = await TeamsRoom.OpenAsync();
        await room.Starts();
        var question = await room.IsAsked("D0: Problem discovered");

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => room.People.Presses("ana", question, "Skip")));

        await room.IsAsked("D0: Impact");
        Assert.Single(room.Teams.Sees(TeamsRoom.Ops), message => message.Shown.StartsWith("D0: Impact", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_message_that_comes_again_is_taken_once()
    {
        await using var room = await TeamsRoom.OpenAsync();
        var post = await room.Starts();
        var activity = room.People.Message("ana", "4711", TeamsRoom.Ops, post, "At 14:15", html: null);
        foreach (var _ in Enumerable.Range(0, 3)) Assert.Equal(200, (await room.People.PostAsync(activity.DeepClone().AsObject())).Status);
        room.Clock.Advance(TimeSpan.FromSeconds(3));

        await room.IsAsked("D0: Impact");
        await room.Publishes("ana", post: post);
        Assert.Equal(2, room.Report().Split("At 14:15").Length);
    }

    [Fact]
    public async Task A_form_that_is_refused_comes_back_with_the_reason_and_what_was_typed()
    {
        await using var room = await TeamsRoom.OpenAsync();
        await room.People.Mentions("ana", "start");
        var offer = await room.IsTold("ana", "start Checkout is down");
        var form = await room.People.Presses("ana", offer, "Open the form");

        var refused = await room.People.Submits("ana", offer, form, ("What is going on?", "  "), ("Severity", "SEV1"));
        Assert.Contains(refused.Inputs, input => input is { Label: "Severity", Value: "SEV1" });
        Assert.Contains("title", refused.Body.GetRawText(), StringComparison.OrdinalIgnoreCase);

        Assert.Null((await room.People.Submits("ana", offer, refused, ("What is going on?", "Checkout is down"))).Task);
        Assert.Contains("SEV1", (await room.CardAsync()).Shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_people_in_the_same_form_lose_nothing()
    {
        await using var room = await TeamsRoom.OpenAsync();
        var post = await room.Starts();
        await room.People.Mentions("ana", "edit D4", post: post);
        var anas = await room.IsTold("ana", "D4");
        await room.People.Mentions("maria", "edit D4", post: post);
        var marias = await room.IsTold("maria", "D4");
        var (first, second) = (await room.People.Presses("ana", anas, "Open the form"), await room.People.Presses("maria", marias, "Open the form"));

        Assert.Null((await room.People.Submits("ana", anas, first, ("Root cause analysis", "the index was missing"))).Task);
        Assert.Null((await room.People.Submits("maria", marias, second, ("Root cause analysis", "the pool was empty"))).Task); // what both added stands

        await room.People.Mentions("ana", "edit D4", post: post);
        await room.People.Mentions("maria", "edit D4", post: post);
        (first, second) = (await room.People.Presses("ana", anas, "Open the form"), await room.People.Presses("maria", marias, "Open the form"));
        Assert.Null((await room.People.Submits("ana", anas, first, ("Root cause analysis", "the index was never made"))).Task);
        var clash = await room.People.Submits("maria", marias, second, ("Root cause analysis", "the pool was too small"));
        Assert.Contains("the index was never made", clash.Body.GetRawText(), StringComparison.Ordinal);
        Assert.Contains(clash.Inputs, input => input.Value == "the pool was too small");
        Assert.Null((await room.People.Submits("maria", marias, clash, ("Root cause analysis", "the index was never made, so the pool was too small"))).Task);

        await room.Publishes("ana", post: post);
        Assert.Contains("the index was never made, so the pool was too small", room.Report(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dialog_outlives_a_restart()
    {
        await using var room = await TeamsRoom.OpenAsync();
        var post = await room.Starts();
        var question = await room.IsAsked("D0: Problem discovered");
        var form = await room.People.Presses("ana", question, "Answer in a form");
        await room.RestartAsync();

        Assert.Null((await room.People.Submits("ana", question, form, ("Problem discovered", "At 14:15"))).Task);

        await room.Publishes("ana", post: post);
        Assert.Contains("**Problem discovered:** At 14:15\n", room.Report(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_button_of_an_old_card_says_how_it_stands()
    {
        await using var room = await TeamsRoom.OpenAsync();
        var post = await room.Starts();
        var old = await room.IsAsked("D0: Problem discovered");
        await room.Answers("ana", "At 14:15", post);
        await room.IsAsked("D0: Impact");

        var answer = await room.People.Presses("ana", old, "Skip");

        Assert.True(answer.Toast?.Contains("question", StringComparison.Ordinal) == true || (await room.IsTold("ana", "question")) is not null);
        await room.IsAsked("D0: Impact");
    }

    [Fact]
    public async Task A_message_is_added_to_the_8D_from_its_menu_with_its_author_and_time()
    {
        await using var room = await TeamsRoom.OpenAsync();
        var post = await room.Starts();
        JsonObject chosen = new()
        {
            ["commandId"] = "add_to_8d",
            ["commandContext"] = "message",
            ["messagePayload"] = new JsonObject
            {
                ["id"] = "77",
                ["createdDateTime"] = "2024-12-20T09:05:00Z",
                ["linkToMessage"] = "https://teams.example/77",
                ["from"] = new JsonObject { ["user"] = new JsonObject { ["id"] = "aad-maria", ["displayName"] = "Maria Garcia" } },
                ["body"] = new JsonObject { ["contentType"] = "html", ["content"] = "<p>The pool is <b>empty</b></p>" },
            },
        };
        var form = await room.People.Chooses("ana", "composeExtension/fetchTask", chosen, TeamsRoom.Ops, post);
        Assert.Contains(form.Inputs, input => input.Value == "The pool is **empty**");
        var data = JsonNode.Parse(form.Data.GetRawText())!.AsObject();
        foreach (var (id, _, value) in form.Inputs) data[id] = value;

        Assert.Null((await room.People.Chooses("ana", "composeExtension/submitAction", new JsonObject { ["commandId"] = "add_to_8d", ["data"] = data }, TeamsRoom.Ops, post)).Task);

        await room.Publishes("ana", post: post);
        Assert.Contains("The pool is **empty** ([message](https://teams.example/77))", room.Report(), StringComparison.Ordinal);
        Assert.Contains("Maria Garcia", room.Report(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slash_command_is_a_message_to_the_bot_alone()
    {
        await using var room = await TeamsRoom.OpenAsync();
        var activity = room.People.Message("ana", "1", TeamsRoom.Group, post: null, "start Checkout is down", html: null);
        activity["recipient"]!["isTargeted"] = true;

        Assert.Equal(200, (await room.People.PostAsync(activity)).Status);

        await room.CardAsync(TeamsRoom.Group);
    }

    [Fact]
    public async Task Where_Teams_shows_nothing_to_one_person_alone_it_is_said_in_their_own_chat_and_its_buttons_mean_the_channel()
    {
        await using var room = await TeamsRoom.OpenAsync();
        var post = await room.Starts();
        room.Teams.Fault("POST targeted", new(403, "BotNotInConversationRoster"), times: 10);

        await room.People.Mentions("maria", "edit D4", post: post);
        var told = await room.People.WaitsFor("a:maria", message => message.Shown.Contains("D4", StringComparison.Ordinal), "Maria is told in her chat");
        var form = await room.People.Presses("maria", told, "Open the form");
        Assert.Null((await room.People.Submits("maria", told, form, ("Root cause analysis", "the index was missing"))).Task);

        await room.Publishes("ana", post: post);
        Assert.Contains("the index was missing", room.Report(), StringComparison.Ordinal);
        Assert.Null(room.Teams.Sees("a:maria")[0].To);
    }

    /// <summary>What a card carries comes back from a client, which may have made it up.</summary>
    [Fact]
    public async Task A_button_that_was_made_up_tells_nobody_of_a_conversation_that_they_are_not_in()
    {
        await using var room = await TeamsRoom.OpenAsync(prepare: teams => teams.Members[TeamsRoom.Secret] = ["29:ana"]);
        var (post, _) = await room.People.Mentions("ana", "start The keys leaked", TeamsRoom.Secret);
        await room.CardAsync(TeamsRoom.Secret);
        JsonObject forged(string action, string value) => new() { ["eightd"] = new JsonObject { ["press"] = new JsonObject { ["action"] = action, ["value"] = value, ["about"] = new JsonObject { ["conversation"] = TeamsRoom.Secret, ["root"] = post } } } };

        var pressed = await room.People.Chooses("maria", "adaptiveCard/action", new JsonObject { ["action"] = new JsonObject { ["type"] = "Action.Execute", ["verb"] = "preview", ["data"] = forged("preview", "") } }, TeamsRoom.Ops, "1");
        var opened = await room.People.Chooses("maria", "task/fetch", new JsonObject { ["data"] = forged("form", "edit.D4") }, TeamsRoom.Ops, "1");
        var submitted = await room.People.Chooses("maria", "task/submit", new JsonObject { ["data"] = new JsonObject { ["eightd"] = new JsonObject { ["form"] = new JsonObject { ["form"] = "edit.D4.1", ["opener"] = forged("form", "edit.D4")["eightd"]!["press"]!.DeepClone(), ["dialog"] = "1", ["attempt"] = 0 } }, ["p0"] = "mine" } }, TeamsRoom.Ops, "1");

        Assert.Equal("That belongs to a conversation that you are not in.", pressed.Toast);
        Assert.Equal(pressed.Toast, opened.Says);
        Assert.Equal(pressed.Toast, submitted.Says);
        Assert.DoesNotContain(room.Teams.Sees("a:maria").Concat(room.Teams.Sees(TeamsRoom.Ops)), message => message.Shown.Contains("keys", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_app_says_how_to_begin_and_after_it_was_away_how_it_stands()
    {
        await using var room = await TeamsRoom.OpenAsync();
        await room.People.Installs("ana", TeamsRoom.Group);
        await room.People.WaitsFor(TeamsRoom.Group, message => message.Buttons.Any(button => button.Label == "Start an 8D"), "the welcome");
        await room.People.Mentions("ana", "start Checkout is down", TeamsRoom.Group);
        await room.CardAsync(TeamsRoom.Group);

        await room.People.Installs("ana", TeamsRoom.Group, "remove");
        await room.People.Installs("ana", TeamsRoom.Group);

        await room.People.WaitsFor(TeamsRoom.Group, message => message.Shown.Contains("I am here again, and 8D 0001 is open", StringComparison.Ordinal), "it is back");
    }

    /// <summary>What people type mentions nobody, and stays what it was in the report.</summary>
    [Theory]
    [InlineData("<at>everyone</at> look", @"\<at>everyone\</at> look")]
    [InlineData("a_b, 2*3*4, #1 and <5 & >3", "a_b, 2*3*4, #1 and <5 & >3")]
    [InlineData("[x](javascript:alert) and <script>alert(1)</script>", @"[x](javascript:alert) and \<script>alert(1)\</script>")]
    [InlineData("&lt;b&gt; is a tag", "&lt;b&gt; is a tag")]
    public async Task What_is_typed_stays_what_it_was(string typed, string written)
    {
        await using var room = await TeamsRoom.OpenAsync();
        var post = await room.Starts();
        await room.People.Says("ana", typed, TeamsRoom.Ops, post, HtmlTyped.Lines(typed));
        room.Clock.Advance(TimeSpan.FromSeconds(3));
        await room.IsAsked("D0: Impact");
        await room.Publishes("ana", post: post);

        Assert.Contains($"**Problem discovered:** {written}\n", room.Report(), StringComparison.Ordinal);
        Assert.All(room.Teams.Sees(TeamsRoom.Ops), message => Assert.False(message.Json.TryGetProperty("entities", out _)));
    }

    [Fact]
    public async Task Everybody_in_a_standard_channel_sees_its_8D_and_nobody_else_that_of_a_private_one()
    {
        await using var room = await TeamsRoom.OpenAsync(prepare: teams => teams.Members[TeamsRoom.Secret] = ["29:ana"]);
        await room.People.Mentions("ana", "start The keys leaked", TeamsRoom.Secret);
        await room.CardAsync(TeamsRoom.Secret);
        await room.Starts();

        await room.People.Mentions("maria", "list");
        var marias = await room.IsTold("maria", "Checkout is down");
        await room.People.Mentions("ana", "list");
        var anas = await room.IsTold("ana", "Checkout is down");

        Assert.DoesNotContain("keys", marias.Shown, StringComparison.Ordinal);
        Assert.Contains("keys", anas.Shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_is_handed_over_by_a_link_that_lasts_a_quarter_of_an_hour()
    {
        await using var room = await TeamsRoom.OpenAsync();
        var post = await room.Starts();
        await room.Publishes("ana", post: post);
        var report = await room.People.WaitsFor(TeamsRoom.Ops, message => message.Buttons.Any(button => button.Label == "Download the report"), "the report");
        Assert.Equal(room.Report(), await room.HandedOverAsync("maria", report));

        var told = await room.IsTold("maria", "is behind these buttons");
        var link = told.Buttons[0].Action.GetProperty("url").GetString()!;
        using var http = new HttpClient();
        using var page = await http.GetAsync(told.Buttons.Single(button => button.Label == "Page to print").Action.GetProperty("url").GetString()!, People.Cancel);
        Assert.Equal(("text/html", "0001-checkout-is-down.html"), (page.Content.Headers.ContentType!.MediaType, page.Content.Headers.ContentDisposition!.FileName));
        Assert.Contains("<title>8D 0001: Checkout is down</title>", await page.Content.ReadAsStringAsync(People.Cancel), StringComparison.Ordinal);
        room.Clock.Advance(TimeSpan.FromMinutes(16));
        using var late = await http.GetAsync(link, People.Cancel);
        using var forged = await http.GetAsync(link[..^4] + "AAAA", People.Cancel);
        Assert.Equal((404, 404), ((int)late.StatusCode, (int)forged.StatusCode));
    }

    [Fact]
    public async Task Two_tenants_see_nothing_of_each_other()
    {
        const string Other = "00000000-1111-2222-3333-444444444444";
        await using var room = await TeamsRoom.OpenAsync(settings: $"--Teams:AllowedTenants={TeamsStandIn.Tenant},{Other}");
        var post = await room.Starts();
        await room.Publishes("ana", post: post);
        var activity = room.People.Message("maria", "1", TeamsRoom.Ops, "1", "<at>8D Bot</at> list all", html: null);
        activity["conversation"]!["tenantId"] = Other;
        activity["channelData"]!["tenant"]!["id"] = Other;
        activity["entities"] = new JsonArray(new JsonObject { ["type"] = "mention", ["text"] = "<at>8D Bot</at>", ["mentioned"] = new JsonObject { ["id"] = TeamsStandIn.Bot } });

        Assert.Equal(200, (await room.People.PostAsync(activity)).Status);

        Assert.DoesNotContain("Checkout", (await room.IsTold("maria", "no reports")).Shown, StringComparison.Ordinal);
    }
}
