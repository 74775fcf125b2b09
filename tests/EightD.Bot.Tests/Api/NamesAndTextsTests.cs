using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using EightD.Bot.Tests.Conversations;

namespace EightD.Bot.Tests.Api;

/// <summary>Names have any characters and at most 200 bytes; texts are kept to the byte but for line ends, NUL and lone surrogates.</summary>
public sealed class NamesAndTextsTests
{
    private static readonly string[] Names =
    [
        "ops", "Ops", "ops ", " ops", "a/b", "a", "b", "..", ".", "../ops", "a/../ops", "%", "%2F", "%252F", "100%", "a b", "a+b", "a?b", "a#b", "a&user=bo", "a\\b", "😀", "👩‍👩‍👧", "é", "e\u0301",
        "שלום", "名前", "'; DROP TABLE blob; --", "<script>", "\t", "\u0001", "a\nb", "messages", "ops/report", "null", "~", "-", "_", "AAAA", ".well-known", new string('x', 200), new string('x', 199),
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Conversations_of_any_name_are_kept_apart_and_are_there_after_a_restart()
    {
        var names = Names.Where(name => !string.IsNullOrWhiteSpace(name)).ToList();
        var chat = await Chat.OpenAsync();
        for (var i = 0; i < names.Count; i++) await chat.Says("ana", $"/8d start Number {i}", names[i]);
        foreach (var name in names) await chat.Says("ana", $"/8d answer D0.impact It is {Shown(name)}", name);

        chat = await chat.RestartAsync();
        await using (chat)
        {
            for (var i = 0; i < names.Count; i++)
            {
                Assert.Equal($"8D {i + 1:D4}: Number {i}", (await chat.CardAsync(names[i])).Card!.Title);
                Assert.Contains($"**Impact:** It is {Shown(names[i])}\n", await chat.ReportAsync(names[i]), StringComparison.Ordinal);
                Assert.Equal(2, (await chat.Sees("ana", names[i])).Count(message => message.From == "ana"));
            }
        }

        static string Shown(string name) => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(name));
    }

    [Fact]
    public async Task People_of_any_name_are_kept_apart()
    {
        await using var chat = await Chat.OpenAsync();
        var names = Names.Where(name => !string.IsNullOrWhiteSpace(name)).ToList();
        foreach (var name in names) await chat.Says(name, "/8d help");

        foreach (var name in names)
        {
            Assert.Equal(name, Assert.Single(await chat.Sees(name), message => message.To is not null).To);
        }
    }

    [Theory]
    [InlineData(200, HttpStatusCode.OK)]
    [InlineData(201, HttpStatusCode.BadRequest)]
    public async Task A_name_has_at_most_200_bytes(int bytes, HttpStatusCode expected)
    {
        await using var chat = await Chat.OpenAsync();
        foreach (var name in new[] { new string('x', bytes), new string('é', bytes / 2) + new string('x', bytes % 2) })
        {
            Assert.Equal(bytes, Encoding.UTF8.GetByteCount(name));
            using var inConversation = await chat.PostAsync(chat.In(name, "/messages"), new { user = "ana", text = "hello" });
            using var byPerson = await chat.PostAsync(chat.In("ops", "/messages"), new { user = name, text = "hello" });
            using var read = await chat.Http.GetAsync(chat.In(name, "?user=ana"), Cancel);
            using var direct = await chat.Http.GetAsync(new Uri($"/playground/api/people/{Uri.EscapeDataString(name)}/messages", UriKind.Relative), Cancel);

            Assert.All([inConversation, byPerson, read, direct], answer => Assert.Equal(expected, answer.StatusCode));
        }
    }

