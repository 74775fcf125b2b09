using EightD.Bot.Channels.Playground;
using EightD.Bot.Storage;
using EightD.Bot.Tests.Conversations;

namespace EightD.Bot.Tests.Keeping;

/// <summary>What is not needed any more goes after <c>Storage:Keep</c>, and nothing else does.</summary>
public sealed class RetentionTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_cancelled_draft_that_was_never_published_goes_after_its_time_with_all_that_names_it()
    {
        await using var chat = await OpenAsync();
        await chat.Says("ana", "/8d start Checkout is down");
        await chat.Says("ana", "/8d action add Fix it @bo by 2024-12-30");
        await chat.Says("ana", "/8d cancel a false alarm");
        await PassAsync(chat, TimeSpan.FromDays(89));
        Assert.Contains("Checkout is down", await chat.ReportAsync(), StringComparison.Ordinal);

        await PassAsync(chat, TimeSpan.FromDays(2));

        await People.UntilAsync(
            async () => !await chat.Part<IBlobStore>().ListAsync("", null, Cancel).AnyAsync(each => each.Key.Split('/', 2)[0] is "incident" or "open" or "report" or "owner" or "opened" or "history" or "due", Cancel),
            "nothing is left of it, also where the bot's own sweep was at it");
        await chat.Says("bo", "/8d start Another one");
        Assert.StartsWith("# 0002: ", await chat.ReportAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/8d reopen it was none")]
    [InlineData("/8d reopen it was none", "/8d cancel it was one")]
    public async Task One_that_was_opened_again_stays(params string[] later)
    {
        await using var chat = await OpenAsync();
        await chat.Says("ana", "/8d start Checkout is down");
        await chat.Says("ana", "/8d cancel a false alarm");
        chat.Clock.Advance(TimeSpan.FromDays(60));
        foreach (var said in later) await chat.Says("ana", said);

        await PassAsync(chat, TimeSpan.FromDays(60));

        Assert.Contains("Checkout is down", await chat.ReportAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_was_published_stays()
    {
        await using var chat = await OpenAsync();
        await chat.Says("ana", "/8d start Checkout is down");
        await chat.Says("ana", "/8d publish");
        await People.UntilAsync(async () => (await chat.Sees("anybody")).Exists(message => message.Text.Contains("docs/8d/0001", StringComparison.Ordinal)), "it is published");
        await chat.Says("ana", "/8d cancel a false alarm");

        await PassAsync(chat, TimeSpan.FromDays(200));

        Assert.Contains("**Status:** Cancelled", await chat.ReportAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Old_log_entries_go_and_the_report_stays()
    {
        await using var chat = await OpenAsync();
        await chat.Says("ana", "/8d start Checkout is down");
        foreach (var answer in Enumerable.Range(1, 10)) await chat.Says("ana", $"/8d answer D2 {answer} {new string('x', 3000)}");
        Assert.NotEmpty(await HistoryAsync(chat));

        await PassAsync(chat, TimeSpan.FromDays(91));

        Assert.Empty(await HistoryAsync(chat));
        Assert.Contains("10 xxx", await chat.ReportAsync(), StringComparison.Ordinal);
        await chat.Says("ana", "/8d undo");
        Assert.DoesNotContain("10 xxx", await chat.ReportAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Talk_goes_where_nobody_has_spoken_for_long_and_the_8D_stays()
    {
        await using var chat = await OpenAsync();
        await chat.Says("ana", "/8d start Checkout is down", "quiet");
        await chat.Says("ana", "hello", "lively");
        chat.Clock.Advance(TimeSpan.FromDays(60));
        await chat.Says("bo", "hello again", "lively");
        chat.Clock.Advance(TimeSpan.FromDays(40));

        await chat.Part<TalkKeeping>().LookAsync(Cancel);

        Assert.Empty(await chat.Sees("ana", "quiet"));
        Assert.Equal(2, (await chat.Sees("ana", "lively")).Count);
        await chat.Says("ana", "/8d answer D2 All customers", "quiet");
        Assert.Contains("All customers", await chat.ReportAsync("quiet"), StringComparison.Ordinal);
        Assert.Contains((await chat.Sees("ana", "quiet")), message => message.Text.Contains("All customers", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_name_that_is_erased_is_in_no_blob_of_the_8D_any_more()
    {
        await using var chat = await OpenAsync();
        await chat.Says("zoe", "/8d start Checkout is down");
        await chat.Says("ana", "/8d action add Fix it @zoe by 2024-12-30");
        foreach (var answer in Enumerable.Range(1, 10)) await chat.Says("zoe", $"/8d answer D2 {answer}, says zoe {new string('x', 3000)}");
        Assert.NotEmpty(await HistoryAsync(chat));

        await chat.Says("ana", "/8d team remove @zoe --erase");

        await People.UntilAsync(async () => (await BlobsWith(chat, "zoe")).Count == 0, "no blob of the 8D has the name");
        await chat.Says("zoe", "/8d actions mine");
        Assert.DoesNotContain("Fix it", (await chat.IsTold("zoe"))[^1].Text, StringComparison.Ordinal);
    }

    private static async Task<List<string>> BlobsWith(Chat chat, string name)
    {
        List<string> found = [];
        await foreach (var (key, _) in chat.Part<IBlobStore>().ListAsync("", null, Cancel))
        {
            if (key.Split('/')[0] is "talk" or "due") continue; // what was said in the conversation stays there; the note of a day goes on that day
            if (key.Contains(System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(name)), StringComparison.Ordinal)
                || await chat.Part<IBlobStore>().GetAsync(key, Cancel) is { } blob && System.Text.Encoding.UTF8.GetString(blob.Content.Span).Contains(name, StringComparison.Ordinal)) found.Add(key);
        }

        return found;
    }

    private static Task<Chat> OpenAsync() => Chat.OpenAsync("2024-12-20 09:15", null, "--Git:Poll=00:00:00", "--Reminders:Interval=1.00:00:00");

    private static async Task PassAsync(Chat chat, TimeSpan time)
    {
        chat.Clock.Advance(time);
        await chat.SweepAsync();
    }

    private static ValueTask<List<string>> HistoryAsync(Chat chat) => chat.Part<IBlobStore>().ListAsync("history/", null, Cancel).Select(each => each.Key).ToListAsync(Cancel);
}
