using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EightD.Bot.Tests.Conversations;

namespace EightD.Bot.Tests.Replicas;

/// <summary>What was sent to a conversation, by request id, and what was answered. Who is not answered sends it again.</summary>
internal sealed class Sent(string room)
{
    private readonly ConcurrentDictionary<string, (string Address, object Body)> requests = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> answered = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (string Who, string Text)> messages = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> words = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> undone = new(StringComparer.Ordinal);
    private volatile bool stopped;
    private int unavailable, repeated;

    public string Room => room;

    /// <summary>How many were answered with 200.</summary>
    public int Answered => answered.Count;

    /// <summary>Answers that were 503.</summary>
    public int Unavailable => unavailable;

    /// <summary>Requests that were sent again.</summary>
    public int Repeated => repeated;

    /// <summary>Whether those who send should end.</summary>
    public bool IsStopped => stopped;

    public void Stop() => stopped = true;

    public bool IsAnswered(string request) => answered.ContainsKey(request);

    /// <summary>Says something; whether that was answered with 200.</summary>
    /// <param name="people">Whom it is said to.</param>
    /// <param name="request">The request's id.</param>
    /// <param name="text">What.</param>
    /// <param name="who">By whom.</param>
    /// <param name="thread">In the thread of this message.</param>
    /// <param name="isAnswer">Whether the request's id is in the text, and has to stand in the report.</param>
    public Task<bool> SayAsync(People people, string request, string text, string who, string? thread = null, bool isAnswer = false)
    {
        messages[request] = (who, text);
        if (isAnswer) words[request] = 0;
        return PostAsync(people, request, "/messages", new { user = who, text, thread, requestId = request });
    }

    /// <summary>Submits a form with an answer that holds the request's id.</summary>
    public Task<bool> SubmitAsync(People people, string request, Form form, string who)
    {
        words[request] = 0;
        return PostAsync(people, request, $"/forms/{Uri.EscapeDataString(form.Id)}", new { user = who, values = new { answer = $"By form: {request}" }, requestId = request });
    }

    /// <summary>Presses <c>Undo</c> below the confirmation of an answer.</summary>
    public Task<bool> UndoAsync(People people, string word, Said confirmation, string who)
    {
        undone[word] = 0;
        var button = confirmation.Card!.Buttons.Find(each => each.Label == "Undo")!;
        return PostAsync(people, $"undo {word}", "/actions", new { user = who, message = confirmation.Id, action = button.Action, value = button.Value, requestId = $"undo {word}" });
    }

    /// <summary>Sends again what was not answered, the start first, until it is; and some of what was.</summary>
    public async Task RepeatAsync(Func<People> people, int alsoAnswered = 0)
    {
        var open = requests.Keys.Where(request => !IsAnswered(request)).OrderBy(request => request == "start" ? 0 : 1);
        foreach (var request in open.Concat(answered.Keys.Take(alsoAnswered)).ToList())
        {
            Interlocked.Increment(ref repeated);
            var (address, body) = requests[request];
            await Conversations.People.UntilAsync(() => PostAsync(people(), request, address, body), $"{room}: {request} is answered");
        }
    }

    /// <summary>What has to be there at once after an answer, and what may not be there twice.</summary>
    public async Task HoldsAsync(People people)
    {
        if (!IsAnswered("start")) return;
        var report = await people.ReportAsync(room);
        foreach (var word in words.Keys)
        {
            var (least, most) = undone.ContainsKey(word) ? (0, IsAnswered($"undo {word}") ? 0 : 1) : (IsAnswered(word) ? 1 : 0, 1);
            var times = report.Split(word).Length - 1;
            Assert.True(times >= least && times <= most, $"{room}: {word} stands {times} times in the report:\n{report}");
        }

        var seen = await people.Sees("anybody", room);
        Assert.Equal(seen.Count, seen.Select(message => message.Id).Distinct(StringComparer.Ordinal).Count());
        foreach (var said in seen.Where(message => message.From != "8D Bot").GroupBy(message => (message.From, message.Text))) Assert.Single(said);
        Assert.InRange(seen.Count(IsCard), 0, 1);
        Assert.InRange(seen.Count(message => message.Card?.Buttons.Exists(button => button.Label == "Skip") == true), 0, 1);
        foreach (var question in seen.Where(message => message is { From: "8D Bot", Thread: not null, To: null, Card: not null }).GroupBy(message => message.Card!.Title)) Assert.Single(question);
    }

    /// <summary>Waits until all is there: each message once, and the card.</summary>
    public async Task IsThereAsync(People people)
    {
        await HoldsAsync(people);
        List<string> missing = [];
        await Conversations.People.UntilAsync(async () =>
        {
            var seen = await people.Sees("anybody", room);
            var texts = seen.Select(message => (message.From, message.Text)).ToHashSet();
            missing = [.. messages.Where(message => IsAnswered(message.Key) && !texts.Contains(message.Value)).Select(message => message.Key)];
            if (!seen.Exists(IsCard)) missing.Add("the card");
            return missing.Count == 0;
        }, () => $"{room} shows {string.Join(", ", missing)}", TimeSpan.FromSeconds(60));
        await HoldsAsync(people);
    }

    private static bool IsCard(Said message) => message is { From: "8D Bot", Thread: null, To: null, Card.Buttons.Count: > 0 };

    private async Task<bool> PostAsync(People people, string request, string address, object body)
    {
        requests[request] = (address, body);
        try
        {
            using var answer = await people.PostAsync(people.In(room, address), body);
            if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
            {
                Interlocked.Increment(ref unavailable);
                Assert.Matches(@"^[A-Z].*\.$", (await answer.Content.ReadFromJsonAsync<JsonElement>(Conversations.People.Cancel)).GetProperty("error").GetString());
                return false;
            }

            Assert.True(answer.IsSuccessStatusCode, $"{room}: {request} was answered {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(Conversations.People.Cancel)}");
            answered[request] = 0;
            return true;
        }
        catch (Exception gone) when (gone is HttpRequestException or TaskCanceledException && !Conversations.People.Cancel.IsCancellationRequested)
        {
            return false; // it was killed, or says nothing
        }
    }
}
