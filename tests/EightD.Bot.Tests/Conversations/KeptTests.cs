using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using EightD.Bot.Storage;
using EightD.Bot.Tests.Publishing;
using Microsoft.Data.Sqlite;

namespace EightD.Bot.Tests.Conversations;

/// <summary>What is kept: over restarts, beside newer builds, while the store or Git is away.</summary>
public sealed class KeptTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_long_conversation_is_the_same_after_a_restart()
    {
        var chat = await Chat.OpenAsync();
        await chat.Says("ana", "/8d start Checkout is down");
        await chat.IsAsked("D0: Problem discovered");
        for (var number = 0; number < 150; number++) await chat.Says($"person{number % 7}", $"/8d note Entry {number}");
        await chat.Answers("ana", "At 14:15");
        await chat.IsAsked("D0: Impact");
        var (anas, everybodys) = (await chat.Sees("ana"), await chat.Sees("anybody"));

        chat = await chat.RestartAsync();
        await using (chat)
        {
            Assert.Equivalent(anas, await chat.Sees("ana"), strict: true);
            Assert.Equivalent(everybodys, await chat.Sees("anybody"), strict: true);
            await chat.Replies("ana", "Nobody can pay");
            var seen = await chat.Sees("anybody");
            Assert.Equal(everybodys.Select(message => message.Id), seen.SkipLast(1).Select(message => message.Id));
            Assert.Contains("**Impact:** Nobody can pay\n", await chat.ReportAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_8D_that_a_newer_build_wrote_is_answered_503_and_left_alone()
    {
        var chat = await Chat.OpenAsync();
        await chat.Says("ana", "/8d start Checkout is down");
        await chat.IsAsked("D0: Problem discovered");
        var newer = "";

        chat = await chat.RestartAsync(store => RewriteAsync(store, text => newer = text.Replace("\"schema\":1,", "\"schema\":99,", StringComparison.Ordinal)));
        using (var answer = await chat.PostAsync(chat.In("ops", "/messages"), new { user = "ana", text = "/8d answer D4 x" }))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.Matches("^[A-Z].*\\.$", (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("error").GetString());
        }

        await chat.Says("ana", "/8d start Another one", "dev");
        var kept = "";
        chat = await chat.RestartAsync(store => RewriteAsync(store, text => kept = text));
        await chat.DisposeAsync();

        Assert.Contains("\"schema\":99,", newer, StringComparison.Ordinal);
        Assert.Equal(newer, kept);
    }

    [Fact]
    public async Task What_a_newer_build_added_to_an_8D_survives_a_rewrite()
    {
        var chat = await Chat.OpenAsync();
        await chat.Says("ana", "/8d start Checkout is down");
        await chat.IsAsked("D0: Problem discovered");

        chat = await chat.RestartAsync(store => RewriteAsync(store, text => "{\"weather\":{\"wind\":[1,2]}," + text[1..]));
        await chat.Says("ana", "/8d answer D4 The index was missing");
        var kept = "";
        chat = await chat.RestartAsync(store => RewriteAsync(store, text => kept = text));
        await chat.DisposeAsync();

        Assert.Contains("\"weather\":{\"wind\":[1,2]}", kept, StringComparison.Ordinal);
        Assert.Contains("The index was missing", kept, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_store_cannot_be_written_the_answer_is_503_and_nothing_changes()
    {
        await using var chat = await Chat.OpenAsync();
        await chat.Says("ana", "/8d start Checkout is down");
        await chat.IsAsked("D0: Problem discovered");
        var (report, seen) = (await chat.ReportAsync(), await chat.Sees("anybody"));
        await using (var other = new SqliteConnection($"Data Source={chat.Database};Pooling=False"))
        {
            await other.OpenAsync(Cancel);
            await using var transaction = other.BeginTransaction(); // as a backup tool, or a full disk, would hold it up

            using var answer = await chat.PostAsync(chat.In("ops", "/messages"), new { user = "ana", text = "/8d answer D4 x", requestId = "r1" });

            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.Equal(report, await chat.ReportAsync());
        }

        Assert.Equal(seen.Select(message => message.Id), (await chat.Sees("anybody")).Select(message => message.Id));
        await chat.Says("ana", "/8d answer D4 x", requestId: "r1");
        Assert.Contains("**Root cause analysis:**\nx\n", await chat.ReportAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_Git_is_away_a_close_is_queued_and_then_committed_without_a_further_command()
    {
        await using var chat = await Chat.OpenAsync();
        await chat.Says("ana", "/8d start Checkout is down");
        var away = chat.Repository + ".away";
        Directory.Move(chat.Repository, away);

        await chat.Says("bo", "/8d start Another one", "dev"); // Git being away stops nobody
        await chat.Says("ana", "/8d close --anyway The rest follows");
        await People.UntilAsync(async () => (await chat.Sees("anybody")).Exists(message => message.Thread is not null && message.Text.Contains("queued", StringComparison.Ordinal)), "the thread says that it is queued");
        await chat.Says("bo", "/8d status");
        Assert.Contains("queued", (await chat.IsTold("bo"))[^1].Text, StringComparison.Ordinal);
        Directory.Move(away, chat.Repository);

        await People.UntilAsync(async () => (await chat.Posted()).Exists(message => message.Card?.Fields.Exists(field => field is { Name: "Git" } && field.Value.Contains("commit", StringComparison.Ordinal)) == true), "it is committed");
        Assert.Equal(await chat.ReportAsync(), GitHere.Read(chat.Repository, "docs/8d/0001-checkout-is-down.md"));
        Assert.Equal("1", GitHere.Run(chat.Repository, "rev-list", "--count", "main"));
        Assert.DoesNotContain((await chat.CardAsync()).Card!.Fields, field => field.Name == "Git");
        Assert.StartsWith("# 0002: Another one\n", await chat.ReportAsync("dev"), StringComparison.Ordinal);
        Assert.Single((await chat.Sees("anybody")), message => message.Text.Contains("queued", StringComparison.Ordinal));
    }

    /// <summary>Changes the 8D <c>Checkout is down</c> as it stands in the store.</summary>
    private static async Task RewriteAsync(IBlobStore store, Func<string, string> change)
    {
        await foreach (var (key, _) in store.ListAsync("incident/", null, Cancel))
        {
            var blob = (await store.GetAsync(key, Cancel))!.Value;
            var text = Encoding.UTF8.GetString(blob.Content.Span);
            if (text.Contains("Checkout is down", StringComparison.Ordinal)) await store.TryPutAsync(key, Encoding.UTF8.GetBytes(change(text)), PutIf.Unchanged(blob.ETag), Cancel);
        }
    }
}