    [Fact]
    public async Task A_name_that_is_blank_is_400()
    {
        await using var chat = await Chat.OpenAsync();

        using var person = await chat.PostAsync(chat.In("ops", "/messages"), new { user = " ", text = "hello" });
        using var conversation = await chat.PostAsync(chat.In(" ", "/messages"), new { user = "ana", text = "hello" });

        Assert.All([person, conversation], answer => Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode));
    }

    [Theory]
    [InlineData("  two blanks  and\ttabs  ", "  two blanks  and\ttabs  ")]
    [InlineData("one\r\ntwo\rthree\nfour", "one\ntwo\nthree\nfour")]
    [InlineData("nul\0nul", "nul\uFFFDnul")]
    [InlineData("**bold** `code` <b> & \"quotes\" \\ \u2028 end", "**bold** `code` <b> & \"quotes\" \\ \u2028 end")]
    [InlineData("😀 👩‍👩‍👧 שלום e\u0301 \uFEFF", "😀 👩‍👩‍👧 שלום e\u0301 \uFEFF")]
    [InlineData("\u0001\u001b[31m", "\u0001\u001b[31m")]
    public async Task A_text_is_kept_but_for_line_ends_and_NUL(string typed, string kept)
    {
        await using var chat = await Chat.OpenAsync();

        await chat.Says("ana", typed);

        Assert.Equal(kept, Assert.Single(await chat.Sees("bo")).Text);
    }

    [Theory]
    [InlineData("half \\ud83d here", "half \uFFFD here")]
    [InlineData("other half \\ude00 here", "other half \uFFFD here")]
    [InlineData("turned \\ude00\\ud83d round", "turned \uFFFD\uFFFD round")]
    [InlineData("whole \\ud83d\\ude00 here", "whole 😀 here")]
    [InlineData("three \\ud83d\\ud83d\\ude00", "three \uFFFD😀")]
    [InlineData("no escape \\\\ud83d here", "no escape \\ud83d here")]
    [InlineData("last \\ud83d", "last \uFFFD")]
    public async Task A_lone_surrogate_becomes_a_replacement_character(string escaped, string kept)
    {
        await using var chat = await Chat.OpenAsync();
        using var body = new StringContent($"{{\"user\":\"ana\",\"text\":\"{escaped}\"}}", Encoding.ASCII, "application/json");

        using var answer = await chat.Http.PostAsync(chat.In("ops", "/messages"), body, Cancel);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(kept, Assert.Single(await chat.Sees("bo")).Text);
    }

    [Fact]
    public async Task A_lone_surrogate_in_an_answer_a_form_and_a_name_does_no_harm()
    {
        await using var chat = await Chat.OpenAsync();
        await chat.Says("ana", "/8d start Checkout is down");
        Assert.Equal(HttpStatusCode.OK, await PostRaw("messages", "{\"user\":\"ana\",\"text\":\"/8d answer D0.impact half \\ud83d\"}"));
        Assert.Equal(HttpStatusCode.OK, await PostRaw("forms/answer.D0.0.add", "{\"user\":\"ana\",\"values\":{\"answer\":\"other \\ude00 half\"}}"));
        Assert.Equal(HttpStatusCode.BadRequest, await PostRaw("messages", "{\"user\":\"ana\\ud83d\",\"text\":\"hello\"}"));

        var report = await chat.ReportAsync();
        Assert.Contains("**Problem discovered:** other \uFFFD half\n**Impact:** half \uFFFD\n", report, StringComparison.Ordinal);

        async Task<HttpStatusCode> PostRaw(string to, string json)
        {
            using var body = new StringContent(json, Encoding.ASCII, "application/json");
            using var answer = await chat.Http.PostAsync(chat.In("ops", "/" + to), body, Cancel);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task A_command_may_have_many_lines()
    {
        await using var chat = await Chat.OpenAsync();
        await chat.Says("ana", "/8d start Checkout is down");

        await chat.Says("ana", "/8d answer D2\r\nThe shop answers 500.\r\n\r\nSymptoms:\r\ntimeouts\r\nhigh load\r\n");

        Assert.Contains("\nThe shop answers 500.\n\n**Symptoms observed:**\n- timeouts\n- high load\n", await chat.ReportAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Numbers_and_other_unknown_members_of_a_request_are_overlooked()
    {
        await using var chat = await Chat.OpenAsync();

        using var answer = await chat.PostAsync(chat.In("ops", "/messages"), new { user = "ana", text = "hello", color = "red", priority = 3 });

        Assert.Equal("hello", Assert.Single(await chat.Sees("bo")).Text);
        Assert.NotEmpty((await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("id").GetString()!);
    }
}
