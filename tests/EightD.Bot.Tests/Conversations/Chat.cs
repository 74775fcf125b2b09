using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace EightD.Bot.Tests.Conversations;

/// <summary>A bot of its own, on a port of its own, with a clock that stands until a test moves it; and people who talk to it over its API.</summary>
internal sealed class Chat : IAsyncDisposable
{
    private readonly TempFolder folder;
    private readonly HttpClient http;
    private readonly WebApplication app;

    private Chat(TempFolder folder, WebApplication app, FakeTimeProvider clock)
    {
        (this.folder, this.app, Clock) = (folder, app, clock);
        http = new HttpClient { BaseAddress = new(app.Urls.First()), Timeout = TimeSpan.FromSeconds(60) };
    }

    public FakeTimeProvider Clock { get; }

    public HttpClient Http => http;

    public Uri Address => http.BaseAddress!;

    /// <summary>The report repository, bare.</summary>
    public string Repository => folder["data/reports.git"];

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="at">The bot's time, like <c>2024-12-20 19:15</c>, in UTC.</param>
    /// <param name="folder">The data of an earlier one; null: fresh.</param>
    /// <param name="settings">Further settings, <c>--Key=value</c>.</param>
    public static async Task<Chat> OpenAsync(string at = "2024-12-20 09:15", TempFolder? folder = null, params string[] settings)
    {
        folder ??= new TempFolder();
        var clock = new FakeTimeProvider(DateTimeOffset.Parse(at + "Z", System.Globalization.CultureInfo.InvariantCulture));
        string[] args =
        [
            "--urls=http://127.0.0.1:0", "--Playground:Enabled=true", $"--Storage:Path={folder["data/eightd.db"]}", $"--Git:Remote={folder["data/reports.git"]}",
            "--Logging:LogLevel:Default=Error", .. settings,
        ];
        var app = await Serve.StartAsync(args, builder => builder.Services.AddSingleton<TimeProvider>(clock));
        return new(folder, app, clock);
    }

    /// <summary>Says something at the top level.</summary>
    public Task<string> Says(string who, string text, string to = "ops", string? requestId = null) => PostAsync(to, who, text, thread: null, requestId);

    /// <summary>Replies in the card's thread.</summary>
    public async Task<string> Replies(string who, string text, string to = "ops", string? requestId = null) =>
        await PostAsync(to, who, text, (await CardAsync(to)).Id, requestId);

    /// <summary>Replies in the card's thread, and lets the pause after an answer pass.</summary>
    public async Task Answers(string who, string text, string to = "ops")
    {
        await Replies(who, text, to);
        await PauseAsync(to);
    }

    /// <summary>Lets the pause after an answer pass, so that the next question is asked.</summary>
    public async Task PauseAsync(string to = "ops")
    {
        await Sees("anybody", to);
        Clock.Advance(TimeSpan.FromSeconds(3));
        await Sees("anybody", to);
    }

    /// <summary>What somebody sees of a conversation.</summary>
    public async Task<List<Said>> Sees(string who, string of = "ops")
    {
        using var answer = await http.GetAsync(new Uri($"/playground/api/conversations/{Uri.EscapeDataString(of)}?user={Uri.EscapeDataString(who)}", UriKind.Relative), Cancel);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<Talked>(Cancel))!.Messages;
    }

    /// <summary>The card of a conversation's 8D: the first message of the bot at the top level with a card that everybody sees.</summary>
    public async Task<Said> CardAsync(string of = "ops") =>
        (await Sees("anybody", of)).First(message => message is { Thread: null, To: null, Card.Buttons.Count: > 0 });

    /// <summary>The question that stands: the newest in a thread with a button <c>Skip</c>.</summary>
    public async Task<Said?> QuestionAsync(string of = "ops") =>
        (await Sees("anybody", of)).LastOrDefault(message => message.Thread is not null && message.Card?.Buttons.Any(button => button.Label == "Skip") == true);

    /// <summary>Presses a button by its label; the form that it opens, if it does.</summary>
    public async Task<Form?> Presses(string who, Said message, string label, string on = "ops", string? requestId = null)
    {
        var button = message.Card!.Buttons.First(each => each.Label == label);
        using var answer = await http.PostAsJsonAsync($"/playground/api/conversations/{Uri.EscapeDataString(on)}/actions",
            new { user = who, message = message.Id, action = button.Action, value = button.Value, requestId }, Cancel);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<Opened>(Cancel))!.Form;
    }

    /// <summary>Submits a form; why it was refused, by input, or null.</summary>
    public async Task<Dictionary<string, string>?> Submits(string who, Form form, Dictionary<string, string> values, string on = "ops", string? requestId = null)
    {
        using var answer = await http.PostAsJsonAsync($"/playground/api/conversations/{Uri.EscapeDataString(on)}/forms/{Uri.EscapeDataString(form.Id)}",
            new { user = who, values, requestId }, Cancel);
        if (answer.StatusCode == HttpStatusCode.UnprocessableEntity) return (await answer.Content.ReadFromJsonAsync<Refused>(Cancel))!.Errors;
        answer.EnsureSuccessStatusCode();
        return null;
    }

    /// <summary>The report's Markdown.</summary>
    public async Task<string> ReportAsync(string of = "ops", string? user = null) =>
        await http.GetStringAsync(new Uri($"/playground/api/conversations/{Uri.EscapeDataString(of)}/report?user={Uri.EscapeDataString(user ?? "")}", UriKind.Relative), Cancel);

    /// <summary>Waits until something is so, as it is after some further moment of the bot's work.</summary>
    public static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        while (!await isSo()) await Task.Delay(20, Cancel);
    }

    /// <summary>Stops the bot and starts it on the same data.</summary>
    public async Task<Chat> RestartAsync()
    {
        await app.StopAsync(Cancel);
        await app.DisposeAsync();
        http.Dispose();
        return await OpenAsync(Clock.GetUtcNow().ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture), folder);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await app.DisposeAsync();
        folder.Dispose();
    }

    private async Task<string> PostAsync(string to, string who, string text, string? thread, string? requestId)
    {
        using var answer = await http.PostAsJsonAsync($"/playground/api/conversations/{Uri.EscapeDataString(to)}/messages", new { user = who, text, thread, requestId }, Cancel);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("id").GetString()!;
    }

    private sealed record Talked(List<Said> Messages);

    private sealed record Opened(Form? Form);

    private sealed record Refused(Dictionary<string, string> Errors);
}

/// <summary>A message as the API gives it.</summary>
internal sealed record Said(string Id, string? Thread, string From, string? To, string Text, Card? Card, bool Edited, DateTimeOffset At);

internal sealed record Card(string Title, List<Field> Fields, string? Body, List<Button> Buttons);

internal sealed record Field(string Name, string Value);

internal sealed record Button(string Action, string Value, string Label);

internal sealed record Form(string Id, string Title, List<Input> Inputs);

internal sealed record Input(string Id, string Label, string Kind, bool Required, string Value, List<Choice>? Options, string? Hint);

internal sealed record Choice(string Value, string Label);
