using System.Globalization;
using EightD.Bot.Channels.Playground;
using EightD.Bot.Storage;
using EightD.Bot.Tests.Conversations;
using EightD.Bot.Tests.Storage;

namespace EightD.Bot.Tests.Api;

/// <summary>Two processes keep the talk of one conversation, of which each has only some pages in memory.</summary>
public sealed class TalkTests(AzuriteServer azurite)
{
    private const int Pages = 5;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_another_said_on_a_page_that_left_memory_is_not_said_twice()
    {
        await using var chat = await Chat.OpenAsync(settings: await azurite.SettingsAsync(AzuriteServer.NewContainer()));
        using Talk one = Open(chat), other = Open(chat);
        await TurnPagesAsync(one, other);
        await SayAsync(one, 1000);

        await SayAsync(other, 1000);

        foreach (var talk in new[] { one, other }) Assert.Single(await talk.ReadAsync(Cancel), message => message.Text == "1000");
    }

    [Fact]
    public async Task Whoever_listens_hears_what_another_said_on_a_page_that_left_memory()
    {
        await using var chat = await Chat.OpenAsync(settings: await azurite.SettingsAsync(AzuriteServer.NewContainer()));
        using Talk one = Open(chat), other = Open(chat);
        List<(string? Text, bool IsUpdate)> heard = [];
        await TurnPagesAsync(one, other);
        other.Listen((message, isUpdate) => heard.Add((message?.Text, isUpdate)));
        await SayAsync(one, 1000);

        await SayAsync(other, 1001);

        Assert.Contains(("1000", false), heard);
        Assert.Contains(("1001", false), heard);
    }

    /// <summary>Says so much that the last page has room, and reads so that it leaves the other's memory.</summary>
    private static async Task TurnPagesAsync(Talk one, Talk other)
    {
        for (var number = 0; number < (Pages * TalkPage.Size) - 5; number++) await SayAsync(one, number);
        await other.ReadAsync(Cancel);
        for (var page = 0; page < Pages - 1; page++) Assert.NotNull(await other.FindAsync(Id(page * TalkPage.Size), Cancel));
    }

    private static Talk Open(Chat chat) => new(chat.Part<IBlobStore>(), new("playground", "ops"));

    private static Task SayAsync(Talk talk, int number) => talk.PutAsync([new(new()
    {
        Id = Id(number),
        Thread = null,
        From = "ana",
        To = null,
        Text = number.ToString(CultureInfo.InvariantCulture),
        Card = null,
        Edited = false,
        At = new(2024, 12, 20, 9, 15, 0, TimeSpan.Zero),
    }, Replaces: false)], isUrgent: true, Cancel);

    private static string Id(int number) => number.ToString("x16", CultureInfo.InvariantCulture);
}
