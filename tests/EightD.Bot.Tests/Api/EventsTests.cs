using System.Runtime.CompilerServices;
using System.Text.Json;
using EightD.Bot.Tests.Conversations;

namespace EightD.Bot.Tests.Api;

/// <summary>Server-sent events: <c>message</c> and <c>update</c>, as far as a person sees them.</summary>
public sealed class EventsTests
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_listens_hears_what_is_said_and_what_changes_in_the_shape_of_the_list()
    {
        await using var chat = await Chat.OpenAsync();
        await using var heard = (await ListenAsync(chat, "?user=bo")).GetAsyncEnumerator(Cancel);

        var hello = await chat.Says("ana", "hello");
        Assert.Equal(("message", hello), Id(await Next(heard)));
        await chat.Says("ana", "/8d start Checkout is down");
        List<(string Kind, Said Message)> all = [];
        while (!all.Exists(each => each.Message.Card?.Title == "D0: Problem discovered")) all.Add(await Next(heard));
        await chat.Replies("ana", "At 09:10");
        while (!all.Exists(each => each.Kind == "update" && each.Message.Card?.Buttons.Any(button => button.Label == "Undo") == true)) all.Add(await Next(heard));

        var seen = await chat.Sees("bo");
        Assert.Equal(seen.Skip(1).Select(message => message.Id).Order(StringComparer.Ordinal), all.Where(each => each.Kind == "message").Select(each => each.Message.Id).Order(StringComparer.Ordinal));
        var last = all.Last(each => each.Message.Card?.Buttons.Any(button => button.Label == "Undo") == true).Message;
        Assert.Equivalent(seen.Single(message => message.Id == last.Id), last, strict: true);
    }

    [Fact]
    public async Task What_one_person_alone_is_told_only_that_person_hears()
    {
        await using var chat = await Chat.OpenAsync();
        await using var ana = (await ListenAsync(chat, "?user=ana")).GetAsyncEnumerator(Cancel);
        await using var bo = (await ListenAsync(chat, "?user=bo")).GetAsyncEnumerator(Cancel);
        await using var nobody = (await ListenAsync(chat, "")).GetAsyncEnumerator(Cancel);

        var asked = await chat.Says("ana", "/8d help");
        var said = await chat.Says("bo", "hello");

        Assert.Equal(asked, (await Next(ana)).Message.Id);
        Assert.Equal("ana", (await Next(ana)).Message.To);
        Assert.Equal(said, (await Next(ana)).Message.Id);
        foreach (var other in new[] { bo, nobody })
        {
            Assert.Equal(asked, (await Next(other)).Message.Id);
            Assert.Equal(said, (await Next(other)).Message.Id);
        }
    }

    [Fact]
    public async Task A_listener_holds_up_no_stop()
    {
        var chat = await Chat.OpenAsync();
        await using var heard = (await ListenAsync(chat, "?user=bo")).GetAsyncEnumerator(Cancel);
        var watch = System.Diagnostics.Stopwatch.StartNew();

        await using var again = await chat.RestartAsync();

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.False(await heard.MoveNextAsync());
    }

    private static (string Kind, string Id) Id((string Kind, Said Message) heard) => (heard.Kind, heard.Message.Id);

    private static async Task<(string Kind, Said Message)> Next(IAsyncEnumerator<(string Kind, Said Message)> heard)
    {
        Assert.True(await heard.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20), Cancel));
        return heard.Current;
    }

    /// <summary>Listens from now on: the first line has come.</summary>
    private static async Task<IAsyncEnumerable<(string Kind, Said Message)>> ListenAsync(Chat chat, string query)
    {
        var answer = await chat.Http.GetAsync(chat.In("ops", "/events" + query), HttpCompletionOption.ResponseHeadersRead, Cancel);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(Cancel));
        Assert.StartsWith(":", await reader.ReadLineAsync(Cancel), StringComparison.Ordinal);
        return EventsAsync(answer, reader, Cancel);
    }

    private static async IAsyncEnumerable<(string Kind, Said Message)> EventsAsync(HttpResponseMessage answer, StreamReader reader, [EnumeratorCancellation] CancellationToken cancel)
    {
        using (answer)
        using (reader)
        {
            var kind = "";
            while (await reader.ReadLineAsync(cancel) is { } line)
            {
                if (line.StartsWith("event: ", StringComparison.Ordinal)) kind = line["event: ".Length..];
                else if (line.StartsWith("data: ", StringComparison.Ordinal)) yield return (kind, JsonSerializer.Deserialize<Said>(line["data: ".Length..], Web)!);
            }
        }
    }
}
