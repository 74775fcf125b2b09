using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace EightD.Bot.Tests.Conversations;

/// <summary>People who talk to a bot over its API.</summary>
internal class People(Uri address) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public Uri Address => address;

    public HttpClient Http { get; } = new() { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>A conversation's address as it is sent, with what follows it: a name may be <c>..</c>.</summary>
    public Uri In(string conversation, string rest = "") =>
        new($"{address.GetLeftPart(UriPartial.Authority)}/playground/api/conversations/{Uri.EscapeDataString(conversation)}{rest}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

    /// <summary>Says something at the top level; the message's id.</summary>
    public Task<string> Says(string who, string text, string to = "ops", string? requestId = null) => SayAsync(to, who, text, thread: null, requestId);

    /// <summary>Replies in the card's thread.</summary>
    public async Task<string> Replies(string who, string text, string to = "ops", string? requestId = null) =>
        await SayAsync(to, who, text, (await CardAsync(to)).Id, requestId);

    /// <summary>What somebody sees of a conversation.</summary>
    public async Task<List<Said>> Sees(string who, string of = "ops", string? after = null)
    {
        var from = after is null ? "" : $"&after={after}";
        return (await ReadAsync<Talked>(In(of, $"?user={Uri.EscapeDataString(who)}{from}"))).Messages;
    }

    /// <summary>The newest message in a thread that everybody sees with those words; waits for it.</summary>
    public async Task<Said> ThreadSays(string words, string of = "ops")
    {
        Said? found = null;
        await UntilAsync(async () => (found = (await Sees("anybody", of)).LastOrDefault(message => message.Thread is not null && message.Text.Contains(words, StringComparison.Ordinal))) is not null, $"it says: {words}");
        return found!;
    }

    /// <summary>How many messages in threads have those words.</summary>
    public async Task<int> CountInThreads(string words, string of = "ops") => (await Sees("anybody", of)).Count(message => message.Thread is not null && message.Text.Contains(words, StringComparison.Ordinal));

    /// <summary>Somebody's direct messages.</summary>
    public async Task<List<Said>> DirectAsync(string person) => (await ReadAsync<Talked>(new($"/playground/api/people/{Uri.EscapeDataString(person)}/messages", UriKind.Relative))).Messages;

    /// <summary>What was said to somebody alone.</summary>
    public async Task<List<Said>> IsTold(string who, string of = "ops") => [.. (await Sees(who, of)).Where(message => message.To == who)];

    /// <summary>The top-level messages of the bot that everybody sees.</summary>
    public async Task<List<Said>> Posted(string of = "ops") =>
        [.. (await Sees("anybody", of)).Where(message => message is { Thread: null, To: null, From: "8D Bot" })];

    /// <summary>The card of a conversation's 8D: the first message of the bot at the top level with a button that everybody sees.</summary>
    public async Task<Said> CardAsync(string of = "ops")
    {
        Said? card = null;
        await UntilAsync(async () => (card = (await Sees("anybody", of)).Find(message => message is { Thread: null, To: null, Card.Buttons.Count: > 0 })) is not null, "the card is there");
        return card!;
    }

    /// <summary>The question that stands: the newest in a thread with a button <c>Skip</c>; null when none does.</summary>
    public async Task<Said?> QuestionAsync(string of = "ops") => (await Sees("anybody", of)).LastOrDefault(IsQuestion);

    /// <summary>Waits until a question stands with this title.</summary>
    public async Task<Said> IsAsked(string title, string of = "ops")
    {
        Said? question = null;
        await UntilAsync(async () => (question = await QuestionAsync(of))?.Card!.Title == title, $"the question is {title}");
        return question!;
    }

    /// <summary>Presses a button by its label; the form that it opens, if it does.</summary>
    public async Task<Form?> Presses(string who, Said message, string label, string on = "ops", string? requestId = null)
    {
        var button = message.Card!.Buttons.First(each => each.Label == label);
        using var answer = await PostAsync(In(on, "/actions"), new { user = who, message = message.Id, action = button.Action, value = button.Value, requestId });
        answer.EnsureSuccessStatusCode();
        return await OpenedAsync(answer);
    }

    /// <summary>The form that a press was answered with; null where it opened none.</summary>
    public static async Task<Form?> OpenedAsync(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<Opened>(Cancel))!.Form;

    /// <summary>Submits a form; why it was refused, by input, or null.</summary>
    public async Task<Dictionary<string, string>?> Submits(string who, Form form, Dictionary<string, string> values, string on = "ops", string? requestId = null)
    {
        using var answer = await PostAsync(In(on, $"/forms/{Uri.EscapeDataString(form.Id)}"), new { user = who, values, requestId });
        if (answer.StatusCode == HttpStatusCode.UnprocessableEntity) return (await answer.Content.ReadFromJsonAsync<Refused>(Cancel))!.Errors;
        answer.EnsureSuccessStatusCode();
        return null;
    }

    /// <summary>The report's Markdown.</summary>
    public Task<string> ReportAsync(string of = "ops", string? user = null) => Http.GetStringAsync(In(of, $"/report?user={Uri.EscapeDataString(user ?? "")}"), Cancel);

    /// <summary>Posts JSON, whatever becomes of it.</summary>
    public Task<HttpResponseMessage> PostAsync(Uri to, object body) => Http.PostAsJsonAsync(to, body, Cancel);

    /// <summary>Reads JSON that must be there.</summary>
    public async Task<T> ReadAsync<T>(Uri from)
    {
        using var answer = await Http.GetAsync(from, Cancel);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<T>(Cancel))!;
    }

    /// <summary>Waits until something is so, as it is after some further moment of the bot's work.</summary>
    public static Task UntilAsync(Func<Task<bool>> isSo, string what = "it is so") => UntilAsync(isSo, () => what, Patience);

    /// <inheritdoc cref="UntilAsync(Func{Task{bool}}, string)"/>
    public static async Task UntilAsync(Func<Task<bool>> isSo, Func<string> what, TimeSpan patience)
    {
        for (var watch = Stopwatch.StartNew(); !await isSo(); await Task.Delay(20, Cancel))
        {
            if (watch.Elapsed > patience) Assert.Fail($"Waited {patience.TotalSeconds} s until {what()}.");
        }
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => Http.Dispose();

    private static bool IsQuestion(Said message) => message.Thread is not null && message.Card?.Buttons.Any(button => button.Label == "Skip") == true;

    private async Task<string> SayAsync(string to, string who, string text, string? thread, string? requestId)
    {
        using var answer = await PostAsync(In(to, "/messages"), new { user = who, text, thread, requestId });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("id").GetString()!;
    }

    private sealed record Talked(List<Said> Messages);

    private sealed record Opened(Form? Form);

    private sealed record Refused(Dictionary<string, string> Errors);
}

/// <summary>A message as the API gives it.</summary>
internal sealed record Said(string Id, string? Thread, string From, string? To, string Text, Card? Card, bool Edited, DateTimeOffset At, string? Conversation = null);

internal sealed record Card(string Title, List<Field> Fields, string? Body, List<Button> Buttons);

internal sealed record Field(string Name, string Value);

internal sealed record Button(string Action, string Value, string Label);

internal sealed record Form(string Id, string Title, List<Input> Inputs);

internal sealed record Input(string Id, string Label, string Kind, bool Required, string Value, List<Choice>? Options, string? Hint);

internal sealed record Choice(string Value, string Label);
