using System.Globalization;
using EightD.Bot.Due;
using EightD.Bot.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace EightD.Bot.Tests.Conversations;

/// <summary>A bot of its own, on a port of its own, with a clock that stands until a test moves it; and the people who talk to it.</summary>
internal sealed class Chat : People, IAsyncDisposable
{
    private readonly TempFolder folder;
    private readonly WebApplication app;
    private readonly Action<WebApplicationBuilder>? adjust;
    private readonly string[] settings;

    private Chat(TempFolder folder, WebApplication app, FakeTimeProvider clock, Action<WebApplicationBuilder>? adjust, string[] settings) : base(new(app.Urls.First())) =>
        (this.folder, this.app, Clock, this.adjust, this.settings) = (folder, app, clock, adjust, settings);

    public FakeTimeProvider Clock { get; }

    /// <summary>A part of the running bot.</summary>
    public T Part<T>()
        where T : notnull => app.Services.GetRequiredService<T>();

    /// <summary>The store's file.</summary>
    public string Database => folder["data/eightd.db"];

    /// <summary>The report repository, bare.</summary>
    public string Repository => folder["data/reports.git"];

    /// <param name="at">The bot's time, like <c>2024-12-20 19:15</c>, in UTC.</param>
    /// <param name="folder">The data of an earlier one; null: fresh.</param>
    /// <param name="settings">Further settings, <c>--Key=value</c>.</param>
    public static Task<Chat> OpenAsync(string at = "2024-12-20 09:15", TempFolder? folder = null, params string[] settings) => OpenAsync(adjust: null, at, folder, settings);

    /// <param name="adjust">What is otherwise: its store, its channel.</param>
    /// <param name="at">The bot's time.</param>
    /// <param name="folder">The data of an earlier one; null: fresh.</param>
    /// <param name="settings">Further settings.</param>
    public static async Task<Chat> OpenAsync(Action<WebApplicationBuilder>? adjust, string at = "2024-12-20 09:15", TempFolder? folder = null, params string[] settings)
    {
        folder ??= new TempFolder();
        var clock = new FakeTimeProvider(DateTimeOffset.Parse(at + "Z", CultureInfo.InvariantCulture));
        string[] args =
        [
            "--urls=http://127.0.0.1:0", "--Playground:Enabled=true", $"--Storage:Path={folder["data/eightd.db"]}", $"--Git:Remote={folder["data/reports.git"]}",
            "--Logging:LogLevel:Default=Error", .. settings,
        ];
        var started = await Serve.StartAsync(args, builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(clock);
            adjust?.Invoke(builder);
        });
        return new(folder, started, clock, adjust, settings);
    }

    /// <summary>Replies in the card's thread, and lets the pause after an answer pass.</summary>
    public async Task Answers(string who, string text, string to = "ops")
    {
        await Replies(who, text, to);
        Pause();
    }

    /// <summary>Lets the pause after an answer pass: what is said from now on is decided after the next question was asked.</summary>
    public void Pause() => Clock.Advance(TimeSpan.FromSeconds(3));

    /// <summary>Does what is due by now.</summary>
    public Task SweepAsync() => (app.Services.GetService<DueSweep>() ?? Part<IEnumerable<IHostedService>>().OfType<DueSweep>().Single()).SweepAsync(Clock.GetUtcNow(), Cancel);

    /// <summary>A bot that looks for what is due when it is told to, and not by itself beside that.</summary>
    public static void WithoutOwnSweep(WebApplicationBuilder builder)
    {
        builder.Services.Remove(builder.Services.Single(service => service.ImplementationType == typeof(DueSweep)));
        builder.Services.AddSingleton<DueSweep>();
    }

    /// <summary>Does what is due at a time, like <c>2024-12-20 09:00</c>, in UTC; and waits until what the bot's own sweep began meanwhile is ended.</summary>
    public async Task AtAsync(string time)
    {
        Clock.SetUtcNow(DateTimeOffset.Parse(time + "Z", CultureInfo.InvariantCulture));
        await SweepAsync();
        await UntilAsync(async () => !await IsRemindingAsync(), "what the bot's own sweep began meanwhile is ended");
    }

    private async Task<bool> IsRemindingAsync()
    {
        await foreach (var (key, _) in Part<IBlobStore>().ListAsync("day/", null, Cancel))
        {
            if (await Part<IBlobStore>().GetAsync(key, Cancel) is { } blob && System.Text.Encoding.UTF8.GetString(blob.Content.Span) is var day && day.Contains("\"IsDone\":false", StringComparison.Ordinal) && !day.Contains("\"At\":\"0001-01-01", StringComparison.Ordinal)) return true;
        }

        return false;
    }

    /// <summary>Stops the bot and starts it on the same data.</summary>
    /// <param name="meanwhile">What happens to its store while it is stopped.</param>
    public async Task<Chat> RestartAsync(Func<IBlobStore, Task>? meanwhile = null)
    {
        await app.StopAsync(Cancel);
        await app.DisposeAsync();
        Http.Dispose();
        if (meanwhile is not null)
        {
            await using var store = SqliteBlobStore.Open(Database);
            await meanwhile(store);
        }

        return await OpenAsync(adjust, Clock.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), folder, settings);
    }

    public async ValueTask DisposeAsync()
    {
        Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        folder.Dispose();
    }
}
