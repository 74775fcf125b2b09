using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EightD.Bot.Tests.Conversations;

namespace EightD.Bot.Tests.Api;

/// <summary>The shapes of the playground's API, as the contract has them.</summary>
public sealed class ShapesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_said_is_answered_with_its_id_and_shown_with_every_field()
    {
        await using var chat = await Chat.OpenAsync("2024-12-20 09:15");
        using var answer = await chat.PostAsync(chat.In("ops", "/messages"), new { user = "ana", text = "Is anybody else seeing 500s?", thread = (string?)null });
        var said = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(["id"], Names(said));
        var seen = await chat.ReadAsync<JsonElement>(chat.In("ops", "?user=bo"));
        Assert.Equal(["messages"], Names(seen));
        var message = Assert.Single(seen.GetProperty("messages").EnumerateArray());
        Assert.Equal(["at", "card", "edited", "from", "id", "text", "thread", "to"], Names(message));
        Assert.Equal(said.GetProperty("id").GetString(), message.GetProperty("id").GetString());
        Assert.Equal("ana", message.GetProperty("from").GetString());
        Assert.Equal("Is anybody else seeing 500s?", message.GetProperty("text").GetString());
        Assert.Equal(DateTimeOffset.Parse("2024-12-20T09:15:00Z", System.Globalization.CultureInfo.InvariantCulture), message.GetProperty("at").GetDateTimeOffset());
        Assert.Equal(TimeSpan.Zero, message.GetProperty("at").GetDateTimeOffset().Offset);
        Assert.False(message.GetProperty("edited").GetBoolean());
        Assert.All(["thread", "to", "card"], name => Assert.Equal(JsonValueKind.Null, message.GetProperty(name).ValueKind));
    }

    [Fact]
    public async Task A_card_has_a_title_fields_a_body_and_buttons()
    {
        await using var chat = await Chat.OpenAsync();
        await chat.Says("ana", "/8d start Checkout is down");
        var card = await chat.CardAsync();

        var shown = (await chat.ReadAsync<JsonElement>(chat.In("ops", "?user=bo"))).GetProperty("messages").EnumerateArray()
            .First(message => message.GetProperty("id").GetString() == card.Id);

        Assert.Equal("8D Bot", shown.GetProperty("from").GetString());
        Assert.Equal(["body", "buttons", "fields", "title"], Names(shown.GetProperty("card")));
        Assert.Equal("8D 0001: Checkout is down", shown.GetProperty("card").GetProperty("title").GetString());
        Assert.All(shown.GetProperty("card").GetProperty("fields").EnumerateArray(), field => Assert.Equal(["name", "value"], Names(field)));
        Assert.All(shown.GetProperty("card").GetProperty("buttons").EnumerateArray(), button => Assert.Equal(["action", "label", "value"], Names(button)));
        Assert.NotEmpty(shown.GetProperty("text").GetString()!);
    }

    [Fact]
    public async Task A_press_answers_with_the_form_that_it_opens_else_with_nothing()
    {
        await using var chat = await Chat.OpenAsync();
        await chat.Says("ana", "/8d start");
        var offer = (await chat.IsTold("ana"))[^1];
        var button = Assert.Single(offer.Card!.Buttons);

        using var opened = await chat.PostAsync(chat.In("ops", "/actions"), new { user = "ana", message = offer.Id, action = button.Action, value = button.Value });
        var form = (await opened.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("form");

        Assert.Equal(["id", "inputs", "title"], Names(form));
        var inputs = form.GetProperty("inputs").EnumerateArray().ToList();
        Assert.InRange(inputs.Count, 1, 3);
        Assert.All(inputs, input => Assert.Equal(["hint", "id", "kind", "label", "options", "required", "value"], Names(input)));
        Assert.True(inputs[0].GetProperty("required").GetBoolean());
        var options = inputs.Single(input => input.GetProperty("options").ValueKind == JsonValueKind.Array).GetProperty("options").EnumerateArray().ToList();
        Assert.Equal(["default", "incident", "incident-deep", "simple"], options.Select(option => option.GetProperty("value").GetString()).Order(StringComparer.Ordinal));
        Assert.All(options, option => Assert.Equal(["label", "value"], Names(option)));

        await chat.Says("ana", "/8d start Checkout is down");
        var status = (await chat.CardAsync()).Card!.Buttons.Single(each => each.Label == "Status");
        using var pressed = await chat.PostAsync(chat.In("ops", "/actions"), new { user = "ana", message = (await chat.CardAsync()).Id, action = status.Action, value = status.Value });
        Assert.Equal("{}", await pressed.Content.ReadAsStringAsync(Cancel));
    }

    [Fact]
    public async Task A_form_that_is_taken_answers_with_nothing_and_one_that_is_not_says_why_beside_the_input()
    {
        await using var chat = await Chat.OpenAsync();

        using var refused = await chat.PostAsync(chat.In("ops", "/forms/start"), new { user = "ana", values = new { title = "  ", severity = "SEV1", template = "incident" } });
        using var taken = await chat.PostAsync(chat.In("ops", "/forms/start"), new { user = "ana", values = new { title = "Checkout is down", severity = "SEV1", template = "incident" } });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var why = await refused.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal(["errors"], Names(why));
        Assert.Equal(["title"], Names(why.GetProperty("errors")));
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        Assert.Equal("{}", await taken.Content.ReadAsStringAsync(Cancel));
        Assert.Equal("8D 0001: Checkout is down", (await chat.CardAsync()).Card!.Title);
        Assert.Contains(new Field("Severity", "SEV1"), (await chat.CardAsync()).Card!.Fields);
    }

    [Fact]
    public async Task A_title_that_is_empty_or_too_long_or_for_an_unknown_template_starts_nothing()
    {
        await using var chat = await Chat.OpenAsync();

        Assert.Equal(["title"], (await chat.Submits("ana", Start(), new() { ["title"] = new string('a', 201) }))!.Keys);
        Assert.Equal(["title"], (await chat.Submits("ana", Start(), new()))!.Keys);
        Assert.Contains("simple", (await chat.Submits("ana", Start(), new() { ["title"] = "Checkout", ["template"] = "nine" }))!["template"], StringComparison.Ordinal);

        Assert.Empty(await chat.Posted());
        static Form Start() => new("start", "", []);
    }

    [Fact]
    public async Task After_gives_what_came_after_a_message()
    {
        await using var chat = await Chat.OpenAsync();
        var first = await chat.Says("ana", "one");
        var second = await chat.Says("bo", "two");
        var third = await chat.Says("ana", "three");

        Assert.Equal([first, second, third], (await chat.Sees("bo")).Select(message => message.Id));
        Assert.Equal([second, third], (await chat.Sees("bo", after: first)).Select(message => message.Id));
        Assert.Empty(await chat.Sees("bo", after: third));
    }

    [Fact]
    public async Task After_a_message_that_somebody_else_alone_sees_there_is_what_came_after_it()
    {
        await using var chat = await Chat.OpenAsync();
        await chat.Says("ana", "/8d help");
        var secret = (await chat.IsTold("ana"))[^1];
        var next = await chat.Says("ana", "three");

        Assert.Equal([next], (await chat.Sees("bo", after: secret.Id)).Select(message => message.Id));
    }

    [Fact]
    public async Task Replies_hang_under_their_message()
    {
        await using var chat = await Chat.OpenAsync();
        await chat.Says("ana", "/8d start Checkout is down");
        var card = await chat.CardAsync();

        var reply = await chat.Replies("ana", "At 09:10, by an alert");

        var seen = await chat.Sees("bo");
        Assert.Equal(card.Id, seen.Single(message => message.Id == reply).Thread);
        Assert.Null(card.Thread);
        Assert.All(seen.Where(message => message.Card?.Buttons.Any(button => button.Label is "Skip" or "Undo") == true), message => Assert.Equal(card.Id, message.Thread));
    }

    [Fact]
    public async Task What_one_person_alone_is_told_nobody_else_sees_or_presses()
    {
        await using var chat = await Chat.OpenAsync();
        await chat.Says("ana", "/8d start Checkout is down");
        await chat.Says("bo", "/8d status");

        var told = Assert.Single(await chat.IsTold("bo"));

        Assert.Equal("bo", told.To);
        Assert.DoesNotContain(await chat.Sees("ana"), message => message.Id == told.Id);
        Assert.DoesNotContain((await chat.ReadAsync<JsonElement>(chat.In("ops"))).GetProperty("messages").EnumerateArray(), message => message.GetProperty("id").GetString() == told.Id);
        using var pressed = await chat.PostAsync(chat.In("ops", "/actions"), new { user = "ana", message = told.Id, action = "next", value = "" });
        Assert.Equal(HttpStatusCode.NotFound, pressed.StatusCode);
    }

    [Fact]
    public async Task A_person_has_direct_messages_of_the_same_shape()
    {
        await using var chat = await Chat.OpenAsync();

        var seen = await chat.ReadAsync<JsonElement>(new("/playground/api/people/ana/messages", UriKind.Relative));

        Assert.Equal(["messages"], Names(seen));
        Assert.Empty(seen.GetProperty("messages").EnumerateArray());
    }

    [Fact]
    public async Task A_conversation_that_nobody_used_is_empty_and_has_no_report()
    {
        await using var chat = await Chat.OpenAsync();

        Assert.Empty(await chat.Sees("ana", "nowhere"));
        Assert.Equal(HttpStatusCode.NotFound, (await chat.Http.GetAsync(chat.In("nowhere", "/report"), Cancel)).StatusCode);
    }

    [Fact]
    public async Task The_report_is_Markdown_and_holds_an_answer_as_soon_as_it_was_taken()
    {
        await using var chat = await Chat.OpenAsync();
        await chat.Says("ana", "/8d start Checkout is down");
        await chat.Says("ana", "/8d answer D0.impact Nobody can pay");

        using var report = await chat.Http.GetAsync(chat.In("ops", "/report"), Cancel);

        Assert.Equal("text/markdown", report.Content.Headers.ContentType?.MediaType);
        Assert.Equal("utf-8", report.Content.Headers.ContentType?.CharSet);
        Assert.Contains("**Impact:** Nobody can pay\n", await report.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_second_start_the_report_is_the_open_one()
    {
        await using var chat = await Chat.OpenAsync();
        await chat.Says("ana", "/8d start First");
        await chat.Says("ana", "/8d cancel A false alarm");
        Assert.StartsWith("# 0001: First\n", await chat.ReportAsync(), StringComparison.Ordinal);

        await chat.Says("ana", "/8d start Second");

        Assert.StartsWith("# 0002: Second\n", await chat.ReportAsync(), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal);
}
