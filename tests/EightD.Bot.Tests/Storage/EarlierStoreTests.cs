using System.IO.Compression;
using EightD.Bot.Tests.Conversations;
using EightD.Bot.Tests.Publishing;

namespace EightD.Bot.Tests.Storage;

/// <summary>Nothing is lost by an upgrade: stores that earlier builds wrote, as the README beside each tells, are read, and people go on.</summary>
public sealed class EarlierStoreTests
{
    [Fact]
    public async Task An_open_8D_goes_on()
    {
        await using var chat = await OpenAsync(schema: 1);

        var report = await chat.ReportAsync("checkout");
        Assert.StartsWith("# 0003: Checkout is down\n", report, StringComparison.Ordinal);
        Assert.Contains("**Problem discovered:** At 14:15 by three customers\n", report, StringComparison.Ordinal);
        Assert.Contains("\nOrders fail with 502 since the release of 14:02\n", report, StringComparison.Ordinal);
        Assert.All(Enumerable.Range(0, 70), number => Assert.Contains($"- Finding {number:00}: the log", report, StringComparison.Ordinal));
        Assert.DoesNotContain("baskets", report, StringComparison.Ordinal);
        var seen = await chat.Sees("eve", "checkout");
        Assert.Single(seen, message => message is { From: "eve", Text: "I look at the load balancer meanwhile" });
        Assert.Single(seen, message => message is { From: "maria", Text: "/8d start Checkout is down" });

        await chat.Says("chen", "/8d answer D2 Baskets are lost too", "checkout");
        await chat.Presses("chen", await ToldAsync(chat, "chen", "Baskets"), "Undo", "checkout");
        await chat.Presses("ivo", await ToldAsync(chat, "ivo", "Finding 00"), "Undo", "checkout"); // its entry lies in history/
        await chat.Says("maria", "/8d answer D7.training A talk for all teams", "checkout");
        report = await chat.ReportAsync("checkout");
        Assert.DoesNotContain("Baskets", report, StringComparison.Ordinal);
        Assert.DoesNotContain("Finding 00", report, StringComparison.Ordinal);
        Assert.Contains("A talk for all teams", report, StringComparison.Ordinal);
        await chat.Says("maria", "/8d close --anyway The rest follows", "checkout");
        await People.UntilAsync(() => Task.FromResult(GitHere.Run(chat.Repository, "rev-list", "--count", "--all", "--", "docs/8d/0003-checkout-is-down.md") == "1"), "it is committed");
    }

    [Fact]
    public async Task A_closed_one_is_read_and_opened_again()
    {
        await using var chat = await OpenAsync(schema: 1);

        Assert.Contains("Every second card payment timed out at the gateway", await chat.ReportAsync("payments"), StringComparison.Ordinal);
        await chat.Says("chen", "/8d reopen It came back", "payments");
        await chat.Says("chen", "/8d answer D4.findings The pool was not raised", "payments");

        Assert.Contains("The pool was not raised", await chat.ReportAsync("payments"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_is_not_given_again()
    {
        await using var chat = await OpenAsync(schema: 1);

        await chat.Says("ivo", "/8d start Search is slow again", "search");

        Assert.StartsWith("# 0005: Search is slow again\n", await chat.ReportAsync("search"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Actions_are_found_by_their_owner()
    {
        await using var chat = await OpenAsync(schema: 1);

        await chat.Says("ivo", "/8d actions mine", "elsewhere");

        await ToldAsync(chat, "ivo", "Add a smoke test of the checkout", "elsewhere");
    }

    [Fact]
    public async Task A_publish_that_waited_is_done()
    {
        await using var chat = await OpenAsync(schema: 1);

        await People.UntilAsync(async () => (await chat.Posted("stock")).Exists(message => message.Card?.Fields.Exists(field => field.Name == "Git" && field.Value.Contains("commit", StringComparison.Ordinal)) == true), "it is committed and shown");

        Assert.Contains("By the night report", GitHere.Read(chat.Repository, "docs/8d/0004-stock-levels-are-wrong.md"), StringComparison.Ordinal);
        Assert.Equal("1", GitHere.Run(chat.Repository, "rev-list", "--count", "main"));
    }

    private static async Task<Chat> OpenAsync(int schema)
    {
        var folder = new TempFolder();
        Directory.CreateDirectory(folder["data"]);
        await using (var packed = new GZipStream(File.OpenRead(Path.Combine(Checkout.Root, $"tests/fixtures/store-{schema}/eightd.db.gz")), CompressionMode.Decompress))
        await using (var file = File.Create(folder["data/eightd.db"]))
        {
            await packed.CopyToAsync(file, People.Cancel);
        }

        return await Chat.OpenAsync("2026-11-26 09:15", folder);
    }

    private static async Task<Said> ToldAsync(Chat chat, string who, string word, string of = "checkout")
    {
        Said? told = null;
        await People.UntilAsync(async () => (told = (await chat.IsTold(who, of)).Find(message => message.Text.Contains(word, StringComparison.Ordinal))) is not null, $"{who} is told of {word}");
        return told!;
    }
}
